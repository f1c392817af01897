"""R67 as JSON: what the DSO invoiced, by tariff class and period (domain: §2.5).

``mesures / contexte / grandeur / calendrier / classeTemporelle / quantite``; a quantity is in Wh,
over local days ``[dbtMesure, finMesure)``, and states when it was made (dateCreation), its nature
(codeNature) and whether it is still valid (codeStatut: A is cancelled).
"""

from collections.abc import Iterator
from typing import NamedTuple

from libs.common.ids import Direction
from services.ingest.domain.facts.indexes import INVOICED
from services.ingest.domain.readings.readings import READINGS
from services.ingest.formats import columns
from services.ingest.formats.fact_list import FactList
from services.ingest.formats.json import r6x
from services.ingest.formats.json.document import Json, as_text, load, objects, text_in
from services.ingest.formats.notes import keys_in, passed_over, unknown
from services.ingest.formats.parsed import RECORD_CHARS, Format, Parsed

NAME = "R67 JSON"

_FLOWS = {"R67"}
_NATURES = {"R": "measured", "E": "estimated", "C": "regularised", "I": "unknown"}
_CANCELLED, _STATES = "A", {"I", "A", "R"}  # initial, cancelled, rectified
_KNOWN = r6x.HEADING_KEYS | {
    "contexte",
    "idMotifReleve",
    "libelleMotifReleve",
    "calendrier",
    "codeGrille",
    "libelleGrille",
    "codeCalendrier",
    "libelleCalendrier",
    "classeTemporelle",
    "idClasseTemporelle",
    "libelleClasseTemporelle",
    "quantite",
}
_KNOWN_OF_QUANTITIES = {
    "dateCreation",
    "dbtMesure",
    "finMesure",
    "quantite",
    "codeNature",
    "libelleNature",
    "codeStatut",
    "libelleStatut",
}
_GRIDS = {"D", "F"}
_CLASS_CHARS = 32
_MAX_WH = 10**13


def recognises(head: bytes) -> bool:
    return r6x.flow_of(head) in _FLOWS


def read(content: bytes) -> Parsed:
    """Read a document. Raises FileMalformed, with the place, if it is cut or of another shape."""
    document = load(content, "quantite")
    facts, quantities = FactList(INVOICED), set[str]()
    odd_keys = keys_in(document.root) - _KNOWN - _KNOWN_OF_QUANTITIES
    for tariff_class in _classes(document.root, quantities):
        odd_keys |= _take(facts, document, tariff_class)
    return Parsed(
        NAME,
        READINGS.to_frame(),
        tuple(facts.rejected),
        facts.count,
        notes=unknown("key", odd_keys) + passed_over(quantities),
        invoiced=facts.frame(),
    )


FORMAT = Format.of_whole(NAME, "energies that the DSO invoiced, by tariff class", recognises, read)


class _Class(NamedTuple):
    """A tariff class and its quantities, as received."""

    prm: str
    direction: str
    unit: str
    grid: str
    name: str
    values: object
    place: str


def _classes(root: object, quantities: set[str]) -> Iterator[_Class]:
    """Yield the tariff classes of active energy; other quantities are noted."""
    for place, measure in r6x.measures(root, _FLOWS):
        for context in objects(measure.get("contexte"), f"{place}.contexte"):
            for quantity in objects(context.get("grandeur"), f"{place}.contexte.grandeur"):
                physical = text_in(quantity, "grandeurPhysique")
                if columns.is_active(physical):
                    yield from _classes_of(measure, quantity, place)
                else:
                    quantities.add(physical[:_CLASS_CHARS])


def _classes_of(
    measure: dict[str, object], quantity: dict[str, object], place: str
) -> Iterator[_Class]:
    for calendar in objects(quantity.get("calendrier"), f"{place}.calendrier"):
        for tariff_class in objects(calendar.get("classeTemporelle"), f"{place}.classeTemporelle"):
            yield _Class(
                text_in(measure, "idPrm").strip(),
                text_in(quantity, "grandeurMetier"),
                text_in(quantity, "unite"),
                text_in(calendar, "codeGrille").strip(),
                text_in(tariff_class, "idClasseTemporelle").strip(),
                tariff_class.get("quantite"),
                f"{place}, PRM {text_in(measure, 'idPrm')}",
            )


def _take(facts: FactList, document: Json, tariff_class: _Class) -> set[str]:
    """Add the class's quantities to the facts; return the keys that they should not have."""
    odd_keys: set[str] = set()
    for piece in document.pieces(tariff_class.values, f"{tariff_class.place}: quantite"):
        for value in piece:
            fields = value if isinstance(value, dict) else {}
            odd_keys |= fields.keys() - _KNOWN_OF_QUANTITIES
            quantity = _Quantity.of(fields)
            reason = _fault(tariff_class, quantity)
            position = f"{tariff_class.place}/{tariff_class.name}/{quantity.first}"[:RECORD_CHARS]
            if reason:
                facts.reject(position, reason, ";".join(quantity))
            else:
                facts.keep(
                    position,
                    tariff_class.prm,
                    columns.direction(tariff_class.direction),
                    tariff_class.grid,
                    tariff_class.name,
                    r6x.day(quantity.first),
                    r6x.day(quantity.last),
                    int(quantity.energy),
                    _NATURES[quantity.nature],
                    quantity.state == _CANCELLED,
                    r6x.instant(quantity.made),
                )
    return odd_keys


class _Quantity(NamedTuple):
    """A quantity as received; empty where it states nothing."""

    first: str
    last: str
    energy: str
    nature: str
    state: str
    made: str

    @classmethod
    def of(cls, fields: dict[str, object]) -> "_Quantity":
        names = ("dbtMesure", "finMesure", "quantite", "codeNature", "codeStatut", "dateCreation")
        return cls(*((as_text(fields.get(name)) or "").strip() for name in names))


def _fault(tariff_class: _Class, quantity: _Quantity) -> str | None:
    return _class_fault(tariff_class) or _quantity_fault(quantity)


def _class_fault(tariff_class: _Class) -> str | None:
    if columns.prm(tariff_class.prm) is None:
        return columns.PRM_FAULT
    if columns.direction(tariff_class.direction) not in set(Direction):
        return "the direction is neither consumption nor production"
    if tariff_class.unit.strip().lower() != "wh":
        return "the unit of the quantity is not Wh"
    if tariff_class.grid not in _GRIDS or not _is_word(tariff_class.name):
        return "the tariff class has no grid of D or F, or no name"
    return None


def _quantity_fault(quantity: _Quantity) -> str | None:
    first, last = r6x.day(quantity.first), r6x.day(quantity.last)
    if first is None or last is None or last <= first:
        return "the period is not of two dates, of which the second is later"
    if quantity.nature not in _NATURES or quantity.state not in _STATES:
        return "the nature or the state is none of the documented letters"
    return None if _is_energy(quantity.energy) else "the quantity is not a whole number of Wh"


def _is_word(text: str) -> bool:
    return text.isascii() and 0 < len(text) <= _CLASS_CHARS


def _is_energy(text: str) -> bool:
    """Return whether it is a whole number of Wh, possibly negative as in a regularisation."""
    digits = text.removeprefix("-")
    return digits.isascii() and digits.isdigit() and len(digits) < len(str(_MAX_WH))
