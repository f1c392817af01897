"""Where a challenge is, for one viewer."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from services.community import store as registry
from services.community.commands.challenge_rounds import group_effort, judge_entries
from services.community.domain.challenges.challenge import State
from services.community.domain.challenges.effort import Judgement, Outcome
from services.community.domain.challenges.standing import Entrant, OwnResult, View, view
from services.community.domain.messages import Language
from services.community.store import challenges as store
from services.community.tables import ChallengeEntryRow, ChallengeRow


@dataclass(frozen=True, kw_only=True)
class Standing:
    """What a viewer is told. entries: how many points take part.

    group_effort_percent: None where there is none yet, or this viewer may not be told.
    """

    entries: int
    group_effort_percent: int | None
    view: View
    own: Sequence[OwnResult]
    language: Language


async def find_standing(
    session: AsyncSession, row: ChallengeRow, viewer: UUID | None, *, least_points: int
) -> Standing:
    """viewer: a member; None for who runs the operation."""
    judgements: dict[UUID, Judgement] = {}
    group_percent = row.group_effort_percent
    entries = await store.list_entries(session, row.id)
    if row.state == State.ANNOUNCED:
        judged = await judge_entries(session, row)
        entries = [one.row for one in judged]
        judgements = {one.row.id: one.judgement for one in judged}
        group = group_effort(judged)
        group_percent = None if group is None else group.percent
    seen = view(
        [_entrant(entry, judgements.get(entry.id)) for entry in entries],
        viewer,
        least_points=least_points,
    )
    member = None if viewer is None else await registry.get_member(session, viewer)
    return Standing(
        entries=len(entries),
        group_effort_percent=None if seen.is_group_withheld else group_percent,
        view=seen,
        own=[_own(one, judgements.get(one.id)) for one in entries if one.member_id == viewer],
        language="fr" if member is None else member.language,
    )


def _entrant(entry: ChallengeEntryRow, judgement: Judgement | None) -> Entrant:
    effort_permille = judgement.effort_permille if judgement else entry.effort_permille
    return Entrant(entry.prm, entry.member_id, entry.shown_as, effort_permille)


def _own(entry: ChallengeEntryRow, judgement: Judgement | None) -> OwnResult:
    if judgement is None:
        return OwnResult(
            prm=entry.prm,
            shown_as=entry.shown_as,
            outcome=Outcome(entry.outcome or Outcome.NOT_YET),
            effort_permille=entry.effort_permille,
        )
    effort = judgement.effort
    return OwnResult(
        prm=entry.prm,
        shown_as=entry.shown_as,
        outcome=judgement.outcome,
        effort_permille=judgement.effort_permille,
        days=judgement.days,
        actual_wmin=None if effort is None else round(effort.actual_wmin),
        expected_wmin=None if effort is None else round(effort.expected_wmin),
    )
