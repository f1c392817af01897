"""The e-mails that loading the demonstration sends."""

from collections.abc import Sequence

from services.demo.api import Api
from services.demo.load.months import ClosedMonth
from services.demo.load.progress import ReportProgress

# Each reading of the messages is noted for the members whom they are about.
_EVERY_S = 2


async def wait_for_mails(api: Api, months: Sequence[ClosedMonth], progress: ReportProgress) -> None:
    """Wait until the invoices are mailed, nothing else is queued, and no message is added."""
    total = sum(len(month.invoices) for month in months)
    count_before = 0

    async def sent() -> bool:
        nonlocal count_before
        messages = await api.call("GET", "/community/messages", params={"limit": 1000})
        waiting = [
            message
            for message in messages
            if any(recipient["status"] == "queued" for recipient in message["recipients"])
        ]
        is_still, count_before = len(messages) == count_before, len(messages)
        invoices = sum(message["kind"] == "invoice" for message in messages)
        done_count = invoices - sum(message["kind"] == "invoice" for message in waiting)
        progress("Invoices mailed", min(done_count, total), total)
        return done_count >= total and not waiting and is_still

    await api.wait_until("the e-mails are sent", sent, timeout_s=120, every_s=_EVERY_S)
