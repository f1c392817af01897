"""C15: what happens to the contracts of C5 points (XSD 5.2.0, domain: §1.4).

``C15 / PRM``, one per event: ``Evenement_Declencheur`` says when and what (RES, MES, CFNE, …),
``Autoconsommation_Collective`` is there only for points that take part: 0 as a consumer, 1 as a
producer, 2 as both. Names and addresses are passed over: nothing of ours needs them.
"""

from datetime import UTC, datetime

from lxml import etree

from services.ingest.domain.contracts import CONTRACT_EVENTS
from services.ingest.domain.readings import READINGS
from services.ingest.formats import columns, publication
from services.ingest.formats.fact_list import FactList
from services.ingest.formats.parsed import Parsed
from services.ingest.formats.stamps import iso_instant
from services.ingest.formats.xml_stream import begins_with, elements, local_name, root_pattern

NAME = "C15 XML"

_ROOT = root_pattern(b"C15")
_COLLECTIVE = {"0": "consumer", "1": "producer", "2": "both", "": ""}
_STATES = {"EN SERVICE": "in_service", "RESILIE": "terminated", "": ""}
_LONGEST_WORD_CHARS = 32
_YEARS = range(2000, 2100)


def recognises(head: bytes) -> bool:
    return begins_with(head, _ROOT)


def read(content: bytes) -> Parsed:
    """Raises FileMalformed, with the line, if the XML is cut, ill-formed or has a DOCTYPE.

    Raises FormatUnknown if its root is not C15.
    """
    facts = FactList(CONTRACT_EVENTS)
    for element in elements(content, root="C15", point="PRM", curve="PRM", texts=()):
        if local_name(element) == "PRM":
            _take(facts, element)
    return Parsed(
        NAME,
        READINGS.to_frame(),
        tuple(facts.rejected),
        facts.count,
        published_at=publication.of_heading(content),
        contract_events=facts.frame(),
    )


def _take(facts: FactList, element: etree._Element) -> None:
    space = element.tag[: element.tag.rfind("}") + 1]

    def word(*path: str) -> str:
        return (element.findtext("/".join(space + name for name in path)) or "").strip()

    prm = word("Id_PRM")
    stamp = word("Evenement_Declencheur", "Date_Evenement")
    kind = word("Evenement_Declencheur", "Nature_Evenement")
    affair = word("Evenement_Declencheur", "Id_Affaire")
    collective = _COLLECTIVE.get(word("Autoconsommation_Collective"))
    state = _STATES.get(word("Situation_Contractuelle", "Etat_Contractuel").upper())
    happened_at = _instant(stamp)
    position = f"line {element.sourceline}"
    if columns.prm(prm) is None:
        reason = columns.PRM_FAULT
    elif happened_at is None:
        reason = "Date_Evenement is not a date and time with an offset, or impossible"
    elif not _is_word(kind) or not (_is_word(affair) or not affair):
        reason = "Nature_Evenement or Id_Affaire is not a short word"
    elif collective is None or state is None:
        reason = "Autoconsommation_Collective or Etat_Contractuel is none of the documented values"
    else:
        facts.keep(position, prm, happened_at, kind.upper(), affair, collective, state)
        return
    facts.reject(position, reason, f"{prm};{stamp};{kind};{affair}")


def _instant(stamp: str) -> datetime | None:
    instant = iso_instant(stamp)
    return instant.astimezone(UTC) if instant and instant.year in _YEARS else None


def _is_word(text: str) -> bool:
    return text.isascii() and text.isalnum() and len(text) <= _LONGEST_WORD_CHARS
