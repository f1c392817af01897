"""The shapes of the ACC API's answers: an assumption of ours, confined to this module.

Enedis publishes none of them. That of energies was inferred from code that reads it (domain: §2.1);
those of curves and of the perimeter are modelled on it. Once a real answer is known, correct it
here and in docs/use/acc-api.md. Members that are not named here are passed over, and noted.

A point is ``{"cons_id": PRM}`` or ``{"prod_id": PRM}``, of which a body is one or an array.
"""

from collections.abc import Iterator
from typing import NamedTuple

from libs.common.ids import Direction, Quantity
from services.ingest.formats.acc.envelope import AccEnvelope, elements, members, text

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


class AccEnergy(NamedTuple):
    """One energy of a period, in the API's own words."""

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


class AccParticipant(NamedTuple):
    """One point of the perimeter, in the API's own words."""

    prm: str
    direction: str | None
    start: str
    end: str
    place: int  # of its point in the body, from 1
    position: str


def values_of(envelope: AccEnvelope) -> Iterator[Value]:
    """Yield the values of a body.

    ``{"cons_id", "unit", "step", "quantities": [{"type", "points": [{"date", "value"}]}]}``.

    A unit or step within ``quantities`` takes precedence over that of the point.
    """
    for place, point in _listed(envelope.body):
        prm, direction = _point(point)
        for quantity_number, curve in _listed(point.get("quantities")):
            step, unit = _inner(curve, point, "step"), _inner(curve, point, "unit")
            kind = text(curve.get("type"))
            for number, curve_point in _listed(curve.get("points")):
                yield Value(
                    prm,
                    direction,
                    kind,
                    text(curve_point.get("date")),
                    step,
                    unit,
                    text(curve_point.get("value")),
                    place,
                    f"body {place}, quantity {quantity_number}, point {number}",
                )


def energies_of(envelope: AccEnvelope) -> Iterator[AccEnergy]:
    """Yield the energies of a body.

    ``{"cons_id", "startDate", "endDate", "unit", "quantities": [TYPE]}``.

    TYPE: ``{"type", "calendar_type", "quantities": [{"name", "value"}]}``.

    Calendars divide the same energy in different ways: of a type that comes in several calendars,
    only the DSO's is read.
    """
    for place, point in _listed(envelope.body):
        prm, direction = _point(point)
        start = text(point.get("startDate")) or envelope.start
        end = text(point.get("endDate")) or envelope.end
        for quantity_number, total in _first_calendars(point):
            for number, tariff_class in _listed(total.get("quantities")):
                yield AccEnergy(
                    prm,
                    direction,
                    text(total.get("type")),
                    start,
                    end,
                    text(tariff_class.get("name")),
                    _inner(total, point, "unit"),
                    text(tariff_class.get("value")),
                    place,
                    f"body {place}, quantity {quantity_number}, class {number}",
                )


def participants_of(envelope: AccEnvelope) -> Iterator[AccParticipant]:
    """Yield the participants of a body; endDate is excluded.

    ``{"participants": [{"cons_id", "startDate", "endDate"}]}``.
    """
    for number, participant in _listed(members(envelope.body).get("participants")):
        prm, direction = _point(participant)
        start, end = text(participant.get("startDate")), text(participant.get("endDate"))
        yield AccParticipant(prm, direction, start, end, number, f"participant {number}")


def _listed(value: object) -> Iterator[tuple[int, dict[str, object]]]:
    """Yield the elements, counted from 1; one that is no object has no members."""
    for number, element in enumerate(elements(value), start=1):
        yield number, members(element)


def _point(members_of_point: dict[str, object]) -> tuple[str, str | None]:
    for name, direction in _POINT.items():
        if name in members_of_point:
            return text(members_of_point[name]), direction.value
    return "", None


def _inner(inner: dict[str, object], outer: dict[str, object], name: str) -> str:
    return text(inner.get(name)) or text(outer.get(name))


def _first_calendars(point: dict[str, object]) -> Iterator[tuple[int, dict[str, object]]]:
    calendar_by_type: dict[str, str] = {}
    listed = list(_listed(point.get("quantities")))
    for _, total in listed:
        kind, calendar = text(total.get("type")), text(total.get("calendar_type"))
        best_calendar = calendar_by_type.setdefault(kind, calendar)
        calendar_by_type[kind] = min(
            best_calendar, calendar, key=lambda name: (name != _FIRST_CALENDAR, name)
        )
    for quantity_number, total in listed:
        if text(total.get("calendar_type")) == calendar_by_type[text(total.get("type"))]:
            yield quantity_number, total
