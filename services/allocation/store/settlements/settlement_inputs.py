"""Frozen inputs of settlements: read in their current state, stored compressed, read back."""

import asyncio
import zlib
from collections import defaultdict
from collections.abc import Collection, Iterable
from contextlib import suppress
from datetime import date

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.calendar import Month
from libs.common.errors import Problem
from libs.common.ids import Direction, OperationId, Prm
from services.allocation.domain.perimeter import Participant
from services.allocation.domain.settlements.inputs import FrozenInput
from services.allocation.store.settlements.settlements import read_inputs
from services.allocation.tables import ReadingBlockRow, SettlementInputRow, SettlementRow


class SettlementInputNotFound(Problem):
    status, slug, title = 404, "settlement-input-not-found", "The settlement has no such input"
    example_detail = "Settlement 1 of 2026-10 is not made of an input of that name."


async def list_reading_revisions(
    session: AsyncSession, operation_id: OperationId, month: Month
) -> dict[date, dict[tuple[Participant, int], int]]:
    """Return the revisions of readings by day, then by participation and step."""
    row = ReadingBlockRow
    query = select(row.day, row.prm, row.direction, row.step_min, row.revision).where(
        row.operation_id == operation_id, row.day.between(month.days[0], month.days[-1])
    )
    revisions: defaultdict[date, dict[tuple[Participant, int], int]] = defaultdict(dict)
    for day, prm, direction, step_min, revision in await session.execute(query):
        revisions[day][Participant(Prm(prm), Direction(direction)), step_min] = revision
    return revisions


async def add_inputs(session: AsyncSession, inputs: Iterable[FrozenInput]) -> None:
    """Store the inputs that are not stored yet."""
    # In order, as two operations may have the same key: this rules out circular waits.
    ordered = sorted({frozen_input.hash: frozen_input for frozen_input in inputs}.items())
    stored_hashes = await _list_known(session, [name for name, _ in ordered])
    news = [(name, frozen_input) for name, frozen_input in ordered if name not in stored_hashes]
    if not news:
        return
    rows = await asyncio.to_thread(
        lambda: [
            {"hash": name, "content": zlib.compress(frozen_input.content.encode())}
            for name, frozen_input in news
        ]
    )
    statement = insert(SettlementInputRow).on_conflict_do_nothing()
    await session.execute(statement, rows)


async def _list_known(session: AsyncSession, hashes: Collection[str]) -> set[str]:
    query = select(SettlementInputRow.hash).where(SettlementInputRow.hash.in_(hashes))
    return set(await session.scalars(query))


async def list_inputs(session: AsyncSession, hashes: Collection[str]) -> dict[str, FrozenInput]:
    """Return inputs by the name under which they are stored; lost or damaged ones are left out."""
    query = select(SettlementInputRow.hash, SettlementInputRow.content).where(
        SettlementInputRow.hash.in_(hashes)
    )
    rows = (await session.execute(query)).all()
    return await asyncio.to_thread(_read_all, [(name, content) for name, content in rows])


async def get_settlement_input(
    session: AsyncSession, row: SettlementRow, input_hash: str
) -> FrozenInput:
    """Raises SettlementInputNotFound, also for inputs of other settlements."""
    if input_hash in read_inputs(row).hashes:
        inputs_by_hash = await list_inputs(session, [input_hash])
        if input_hash in inputs_by_hash:
            return inputs_by_hash[input_hash]
    raise SettlementInputNotFound(
        f"Settlement {row.number} of {row.month} is not made of an input of that name."
    )


def _read_all(rows: Iterable[tuple[str, bytes]]) -> dict[str, FrozenInput]:
    inputs = {}
    for name, content in rows:
        with suppress(zlib.error, UnicodeDecodeError):
            inputs[name] = FrozenInput(zlib.decompress(content).decode())
    return inputs
