"""The ranking in a challenge, and the part of it that a viewer may see (docs/run/privacy.md)."""

from bisect import bisect_left
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from uuid import UUID

from libs.common.ids import Prm
from services.community.domain.challenges.effort import Outcome

_LEAST_MEMBERS = 3
"""With only two others, each could subtract their own part and read the other's."""


@dataclass(frozen=True, order=True)
class Entrant:
    """A point that takes part; shown_as: the name in the ranking, None to stay out of it.

    effort_permille: None where there is none to compare.
    """

    prm: Prm
    member_id: UUID
    shown_as: str | None
    effort_permille: int | None


@dataclass(frozen=True, kw_only=True)
class OwnResult:
    """The result of a viewer's own point. days and energies: None once the result is final."""

    prm: Prm
    shown_as: str | None
    outcome: Outcome
    effort_permille: int | None
    days: int | None = None
    actual_wmin: int | None = None
    expected_wmin: int | None = None


@dataclass(frozen=True)
class Ranked:
    """Equal efforts share a rank; the next rank counts them all."""

    rank: int
    entrant: Entrant


@dataclass(frozen=True)
class View:
    """The part that one viewer may see.

    ranking: in order; it always has the viewer's own points.
    """

    ranking: Sequence[Ranked]
    is_ranking_withheld: bool
    is_group_withheld: bool


def rank(entrants: Collection[Entrant]) -> list[Ranked]:
    """Rank entrants with a name and an effort, the greatest effort first."""
    shown = sorted(
        (-entrant.effort_permille, entrant.shown_as, entrant.prm, entrant)
        for entrant in entrants
        if entrant.shown_as is not None and entrant.effort_permille is not None
    )
    efforts = [effort for effort, *_ in shown]
    return [Ranked(1 + bisect_left(efforts, effort), entrant) for effort, *_, entrant in shown]


def view(entrants: Collection[Entrant], viewer: UUID | None, *, least_points: int) -> View:
    """viewer: a member; None for those who run the operation, who see no more of people.

    A ranking of few reveals to neighbours who is who, even under chosen names. The common effort,
    less the entries that the viewer sees, is about the hidden ones: there must be none, or enough.
    """
    ranking = rank(entrants)
    other_entrants = [ranked.entrant for ranked in ranking if ranked.entrant.member_id != viewer]
    is_withheld = not _may_be_shown(other_entrants, least_points)
    visible = {
        ranked.entrant
        for ranked in ranking
        if not is_withheld or ranked.entrant.member_id == viewer
    }
    hidden = [
        entrant
        for entrant in entrants
        if entrant.effort_permille is not None
        and entrant not in visible
        and entrant.member_id != viewer
    ]
    return View(
        ranking=[ranked for ranked in ranking if ranked.entrant in visible],
        is_ranking_withheld=is_withheld,
        is_group_withheld=not _may_be_shown(hidden, least_points),
    )


def _may_be_shown(others: Collection[Entrant], least_points: int) -> bool:
    """Return whether it is about nobody else, or about enough others."""
    members = {entrant.member_id for entrant in others}
    return not others or (len(others) >= least_points and len(members) >= _LEAST_MEMBERS)
