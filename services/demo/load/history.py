"""The months before the latest one: settled, then billed from the oldest on.

In this order, as the dates of an issuer's invoices never go back.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any

from libs.common.calendar import Month
from services.demo.api import Api
from services.demo.cooperative import HISTORY, Cooperative, DemoOperation
from services.demo.load.months import draft, issue, settle
from services.demo.load.progress import ReportProgress
from services.demo.load.readings import wait_for_shares


async def bill_history(
    api: Api, cooperative: Cooperative, progress: ReportProgress
) -> list[dict[str, Any]]:
    """Settle and bill these months; return all of their invoices."""
    total = len(HISTORY) * len(cooperative.operations)
    for number, (month, operation) in enumerate(_each(cooperative), start=1):
        await wait_for_shares(api, operation, month, _silent)
        await settle(api, operation, month)
        progress("Older months settled", number, total)
    invoices: list[dict[str, Any]] = []
    for number, (month, operation) in enumerate(_each(cooperative), start=1):
        drafts = await draft(api, operation, month)
        invoices += await issue(api, drafts, _issue_date(month))
        progress("Older months billed", number, total)
    return invoices


def _each(cooperative: Cooperative) -> Sequence[tuple[str, DemoOperation]]:
    return [(month, operation) for month in HISTORY for operation in cooperative.operations]


def _issue_date(month: str) -> date:
    """Return the fifth of the next month."""
    return Month.parse(month).next_first_day.replace(day=5)


def _silent(_stage: str, _done: int, _total: int) -> None:
    """Report nothing: the progress within one of these months is of no interest."""
