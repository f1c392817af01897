import httpx
import pytest

from services.allocation.store.stale import lock_operations, mark_stale
from tests.allocation.dso import same
from tests.allocation.world import DAY, MONTH, Allocation, Coop


@pytest.mark.parametrize("form", ["", ".csv", ".parquet"])
async def test_without_results_of_the_dso_there_is_nothing_to_compare(
    operator: httpx.AsyncClient, ready: Coop, form: str
) -> None:
    answer = await operator.get(f"{ready.url}/reconciliation{form}", params={"month": MONTH})
    assert (answer.status_code, answer.json()["type"]) == (404, "/problems/dso-results-missing")
    other = await operator.get(f"{ready.url}/reconciliation{form}", params={"month": "2026-13"})
    assert (other.status_code, other.json()["type"]) == (422, "/problems/month-malformed")


async def test_an_operation_that_nobody_knows_has_no_reconciliation(
    operator: httpx.AsyncClient,
) -> None:
    answer = await operator.get(f"{Coop().url}/reconciliation", params={"month": MONTH})
    assert (answer.status_code, answer.json()["type"]) == (404, "/problems/operation-unknown")


async def test_a_day_that_waits_is_to_be_asked_for_again(
    allocation: Allocation, operator: httpx.AsyncClient, ready: Coop
) -> None:
    await allocation.tell(same(ready))
    async with (
        allocation.platform.database("allocation") as database,
        database.transaction() as held,
    ):
        # No worker takes a mark of an operation that is being changed.
        await lock_operations(held, [ready.operation_id])
        async with database.transaction() as session:
            await mark_stale(session, [(ready.operation_id, DAY)])
        answer = await operator.get(f"{ready.url}/reconciliation", params={"month": MONTH})
    assert (answer.status_code, answer.json()["type"]) == (409, "/problems/days-waiting")
    assert answer.json()["days"] == ["2026-10-12"]
    await allocation.settle()
    again = await operator.get(f"{ready.url}/reconciliation", params={"month": MONTH})
    assert again.status_code == 200


@pytest.mark.parametrize("form", ["", ".csv", ".parquet"])
async def test_only_runners_of_the_operation_see_it(
    allocation: Allocation, ready: Coop, form: str
) -> None:
    await allocation.tell(same(ready))
    url, params = f"{ready.url}/reconciliation{form}", {"month": MONTH}
    async with allocation.client("organiser", operations=[ready.operation_id]) as organiser:
        assert (await organiser.get(url, params=params)).status_code == 200
    async with allocation.client("organiser", operations=["ACC00000000"]) as organiser:
        assert (await organiser.get(url, params=params)).status_code == 403
    async with allocation.client("member", member_id=str(ready.anna)) as anna:
        assert (await anna.get(url, params=params)).status_code == 403
    async with allocation.client("feed") as feed:
        assert (await feed.get(url, params=params)).status_code == 403
