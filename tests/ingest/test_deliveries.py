"""Pushing files: what is accepted, what is refused, and how it is found again."""

import hashlib
from collections.abc import AsyncIterator
from dataclasses import fields

import httpx
import pytest

from libs.common.app import create_app
from libs.common.file_store import file_store
from services.cli.running import running
from services.ingest.commands.deliveries.receiving import receive_delivery
from services.ingest.domain.deliveries.deliveries import RecordCounts
from services.ingest.main import service
from tests.community.coop import given_member, logged_in, new_prm
from tests.ingest.delivering import push, pushed, quarantine, settled
from tests.ingest.formats.files import pdc, r50, r63, r63_row
from tests.support.clock import CLOCK
from tests.support.curves import SUMMER_DAY, curve_file
from tests.support.platform import Platform

_NOTHING = dict.fromkeys((field.name for field in fields(RecordCounts)), 0)


async def test_the_records_of_a_file_are_accepted_duplicate_or_quarantined(
    operator: httpx.AsyncClient,
) -> None:
    prm = new_prm()
    rows = [
        r63_row("2026-07-01 00:30:00", "100", prm=prm),
        r63_row("2026-07-01 01:00:00", "200", prm=prm),
        r63_row("2026-07-01 01:00:00", "200", prm=prm),
        r63_row("2026-07-01 01:00:00", "201", prm=prm),
        r63_row("2026-07-01 01:30:00", "lots", prm=prm),
        r63_row("2026-07-01 02:00:00", "300", prm="123"),
    ]

    delivery = await pushed(operator, r63(rows), "july.csv")

    assert delivery["status"] == "recorded"
    assert delivery["formats"] == ["R63 CSV"]
    assert delivery["file_name"] == "july.csv"
    assert delivery["counts"] == {
        "records": 6,
        "accepted": 2,
        "superseding": 0,
        "duplicate": 1,
        "outdated": 0,
        "quarantined": 3,
        "held": 2,
    }
    records = await quarantine(operator, delivery)
    assert [(record["number"], record["position"]) for record in records] == [
        (1, "line 6"),
        (2, "line 7"),
        (3, "line 5"),
    ]
    assert "not 14 digits" in records[1]["reason"]
    assert records[1]["record"] == rows[5]
    assert records[2]["reason"] == "contradicts line 3, which was taken"
    assert records[2]["record"] == f"{prm},consumption,2026-06-30T22:30:00Z,30,201,measured,0"


async def test_the_same_bytes_again_are_the_same_delivery(operator: httpx.AsyncClient) -> None:
    content = curve_file([new_prm()], [SUMMER_DAY])
    first = await push(operator, content)
    recorded = await settled(operator, first.json()["id"])

    again = await push(operator, content, "another-name.csv")

    assert (first.status_code, again.status_code) == (202, 200)
    assert not first.json()["already_received"]
    assert again.json() == recorded | {"already_received": True}


async def test_a_file_is_kept_before_its_delivery_is_committed_and_does_no_harm_without_one(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    content = curve_file([new_prm()], [SUMMER_DAY])
    sha256 = hashlib.sha256(content).hexdigest()
    files = file_store(platform.settings)
    async with platform.database("ingest") as database, database.transaction() as session:
        with files.draft() as draft:
            draft.write(content)
            await receive_delivery(session, files, draft, file_name="a.csv", sender="test")
        async with files.reading(sha256) as file:
            kept = file.read()
        await session.rollback()  # as it is left by a process that is killed here

    unknown = await operator.get(f"/ingest/deliveries/by-content/{sha256}")
    again = await pushed(operator, content)

    assert kept == content
    assert unknown.status_code == 404
    assert (again["status"], again["counts"]["accepted"]) == ("recorded", 48)


async def test_the_same_readings_in_another_file_are_duplicates(
    operator: httpx.AsyncClient,
) -> None:
    content = curve_file([new_prm()], [SUMMER_DAY])
    await pushed(operator, content)

    again = await pushed(operator, content + b"\n")

    assert again["counts"] == _NOTHING | {"records": 48, "duplicate": 48}


async def test_an_unknown_format_is_refused_with_what_is_supported(
    operator: httpx.AsyncClient,
) -> None:
    answer = await push(operator, b"%PDF-1.7 not a curve")

    assert answer.status_code == 415
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["type"] == "/problems/format-unknown"
    assert "R63 CSV" in answer.json()["supported"]


async def test_an_empty_file_is_refused(operator: httpx.AsyncClient) -> None:
    answer = await push(operator, b"")

    assert answer.status_code == 415
    assert answer.json()["detail"] == "The file is empty."


async def test_a_cut_xml_file_is_found_again_as_refused(operator: httpx.AsyncClient) -> None:
    whole = r50([pdc("2026-10-25T00:30:00+02:00")], prm=new_prm())

    delivery = await pushed(operator, whole[:-30])

    assert delivery["status"] == "refused"
    assert "damaged or cut at line" in delivery["problem"]
    assert delivery["counts"] == _NOTHING
    listed = (await operator.get("/ingest/deliveries", params={"limit": 50})).json()
    assert delivery in listed
    waiting = {kind["kind"]: kind for kind in (await operator.get("/ingest/today")).json()}
    assert waiting["deliveries_refused"]["first"][0] == f"/ingest/deliveries/{delivery['id']}"


@pytest.mark.parametrize(
    ("request_", "slug"),
    [
        ({"content": b"no form"}, "upload-malformed"),
        ({"data": {"file": "a text"}}, "upload-malformed"),
        ({"files": {"attachment": ("r63.csv", b"x")}}, "upload-malformed"),
        ({"files": [("file", ("a.csv", b"x")), ("file", ("b.csv", b"x"))]}, "malformed"),
        (
            {
                "content": b"--x\r\nno heading",
                "headers": {"Content-Type": "multipart/form-data; boundary=x"},
            },
            "malformed",
        ),
        ({"content": b"x", "headers": {"Content-Type": "multipart/form-data"}}, "malformed"),
    ],
    ids=["no form", "no file", "another field", "two files", "cut form", "no boundary"],
)
async def test_a_request_without_one_file_is_told_so(
    operator: httpx.AsyncClient, request_: dict[str, object], slug: str
) -> None:
    answer = await operator.post("/ingest/deliveries", **request_)  # type: ignore[arg-type] # several shapes

    assert (answer.status_code, answer.json()["type"]) == (422, f"/problems/{slug}")
    assert answer.headers["content-type"] == "application/problem+json"


async def test_a_file_name_that_no_text_can_hold_is_repaired(operator: httpx.AsyncClient) -> None:
    heading = b'--x\r\nContent-Disposition: form-data; name="file"; filename="a+2AA-\x00b"\r\n\r\n'
    form = heading + curve_file([new_prm()], [SUMMER_DAY]) + b"\r\n--x--\r\n"

    answer = await operator.post(
        "/ingest/deliveries",
        content=form,
        headers={"Content-Type": "multipart/form-data; boundary=x; charset=utf-7"},
    )

    assert answer.status_code == 202, answer.text
    assert answer.json()["file_name"] == "a?b"


@pytest.mark.parametrize(
    "charset", ["undefined", "idna", "punycode", "hex", "rot13", "utf-16", "none-such", "a" * 5000]
)
@pytest.mark.parametrize("name", ["fi\xe9le", "file"])
async def test_a_form_in_an_odd_alphabet_is_no_bug(
    operator: httpx.AsyncClient, charset: str, name: str
) -> None:
    heading = f'--x\r\nContent-Disposition: form-data; name="{name}"; filename="\xff.csv"\r\n\r\n'
    form = heading.encode("latin-1") + curve_file([new_prm()], [SUMMER_DAY]) + b"\r\n--x--\r\n"

    answer = await operator.post(
        "/ingest/deliveries",
        content=form,
        headers={"Content-Type": f"multipart/form-data; boundary=x; charset={charset}"},
    )

    assert answer.status_code in {202, 400, 422}, answer.text


async def test_an_older_file_sent_again_changes_nothing(operator: httpx.AsyncClient) -> None:
    prm = new_prm()
    first, correction = (curve_file([prm], [SUMMER_DAY], power_w=power_w) for power_w in (1, 2))
    recorded = await pushed(operator, first)
    await pushed(operator, correction)

    again = await pushed(operator, first)
    undone = await pushed(operator, first + b"\n")

    assert again == recorded
    assert undone["counts"]["accepted"] == 48


async def test_a_file_over_the_limit_is_refused(platform: Platform) -> None:
    settings = platform.settings.model_copy(update={"delivery_max_bytes": 1000})

    async def chunks() -> AsyncIterator[bytes]:
        yield b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\n\r\n'
        for _ in range(100):
            yield bytes(10_000)

    async with running(create_app(service, settings=settings, clock=CLOCK)) as port:
        other = Platform(settings, platform.database_url, {**platform.ports, "ingest": port})
        async with other.client(await platform.operator_token()) as client:
            heading = {"Content-Type": "multipart/form-data; boundary=x"}
            answers = [
                await push(client, bytes(1001)),
                await client.post("/ingest/deliveries", content=chunks(), headers=heading),
            ]

    for answer in answers:
        assert answer.status_code == 413
        assert answer.json()["type"] == "/problems/body-too-large"
        assert answer.json()["limit_bytes"] == 1000


async def test_a_feed_pushes_and_sees_its_own_deliveries_only(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    theirs = await pushed(operator, curve_file([new_prm()], [SUMMER_DAY]))
    async with logged_in(platform, operator, "feed") as feed:
        own_delivery = await pushed(feed, curve_file([new_prm()], [SUMMER_DAY]))

        listed = (await feed.get("/ingest/deliveries")).json()
        refused = await feed.get(f"/ingest/deliveries/{theirs['id']}")
        quarantined = await feed.get(f"/ingest/deliveries/{theirs['id']}/quarantine")
        held = await feed.get("/ingest/held")

    assert [delivery["id"] for delivery in listed] == [own_delivery["id"]]
    assert [refused.status_code, quarantined.status_code, held.status_code] == [403, 403, 403]


async def test_a_member_and_a_stranger_may_not_push(
    platform: Platform, operator: httpx.AsyncClient, anonymous: httpx.AsyncClient
) -> None:
    content = curve_file([new_prm()], [SUMMER_DAY])

    member_id = await given_member(operator)
    async with logged_in(platform, operator, "member", member_id=member_id) as member:
        assert (await push(member, content)).status_code == 403
    assert (await push(anonymous, content)).status_code == 401


async def test_a_delivery_that_is_not_there_is_told_so(operator: httpx.AsyncClient) -> None:
    answer = await operator.get("/ingest/deliveries/00000000-0000-4000-8000-000000000000")

    assert answer.status_code == 404
    assert answer.json()["type"] == "/problems/delivery-unknown"
