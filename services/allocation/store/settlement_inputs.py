"""Frozen inputs of settlements: read as they are now, kept compressed, read again."""

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
from services.allocation.store.settlements import read_inputs
from services.allocation.tables import ReadingBlockRow, SettlementInputRow, SettlementRow


class SettlementInputNotFound(Problem):
    status, slug, title = 404, "settlement-input-not-found", "The settlement has no such input"
    example_detail = "Settlement 1 of 2026-10 is not made of an input of that name."


async def list_reading_revisions(
    session: AsyncSession, operation_id: OperationId, month: Month
) -> dict[date, dict[tuple[Participant, int], int]]:
    """By day, then by point and step."""
    row = ReadingBlockRow
    query = select(row.day, row.prm, row.direction, row.step_min, row.revision).where(
        row.operation_id == operation_id, row.day.between(month.days[0], month.days[-1])
    )
    revisions: defaultdict[date, dict[tuple[Participant, int], int]] = defaultdict(dict)
    for day, prm, direction, step_min, revision in await session.execute(query):
        revisions[day][Participant(Prm(prm), Direction(direction)), step_min] = revision
    return revisions


async def add_inputs(session: AsyncSession, inputs: Iterable[FrozenInput]) -> None:
    """Keep those that are not kept yet."""
    # In order, as two operations may have the same key: nobody waits in a circle.
    ordered = sorted({one.hash: one for one in inputs}.items())
    known = await _list_known(session, [name for name, _ in ordered])
    news = [(name, one) for name, one in ordered if name not in known]
    if not news:
        return
    rows = await asyncio.to_thread(
        lambda: [
            {"hash": name, "content": zlib.compress(one.content.encode())} for name, one in news
        ]
    )
    statement = insert(SettlementInputRow).on_conflict_do_nothing()
    await session.execute(statement, rows)


async def _list_known(session: AsyncSession, hashes: Collection[str]) -> set[str]:
    query = select(SettlementInputRow.hash).where(SettlementInputRow.hash.in_(hashes))
    return set(await session.scalars(query))


async def list_inputs(session: AsyncSession, hashes: Collection[str]) -> dict[str, FrozenInput]:
    """By the name under which they are kept; those that are lost or damaged are left out."""
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
        found = await list_inputs(session, [input_hash])
        if input_hash in found:
            return found[input_hash]
    raise SettlementInputNotFound(
        f"Settlement {row.number} of {row.month} is not made of an input of that name."
    )


def _read_all(rows: Iterable[tuple[str, bytes]]) -> dict[str, FrozenInput]:
    inputs = {}
    for name, content in rows:
        with suppress(zlib.error, UnicodeDecodeError):
            inputs[name] = FrozenInput(zlib.decompress(content).decode())
    return inputs
