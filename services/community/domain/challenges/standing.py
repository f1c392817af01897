"""Who is where in a challenge, and what of that a viewer may be told (docs/privacy.md)."""

from bisect import bisect_left
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from uuid import UUID

from libs.common.ids import Prm
from services.community.domain.challenges.effort import Outcome

_LEAST_MEMBERS = 3
"""With two others, each of them could take the own part off and read the other's."""


@dataclass(frozen=True, order=True)
class Entrant:
    """A point that takes part; shown_as: the name in the ranking, None to be in none.

    effort_permille: None where there is none to compare.
    """

    prm: Prm
    member_id: UUID
    shown_as: str | None
    effort_permille: int | None


@dataclass(frozen=True, kw_only=True)
class OwnResult:
    """How an own point does. days and energies: None once the result is final."""

    prm: Prm
    shown_as: str | None
    outcome: Outcome
    effort_permille: int | None
    days: int | None = None
    actual_wmin: int | None = None
    expected_wmin: int | None = None


@dataclass(frozen=True)
class Ranked:
    """Equal efforts have one rank; the one after them is as many further."""

    rank: int
    entrant: Entrant


@dataclass(frozen=True)
class View:
    """What one viewer is told. ranking: in order; the own ones at least."""

    ranking: Sequence[Ranked]
    is_ranking_withheld: bool
    is_group_withheld: bool


def rank(entrants: Collection[Entrant]) -> list[Ranked]:
    """Of those who want to be shown and have an effort, the greatest first."""
    shown = sorted(
        (-one.effort_permille, one.shown_as, one.prm, one)
        for one in entrants
        if one.shown_as is not None and one.effort_permille is not None
    )
    efforts = [effort for effort, *_ in shown]
    return [Ranked(1 + bisect_left(efforts, effort), entrant) for effort, *_, entrant in shown]


def view(entrants: Collection[Entrant], viewer: UUID | None, *, least_points: int) -> View:
    """viewer: a member; None for who runs the operation, who sees no more of people.

    A ranking of few, though under names of their choice, tells neighbours who is who. What all did
    together, less what the viewer sees one by one, is about those who are left: nobody, or enough.
    """
    ranking = rank(entrants)
    others = [one.entrant for one in ranking if one.entrant.member_id != viewer]
    is_withheld = not _may_be_told(others, least_points)
    visible = {one.entrant for one in ranking if not is_withheld or one.entrant.member_id == viewer}
    hidden = [
        one
        for one in entrants
        if one.effort_permille is not None and one not in visible and one.member_id != viewer
    ]
    return View(
        ranking=[one for one in ranking if one.entrant in visible],
        is_ranking_withheld=is_withheld,
        is_group_withheld=not _may_be_told(hidden, least_points),
    )


def _may_be_told(others: Collection[Entrant], least_points: int) -> bool:
    """Whether it is about nobody else, or about enough others."""
    members = {one.member_id for one in others}
    return not others or (len(others) >= least_points and len(members) >= _LEAST_MEMBERS)
