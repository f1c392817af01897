"""What other services have told: perimeters and readings."""

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
from services.allocation.domain.perimeter import Participant, Participation, Perimeter
from services.allocation.store.stale import OperationDay
from services.allocation.tables import PerimeterRow

_participations = TypeAdapter(list[Participation])


class OperationUnknown(Problem):
    status, slug, title = 404, "operation-unknown", "There is no such operation"


class ReadingBlock(NamedTuple):
    """A point's readings of one day at one step; the fields are in the order of the table."""

    operation_id: OperationId
    day: date
    prm: Prm
    direction: Direction
    step_min: int
    revision: int
    power_w: Sequence[int | None]


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


def _perimeter(row: PerimeterRow) -> Perimeter:
    return Perimeter(
        operation_id=OperationId(row.operation_id),
        revision=row.revision,
        name=row.name,
        organiser_id=row.organiser_id,
        step_min=row.step_min,
        participations=_participations.validate_python(row.participations),
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
        }
        for perimeter in perimeters
    ]
    statement = insert(PerimeterRow)
    replaced = {name: statement.excluded[name] for name in rows[0] if name != "operation_id"}
    statement = statement.on_conflict_do_update(index_elements=["operation_id"], set_=replaced)
    await session.execute(statement, rows)


async def save_reading_blocks(
    session: AsyncSession, blocks: Collection[ReadingBlock]
) -> set[OperationDay]:
    """Keep those with a higher revision than what is stored; return the days that have changed."""
    latest = {block[:5]: block for block in sorted(blocks, key=lambda one: one.revision)}
    if not latest:
        return set()
    operations, days, prms, directions, steps, revisions, powers = zip(
        *(latest[key] for key in sorted(latest)), strict=True
    )
    # Arrays of different lengths cannot be unnested; as text they can.
    upsert = text("""
        INSERT INTO reading_block AS stored
            (operation_id, day, prm, direction, step_min, revision, power_w)
        SELECT operation_id, day, prm, direction, step_min, revision, CAST(power_w AS integer[])
        FROM unnest(
            CAST(:operations AS text[]), CAST(:days AS date[]), CAST(:prms AS text[]),
            CAST(:directions AS text[]), CAST(:steps AS integer[]), CAST(:revisions AS integer[]),
            CAST(:powers AS text[])
        ) AS sent (operation_id, day, prm, direction, step_min, revision, power_w)
        ON CONFLICT (operation_id, day, prm, direction, step_min)
        DO UPDATE SET revision = excluded.revision, power_w = excluded.power_w
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
    }
    return {(row.operation_id, row.day) for row in await session.execute(upsert, values)}


def _array_text(power_w: Sequence[int | None]) -> str:
    return "{" + ",".join("NULL" if power is None else str(power) for power in power_w) + "}"


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
    session: AsyncSession, days: Sequence[OperationDay]
) -> dict[OperationDay, dict[Participant, list[Block]]]:
    query = text("""
        SELECT operation_id, day, prm, direction, step_min, power_w
        FROM reading_block
        JOIN unnest(CAST(:operations AS text[]), CAST(:days AS date[]))
            AS wanted (operation_id, day) USING (operation_id, day)
    """)
    values = {"operations": [one[0] for one in days], "days": [one[1] for one in days]}
    blocks: defaultdict[OperationDay, dict[Participant, list[Block]]] = defaultdict(dict)
    for operation_id, day, prm, direction, step_min, power_w in await session.execute(
        query, values
    ):
        participant = Participant(prm, Direction(direction))
        blocks[operation_id, day].setdefault(participant, []).append(Block(step_min, power_w))
    return blocks
