"""What an invoice shows of the customer's period, beside what it bills."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from libs.common.calendar import Month
from libs.common.ids import Direction, Prm
from services.billing.domain.lines import Line
from services.billing.domain.sales import Participation, SettledPoint

_HOURS = 24


@dataclass(frozen=True)
class PointUsage:
    """What a consuming point used in all, and what of it all producers together supplied."""

    prm: Prm
    metered_wmin: int
    shared_wmin: int


@dataclass(frozen=True)
class Usage:
    """``supplied_wmin`` is what the invoice bills, one value per day of its period.

    ``points``: the customer's points in the operation; none when one of them was not the
    customer's on every day, because what it metered is then somebody else's too.
    ``by_hour_wmin`` is what the invoice bills by hour of the local clock, 24 values; none where
    that is not known, and in contents of before.
    """

    supplied_wmin: list[int]
    points: list[PointUsage]
    by_hour_wmin: list[int] = field(default_factory=list)


@dataclass(frozen=True)
class PointsOfMember:
    """All points that a member has or had, and what each settlement says of them."""

    participations: list[Participation] = field(default_factory=list)
    settled: defaultdict[Month, list[SettledPoint]] = field(
        default_factory=lambda: defaultdict(list)
    )


def points_of_members(
    participations: Iterable[Participation], settled: Mapping[Month, Iterable[SettledPoint]]
) -> defaultdict[UUID, PointsOfMember]:
    """By member, so that nobody's points are looked for among everybody's."""
    points: defaultdict[UUID, PointsOfMember] = defaultdict(PointsOfMember)
    members: defaultdict[Prm, set[UUID]] = defaultdict(set)
    for one in participations:
        points[one.member_id].participations.append(one)
        members[one.prm].add(one.member_id)
    for month, of_month in settled.items():
        for point in of_month:
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
    """The customer's period; ``sold`` is the energy of one invoice, by line and day.

    days: all of the period. settled: of each settlement of the period, in the order of points.
    """
    supplied_wmin = dict.fromkeys(days, 0)
    for day, energy_wmin in sold:
        supplied_wmin[day] += energy_wmin
    owned = _days_owned(customer_id, Direction.CONSUMPTION, days, participations)
    whole = all(count == len(days) for count in owned.values())
    metered_wmin: Counter[Prm] = Counter()
    shared_wmin: Counter[Prm] = Counter()
    for one in settled:
        if whole and one.direction is Direction.CONSUMPTION and one.prm in owned:
            metered_wmin[one.prm] += one.metered_wmin
            shared_wmin[one.prm] += one.shared_wmin
    points = [PointUsage(prm, metered_wmin[prm], shared_wmin[prm]) for prm in metered_wmin]
    return Usage(list(supplied_wmin.values()), points)


def hours_of(
    lines: Iterable[Line],
    by_hour: Mapping[Month, Mapping[tuple[Prm, Prm], Sequence[int]]],
) -> list[int]:
    """What these lines bill by local hour; empty unless they bill all that each pair shared.

    by_hour: of each pair in each month. Of a point that changed hands in the month nothing is
    known by the hour: what others used is not told.
    """
    billed_wmin: Counter[tuple[Month, Prm, Prm]] = Counter()
    for line in lines:
        billed_wmin[Month.of(line.valid_from), line.producer, line.consumer] += line.energy_wmin
    total_wmin = [0] * _HOURS
    for (month, *pair), energy_wmin in billed_wmin.items():
        hours_wmin = by_hour.get(month, {}).get((pair[0], pair[1]), ())
        if sum(hours_wmin) != energy_wmin:
            return []
        if energy_wmin:
            total_wmin = [one + more for one, more in zip(total_wmin, hours_wmin, strict=True)]
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
    """How many of the days each point was the member's; points of none are left out."""
    owned: defaultdict[Prm, set[date]] = defaultdict(set)
    for one in participations:
        if one.member_id == member_id and one.direction is direction:
            owned[one.prm] |= {day for day in days if one.covers(day)}
    return {prm: len(covered) for prm, covered in owned.items() if covered}
