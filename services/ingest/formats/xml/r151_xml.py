"""R151: the indexes of C5 points at the end of each day (XSD 1.2.0, domain: §2.7).

``R151 / PRM / Donnees_Releve``, with a Date_Releve and one entry per counter: of the distributor's
tariff classes (Classe_Temporelle_Distributeur) and of the supplier's (Classe_Temporelle). The date
is the day that **ended**: the index of 2026-10-24 was read as the 25th began.
"""

import re
from datetime import date, datetime, timedelta

from lxml import etree

from libs.common.calendar import day_start
from libs.common.ids import Direction
from services.ingest.domain.facts.indexes import INDEXES
from services.ingest.domain.readings.readings import READINGS
from services.ingest.formats import columns, publication
from services.ingest.formats.fact_list import FactList
from services.ingest.formats.indexes import index_fault
from services.ingest.formats.notes import unknown_elements
from services.ingest.formats.parsed import RECORD_CHARS, Format, Parsed
from services.ingest.formats.xml.stream import begins_with, elements, local_name, root_pattern

NAME = "R151 XML"

_ROOT = root_pattern(b"R151")
_PRM, _UNIT, _DAY = "Id_PRM", "Unite_Mesure_Index", "Donnees_Releve"
_REGISTERS = {"Classe_Temporelle_Distributeur": "IDX_EAS_D", "Classe_Temporelle": "IDX_EAS_F"}
"""The names of the same counters in the DSO's other flows."""

_RANK = re.compile(r"0{0,9}(?:[1-9]|10)")
_DOUBTFUL = "1"
_ELEMENTS = frozenset(
    b"R151 En_Tete_Flux Identifiant_Flux Libelle_Flux Version_XSD Identifiant_Emetteur "
    b"Identifiant_Destinataire Date_Creation Identifiant_Contrat Numero_Abonnement "
    b"Unite_Mesure_Index Unite_Mesure_Puissance PRM Id_PRM Donnees_Releve Date_Releve "
    b"Id_Calendrier_Fournisseur Libelle_Calendrier_Fournisseur Id_Calendrier_Distributeur "
    b"Libelle_Calendrier_Distributeur Id_Affaire Classe_Temporelle_Distributeur "
    b"Classe_Temporelle Id_Classe_Temporelle Libelle_Classe_Temporelle Rang_Cadran Valeur "
    b"Indice_Vraisemblance Puissance_Maximale".split()
)


def recognises(head: bytes) -> bool:
    return begins_with(head, _ROOT)


def read(content: bytes) -> Parsed:
    """Read a document.

    Raises FileMalformed, with the line, if it is cut, ill-formed or has a DOCTYPE.
    Raises FormatUnknown if its root is not R151.
    """
    facts = FactList(INDEXES)
    prm, unit = "", "Wh"
    for element in elements(content, root="R151", point="PRM", curve=_DAY, texts=(_PRM, _UNIT)):
        name = local_name(element)
        if name == _PRM:
            prm = (element.text or "").strip()[:RECORD_CHARS]
        elif name == _UNIT:
            unit = (element.text or "").strip()[:RECORD_CHARS]
        elif name == _DAY:
            _take(facts, element, prm, unit)
        else:
            prm = ""
    return Parsed(
        NAME,
        READINGS.to_frame(),
        tuple(facts.rejected),
        facts.count,
        published_at=publication.of_heading(content),
        notes=unknown_elements(content, _ELEMENTS),
        indexes=facts.frame(),
    )


FORMAT = Format.of_whole(NAME, "daily indexes of C5 points", recognises, read)


def _take(facts: FactList, element: etree._Element, prm: str, unit: str) -> None:
    space = element.tag[: element.tag.rfind("}") + 1]
    day = (element.findtext(f"{space}Date_Releve") or "").strip()
    for entry in element:
        register = _REGISTERS.get(local_name(entry)) if isinstance(entry.tag, str) else None
        if register is None:
            continue
        rank, value, likelihood = (
            (entry.findtext(space + name) or "").strip()
            for name in ("Rang_Cadran", "Valeur", "Indice_Vraisemblance")
        )
        position = f"line {entry.sourceline}, PRM {prm}/{day}"
        record = f"{prm};{day};{register}{rank};{value};{unit}"
        reason = _fault(prm, unit, day, rank, value)
        if reason:
            facts.reject(position[:RECORD_CHARS], reason, record)
        else:
            facts.keep(
                position,
                prm,
                Direction.CONSUMPTION.value,
                f"{register}{int(rank)}",
                end_of(day),
                int(value),
                likelihood == _DOUBTFUL,
            )


def _fault(prm: str, unit: str, day: str, rank: str, value: str) -> str | None:
    if columns.prm(prm) is None:
        return columns.PRM_FAULT
    if unit.lower() != "wh":
        return "the unit of the index is not Wh"
    if end_of(day) is None:
        return "the date is not of the form 2026-10-25, or impossible"
    if not _RANK.fullmatch(rank):
        return "the counter's rank is not 1 to 10"
    return index_fault(value)


def end_of(day: str) -> datetime | None:
    """Return the instant at which a local day ends, or None if it is no date."""
    try:
        return day_start(date.fromisoformat(day) + timedelta(days=1))
    except (ValueError, OverflowError):
        return None
