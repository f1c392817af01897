"""What we ask of PVGIS and make of its answer; the other company is faked, on the loopback."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from fastapi import FastAPI, Request, Response

from libs.common.ports import free_port
from services.allocation.commands.pvgis import PvgisUnreachable, ask_pvgis
from services.allocation.domain.simulations.typical_hours import HOURS
from services.allocation.schemas.simulations import PlantSite
from services.cli.running import running

_SITE = PlantSite(latitude_deg=43.6, longitude_deg=1.44, tilt_deg=30, azimuth_deg=270)


@dataclass
class Pvgis:
    url: str = ""
    status: int = 200
    body: Any = None
    asked: list[dict[str, str]] = field(default_factory=list)


@pytest.fixture
async def pvgis() -> AsyncIterator[Pvgis]:
    fake, app = Pvgis(), FastAPI()

    @app.get("/api/v5_3/seriescalc")
    async def seriescalc(request: Request, response: Response) -> Any:  # noqa: ANN401 - any JSON
        fake.asked.append(dict(request.query_params))
        response.status_code = fake.status
        return fake.body

    async with running(app) as port:
        fake.url = f"http://127.0.0.1:{port}/api/v5_3"
        yield fake


def hours(**power_w: float) -> dict[str, Any]:
    """As it answers: a year of hours stamped ten minutes late, dark but for those given."""
    first = datetime(2020, 1, 1, 0, 10, tzinfo=UTC)
    stamps = [f"{first + timedelta(hours=i):%Y%m%d:%H%M}" for i in range(HOURS)]
    hourly = [
        {"time": stamp, "P": power_w.get(f"at_{stamp[:11]}".replace(":", "_"), 0.0), "G(i)": 1.0}
        for stamp in stamps
    ]
    return {"inputs": {}, "outputs": {"hourly": hourly}, "meta": {}}


async def test_each_hour_of_the_year_has_its_power(pvgis: Pvgis) -> None:
    pvgis.body = hours(at_20200621_12=731.5, at_20200101_00=1.0)

    answer = (await ask_pvgis(pvgis.url, [_SITE]))[_SITE]

    assert len(answer) == HOURS
    assert {place: answer[place] for place in answer.nonzero()[0].tolist()} == {
        0: 1.0,
        (31 + 29 + 31 + 30 + 31 + 20) * 24 + 12: 731.5,
    }
    (asked,) = pvgis.asked
    # It counts azimuths from the south, west positive.
    assert (asked["lat"], asked["lon"], asked["angle"]) == ("43.6", "1.44", "30")
    assert (asked["aspect"], asked["peakpower"], asked["outputformat"]) == ("90", "1", "json")


async def test_without_sites_nobody_is_asked(pvgis: Pvgis) -> None:
    assert await ask_pvgis(pvgis.url, []) == {}
    assert pvgis.asked == []


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (400, {"message": "Location over the sea."}),
        (200, {"outputs": {}}),
        (200, {"outputs": {"hourly": [{"time": "20200101:0010", "P": 1}]}}),
        (200, {"outputs": {"hourly": [{"time": "20209999:9999", "P": 1}]}}),
        (200, {"outputs": {"hourly": [{"time": "20200101:0010", "P": "much"}]}}),
        (200, "maintenance"),
    ],
)
async def test_an_answer_that_is_no_year_of_hours_is_a_problem(
    pvgis: Pvgis, status: int, body: object
) -> None:
    pvgis.status, pvgis.body = status, body

    with pytest.raises(PvgisUnreachable):
        await ask_pvgis(pvgis.url, [_SITE])


async def test_without_a_way_to_it_the_problem_says_what_to_do() -> None:
    with pytest.raises(PvgisUnreachable, match="clear_sky"):
        await ask_pvgis(f"http://127.0.0.1:{free_port()}", [_SITE])
