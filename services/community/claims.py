"""What an organiser may say of points and members by their own word; staff may say all.

An organiser reads the curves of the points of their operation. So a point that is or was somebody
else's takes staff, or the DSO's word that the contract of whoever had it has ended.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from uuid import UUID

import structlog
from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.clock import today_in
from libs.common.ids import Prm
from libs.common.principals import Principal, refused
from services.community import store
from services.community.domain.perimeter import Participation
from services.community.domain.problems import ForStaffToRecord, points_unknown
from services.community.store import ties
from services.community.tables import OperationRow, PointHolderRow

_log = structlog.get_logger(__name__)


async def check_may_edit_member(session: AsyncSession, caller: Principal, member_id: UUID) -> None:
    """Staff; organisers for members of their operations only, or whom they made for none yet.

    Somebody who is to take part counts as a member. Raises Forbidden.
    """
    if caller.is_staff:
        return
    known = (await ties.map_ties(session, [member_id])).get(member_id)
    if known is None:
        return
    own = caller.own_operations
    # What is changed here is on the invoices of all operations that the member is in.
    if not (own >= known.operations if known.operations else own & known.made_in):
        raise refused(
            caller, "A member of other operations, or of none yet, is for staff to change."
        )


async def check_may_enrol_members(
    session: AsyncSession, caller: Principal, member_ids: Collection[UUID]
) -> None:
    """Staff; organisers for members of their operations, or whom they made. Raises Forbidden.

    Else an organiser could enrol a stranger to read them.
    """
    if await list_strangers(session, caller, member_ids):
        raise refused(caller, "A member who is none of your operations' is for staff to enrol.")


async def list_strangers(
    session: AsyncSession, caller: Principal, member_ids: Collection[UUID]
) -> set[UUID]:
    """Whom ``check_may_enrol_members`` does not let the caller enrol."""
    if caller.is_staff:
        return set()
    own = caller.own_operations
    everybody = await ties.map_ties(session, member_ids)
    return {
        member_id
        for member_id, known in everybody.items()
        if own.isdisjoint(known.operations | known.made_in)
    }


async def check_may_edit_point(session: AsyncSession, caller: Principal, prm: Prm) -> None:
    """Staff; organisers where ``may_edit_point``. Raises Forbidden."""
    if not await may_edit_point(session, caller, prm):
        raise refused(caller, "It takes staff to record this point.")


async def may_edit_point(session: AsyncSession, caller: Principal, prm: Prm) -> bool:
    """Staff; the organiser of the operation in which the point takes part today.

    Of one that takes part nowhere today, whoever runs all in which it will, or else did; of one
    that never did, whoever has a prospect there, or anybody if there is none.
    """
    if caller.is_staff:
        return True
    today, rows = today_in(session), await store.list_participations_of_points(session, [prm])
    to_come = [one for one in rows if one.valid_to is None or one.valid_to > today]
    standing = [one for one in to_come if one.valid_from <= today] or to_come or rows
    if not standing:
        planned = await ties.list_planned_operations(session, prm)
        return not planned or bool(caller.own_operations & planned)
    return caller.own_operations >= {one.operation_id for one in standing}


class Claims:
    """What it takes to judge participations that are new or changed in one operation."""

    def __init__(
        self,
        caller: Principal,
        operation: OperationRow,
        current: Collection[Participation],
        *,
        holders: Mapping[Prm, Sequence[PointHolderRow]],
        made_on: Mapping[UUID, date | None],
        today: date,
    ) -> None:
        """current: the perimeter so far."""
        self._caller = caller
        self._operation = operation
        self._former = {one.key: one for one in current}
        self._holders = holders
        self._made_on = made_on
        self._today = today

    def is_foreign(self, wanted: Participation) -> bool:
        """Whether it claims what somebody had in an operation that the caller does not run."""
        others = self._others(wanted)
        return not self._is_shorter(wanted) and any(not self._runs(one) for one in others)

    def why_not(self, wanted: Participation) -> str | None:
        """Why it takes staff, in a sentence; None where the caller's word is enough."""
        if self._caller.is_staff:
            return None
        former = self._former.get(wanted.key)
        if former is not None and former.member_id == wanted.member_id:
            return self._why_not_longer(wanted, former)
        if self._others(wanted):
            return (
                f"Point {wanted.prm} is or was another member's, and the network operator has not"
                " said that their contract ended."
            )
        earliest = self._operation.valid_from
        if wanted.valid_from < earliest:
            return f"The operation begins on {earliest}, after {wanted.valid_from}."
        made_on = self._made_on.get(wanted.member_id)
        if made_on is not None and wanted.valid_from < made_on:
            return f"The member was recorded on {made_on}, after {wanted.valid_from}."
        return None

    def _why_not_longer(self, wanted: Participation, former: Participation) -> str | None:
        ended = former.valid_to
        if self._is_shorter(wanted) or ended is None or ended > self._today:
            return None
        return f"Point {wanted.prm} left on {ended}: what comes after is another participation."

    def _is_shorter(self, wanted: Participation) -> bool:
        """Whether the member had all of it already."""
        former = self._former.get(wanted.key)
        if former is None or former.member_id != wanted.member_id:
            return False
        return former.valid_to is None or (
            wanted.valid_to is not None and wanted.valid_to <= former.valid_to
        )

    def _others(self, wanted: Participation) -> list[PointHolderRow]:
        return [
            one
            for one in self._holders.get(wanted.prm, ())
            if not (self._runs(one) and one.member_id == wanted.member_id)
            and (one.left_on is None or wanted.valid_from < one.left_on)
        ]

    def _runs(self, holder: PointHolderRow) -> bool:
        return self._caller.may_run(holder.operation_id)


async def load_claims(
    session: AsyncSession,
    caller: Principal,
    operation: OperationRow,
    wanted: Collection[Participation],
    *,
    current: Collection[Participation],
) -> Claims:
    members = await ties.map_ties(session, {one.member_id for one in wanted})
    return Claims(
        caller,
        operation,
        current,
        holders=await ties.map_holders(session, {one.prm for one in wanted}),
        made_on={member_id: one.made_on for member_id, one in members.items()},
        today=today_in(session),
    )


async def check_may_claim(
    session: AsyncSession,
    caller: Principal,
    operation: OperationRow,
    wanted: Sequence[Participation],
    *,
    current: Collection[Participation] = (),
) -> None:
    """By the caller's word alone; the points' rows are locked, where they are to take part.

    Whether a point is on the platform is not told to whoever has nothing to do with it: the answer
    is the one that an unknown point gets, whatever the days. current: the perimeter so far.
    Raises PointUnknown, ForStaffToRecord.
    """
    if caller.is_staff:
        return
    claims = await load_claims(session, caller, operation, wanted, current=current)
    foreign = sorted({one.prm for one in wanted if claims.is_foreign(one)})
    if foreign:
        _log.warning("points refused", operation_id=operation.id, points=len(foreign))
        raise points_unknown(foreign)
    for one in wanted:
        reason = claims.why_not(one)
        if reason is not None:
            raise ForStaffToRecord(f"{reason} Ask staff to record it.", prm=one.prm)
