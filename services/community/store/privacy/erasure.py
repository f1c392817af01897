"""Queries for the erasure of a member."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ColumnElement, and_, delete, exists, func, or_, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.database.counts import count_rows
from services.community.domain.enrolments.enrolment import EnrolmentState
from services.community.domain.polls.poll import PollState
from services.community.domain.privacy.erasure import ErasureRequest, ErasureUnknown, MemberTies
from services.community.domain.privacy.erasure_notes import ERASED, KEPT
from services.community.store.accounts import log_in_links, sessions
from services.community.store.accounts.one_time_codes import delete_totp
from services.community.store.capital import list_holdings_of_member
from services.community.store.desk.documents import IS_SIGNED
from services.community.tables import (
    AccountRow,
    BallotRow,
    Base,
    CalendarFeedRow,
    CapitalMovementRow,
    ChallengeEntryRow,
    ConsentRow,
    DigestRow,
    DocumentRow,
    EmailChangeRow,
    EnrolmentRow,
    ErasureRow,
    GatheringAttendanceRow,
    GatheringNoticeRow,
    GatheringReplyRow,
    GatheringRow,
    InvitationRow,
    IssuerSessionRow,
    LeaveRequestRow,
    LogInLinkRow,
    MemberReferenceRow,
    MemberRow,
    MessageRecipientRow,
    MessageRow,
    NotificationChannelRow,
    NotificationRow,
    ParticipationRow,
    PointHolderRow,
    PollRow,
    PollVoterRow,
    RecoveryCodeRow,
    RequestRow,
    SessionRow,
    SignUpRow,
    TotpRow,
)

_WITH_MEMBER = (
    AccountRow,
    IssuerSessionRow,
    GatheringReplyRow,
    GatheringNoticeRow,
    GatheringAttendanceRow,
    ChallengeEntryRow,
    NotificationRow,
    NotificationChannelRow,
    DigestRow,
    EmailChangeRow,
    LeaveRequestRow,
    MemberReferenceRow,
    ParticipationRow,
    PointHolderRow,
    EnrolmentRow,
    ConsentRow,
    PollVoterRow,
    BallotRow,
    ErasureRow,
)
_WITH_ACCOUNT = (SessionRow, LogInLinkRow, TotpRow, RecoveryCodeRow, CalendarFeedRow)


async def add_request(session: AsyncSession, row: ErasureRow) -> None:
    """Add it; an earlier request stays."""
    values = {
        "member_id": row.member_id,
        "requested_at": row.requested_at,
        "requested_by": row.requested_by,
    }
    await session.execute(insert(ErasureRow).values(values).on_conflict_do_nothing())


async def find_erasure(session: AsyncSession, member_id: UUID) -> ErasureRow | None:
    return await session.get(ErasureRow, member_id)


async def lock_erasure(session: AsyncSession, member_id: UUID) -> ErasureRow:
    """Raises ErasureUnknown."""
    row = await session.get(ErasureRow, member_id, with_for_update=True)
    if row is None:
        raise ErasureUnknown
    return row


async def list_requests(
    session: AsyncSession, *, after: UUID | None, limit: int
) -> list[ErasureRequest]:
    """List by member id who asked and is not erased."""
    row = ErasureRow
    query = (
        select(row.member_id, MemberRow.name, row.requested_at)
        .join(MemberRow, MemberRow.id == row.member_id)
        .where(row.executed_at.is_(None))
    )
    if after is not None:
        query = query.where(row.member_id > after)
    requests = await session.execute(query.order_by(row.member_id).limit(limit))
    return [ErasureRequest(*request) for request in requests]


async def count_requests(session: AsyncSession) -> int:
    return await count_rows(session, ErasureRow.executed_at.is_(None))


async def list_oldest_requests(session: AsyncSession, *, limit: int) -> Sequence[UUID]:
    row = ErasureRow
    query = select(row.member_id).where(row.executed_at.is_(None)).order_by(row.requested_at)
    return (await session.scalars(query.limit(limit))).all()


async def find_next_to_republish(session: AsyncSession, *, before: datetime) -> UUID | None:
    """Return the member of the oldest erasure published once, before that instant."""
    row = ErasureRow
    query = select(row.member_id).where(row.executed_at < before, row.republished_at.is_(None))
    return await session.scalar(query.order_by(row.executed_at).limit(1))


async def find_standing(session: AsyncSession, member_id: UUID, *, today: date) -> MemberTies:
    row, voter = ParticipationRow, PollVoterRow
    continues = or_(row.valid_to.is_(None), row.valid_to > today)
    takes_part = exists().where(row.member_id == member_id, continues)
    has_open_enrolment = exists().where(
        EnrolmentRow.member_id == member_id,
        EnrolmentRow.state.in_(
            [EnrolmentState.PROSPECT, EnrolmentState.SIGNED, EnrolmentState.LEAVING]
        ),
    )
    polls = (
        select(func.count())
        .select_from(voter)
        .join(PollRow)
        .where(voter.member_id == member_id, PollRow.state == PollState.OPEN)
    )
    holdings = await list_holdings_of_member(session, member_id, day=today)
    return MemberTies(
        takes_part=bool(await session.scalar(select(takes_part | has_open_enrolment))),
        capital_shares=sum(holding.capital_shares for holding in holdings),
        open_polls=await session.scalar(polls) or 0,
    )


async def count_erased_and_kept(
    session: AsyncSession, member: MemberRow
) -> tuple[Mapping[str, int], Mapping[str, int]]:
    """Count rows to erase and to keep, by table, in the order of the report."""
    counts = {
        table.__tablename__: await count_rows(session, condition)
        for table, condition in _conditions(member).items()
    }
    return {name: counts[name] for name in ERASED}, {name: counts[name] for name in KEPT}


async def empty_accounts(session: AsyncSession, member: MemberRow) -> None:
    """Empty the member's own log-ins: nobody can use them, and they name nobody."""
    accounts = await session.scalars(
        select(AccountRow)
        .where(AccountRow.member_id == member.id)
        .order_by(AccountRow.id)
        .with_for_update()
    )
    for account in accounts.all():
        await log_in_links.delete_links(session, account.id)
        await sessions.revoke_sessions(session, account.id)
        account.rights = account.rights.without_member()
        if not account.roles:
            account.email, account.password_hash = f"erased-{account.id}", ""
            account.disabled = True
            await delete_totp(session, account.id)
            for table in (CalendarFeedRow, NotificationRow, NotificationChannelRow, DigestRow):
                await session.execute(delete(table).where(table.account_id == account.id))
    await session.flush()


async def delete_messages(session: AsyncSession, member: MemberRow) -> None:
    """Delete them with recipients and attachments; also those to the member's addresses."""
    condition = _conditions(member)[MessageRow]
    # In the order in which messages are sent: the recipients, then their message. In another order,
    # the two could wait for each other.
    recipients = (
        select(MessageRecipientRow.message_id)
        .where(MessageRecipientRow.message_id.in_(select(MessageRow.id).where(condition)))
        .order_by(MessageRecipientRow.message_id, MessageRecipientRow.number)
    )
    await session.execute(recipients.with_for_update())
    await session.execute(delete(MessageRow).where(condition))


async def delete_notices(session: AsyncSession, member: MemberRow) -> None:
    """Delete the member's notifications, channels and unconfirmed addresses.

    Also their leave requests, and their entries in finished challenges; those in running ones went
    with their consents.
    """
    for table in (
        ChallengeEntryRow,
        NotificationRow,
        NotificationChannelRow,
        DigestRow,
        GatheringNoticeRow,
        EmailChangeRow,
        LeaveRequestRow,
    ):
        await session.execute(delete(table).where(_conditions(member)[table]))


async def delete_replies(session: AsyncSession, member: MemberRow) -> Sequence[GatheringRow]:
    """Return the gatherings of the deleted replies."""
    deleted = delete(GatheringReplyRow).where(GatheringReplyRow.member_id == member.id)
    ids = await session.scalars(deleted.returning(GatheringReplyRow.gathering_id))
    query = select(GatheringRow).where(GatheringRow.id.in_(ids.all())).order_by(GatheringRow.id)
    rows = await session.scalars(
        query.with_for_update(key_share=True).execution_options(populate_existing=True)
    )
    return rows.all()


async def delete_invitations(session: AsyncSession, member: MemberRow) -> None:
    await session.execute(delete(InvitationRow).where(_conditions(member)[InvitationRow]))


async def delete_requests(session: AsyncSession, member: MemberRow) -> None:
    """Delete them with steps and notes, and sign-ups; the operation that one became stays."""
    for table in (RequestRow, SignUpRow):
        await session.execute(delete(table).where(_conditions(member)[table]))


def _conditions(member: MemberRow) -> Mapping[type[Base], ColumnElement[bool]]:
    """Return the condition of rows about the member, by table."""
    own_accounts = select(AccountRow.id).where(AccountRow.member_id == member.id)
    own_consents = select(ConsentRow.id).where(ConsentRow.member_id == member.id)
    movement, notification = CapitalMovementRow, NotificationRow
    return {
        **{table: table.member_id == member.id for table in _WITH_MEMBER},
        **{table: table.account_id.in_(own_accounts) for table in _WITH_ACCOUNT},
        **_conditions_by_address(member),
        MemberRow: MemberRow.id == member.id,
        DocumentRow: and_(DocumentRow.member_id == member.id, IS_SIGNED),
        # Organisers' notifications of ending consents name the member.
        notification: or_(
            notification.member_id == member.id, notification.about_id.in_(own_consents)
        ),
        movement: or_(movement.from_member_id == member.id, movement.to_member_id == member.id),
    }


def _conditions_by_address(member: MemberRow) -> Mapping[type[Base], ColumnElement[bool]]:
    """Messages to an address of the member, before they were one, are about them too."""
    addresses = select(AccountRow.email).where(AccountRow.member_id == member.id)
    recipient, message, invitation = MessageRecipientRow, MessageRow, InvitationRow
    own_address = or_(recipient.address.in_(addresses), recipient.address == member.email)
    is_to_address = message.id.in_(select(recipient.message_id).where(own_address))
    return {
        message: or_(
            message.member_id == member.id, and_(message.member_id.is_(None), is_to_address)
        ),
        invitation: or_(
            invitation.member_id == member.id,
            invitation.email.in_(addresses),
            invitation.email == member.email,
        ),
        RequestRow: or_(RequestRow.email.in_(addresses), RequestRow.email == member.email),
        SignUpRow: or_(
            SignUpRow.member_id == member.id,
            SignUpRow.email.in_(addresses),
            SignUpRow.email == member.email,
        ),
    }
