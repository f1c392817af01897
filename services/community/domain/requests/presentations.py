"""The public view of an operation, without a word about a person."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from libs.common.errors import Problem
from libs.common.ids import Direction, OperationId, Prm
from services.community.domain.feasibility.circles import LEAST_MEMBERS, are_enough_homes
from services.community.domain.feasibility.distances import Circle, coarse_circle, distance_m
from services.community.domain.feasibility.perimeter import PointSite
from services.community.domain.feasibility.places import Coordinates
from services.community.domain.feasibility.reference import Basis, LegalRule
from services.community.domain.members.perimeter import Participation
from services.community.domain.members.registry import ProductionKind

_SMALL_W = 36_000
"""Above 36 kVA a connection is no household's; larger plants are in a public register anyway."""
_LEAST_SMALL_OWNERS = 4
"""An owner who subtracts their own plant from the sum is left with those of three others."""


class PresentationUnknown(Problem):
    status, slug, title = 404, "presentation-unknown", "The operation is not shown to the public"
    example_detail = "The public is shown no operation ACC00000101."


@dataclass(frozen=True, kw_only=True)
class Presentation:
    """An organiser's presentation of an operation; text is Markdown.

    commune_names: as the organiser writes them, since the members' places are private.
    """

    is_public: bool = False
    takes_members: bool = False
    contact_email: str | None = None
    commune_names: Sequence[str] = ()
    text: str | None = None


NOT_PRESENTED = Presentation()


@dataclass(frozen=True)
class Outline:
    """Facts about the participants of a day; None: unknown, or about too few.

    installed_kwc: by production kind, None for plants whose kind is not recorded; a lower bound, as
    small plants count in steps.
    """

    member_count: int | None
    installed_kwc: Mapping[ProductionKind | None, Decimal | None]
    around: Circle | None


@dataclass(frozen=True, kw_only=True)
class PublicOperation:
    """An operation that is shown to the public, with its organiser's name and address."""

    id: OperationId
    name: str
    organiser_name: str
    organiser_address: str
    presentation: Presentation


class Within(StrEnum):
    """Whether a place may be near enough to all points of an operation."""

    YES = "yes"
    MAYBE = "maybe"
    NO = "no"


def outline_of(
    participations: Collection[Participation], sites: Mapping[Prm, PointSite], *, least_points: int
) -> Outline:
    """Outline the participations of a day."""
    prms = {participation.prm for participation in participations}
    members = {participation.member_id for participation in participations}
    is_shown = len(prms) >= least_points and len(members) >= LEAST_MEMBERS
    return Outline(
        member_count=len(members) if is_shown else None,
        installed_kwc=_installed_kwc(participations, sites),
        around=_around(participations, sites, least_points=least_points),
    )


def _around(
    participations: Collection[Participation], sites: Mapping[Prm, PointSite], *, least_points: int
) -> Circle | None:
    """Return a circle around all of them; their meters in one house count as one home."""
    located = [
        (participation.member_id, location.place)
        for participation in participations
        if (location := sites[participation.prm].location)
    ]
    if not are_enough_homes(located, least_points=least_points):
        return None
    return coarse_circle([place for _, place in located])


def _installed_kwc(
    participations: Collection[Participation], sites: Mapping[Prm, PointSite]
) -> Mapping[ProductionKind | None, Decimal | None]:
    plants = {
        participation.prm: participation.member_id
        for participation in participations
        if participation.direction == Direction.PRODUCTION
    }
    plants_by_kind = defaultdict[ProductionKind | None, list[tuple[UUID, int | None]]](list)
    for prm, owner in sorted(plants.items()):
        plants_by_kind[sites[prm].production_kind].append((owner, sites[prm].installed_power_w))
    return {kind: _shown_sum(plants_of_kind) for kind, plants_of_kind in plants_by_kind.items()}


def _shown_sum(plants: Collection[tuple[UUID, int | None]]) -> Decimal | None:
    """plants: each with its owner and power.

    The small owners' sum is shown in whole steps, each as large as the most that one of them may
    have: an arrival, an exit or a new plant moves it by one step or none, whatever the size of the
    roof. Exact sums, compared over two days, would reveal that roof.
    """
    watts = defaultdict[UUID, int](int)
    for owner, power_w in plants:
        if power_w is None:
            return None
        watts[owner] += power_w
    small = [owner_w for owner_w in watts.values() if owner_w <= _SMALL_W]
    if 0 < len(small) < _LEAST_SMALL_OWNERS:
        return None
    large_w = sum(watts.values()) - sum(small)
    shown_w = large_w + sum(small) // _SMALL_W * _SMALL_W
    return Decimal(shown_w) / 1000 if shown_w else None


def within_limit(
    place: Coordinates, around: Circle | None, rule: LegalRule | None, *, are_all_located: bool
) -> Within:
    """Judge by the coarse circle alone: an exact answer, asked often, would reveal homes.

    Yes where all of the circle is near enough, no where none of it is. Where the law asks for more
    than a distance, such as the same building or a commune that a decision names, a place alone
    never makes it yes.
    """
    limit_m = rule.max_distance_m if rule else None
    if around is None or rule is None or limit_m is None:
        return Within.MAYBE
    from_centre_m = distance_m(place, around.centre)
    if from_centre_m - around.radius_m > limit_m:
        return Within.NO
    is_distance_all = rule.basis is Basis.EXTENDED and are_all_located
    if is_distance_all and from_centre_m + around.radius_m <= limit_m:
        return Within.YES
    return Within.MAYBE
