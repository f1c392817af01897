"""The claims to points and members that an organiser's word supports; staff may make any.

An organiser reads the curves of the points of their operation. So for a point that is or was
somebody else's, it takes staff, or the DSO's word that the former holder's contract has ended.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Self
from uuid import UUID

import structlog
from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.auth.principals import Forbidden, Principal, Rights, Role, log_refusal
from libs.common.clock import today_in
from libs.common.ids import OperationId, Prm
from services.community.access.invitations import may_come_from_organiser
from services.community.domain.members.perimeter import Participation
from services.community.domain.problems import ForStaffToRecord, points_unknown
from services.community.store.accounts import accounts
from services.community.store.members import registry, ties
from services.community.store.requests import sign_ups
from services.community.tables import OperationRow, PointHolderRow

_log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Claimant:
    """The author of a claim: staff's word is enough for any, an organiser's for some.

    roles: for the record of a refusal; operations: those that they organise.
    """

    subject: str
    roles: frozenset[Role]
    operations: frozenset[OperationId]
    is_staff: bool

    @classmethod
    def of(cls, caller: Principal) -> Self:
        return cls(caller.subject, caller.roles, caller.own_operations, caller.is_staff)

    def may_run(self, operation_id: OperationId) -> bool:
        """Whether the claimant is staff, or the organiser of this operation."""
        return self.is_staff or operation_id in self.operations


async def check_may_edit_member(session: AsyncSession, claimant: Claimant, member_id: UUID) -> None:
    """Allow staff, and organisers for members of their operations only.

    Also organisers for a member of no operation yet, recorded in one of theirs. A member with a
    planned participation counts as one of the operation. The member of an organiser, which has
    its id, collects for its operations: it is for who runs them all. Raises Forbidden.
    """
    if claimant.is_staff:
        return
    organised = await ties.find_organised(session, member_id)
    if organised is not None and not (organised and claimant.operations >= organised):
        raise _refused(claimant, "Only who runs all operations of an organiser may record it.")
    member_ties = (await ties.map_ties(session, [member_id])).get(member_id)
    if member_ties is None:
        return
    operations_run = claimant.operations
    # A change here appears on the invoices of all operations that the member is in.
    if not (
        operations_run >= member_ties.operations
        if member_ties.operations
        else operations_run & member_ties.made_in
    ):
        raise _refused(
            claimant, "Only staff may change a member of other operations, or of none yet."
        )


async def check_may_enrol_members(
    session: AsyncSession, claimant: Claimant, member_ids: Collection[UUID]
) -> None:
    """Allow staff, and organisers for members of their operations or recorded in one.

    Otherwise an organiser could enrol strangers to read their data. Raises Forbidden.
    """
    if await list_strangers(session, claimant, member_ids):
        raise _refused(claimant, "Only staff may enrol a member who is in none of your operations.")


async def list_strangers(
    session: AsyncSession, claimant: Claimant, member_ids: Collection[UUID]
) -> set[UUID]:
    """List those that ``check_may_enrol_members`` does not let the claimant enrol."""
    if claimant.is_staff:
        return set()
    operations_run = claimant.operations
    ties_by_member = await ties.map_ties(session, member_ids)
    return {
        member_id
        for member_id, member_ties in ties_by_member.items()
        if operations_run.isdisjoint(member_ties.operations | member_ties.made_in)
    }


async def check_may_edit_point(session: AsyncSession, claimant: Claimant, prm: Prm) -> None:
    """Allow staff, and organisers where ``may_edit_point``. Raises Forbidden."""
    if not await may_edit_point(session, claimant, prm):
        raise _refused(claimant, "Only staff may record this point.")


async def may_edit_point(session: AsyncSession, claimant: Claimant, prm: Prm) -> bool:
    """Allow staff, and the organiser of the operation in which the point takes part today.

    For a point that takes part nowhere today: whoever runs all the operations in which it will, or
    else did; for one that never did: whoever has a prospect there, or anybody if there is none.
    """
    if claimant.is_staff:
        return True
    today, rows = today_in(session), await registry.list_participations_of_points(session, [prm])
    unfinished = [row for row in rows if row.valid_to is None or row.valid_to > today]
    deciding = [row for row in unfinished if row.valid_from <= today] or unfinished or rows
    if not deciding:
        planned = await ties.list_planned_operations(session, prm)
        return not planned or bool(claimant.operations & planned)
    return claimant.operations >= {row.operation_id for row in deciding}


async def check_may_offer(session: AsyncSession, claimant: Claimant, offered: Rights) -> None:
    """Staff may offer anything; organisers their operations, and log-ins for their own members.

    A second log-in could read the first holder's data: only staff may offer that.
    Raises Forbidden.
    """
    if claimant.is_staff:
        return
    if not may_come_from_organiser(offered, claimant.operations):
        raise _refused(claimant, "Organisers invite organisers and members of their operations.")
    if offered.member_id is not None:
        await check_may_edit_member(session, claimant, offered.member_id)
        if await ties.find_organised(session, offered.member_id) is not None:
            raise _refused(claimant, "A log-in as an organiser's member is for staff to offer.")
        if await accounts.has_account(session, offered.member_id):
            raise _refused(claimant, "The member has a log-in: another one is for staff to offer.")


async def check_may_invite(
    session: AsyncSession, claimant: Claimant, offered: Rights, *, email: str
) -> None:
    """An organiser offers a member's log-in to the address confirmed at sign-up only.

    Members who confirmed no address do so by their first log-in. Raises Forbidden, also as
    ``check_may_offer`` does.
    """
    await check_may_offer(session, claimant, offered)
    if offered.member_id is None or claimant.is_staff:
        return
    confirmed = await sign_ups.list_confirmed_addresses(session, offered.member_id)
    if confirmed and email not in confirmed:
        raise _refused(
            claimant, "The member confirmed another address: this is for staff to offer."
        )


class Claims:
    """Judges new or changed participations in one operation."""

    def __init__(
        self,
        claimant: Claimant,
        operation: OperationRow,
        current: Collection[Participation],
        *,
        holders: Mapping[Prm, Sequence[PointHolderRow]],
        made_on: Mapping[UUID, date | None],
        today: date,
    ) -> None:
        """current: the perimeter so far."""
        self._claimant = claimant
        self._operation = operation
        self._former = {participation.key: participation for participation in current}
        self._holders = holders
        self._made_on = made_on
        self._today = today

    def is_foreign(self, claim: Participation) -> bool:
        """Return whether it claims a point held in an operation that the claimant does not run."""
        other_holders = self._other_holders(claim)
        return not self._is_shorter(claim) and any(
            not self._runs(holder) for holder in other_holders
        )

    def why_not(self, claim: Participation) -> str | None:
        """Return why it takes staff, in a sentence; None where the claimant's word is enough."""
        if self._claimant.is_staff:
            return None
        former = self._former.get(claim.key)
        if former is not None and former.member_id == claim.member_id:
            return self._refuse_longer(claim, former)
        if self._other_holders(claim):
            return (
                f"Point {claim.prm} is or was another member's, and the network operator has not"
                " said that their contract ended."
            )
        earliest = self._operation.valid_from
        if claim.valid_from < earliest:
            return f"The operation begins on {earliest}, after {claim.valid_from}."
        made_on = self._made_on.get(claim.member_id)
        if made_on is not None and claim.valid_from < made_on:
            return f"The member was recorded on {made_on}, after {claim.valid_from}."
        return None

    def _refuse_longer(self, claim: Participation, former: Participation) -> str | None:
        end = former.valid_to
        if self._is_shorter(claim) or end is None or end > self._today:
            return None
        return f"Point {claim.prm} left on {end}: a later stay is another participation."

    def _is_shorter(self, claim: Participation) -> bool:
        """Return whether the member had all of it already."""
        former = self._former.get(claim.key)
        if former is None or former.member_id != claim.member_id:
            return False
        return former.valid_to is None or (
            claim.valid_to is not None and claim.valid_to <= former.valid_to
        )

    def _other_holders(self, claim: Participation) -> list[PointHolderRow]:
        return [
            holder
            for holder in self._holders.get(claim.prm, ())
            if not (self._runs(holder) and holder.member_id == claim.member_id)
            and (holder.left_on is None or claim.valid_from < holder.left_on)
        ]

    def _runs(self, holder: PointHolderRow) -> bool:
        return self._claimant.may_run(holder.operation_id)


async def load_claims(
    session: AsyncSession,
    claimant: Claimant,
    operation: OperationRow,
    participations: Collection[Participation],
    *,
    current: Collection[Participation],
) -> Claims:
    members = await ties.map_ties(
        session, {participation.member_id for participation in participations}
    )
    return Claims(
        claimant,
        operation,
        current,
        holders=await ties.map_holders(
            session, {participation.prm for participation in participations}
        ),
        made_on={member_id: member_ties.made_on for member_id, member_ties in members.items()},
        today=today_in(session),
    )


async def check_may_claim(
    session: AsyncSession,
    claimant: Claimant,
    operation: OperationRow,
    participations: Sequence[Participation],
    *,
    current: Collection[Participation] = (),
) -> None:
    """Require that the claimant's word is enough; points that are to take part are locked.

    An unrelated claimant cannot learn whether a point is on the platform: the answer is that for an
    unknown point, whatever the days. current: the perimeter so far.
    Raises PointUnknown, ForStaffToRecord.
    """
    if claimant.is_staff:
        return
    claims = await load_claims(session, claimant, operation, participations, current=current)
    foreign = sorted(
        {participation.prm for participation in participations if claims.is_foreign(participation)}
    )
    if foreign:
        _log.warning("points refused", operation_id=operation.id, points=len(foreign))
        raise points_unknown(foreign)
    for participation in participations:
        reason = claims.why_not(participation)
        if reason is not None:
            raise ForStaffToRecord(f"{reason} Ask staff to record it.", prm=participation.prm)


def _refused(claimant: Claimant, detail: str) -> Forbidden:
    """Return a Forbidden to raise, and log the refusal."""
    log_refusal(claimant.subject, claimant.roles)
    return Forbidden(detail)
