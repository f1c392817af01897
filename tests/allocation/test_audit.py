"""The audit log of allocation: who set and asked for what, each changing route, and no curve."""

from typing import Any
from uuid import uuid4

import httpx
import pytest

from tests.allocation.simulating import URL, ask, asked, until_over
from tests.allocation.test_key_coefficients import file_of, halves, key_of, upload
from tests.allocation.test_simulation_runs import crashed
from tests.allocation.world import MONTH, Allocation, Coop
from tests.support.auditing import Auditor, audit_lines, changing_routes, unwatched_tables

_DERIVED = "follows from readings, keys and the perimeter"
_TOLD = "told by other services, where it is watched"
_EVENTS = "events, which are on the log"
_UNWATCHED = {
    "alembic_version": "of the deployment",
    "told_day": "over whom a day's sums were first told; the looks are noted",
    "outbox": _EVENTS,
    "inbox": _EVENTS,
    "perimeter": _TOLD,
    "member": _TOLD,
    "consent_list": _TOLD,
    "reading_block": _TOLD,
    "dso_result_day": _TOLD,
    "dso_result_curve": _TOLD,
    "dso_result_month": _TOLD,
    "dso_result_energy": _TOLD,
    "adoption": _TOLD,
    "key_poll": _TOLD,
    "key_preview": _DERIVED,
    "key_preview_part": _DERIVED,
    "challenge": _TOLD,
    "challenge_entry": _TOLD,
    "kept_reconciliation": _DERIVED,
    "stale_day": _DERIVED,
    "stale_deposit_months": _DERIVED,
    "told_deposit_month": _DERIVED,
    "day_status": _DERIVED,
    "month_days": _DERIVED,
    "point_day": _DERIVED,
    "share_block": _DERIVED,
    "stale_settlement": _DERIVED,
    "settlement_input": "never changes, and is known by its hash",
    "key_coefficient": "the files that they come from are watched",
    "deposited_coefficient": "the deposits that they come from are watched",
    "purge": "is itself a record",
    "share_access": "is itself a record, of who looked",
}
"""Tables whose changes leave no line, and why."""


_PREVIEW = "POST /allocation/operations/{operation_id}/coefficient-deposits/{month}"
_SILENT = {
    "POST /allocation/parked-events/{event_id}/replay": "needs a parked event: it has its line in"
    " tests/common/test_parked_routes.py",
    f"{_PREVIEW}/rules/preview": "it keeps nothing",
    f"{_PREVIEW}/file/preview": "it keeps nothing",
    f"{_PREVIEW}/forecast/preview": "it keeps nothing",
}
"""Routes that leave no line, and why."""


@pytest.fixture
async def auditor(operator: httpx.AsyncClient) -> Auditor:
    return Auditor(operator, "allocation")


async def test_every_table_is_watched_unless_it_is_named_here(allocation: Allocation) -> None:
    unwatched = await unwatched_tables(allocation.platform, "allocation")

    assert unwatched == set(_UNWATCHED), (
        "a migration that makes a table says SELECT audit.watch('the table')"
    )


async def test_whatever_changes_something_leaves_a_line(
    allocation: Allocation, operator: httpx.AsyncClient, auditor: Auditor, coop: Coop
) -> None:
    await coop.set_key(operator, type="priority", ranks=[[coop.bruno_home], [coop.anna_home]])
    await allocation.tell(*coop.month_of_readings())
    await _settle(operator, coop)
    await _simulate(allocation, operator, coop)
    await _share(operator, coop)

    assert changing_routes("allocation") - await auditor.routes() == set(_SILENT)


async def _settle(operator: httpx.AsyncClient, coop: Coop) -> None:
    body = {"month": MONTH, "note": "by e-mail"}
    assert (await coop.close(operator)).is_success
    sent = await operator.post(f"{coop.url}/coefficients/submissions", json=body)
    assert sent.is_success, sent.text


async def _simulate(allocation: Allocation, operator: httpx.AsyncClient, coop: Coop) -> None:
    body = asked(coop, search={"maximise": "savings", "min_coverage_ratio": 0.9})
    location = await ask(operator, body)
    await until_over(operator, location)
    draft = await operator.post(f"{location}/proposals/1/draft", json={"valid_from": "2027-01-01"})
    assert draft.is_success, draft.text
    assert (await operator.delete(location)).is_success
    async with allocation.platform.database("allocation") as database:
        location = await ask(operator, body)
        await until_over(operator, location)
        async with crashed(database, location, state="'queued'", attempt="0") as simulation_id:
            cancelling = await operator.post(f"{URL}/{simulation_id}/cancellation")
    assert cancelling.json()["state"] == "cancelled"


async def _share(operator: httpx.AsyncClient, coop: Coop) -> None:
    policy = (await operator.get(f"{coop.url}/policy")).json()
    policy = {name: value for name, value in policy.items() if name != "operation_id"}
    answer = await operator.put(f"{coop.url}/policy", json=policy | {"notice_days": 5})
    assert answer.is_success, answer.text
    key = await key_of(operator, coop)
    assert (await upload(operator, key, file_of(halves(coop)))).is_success
    regime = {
        "regime": "before_the_month",
        "deposit_days": 15,
        "without_deposit": "last_deposit",
        "automatic_deposit_days": None,
    }
    chosen = await operator.put(f"{coop.url}/coefficient-regimes/2099-01", json=regime)
    assert chosen.is_success, chosen.text
    await _deposit(operator, coop)
    draft = await coop.draft_key(operator, "2028-01-01")
    assert (await operator.delete(draft)).is_success


async def _deposit(operator: httpx.AsyncClient, coop: Coop) -> None:
    url = f"{coop.url}/coefficient-deposits/2099-01"
    rules = {"shares": {coop.anna_home: "0.5"}}
    by_rules = await operator.post(f"{url}/rules", json={"rules": rules})
    assert by_rules.is_success, by_rules.text
    by_forecast = await operator.post(f"{url}/forecast", json={"expected": {}})
    assert by_forecast.is_success, by_forecast.text
    by_file = await operator.post(
        f"{url}/file",
        content=file_of(halves(coop), month="2099-01").encode(),
        headers={"Content-Type": "text/plain"},
    )
    assert by_file.is_success, by_file.text
    sent = await operator.post(f"{url}/3/submission", json={})
    assert sent.is_success, sent.text
    withdrawn = await operator.post(f"{url}/3/withdrawal")
    assert withdrawn.is_success, withdrawn.text


async def test_a_key_tells_who_took_it_on_and_what_it_was_before(
    operator: httpx.AsyncClient, coop: Coop
) -> None:
    url = await coop.draft_key(operator)
    await operator.post(f"{url}/approval", json={})

    key_id = f"{coop.operation_id}/{url.rsplit('/', 1)[-1]}"
    approved, drafted = await audit_lines(
        operator, "allocation", entity="sharing_key", entity_id=key_id
    )

    assert approved["roles"] == ["operator"]
    assert approved["subject"] == approved["after"]["approved_by"]
    assert (approved["before"]["state"], approved["after"]["state"]) == ("draft", "approved")
    assert (drafted["action"], drafted["after"]["definition"]) == (
        "insert",
        {"type": "default_dynamic"},
    )


async def test_a_file_of_coefficients_is_known_by_its_hash_and_no_number_is_told(
    operator: httpx.AsyncClient, coop: Coop
) -> None:
    key = await key_of(operator, coop)
    await upload(operator, key, file_of(halves(coop)))
    await upload(operator, key, file_of(halves(coop)))
    other = dict(zip(halves(coop), ("44,0", "56,0"), strict=True))
    await upload(operator, key, file_of(other))

    lines = await audit_lines(operator, "allocation", entity="key_coefficient_file")
    mine = [line for line in lines if key.rsplit("/", 1)[-1] in line["entity_id"]]

    hashes = [line["after"].get("sha256") for line in mine]
    assert hashes[0] not in {None, hashes[-1]}
    assert mine[-1]["action"] == "insert"
    assert "44,0" not in str(mine)
    assert "440000000" not in str(mine)


async def test_what_the_service_does_by_itself_to_simulations_leaves_no_line(
    operator: httpx.AsyncClient, read_coop: Coop
) -> None:
    location = await ask(operator, asked(read_coop))
    await until_over(operator, location)

    (line,) = await audit_lines(
        operator, "allocation", entity="simulation", entity_id=location.removeprefix(f"{URL}/")
    )

    assert (line["action"], line["after"]["state"]) == ("insert", "queued")
    assert read_coop.roof not in str(line)


@pytest.mark.parametrize("role", ["organiser", "member", "feed"])
async def test_only_staff_read_it(allocation: Allocation, coop: Coop, role: str) -> None:
    claims: dict[str, dict[str, Any]] = {
        "organiser": {"operations": [coop.operation_id]},
        "member": {"member_id": str(uuid4())},
    }
    async with allocation.client(role, **claims.get(role, {})) as client:
        assert (await client.get("/allocation/audit")).status_code == 403
