"""What law asks of a perimeter on a day, and what of it is not so, or not known."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Literal, TypeAlias
from uuid import UUID

from libs.common.ids import Direction, Prm
from services.community.domain.feasibility.distances import find_farthest
from services.community.domain.perimeter import Participation
from services.community.domain.places import Place
from services.community.domain.reference import Basis, Rule, Zone, rule_on
from services.community.domain.registry import MemberKind, ProductionKind

PlaceSource: TypeAlias = Literal["dso", "surveyed", "geocoded", "declared"]
Voltage: TypeAlias = Literal["low", "medium"]
_DEROGATIONS = {Basis.DEROGATION_10_KM, Basis.DEROGATION_20_KM, Basis.PUBLIC_BODIES}
_MOST_PRMS = 20
_WATTS_PER_KWC = Decimal(1000)


class Policy(StrEnum):
    """What happens to an entry that the law does not allow."""

    WARN = "warn"
    REFUSE = "refuse"


class Lack(StrEnum):
    """What is wrong with a perimeter, or not known of it."""

    TOO_FAR = "too_far"
    TOO_POWERFUL = "too_powerful"
    OUTSIDE_COMMUNES = "outside_communes"
    NOT_PUBLIC = "not_public"
    BASIS_UNKNOWN = "basis_unknown"
    RULE_UNKNOWN = "rule_unknown"
    DECISION_UNKNOWN = "decision_unknown"
    PLACE_UNKNOWN = "place_unknown"
    COMMUNE_UNKNOWN = "commune_unknown"
    POWER_UNKNOWN = "power_unknown"
    MEDIUM_VOLTAGE = "medium_voltage"


_BREACHES = {Lack.TOO_FAR, Lack.TOO_POWERFUL, Lack.OUTSIDE_COMMUNES, Lack.NOT_PUBLIC}


@dataclass(frozen=True, kw_only=True)
class Location:
    """Where a point is connected; commune: the INSEE's code."""

    place: Place
    source: PlaceSource
    voltage: Voltage
    commune: str | None


@dataclass(frozen=True, kw_only=True)
class LegalBasis:
    """Why an operation may be; communes: those that its derogation names, INSEE's codes."""

    basis: Basis
    zone: Zone
    policy: Policy
    decision: str | None
    communes: Collection[str]


@dataclass(frozen=True)
class Site:
    """What is known of a point, and of the member who takes part with it."""

    location: Location | None
    installed_power_w: int | None
    production_kind: ProductionKind | None = None


@dataclass(frozen=True, kw_only=True)
class Problem:
    """value: how much of it there is: metres, kWc, or points."""

    lack: Lack
    value: Decimal
    detail: str
    prms: Sequence[Prm] = ()

    @property
    def is_breach(self) -> bool:
        """Whether the law does not allow it; else something has to be looked at."""
        return self.lack in _BREACHES


@dataclass(frozen=True)
class Breaches:
    """What the law does not allow from a local day on."""

    day: date
    problems: Sequence[Problem]


@dataclass(frozen=True, kw_only=True)
class Feasibility:
    """Of a perimeter on a local day; farthest: the two points that are, distance_m apart."""

    day: date
    rule: Rule | None
    point_count: int
    located_count: int
    distance_m: Decimal | None = None
    farthest: Sequence[Prm] = ()
    installed_kwc: Decimal
    problems: Sequence[Problem] = field(default_factory=tuple)


@dataclass(frozen=True, kw_only=True)
class Ground:
    """What a perimeter stands on: its legal basis, its points, and who the members are."""

    basis: LegalBasis | None
    sites: Mapping[Prm, Site]
    kinds: Mapping[UUID, MemberKind]

    def study(self, participations: Iterable[Participation], day: date) -> Feasibility:
        """Of those who take part on a local day."""
        return self._study([one for one in participations if is_there(one, day)], day)

    def doubtful_days(
        self, participations: Sequence[Participation], days: Iterable[date]
    ) -> Iterator[date]:
        """Those on which a limit may be broken.

        What all keep together, under a rule, the fewer who are there on a day keep too.
        """
        kept: dict[Rule | None, bool] = {}
        for day in days:
            rule = self._rule(day)
            if rule not in kept:
                problems = self._study(participations, day).problems
                kept[rule] = not any(one.is_breach for one in problems)
            if not kept[rule]:
                yield day

    def _rule(self, day: date) -> Rule | None:
        return rule_on(day, self.basis.basis, self.basis.zone) if self.basis else None

    def _study(self, there: Sequence[Participation], day: date) -> Feasibility:
        prms = sorted({one.prm for one in there})
        rule = self._rule(day)
        located = [(prm, place) for prm in prms if (place := self._place(prm))]
        farthest = find_farthest([place for _, place in located])
        feasibility = Feasibility(
            day=day,
            rule=rule,
            point_count=len(prms),
            located_count=len(located),
            distance_m=farthest and Decimal(f"{farthest.distance_m:.1f}"),
            farthest=[located[i][0] for i in farthest[1:]] if farthest else [],
            installed_kwc=self._kwc(there),
        )
        problems = [
            *_limits(feasibility),
            *self._basis_problems(day, rule),
            *self._point_problems(prms, there),
        ]
        return Feasibility(**vars(feasibility) | {"problems": problems})

    def _place(self, prm: Prm) -> Place | None:
        location = self.sites[prm].location
        return location.place if location else None

    def _kwc(self, there: Iterable[Participation]) -> Decimal:
        producing = {one.prm for one in there if one.direction is Direction.PRODUCTION}
        watts = sum(self.sites[prm].installed_power_w or 0 for prm in producing)
        return watts / _WATTS_PER_KWC

    def _basis_problems(self, day: date, rule: Rule | None) -> Iterator[Problem]:
        basis = self.basis
        if basis is None:
            yield _problem(Lack.BASIS_UNKNOWN, "Say on which legal basis the operation stands.")
        elif rule is None:
            yield _problem(
                Lack.RULE_UNKNOWN, f"On {day} there is no {basis.basis} in the zone {basis.zone}."
            )
        if basis and basis.basis in _DEROGATIONS and not (basis.decision and basis.communes):
            yield _problem(
                Lack.DECISION_UNKNOWN, "Note the minister's decision, and the communes it names."
            )

    def _point_problems(
        self, prms: Sequence[Prm], there: Sequence[Participation]
    ) -> Iterator[Problem]:
        locations = {prm: self.sites[prm].location for prm in prms}
        yield from _of_points(
            Lack.PLACE_UNKNOWN,
            "It is not known where these are, so that the distance may be longer.",
            [prm for prm, one in locations.items() if one is None],
        )
        yield from _of_points(
            Lack.MEDIUM_VOLTAGE,
            "These are on medium voltage: only where all plants are renewable.",
            [prm for prm, one in locations.items() if one and one.voltage == "medium"],
        )
        yield from _of_points(
            Lack.POWER_UNKNOWN,
            "The power of these plants is not known, so that the sum may be higher.",
            sorted(
                {
                    one.prm
                    for one in there
                    if one.direction is Direction.PRODUCTION
                    and self.sites[one.prm].installed_power_w is None
                }
            ),
        )
        if self.basis and self.basis.basis in _DEROGATIONS and self.basis.communes:
            yield from self._commune_problems(self.basis.communes, locations)
        if self.basis and self.basis.basis is Basis.PUBLIC_BODIES:
            yield from _of_points(
                Lack.NOT_PUBLIC,
                "Households do not take part where all are public bodies.",
                sorted({one.prm for one in there if self.kinds[one.member_id] == "household"}),
            )

    def _commune_problems(
        self, communes: Collection[str], locations: Mapping[Prm, Location | None]
    ) -> Iterator[Problem]:
        known = {prm: one.commune for prm, one in locations.items() if one and one.commune}
        yield from _of_points(
            Lack.OUTSIDE_COMMUNES,
            "These are in communes that the decision does not name.",
            [prm for prm, commune in known.items() if commune not in communes],
        )
        yield from _of_points(
            Lack.COMMUNE_UNKNOWN,
            "It is not known in which commune these are.",
            [prm for prm in locations if prm not in known],
        )


def _limits(found: Feasibility) -> Iterator[Problem]:
    rule = found.rule
    if rule is None:
        return
    if rule.max_distance_m and found.distance_m and found.distance_m > rule.max_distance_m:
        yield Problem(
            lack=Lack.TOO_FAR,
            value=found.distance_m,
            detail=f"Two points are {found.distance_m} m apart: at most {rule.max_distance_m} m.",
            prms=found.farthest,
        )
    if rule.below_kwc and found.installed_kwc >= rule.below_kwc:
        yield Problem(
            lack=Lack.TOO_POWERFUL,
            value=found.installed_kwc,
            detail=f"The plants have {found.installed_kwc} kWc: less than {rule.below_kwc} kWc.",
        )


def days_to_check(
    participations: Sequence[Participation], changes: Collection[Participation]
) -> Sequence[date]:
    """The days on which somebody begins while something that changed is in force."""
    first = min(one.valid_from for one in changes)
    begins = {one.valid_from for one in participations if one.valid_from >= first}
    return sorted(day for day in begins if any(is_there(one, day) for one in changes))


def new_breaches(before: Feasibility, after: Feasibility) -> Sequence[Problem]:
    """What the law does not allow and was not there before, or less of it."""
    known = {one.lack: one.value for one in before.problems}
    return [one for one in after.problems if one.is_breach and one.value > known.get(one.lack, 0)]


def is_there(participation: Participation, day: date) -> bool:
    return participation.valid_from <= day and (
        participation.valid_to is None or day < participation.valid_to
    )


def _problem(lack: Lack, detail: str) -> Problem:
    return Problem(lack=lack, value=Decimal(1), detail=detail)


def _of_points(lack: Lack, detail: str, prms: Sequence[Prm]) -> Iterator[Problem]:
    """The first of them are named."""
    if prms:
        yield Problem(lack=lack, value=Decimal(len(prms)), detail=detail, prms=prms[:_MOST_PRMS])
