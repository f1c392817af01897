"""Let people ask to take part in an operation, and its organiser answer."""

from datetime import datetime
from uuid import UUID

import structlog
from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.auth.principals import Rights
from libs.common.clock import now_in
from libs.common.ids import OperationId
from services.community.claims import Claimant
from services.community.commands.accounts.invitations import invite
from services.community.commands.enrolments.enrolments import record_enrolment
from services.community.commands.members.registry import record_member, record_point
from services.community.commands.messages.desk_letters import notify_organisers
from services.community.commands.messages.messages import write_message
from services.community.commands.requests.public_forms import (
    FormLimits,
    PublicForm,
    count_sent,
    forget_confirmed,
)
from services.community.credentials import hash_secret, new_secret
from services.community.domain.letters.sign_ups import write_sign_up_letter
from services.community.domain.messages.messages import MessageKind
from services.community.domain.requests.sign_ups import (
    CONFIRMED_WITHIN,
    WAITING_AT_MOST,
    Acceptance,
    SignUp,
    SignUpLinkRefused,
    SignUpSettled,
    SignUpState,
    SignUpWithoutPoint,
)
from services.community.store.members import registry
from services.community.store.members.locks import lock_member
from services.community.store.requests import sign_ups as store
from services.community.tables import SignUpRow

_log = structlog.get_logger(__name__)


async def ask_to_join(
    session: AsyncSession,
    sign_up: SignUp,
    *,
    client_host: str,
    limits: FormLimits,
    public_url: str,
) -> None:
    """Send a link to the address; members are not looked up, so nothing reveals who is one.

    Raises OperationUnknown, TooManyRequests, FormFull.
    """
    operation = await registry.get_operation(session, sign_up.operation_id)
    now = now_in(session)
    await count_sent(session, PublicForm.SIGN_UP, now, client_host, limits)
    if await store.count_unconfirmed(session, sign_up.email, now=now) >= WAITING_AT_MOST:
        _log.warning("too many sign-ups of an address", operation_id=operation.id)
        return
    secret, until = new_secret(), now + CONFIRMED_WITHIN
    await store.add_sign_up(
        session, sign_up, secret_sha256=hash_secret(secret), now=now, until=until
    )
    facts = {
        "operation_name": operation.name,
        "link": f"{public_url}/sign-up#{secret}",
        "expires_at": until,
    }
    kind = MessageKind.SIGN_UP
    letter = write_sign_up_letter(kind, facts, sign_up.language)
    await write_message(session, letter, to=sign_up.email, kind=kind, is_secret=True)


async def confirm_sign_up(session: AsyncSession, secret: str, *, public_url: str) -> SignUpRow:
    """Confirm the address: the organiser sees the sign-up, and is notified. The link works once.

    Raises SignUpLinkRefused, the same whatever is wrong.
    """
    now = now_in(session)
    row = await store.lock_by_secret(session, hash_secret(secret))
    if row is None or row.state != SignUpState.UNCONFIRMED or row.expires_at <= now:
        raise SignUpLinkRefused
    row.state, row.confirmed_at, row.touched_at = SignUpState.WAITING, now, now
    await session.flush()
    await forget_confirmed(session, PublicForm.SIGN_UP, row.asked_at)
    operation = await registry.get_operation(session, row.operation_id)
    path = f"/community/operations/{operation.id}/sign-ups"
    facts = {"operation_name": operation.name, "link": f"{public_url}{path}"}
    await notify_organisers(
        session, operation.id, MessageKind.SIGN_UP_WAITING, facts, about_id=row.id, link=path
    )
    return row


async def accept_sign_up(
    session: AsyncSession,
    claimant: Claimant,
    operation_id: OperationId,
    sign_up_id: UUID,
    acceptance: Acceptance,
    *,
    public_url: str,
    may_invite: bool,
) -> SignUpRow:
    """Make the applicant a member, their point a prospect, and invite them to log in; once.

    may_invite: false where another issuer has the log-ins.
    Raises Forbidden, SignUpUnknown, SignUpSettled, SignUpWithoutPoint, MemberUnknown,
    PointUnknown, ForStaffToRecord, EnrolmentTwice, PointBusy.
    """
    # The operation, then the member: the order in which enrolments and erasures lock them.
    await registry.get_operation(session, operation_id, lock=True)
    if acceptance.member_id is not None:
        await lock_member(session, acceptance.member_id)
    row = await store.lock_sign_up(session, operation_id, sign_up_id)
    if row.state == SignUpState.ACCEPTED:
        return row
    _check_waits(row)
    sign_up = store.to_sign_up(row)
    enrolment_id = await _record(session, claimant, sign_up, acceptance)
    member_id = acceptance.member_id or sign_up.member.id
    row.member_id, row.enrolment_id = member_id, enrolment_id
    _answer(row, SignUpState.ACCEPTED, now_in(session), by=claimant.subject)
    await session.flush()
    if acceptance.member_id is not None or not may_invite:
        await _write(session, sign_up, MessageKind.SIGN_UP_ACCEPTED)
        return row
    offered = Rights.of_member(member_id)
    address, language = sign_up.email, sign_up.language
    await invite(
        session, claimant, offered, email=address, language=language, public_url=public_url
    )
    return row


async def refuse_sign_up(
    session: AsyncSession,
    operation_id: OperationId,
    sign_up_id: UUID,
    reason: str,
    *,
    by: str,
) -> SignUpRow:
    """Write to the applicant, with the reason; repeating it changes nothing.

    Raises SignUpUnknown, SignUpSettled.
    """
    row = await store.lock_sign_up(session, operation_id, sign_up_id)
    if row.state == SignUpState.REFUSED:
        return row
    _check_waits(row)
    _answer(row, SignUpState.REFUSED, now_in(session), by=by)
    row.reason = reason
    await session.flush()
    await _write(session, store.to_sign_up(row), MessageKind.SIGN_UP_REFUSED, reason=reason)
    return row


def _check_waits(row: SignUpRow) -> None:
    if row.state != SignUpState.WAITING:
        raise SignUpSettled(f"The sign-up is {row.state}, and the applicant was notified.")


def _answer(row: SignUpRow, state: SignUpState, now: datetime, *, by: str) -> None:
    row.state, row.decided_at, row.decided_by = state, now, by
    row.touched_at = now


async def _record(
    session: AsyncSession, claimant: Claimant, sign_up: SignUp, acceptance: Acceptance
) -> UUID:
    """Record member, point and prospect; return the id of the enrolment."""
    prm = acceptance.prm or sign_up.prm
    if prm is None:
        raise SignUpWithoutPoint
    if acceptance.member_id is None:
        await record_member(session, claimant, sign_up.member)
    # A recorded point has more details than a form.
    if prm not in await registry.map_points(session, [prm]):
        await record_point(session, claimant, sign_up.point(prm))
    enrolment = sign_up.enrolment(
        prm=prm,
        member_id=acceptance.member_id or sign_up.member.id,
        valid_from=acceptance.valid_from,
    )
    await record_enrolment(session, claimant, enrolment)
    return enrolment.id


async def _write(
    session: AsyncSession, sign_up: SignUp, kind: MessageKind, **facts: object
) -> None:
    operation = await registry.get_operation(session, sign_up.operation_id)
    letter_facts = {"operation_name": operation.name, **facts}
    letter = write_sign_up_letter(kind, letter_facts, sign_up.language)
    await write_message(session, letter, to=sign_up.email, kind=kind)
