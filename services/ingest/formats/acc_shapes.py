"""The shapes of the ACC API's answers: an assumption of ours, and all in this module.

Enedis publishes none of them. That of energies was told by code that reads it (domain: §2.1); those
of curves and of the perimeter are made after it. Once a real answer is known, correct it here and
in docs/acc-api.md. Members that are not named here are passed over, and noted.

A point is ``{"cons_id": PRM}`` or ``{"prod_id": PRM}``, of which a body is one or an array.
"""

from collections.abc import Iterator
from typing import NamedTuple

from libs.common.ids import Direction, Quantity
from services.ingest.formats.acc_envelope import Envelope, elements, members, text

_POINT = {"cons_id": Direction.CONSUMPTION, "prod_id": Direction.PRODUCTION}
QUANTITY_OF_TYPE = {
    "cons": Quantity.CONSUMPTION,
    "prod": Quantity.PRODUCTION,
    "autocons": Quantity.SELF_CONSUMED,
    "surplus": Quantity.SURPLUS,
    "complement": Quantity.COMPLEMENT,
}
KNOWN_KEYS = {
    *_POINT,
    *("unit", "quantities", "type"),
    *("step", "points", "date", "value"),
    *("startDate", "endDate", "calendar_type", "name"),
    "participants",
}
_FIRST_CALENDAR = "DISTRIB"


class Value(NamedTuple):
    """One value of a curve, in the API's own words."""

    prm: str
    direction: str | None
    type: str
    stamp: str  # start of the interval
    step: str
    unit: str
    value: str
    place: int  # of its point in the body, from 1
    position: str


class Energy(NamedTuple):
    """One energy of a period, idem."""

    prm: str
    direction: str | None
    type: str
    start: str
    end: str
    tariff_class: str
    unit: str
    value: str
    place: int  # of its point in the body, from 1
    position: str


class Participant(NamedTuple):
    """One point of the perimeter, idem."""

    prm: str
    direction: str | None
    start: str
    end: str
    place: int  # of its point in the body, from 1
    position: str


def values_of(envelope: Envelope) -> Iterator[Value]:
    """Of ``{"cons_id", "unit", "step", "quantities": [{"type", "points": [{"date", "value"}]}]}``.

    A unit or step within ``quantities`` goes before that of the point.
    """
    for place, point in _listed(envelope.body):
        prm, direction = _point(point)
        for part, curve in _listed(point.get("quantities")):
            step, unit = _inner(curve, point, "step"), _inner(curve, point, "unit")
            kind = text(curve.get("type"))
            for number, one in _listed(curve.get("points")):
                yield Value(
                    prm,
                    direction,
                    kind,
                    text(one.get("date")),
                    step,
                    unit,
                    text(one.get("value")),
                    place,
                    f"body {place}, quantity {part}, point {number}",
                )


def energies_of(envelope: Envelope) -> Iterator[Energy]:
    """Of ``{"cons_id", "startDate", "endDate", "unit", "quantities": [TYPE]}``.

    TYPE: ``{"type", "calendar_type", "quantities": [{"name", "value"}]}``.

    Calendars cut the same energy in different ways: of a type that comes in several, that of the
    DSO is read.
    """
    for place, point in _listed(envelope.body):
        prm, direction = _point(point)
        start = text(point.get("startDate")) or envelope.start
        end = text(point.get("endDate")) or envelope.end
        for part, total in _first_calendars(point):
            for number, one in _listed(total.get("quantities")):
                yield Energy(
                    prm,
                    direction,
                    text(total.get("type")),
                    start,
                    end,
                    text(one.get("name")),
                    _inner(total, point, "unit"),
                    text(one.get("value")),
                    place,
                    f"body {place}, quantity {part}, class {number}",
                )


def participants_of(envelope: Envelope) -> Iterator[Participant]:
    """Of ``{"participants": [{"cons_id", "startDate", "endDate"}]}``, endDate excluded."""
    for number, one in _listed(members(envelope.body).get("participants")):
        prm, direction = _point(one)
        start, end = text(one.get("startDate")), text(one.get("endDate"))
        yield Participant(prm, direction, start, end, number, f"participant {number}")


def _listed(value: object) -> Iterator[tuple[int, dict[str, object]]]:
    """The elements, counted from 1; one that is no object has no members."""
    for number, element in enumerate(elements(value), start=1):
        yield number, members(element)


def _point(one: dict[str, object]) -> tuple[str, str | None]:
    for name, direction in _POINT.items():
        if name in one:
            return text(one[name]), direction.value
    return "", None


def _inner(inner: dict[str, object], outer: dict[str, object], name: str) -> str:
    return text(inner.get(name)) or text(outer.get(name))


def _first_calendars(point: dict[str, object]) -> Iterator[tuple[int, dict[str, object]]]:
    by_type: dict[str, str] = {}
    listed = list(_listed(point.get("quantities")))
    for _, total in listed:
        kind, calendar = text(total.get("type")), text(total.get("calendar_type"))
        known = by_type.setdefault(kind, calendar)
        by_type[kind] = min(known, calendar, key=lambda one: (one != _FIRST_CALENDAR, one))
    for part, total in listed:
        if text(total.get("calendar_type")) == by_type[text(total.get("type"))]:
            yield part, total
