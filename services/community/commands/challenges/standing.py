"""Show one viewer the state of a challenge."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from services.community.commands.challenges.rounds import group_effort, judge_entries
from services.community.domain.challenges.challenge import State
from services.community.domain.challenges.effort import Judgement, Outcome
from services.community.domain.challenges.standing import Entrant, OwnResult, View, view
from services.community.domain.messages.messages import Language
from services.community.store import challenges as store
from services.community.store.members import registry
from services.community.tables import ChallengeEntryRow, ChallengeRow


@dataclass(frozen=True, kw_only=True)
class ChallengeStanding:
    """The state that a viewer may see. entries: how many points take part.

    group_effort_percent: None if there is none yet, or this viewer may not see it.
    """

    entries: int
    group_effort_percent: int | None
    view: View
    own_results: Sequence[OwnResult]
    language: Language


async def find_standing(
    session: AsyncSession, row: ChallengeRow, viewer: UUID | None, *, least_points: int
) -> ChallengeStanding:
    """viewer: a member; None for those who run the operation."""
    judgements: dict[UUID, Judgement] = {}
    group_percent = row.group_effort_percent
    entries = await store.list_entries(session, row.id)
    if row.state == State.ANNOUNCED:
        judged_entries = await judge_entries(session, row)
        entries = [judged_entry.row for judged_entry in judged_entries]
        judgements = {
            judged_entry.row.id: judged_entry.judgement for judged_entry in judged_entries
        }
        common_effort = group_effort(judged_entries)
        group_percent = None if common_effort is None else common_effort.percent
    visible = view(
        [_entrant(entry, judgements.get(entry.id)) for entry in entries],
        viewer,
        least_points=least_points,
    )
    member = None if viewer is None else await registry.get_member(session, viewer)
    return ChallengeStanding(
        entries=len(entries),
        group_effort_percent=None if visible.is_group_withheld else group_percent,
        view=visible,
        own_results=[
            _own_result(entry, judgements.get(entry.id))
            for entry in entries
            if entry.member_id == viewer
        ],
        language="fr" if member is None else member.language,
    )


def _entrant(entry: ChallengeEntryRow, judgement: Judgement | None) -> Entrant:
    effort_permille = judgement.effort_permille if judgement else entry.effort_permille
    return Entrant(entry.prm, entry.member_id, entry.shown_as, effort_permille)


def _own_result(entry: ChallengeEntryRow, judgement: Judgement | None) -> OwnResult:
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
