"""Make due reminders automatically, for sellers with that policy."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

import structlog

from libs.common.calendar import PARIS
from libs.common.database import Database
from libs.common.rounds.attempts import attempt
from services.billing.commands.payments.dunning import remind
from services.billing.store.invoices.mailings import list_reminding

_HOURS = range(9, 18)  # nobody is reminded at night

_log = structlog.get_logger(__name__)


@dataclass
class DailyReminders:
    """Runs once a local day; reminders made by another process are not made again."""

    finished_on: date | None = None

    async def make(self, database: Database, *, now: datetime) -> None:
        """Make each seller's reminders in its own transaction: an error in one stops no other."""
        local = now.astimezone(PARIS)
        if local.hour not in _HOURS or self.finished_on == local.date():
            return
        async with database.transaction() as session:
            issuers = await list_reminding(session)
        for issuer_id in issuers:
            await _make(database, issuer_id, local.date())
        self.finished_on = local.date()


async def _make(database: Database, issuer_id: UUID, day: date) -> None:
    async with attempt() as making, database.transaction() as session:
        reminders = await remind(session, issuer_id, day=day, is_automatic=True)
    if making.error is not None:
        _log.error("reminders cannot be made", issuer_id=str(issuer_id), exc_info=making.error)
    else:
        _log.info("reminders made", issuer_id=str(issuer_id), reminders=len(reminders))
