"""Creditors, mandates and their use."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, func, or_, select, text, tuple_, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.database import lock_names
from libs.common.database.arrays import among
from libs.common.ids import OperationId
from services.billing.domain.payments.creditors import Creditor, CreditorMissing, Edition
from services.billing.domain.payments.mandates import (
    Mandate,
    MandateTaken,
    MandateUnknown,
    MandateUse,
)
from services.billing.tables import (
    CollectionItemRow,
    CollectionRow,
    CreditorAccountRow,
    CreditorRow,
    MandateRow,
)


async def lock_creditors(session: AsyncSession, members: Collection[UUID]) -> None:
    """Keep others from changing these members' payment details until the transaction ends."""
    await lock_names(session, "creditor", members)


async def save_creditor(session: AsyncSession, creditor: Creditor) -> None:
    """Save payment details. The caller has locked the member."""
    row = await session.get(CreditorRow, creditor.member_id, populate_existing=True)
    if row is None:
        session.add(CreditorRow(**vars(creditor)))
    else:  # set changed fields only, so that an unchanged account is not encrypted again
        for name, value in vars(creditor).items():
            setattr(row, name, value)
    await session.flush()
    if creditor.iban not in await list_ibans(session, creditor.member_id):
        session.add(CreditorAccountRow(member_id=creditor.member_id, iban=creditor.iban))
        await session.flush()


async def list_ibans(session: AsyncSession, member_id: UUID) -> frozenset[str]:
    """The IBANs of all accounts to which the member is or was paid."""
    query = select(CreditorAccountRow.iban).where(CreditorAccountRow.member_id == member_id)
    return frozenset(await session.scalars(query))


async def find_creditor(session: AsyncSession, member_id: UUID) -> Creditor | None:
    row = await session.get(CreditorRow, member_id, populate_existing=True)
    return _creditor(row) if row else None


async def get_creditor(session: AsyncSession, member_id: UUID) -> Creditor:
    """The member's payment details. Raises CreditorMissing."""
    creditor = await find_creditor(session, member_id)
    if creditor is None:
        raise CreditorMissing("Set the bank account of this member first.")
    return creditor


async def get_creditors(
    session: AsyncSession, members: Collection[UUID]
) -> Mapping[UUID, Creditor]:
    """The payment details of these members; those without are left out."""
    query = select(CreditorRow).where(among(CreditorRow.member_id, members))
    return {row.member_id: _creditor(row) for row in await session.scalars(query)}


async def list_paid_by(session: AsyncSession, creditor_id: UUID) -> Mapping[UUID, Creditor]:
    """The members whose invoices this one collects, itself included unless another does."""
    is_own = (CreditorRow.member_id == creditor_id) & CreditorRow.collected_by.is_(None)
    query = select(CreditorRow).where(or_(is_own, CreditorRow.collected_by == creditor_id))
    return {row.member_id: _creditor(row) for row in await session.scalars(query)}


async def collects_for_others(session: AsyncSession, member_id: UUID) -> bool:
    query = select(CreditorRow.member_id).where(CreditorRow.collected_by == member_id).limit(1)
    return await session.scalar(query) is not None


def _creditor(row: CreditorRow) -> Creditor:
    return Creditor(
        member_id=row.member_id,
        name=row.name,
        iban=row.iban,
        bic=row.bic,
        ics=row.ics,
        collected_by=row.collected_by,
        edition=Edition(row.edition),
        notice_days=row.notice_days,
        convention_signed_on=row.convention_signed_on,
        convention_document=row.convention_document,
    )


async def add_mandate(session: AsyncSession, mandate: Mandate) -> None:
    """Add a mandate. Raises MandateTaken if its RUM is in use, or its debtor has another one."""
    try:
        async with session.begin_nested():
            session.add(MandateRow(**vars(mandate)))
            await session.flush()
    except IntegrityError as error:
        raise MandateTaken(
            f"The RUM {mandate.rum} is in use, or the debtor's other mandate is not revoked yet."
        ) from error


async def lock_mandate(session: AsyncSession, mandate_id: UUID) -> None:
    """Keep others from recording a mandate with this id until the transaction ends."""
    await lock_names(session, "mandate", [mandate_id])


async def find_mandate(session: AsyncSession, mandate_id: UUID) -> MandateRow | None:
    """The mandate, locked."""
    return await session.get(MandateRow, mandate_id, with_for_update=True, populate_existing=True)


async def get_mandate(session: AsyncSession, creditor_id: UUID, mandate_id: UUID) -> MandateRow:
    """The creditor's mandate, locked. Raises MandateUnknown."""
    row = await find_mandate(session, mandate_id)
    if row is None or row.creditor_id != creditor_id:
        raise MandateUnknown("This creditor has no mandate with this id.")
    return row


async def block_mandates(session: AsyncSession, mandates: Collection[UUID], reason: str) -> None:
    await session.execute(
        update(MandateRow).where(among(MandateRow.id, mandates)).values(blocked_by=reason)
    )


async def revoke_in_force(
    session: AsyncSession, creditor_id: UUID, debtor_id: UUID, *, on: date
) -> None:
    """Revoke the debtor's mandate to the creditor, if there is one in force."""
    row = MandateRow
    await session.execute(
        update(row)
        .where(row.creditor_id == creditor_id, row.debtor_id == debtor_id, row.revoked_on.is_(None))
        .values(revoked_on=on)
    )


async def revoke_all_in_force(session: AsyncSession, debtors: Collection[UUID], *, on: date) -> int:
    """Revoke all mandates of these debtors; return the number that were in force."""
    row = MandateRow
    in_force = update(row).where(among(row.debtor_id, debtors), row.revoked_on.is_(None))
    revoked = await session.scalars(in_force.values(revoked_on=on).returning(row.id))
    return len(revoked.all())


async def forget_accounts(session: AsyncSession, *, unused_since: date) -> int:
    """Delete accounts of mandates revoked before this day and unused since; return their number."""
    row, item = MandateRow, CollectionItemRow
    used = (
        select(item.id)
        .join(CollectionRow, CollectionRow.id == item.collection_id)
        .where(item.mandate_id == row.id, CollectionRow.day >= unused_since)
    )
    unused = update(row).where(row.iban.is_not(None), row.revoked_on < unused_since, ~used.exists())
    forgotten = await session.scalars(unused.values(iban=None, bic=None).returning(row.id))
    return len(forgotten.all())


def read_mandate(row: MandateRow) -> Mandate:
    return Mandate(
        id=row.id,
        creditor_id=row.creditor_id,
        debtor_id=row.debtor_id,
        rum=row.rum,
        signed_on=row.signed_on,
        holder=row.holder,
        iban=row.iban,
        bic=row.bic,
        revoked_on=row.revoked_on,
        blocked_by=row.blocked_by,
    )


async def list_mandates(
    session: AsyncSession,
    creditor_id: UUID,
    *,
    after: UUID | None = None,
    limit: int | None = None,
) -> Sequence[Mandate]:
    """The creditor's mandates by RUM, revoked ones too.

    after: the last one of the previous page. Raises MandateUnknown.
    """
    condition = MandateRow.creditor_id == creditor_id
    return await _list_mandates_where(session, condition, after=after, limit=limit)


async def has_debtors_outside(
    session: AsyncSession, creditor_id: UUID, operations: Collection[OperationId]
) -> bool:
    """Whether any debtor neither takes part nor is billed in any of these operations.

    Debtors are members with a mandate or a pending mandate request to the creditor.
    """
    outside = text("""
        SELECT debtor_id FROM mandate WHERE creditor_id = :creditor
        UNION
        SELECT debtor_id FROM mandate_request
        WHERE creditor_id = :creditor AND answered_at IS NULL
        EXCEPT
        SELECT CAST(one ->> 'member_id' AS uuid)
        FROM perimeter, jsonb_array_elements(participations) AS one
        WHERE operation_id = ANY(:operations)
        EXCEPT
        SELECT customer_id FROM invoice WHERE operation_id = ANY(:operations)
        LIMIT 1
    """)
    values = {"creditor": creditor_id, "operations": list(operations)}
    return await session.scalar(outside, values) is not None


async def list_mandates_of_debtor(
    session: AsyncSession, debtor_id: UUID, *, after: UUID | None, limit: int
) -> Sequence[Mandate]:
    """The debtor's mandates by RUM, then id, as two creditors may have chosen the same RUM.

    after: the last one of the previous page. Raises MandateUnknown.
    """
    condition = MandateRow.debtor_id == debtor_id
    return await _list_mandates_where(session, condition, after=after, limit=limit)


async def list_mandates_between(
    session: AsyncSession, creditor_id: UUID, debtor_id: UUID
) -> Sequence[Mandate]:
    """The debtor's mandates to the creditor, by RUM, revoked ones too."""
    condition = (MandateRow.creditor_id == creditor_id) & (MandateRow.debtor_id == debtor_id)
    return await _list_mandates_where(session, condition, after=None, limit=None)


async def _list_mandates_where(
    session: AsyncSession, condition: ColumnElement[bool], *, after: UUID | None, limit: int | None
) -> Sequence[Mandate]:
    row = MandateRow
    query = select(row).where(condition)
    if after is not None:
        rum = await session.scalar(query.with_only_columns(row.rum).where(row.id == after))
        if rum is None:
            raise MandateUnknown("There is no such mandate among these.")
        query = query.where(tuple_(row.rum, row.id) > (rum, after))
    page = query.order_by(row.rum, row.id).limit(limit).execution_options(populate_existing=True)
    return [read_mandate(mandate) for mandate in await session.scalars(page)]


async def list_uses(session: AsyncSession, mandates: Collection[UUID]) -> Mapping[UUID, MandateUse]:
    """The uses of these mandates, without cancelled collections; unused ones are left out."""
    accepted = func.bool_or(CollectionItemRow.returned_on.is_(None))
    query = (
        select(
            CollectionItemRow.mandate_id,
            func.max(CollectionRow.day).label("last_day"),
            accepted.label("was_first"),
        )
        .join(CollectionRow, CollectionRow.id == CollectionItemRow.collection_id)
        .where(
            among(CollectionItemRow.mandate_id, mandates), CollectionItemRow.cancelled_on.is_(None)
        )
        .group_by(CollectionItemRow.mandate_id)
    )
    uses = await session.execute(query)
    return {use.mandate_id: MandateUse(use.last_day, use.was_first) for use in uses}
