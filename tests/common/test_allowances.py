"""Buckets that empty by asking and fill again with time."""

from uuid import uuid4

import httpx
import pytest

from libs.common.http.allowances import Allowances, AllowanceSpent
from tests.community.coop import beside, logged_in
from tests.support.platform import Platform
from tests.support.routes import all_routes


class _Seconds:
    def __init__(self) -> None:
        self.now_s = 1000.0

    def __call__(self) -> float:
        return self.now_s


@pytest.fixture
def seconds() -> _Seconds:
    return _Seconds()


def test_who_has_spent_it_waits_until_it_is_back(seconds: _Seconds) -> None:
    allowances = Allowances(monotonic=seconds)
    waits = [allowances.take("a", 1, at_once=3, refill_s=2) for _ in range(4)]
    seconds.now_s += 2
    later = [allowances.take("a", 1, at_once=3, refill_s=2) for _ in range(2)]

    assert (waits, later) == ([0, 0, 0, 2], [0, 2])


def test_who_asks_while_waiting_waits_no_longer(seconds: _Seconds) -> None:
    allowances = Allowances(monotonic=seconds)

    waits = [allowances.take("a", 5, at_once=5, refill_s=2) for _ in range(50)]

    assert waits == [0] + [10] * 49


def test_a_pause_never_gives_more_than_the_bucket_holds(seconds: _Seconds) -> None:
    allowances = Allowances(monotonic=seconds)
    allowances.take("a", 1, at_once=3, refill_s=2)
    seconds.now_s += 1_000_000

    assert [allowances.take("a", 1, at_once=3, refill_s=2) for _ in range(4)] == [0, 0, 0, 2]


def test_what_costs_more_than_a_bucket_is_given_when_it_is_full(seconds: _Seconds) -> None:
    allowances = Allowances(monotonic=seconds)

    waits = [allowances.take("a", 5, at_once=1, refill_s=2) for _ in range(2)]

    assert waits == [0, 10]


def test_each_has_an_own_bucket_and_there_are_so_many_at_most(seconds: _Seconds) -> None:
    allowances = Allowances(most_keys=100, monotonic=seconds)
    for number in range(10_000):
        assert allowances.take(f"{number}", 1, at_once=1, refill_s=60) == 0

    assert len(allowances._full_at_s) == 100
    assert allowances.take("9999", 1, at_once=1, refill_s=60) == 60


def test_who_waits_is_told_how_long(seconds: _Seconds) -> None:
    allowances = Allowances(monotonic=seconds)
    allowances.spend("a", 20, at_once=20)

    with pytest.raises(AllowanceSpent) as refusal:
        allowances.spend("a", 2, at_once=20)

    assert refusal.value.facts == {"retry_after_s": 4}
    assert refusal.value.detail.endswith("try again in 4 seconds.")


async def test_l6_what_costs_much_is_for_so_often_and_for_each_account(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    path = f"/community/members/{uuid4()}/data.zip"
    async with (
        beside(platform, costly_at_once=4) as here,
        here.client(await platform.operator_token()) as client,
        logged_in(here, operator, "operator") as other,
    ):
        statuses = [(await client.get(path)).status_code for _ in range(2)]
        refused = await client.get(path)
        cheap = await client.get("/community/me")
        elsewhere = await other.get(path)

    assert statuses == [404, 404]
    assert (refused.status_code, refused.json()["type"]) == (429, "/problems/allowance-spent")
    assert refused.headers["retry-after"] in {"3", "4"}
    assert refused.json()["retry_after_s"] == int(refused.headers["retry-after"])
    assert (cheap.status_code, elsewhere.status_code) == (200, 404)


_COSTLY = {
    "/billing/invoices/{invoice_id}.pdf",
    "/billing/operations/{operation_id}/months/{month}/price-previews",
    "/billing/operations/{operation_id}/months/{month}/statements.pdf",
    "/billing/operations/{operation_id}/yearly-report.pdf",
    "/community/members/{member_id}/capital/{organiser_id}/certificate.pdf",
    "/community/me/data.zip",
    "/allocation/operations/{operation_id}/coefficient-deposits/{month}/forecast/preview",
    "/allocation/simulations",
    "/ingest/deliveries",
}


def test_l6_routes_that_cost_much_say_so() -> None:
    paths = {
        route.path
        for route in all_routes()
        if "allowance-spent" in str(route.operation["responses"].get("429"))
    }

    assert paths >= _COSTLY
    exports = {route.path for route in all_routes() if route.path.endswith((".csv", ".parquet"))}
    assert exports <= paths
