"""Sales between members, from the settled pairs of points."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache, cached_property, partial
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple
from uuid import UUID

from libs.common.ids import Direction, Prm
from services.billing.domain.prices.pricing import DayEnergy


@dataclass(frozen=True)
class Participation:
    """A member's point in the operation over local days ``[valid_from, valid_to)``.

    power_limit_w: the most it can draw or produce, None if unknown. production_kind, plant_name: of
    a producing point, None if nobody has said.
    """

    prm: Prm
    direction: Direction
    member_id: UUID
    valid_from: date
    valid_to: date | None = None
    power_limit_w: int | None = None
    production_kind: str | None = None
    plant_name: str | None = None

    def covers(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day < self.valid_to)


@dataclass(frozen=True)
class NamedPlant:
    """A producing point as its customers know it. kind: of its energy, None if nobody has said."""

    prm: Prm
    name: str | None
    kind: str | None


@dataclass(frozen=True)
class Perimeter:
    """An operation's points. organiser_name: None until community has published it."""

    name: str
    participations: list[Participation]
    organiser_name: str | None = None

    @cached_property
    def plants(self) -> Mapping[Prm, NamedPlant]:
        """The plants of all times, by their present names."""
        return {
            participation.prm: NamedPlant(
                participation.prm, participation.plant_name, participation.production_kind
            )
            for participation in self.participations
            if participation.direction is Direction.PRODUCTION
        }


def plants_of(participations: Iterable[Participation], member_id: UUID) -> set[Prm]:
    return {
        participation.prm
        for participation in participations
        if participation.direction is Direction.PRODUCTION and participation.member_id == member_id
    }


@dataclass(frozen=True)
class SettledPair:
    """One producer's energy for one consumer, one value per day of the month."""

    producer: Prm
    consumer: Prm
    energy_wmin: list[int]


@dataclass(frozen=True)
class SettledPoint:
    """A point's month: its metered energy, and how much of it was shared.

    metered_by_day_wmin: of a producing point, one value per day of the month; None if unknown.
    shared_by_class_wmin: of a consuming point, by the DSO's tariff classes; empty if it has given
    none, else they sum to what was shared.
    """

    prm: Prm
    direction: Direction
    metered_wmin: int
    shared_wmin: int
    metered_by_day_wmin: list[int] | None = None
    shared_by_class_wmin: dict[str, int] = field(default_factory=dict)

    @property
    def surplus_wmin(self) -> int:
        return self.metered_wmin - self.shared_wmin


class Parties(NamedTuple):
    """The seller and the buyer; both are members."""

    issuer_id: UUID
    customer_id: UUID


class Orphan(NamedTuple):
    """A point whose member is unknown on a day."""

    prm: Prm
    direction: Direction
    day: date


@dataclass(frozen=True)
class Sales:
    """All settled energy, once: sold, used by its own producer, or without a known member."""

    sold: Mapping[Parties, Sequence[DayEnergy]]
    self_supplied: Mapping[UUID, Sequence[DayEnergy]]
    orphans: Sequence[Orphan]


def find_sales(
    pairs: Iterable[SettledPair], days: Sequence[date], participations: Iterable[Participation]
) -> Sales:
    """Attribute each day's energy to the members whose points they were on that day.

    days: those of the month, in the order of each pair's energies.
    """
    owners_of = cache(partial(Owners(participations).on_days, days=days))
    sold: defaultdict[Parties, list[DayEnergy]] = defaultdict(list)
    self_supplied: defaultdict[UUID, list[DayEnergy]] = defaultdict(list)
    orphans: set[Orphan] = set()
    for pair in pairs:
        owners = zip(
            owners_of(pair.producer, Direction.PRODUCTION),
            owners_of(pair.consumer, Direction.CONSUMPTION),
            strict=True,
        )
        day_energies = zip(owners, days, pair.energy_wmin, strict=True)
        shared = (day_energy for day_energy in day_energies if day_energy[2])
        for (issuer_id, customer_id), group in groupby(shared, key=itemgetter(0)):
            energies = [
                DayEnergy(pair.producer, pair.consumer, day, energy_wmin)
                for _, day, energy_wmin in group
            ]
            if issuer_id is None:
                orphans |= {
                    Orphan(pair.producer, Direction.PRODUCTION, energy.day) for energy in energies
                }
            if customer_id is None:
                orphans |= {
                    Orphan(pair.consumer, Direction.CONSUMPTION, energy.day) for energy in energies
                }
            if issuer_id is None or customer_id is None:
                continue
            if issuer_id == customer_id:
                self_supplied[issuer_id] += energies
            else:
                sold[Parties(issuer_id, customer_id)] += energies
    return Sales(dict(sold), dict(self_supplied), sorted(orphans))


def sum_self_supplied(sales: Iterable[Sales]) -> Mapping[UUID, Mapping[tuple[Prm, Prm], int]]:
    """Each member's use of its own production, by pair."""
    energies: defaultdict[UUID, list[DayEnergy]] = defaultdict(list)
    for month_sales in sales:
        for member_id, month_energies in month_sales.self_supplied.items():
            energies[member_id] += month_energies
    return {
        member_id: sum_by_pair(member_energies)
        for member_id, member_energies in sorted(energies.items())
    }


def sum_by_pair(energies: Iterable[DayEnergy]) -> Mapping[tuple[Prm, Prm], int]:
    sums: defaultdict[tuple[Prm, Prm], int] = defaultdict(int)
    for energy in energies:
        sums[energy.producer, energy.consumer] += energy.energy_wmin
    return dict(sums)


class Owners:
    """The member of each point on each day."""

    def __init__(self, participations: Iterable[Participation]) -> None:
        self._by_point: defaultdict[tuple[Prm, Direction], list[Participation]] = defaultdict(list)
        for participation in participations:
            self._by_point[participation.prm, participation.direction].append(participation)

    def on_days(self, prm: Prm, direction: Direction, *, days: Sequence[date]) -> list[UUID | None]:
        """The member on each day, None if unknown. days: consecutive."""
        first = self.find_participation(prm, direction, days[0])
        if first is not None and first.covers(days[-1]):
            return [first.member_id] * len(days)
        return [self.find(prm, direction, day) for day in days]

    def find(self, prm: Prm, direction: Direction, day: date) -> UUID | None:
        participation = self.find_participation(prm, direction, day)
        return participation.member_id if participation else None

    def find_participation(self, prm: Prm, direction: Direction, day: date) -> Participation | None:
        covering = (
            participation
            for participation in self._by_point.get((prm, direction), ())
            if participation.covers(day)
        )
        return next(covering, None)
