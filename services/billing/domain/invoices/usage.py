"""The customer's usage over the period of an invoice, shown beside the billed energy."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from libs.common.calendar import Month
from libs.common.ids import Direction, Prm
from services.billing.domain.invoices.lines import InvoiceLine
from services.billing.domain.prices.sales import Participation, SettledPoint

_HOURS = 24


@dataclass(frozen=True)
class EnergyChange:
    """The change that a correction makes to the energy of a day; negative: less."""

    day: date
    energy_wmin: int


@dataclass(frozen=True)
class PointUsage:
    """A consuming point's total use, and the energy that all producers together supplied to it."""

    prm: Prm
    metered_wmin: int
    shared_wmin: int


@dataclass(frozen=True)
class Usage:
    """The usage over a period. ``supplied_wmin``: the billed energy, one value per day.

    ``points``: the customer's points in the operation; empty if one of them was not the customer's
    on every day, because its metered energy is then somebody else's too.
    ``by_hour_wmin``: the billed energy by hour of the local clock, 24 values; empty if unknown.
    """

    supplied_wmin: list[int]
    points: list[PointUsage]
    by_hour_wmin: list[int] = field(default_factory=list)


@dataclass(frozen=True)
class PointsOfMember:
    """All points that a member has or had, and their months in each settlement."""

    participations: list[Participation] = field(default_factory=list)
    settled: defaultdict[Month, list[SettledPoint]] = field(
        default_factory=lambda: defaultdict(list)
    )


def points_of_members(
    participations: Iterable[Participation], settled: Mapping[Month, Iterable[SettledPoint]]
) -> defaultdict[UUID, PointsOfMember]:
    """Group points by member once, so that no search goes through everybody's points."""
    points: defaultdict[UUID, PointsOfMember] = defaultdict(PointsOfMember)
    members: defaultdict[Prm, set[UUID]] = defaultdict(set)
    for participation in participations:
        points[participation.member_id].participations.append(participation)
        members[participation.prm].add(participation.member_id)
    for month, month_points in settled.items():
        for point in month_points:
            for member_id in members[point.prm]:
                points[member_id].settled[month].append(point)
    return points


def usage_of(
    customer_id: UUID,
    sold: Iterable[tuple[date, int]],
    days: Sequence[date],
    *,
    participations: Iterable[Participation],
    settled: Iterable[SettledPoint],
) -> Usage:
    """The customer's usage over a period. sold: the energy of one invoice, by line and day.

    days: all those of the period. settled: from each settlement of the period, in point order.
    """
    supplied_wmin = dict.fromkeys(days, 0)
    for day, energy_wmin in sold:
        supplied_wmin[day] += energy_wmin
    owned = _days_owned(customer_id, Direction.CONSUMPTION, days, participations)
    is_complete = all(count == len(days) for count in owned.values())
    metered_wmin: Counter[Prm] = Counter()
    shared_wmin: Counter[Prm] = Counter()
    for point in settled:
        if is_complete and point.direction is Direction.CONSUMPTION and point.prm in owned:
            metered_wmin[point.prm] += point.metered_wmin
            shared_wmin[point.prm] += point.shared_wmin
    points = [PointUsage(prm, metered_wmin[prm], shared_wmin[prm]) for prm in metered_wmin]
    return Usage(list(supplied_wmin.values()), points)


def hours_of(
    lines: Iterable[InvoiceLine],
    hours: Mapping[Month, Mapping[tuple[Prm, Prm], Sequence[int]]],
) -> list[int]:
    """The energy of these lines by local hour; empty unless they bill all energy of each pair.

    hours: by month and pair. Nothing is shown by hour for a point that changed hands in the month,
    so as not to reveal others' use.
    """
    billed_wmin: Counter[tuple[Month, Prm, Prm]] = Counter()
    for line in lines:
        billed_wmin[Month.of(line.valid_from), line.producer, line.consumer] += line.energy_wmin
    total_wmin = [0] * _HOURS
    for (month, *pair), energy_wmin in billed_wmin.items():
        hours_wmin = hours.get(month, {}).get((pair[0], pair[1]), ())
        if sum(hours_wmin) != energy_wmin:
            return []
        if energy_wmin:
            total_wmin = [total + hour for total, hour in zip(total_wmin, hours_wmin, strict=True)]
    return total_wmin if any(total_wmin) else []


def plants_of(
    seller_id: UUID, days: Sequence[date], participations: Iterable[Participation]
) -> AbstractSet[Prm]:
    """The producing points that were the seller's on every day."""
    owned = _days_owned(seller_id, Direction.PRODUCTION, days, participations)
    return {prm for prm, count in owned.items() if count == len(days)}


def _days_owned(
    member_id: UUID,
    direction: Direction,
    days: Sequence[date],
    participations: Iterable[Participation],
) -> dict[Prm, int]:
    """The number of days on which each point was the member's; points with none are left out."""
    owned: defaultdict[Prm, set[date]] = defaultdict(set)
    for participation in participations:
        if participation.member_id == member_id and participation.direction is direction:
            owned[participation.prm] |= {day for day in days if participation.covers(day)}
    return {prm: len(covered) for prm, covered in owned.items() if covered}
