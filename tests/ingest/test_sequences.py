"""Numbered files that never came are told, until they come."""

import secrets
from typing import Any

import httpx

from tests.community.coop import logged_in, new_prm
from tests.ingest.delivering import pushed
from tests.ingest.formats.files import zipped
from tests.support.curves import SUMMER_DAY, curve_file
from tests.support.pages import read_all
from tests.support.platform import Platform


def _new_demand() -> str:
    return f"M{secrets.token_hex(4).upper()}"


def _r63b(demand: str, number: int) -> str:
    return f"ENEDIS_R63B_Q_CdC_{demand}_{number:05}_20261102083000.csv"


def _r50(contract: str, number: int, part_number: int, parts: int) -> str:
    return (
        f"ERDF_R50_17X1_{contract}_1_{number:05}_Q_{part_number:05}_{parts:05}_20261102083000.zip"
    )


def _curve() -> bytes:
    return curve_file([new_prm()], [SUMMER_DAY])


async def _lacking(client: httpx.AsyncClient, demand: str) -> Any:  # noqa: ANN401 - JSON
    """The series of a demand or a contract, if something is missing in it."""
    listed = await read_all(client, "/ingest/sequences", key="series")
    sequences = [sequence for sequence in listed if demand in sequence["series"]]
    assert len(sequences) <= 1
    return sequences[0] if sequences else None


async def test_a_gap_in_the_numbers_is_told_until_the_late_file_comes(
    operator: httpx.AsyncClient,
) -> None:
    demand = _new_demand()
    await pushed(operator, _curve(), _r63b(demand, 3))
    assert await _lacking(operator, demand) is None
    later = await pushed(operator, _curve(), _r63b(demand, 6))

    lacking = await _lacking(operator, demand)

    assert lacking == {
        "series": f"ENEDIS_R63B_Q_CdC_{demand}",
        "first_number": 3,
        "last_number": 6,
        "absent": [{"first": 4, "last": 5, "since": later["received_at"]}],
        "incomplete": [],
    }
    for number in (5, 4):
        await pushed(operator, _curve(), _r63b(demand, number))
    assert await _lacking(operator, demand) is None


async def test_a_publication_in_several_files_is_told_until_its_last_file_comes(
    operator: httpx.AsyncClient,
) -> None:
    contract = _new_demand()
    first = await pushed(operator, _curve(), _r50(contract, 1, 3, 5))

    lacking = await _lacking(operator, contract)

    assert lacking["absent"] == []
    assert lacking["incomplete"] == [
        {"number": 1, "parts": 5, "absent_parts": ["1-2", "4-5"], "since": first["received_at"]}
    ]
    for part_number in (5, 1, 2):
        await pushed(operator, _curve(), _r50(contract, 1, part_number, 5))
    assert (await _lacking(operator, contract))["incomplete"][0]["absent_parts"] == ["4"]
    await pushed(operator, _curve(), _r50(contract, 1, 4, 5))
    assert await _lacking(operator, contract) is None


async def test_a_damaged_file_has_not_come(operator: httpx.AsyncClient) -> None:
    contract = _new_demand()
    await pushed(operator, _curve(), _r50(contract, 1, 1, 2))
    cut = f"<R50><PRM><Id_PRM>{new_prm()}".encode()

    refused = await pushed(operator, cut, _r50(contract, 1, 2, 2))

    assert refused["status"] == "refused"
    assert (await _lacking(operator, contract))["incomplete"][0]["absent_parts"] == ["2"]


async def test_a_file_sent_before_under_another_name_has_come(operator: httpx.AsyncClient) -> None:
    demand, content = _new_demand(), _curve()
    await pushed(operator, content, "mine.csv")
    for number in (1, 3):
        await pushed(operator, _curve(), _r63b(demand, number))

    await pushed(operator, content, _r63b(demand, 2))

    assert await _lacking(operator, demand) is None


async def test_files_in_an_archive_that_somebody_made_have_come(
    operator: httpx.AsyncClient,
) -> None:
    demand = _new_demand()
    members = {_r63b(demand, number): _curve() for number in (1, 2, 4)}
    members |= {_r63b(demand, 3): b"damaged"}

    await pushed(operator, zipped(members), "week.zip")

    lacking = await _lacking(operator, demand)
    assert [(gap["first"], gap["last"]) for gap in lacking["absent"]] == [(3, 3)]


async def test_a_feed_sees_the_series_of_which_it_sent_a_file(
    platform: Platform, operator: httpx.AsyncClient, anonymous: httpx.AsyncClient
) -> None:
    theirs, others = _new_demand(), _new_demand()
    for number in (1, 3):
        await pushed(operator, _curve(), _r63b(others, number))
    await pushed(operator, _curve(), _r63b(theirs, 1))
    async with logged_in(platform, operator, "feed") as feed:
        await pushed(feed, _curve(), _r63b(theirs, 3))

        own_lacks, foreign = await _lacking(feed, theirs), await _lacking(feed, others)

    assert own_lacks["absent"][0]["first"] == 2
    assert foreign is None
    assert (await anonymous.get("/ingest/sequences")).status_code == 401
