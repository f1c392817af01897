"""What becomes of coefficients that were deposited before a month: withdrawn, sent to the DSO."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest
from sqlalchemy.exc import IntegrityError

from libs.common.ports import free_port
from services.allocation.main import service
from tests.allocation.dso import SHARED, curve, results_of_day
from tests.allocation.test_coefficient_deposits import (
    BEFORE,
    DEFAULT,
    DEPOSIT,
    choose,
    listed,
    received,
    send_file,
    send_rules,
    url,
)
from tests.allocation.test_key_coefficients import file_of
from tests.allocation.world import MONTH, Allocation, Coop, get_json
from tests.support.alone import alone
from tests.support.auditing import audit_lines
from tests.support.clock import SetClock
from tests.support.platform import world_scope

NOW = datetime(2026, 9, 10, 8, tzinfo=UTC)
OVER = BEFORE | {"deposit_days": 22}
"""A choice by which the last day for October is over: 9 September."""


@pytest.fixture(scope=world_scope)
async def allocation(database_url: str) -> AsyncIterator[Allocation]:
    """In September 2026: the last day for the coefficients of October is the 16th."""
    silent_url = f"http://127.0.0.1:{free_port()}"
    async with alone(service, database_url, SetClock(NOW), pvgis_url=silent_url) as service_alone:
        yield Allocation(**vars(service_alone))


@pytest.fixture
async def deposited(operator: httpx.AsyncClient, coop: Coop) -> Coop:
    """A co-op with a dynamic key, and a deposit for October: half for Anna, at most."""
    await coop.set_key(operator, type="dynamic")
    await choose(operator, coop, MONTH, **BEFORE)
    assert (await send_rules(operator, coop, shares={coop.anna_home: "0.5"})).status_code == 201
    return coop


async def withdraw(client: httpx.AsyncClient, coop: Coop, number: int) -> httpx.Response:
    return await client.post(f"{url(coop)}/{number}/withdrawal")


async def submit(
    client: httpx.AsyncClient, coop: Coop, number: int, **body: object
) -> httpx.Response:
    return await client.post(f"{url(coop)}/{number}/submission", json=body)


async def state(client: httpx.AsyncClient, coop: Coop) -> str:
    return str((await listed(client, coop))["state"])


def slug(answer: httpx.Response) -> str:
    problem = answer.json()["type"].removeprefix("/problems/")
    return f"{answer.status_code} {problem}"


async def test_a_withdrawn_deposit_stays_as_it_was_and_counts_no_more(
    allocation: Allocation, operator: httpx.AsyncClient, deposited: Coop
) -> None:
    coop = deposited
    await allocation.tell(coop.readings())

    answer = await withdraw(operator, coop, 1)
    again = await withdraw(operator, coop, 1)

    assert (answer.status_code, again.status_code) == (201, 200)
    assert again.json() == answer.json()
    withdrawal = answer.json()
    assert (withdrawal["number"], withdrawal["kind"]) == (2, "withdrawal")
    assert withdrawal["consumers"] == []
    assert {withdrawal[name] for name in ("name", "sha256", "rules", "submission")} == {None}
    month = await listed(operator, coop)
    assert (month["state"], month["current"]) == ("withdrawn", None)
    assert [days["basis"] for days in month["shares_by"]] == [DEFAULT]
    assert (await operator.get(f"{url(coop)}/1/file")).status_code == 200
    assert (await operator.get(f"{url(coop)}/2/file")).status_code == 404
    (line,) = await audit_lines(
        operator,
        "allocation",
        entity="coefficient_deposit",
        entity_id=f"{coop.operation_id}/{MONTH}/2",
    )
    assert (line["after"]["kind"], line["subject"]) == ("withdrawal", "operator")


async def test_a_withdrawal_leaves_the_month_to_a_static_key(
    allocation: Allocation, operator: httpx.AsyncClient, deposited: Coop
) -> None:
    coop = deposited
    shares = {coop.anna_home: "0.2"}
    await coop.set_key(operator, MONTH + "-01", type="static", shares=shares, redistribute=False)
    assert await state(operator, coop) == "deposited"

    assert (await withdraw(operator, coop, 1)).status_code == 201

    assert await state(operator, coop) == "not_needed"
    await allocation.tell(coop.readings())
    assert await received(operator, coop) == {coop.anna_home: 5_400 * 48}


async def test_another_deposit_may_follow_a_withdrawal_even_of_the_same_file(
    operator: httpx.AsyncClient, deposited: Coop
) -> None:
    coop = deposited
    assert (await withdraw(operator, coop, 1)).is_success

    answer = await send_rules(operator, coop, shares={coop.anna_home: "0.5"})

    assert (answer.status_code, answer.json()["number"]) == (201, 3)
    month = await listed(operator, coop)
    assert (month["state"], month["current"]) == ("deposited", 3)
    assert [days["basis"] for days in month["shares_by"]] == [DEPOSIT | {"number": 3}]
    assert slug(await withdraw(operator, coop, 1)) == "409 deposit-not-current"


async def test_a_later_month_takes_no_deposit_that_was_withdrawn(
    operator: httpx.AsyncClient, deposited: Coop
) -> None:
    coop, carrying = deposited, BEFORE | {"without_deposit": "last_deposit"}
    await choose(operator, coop, "2026-11", **carrying)
    (basis,) = (await listed(operator, coop, "2026-11"))["shares_by"]
    assert basis["basis"] == {"basis": "last_deposit", "month": MONTH, "number": 1}

    assert (await withdraw(operator, coop, 1)).is_success

    (basis,) = (await listed(operator, coop, "2026-11"))["shares_by"]
    assert basis["basis"] == DEFAULT


async def test_that_the_dso_applied_a_withdrawn_deposit_is_recognised(
    allocation: Allocation, operator: httpx.AsyncClient, deposited: Coop
) -> None:
    coop = deposited
    assert (await withdraw(operator, coop, 1)).is_success
    assert (await send_rules(operator, coop, shares={coop.anna_home: "0.1"})).is_success
    assert (await withdraw(operator, coop, 3)).is_success
    await allocation.tell(coop.readings())
    curves = [curve(coop.anna_home, SHARED, 2_700), curve(coop.bruno_home, SHARED, 0)]
    await allocation.tell(results_of_day(coop, curves))

    comparison = await get_json(operator, f"{coop.url}/reconciliation?month={MONTH}")

    assert {finding["evidence"] for finding in comparison["findings"]} == {
        f"the DSO's split is that of deposit 3 of {MONTH}"
    }


async def test_nothing_is_withdrawn_after_the_last_day(
    operator: httpx.AsyncClient, deposited: Coop
) -> None:
    await choose(operator, deposited, MONTH, **OVER)

    assert slug(await withdraw(operator, deposited, 1)) == "409 deposit-late"
    month = await listed(operator, deposited)
    assert (month["state"], month["is_open"], month["last_day"]) == (
        "deposited",
        False,
        "2026-09-09",
    )


async def test_only_the_deposit_that_counts_is_withdrawn_or_sent(
    operator: httpx.AsyncClient, deposited: Coop
) -> None:
    coop = deposited
    assert (await send_rules(operator, coop, shares={coop.anna_home: "0.4"})).status_code == 201

    for step in (withdraw, submit):
        refused = await step(operator, coop, 1)
        assert slug(refused) == "409 deposit-not-current"
        assert refused.json()["current"] == 2
        assert slug(await step(operator, coop, 3)) == "404 deposit-unknown"
    assert (await withdraw(operator, coop, 2)).is_success
    refused = await submit(operator, coop, 2)
    assert (slug(refused), refused.json()["current"]) == ("409 deposit-not-current", None)


async def test_that_the_dso_has_a_deposit_is_recorded_once(
    allocation: Allocation, operator: httpx.AsyncClient, deposited: Coop
) -> None:
    coop = deposited
    async with allocation.client("organiser", operations=[coop.operation_id]) as organiser:
        answer = await submit(organiser, coop, 1, note="By the portal, answer 4711")
    again = await submit(operator, coop, 1, note="Another")

    assert (answer.status_code, again.status_code) == (201, 200)
    sent = answer.json()
    assert again.json() == sent
    assert (sent["recorded_by"], sent["note"]) == ("organiser", "By the portal, answer 4711")
    assert sent["sent_at"] == sent["recorded_at"]
    assert await state(operator, coop) == "submitted"
    assert (await get_json(operator, f"{url(coop)}/1"))["submission"] == answer.json()
    (line,) = await audit_lines(
        operator,
        "allocation",
        entity="deposit_submission",
        entity_id=f"{coop.operation_id}/{MONTH}/1",
    )
    assert line["subject"] == "organiser"
    for change in ("UPDATE deposit_submission SET note = ''", "DELETE FROM deposit_submission"):
        with pytest.raises(IntegrityError, match="deposits never change"):
            await allocation.change(change)


async def test_what_follows_a_sent_deposit_is_not_sent(
    operator: httpx.AsyncClient, deposited: Coop
) -> None:
    coop = deposited
    assert (await submit(operator, coop, 1)).is_success

    assert (await send_rules(operator, coop, shares={coop.anna_home: "0.4"})).is_success

    month = await listed(operator, coop)
    assert month["state"] == "deposited"
    assert [entry["submission"] is None for entry in month["deposits"]] == [False, True]


async def test_a_deposit_is_recorded_as_sent_at_any_time_that_is_past(
    operator: httpx.AsyncClient, deposited: Coop
) -> None:
    """Who deposited it elsewhere sent it before it came here."""
    refused = await submit(operator, deposited, 1, sent_at="2026-09-11T08:00:00Z")
    sent = await submit(operator, deposited, 1, sent_at="2026-09-09T09:30:00+02:00")

    assert slug(refused) == "409 submission-misdated"
    assert sent.json()["sent_at"] == "2026-09-09T07:30:00Z"
    assert datetime.fromisoformat(sent.json()["recorded_at"]) >= NOW


async def test_no_deposit_counts_where_the_month_was_given_to_its_readings(
    operator: httpx.AsyncClient, deposited: Coop
) -> None:
    await choose(operator, deposited, MONTH, **BEFORE | {"regime": "after_the_month"})

    refused = await submit(operator, deposited, 1)

    assert (slug(refused), refused.json()["current"]) == ("409 deposit-not-current", None)
    assert slug(await withdraw(operator, deposited, 1)) == "409 deposit-not-taken"


async def test_days_that_are_metered_already_follow_a_deposit_and_its_withdrawal(
    allocation: Allocation, operator: httpx.AsyncClient, deposited: Coop
) -> None:
    coop = deposited
    await allocation.tell(coop.readings())
    assert await received(operator, coop) == {coop.anna_home: 12_000 * 48}

    assert (await send_rules(operator, coop, shares={coop.anna_home: "0.1"})).is_success
    await allocation.settle()
    assert await received(operator, coop) == {coop.anna_home: 2_700 * 48}

    assert (await withdraw(operator, coop, 2)).is_success
    await allocation.settle()
    by_rule = {coop.anna_home: 9_000 * 48, coop.bruno_home: 18_000 * 48}
    assert await received(operator, coop) == by_rule


async def test_that_the_dso_kept_a_withdrawn_deposit_is_recognised_under_a_key_of_its_own(
    allocation: Allocation, operator: httpx.AsyncClient, deposited: Coop
) -> None:
    coop = deposited
    shares = {coop.anna_home: "0.2"}
    await coop.set_key(operator, MONTH + "-01", type="static", shares=shares, redistribute=False)
    assert (await withdraw(operator, coop, 1)).is_success
    await allocation.tell(coop.readings())
    curves = [curve(coop.anna_home, SHARED, 12_000), curve(coop.bruno_home, SHARED, 0)]
    await allocation.tell(results_of_day(coop, curves))

    comparison = await get_json(operator, f"{coop.url}/reconciliation?month={MONTH}")

    assert {finding["evidence"] for finding in comparison["findings"]} == {
        f"the DSO's split is that of deposit 1 of {MONTH}"
    }


async def test_the_list_says_how_far_a_month_is_and_leaves_out_the_rules(
    operator: httpx.AsyncClient, coop: Coop
) -> None:
    await coop.set_key(operator, type="dynamic")
    assert await state(operator, coop) == "not_taken"
    await choose(operator, coop, MONTH, **BEFORE)
    assert await state(operator, coop) == "awaited"
    assert (await send_rules(operator, coop, shares={coop.anna_home: "0.5"})).is_success
    file = file_of({coop.anna_home: "40", coop.bruno_home: "0"})
    assert (await send_file(operator, coop, file)).is_success

    month: dict[str, Any] = await listed(operator, coop)
    assert (month["state"], month["is_open"], month["last_day"]) == (
        "deposited",
        True,
        "2026-09-16",
    )
    assert [entry["kind"] for entry in month["deposits"]] == ["calendar", "file"]
    assert all("rules" not in entry for entry in month["deposits"])
    assert (await get_json(operator, f"{url(coop)}/1"))["rules"] is not None
    assert [days["basis"] for days in month["shares_without_deposit_by"]] == [DEFAULT]


async def test_a_month_without_a_deposit_in_time_is_missed(
    operator: httpx.AsyncClient, coop: Coop
) -> None:
    await coop.set_key(operator, type="dynamic")
    await choose(operator, coop, MONTH, **OVER)

    assert await state(operator, coop) == "missed"


@pytest.mark.parametrize(
    ("definition", "expected"),
    [({"type": "full_dynamic"}, "not_taken"), ({"type": "default_dynamic"}, "not_needed")],
)
async def test_a_month_for_which_nothing_can_be_deposited_waits_for_nothing(
    operator: httpx.AsyncClient, coop: Coop, definition: dict[str, Any], expected: str
) -> None:
    await coop.set_key(operator, **definition)
    await choose(operator, coop, MONTH, **BEFORE)

    month = await listed(operator, coop)
    assert (month["state"], month["is_open"], month["last_day"]) == (expected, False, None)


async def test_only_who_runs_the_operation_withdraws_and_sends(
    allocation: Allocation, deposited: Coop
) -> None:
    coop = deposited
    async with allocation.client("organiser", operations=["ACC00000000"]) as stranger:
        assert (await withdraw(stranger, coop, 1)).status_code == 403
        assert (await submit(stranger, coop, 1)).status_code == 403
    async with allocation.client("member", member_id=str(coop.anna)) as member:
        assert (await withdraw(member, coop, 1)).status_code == 403
        assert (await submit(member, coop, 1)).status_code == 403
