"""R171: the indexes of C1–C4 points, each day or so (XSD 1.2.0, domain: §2.7).

``R171 / serieMesuresDateesListe / serieMesuresDatees``: one counter of one point, with
``mesuresDateesListe / mesureDatee``: a dateFin, the local time at which the meter was read, often
some hours after midnight, and a valeur. A counter belongs to a tariff class of the distributor's
calendar (typeCalendrier D) or of the supplier's (F).
"""

import re
from typing import NamedTuple

from lxml import etree

from libs.common.ids import Direction
from services.ingest.domain.facts.indexes import INDEXES
from services.ingest.domain.readings.readings import READINGS
from services.ingest.formats import columns
from services.ingest.formats.fact_list import FactList
from services.ingest.formats.indexes import index_fault
from services.ingest.formats.json import r6x
from services.ingest.formats.notes import passed_over, unknown_elements
from services.ingest.formats.parsed import RECORD_CHARS, Format, Parsed
from services.ingest.formats.xml.stream import begins_with, elements, local_name, root_pattern

NAME = "R171 XML"

_ROOT = root_pattern(b"R171")
_SERIES = "serieMesuresDatees"
_REGISTERS = {Direction.CONSUMPTION.value: "IDX_EAS", Direction.PRODUCTION.value: "IDX_EAI"}
_CLASS = re.compile(r"[A-Z0-9]{1,20}", re.ASCII)
_QUANTITY_CHARS = 40
_ELEMENTS = frozenset(
    b"R171 entete emetteur destinataire dateHeureCreation flux version serieMesuresDateesListe "
    b"serieMesuresDatees prmId type grandeurMetier grandeurPhysique typeCalendrier "
    b"codeClasseTemporelle libelleClasseTemporelle unite mesuresDateesListe mesureDatee dateFin "
    b"valeur".split()
)


def recognises(head: bytes) -> bool:
    return begins_with(head, _ROOT)


def read(content: bytes) -> Parsed:
    """Read a document; counters of anything but active energy are passed over and noted.

    Raises FileMalformed, with the line, if it is cut, ill-formed or has a DOCTYPE.
    Raises FormatUnknown if its root is not R171.
    """
    facts, quantities = FactList(INDEXES), set[str]()
    for element in elements(content, root="R171", point=_SERIES, curve=_SERIES, texts=()):
        if local_name(element) != _SERIES:
            continue
        counter = _Counter.of(element)
        if columns.is_active(counter.quantity):
            _take(facts, element, counter)
        else:
            quantities.add(counter.quantity[:_QUANTITY_CHARS])
    return Parsed(
        NAME,
        READINGS.to_frame(),
        tuple(facts.rejected),
        facts.count,
        notes=unknown_elements(content, _ELEMENTS) + passed_over(quantities),
        indexes=facts.frame(),
    )


FORMAT = Format.of_whole(NAME, "daily indexes of C1–C4 points", recognises, read)


class _Counter(NamedTuple):
    """The facts that a series gives for all its values, as received."""

    prm: str
    direction: str
    quantity: str
    calendar: str
    tariff_class: str
    unit: str

    @classmethod
    def of(cls, element: etree._Element) -> "_Counter":
        return cls(
            *(
                _text(element, name)
                for name in (
                    "prmId",
                    "grandeurMetier",
                    "grandeurPhysique",
                    "typeCalendrier",
                    "codeClasseTemporelle",
                    "unite",
                )
            )
        )

    @property
    def fault(self) -> str | None:
        """The reason why none of its values is an index that is kept."""
        if columns.prm(self.prm) is None:
            return columns.PRM_FAULT
        if columns.direction(self.direction) not in _REGISTERS:
            return "the direction is neither consumption nor production"
        if self.unit.lower() != "wh":
            return "the unit of the index is not Wh"
        if self.calendar not in {"D", "F"}:
            return "the calendar is neither the distributor's (D) nor the supplier's (F)"
        if not _CLASS.fullmatch(self.tariff_class):
            return "the tariff class has no code (codeClasseTemporelle)"
        return None


def _take(facts: FactList, element: etree._Element, counter: _Counter) -> None:
    counter_fault = counter.fault
    for value in element.iter("{*}mesureDatee"):
        stamp, index = _text(value, "dateFin"), _text(value, "valeur")
        read_at = r6x.instant(stamp.replace("T", " ", 1))
        reason = counter_fault or index_fault(index)
        if read_at is None:
            reason = counter_fault or "the stamp is not a local date and time, or impossible"
        position = f"line {value.sourceline}, PRM {counter.prm}/{stamp}"[:RECORD_CHARS]
        if reason:
            facts.reject(position, reason, ";".join([*counter, stamp, index]))
            continue
        direction = columns.direction(counter.direction)
        assert direction is not None
        facts.keep(
            position,
            counter.prm,
            direction,
            f"{_REGISTERS[direction]}_{counter.calendar}_{counter.tariff_class}",
            read_at,
            int(index),
            False,
        )


def _text(element: etree._Element, name: str) -> str:
    return (element.findtext(f"{{*}}{name}") or "").strip()[:RECORD_CHARS]
