"""R64, R64A and R64B as JSON: the indexes of counters (schemas 0511 and 0533, domain: §2.5).

``mesures / contexte / grandeur``, with a counter for each tariff class (``calendrier /
classeTemporelle / valeur``) and one that counts all of them (``cadranTotalisateur / valeur``). A
value is ``{d, v, iv}``: naive local time, index in Wh, and a bit field of the doubts about it.
"""

from collections.abc import Iterator
from typing import NamedTuple

from libs.common.ids import Direction
from services.ingest.domain.facts.indexes import INDEXES
from services.ingest.domain.readings.readings import READINGS
from services.ingest.formats import columns
from services.ingest.formats.fact_list import FactList
from services.ingest.formats.indexes import index_fault
from services.ingest.formats.json import r6x
from services.ingest.formats.json.document import Json, as_text, load, objects, text_in
from services.ingest.formats.notes import keys_in, passed_over, unknown
from services.ingest.formats.parsed import RECORD_CHARS, Format, Parsed

NAME = "R64 JSON"

_FLOWS = {"R64", "R64A", "R64B"}
_KNOWN = r6x.HEADING_KEYS | {
    "contexte",
    "contexteReleve",
    "typeReleve",
    "motifReleve",
    "calendrier",
    "idCalendrier",
    "libelleCalendrier",
    "libelleGrille",
    "classeTemporelle",
    "idClasseTemporelle",
    "libelleClasseTemporelle",
    "codeCadran",
    "valeur",
    "cadranTotalisateur",
}
_KNOWN_OF_VALUES = {"d", "v", "iv"}
_NO_DOUBT = {"", "0"}
_REGISTER_CHARS = 40


def recognises(head: bytes) -> bool:
    return r6x.flow_of(head) in _FLOWS


def read(content: bytes) -> Parsed:
    """Read a document. Raises FileMalformed, with the place, if it is cut or of another shape."""
    document = load(content, "valeur")
    facts, quantities = FactList(INDEXES), set[str]()
    odd_keys = keys_in(document.root) - _KNOWN - _KNOWN_OF_VALUES
    for register in _registers(document.root, quantities):
        odd_keys |= _take(facts, document, register)
    return Parsed(
        NAME,
        READINGS.to_frame(),
        tuple(facts.rejected),
        facts.count,
        notes=unknown("key", odd_keys) + passed_over(quantities),
        indexes=facts.frame(),
    )


FORMAT = Format.of_whole(NAME, "indexes of counters (R64, R64A, R64B)", recognises, read)


class _Register(NamedTuple):
    """A counter and its values, as received."""

    prm: str
    direction: str
    unit: str
    name: str
    values: object
    place: str


def _registers(root: object, quantities: set[str]) -> Iterator[_Register]:
    """Yield the counters of active energy; other quantities are noted."""
    for place, measure in r6x.measures(root, _FLOWS):
        for context in objects(measure.get("contexte"), f"{place}.contexte"):
            for quantity in objects(context.get("grandeur"), f"{place}.contexte.grandeur"):
                physical = text_in(quantity, "grandeurPhysique")
                if columns.is_active(physical):
                    yield from _registers_of(measure, quantity, place)
                else:
                    quantities.add(physical[:_REGISTER_CHARS])


def _registers_of(
    measure: dict[str, object], quantity: dict[str, object], place: str
) -> Iterator[_Register]:
    counters = [
        counter
        for calendar in objects(quantity.get("calendrier"), f"{place}.calendrier")
        for counter in objects(calendar.get("classeTemporelle"), f"{place}.classeTemporelle")
    ]
    total = quantity.get("cadranTotalisateur")
    for counter in [*counters, *([total] if isinstance(total, dict) else [])]:
        yield _Register(
            text_in(measure, "idPrm"),
            text_in(quantity, "grandeurMetier"),
            text_in(quantity, "unite"),
            text_in(counter, "codeCadran"),
            counter.get("valeur"),
            f"{place}, PRM {text_in(measure, 'idPrm')}",
        )


def _take(facts: FactList, document: Json, register: _Register) -> set[str]:
    """Add the counter's values to the facts; return the keys that they should not have."""
    odd_keys: set[str] = set()
    for piece in document.pieces(register.values, f"{register.place}: valeur"):
        for value in piece:
            fields = value if isinstance(value, dict) else {}
            odd_keys |= fields.keys() - _KNOWN_OF_VALUES
            stamp, index, doubts = (as_text(fields.get(name)) or "" for name in ("d", "v", "iv"))
            reason = _fault(register, stamp, index)
            position = f"{register.place}/{register.name}/{stamp}"[:RECORD_CHARS]
            if reason:
                facts.reject(position, reason, f"{register.name};{stamp};{index};{register.unit}")
            else:
                facts.keep(
                    position,
                    register.prm.strip(),
                    columns.direction(register.direction),
                    register.name.strip(),
                    r6x.instant(stamp),
                    int(index),
                    doubts not in _NO_DOUBT,
                )
    return odd_keys


def _fault(register: _Register, stamp: str, index: str) -> str | None:
    name = register.name.strip()
    if columns.prm(register.prm) is None:
        return columns.PRM_FAULT
    if columns.direction(register.direction) not in set(Direction):
        return "the direction is neither consumption nor production"
    if register.unit.strip().lower() != "wh":
        return "the unit of the index is not Wh"
    if not name or not name.isascii() or len(name) > _REGISTER_CHARS:
        return "the counter has no name (codeCadran)"
    if r6x.instant(stamp) is None:
        return "the stamp is not a local date and time, or impossible"
    return index_fault(index)
