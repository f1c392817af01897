"""The main job, from end to end: the latest month, from the DSO's files to numbered invoices."""

from services.demo.api import Api
from services.demo.cooperative import ISSUE_DATE, MONTH, Cooperative
from services.demo.load.billing.agreements import (
    agree_keys_and_prices,
    mail_invoices,
    record_tax_profiles,
)
from services.demo.load.community.registry import open_accounts, record_community
from services.demo.load.mails import wait_for_mails
from services.demo.load.months import ClosedMonth, close
from services.demo.load.people import LogIns
from services.demo.load.progress import ReportProgress
from services.demo.load.readings import send_files, wait_for_files, wait_for_shares


async def load_and_close(
    operator: Api, cooperative: Cooperative, log_ins: LogIns, progress: ReportProgress
) -> list[ClosedMonth]:
    """Do the main job; repeating it changes nothing."""
    await load_month(operator, cooperative, log_ins, progress)
    await mail_invoices(operator, cooperative)
    months = [
        await close(operator, operation, MONTH, ISSUE_DATE, progress, staff=operator)
        for operation in cooperative.operations
    ]
    await wait_for_mails(operator, months, progress)
    return months


async def load_month(
    operator: Api, cooperative: Cooperative, log_ins: LogIns, progress: ReportProgress
) -> None:
    """Load participants, their agreements, the month's readings, and everybody's share of it."""
    await record_community(operator, cooperative, progress)
    await open_accounts(operator, cooperative, log_ins)
    await agree_keys_and_prices(operator, cooperative)
    await record_tax_profiles(operator, cooperative)
    names = [name for operation in cooperative.operations for name in operation.files]
    feed = operator.as_account(log_ins.feed, log_ins.password)
    await wait_for_files(feed, await send_files(feed, names, progress), progress)
    for operation in cooperative.operations:
        await wait_for_shares(operator, operation, MONTH, progress)
