"""Organiser, members, points, operations, and the accounts."""

import asyncio
from typing import Any

from services.demo.api import Api
from services.demo.cooperative import Cooperative, DemoMember, DemoOperation
from services.demo.load.people import LogIns
from services.demo.load.progress import ReportProgress


async def record_community(api: Api, cooperative: Cooperative, progress: ReportProgress) -> None:
    organiser = cooperative.organiser
    await api.call(
        "PUT",
        f"/community/organisers/{organiser.id}",
        json={"name": organiser.name, "address": organiser.address},
    )
    for done_count, member in enumerate(cooperative.members, start=1):
        await _record_member(api, member)
        progress("Members", done_count, len(cooperative.members))
    for operation in cooperative.operations:
        body = operation.model_dump(
            mode="json", include={"name", "organiser_id", "step_min", "valid_from"}
        )
        body["step_changes"] = []
        await api.call("PUT", f"/community/operations/{operation.id}", json=body)
        await _record_perimeter(api, operation, progress)


async def _record_member(api: Api, member: DemoMember) -> None:
    body = member.model_dump(mode="json", exclude={"id"})
    body |= {"language": "fr", "delivery_address": None}
    await api.call("PUT", f"/community/members/{member.id}", json=body)


async def _record_perimeter(api: Api, operation: DemoOperation, progress: ReportProgress) -> None:
    total = len(operation.participations)
    for done_count, point in enumerate(operation.participations, start=1):
        power_w = None if point.installed_kw is None else point.installed_kw * 1000
        body = {
            "label": point.label,
            "subscribed_power_va": None,
            "installed_power_w": power_w,
            "production_kind": "solar" if point.direction == "production" else None,
        }
        await api.call("PUT", f"/community/points/{point.prm}", json=body)
        progress(f"{operation.name} points", done_count, total)
    await api.call(
        "PUT",
        f"/community/operations/{operation.id}/participations",
        json=[
            point.model_dump(
                mode="json", include={"prm", "direction", "member_id", "valid_from", "valid_to"}
            )
            for point in operation.participations
        ],
    )


async def open_accounts(api: Api, cooperative: Cooperative, log_ins: LogIns) -> None:
    ids = {member.email: str(member.id) for member in cooperative.members}
    emails = [log_ins.member, *(shown.email for shown in log_ins.cases)]
    accounts: dict[str, dict[str, Any]] = {
        log_ins.organiser: {
            "roles": ["organiser"],
            "operations": [operation.id for operation in cooperative.operations],
        },
        **{email: {"roles": ["member"], "member_id": ids[email]} for email in emails},
        log_ins.feed: {"roles": ["feed"]},
    }
    # At once: to make a password is meant to take long, and each is made by a thread of its own.
    await asyncio.gather(
        *(_open_account(api, email, account, log_ins) for email, account in accounts.items())
    )


async def _open_account(api: Api, email: str, account: dict[str, Any], log_ins: LogIns) -> None:
    rights = {"operations": [], "member_id": None, "disabled": False} | account
    await api.call("PUT", f"/community/accounts/{email}", json=rights)
    await log_ins.give_password(email, log_ins.password)
