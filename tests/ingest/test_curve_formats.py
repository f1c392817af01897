"""A day of a curve, pushed in each format: recorded whole, and told where it has more to it."""

import httpx
import pytest

from tests.community.coop import new_prm
from tests.ingest.delivering import given_participation, pushed, quarantine, until_covered
from tests.ingest.formats.clock_changes import FILES, file_of
from tests.ingest.formats.json_files import (
    generic_csv,
    generic_row,
    r63_json_of,
    r63_point,
)
from tests.support.platform import Platform


@pytest.mark.parametrize("name", FILES)
async def test_a_day_of_25_hours_is_recorded_from_every_format(
    platform: Platform, operator: httpx.AsyncClient, name: str
) -> None:
    prm = new_prm()
    await given_participation(operator, prm)
    await until_covered(platform, prm)

    delivery = await pushed(operator, file_of(name, "2026-10-25", 30, prm), "curve")

    assert (delivery["status"], delivery["notes"]) == ("recorded", [])
    assert (delivery["counts"]["records"], delivery["counts"]["accepted"]) == (50, 50)
    answer = await operator.get(
        f"/ingest/points/{prm}/load-curve.csv",
        params={"from_day": "2026-10-25", "to_day": "2026-10-26"},
    )
    assert len(answer.text.splitlines()) == 51, answer.text


async def test_what_a_file_has_beyond_its_format_is_in_the_notes_of_its_delivery(
    operator: httpx.AsyncClient,
) -> None:
    points = [r63_point("2026-07-01 00:30:00") | {"calibre": 3}, r63_point("2026-07-01 00:30:00")]

    delivery = await pushed(operator, r63_json_of(points, prm=new_prm()), "r63.json")

    assert delivery["notes"] == ["unknown key 'calibre'"]
    assert delivery["counts"]["records"] == 2


async def test_a_load_curve_can_be_taken_from_one_platform_to_another(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    prm = new_prm()
    await given_participation(operator, prm)
    await until_covered(platform, prm)
    rows = [
        generic_row("2026-07-01T00:00:00Z", prm=prm),
        generic_row("2026-07-01T00:30:00Z", "0.5", prm=prm),
    ]

    first = await pushed(operator, generic_csv(rows), "a.csv")
    answer = await operator.get(
        f"/ingest/points/{prm}/load-curve.csv",
        params={"from_day": "2026-07-01", "to_day": "2026-07-02"},
    )
    again = await pushed(operator, answer.content, "b.csv")

    (refused,) = await quarantine(operator, first)
    assert "not in whole watts" in refused["reason"]
    assert (again["formats"], again["counts"]["duplicate"]) == (["generic CSV"], 1)
