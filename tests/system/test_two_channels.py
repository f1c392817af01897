"""A month that comes by inbox and over HTTP, each file by both, in any order, with power cuts."""

import json
import random
from collections.abc import Collection, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any, NamedTuple

import httpx
import pytest

from services.cli.processes import ServiceProcess, ServiceTransport
from services.demo.api import Api
from tests.community.coop import new_prm
from tests.ingest.formats.files import day_ends, naive, r63, r63_row
from tests.ingest.formats.json_files import data_connect_body, data_connect_point
from tests.support.databases import migrated_database
from tests.support.platform import (
    OPERATOR_PASSWORD,
    event_log_url_for_tests,
    processes_with_topics,
    settings_for_tests,
)

SEED = 20251026
ANSWER = "answer.json"


class Size(NamedTuple):
    first_day: date
    days: int
    kills: int


# Clocks go back on the 26th.
DAYS = Size(date(2025, 10, 24), 5, kills=1)
MONTH = Size(date(2025, 10, 1), 31, kills=3)


class File(NamedTuple):
    name: str
    content: bytes


class Sending(NamedTuple):
    file: File
    is_by_inbox: bool


def _files(prm: str, size: Size) -> list[File]:
    """Of each day what the DSO pushed, what was asked for at its API, and some corrections."""
    files = []
    for number in range(size.days):
        day = size.first_day + timedelta(days=number)
        stamps = naive(day_ends(str(day), 30))
        values = [str(100 * day.day + slot) for slot in range(len(stamps))]
        files.append(File(_name(day, 2), _pushed(prm, stamps, values)))
        files.append(File(ANSWER, _asked(prm, day, stamps, values)))
        if number % 4 == 0:
            corrected = [f"{value}7" for value in values[10:30]]
            files.append(File(_name(day, 9), _pushed(prm, stamps[10:30], corrected)))
    return files


def _name(day: date, days_later: int) -> str:
    """R63 does not say when it was published; the DSO's name of the file does."""
    published = day + timedelta(days=days_later)
    return f"ENEDIS_R63B_Q_CdC_M0AAAAA1_00001_{published:%Y%m%d}060000.csv"


def _pushed(prm: str, stamps: Sequence[str], values: Sequence[str]) -> bytes:
    return r63([r63_row(*point, prm=prm) for point in zip(stamps, values, strict=True)])


def _asked(prm: str, day: date, stamps: Sequence[str], values: Sequence[str]) -> bytes:
    """Retrieved before the corrections were published."""
    points = [data_connect_point(*point) for point in zip(stamps, values, strict=True)]
    body = data_connect_body(points, prm=prm, start=str(day))
    retrieved_at = f"{day + timedelta(days=3)}T08:30:00Z"
    return json.dumps({"consumption_load_curve": body, "retrieved_at": retrieved_at}).encode()


@pytest.mark.system
@pytest.mark.gate
@pytest.mark.parametrize(
    "size", [DAYS, pytest.param(MONTH, marks=pytest.mark.nightly)], ids=["days", "month"]
)
async def test_two_channels_twice_in_any_order_and_kills_store_what_one_push_does(
    database_url: str, tmp_path: Path, size: Size
) -> None:
    once, twice = new_prm(), new_prm()
    chance = random.Random(SEED)  # noqa: S311 - the same order every time
    sendings = [Sending(file, by) for file in _files(twice, size) for by in (True, False)]
    chance.shuffle(sendings)
    kills = set(chance.sample(range(len(sendings)), size.kills))
    async with migrated_database(database_url) as url:
        settings = settings_for_tests(
            database_url=url, event_log_url=event_log_url_for_tests()
        ).model_copy(update={"inbox_folder": str(tmp_path), "inbox_settle_s": 0.1})
        async with processes_with_topics(settings) as services:
            ports = {service.name: service.port for service in services}
            ingest = next(service for service in services if service.name == "ingest")
            async with httpx.AsyncClient(
                base_url="http://127.0.0.1", transport=ServiceTransport(ports), timeout=600
            ) as client:
                api = Api(client, patience_s=120).as_account(
                    settings.operator_email, OPERATOR_PASSWORD
                )
                pushed_once = [file for file in _files(once, size) if file.name != ANSWER]
                await _push(api, pushed_once)
                await _send(api, sendings, inbox=tmp_path, ingest=ingest, kills=kills)
                expected, stored = [await _curve(api, prm, size) for prm in (once, twice)]

    assert len(expected.splitlines()) == 1 + size.days * 48 + 2
    assert stored.replace(twice, once) == expected


async def _push(api: Api, files: Sequence[File]) -> None:
    """All of them over HTTP, in this order."""
    sent = [await _post(api, file) for file in files]
    await api.wait_until("all files recorded", lambda: _are_recorded(api, sent))


async def _send(
    api: Api,
    sendings: Sequence[Sending],
    *,
    inbox: Path,
    ingest: ServiceProcess,
    kills: Collection[int],
) -> None:
    """Before some of them ingest is killed, at whatever it is of those before."""
    sent, put_count = [], 0
    for number, (file, is_by_inbox) in enumerate(sendings):
        if number in kills:
            ingest.kill()
            ingest.start()
        if is_by_inbox:
            _put(inbox, file, number)
            put_count += 1
        else:
            sent.append(await _post(api, file))

    async def all_recorded() -> bool:
        assert not [*inbox.glob("rejected/*")]
        if len([*inbox.glob("archive/*/*")]) < put_count:
            return False
        params = {"sender": "inbox", "limit": 1000}
        taken = await api.call("GET", "/ingest/deliveries", params=params)
        return await _are_recorded(api, [*sent, *(delivery["id"] for delivery in taken)])

    await api.wait_until("all files recorded", all_recorded)


async def _post(api: Api, file: File) -> str:
    delivery = await api.call("POST", "/ingest/deliveries", files={"file": file})
    delivery_id: str = delivery["id"]
    return delivery_id


def _put(inbox: Path, file: File, number: int) -> None:
    """Hand over as a whole, under a name of its own: what the DSO pushes has the next number."""
    unfinished = inbox / f"{number}.part"
    unfinished.write_bytes(file.content)
    name = f"{number}-{ANSWER}" if file.name == ANSWER else file.name
    unfinished.rename(inbox / name.replace("_00001_", f"_{number:05}_"))


async def _are_recorded(api: Api, deliveries: Sequence[str]) -> bool:
    deliveries_shown: list[Any] = [
        await api.call("GET", f"/ingest/deliveries/{delivery_id}")
        for delivery_id in dict.fromkeys(deliveries)
    ]
    states = {delivery["status"] for delivery in deliveries_shown}
    assert states <= {"received", "recorded"}, [
        delivery["problem"] for delivery in deliveries_shown
    ]
    return states == {"recorded"}


async def _curve(api: Api, prm: str, size: Size) -> str:
    end = size.first_day + timedelta(days=size.days)
    period = {"from_day": str(size.first_day), "to_day": str(end)}
    answer = await api.answer("GET", f"/ingest/points/{prm}/load-curve.csv", params=period)
    assert answer.is_success, answer.text
    return answer.text
