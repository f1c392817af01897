"""Where an address is: what we ask of the address service, which is faked, and what we answer."""

import asyncio
import json
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import httpx
import pytest
from fastapi import FastAPI, Request, Response
from sqlalchemy import text

from libs.common.ports import free_port
from services.cli.running import running
from services.community.commands.feasibility import geocoding
from tests.community.coop import beside
from tests.support.platform import Platform

_ADDRESS = "12 rue des Lilas, 31000 Toulouse"
_PATH = "/community/public/places"


@dataclass
class Geocoder:
    """Another company's; ``silence_s``: before it answers."""

    url: str = ""
    status: int = 200
    body: Any = None
    silence_s: float = 0
    asked: list[dict[str, str]] = field(default_factory=list)


@pytest.fixture(scope="module")
async def company() -> AsyncIterator[Geocoder]:
    fake, app = Geocoder(), FastAPI()

    @app.get("/geocodage/search")
    async def search(request: Request, response: Response) -> Any:  # noqa: ANN401 - any JSON
        fake.asked.append(dict(request.query_params))
        await asyncio.sleep(fake.silence_s)
        response.status_code = fake.status
        return fake.body

    async with running(app) as port:
        fake.url = f"http://127.0.0.1:{port}/geocodage/search"
        yield fake


@pytest.fixture
def geocoder(company: Geocoder) -> Geocoder:
    """As if nobody had asked it yet; it knows one address."""
    vars(company).update(vars(Geocoder(url=company.url, body=matches())))
    return company


@pytest.fixture(scope="module")
async def visitor(platform: Platform, company: Geocoder) -> AsyncIterator[httpx.AsyncClient]:
    """Of a platform that asks it."""
    async with asking(platform, company) as client:
        yield client


@asynccontextmanager
async def asking(
    platform: Platform, geocoder: Geocoder, **changes: object
) -> AsyncIterator[httpx.AsyncClient]:
    """One address of the network may ask for all that these tests do."""
    settings = {"geocoder_url": geocoder.url, "geocodings_a_day_of_address": 1000} | changes
    async with (
        beside(platform, **settings) as here,
        here.client() as client,
    ):
        yield client


def match(
    label: str = "12 Rue des Lilas 31000 Toulouse", score: object = 0.97, **changes: object
) -> dict[str, Any]:
    """As it answers, with more than we read."""
    properties = {
        "label": label,
        "score": score,
        "type": "housenumber",
        "citycode": "31555",
    } | changes
    geometry = {"type": "Point", "coordinates": [1.44, 43.6]}
    return {"type": "Feature", "geometry": geometry, "properties": properties}


def matches(*features: object) -> dict[str, Any]:
    return {"type": "FeatureCollection", "features": list(features or [match()]), "query": "…"}


async def _ask(client: httpx.AsyncClient, address: str = _ADDRESS) -> Any:  # noqa: ANN401 - JSON
    answer = await client.post(_PATH, json={"address": address})
    assert answer.status_code == 200, answer.text
    return answer.json()


async def test_an_address_has_its_place(visitor: httpx.AsyncClient, geocoder: Geocoder) -> None:
    places = await _ask(visitor)

    place = {"latitude_deg": 43.6, "longitude_deg": 1.44}
    assert places == {
        "candidates": [
            {"label": "12 Rue des Lilas 31000 Toulouse", "place": place, "is_house": True}
        ],
        "is_sure": True,
    }
    asked = {"q": _ADDRESS, "index": "address", "autocomplete": "0", "limit": "5"}
    assert geocoder.asked == [asked]


@pytest.mark.parametrize(
    ("features", "labels", "is_sure"),
    [
        ([match("a", 0.95), match("b", 0.6)], ["a", "b"], True),
        ([match("a", 0.95), match("b", 0.9)], ["a", "b"], False),
        ([match("a", 0.6), match("b", 0.5)], ["a", "b"], False),
        ([match("a", 0.95, type="street")], ["a"], False),
        ([match("Toulouse", 0.99, type="municipality"), match("b", 0.5)], ["b"], False),
        ([match("Toulouse", 0.99, type="municipality")], [], False),
        ([match(str(number), 0.5) for number in range(7)], ["0", "1", "2", "3", "4"], False),
    ],
)
async def test_it_is_sure_of_a_house_that_alone_is_likely(
    visitor: httpx.AsyncClient,
    geocoder: Geocoder,
    features: list[object],
    labels: list[str],
    is_sure: bool,  # noqa: FBT001 - a parameter of the test
) -> None:
    geocoder.body = matches(*features)

    places = await _ask(visitor)

    assert [candidate["label"] for candidate in places["candidates"]] == labels
    assert places["is_sure"] is is_sure


@pytest.mark.parametrize("kind", ["street", "locality"])
async def test_the_middle_of_a_street_is_told_as_such(
    visitor: httpx.AsyncClient, geocoder: Geocoder, kind: str
) -> None:
    geocoder.body = matches(match(type=kind))

    places = await _ask(visitor)

    assert [candidate["is_house"] for candidate in places["candidates"]] == [False]


async def test_an_address_that_nobody_knows_has_no_candidate(
    visitor: httpx.AsyncClient, geocoder: Geocoder
) -> None:
    geocoder.body = {"features": []}

    assert await _ask(visitor) == {"candidates": [], "is_sure": False}


async def test_a_platform_that_asks_nobody_says_so(
    platform: Platform, anonymous: httpx.AsyncClient
) -> None:
    assert platform.settings.geocoder_url == ""

    answer = await anonymous.post(_PATH, json={"address": _ADDRESS})

    assert answer.status_code == 409
    assert answer.json()["type"] == "/problems/geocoder-off"


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (500, None),
        (429, {"message": "Too many requests"}),
        (302, None),
        (200, "maintenance"),
        (200, {"features": "none"}),
        (200, {"features": [{"geometry": None}]}),
        (200, matches(match(label="x" * 201))),
        (200, matches(match(label="12 rue\x00"))),
        (200, matches(match(score="much"))),
        (200, matches(match() | {"geometry": {"coordinates": [1.44]}})),
        (200, matches(match() | {"geometry": {"coordinates": [1.44, 91]}})),
        (200, matches(match()) | {"attribution": "x" * 70_000}),
    ],
)
async def test_an_answer_without_places_is_a_problem(
    visitor: httpx.AsyncClient, geocoder: Geocoder, status: int, body: object
) -> None:
    geocoder.status, geocoder.body = status, body

    answer = await visitor.post(_PATH, json={"address": _ADDRESS})

    assert answer.status_code == 503
    assert answer.json()["type"] == "/problems/geocoder-away"


async def test_who_does_not_answer_soon_is_away(
    platform: Platform, geocoder: Geocoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(geocoding, "_PATIENCE_S", 0.2)
    geocoder.silence_s = 1
    nobody = Geocoder(url=f"http://127.0.0.1:{free_port()}/geocodage/search")

    for silent_geocoder in (geocoder, nobody):
        async with asking(platform, silent_geocoder) as client:
            answer = await client.post(_PATH, json={"address": _ADDRESS})
        assert answer.json()["type"] == "/problems/geocoder-away"


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"address": ""},
        {"address": " 12 "},
        {"address": "x" * 201},
        {"address": "12 rue\x00des Lilas"},
        {"address": "\ud800\ud800\ud800"},
        {"address": "?? rue"},
        {"address": _ADDRESS, "name": "Lucie"},
    ],
)
async def test_what_is_no_address_is_not_sent_on(
    visitor: httpx.AsyncClient, geocoder: Geocoder, body: dict[str, str]
) -> None:
    headers = {"content-type": "application/json"}
    answer = await visitor.post(_PATH, content=json.dumps(body), headers=headers)

    assert answer.status_code == 422
    assert geocoder.asked == []


async def test_a_long_body_is_not_read(anonymous: httpx.AsyncClient) -> None:
    answer = await anonymous.post(_PATH, content=b" " * 65_537)

    assert answer.status_code == 413


async def test_an_address_of_the_network_asks_so_many_a_day_and_all_together_so_many(
    platform: Platform, geocoder: Geocoder
) -> None:
    async def statuses(client: httpx.AsyncClient, *hosts: str) -> list[int]:
        answers = [
            await client.post(_PATH, json={"address": _ADDRESS}, headers={"x-forwarded-for": host})
            for host in hosts
        ]
        return [answer.status_code for answer in answers]

    home, neighbour = "2001:db8:77:1::", "203.0.113.77"
    async with asking(platform, geocoder, geocodings_a_day_of_address=2) as client:
        of_address = await statuses(client, *(f"{home}{end}" for end in (1, 2, 3)), neighbour)
        form = await client.post("/community/requests", json={}, headers={"x-forwarded-for": home})
    asked = len(geocoder.asked)
    async with asking(platform, geocoder, geocodings_a_day=1) as client:
        of_all = await client.post(_PATH, json={"address": _ADDRESS})

    assert of_address == [200, 200, 429, 200]
    assert form.status_code == 422  # malformed, and not refused for the addresses
    assert of_all.json()["type"] == "/problems/too-many-addresses-today"
    assert (asked, len(geocoder.asked)) == (3, 3)


async def test_nothing_of_an_address_is_kept_or_logged(
    platform: Platform,
    visitor: httpx.AsyncClient,
    geocoder: Geocoder,
    caplog: pytest.LogCaptureFixture,
) -> None:
    quoting = [(200, matches()), (500, {"message": _ADDRESS}), (200, {"features": _ADDRESS})]
    logging.getLogger().addHandler(caplog.handler)
    for geocoder.status, geocoder.body in quoting:
        await visitor.post(_PATH, json={"address": _ADDRESS})
    await visitor.post(_PATH, json={"address": f"{_ADDRESS}\x00"})

    logged = " ".join(str(record.msg) for record in caplog.records)
    assert "the geocoder is away" in logged
    assert "status 500" in logged
    assert "Lilas" not in logged
    assert await _tables_with(platform, "Lilas") == []


async def _tables_with(platform: Platform, word: str) -> list[str]:
    """Of all of the service's, the audit log too."""
    async with platform.database("community") as database, database.transaction() as session:
        listing = "SELECT tablename FROM pg_tables WHERE schemaname = 'community'"
        names = list(await session.scalars(text(listing)))
        counts = {
            name: await session.scalar(
                text(f"SELECT count(*) FROM {name} AS one WHERE one::text LIKE :word"),
                {"word": f"%{word}%"},
            )
            for name in names
        }
    assert "request_count" in counts
    return [name for name, count in counts.items() if count]
