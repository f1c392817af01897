"""Delete data past their retention: half-hours, and data of members who left."""

from dataclasses import dataclass
from datetime import date

import structlog
from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.calendar import Month
from services.billing.domain.payments.mandates import ACCOUNT_KEPT_MONTHS
from services.billing.store.both_bills import supplier_offers as offer_store
from services.billing.store.drafts.held_up import delete_old_held_up_days
from services.billing.store.payments.creditors import forget_accounts
from services.billing.store.prices import half_hours as half_hour_store

_log = structlog.get_logger(__name__)


@dataclass
class Purger:
    """Runs once a local day; billed energy stays in the invoices."""

    curves_months: int
    offers_months: int
    finished_on: date | None = None

    async def purge(self, session: AsyncSession, *, today: date) -> None:
        if self.finished_on != today:
            await self._purge_half_hours(session, today)
            await self._purge_offers(session, today)
            await self._purge_accounts(session, today)
            self.finished_on = today

    async def _purge_half_hours(self, session: AsyncSession, today: date) -> None:
        kept_from = Month.of(today).earlier(self.curves_months)
        if parts := await half_hour_store.delete_old_details(session, kept_from=kept_from):
            _log.info("half-hours purged", parts=parts, kept_from=str(kept_from))
        await delete_old_held_up_days(session, before=kept_from.first_day)

    async def _purge_offers(self, session: AsyncSession, today: date) -> None:
        kept_from = Month.of(today).earlier(self.offers_months)
        if offers := await offer_store.delete_left_offers(session, kept_from=kept_from):
            _log.info("supplier offers purged", offers=offers, kept_from=str(kept_from))

    async def _purge_accounts(self, session: AsyncSession, today: date) -> None:
        unused_since = Month.of(today).earlier(ACCOUNT_KEPT_MONTHS).first_day
        if mandates := await forget_accounts(session, unused_since=unused_since):
            _log.info("accounts of mandates purged", mandates=mandates)
