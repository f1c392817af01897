"""Queries for data about how one member joined and logs in."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import Select, select

from services.community.tables import (
    AccountRow,
    CalendarFeedRow,
    EmailChangeRow,
    InvitationRow,
    IssuerSessionRow,
    SessionRow,
    SignUpRow,
)

_Query = Select[*tuple[Any, ...]]


def log_in_queries(member_id: UUID) -> Mapping[str, _Query]:
    """Return queries by the table's name in the archive, in order; no password, no secret."""
    return {
        "accounts": _accounts(member_id),
        "email_changes": _email_changes(member_id),
        "sessions": _sessions(member_id),
        "issuer_sessions": _issuer_sessions(member_id),
        "calendar_feeds": _calendar_feeds(member_id),
        "invitations": _invitations(member_id),
        "sign_ups": _sign_ups(member_id),
    }


def _accounts(member_id: UUID) -> _Query:
    row = AccountRow
    columns = (row.id, row.email, row.roles, row.operations, row.disabled)
    return select(*columns).where(row.member_id == member_id).order_by(row.email)


def _email_changes(member_id: UUID) -> _Query:
    """Return the addresses while they are kept; not the hash of the link."""
    row = EmailChangeRow
    query = select(row.email, row.expires_at, row.cancelled_at)
    return query.where(row.member_id == member_id).order_by(row.expires_at, row.email)


def _sessions(member_id: UUID) -> _Query:
    row = SessionRow
    columns = (row.id, row.device, row.began_at, row.last_used_on, row.expires_at, row.revoked_at)
    query = select(*columns).join(AccountRow, AccountRow.id == row.account_id)
    return query.where(AccountRow.member_id == member_id).order_by(row.began_at, row.id)


def _issuer_sessions(member_id: UUID) -> _Query:
    row = IssuerSessionRow
    query = select(row.id, row.subject, row.expires_at).where(row.member_id == member_id)
    return query.order_by(row.expires_at, row.id)


def _calendar_feeds(member_id: UUID) -> _Query:
    row = CalendarFeedRow
    columns = (row.id, row.label, row.created_at, row.last_used_on)
    query = select(*columns).join(AccountRow, AccountRow.id == row.account_id)
    return query.where(AccountRow.member_id == member_id).order_by(row.created_at, row.id)


def _invitations(member_id: UUID) -> _Query:
    """To log in as the member; the sender is left out."""
    row = InvitationRow
    columns = (row.invited_at, row.expires_at, row.accepted_at, row.withdrawn_at)
    query = select(row.id, row.email, *columns).where(row.member_id == member_id)
    return query.order_by(row.invited_at, row.id)


def _sign_ups(member_id: UUID) -> _Query:
    """The author of the answer, and the hash of the link, are left out."""
    row = SignUpRow
    hidden = {"member_id", "decided_by", "secret_sha256"}
    columns = [column for column in row.__table__.columns if column.name not in hidden]
    return select(*columns).where(row.member_id == member_id).order_by(row.asked_at, row.id)
