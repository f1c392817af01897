"""Copies from other services: perimeters and readings."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import date
from typing import NamedTuple

from pydantic import TypeAdapter
from sqlalchemy import select, text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.errors import Problem
from libs.common.ids import Direction, OperationId, Prm
from services.allocation.domain.curves import Block
from services.allocation.domain.perimeter import (
    Participant,
    Participation,
    Perimeter,
    StepChange,
)
from services.allocation.store.stale import OperationDay
from services.allocation.tables import PerimeterRow

_participations = TypeAdapter(list[Participation])
_step_changes = TypeAdapter(list[StepChange])


COLUMNS_OF_BLOCKS = (
    *("operation_id", "day", "prm", "direction", "step_min"),
    *("revision", "power_w", "estimated_steps"),
)


class OperationUnknown(Problem):
    status, slug, title = 404, "operation-unknown", "There is no such operation"
    example_detail = "ACC00000101 is not known here; a new operation takes a moment to get through."


class BlockCopy(NamedTuple):
    """A point's block of one local day, and the revision that ingest gave it."""

    operation_id: OperationId
    day: date
    prm: Prm
    direction: Direction
    revision: int
    block: Block

    @property
    def key(self) -> tuple[OperationId, date, Prm, Direction, int]:
        """The primary key of its row."""
        return (self.operation_id, self.day, self.prm, self.direction, self.block.step_min)

    @property
    def row(self) -> tuple[object, ...]:
        """The values of ``COLUMNS_OF_BLOCKS``."""
        return (*self.key, self.revision, self.block.power_w, self.block.estimated_steps)


async def get_perimeter(session: AsyncSession, operation_id: OperationId) -> Perimeter:
    perimeters = await list_perimeters(session, [operation_id])
    if operation_id not in perimeters:
        raise OperationUnknown(
            f"{operation_id} is not known here; a new operation takes a moment to get through."
        )
    return perimeters[operation_id]


async def list_perimeters(
    session: AsyncSession, operations: Collection[OperationId]
) -> dict[OperationId, Perimeter]:
    rows = await session.scalars(
        select(PerimeterRow)
        .where(PerimeterRow.operation_id.in_(operations))
        .execution_options(populate_existing=True)
    )
    return {OperationId(row.operation_id): _perimeter(row) for row in rows}


async def list_operations(session: AsyncSession) -> Sequence[OperationId]:
    """Return the ids of all operations."""
    query = select(PerimeterRow.operation_id).order_by(PerimeterRow.operation_id)
    return [OperationId(operation_id) for operation_id in await session.scalars(query)]


async def find_next_perimeter(
    session: AsyncSession, *, after: OperationId | None
) -> Perimeter | None:
    """Return the perimeter of the operation with the next id; of the first one for None."""
    query = select(PerimeterRow).order_by(PerimeterRow.operation_id).limit(1)
    if after is not None:
        query = query.where(PerimeterRow.operation_id > after)
    row = await session.scalar(query.execution_options(populate_existing=True))
    return _perimeter(row) if row else None


def _perimeter(row: PerimeterRow) -> Perimeter:
    return Perimeter(
        operation_id=OperationId(row.operation_id),
        revision=row.revision,
        name=row.name,
        organiser_id=row.organiser_id,
        step_min=row.step_min,
        participations=_participations.validate_python(row.participations),
        step_changes=_step_changes.validate_python(row.step_changes),
    )


async def save_perimeters(session: AsyncSession, perimeters: Collection[Perimeter]) -> None:
    """Replace them; the caller holds the locks of their operations."""
    if not perimeters:
        return
    rows = [
        {
            **vars(perimeter),
            "participations": _participations.dump_python(
                list(perimeter.participations), mode="json"
            ),
            "step_changes": _step_changes.dump_python(list(perimeter.step_changes), mode="json"),
        }
        for perimeter in perimeters
    ]
    statement = insert(PerimeterRow)
    replaced = {name: statement.excluded[name] for name in rows[0] if name != "operation_id"}
    statement = statement.on_conflict_do_update(index_elements=["operation_id"], set_=replaced)
    await session.execute(statement, rows)


async def save_reading_blocks(
    session: AsyncSession, blocks: Collection[BlockCopy]
) -> set[OperationDay]:
    """Store blocks with a higher revision than the stored one; return the changed days."""
    latest = {block.key: block for block in sorted(blocks, key=lambda block: block.revision)}
    if not latest:
        return set()
    operations, days, prms, directions, steps, revisions, powers, estimated = zip(
        *(latest[key].row for key in sorted(latest)), strict=True
    )
    # Arrays of different lengths cannot be unnested; as text they can.
    upsert = text("""
        INSERT INTO reading_block AS stored
            (operation_id, day, prm, direction, step_min, revision, power_w, estimated_steps)
        SELECT operation_id, day, prm, direction, step_min, revision,
            CAST(power_w AS integer[]), CAST(estimated_steps AS integer[])
        FROM unnest(
            CAST(:operations AS text[]), CAST(:days AS date[]), CAST(:prms AS text[]),
            CAST(:directions AS text[]), CAST(:steps AS integer[]), CAST(:revisions AS integer[]),
            CAST(:powers AS text[]), CAST(:estimated AS text[])
        ) AS sent (
            operation_id, day, prm, direction, step_min, revision, power_w, estimated_steps
        )
        ON CONFLICT (operation_id, day, prm, direction, step_min)
        DO UPDATE SET revision = excluded.revision, power_w = excluded.power_w,
            estimated_steps = excluded.estimated_steps
        WHERE stored.revision < excluded.revision
        RETURNING operation_id, day
    """)
    values = {
        "operations": operations,
        "days": days,
        "prms": prms,
        "directions": directions,
        "steps": steps,
        "revisions": revisions,
        "powers": [_array_text(power_w) for power_w in powers],
        "estimated": [_array_text(steps) for steps in estimated],
    }
    return {(row.operation_id, row.day) for row in await session.execute(upsert, values)}


def _array_text(values: Sequence[int | None]) -> str:
    return "{" + ",".join("NULL" if number is None else str(number) for number in values) + "}"


async def list_days_with_readings(
    session: AsyncSession, operations: Collection[OperationId]
) -> dict[OperationId, list[date]]:
    query = text("""
        SELECT operation_id, array_agg(DISTINCT day) AS days FROM reading_block
        WHERE operation_id = ANY (CAST(:operations AS text[]))
        GROUP BY operation_id
    """)
    rows = await session.execute(query, {"operations": sorted(operations)})
    return {OperationId(row.operation_id): row.days for row in rows}


async def list_reading_blocks(
    session: AsyncSession, days: Sequence[OperationDay], *, only: Direction | None = None
) -> dict[OperationDay, dict[Participant, list[Block]]]:
    query = text("""
        SELECT operation_id, day, prm, direction, step_min, power_w, estimated_steps
        FROM reading_block
        JOIN unnest(CAST(:operations AS text[]), CAST(:days AS date[]))
            AS wanted (operation_id, day) USING (operation_id, day)
        WHERE direction = ANY (CAST(:directions AS text[]))
    """)
    values = {
        "operations": [operation_day[0] for operation_day in days],
        "days": [operation_day[1] for operation_day in days],
        "directions": [only] if only else list(Direction),
    }
    blocks: defaultdict[OperationDay, dict[Participant, list[Block]]] = defaultdict(dict)
    for row in await session.execute(query, values):
        day_blocks = blocks[OperationId(row.operation_id), row.day]
        block = Block(row.step_min, row.power_w, row.estimated_steps)
        day_blocks.setdefault(Participant(row.prm, Direction(row.direction)), []).append(block)
    return blocks
