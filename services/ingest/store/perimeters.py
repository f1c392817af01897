"""The copy of who takes part in which operation."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date

from sqlalchemy import ColumnElement, delete, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.database import copy_rows, lock_names
from libs.common.database.arrays import among
from libs.common.ids import Direction, OperationId, Prm
from services.ingest.domain.problems import OperationUnknown
from services.ingest.domain.readings.coverage import Participation
from services.ingest.tables import ParticipationRow, PerimeterRow, PerimeterStepRow


async def lock_publishing(session: AsyncSession) -> None:
    """Be alone in matching readings with perimeters, until the transaction ends.

    Without it, a delivery and a perimeter that are recorded at the same moment would not see each
    other, and the readings would be held for ever.
    """
    await lock_names(session, "ingest", ["publishing"])


async def map_revisions(
    session: AsyncSession, operations: Collection[OperationId]
) -> Mapping[OperationId, int]:
    """Return the known revisions of these operations' perimeters."""
    query = select(PerimeterRow.operation_id, PerimeterRow.revision)
    rows = await session.execute(query.where(PerimeterRow.operation_id.in_(operations)))
    return {row.operation_id: row.revision for row in rows}


async def save_perimeter(
    session: AsyncSession,
    operation_id: OperationId,
    revision: int,
    participations: Iterable[Participation],
    *,
    steps_min: Mapping[date, int],
    today: date,
) -> None:
    """Replace the perimeter of an operation. steps_min: its settlement step from each day on.

    Late readings of a new operation are not asked for today: its organiser may have files to send.
    """
    perimeter = insert(PerimeterRow).values(
        operation_id=operation_id, revision=revision, asked_again_on=today
    )
    await session.execute(
        perimeter.on_conflict_do_update(
            index_elements=["operation_id"], set_={"revision": perimeter.excluded.revision}
        )
    )
    for table in (ParticipationRow, PerimeterStepRow):
        await session.execute(
            delete(table)
            .where(table.operation_id == operation_id)
            .execution_options(synchronize_session=False)
        )
    await copy_rows(
        session,
        ParticipationRow.__tablename__,
        columns=_COLUMNS,
        rows=(_row(participation) for participation in participations),
    )
    await copy_rows(
        session,
        PerimeterStepRow.__tablename__,
        columns=["operation_id", "valid_from", "step_min"],
        rows=((operation_id, day, step_min) for day, step_min in steps_min.items()),
    )


_COLUMNS = (
    "operation_id",
    "prm",
    "direction",
    "member_id",
    "valid_from",
    "valid_to",
    "power_limit_w",
)


def _row(participation: Participation) -> tuple[object, ...]:
    return (
        participation.operation_id,
        participation.prm,
        participation.direction,
        participation.member_id,
        participation.valid_from,
        participation.valid_to,
        participation.power_limit_w,
    )


async def list_participations(
    session: AsyncSession, prms: Collection[Prm]
) -> Sequence[Participation]:
    """Return the participations of these points, in any operation."""
    return await _list_where(session, among(ParticipationRow.prm, prms))


async def list_participations_in(
    session: AsyncSession, operation_id: OperationId
) -> Sequence[Participation]:
    """Return the participations of any point in this operation, on any days."""
    return await _list_where(session, ParticipationRow.operation_id == operation_id)


async def list_participations_over(
    session: AsyncSession, from_day: date, to_day: date
) -> Sequence[Participation]:
    """Return all participations, in any operation, on some of ``[from_day, to_day)``."""
    ends = ParticipationRow.valid_to
    return await _list_where(
        session, (ParticipationRow.valid_from < to_day) & (ends.is_(None) | (ends > from_day))
    )


async def find_to_ask_again(session: AsyncSession, today: date) -> OperationId | None:
    """Return an operation whose late readings were not asked for by schedule today."""
    asked_on = PerimeterRow.asked_again_on
    query = select(PerimeterRow.operation_id).where(asked_on.is_(None) | (asked_on < today))
    ordered = query.order_by(asked_on.nulls_first(), PerimeterRow.operation_id)
    return (await session.execute(ordered.limit(1))).scalar_one_or_none()


async def note_asked_again(session: AsyncSession, operation_id: OperationId, today: date) -> None:
    await session.execute(
        update(PerimeterRow)
        .where(PerimeterRow.operation_id == operation_id)
        .values(asked_again_on=today)
        .execution_options(synchronize_session=False)
    )


async def check_known(session: AsyncSession, operation_id: OperationId) -> None:
    """Raise OperationUnknown if no perimeter of the operation is known."""
    if not await map_revisions(session, [operation_id]):
        raise OperationUnknown(f"No perimeter of {operation_id} is known.")


async def _list_where(
    session: AsyncSession, condition: ColumnElement[bool]
) -> Sequence[Participation]:
    query = select(
        ParticipationRow.operation_id,
        ParticipationRow.prm,
        ParticipationRow.direction,
        ParticipationRow.member_id,
        ParticipationRow.valid_from,
        ParticipationRow.valid_to,
        ParticipationRow.power_limit_w,
    ).where(condition)
    return [
        Participation(row[0], row[1], Direction(row[2]), *row[3:])
        for row in (await session.execute(query)).all()
    ]


async def map_steps_min(session: AsyncSession, operation_id: OperationId) -> Mapping[date, int]:
    """Return the operation's settlement step from each day on, in order.

    Empty for a perimeter that was last received before ingest kept its steps.
    """
    query = select(PerimeterStepRow.valid_from, PerimeterStepRow.step_min)
    rows = await session.execute(
        query.where(PerimeterStepRow.operation_id == operation_id).order_by("valid_from")
    )
    return {row.valid_from: row.step_min for row in rows}
