"""When an operation sets its coefficients, through the API."""

from typing import Any

import httpx
import pytest

from tests.allocation.world import Allocation, Coop
from tests.support.auditing import audit_lines

BEFORE = {
    "regime": "before_the_month",
    "deposit_days": 15,
    "without_deposit": "last_deposit",
    "automatic_deposit_days": 5,
}


def url(coop: Coop) -> str:
    return f"{coop.url}/coefficient-regimes"


async def shown(client: httpx.AsyncClient, coop: Coop, month: str) -> Any:  # noqa: ANN401 - JSON
    answer = await client.get(url(coop), params={"month": month})
    assert answer.status_code == 200, answer.text
    return answer.json()


async def test_without_a_choice_the_default_holds_and_says_that_nobody_has_read_the_law(
    operator: httpx.AsyncClient, coop: Coop
) -> None:
    regimes = await shown(operator, coop, "2026-12")

    assert regimes["choices"] == []
    assert regimes["in_force"] == {
        "month": "2026-12",
        "regime": "after_the_month",
        "is_default": True,
        "is_verified": False,
        "deposit_by": None,
        "without_deposit": "default_key",
        "automatic_deposit_on": None,
    }
    default, announced = regimes["national"]
    assert (default["regime"], default["verified_on"]) == ("after_the_month", None)
    assert (announced["regime"], announced["start"]) == ("before_the_month", None)
    assert "2026-561" in announced["source"]
    ranks = next(entry for entry in regimes["applications"] if entry["key_type"] == "priority")
    assert ranks["before_the_month"] == "not_at_all"


async def test_a_choice_begins_with_a_month_and_replaces_one_of_the_same_month(
    operator: httpx.AsyncClient, coop: Coop
) -> None:
    for days in (10, 15):
        body = BEFORE | {"deposit_days": days}
        answer = await operator.put(f"{url(coop)}/2099-01", json=body)
        assert answer.status_code == 200, answer.text

    regimes = await shown(operator, coop, "2099-01")
    assert regimes["choices"] == [{"from_month": "2099-01", **BEFORE}]
    assert regimes["in_force"]["deposit_by"] == "2098-12-17"
    assert regimes["in_force"]["automatic_deposit_on"] == "2098-12-12"
    assert not regimes["in_force"]["is_default"]
    december = await shown(operator, coop, "2098-12")
    assert december["in_force"]["regime"] == "after_the_month"


@pytest.mark.parametrize(
    ("month", "body", "status"),
    [
        ("2099-13", BEFORE, 422),
        ("2099-01", BEFORE | {"deposit_days": 61}, 422),
        ("2099-01", BEFORE | {"deposit_days": -1}, 422),
        ("2099-01", BEFORE | {"automatic_deposit_days": 61}, 422),
        ("2099-01", BEFORE | {"automatic_deposit_days": -1}, 422),
        ("2099-01", BEFORE | {"regime": "sometimes"}, 422),
        ("2099-01", {"regime": "before_the_month"}, 422),
    ],
)
async def test_what_is_no_choice_is_refused(
    operator: httpx.AsyncClient, coop: Coop, month: str, body: dict[str, Any], status: int
) -> None:
    answer = await operator.put(f"{url(coop)}/{month}", json=body)
    assert answer.status_code == status, answer.text


async def test_what_shares_a_month_that_has_begun_cannot_be_chosen(
    operator: httpx.AsyncClient, coop: Coop
) -> None:
    refused = await operator.put(f"{url(coop)}/2026-01", json=BEFORE)

    assert refused.status_code == 409
    assert refused.json()["type"] == "/problems/regime-too-late"
    assert refused.json()["detail"].endswith(f"Choose from {refused.json()['first_month']} on.")
    assert (await shown(operator, coop, "2026-01"))["choices"] == []


async def test_only_who_runs_the_operation_chooses_and_reads(
    allocation: Allocation, coop: Coop
) -> None:
    async with allocation.client("organiser", operations=[coop.operation_id]) as organiser:
        assert (await organiser.put(f"{url(coop)}/2099-01", json=BEFORE)).status_code == 200
    async with allocation.client("organiser", operations=["ACC00000000"]) as stranger:
        assert (await stranger.put(f"{url(coop)}/2099-01", json=BEFORE)).status_code == 403
        assert (await stranger.get(url(coop), params={"month": "2099-01"})).status_code == 403


async def test_a_choice_leaves_a_line_in_the_audit_log(
    operator: httpx.AsyncClient, coop: Coop
) -> None:
    await operator.put(f"{url(coop)}/2099-01", json=BEFORE)

    (line,) = await audit_lines(
        operator,
        "allocation",
        entity="coefficient_regime",
        entity_id=f"{coop.operation_id}/2099-01",
    )

    assert line["after"]["regime"] == "before_the_month"
