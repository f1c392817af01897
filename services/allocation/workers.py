"""Background rounds: recompute what has changed, run simulations, purge what is too old."""

import asyncio
from collections.abc import Mapping
from functools import partial

import structlog

from libs.common.app import Worker
from libs.common.calendar import local_day, next_day_start
from libs.common.clock import now_in, today_in
from libs.common.database import Database, begin_snapshot
from libs.common.logs.accesses import purge_accesses
from libs.common.logs.audit import purge_audit_log
from libs.common.rounds.attempts import attempt
from libs.common.rounds.rest import NO_REST, SHORT_REST, UNTIL_RUNG, Rest
from libs.common.rounds.seldom import Seldom
from libs.common.settings import Settings
from services.allocation.commands import days, key_previews, settlements, simulation_runs
from services.allocation.commands.coefficient_deposits.automatic import (
    AutomaticDeposits,
    deposit_automatically,
)
from services.allocation.commands.coefficient_deposits.months import DepositMonths
from services.allocation.commands.purging import Purger
from services.allocation.commands.silent_days import SilentDays
from services.allocation.commands.simulation_runs import Job, Watch
from services.allocation.schemas.simulations import ResultOut
from services.allocation.store import key_previews as previews
from services.allocation.store.key_previews import Task
from services.allocation.store.settlements.stale_settlements import list_due
from services.allocation.store.simulations import is_any_under_way, try_claim
from services.allocation.store.stale import has_deposit_months, has_marks
from services.allocation.tables import ShareAccessRow

_PROGRESS_S = 0.5

_log = structlog.get_logger(__name__)


async def allocate_stale_days(database: Database) -> Rest:
    async with database.transaction() as session:
        if await days.allocate_stale_days(session):
            return NO_REST
        return SHORT_REST if await has_marks(session) else UNTIL_RUNG


async def settle_outdated_months(database: Database) -> Rest:
    async with database.transaction() as session:
        if await settlements.settle_outdated_month(session):
            return NO_REST
        return SHORT_REST if await list_due(session, 1) else UNTIL_RUNG


async def purge_old_month(database: Database, *, purger: Purger) -> Rest:
    """Purge until the local day has nothing left; retry soon what others are working on."""
    async with database.transaction() as session:
        if await purger.purge_next_month(session, today=today_in(session)):
            return NO_REST
        if purger.finished_on != today_in(session):
            return SHORT_REST
        return Rest.until(next_day_start(now_in(session)), now=now_in(session))


async def mark_silent_days(database: Database, *, silent: SilentDays) -> bool:
    today = local_day(database.clock.now())
    if silent.finished_on == today:
        return False
    async with database.transaction() as session:
        marked = await silent.mark_next(session, today=today)
    return silent.go_on(marked, today=today)


async def publish_deposit_months(database: Database, *, months: DepositMonths) -> Rest:
    async with database.transaction() as session:
        has_more = await months.publish_next(session)
        today, now = today_in(session), now_in(session)
        is_busy = not has_more and await has_deposit_months(session)
    months.looked_on = today  # once that is committed, so that failures come again
    if has_more:
        return NO_REST
    return SHORT_REST if is_busy else Rest.until(next_day_start(now), now=now)


async def deposit_due_forecast(database: Database, *, automatic: AutomaticDeposits) -> bool:
    """Deposit what one operation-month awaits; return whether there may be more."""
    async with database.transaction() as session:
        due = await automatic.find_due(session)
    if due is None:
        return False
    operation_id, month = due
    was_awaited = True
    async with attempt() as trying, database.transaction() as session:
        was_awaited = await deposit_automatically(session, operation_id, month)
    (automatic.tried if was_awaited else automatic.looked_at).add(due)
    if trying.error is not None:
        _log.warning(
            "no forecast deposited",
            operation_id=operation_id,
            month=str(month),
            reason=type(trying.error).__name__,
        )
    return True


async def run_oldest_simulation(database: Database) -> Rest:
    """Run the simulation that waits longest; if the process dies first, it keeps waiting."""
    async with database.transaction() as claiming:
        simulation_id = await try_claim(claiming)
        if simulation_id is None:
            return SHORT_REST if await is_any_under_way(claiming) else UNTIL_RUNG
        async with database.transaction() as session:
            job = await simulation_runs.begin_simulation(session, simulation_id)
        if job is not None:
            await run_simulation(database, job)
    return NO_REST


async def run_simulation(database: Database, job: Job) -> None:
    """Compute in a thread; progress and cancellation have short transactions of their own."""
    async with attempt() as running:
        async with database.transaction() as session:
            work = await simulation_runs.load_work(session, job)
        watch = Watch()
        computing = asyncio.to_thread(simulation_runs.compute, work, watch)
        result = await _watched(database, job, watch, asyncio.ensure_future(computing))
    if running.error is not None:
        async with database.transaction() as session:
            await simulation_runs.fail_simulation(session, job, running.error)
        return
    if result is not None:
        async with database.transaction() as session:
            await simulation_runs.finish_simulation(
                session, job, result, missing_steps=work.base.missing_steps, parts=watch.done
            )


async def _watched(
    database: Database, job: Job, watch: Watch, computing: asyncio.Future[ResultOut | None]
) -> ResultOut | None:
    try:
        while not computing.done():
            async with database.transaction() as session:
                if not await simulation_runs.note_progress(session, job, watch):
                    watch.stop()
            await asyncio.wait({computing}, timeout=_PROGRESS_S)
        return computing.result()
    finally:
        watch.stop()


async def preview_next_month(database: Database) -> Rest:
    """Try a draft key on one month; if the process dies before the end, it keeps waiting.

    No row is locked during the computation: rewriting the draft need not wait.
    """
    async with database.transaction() as claiming:
        task = await previews.try_claim(claiming)
        if task is None:
            return SHORT_REST if await previews.is_any_waiting(claiming) else UNTIL_RUNG
        await _preview_month(database, task)
    return NO_REST


async def _preview_month(database: Database, task: Task) -> None:
    async with attempt() as trying:
        async with database.transaction() as session:
            await begin_snapshot(session)
            work = await key_previews.load_work(session, task)
        # Off the event loop, as heartbeats must not wait for arithmetic.
        sums = await asyncio.to_thread(key_previews.compute, work) if work else {}
    if trying.error is not None:
        bug = type(trying.error).__name__
        _log.error("key cannot be tried", key_id=str(task.key_id), error=bug)
        async with database.transaction() as session:
            await previews.fail_task(session, task, bug)
        return
    async with database.transaction() as session:
        await previews.finish_task(session, task, sums)


def workers(settings: Settings) -> Mapping[str, Worker]:
    purger = Purger(settings.retention_curves_months)
    silent = SilentDays(settings.readings_grace_days)
    return {
        "allocate stale days": allocate_stale_days,
        "look at silent days": Seldom(partial(mark_silent_days, silent=silent)),
        "tell of deposits": partial(publish_deposit_months, months=DepositMonths()),
        "deposit forecasts": Seldom(partial(deposit_due_forecast, automatic=AutomaticDeposits())),
        "settle outdated months": settle_outdated_months,
        "run simulations": run_oldest_simulation,
        "try draft keys": preview_next_month,
        "purge": partial(purge_old_month, purger=purger),
        "purge accesses": Seldom(
            partial(
                purge_accesses,
                kept_months=settings.retention_access_log_months,
                row=ShareAccessRow,
            )
        ),
        "purge audit log": Seldom(
            partial(purge_audit_log, kept_months=settings.retention_audit_months)
        ),
    }
