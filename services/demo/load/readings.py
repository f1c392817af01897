"""The DSO's files, and the shares that come of them."""

from collections.abc import Sequence
from typing import Any

from libs.common.calendar import Month
from services.demo.api import Api, DemoFailed
from services.demo.cooperative import DemoOperation, read_file
from services.demo.load.progress import ReportProgress


async def send_files(
    feed: Api, names: Sequence[str], progress: ReportProgress, *, what: str = "DSO files"
) -> list[Any]:
    """Send the files; return their deliveries."""
    deliveries = []
    for done_count, name in enumerate(names, start=1):
        files = {"file": (name, read_file(name))}
        deliveries.append(await feed.call("POST", "/ingest/deliveries", files=files))
        progress(f"{what} sent", done_count, len(names))
    return deliveries


async def wait_for_files(
    feed: Api, deliveries: Sequence[Any], progress: ReportProgress, *, what: str = "DSO files"
) -> None:
    waiting = {delivery["id"] for delivery in deliveries}

    async def recorded() -> bool:
        for delivery_id in sorted(waiting):
            state = await feed.call("GET", f"/ingest/deliveries/{delivery_id}")
            if state["status"] not in {"received", "recorded"}:
                raise DemoFailed(f"{state['file_name']} is {state['status']}: {state['problem']}")
            if state["status"] == "recorded":
                waiting.discard(delivery_id)
        done_count = len(deliveries) - len(waiting)
        progress(f"{what} recorded", done_count, len(deliveries))
        return not waiting

    await feed.wait_until("the DSO files are recorded", recorded)


async def wait_for_shares(
    api: Api, operation: DemoOperation, month: str, progress: ReportProgress
) -> None:
    async def allocated() -> bool:
        path = f"/allocation/operations/{operation.id}/days"
        answer = await api.answer("GET", path, params={"month": month})
        if answer.is_error:  # the perimeter may not have reached allocation yet
            return api.not_yet(answer)
        days = answer.json()["days"]
        done_count = sum(day["status"] == "allocated" for day in days)
        progress(f"{operation.name} shared, days", done_count, len(days))
        return bool(done_count == len(days))

    await api.wait_until(f"the shares of {operation.name} in {month} are there", allocated)


async def load_curves(api: Api, operation: DemoOperation, month: str) -> dict[tuple[str, str], Any]:
    """Return the curves of each point's sides, by PRM and direction, as ingest shows them."""
    return {
        (point.prm, point.direction): await api.call(
            "GET",
            f"/ingest/points/{point.prm}/load-curve",
            params=days_of(month) | {"direction": point.direction},
        )
        for point in operation.participations
    }


def days_of(month: str) -> dict[str, str]:
    """Return the days of a month as parameters of a curve."""
    calendar_month = Month.parse(month)
    return {"from_day": str(calendar_month.first_day), "to_day": str(calendar_month.next_first_day)}
