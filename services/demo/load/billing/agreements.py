"""Sharing keys, prices, and what the law requires of sellers."""

from services.demo.api import Api
from services.demo.cooperative import Cooperative, DemoOperation
from services.demo.keys import key_requests


async def agree_keys_and_prices(api: Api, cooperative: Cooperative) -> None:
    for operation in cooperative.operations:
        await _agree_key(api, operation)
        await api.call(
            "PUT",
            f"/billing/operations/{operation.id}/prices",
            json={
                "entries": operation.price_list,
                "hour_classes": operation.hour_classes,
                "groups": [],
                "indexes": [],
                "fees": [],
                "discounts": [],
                "unknown_hours": "refuse",
            },
        )


async def record_tax_profiles(api: Api, cooperative: Cooperative) -> None:
    """Record what the law requires before an invoice is issued."""
    for issuer in cooperative.issuers:
        path = f"/billing/issuers/{issuer.member_id}/profile"
        await api.call("PUT", path, json=issuer.profile)
    for operation in cooperative.operations:
        path = f"/billing/operations/{operation.id}/accise-regime"
        await api.call("PUT", path, json=operation.accise_regime)


async def mail_invoices(api: Api, cooperative: Cooperative) -> None:
    """Have the invoices mailed that are issued from now on."""
    names = ["reminders", "pre_notifications", "reminders_when_due", "payment_notices", "payouts"]
    policy = dict.fromkeys(names, False)
    for issuer in cooperative.issuers:
        path = f"/billing/issuers/{issuer.member_id}/mail-policy"
        await api.call("PUT", path, json=policy | {"invoices": True})


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
