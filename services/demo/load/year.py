"""All of the demonstration: the latest month first, then the year before, and what people did."""

from collections.abc import Callable

from services.demo.cooperative import ISSUE_DATE, MONTH, Cooperative
from services.demo.load.agreements import mail_invoices
from services.demo.load.history import bill_history
from services.demo.load.month import load_month
from services.demo.load.months import ClosedMonth, close, wait_for_mails
from services.demo.load.people import People
from services.demo.load.places import record_places
from services.demo.load.progress import Progress
from services.demo.load.readings import send_files, wait_for_files


async def load_year(
    people: People, cooperative: Cooperative, progress: Progress, *, ready: Callable[[], None]
) -> list[ClosedMonth]:
    """The latest month as it was closed, one of each operation. Doing it again changes nothing.

    ready: called when the page has something to show.
    """
    await load_month(people.staff, cooperative, people.log_ins, progress)
    await record_places(people.organiser, cooperative)
    ready()
    names = [
        name
        for operation in cooperative.operations
        for name in (*operation.history_files, *operation.running_files)
    ]
    deliveries = await send_files(people.feed, names, progress, what="Older files")
    await wait_for_files(people.feed, deliveries, progress, what="Older files")
    await bill_history(people.organiser, cooperative, progress)
    await mail_invoices(people.organiser, cooperative)
    months = [
        await close(people.staff, operation, MONTH, ISSUE_DATE, progress)
        for operation in cooperative.operations
    ]
    await wait_for_mails(people.staff, months, progress)
    return months
