"""Queries for all data kept of one member, without anybody else's."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Select, Text, case, cast, exists, func, or_, select
from sqlalchemy.dialects.postgresql import aggregate_order_by
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from libs.common.database import begin_snapshot
from libs.common.ids import Direction
from libs.common.logs.accesses import MemberAccessRow
from services.community.domain.messages.messages import MessageKind
from services.community.domain.privacy.own_data import OwnDataTable
from services.community.domain.privacy.own_data_guide import OwnParticipation
from services.community.store.members.registry import get_member
from services.community.store.privacy.own_log_ins import log_in_queries
from services.community.tables import (
    AccountRow,
    BallotRow,
    CapitalMovementRow,
    ChallengeEntryRow,
    ChallengeMeasureRow,
    ChallengeRow,
    ConsentRow,
    DocumentRow,
    EnrolmentRow,
    EnrolmentStepRow,
    GatheringAttendanceRow,
    GatheringReplyRow,
    GatheringRow,
    LeaveRequestRow,
    MemberReferenceRow,
    MemberRow,
    MessageRecipientRow,
    MessageRow,
    NotificationChannelRow,
    NotificationRow,
    OperationRow,
    OrganiserRow,
    ParticipationRow,
    PointRow,
    PollRow,
    PollVoterRow,
)

_Query = Select[*tuple[Any, ...]]


async def gather(session: AsyncSession, member_id: UUID) -> list[OwnDataTable]:
    """Return all tables as of one instant; nothing may have been read in this transaction before.

    Raises MemberUnknown.
    """
    await begin_snapshot(session)
    await get_member(session, member_id)
    queries: Mapping[str, _Query] = {
        "member": select(*MemberRow.__table__.columns).where(MemberRow.id == member_id),
        **log_in_queries(member_id),
        "participations": _participations(member_id),
        "points": _points(member_id),
        "references": _references(member_id),
        "enrolments": _enrolments(member_id),
        "leave_requests": _leave_requests(member_id),
        "documents": _documents(member_id),
        "consents": _consents(member_id),
        "capital": _capital(member_id),
        "messages": _messages(member_id),
        "gatherings": _gatherings(member_id),
        "attendances": _attendances(member_id),
        "challenges": _challenges(member_id),
        "notifications": _notifications(member_id),
        "notification_channels": _channels(member_id),
        "accesses": _accesses(member_id),
        "polls": _polls(member_id),
        "ballots": _ballots(member_id),
    }
    return [await _table(session, name, query) for name, query in queries.items()]


async def list_own_points(session: AsyncSession, member_id: UUID) -> Sequence[OwnParticipation]:
    """In the order of the table ``participations``."""
    query = _participations(member_id)
    return [
        OwnParticipation(
            row.operation_id, row.prm, Direction(row.direction), row.valid_from, row.valid_to
        )
        for row in await session.execute(query)
    ]


async def _table(session: AsyncSession, name: str, query: _Query) -> OwnDataTable:
    result = await session.execute(query)
    return OwnDataTable(name, list(result.keys()), [dict(row) for row in result.mappings()])


def _notifications(member_id: UUID) -> _Query:
    row = NotificationRow
    columns = [
        column for column in row.__table__.columns if column.name not in {"member_id", "account_id"}
    ]
    return select(*columns).where(row.member_id == member_id).order_by(row.created_at, row.id)


def _channels(member_id: UUID) -> _Query:
    row = NotificationChannelRow
    return select(row.kind, row.channel).where(row.member_id == member_id).order_by(row.kind)


def _accesses(member_id: UUID) -> _Query:
    """Show the role, not the person: colleagues and organisers are people too."""
    row = MemberAccessRow
    accesses = select(row.read_at, row.role, row.route).where(row.member_ids.contains([member_id]))
    return accesses.order_by(row.number)


def _participations(member_id: UUID) -> _Query:
    row = ParticipationRow
    place = (row.operation_id, row.prm, row.direction, row.valid_from)
    columns = (OperationRow.name.label("operation_name"), *place, row.valid_to)
    query = select(*columns).join(OperationRow, OperationRow.id == row.operation_id)
    return query.where(row.member_id == member_id).order_by(*place)


def _references(member_id: UUID) -> _Query:
    row = MemberReferenceRow
    query = select(row.operation_id, row.reference).where(row.member_id == member_id)
    return query.order_by(row.operation_id, row.reference)


def _enrolments(member_id: UUID) -> _Query:
    row, step = EnrolmentRow, EnrolmentStepRow
    place = (row.operation_id, row.prm, row.direction, row.id, step.number)
    columns = (row.state, step.kind, step.day, step.valid_from, step.valid_to, step.reason)
    query = select(*place, *columns).join(step, step.enrolment_id == row.id)
    return query.where(row.member_id == member_id).order_by(*place)


def _leave_requests(member_id: UUID) -> _Query:
    row = LeaveRequestRow
    wish = (row.operation_id, row.prm, row.wanted_on, row.possible_on, row.reason, row.asked_at)
    return select(*wish).where(row.member_id == member_id).order_by(row.asked_at, row.enrolment_id)


def _documents(member_id: UUID) -> _Query:
    """The files themselves have a route of their own."""
    row = DocumentRow
    columns = (row.kind, row.title, row.valid_from, row.valid_to, row.recorded_at)
    query = select(row.operation_id, row.id, *columns).where(row.member_id == member_id)
    return query.order_by(row.operation_id, row.id)


def _gatherings(member_id: UUID) -> _Query:
    row, reply = GatheringRow, GatheringReplyRow
    columns = (reply.answer, reply.guests, reply.is_seated, reply.shows_name, reply.replied_at)
    query = select(row.id, row.title, row.starts_at, *columns)
    query = query.join(reply, reply.gathering_id == row.id)
    return query.where(reply.member_id == member_id).order_by(row.starts_at, row.id)


def _attendances(member_id: UUID) -> _Query:
    row, attendance = GatheringRow, GatheringAttendanceRow
    query = select(row.id, row.title, row.starts_at, attendance.guests)
    query = query.join(attendance, attendance.gathering_id == row.id)
    return query.where(attendance.member_id == member_id).order_by(row.starts_at, row.id)


def _challenges(member_id: UUID) -> _Query:
    """Measures are there until the result is final."""
    row, entry, measure = ChallengeRow, ChallengeEntryRow, ChallengeMeasureRow
    columns = (entry.prm, entry.shown_as, entry.entered_at, entry.outcome, entry.effort_permille)
    query = (
        select(row.operation_id, row.id, row.title, row.first_day, row.last_day, *columns)
        .add_columns(measure.days.label("measured_days"))
        .join(entry, entry.challenge_id == row.id)
        .outerjoin(measure, measure.entry_id == entry.id)
    )
    return query.where(entry.member_id == member_id).order_by(row.first_day, row.id, entry.prm)


def _points(member_id: UUID) -> _Query:
    """Current data about a point belong to its present holder, or else to the last one."""
    participation, later = aliased(ParticipationRow), aliased(ParticipationRow)
    is_last = exists().where(
        participation.prm == PointRow.prm,
        participation.member_id == member_id,
        ~exists().where(
            later.prm == participation.prm,
            later.member_id != member_id,
            later.valid_from > participation.valid_from,
        ),
    )
    return select(*PointRow.__table__.columns).where(is_last).order_by(PointRow.prm)


def _consents(member_id: UUID) -> _Query:
    row = ConsentRow
    columns = [
        _author(column) if column.key in {"recorded_by", "withdrawn_by"} else column
        for column in ConsentRow.__table__.columns
        if column.key != "member_id"
    ]
    query = select(*columns).where(row.member_id == member_id)
    return query.order_by(row.prm, row.valid_from, row.id)


def _author(column: Any) -> Any:  # noqa: ANN401 - SQLAlchemy's
    """Hide a colleague's account id: whether it was the member is enough."""
    is_own = exists().where(
        AccountRow.member_id == ConsentRow.member_id,
        cast(AccountRow.id, Text) == column,
    )
    return case(
        (column.is_(None), None), (column == "dso", "dso"), (is_own, "member"), else_="staff"
    ).label(column.key)


def _capital(member_id: UUID) -> _Query:
    """A transfer leaves the other member out."""
    row = CapitalMovementRow
    change = case((row.to_member_id == member_id, row.capital_shares), else_=-row.capital_shares)
    columns = (row.nominal_cents, row.document_reference, row.cancelled_at, row.cancelled_reason)
    query = (
        select(OrganiserRow.name.label("co_operative"), row.number, row.kind, row.day)
        .add_columns(change.label("change"), *columns)
        .join(OrganiserRow, OrganiserRow.id == row.organiser_id)
    )
    is_party = or_(row.from_member_id == member_id, row.to_member_id == member_id)
    return query.where(is_party).order_by(row.organiser_id, row.number)


def _messages(member_id: UUID) -> _Query:
    """Leave out bodies of letters that log in, and the accounts to which a question was sent."""
    row, recipient = MessageRow, MessageRecipientRow
    to = case((row.kind == MessageKind.QUESTION, None), else_=recipient.address)
    fate = func.jsonb_build_object("address", to, "status", recipient.status, "at", recipient.at)
    recipients = (
        select(func.jsonb_agg(aggregate_order_by(fate, recipient.number)))
        .where(recipient.message_id == row.id)
        .scalar_subquery()
    )
    body = case((row.is_secret, None), else_=row.body).label("body")
    columns = (row.operation_id, row.kind, row.language, row.subject, body, row.attachments)
    query = select(row.id, row.asked_at, *columns, recipients.label("recipients"))
    return query.where(row.member_id == member_id).order_by(row.asked_at, row.id)


def _polls(member_id: UUID) -> _Query:
    row, voter = PollRow, PollVoterRow
    content_columns = (row.operation_id, row.question, row.description, row.method, row.options)
    term_columns = (row.ballot_mode, row.opens_at, row.closes_at, row.state)
    query = select(
        row.id,
        *content_columns,
        *term_columns,
        voter.weight,
        voter.has_voted,
        voter.holder_id.is_not(None).label("gave_proxy"),
        voter.proxies_held,
    ).join(voter, voter.poll_id == row.id)
    return query.where(voter.member_id == member_id).order_by(row.opens_at, row.id)


def _ballots(member_id: UUID) -> _Query:
    row = BallotRow
    query = select(row.poll_id, row.weight, row.choice).where(row.member_id == member_id)
    return query.order_by(row.poll_id)
