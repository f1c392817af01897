"""Correction policies, and the revisions of settlements that require corrections."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import delete, func, select, text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.calendar import Month
from libs.common.database import ring_after_commit
from libs.common.ids import OperationId
from services.billing.domain.invoices.documents import CorrectionPolicy
from services.billing.domain.prices.sales import Parties
from services.billing.tables import CorrectionPolicyRow, RevisionRow, WithheldCorrectionRow


async def get_policy(session: AsyncSession, operation_id: OperationId) -> CorrectionPolicy:
    """The operation's policy; REPLACE if it has chosen none."""
    row = await session.get(CorrectionPolicyRow, operation_id, populate_existing=True)
    return CorrectionPolicy(row.policy) if row else CorrectionPolicy.REPLACE


async def save_policy(
    session: AsyncSession, operation_id: OperationId, policy: CorrectionPolicy
) -> None:
    values = {"policy": str(policy)}
    await session.execute(
        insert(CorrectionPolicyRow)
        .values(operation_id=operation_id, **values)
        .on_conflict_do_update(index_elements=["operation_id"], set_=values)
    )


async def save_withheld(
    session: AsyncSession,
    operation_id: OperationId,
    months: Collection[Month],
    withheld_cents: Mapping[Parties, int],
) -> None:
    """Keep what is withheld of these months, drafted together, under the last one."""
    row, names = WithheldCorrectionRow, [str(month) for month in months]
    old = delete(row).where(row.operation_id == operation_id, row.month.in_(names))
    await session.execute(old)
    values = [
        {
            "operation_id": operation_id,
            "month": names[-1],
            "difference_cents": cents,
            **parties._asdict(),
        }
        for parties, cents in sorted(withheld_cents.items())
    ]
    if values:
        await session.execute(insert(row), values)


async def list_withheld(
    session: AsyncSession, operation_id: OperationId, month: Month
) -> Sequence[WithheldCorrectionRow]:
    row = WithheldCorrectionRow
    query = select(row).where(row.operation_id == operation_id, row.month == str(month))
    rows = await session.scalars(
        query.order_by(row.issuer_id, row.customer_id).execution_options(populate_existing=True)
    )
    return rows.all()


async def add_part(
    session: AsyncSession,
    *,
    operation_id: OperationId,
    month: str,
    number: int,
    supersedes: int,
    part_number: int,
    parts: int,
) -> None:
    """Note that a part of a revision has arrived; a repeat changes nothing."""
    row = insert(RevisionRow).values(
        operation_id=operation_id,
        month=month,
        number=number,
        supersedes=supersedes,
        parts=parts,
        arrived=[part_number],
    )
    arrived = RevisionRow.__table__.c.arrived
    await session.execute(
        row.on_conflict_do_update(
            index_elements=["operation_id", "month", "number"],
            set_={"arrived": func.array_append(arrived, part_number)},
            where=~arrived.contains([part_number]),
        )
    )
    ring_after_commit(session)


async def retry(
    session: AsyncSession,
    operations: Iterable[OperationId] | None = None,
    *,
    even_drafted: bool = False,
) -> None:
    """Have refused corrections drafted again; with ``even_drafted``, drafted ones too.

    operations: None means all. Each request is counted, so that a worker that drafts one meanwhile
    from older facts can see that it must be drafted again.
    """
    operations_condition = "" if operations is None else "AND operation_id = ANY (:operations)"
    # Lock in order, so that two requests for the same ones cannot deadlock.
    statement = text(f"""
        WITH wanted AS (
            SELECT operation_id, month, number FROM revision
            WHERE (drafted_at IS NULL OR :all_of) {operations_condition}
            ORDER BY operation_id, month, number
            FOR UPDATE
        )
        UPDATE revision SET refusal = NULL, asked = revision.asked + 1,
            drafted_at = CASE WHEN :all_of THEN NULL ELSE drafted_at END
        FROM wanted
        WHERE (revision.operation_id, revision.month, revision.number)
            = (wanted.operation_id, wanted.month, wanted.number)
        RETURNING 1
    """)  # noqa: S608 - one of two texts of ours
    values = {} if operations is None else {"operations": sorted(set(operations))}
    if (await session.scalars(statement, {"all_of": even_drafted, **values})).all():
        ring_after_commit(session)


class Due(NamedTuple):
    """A revision to draft; ``asked``: the number of requests for it when it was found."""

    operation_id: OperationId
    month: Month
    number: int
    asked: int


async def find_due(session: AsyncSession) -> Due | None:
    """A complete revision of the newest settlement; locks nothing."""
    query = text("""
        SELECT operation_id, month, number, asked FROM revision JOIN settlement
            USING (operation_id, month, number)
        WHERE drafted_at IS NULL AND refusal IS NULL AND cardinality(arrived) = parts
        ORDER BY operation_id, month
        LIMIT 1
    """)
    row = (await session.execute(query)).one_or_none()
    if row is None:
        return None
    return Due(OperationId(row.operation_id), Month.parse(row.month), row.number, row.asked)


async def get_revision(
    session: AsyncSession, operation_id: OperationId, month: Month, number: int
) -> RevisionRow:
    key = (operation_id, str(month), number)
    return await session.get_one(RevisionRow, key, populate_existing=True, with_for_update=True)


async def list_revisions(
    session: AsyncSession, operation_id: OperationId, month: Month
) -> Sequence[RevisionRow]:
    """The revisions of a month by number."""
    rows = await session.scalars(
        select(RevisionRow)
        .where(RevisionRow.operation_id == operation_id, RevisionRow.month == str(month))
        .order_by(RevisionRow.number)
    )
    return rows.all()


def set_refusal(row: RevisionRow, refusal: Mapping[str, Any]) -> None:
    row.refusal = dict(refusal)
