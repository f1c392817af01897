"""Generated files of one point and month, pushed in every format: recorded whole, in agreement."""

from datetime import date

import httpx
import pytest

from services.demo.dso_files import WRITERS, Shape, written
from services.demo.dso_files.results.acc_csv_point import file_name
from tests.community.coop import new_operation_id, new_prm
from tests.ingest.delivering import given_participation, pushed, until_covered
from tests.ingest.dso import counts_of, given_known_operation
from tests.ingest.formats.files import zipped
from tests.support.platform import Platform


def _october(prm: str, operation_id: str) -> Shape:
    return Shape(
        points=1,
        days=31,
        step_min=60,
        first_day=date(2026, 10, 1),
        first=int(prm.removeprefix("99")),
        operation_id=operation_id,
        missing=0,
    )


def _sent(name: str, shape: Shape) -> bytes:
    """Under the name that tells the operation and the point, for the file that does not."""
    return zipped({file_name(shape): written(name, shape)})


@pytest.mark.parametrize("name", WRITERS)
async def test_every_record_of_a_generated_file_is_accepted(
    operator: httpx.AsyncClient, name: str
) -> None:
    shape = _october(new_prm(), new_operation_id())

    delivery = await pushed(operator, _sent(name, shape), "file.zip")

    assert (delivery["status"], delivery["formats"], delivery["notes"]) == ("recorded", [name], [])
    assert delivery["counts"]["records"] > 0
    assert counts_of(delivery) == (delivery["counts"]["records"], 0, 0, 0)


async def test_a_generated_month_agrees_with_its_indexes_and_its_invoice(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    prm = new_prm()
    operation_id, _ = await given_participation(operator, prm)
    await until_covered(platform, prm)
    shape = _october(prm, operation_id)

    for name in ("generic JSON", "R64 JSON", "R151 XML", "R171 XML", "R67 JSON"):
        await pushed(operator, _sent(name, shape), "file.zip")

    answer = await operator.get(
        f"/ingest/operations/{operation_id}/cross-checks", params={"month": "2026-10"}
    )
    verdicts = {(delivery["source"], delivery["verdict"]) for delivery in answer.json()}
    assert verdicts == {("index", "agrees"), ("invoiced", "agrees")}, answer.text


async def test_the_same_results_as_csv_and_of_the_api_are_kept_once(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    operation_id, prm = await given_known_operation(platform, operator)
    shape = _october(prm, operation_id)

    first, second = [
        await pushed(operator, _sent(name, shape), "file.zip")
        for name in ("ACC API definitive_load_curves", "ACC CSV one-point-power")
    ]

    assert first["counts"]["accepted"] == shape.reading_count * 3
    assert second["counts"]["duplicate"] == shape.reading_count * 3
