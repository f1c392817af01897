"""The close of a month: settled, drafted, issued."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from services.demo.api import Api
from services.demo.cooperative import DemoOperation
from services.demo.load.progress import ReportProgress
from services.demo.load.readings import load_curves


@dataclass(frozen=True)
class ClosedMonth:
    """The platform's figures of one operation after its month is closed."""

    operation: DemoOperation
    metered_wmin: Mapping[str, int]  # by direction, from ingest's load curves
    summary: dict[str, Any]
    invoices: list[dict[str, Any]]
    self_supplied: list[dict[str, Any]]


async def settle(api: Api, operation: DemoOperation, month: str) -> None:
    path = f"/allocation/operations/{operation.id}/settlements"
    await api.call("POST", path, json={"month": month})


async def close(
    api: Api,
    operation: DemoOperation,
    month: str,
    issue_date: date,
    progress: ReportProgress,
    *,
    staff: Api,
    by_run: bool = False,
) -> ClosedMonth:
    """Settle the month and issue its invoices, one by one or by a billing run.

    staff: a session that may read the curves.
    """
    settled_stage = f"{operation.name} settled"
    progress(settled_stage, 0, 1)
    await settle(api, operation, month)
    progress(settled_stage, 1, 1)
    drafted_stage = f"{operation.name} drafted"
    progress(drafted_stage, 0, 1)
    drafts = await draft(api, operation, month)
    progress(drafted_stage, 1, 1)
    progress(f"{operation.name} invoiced", 0, len(drafts["invoices"]))
    if by_run:
        invoices = await _issue_by_run(api, operation, month, issue_date)
    else:
        invoices = await issue(api, drafts, issue_date)
    progress(f"{operation.name} invoiced", len(invoices), len(invoices))
    summary = f"/allocation/operations/{operation.id}/summary"
    return ClosedMonth(
        operation=operation,
        metered_wmin=await _metered(staff, operation, month),
        summary=await api.call("GET", summary, params={"month": month}),
        invoices=invoices,
        self_supplied=drafts["self_supplied"],
    )


async def draft(api: Api, operation: DemoOperation, month: str) -> dict[str, Any]:
    """Draft the invoices, once billing knows the settlement and all members."""
    path = f"/billing/operations/{operation.id}/months/{month}/drafts"
    drafts: dict[str, Any] = {}

    async def ready() -> bool:
        nonlocal drafts
        answer = await api.answer("POST", path)
        if answer.is_error:
            return api.not_yet(answer)
        drafts = answer.json()
        return not drafts["blockers_to_issue"] or api.not_yet(answer)

    goal = f"the invoices of {operation.name} for {month} can be drafted"
    await api.wait_until(goal, ready, timeout_s=60)
    return drafts


async def issue(api: Api, drafts: Mapping[str, Any], issue_date: date) -> list[dict[str, Any]]:
    invoices: list[dict[str, Any]] = await api.call(
        "POST",
        "/billing/invoices/issue",
        json={
            "invoice_ids": [invoice["id"] for invoice in drafts["invoices"]],
            "issue_date": issue_date.isoformat(),
        },
    )
    return invoices


async def _issue_by_run(
    api: Api, operation: DemoOperation, month: str, issue_date: date
) -> list[dict[str, Any]]:
    """Issue the invoices by a run, once: what a run has issued stays."""
    about = {"operation_id": operation.id}
    if not await _find_run(api, operation, month):
        await api.call("POST", "/billing/runs", json=about | {"period": month})
    run = await _wait_for_run(api, operation, month, {"review", "issuing", "issued"})
    if run["state"] == "review":
        body = {"issue_date": str(issue_date)}
        await api.call("POST", f"/billing/runs/{run['id']}/issue", json=body)
    await _wait_for_run(api, operation, month, {"issued"})
    params = about | {"month": month}
    invoices: list[dict[str, Any]] = await api.call("GET", "/billing/invoices", params=params)
    return invoices


async def _wait_for_run(
    api: Api, operation: DemoOperation, month: str, states: set[str]
) -> dict[str, Any]:
    run: dict[str, Any] = {}

    async def reached() -> bool:
        nonlocal run
        run = await _find_run(api, operation, month)
        return run.get("state") in states

    await api.wait_until(f"the billing run is {' or '.join(sorted(states))}", reached)
    return run


async def _find_run(api: Api, operation: DemoOperation, month: str) -> dict[str, Any]:
    """Return the latest run, or an empty dict if there is none.

    The list names no customers, so that repeated reading is not noted there.
    """
    params = {"operation_id": operation.id}
    runs: list[dict[str, Any]] = await api.call("GET", "/billing/runs", params=params)
    return next((run for run in runs if run["period"] == month), {})


async def _metered(api: Api, operation: DemoOperation, month: str) -> Counter[str]:
    """Return what the meters of each direction counted in the month."""
    metered_wmin: Counter[str] = Counter()
    for (_, direction), curve in (await load_curves(api, operation, month)).items():
        metered_wmin[direction] += sum(
            power_w * block["step_min"] for block in curve["blocks"] for power_w in block["power_w"]
        )
    return metered_wmin
