"""The legal requirements of a perimeter on a day, and those not met or not known."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Literal, TypeAlias
from uuid import UUID

from libs.common.ids import Direction, Prm
from services.community.domain.feasibility.distances import find_farthest
from services.community.domain.feasibility.places import Coordinates
from services.community.domain.feasibility.reference import Basis, LegalRule, Zone, rule_on
from services.community.domain.members.perimeter import Participation
from services.community.domain.members.registry import MemberKind, ProductionKind

PlaceSource: TypeAlias = Literal["dso", "surveyed", "geocoded", "declared"]
Voltage: TypeAlias = Literal["low", "medium"]
_DEROGATIONS = {Basis.DEROGATION_10_KM, Basis.DEROGATION_20_KM, Basis.PUBLIC_BODIES}
_MOST_PRMS = 20
_WATTS_PER_KWC = Decimal(1000)


class Policy(StrEnum):
    """The treatment of an entry that the law does not allow."""

    WARN = "warn"
    REFUSE = "refuse"


class Lack(StrEnum):
    """A broken requirement of a perimeter, or an unknown fact."""

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
    """The place at which a point is connected; commune: the INSEE's code."""

    place: Coordinates
    source: PlaceSource
    voltage: Voltage
    commune: str | None


@dataclass(frozen=True, kw_only=True)
class LegalBasis:
    """An operation's legal basis; communes: those that its derogation names, INSEE's codes."""

    basis: Basis
    zone: Zone
    policy: Policy
    decision: str | None
    communes: Collection[str]


@dataclass(frozen=True)
class PointSite:
    """Facts of a point, and of the plant behind it."""

    location: Location | None
    installed_power_w: int | None
    production_kind: ProductionKind | None = None


@dataclass(frozen=True, kw_only=True)
class PerimeterFinding:
    """value: its extent in metres, kWc, or points."""

    lack: Lack
    value: Decimal
    detail: str
    prms: Sequence[Prm] = ()

    @property
    def is_breach(self) -> bool:
        """Whether the law does not allow it; else it has to be looked at."""
        return self.lack in _BREACHES


@dataclass(frozen=True)
class Breaches:
    """The breaches of the law from a local day on."""

    day: date
    problems: Sequence[PerimeterFinding]


@dataclass(frozen=True, kw_only=True)
class Feasibility:
    """The study of a perimeter on a local day; farthest: two points, distance_m apart."""

    day: date
    rule: LegalRule | None
    point_count: int
    located_count: int
    distance_m: Decimal | None = None
    farthest: Sequence[Prm] = ()
    installed_kwc: Decimal
    problems: Sequence[PerimeterFinding] = field(default_factory=tuple)


@dataclass(frozen=True, kw_only=True)
class Ground:
    """The facts a perimeter rests on: its legal basis, its points, and the kinds of its members."""

    basis: LegalBasis | None
    sites: Mapping[Prm, PointSite]
    kinds: Mapping[UUID, MemberKind]

    def study(self, participations: Iterable[Participation], day: date) -> Feasibility:
        """Study those who take part on a local day."""
        return self._study([stay for stay in participations if stay.takes_part(day)], day)

    def doubtful_days(
        self, participations: Sequence[Participation], days: Iterable[date]
    ) -> Iterator[date]:
        """Yield the days on which a limit may be broken.

        A limit that all participations keep together, under a rule, is kept by the fewer of one
        day.
        """
        is_kept_by_rule: dict[LegalRule | None, bool] = {}
        for day in days:
            rule = self._rule(day)
            if rule not in is_kept_by_rule:
                problems = self._study(participations, day).problems
                is_kept_by_rule[rule] = not any(problem.is_breach for problem in problems)
            if not is_kept_by_rule[rule]:
                yield day

    def _rule(self, day: date) -> LegalRule | None:
        return rule_on(day, self.basis.basis, self.basis.zone) if self.basis else None

    def _study(self, stays: Sequence[Participation], day: date) -> Feasibility:
        prms = sorted({stay.prm for stay in stays})
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
            installed_kwc=self._kwc(stays),
        )
        problems = [
            *_limits(feasibility),
            *self._basis_problems(day, rule),
            *self._point_problems(prms, stays),
        ]
        return Feasibility(**vars(feasibility) | {"problems": problems})

    def _place(self, prm: Prm) -> Coordinates | None:
        location = self.sites[prm].location
        return location.place if location else None

    def _kwc(self, stays: Iterable[Participation]) -> Decimal:
        producing = {stay.prm for stay in stays if stay.direction is Direction.PRODUCTION}
        watts = sum(self.sites[prm].installed_power_w or 0 for prm in producing)
        return watts / _WATTS_PER_KWC

    def _basis_problems(self, day: date, rule: LegalRule | None) -> Iterator[PerimeterFinding]:
        basis = self.basis
        if basis is None:
            yield _problem(Lack.BASIS_UNKNOWN, "Record the operation's legal basis.")
        elif rule is None:
            yield _problem(
                Lack.RULE_UNKNOWN, f"On {day} there is no {basis.basis} in the zone {basis.zone}."
            )
        if basis and basis.basis in _DEROGATIONS and not (basis.decision and basis.communes):
            yield _problem(
                Lack.DECISION_UNKNOWN, "Note the minister's decision, and the communes it names."
            )

    def _point_problems(
        self, prms: Sequence[Prm], stays: Sequence[Participation]
    ) -> Iterator[PerimeterFinding]:
        locations = {prm: self.sites[prm].location for prm in prms}
        yield from _problem_of_points(
            Lack.PLACE_UNKNOWN,
            "The places of these are not known: the distance may be longer.",
            [prm for prm, location in locations.items() if location is None],
        )
        yield from _problem_of_points(
            Lack.MEDIUM_VOLTAGE,
            "These are on medium voltage: only where all plants are renewable.",
            [
                prm
                for prm, location in locations.items()
                if location and location.voltage == "medium"
            ],
        )
        yield from _problem_of_points(
            Lack.POWER_UNKNOWN,
            "The power of these plants is not known: the sum may be higher.",
            sorted(
                {
                    stay.prm
                    for stay in stays
                    if stay.direction is Direction.PRODUCTION
                    and self.sites[stay.prm].installed_power_w is None
                }
            ),
        )
        if self.basis and self.basis.basis in _DEROGATIONS and self.basis.communes:
            yield from self._commune_problems(self.basis.communes, locations)
        if self.basis and self.basis.basis is Basis.PUBLIC_BODIES:
            yield from _problem_of_points(
                Lack.NOT_PUBLIC,
                "Households cannot take part in an operation of public bodies.",
                sorted({stay.prm for stay in stays if self.kinds[stay.member_id] == "household"}),
            )

    def _commune_problems(
        self, communes: Collection[str], locations: Mapping[Prm, Location | None]
    ) -> Iterator[PerimeterFinding]:
        commune_by_prm = {
            prm: location.commune
            for prm, location in locations.items()
            if location and location.commune
        }
        yield from _problem_of_points(
            Lack.OUTSIDE_COMMUNES,
            "These are in communes that the decision does not name.",
            [prm for prm, commune in commune_by_prm.items() if commune not in communes],
        )
        yield from _problem_of_points(
            Lack.COMMUNE_UNKNOWN,
            "The commune of these is not known.",
            [prm for prm in locations if prm not in commune_by_prm],
        )


def _limits(study: Feasibility) -> Iterator[PerimeterFinding]:
    rule = study.rule
    if rule is None:
        return
    if rule.max_distance_m and study.distance_m and study.distance_m > rule.max_distance_m:
        yield PerimeterFinding(
            lack=Lack.TOO_FAR,
            value=study.distance_m,
            detail=f"Two points are {study.distance_m} m apart: at most {rule.max_distance_m} m.",
            prms=study.farthest,
        )
    if rule.below_kwc and study.installed_kwc >= rule.below_kwc:
        yield PerimeterFinding(
            lack=Lack.TOO_POWERFUL,
            value=study.installed_kwc,
            detail=f"The plants have {study.installed_kwc} kWc: less than {rule.below_kwc} kWc.",
        )


def days_to_check(
    participations: Sequence[Participation], changes: Collection[Participation]
) -> Sequence[date]:
    """Return the days on which a participation begins while a changed one is in force."""
    first = min(change.valid_from for change in changes)
    begins = {stay.valid_from for stay in participations if stay.valid_from >= first}
    return sorted(day for day in begins if any(change.takes_part(day) for change in changes))


def new_breaches(former: Feasibility, present: Feasibility) -> Sequence[PerimeterFinding]:
    """Return breaches of the law that did not exist before, or were smaller."""
    former_sizes = {problem.lack: problem.value for problem in former.problems}
    breaches = [problem for problem in present.problems if problem.is_breach]
    return [breach for breach in breaches if breach.value > former_sizes.get(breach.lack, 0)]


def _problem(lack: Lack, detail: str) -> PerimeterFinding:
    return PerimeterFinding(lack=lack, value=Decimal(1), detail=detail)


def _problem_of_points(lack: Lack, detail: str, prms: Sequence[Prm]) -> Iterator[PerimeterFinding]:
    """Name the first points only."""
    if prms:
        yield PerimeterFinding(
            lack=lack, value=Decimal(len(prms)), detail=detail, prms=prms[:_MOST_PRMS]
        )
