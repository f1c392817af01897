"""Each route of ingest that changes something leaves a line in the audit log."""

import httpx

from tests.community.coop import new_prm
from tests.ingest.lacking import day_of, given_point_with_curve, last_month
from tests.ingest.test_audit import given_quarantined
from tests.support.auditing import Auditor, changing_routes
from tests.support.platform import Platform
from tests.support.waiting import until

_SILENT = {
    "POST /ingest/parked-events/{event_id}/replay": "needs a parked event: it has its line in"
    " tests/common/test_parked_routes.py",
    "POST /ingest/deliveries": "a delivery is itself a record of who sent what",
    "POST /ingest/operations/{operation_id}/flags/renewal": "flags are computed from curves and"
    " rules, and the latter are followed",
    "POST /ingest/pulls": "needs an API: tests/ingest/pulls/test_pull_routes.py asks for its line",
}
"""Routes that leave no line here, and why."""


async def test_whatever_changes_something_leaves_a_line(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    auditor = Auditor(operator, "ingest")

    await _set_rules(auditor)
    await _decide(platform, auditor)
    await _fill_gaps(platform, auditor)
    await _purge(auditor)

    assert changing_routes("ingest") - await auditor.routes() == set(_SILENT)


async def _set_rules(auditor: Auditor) -> None:
    """Those of the platform end as other tests have them."""
    for rules in ({"spike": {"except_prms": [new_prm()]}}, {"gap": {"action": "flag"}}):
        await auditor.ask("PUT", "/validation", json={"rules": rules})


async def _decide(platform: Platform, auditor: Auditor) -> None:
    delivery = await given_quarantined(platform, auditor.client, *[99_000] * 4)
    url = f"/deliveries/{delivery['id']}/quarantine"
    records = (await auditor.client.get(f"/ingest{url}")).json()
    names = ("prm", "direction", "start", "step_min")
    correction = {name: records[0]["reading"][name] for name in names} | {"power_w": 7}
    because = {"because": "seen on the meter"}
    await auditor.ask("POST", f"{url}/1/correction", json=correction | because)
    await auditor.ask("POST", f"{url}/2/release", json={})
    await auditor.ask("POST", f"{url}/3/discard", json=because)
    await auditor.ask("POST", f"{url}/release", json={"code": "spike", **because})
    other = await given_quarantined(platform, auditor.client, 99_000)
    discarding = f"/deliveries/{other['id']}/quarantine/discard"
    await auditor.ask("POST", discarding, json={"code": "spike", **because})


async def _fill_gaps(platform: Platform, auditor: Auditor) -> None:
    operation_id, _ = await given_point_with_curve(
        platform, auditor.client, [day_of(1)], without=[5], valid_to=f"{day_of(4)}"
    )
    url = f"/operations/{operation_id}"
    await auditor.ask("PUT", f"{url}/validation", json={"rules": {"gap": {"action": "off"}}})
    month = {"month": str(last_month())}
    asked = await auditor.ask("POST", f"{url}/re-requests", params=month)
    path = f"{url}/re-requests/{asked['re_requests'][0]['id']}"
    await auditor.ask("POST", f"{path}/attempts")
    await auditor.ask("DELETE", path)
    policy = {"methods": ["interpolation"], "interpolation_max_min": 60}
    await auditor.ask("PUT", f"{url}/estimation-policy", json=policy)
    filled = await auditor.ask("POST", f"{url}/estimations", json=month)
    await auditor.ask("DELETE", f"{url}/estimations/{filled['id']}")


async def _purge(auditor: Auditor) -> None:
    """Once what the service purged of itself today is over, as staff only have it done again."""
    await until("a purge is over", lambda: _is_purged(auditor.client))
    await auditor.ask("POST", "/purges")


async def _is_purged(client: httpx.AsyncClient) -> bool:
    purges = (await client.get("/ingest/purges")).json()
    return any(purge["finished_at"] for purge in purges)
