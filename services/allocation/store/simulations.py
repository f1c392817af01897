"""Simulations: requested, run once, kept.

A run holds an advisory lock of its simulation in a transaction of its own. Whatever ends the
process ends that transaction, so the simulation is free again at once, without a clock. A run that
has lost its connection without noticing cannot write: the next run raises the attempt number.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import delete, func, select, text, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import undefer

from libs.common.clock import now_in
from libs.common.database import ring_after_commit
from libs.common.errors import Problem
from libs.common.ids import OperationId
from services.allocation.domain.perimeter import Participant
from services.allocation.domain.simulations.states import (
    UNDER_WAY,
    SimulationFailure,
    SimulationState,
)
from services.allocation.tables import SimulationRow

_CANDIDATES = 50


class SimulationUnknown(Problem):
    status, slug, title = 404, "simulation-unknown", "There is no such simulation"
    example_detail = (
        "There is no simulation 0b9a8e52-5f0e-4a63-9d3c-2b6f1c9d7a10; it may have been deleted."
    )


async def add_simulation(session: AsyncSession, row: SimulationRow) -> None:
    session.add(row)
    await session.flush()
    await session.refresh(row, ["title", "scenarios"])
    ring_after_commit(session)


async def count_under_way(session: AsyncSession, operation_id: OperationId) -> int:
    query = select(func.count()).where(
        SimulationRow.operation_id == operation_id, SimulationRow.state.in_(UNDER_WAY)
    )
    return await session.scalar(query) or 0


async def get_simulation(session: AsyncSession, simulation_id: UUID) -> SimulationRow:
    """Return a simulation with its request and result."""
    query = (
        select(SimulationRow)
        .where(SimulationRow.id == simulation_id)
        .options(undefer(SimulationRow.request), undefer(SimulationRow.result))
        .execution_options(populate_existing=True)
    )
    row = await session.scalar(query)
    if row is None:
        raise SimulationUnknown(
            f"There is no simulation {simulation_id}; it may have been deleted."
        )
    return row


async def list_simulations(
    session: AsyncSession, operation_id: OperationId, limit: int
) -> Sequence[SimulationRow]:
    """Newest first, without their requests and results."""
    query = (
        select(SimulationRow)
        .where(SimulationRow.operation_id == operation_id)
        .order_by(SimulationRow.asked_at.desc(), SimulationRow.id)
        .limit(limit)
    )
    return (await session.scalars(query)).all()


async def try_claim(session: AsyncSession) -> UUID | None:
    """Lock the oldest requested simulation that nobody runs, until the end of the transaction."""
    waiting = (
        select(SimulationRow.id)
        .where(SimulationRow.state.in_(UNDER_WAY))
        .order_by(SimulationRow.asked_at, SimulationRow.id)
        .limit(_CANDIDATES)
    )
    lock = text("SELECT pg_try_advisory_xact_lock(hashtext('simulation'), hashtext(:id))")
    for simulation_id in (await session.scalars(waiting)).all():
        if await session.scalar(lock, {"id": str(simulation_id)}):
            return simulation_id
    return None


async def is_any_under_way(session: AsyncSession) -> bool:
    query = select(SimulationRow.id).where(SimulationRow.state.in_(UNDER_WAY)).limit(1)
    return await session.scalar(query) is not None


async def begin_attempt(session: AsyncSession, simulation_id: UUID) -> SimulationRow | None:
    """Mark it as running, with the next attempt number; None when it is over."""
    begin = (
        update(SimulationRow)
        .where(SimulationRow.id == simulation_id, SimulationRow.state.in_(UNDER_WAY))
        .values(
            state=SimulationState.RUNNING,
            attempt=SimulationRow.attempt + 1,
            parts_done=0,
            started_at=func.coalesce(SimulationRow.started_at, now_in(session)),
        )
        .returning(SimulationRow.id)
    )
    if await session.scalar(begin) is None:
        return None
    query = (
        select(SimulationRow)
        .where(SimulationRow.id == simulation_id)
        .options(
            undefer(SimulationRow.request),
            undefer(SimulationRow.curves_csv),
            undefer(SimulationRow.pvgis),
        )
    )
    return (await session.scalars(query)).one()


async def note_progress(
    session: AsyncSession, simulation_id: UUID, attempt: int, *, done: int, total: int
) -> bool:
    """Save the progress; return whether this attempt is not cancelled, deleted or taken over."""
    values = {"parts_done": done, "parts_total": total}
    return await _update_running(session, simulation_id, attempt, values)


async def end_done(
    session: AsyncSession,
    simulation_id: UUID,
    attempt: int,
    *,
    result: dict[str, Any],
    missing_steps: int,
    parts: int,
) -> bool:
    values = {
        "state": SimulationState.DONE,
        "ended_at": now_in(session),
        "result": result,
        "missing_steps": missing_steps,
        "parts_done": parts,
        "parts_total": parts,
    }
    return await _update_running(session, simulation_id, attempt, values)


async def end_failed(
    session: AsyncSession, simulation_id: UUID, attempt: int, failure: SimulationFailure
) -> bool:
    values = {
        "state": SimulationState.FAILED,
        "ended_at": now_in(session),
        "failure": vars(failure),
    }
    return await _update_running(session, simulation_id, attempt, values)


async def _update_running(
    session: AsyncSession, simulation_id: UUID, attempt: int, values: Mapping[str, object]
) -> bool:
    statement = (
        update(SimulationRow)
        .where(
            SimulationRow.id == simulation_id,
            SimulationRow.attempt == attempt,
            SimulationRow.state == SimulationState.RUNNING,
        )
        .values(values)
        .returning(SimulationRow.id)
        .execution_options(synchronize_session=False)
    )
    return await session.scalar(statement) is not None


async def end_cancelled(session: AsyncSession, simulation_id: UUID) -> None:
    """Cancel it, unless it is over."""
    statement = (
        update(SimulationRow)
        .where(SimulationRow.id == simulation_id, SimulationRow.state.in_(UNDER_WAY))
        .values(state=SimulationState.CANCELLED, ended_at=now_in(session))
        .execution_options(synchronize_session=False)
    )
    await session.execute(statement)


async def delete_simulation(session: AsyncSession, simulation_id: UUID) -> None:
    await session.execute(delete(SimulationRow).where(SimulationRow.id == simulation_id))


async def list_participants_with_readings(
    session: AsyncSession, operation_id: OperationId, from_day: date, to_day: date
) -> set[tuple[date, Participant]]:
    """Return the days of ``[from_day, to_day)`` on which a point has readings, complete or not."""
    query = text("""
        SELECT DISTINCT day, prm, direction FROM reading_block
        WHERE operation_id = :operation_id AND day >= :from_day AND day < :to_day
    """)
    values = {"operation_id": operation_id, "from_day": from_day, "to_day": to_day}
    rows = await session.execute(query, values)
    return {(row.day, Participant(row.prm, row.direction)) for row in rows}
