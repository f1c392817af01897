"""The DSO's perimeters, the last published of each operation."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.ids import Direction, OperationId, Prm
from services.ingest.domain.results.dso_perimeters import DsoPerimeter, DsoPoint
from services.ingest.tables import DsoPerimeterRow


async def find_dso_perimeter(
    session: AsyncSession, operation_id: OperationId
) -> DsoPerimeter | None:
    query = select(DsoPerimeterRow).where(DsoPerimeterRow.operation_id == operation_id)
    query = query.execution_options(populate_existing=True)
    row = (await session.scalars(query)).one_or_none()
    if row is None:
        return None
    points = zip(row.prms, row.directions, row.valid_from, row.valid_to, strict=True)
    return DsoPerimeter(
        operation_id,
        row.published_us,
        [DsoPoint(Prm(prm), Direction(side), start, end) for prm, side, start, end in points],
    )


async def save_dso_perimeter(
    session: AsyncSession, perimeter: DsoPerimeter, *, delivery_id: UUID, recorded_at: datetime
) -> None:
    """Replace the DSO's perimeter of the operation."""
    values = {
        "prms": [point.prm for point in perimeter.points],
        "directions": [point.direction.value for point in perimeter.points],
        "valid_from": [point.valid_from for point in perimeter.points],
        "valid_to": [point.valid_to for point in perimeter.points],
        "published_us": perimeter.published_us,
        "delivery_id": delivery_id,
        "recorded_at": recorded_at,
    }
    saved = insert(DsoPerimeterRow).values(operation_id=perimeter.operation_id, **values)
    await session.execute(saved.on_conflict_do_update(index_elements=["operation_id"], set_=values))
