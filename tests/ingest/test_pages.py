"""Lists that grow are read page by page: nothing comes twice, and nothing is lost."""

import secrets

import httpx

from tests.community.coop import new_prm
from tests.ingest.delivering import given_participation, pushed, until_covered
from tests.ingest.lacking import curve, day_of, last_month
from tests.support.curves import SUMMER_DAY, curve_file
from tests.support.pages import read_pages
from tests.support.platform import Platform


async def test_estimations_are_pages_with_the_newest_first(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    prm = new_prm()
    operation_id, _ = await given_participation(operator, prm)
    await until_covered(platform, prm)
    url = f"/ingest/operations/{operation_id}/estimations"
    made = []
    for _ in range(3):
        answer = await operator.post(url, json={"month": str(last_month())})
        assert answer.status_code == 201, answer.text
        made.append(answer.json()["id"])

    pages = await read_pages(operator, url, limit=2, cursor="before")

    assert [[row["id"] for row in page] for page in pages] == [made[:0:-1], made[:1]]
    elsewhere, _ = await given_participation(operator, new_prm())
    path = f"/ingest/operations/{elsewhere}/estimations"
    foreign = await operator.get(path, params={"before": made[0]})
    assert (foreign.status_code, foreign.json()["type"]) == (404, "/problems/estimation-unknown")


async def test_points_that_wait_are_pages_by_prm_and_direction(
    operator: httpx.AsyncClient,
) -> None:
    # One after the other, so that nobody else's point lies between.
    ten = new_prm()[:-1]
    before, first, second = (f"{ten}{digit}" for digit in "012")
    for prm, direction in ((second, "CONS"), (first, "PROD"), (first, "CONS")):
        await pushed(operator, curve(prm, [day_of(1)], direction=direction))
    url = "/ingest/held"

    params = {"after": f"{before}-production", "limit": "2"}
    page = (await operator.get(url, params=params)).json()
    rest = (await operator.get(url, params={"after": page[-1]["id"], "limit": "1"})).json()

    listed = [(row["prm"], row["direction"], row["days"]) for row in page + rest]
    assert listed == [
        (first, "consumption", 1),
        (first, "production", 1),
        (second, "consumption", 1),
    ]
    assert (await operator.get(url, params={"after": first})).status_code == 422


async def test_series_in_which_files_lack_are_pages_by_name(operator: httpx.AsyncClient) -> None:
    demand = f"M{secrets.token_hex(4).upper()}"
    # One lacks nothing; capitals come before small letters, on every machine.
    numbers = {"a": (1, 3), "A": (1, 2), "B": (1, 3), "-": (1, 3)}
    for ending, some in numbers.items():
        for number in some:
            name = f"ENEDIS_R63B_Q_CdC_{demand}{ending}_{number:05}_20261102083000.csv"
            await pushed(operator, curve_file([new_prm()], [SUMMER_DAY]), name)
    url, begin = "/ingest/sequences", f"ENEDIS_R63B_Q_CdC_{demand}"

    page = (await operator.get(url, params={"after": begin, "limit": "2"})).json()
    params = {"after": page[-1]["series"], "limit": "1"}
    rest = (await operator.get(url, params=params)).json()

    assert [row["series"] for row in page + rest] == [f"{begin}{ending}" for ending in "-Ba"]
    assert (await operator.get(url, params={"after": "\0"})).status_code == 422
