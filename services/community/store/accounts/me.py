"""Queries about the caller's own identity."""

from collections.abc import Sequence
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import BindParameter, Select, bindparam, exists, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from services.community.domain.enrolments.enrolment import EnrolmentState
from services.community.tables import (
    AccountRow,
    DocumentRow,
    EnrolmentRow,
    OperationRow,
    ParticipationRow,
    TotpRow,
)


class LogIn(NamedTuple):
    email: str
    roles: list[str]
    has_authenticator: bool


async def find_log_in(session: AsyncSession, account_id: UUID) -> LogIn | None:
    """Return None for a feed, or an account of another issuer."""
    has_app = exists().where(TotpRow.account_id == AccountRow.id, TotpRow.confirmed_at.is_not(None))
    query = select(AccountRow.email, AccountRow.roles, has_app).where(AccountRow.id == account_id)
    log_in = (await session.execute(query)).first()
    return LogIn(*log_in) if log_in else None


async def list_joining(session: AsyncSession, member_id: UUID) -> Sequence[OperationRow]:
    """List operations, by id, where the member has an open enrolment or document, and no point."""
    return (await session.scalars(_JOINING, {"member_id": member_id})).all()


def _select_joining(member_id: BindParameter[UUID]) -> Select[OperationRow]:
    operation, enrolment, document, participation = (
        OperationRow,
        EnrolmentRow,
        DocumentRow,
        ParticipationRow,
    )
    enrolled = exists().where(
        enrolment.operation_id == operation.id,
        enrolment.member_id == member_id,
        enrolment.state != EnrolmentState.WITHDRAWN,
    )
    has_papers = exists().where(
        document.operation_id == operation.id, document.member_id == member_id
    )
    took_part = exists().where(
        participation.operation_id == operation.id, participation.member_id == member_id
    )
    return select(operation).where(or_(enrolled, has_papers), ~took_part).order_by(operation.id)


# Built once: each page asks for it at its start.
_JOINING = _select_joining(bindparam("member_id"))
