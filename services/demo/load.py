"""Loads the demonstration co-op and closes its month, through the public HTTP APIs only."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from libs.common.calendar import Month
from services.demo.api import Api, DemoFailed
from services.demo.cooperative import (
    FILES,
    ISSUE_DATE,
    MONTH,
    Cooperative,
    DemoMember,
    DemoOperation,
)
from services.demo.keys import key_requests

Progress = Callable[[str, int, int], None]
"""Called with a stage's name, how much of it is done, and how much there is."""


@dataclass(frozen=True)
class ClosedMonth:
    """What the platform says of one operation after its month is closed."""

    operation: DemoOperation
    metered_wmin: Mapping[str, int]  # by direction, from the load curves that ingest shows
    summary: dict[str, Any]
    invoices: list[dict[str, Any]]
    self_supplied: list[dict[str, Any]]


@dataclass(frozen=True)
class LogIns:
    """The accounts that the demonstration makes; one password for all of them."""

    operator: str
    organiser: str
    member: str
    feed: str
    password: str


async def load_and_close(
    operator: Api, cooperative: Cooperative, log_ins: LogIns, progress: Progress
) -> list[ClosedMonth]:
    """Do the main job from end to end; doing it again changes nothing."""
    await _record_community(operator, cooperative, progress)
    await _open_accounts(operator, cooperative, log_ins)
    await _agree_keys_and_prices(operator, cooperative)
    await _tell_taxes(operator, cooperative)
    feed = operator.as_account(log_ins.feed, log_ins.password)
    await _push_files(feed, cooperative, progress)
    months = [await _close(operator, operation, progress) for operation in cooperative.operations]
    await _wait_for_mails(operator, months, progress)
    return months


async def _record_community(api: Api, cooperative: Cooperative, progress: Progress) -> None:
    organiser = cooperative.organiser
    await api.call(
        "PUT",
        f"/community/organisers/{organiser.id}",
        json={"name": organiser.name, "address": organiser.address},
    )
    for done, member in enumerate(cooperative.members, start=1):
        await _record_member(api, member)
        progress("Members", done, len(cooperative.members))
    for operation in cooperative.operations:
        body = operation.model_dump(
            mode="json", include={"name", "organiser_id", "step_min", "valid_from"}
        )
        await api.call("PUT", f"/community/operations/{operation.id}", json=body)
        await _record_perimeter(api, operation, progress)


async def _record_member(api: Api, member: DemoMember) -> None:
    body = member.model_dump(mode="json", exclude={"id"})
    await api.call("PUT", f"/community/members/{member.id}", json=body)


async def _record_perimeter(api: Api, operation: DemoOperation, progress: Progress) -> None:
    total = len(operation.participations)
    for done, one in enumerate(operation.participations, start=1):
        power_w = None if one.installed_kw is None else one.installed_kw * 1000
        body = {"label": one.label, "installed_power_w": power_w}
        await api.call("PUT", f"/community/points/{one.prm}", json=body)
        progress(f"{operation.name} points", done, total)
    await api.call(
        "PUT",
        f"/community/operations/{operation.id}/participations",
        json=[
            one.model_dump(mode="json", exclude={"label", "installed_kw"})
            for one in operation.participations
        ],
    )


async def _open_accounts(api: Api, cooperative: Cooperative, log_ins: LogIns) -> None:
    member = next(one for one in cooperative.members if one.email == log_ins.member)
    accounts: dict[str, dict[str, Any]] = {
        log_ins.organiser: {
            "roles": ["organiser"],
            "operations": [operation.id for operation in cooperative.operations],
        },
        log_ins.member: {"roles": ["member"], "member_id": str(member.id)},
        log_ins.feed: {"roles": ["feed"]},
    }
    for email, body in accounts.items():
        account = body | {"password": log_ins.password}
        await api.call("PUT", f"/community/accounts/{email}", json=account)


async def _agree_keys_and_prices(api: Api, cooperative: Cooperative) -> None:
    for operation in cooperative.operations:
        await _agree_key(api, operation)
        await api.call(
            "PUT",
            f"/billing/operations/{operation.id}/prices",
            json={"entries": operation.price_list, "hour_classes": operation.hour_classes},
        )


async def _tell_taxes(api: Api, cooperative: Cooperative) -> None:
    """What the law wants to know before an invoice is issued; and that invoices are mailed."""
    for issuer in cooperative.issuers:
        path = f"/billing/issuers/{issuer.member_id}/profile"
        await api.call("PUT", path, json=issuer.profile)
        path = f"/billing/issuers/{issuer.member_id}/mail-policy"
        await api.call("PUT", path, json={"invoices": True})
    for operation in cooperative.operations:
        path = f"/billing/operations/{operation.id}/accise-regime"
        await api.call("PUT", path, json=operation.accise_regime)


async def _agree_key(api: Api, operation: DemoOperation) -> None:
    key = operation.key
    for method, path, body in key_requests(operation.id, key.valid_from, key.definition):
        if path.endswith("/approval"):
            await _wait_until_points_are_known(api, path.removesuffix("/approval"))
        await api.call(method, path, json=body)


async def _wait_until_points_are_known(api: Api, key_path: str) -> None:
    async def known() -> bool:
        key = await api.call("GET", key_path)
        return not key["unknown_points"]

    await api.wait_until("allocation knows the points of the key", known)


async def _push_files(feed: Api, cooperative: Cooperative, progress: Progress) -> None:
    names = [name for operation in cooperative.operations for name in operation.files]
    deliveries = []
    for done, name in enumerate(names, start=1):
        content = (FILES / name).read_bytes()
        deliveries.append(
            await feed.call("POST", "/ingest/deliveries", files={"file": (name, content)})
        )
        progress("DSO files sent", done, len(names))

    async def recorded() -> bool:
        states = [await feed.call("GET", f"/ingest/deliveries/{one['id']}") for one in deliveries]
        for state in states:
            if state["status"] not in {"received", "recorded"}:
                raise DemoFailed(f"{state['file_name']} is {state['status']}: {state['problem']}")
        done = sum(state["status"] == "recorded" for state in states)
        progress("DSO files recorded", done, len(names))
        return bool(done == len(names))

    await feed.wait_until("the DSO files are recorded", recorded)


async def _close(api: Api, operation: DemoOperation, progress: Progress) -> ClosedMonth:
    await _wait_for_shares(api, operation, progress)
    base = f"/allocation/operations/{operation.id}"
    settled, drafted_stage = f"{operation.name} settled", f"{operation.name} drafted"
    progress(settled, 0, 1)
    await api.call("POST", f"{base}/settlements", json={"month": MONTH})
    progress(settled, 1, 1)
    progress(drafted_stage, 0, 1)
    drafted = await _draft(api, operation)
    progress(drafted_stage, 1, 1)
    ids = [invoice["id"] for invoice in drafted["invoices"]]
    progress(f"{operation.name} invoiced", 0, len(ids))
    issued = await api.call(
        "POST",
        "/billing/invoices/issue",
        json={"invoice_ids": ids, "issue_date": ISSUE_DATE.isoformat()},
    )
    progress(f"{operation.name} invoiced", len(issued), len(ids))
    return ClosedMonth(
        operation=operation,
        metered_wmin=await _metered(api, operation),
        summary=await api.call("GET", f"{base}/summary", params={"month": MONTH}),
        invoices=issued,
        self_supplied=drafted["self_supplied"],
    )


async def _metered(api: Api, operation: DemoOperation) -> Counter[str]:
    """What the meters of each direction counted in the month."""
    metered_wmin: Counter[str] = Counter()
    days = Month.parse(MONTH).days
    period = {"from_day": str(days[0]), "to_day": str(days[-1] + timedelta(days=1))}
    for one in operation.participations:
        path = f"/ingest/points/{one.prm}/load-curve"
        curve = await api.call("GET", path, params=period | {"direction": one.direction})
        metered_wmin[one.direction] += sum(
            power_w * block["step_min"] for block in curve["blocks"] for power_w in block["power_w"]
        )
    return metered_wmin


async def _wait_for_shares(api: Api, operation: DemoOperation, progress: Progress) -> None:
    async def allocated() -> bool:
        path = f"/allocation/operations/{operation.id}/days"
        answer = await api.answer("GET", path, params={"month": MONTH})
        if answer.is_error:  # the perimeter may not have reached allocation yet
            return api.not_yet(answer)
        days = answer.json()["days"]
        done = sum(day["status"] == "allocated" for day in days)
        progress(f"{operation.name} shared, days", done, len(days))
        return bool(done == len(days))

    await api.wait_until(f"the shares of {operation.name} are there", allocated)


async def _draft(api: Api, operation: DemoOperation) -> dict[str, Any]:
    """Draft the invoices, as soon as billing has heard of the settlement and of everyone."""
    path = f"/billing/operations/{operation.id}/months/{MONTH}/drafts"
    drafted: dict[str, Any] = {}

    async def ready() -> bool:
        nonlocal drafted
        answer = await api.answer("POST", path)
        if answer.is_error:
            return api.not_yet(answer)
        drafted = answer.json()
        return not drafted["blockers_to_issue"] or api.not_yet(answer)

    await api.wait_until(f"the invoices of {operation.name} can be drafted", ready, timeout_s=60)
    return drafted


async def _wait_for_mails(api: Api, months: Sequence[ClosedMonth], progress: Progress) -> None:
    total = sum(len(month.invoices) for month in months)

    async def sent() -> bool:
        messages = await api.call("GET", "/community/messages", params={"limit": 1000})
        done = sum(
            all(one["status"] == "sent" for one in message["recipients"])
            for message in messages
            if message["kind"] == "invoice"
        )
        progress("Invoices mailed", min(done, total), total)
        return done >= total

    await api.wait_until("the invoices are mailed", sent, timeout_s=120)
