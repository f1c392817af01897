"""Background rounds: drafting, issuing and sending documents, and purging old data."""

from collections.abc import Mapping
from functools import partial

from libs.common.app import Worker
from libs.common.calendar import next_day_start
from libs.common.clock import now_in, today_in
from libs.common.database import Database
from libs.common.file_store import FileStore, file_store
from libs.common.logs.accesses import purge_accesses
from libs.common.logs.audit import purge_audit_log
from libs.common.rounds.rest import NO_REST, SHORT_REST, UNTIL_RUNG, Rest, rest_unless
from libs.common.rounds.seldom import Seldom
from libs.common.settings import Settings
from services.billing.commands.corrections import corrections
from services.billing.commands.drafts import runs
from services.billing.commands.e_invoicing.delivering import Courier, deliver_next
from services.billing.commands.invoices import documents, mailings
from services.billing.commands.payments.creditors import use_due_changes
from services.billing.commands.payments.reminding import DailyReminders
from services.billing.commands.purging import Purger
from services.billing.domain.drafts.runs import RunState
from services.billing.platforms import open_platforms
from services.billing.store.drafts.runs import has_run
from services.billing.store.invoices.mailings import find_next_to_ask


async def draft_corrections(database: Database) -> Rest:
    async with database.transaction() as session:
        return rest_unless(await corrections.draft_due_correction(session))


async def draft_runs(database: Database, *, unusual_ratio: float) -> Rest:
    async with database.transaction() as session:
        if await runs.draft_next_run(session, unusual_ratio=unusual_ratio):
            return NO_REST
        return SHORT_REST if await has_run(session, RunState.WAITING) else UNTIL_RUNG


async def purge(database: Database, *, purger: Purger) -> Rest:
    """Purge old data once a local day."""
    async with database.transaction() as session:
        await purger.purge(session, today=today_in(session))
        return Rest.until(next_day_start(now_in(session)), now=now_in(session))


async def issue_runs(database: Database) -> Rest:
    async with database.transaction() as session:
        if await runs.issue_next_batch(session):
            return NO_REST
        return SHORT_REST if await has_run(session, RunState.ISSUING) else UNTIL_RUNG


async def remind(database: Database, *, reminders: DailyReminders) -> bool:
    await reminders.make(database, now=database.clock.now())
    return False


async def ask_for_mail(database: Database, *, files: FileStore, public_url: str) -> Rest:
    async with database.transaction() as session:
        if await mailings.ask_next(session, files=files, public_url=public_url):
            return NO_REST
        return Rest.until(await find_next_to_ask(session), now=now_in(session))


def workers(settings: Settings) -> Mapping[str, Worker]:
    purger = Purger(settings.retention_curves_months, settings.retention_supplier_offers_months)
    files = file_store(settings, documents.ROOM)
    courier = Courier(open_platforms(settings), files)
    return {
        "deliver": partial(deliver_next, courier=courier),
        "use changed accounts": use_due_changes,
        "draft corrections": draft_corrections,
        "draft runs": partial(draft_runs, unusual_ratio=settings.billing_unusual_ratio),
        "issue runs": issue_runs,
        "purge": partial(purge, purger=purger),
        "purge accesses": Seldom(
            partial(purge_accesses, kept_months=settings.retention_access_log_months)
        ),
        "purge audit log": Seldom(
            partial(purge_audit_log, kept_months=settings.retention_audit_months)
        ),
        "remind": Seldom(partial(remind, reminders=DailyReminders())),
        "ask for mail": partial(ask_for_mail, files=files, public_url=settings.public_url),
    }
