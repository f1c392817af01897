"""Queries for the ledger of consents."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.ids import Prm
from services.community.domain.privacy.consents import (
    Consent,
    ConsentAnswer,
    Granularity,
    Proof,
    Purpose,
    Withdrawal,
)
from services.community.domain.problems import ConsentUnknown
from services.community.tables import ConsentRow


async def list_consents(session: AsyncSession, member_id: UUID) -> Sequence[ConsentRow]:
    """In prm, valid_from, id order."""
    query = select(ConsentRow).where(ConsentRow.member_id == member_id)
    ordered = query.order_by(ConsentRow.prm, ConsentRow.valid_from, ConsentRow.id)
    return (await session.scalars(ordered)).all()


async def list_members_with_consents(session: AsyncSession, prm: Prm) -> Sequence[UUID]:
    """List members who ever answered about the point, in order of id."""
    query = select(ConsentRow.member_id).where(ConsentRow.prm == prm).distinct()
    return (await session.scalars(query.order_by(ConsentRow.member_id))).all()


async def find_consent(session: AsyncSession, consent_id: UUID) -> ConsentRow | None:
    return await session.get(ConsentRow, consent_id)


async def get_consent(session: AsyncSession, member_id: UUID, consent_id: UUID) -> ConsentRow:
    """Raises ConsentUnknown, also for one of another member."""
    row = await find_consent(session, consent_id)
    if row is None or row.member_id != member_id:
        raise ConsentUnknown(f"The member has no consent {consent_id}.")
    return row


async def add_consent(
    session: AsyncSession, consent: Consent, *, recorded_at: datetime, recorded_by: str
) -> ConsentRow:
    row = ConsentRow(
        id=consent.id,
        member_id=consent.member_id,
        prm=consent.prm,
        purpose=consent.purpose,
        granularity=consent.granularity,
        answer=consent.answer,
        valid_from=consent.valid_from,
        valid_to=consent.valid_to,
        proof_reference=consent.proof and consent.proof.reference,
        proof_sha256=consent.proof and consent.proof.sha256,
        recorded_at=recorded_at,
        recorded_by=recorded_by,
        withdrawn_on=None,
        withdrawn_at=None,
        withdrawn_by=None,
    )
    session.add(row)
    await session.flush()
    return row


async def withdraw(session: AsyncSession, row: ConsentRow, withdrawal: Withdrawal) -> None:
    row.withdrawn_on = withdrawal.day
    row.withdrawn_at = withdrawal.at
    row.withdrawn_by = withdrawal.by
    await session.flush()


def to_consent(row: ConsentRow) -> Consent:
    return Consent(
        id=row.id,
        member_id=row.member_id,
        prm=row.prm,
        purpose=Purpose(row.purpose),
        granularity=Granularity(row.granularity),
        answer=ConsentAnswer(row.answer),
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        proof=_proof(row),
        withdrawal=_withdrawal(row),
    )


def _proof(row: ConsentRow) -> Proof | None:
    if row.proof_reference is None or row.proof_sha256 is None:
        return None
    return Proof(row.proof_reference, row.proof_sha256)


def _withdrawal(row: ConsentRow) -> Withdrawal | None:
    if row.withdrawn_on is None or row.withdrawn_at is None or row.withdrawn_by is None:
        return None
    return Withdrawal(row.withdrawn_on, row.withdrawn_at, row.withdrawn_by)
