"""Remove what is too old to be kept, a batch at a time, and count it by day."""

import asyncio
from collections.abc import Mapping
from datetime import date
from typing import assert_never

from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.calendar import day_start
from libs.common.database import ring_after_commit
from libs.common.file_store import FileStore
from libs.common.rounds.rest import NO_REST, SHORT_REST, UNTIL_RUNG, Rest
from libs.common.settings import Settings
from services.ingest.domain.privacy.retention import Kept, RetentionTerms, sum_months
from services.ingest.domain.tallies import Tally
from services.ingest.store import pulls as pull_store
from services.ingest.store import re_requests as re_request_store
from services.ingest.store.deliveries import deliveries as delivery_store
from services.ingest.store.facts import facts as fact_store
from services.ingest.store.privacy import monthly_energies as energy_store
from services.ingest.store.privacy import old_deliveries as old_store
from services.ingest.store.privacy import purges as store
from services.ingest.store.readings import blocks as block_store
from services.ingest.tables import HeldBlockRow, ReadingBlockRow, ResultCurveRow

_BY_DAY: Mapping[Kept, type[ReadingBlockRow | HeldBlockRow | ResultCurveRow]] = {
    Kept.CURVES: ReadingBlockRow,
    Kept.HELD: HeldBlockRow,
    Kept.RESULTS: ResultCurveRow,
}
"""The kinds to which deliveries add while they are recorded."""

_WHILE_NOTHING_IS_RECORDED = {*_BY_DAY, Kept.INDEXES, Kept.INVOICED}

_POINTS = 100  # whose curves of one month are purged in one transaction
_FILES = 100
_ROWS = 5000


def retention_of(settings: Settings) -> RetentionTerms:
    return RetentionTerms(
        curves_months=settings.retention_curves_months,
        files_months=settings.retention_files_months,
        quarantine_months=settings.retention_quarantine_months,
        accesses_months=settings.retention_access_log_months,
        pulls_months=settings.retention_pulls_months,
    )


async def purge_next_batch(
    session: AsyncSession, files: FileStore, retention: RetentionTerms, *, today: date
) -> Rest:
    """Purge the next batch that is due today.

    What is removed, the sums that stay and the report are one transaction: however the process
    ends, the day's report counts exactly what is gone. Files are removed before the transaction
    that reports them commits: if it does not, they are removed and reported again, which changes
    nothing else.
    """
    finished = await store.list_finished(session, today)
    for kind in Kept:
        if kind is Kept.HELD or kind in finished:
            continue
        kept_from = retention.kept_from(kind, today)
        if kind in _WHILE_NOTHING_IS_RECORDED and not await delivery_store.try_lock_publishing(
            session
        ):
            return SHORT_REST  # something is being recorded
        tallies, more = await _purge(session, files, kind, kept_from)
        for reported_kind, tally in tallies.items():
            await store.note_purged(
                session, today, reported_kind, kept_from=kept_from, tally=tally, more=more
            )
        return NO_REST
    return UNTIL_RUNG


async def purge_again(session: AsyncSession, *, today: date) -> None:
    """Have today's purge start over, as after a retention period was shortened."""
    await store.reopen(session, today)
    ring_after_commit(session)


async def count_old(
    session: AsyncSession, retention: RetentionTerms, *, today: date
) -> Mapping[Kept, Tally]:
    """Count what a purge would remove now. Changes nothing."""
    kept_from = {kind: retention.kept_from(kind, today) for kind in Kept}
    cutoff = {kind: day_start(day) for kind, day in kept_from.items()}
    day_tallies = {
        kind: await store.count_old_days(session, table, kept_from=kept_from[kind])
        for kind, table in _BY_DAY.items()
    }
    return day_tallies | {
        Kept.INDEXES: await fact_store.count_old_indexes(session, read_before=cutoff[Kept.INDEXES]),
        Kept.INVOICED: await fact_store.count_old_invoiced(
            session, kept_from=kept_from[Kept.INVOICED]
        ),
        Kept.FILES: await old_store.count_old_files(session, received_before=cutoff[Kept.FILES]),
        Kept.QUARANTINE: await old_store.count_old_quarantined(
            session, received_before=cutoff[Kept.QUARANTINE]
        ),
        Kept.ACCESSES: await store.count_old_accesses(session, read_before=cutoff[Kept.ACCESSES]),
        Kept.PULLS: await pull_store.count_old_jobs(session, closed_before=cutoff[Kept.PULLS]),
        Kept.RE_REQUESTS: await re_request_store.count_old(
            session, closed_before=cutoff[Kept.RE_REQUESTS]
        ),
    }


async def _purge(
    session: AsyncSession, files: FileStore, kind: Kept, kept_from: date
) -> tuple[Mapping[Kept, Tally], bool]:
    """Purge a batch; return what was removed, and whether there may be more."""
    cutoff = day_start(kept_from)
    if kind is Kept.CURVES:
        return await _purge_curves(session, kept_from)
    if kind is Kept.FILES:
        old_files = await old_store.list_old_files(session, received_before=cutoff, limit=_FILES)
        for old_file in old_files:
            await files.remove(old_file.sha256)
        return {kind: await old_store.note_files_purged(session, old_files)}, len(
            old_files
        ) == _FILES
    tally = await _purge_rows(session, kind, kept_from)
    return {kind: tally}, tally.removed > 0


async def _purge_rows(  # noqa: PLR0911 - one for each kind
    session: AsyncSession, kind: Kept, kept_from: date
) -> Tally:
    """Delete some rows of a kind of which nothing stays."""
    cutoff = day_start(kept_from)
    match kind:
        case Kept.RESULTS:
            return await store.delete_results(session, kept_from=kept_from)
        case Kept.INDEXES:
            return await fact_store.delete_old_indexes(session, read_before=cutoff)
        case Kept.INVOICED:
            return await fact_store.delete_old_invoiced(session, kept_from=kept_from)
        case Kept.QUARANTINE:
            return await old_store.delete_old_quarantined(
                session, received_before=cutoff, limit=_ROWS
            )
        case Kept.ACCESSES:
            return await store.delete_accesses(session, read_before=cutoff, limit=_ROWS)
        case Kept.PULLS:
            return await pull_store.delete_old_jobs(session, closed_before=cutoff, limit=_ROWS)
        case Kept.RE_REQUESTS:
            return await re_request_store.delete_old(session, closed_before=cutoff, limit=_ROWS)
        case Kept.CURVES | Kept.HELD | Kept.FILES:
            raise AssertionError(kind)
        case _:
            assert_never(kind)


async def _purge_curves(
    session: AsyncSession, kept_from: date
) -> tuple[Mapping[Kept, Tally], bool]:
    """Purge one month's curves of some points, held blocks included; their monthly sums stay."""
    month = await store.find_old_month(session, kept_from=kept_from, points=_POINTS)
    if month is None:
        return {Kept.CURVES: Tally(), Kept.HELD: Tally()}, False
    blocks = await block_store.list_latest_of(
        session, month.prms, from_day=month.from_day, to_day=month.to_day
    )
    stored_sums = await energy_store.map_monthly_energies(session, month.prms)
    sums = await asyncio.to_thread(sum_months, blocks, stored_sums)
    await energy_store.save_monthly_energies(session, sums)
    curves, held = await store.delete_blocks(session, month)
    return {Kept.CURVES: curves, Kept.HELD: held}, True
