"""Dynamic keys through the API: their coefficients come month by month, as a file."""

from collections.abc import Callable
from datetime import date
from typing import Any

import httpx
import pytest

from libs.common.calendar import Month
from libs.common.ids import Prm
from services.allocation.domain.coefficients.period import FilePeriod
from tests.allocation.world import (
    DAY,
    KEY_STEPS,
    MONTH,
    OCTOBER,
    PRODUCTION,
    Allocation,
    Coop,
    Point,
)
from tests.support.ids import new_prm


def file_of(
    shares: dict[Prm, str], *, month: str = MONTH, step_min: int = 30, ending: str = "\r\n"
) -> str:
    """The same percentages in every step of a month."""
    days = Month.parse(month).days
    stamps = FilePeriod(days[0], days[-1], step_min).stamps
    cells = ";".join(shares.values())
    rows = [f"{stamp};{cells}" for stamp in stamps]
    return ending.join([";".join(["Horodate", *shares]), *rows, ""])


async def upload(
    client: httpx.AsyncClient, url: str, file: str, month: str = MONTH, **params: str
) -> httpx.Response:
    return await client.put(
        f"{url}/coefficients",
        params={"month": month, **params},
        content=file.encode(),
        headers={"Content-Type": "text/plain"},
    )


async def key_of(client: httpx.AsyncClient, coop: Coop, key_type: str = "dynamic") -> str:
    """An active key; returns its URL."""
    await coop.set_key(client, type=key_type)
    answer = await client.get(f"{coop.url}/keys")
    return f"{coop.url}/keys/{answer.json()[-1]['id']}"


def halves(coop: Coop) -> dict[Prm, str]:
    return {coop.anna_home: "45,0", coop.bruno_home: "55,0"}


async def test_a_dynamic_key_shares_by_its_coefficients(
    allocation: Allocation, operator: httpx.AsyncClient, coop: Coop
) -> None:
    key = await key_of(operator, coop)
    answer = await upload(operator, key, file_of(halves(coop)))
    assert answer.status_code == 200, answer.text

    await allocation.tell(coop.readings(roof=901, anna=400, bruno=800))

    got = {share["consumer"]: share["energy_wmin"] for share in await coop.shares(operator)}
    # 45 % of 27,030 is 12,163.5: Anna is full at 12,000. 55 % is 14,866.5.
    assert got == {coop.anna_home: 12_000 * 48, coop.bruno_home: 14_866 * 48}
    assert answer.json() == [
        {
            "month": MONTH,
            "producer": None,
            "step_min": 30,
            "first_day": "2026-10-01",
            "last_day": "2026-10-31",
            "consumers": 2,
        }
    ]
    assert (await operator.get(f"{key}/coefficients")).json() == answer.json()


async def test_a_day_of_which_the_key_says_nothing_says_so(
    allocation: Allocation, operator: httpx.AsyncClient, coop: Coop
) -> None:
    key = await key_of(operator, coop)
    await allocation.tell(coop.readings(roof=[0] * 40 + [900] * 8))

    day = await coop.day(operator)
    assert (day["status"], day["key_missing_steps"], day["failure"]) == ("key_incomplete", 8, None)
    refused = (await coop.close(operator)).json()
    rows = {row["day"]: row for row in refused["days"]}
    assert rows[DAY.isoformat()] == {
        "day": DAY.isoformat(),
        "status": "key_incomplete",
        "missing": [],
        "key_missing_steps": 8,
    }

    await upload(operator, key, file_of(halves(coop)))
    await allocation.settle()

    day = await coop.day(operator)
    assert (day["status"], day["revision"], day["key_missing_steps"]) == ("allocated", 1, 0)


async def test_other_coefficients_allocate_again_the_days_that_they_change(
    allocation: Allocation, operator: httpx.AsyncClient, coop: Coop
) -> None:
    key = await key_of(operator, coop)
    await upload(operator, key, file_of(halves(coop)))
    other = date(2026, 10, 13)
    await allocation.tell(coop.readings(), coop.readings(other))
    lines = file_of(halves(coop)).split("\r\n")
    changed = [
        f"{line[:16]};0;0" if line.startswith("13/10/2026 12:00") else line for line in lines
    ]

    await upload(operator, key, "\r\n".join(changed))
    await allocation.settle()
    await upload(operator, key, "\r\n".join(changed))
    await allocation.settle()

    days = await coop.days(operator)
    assert [days[day.isoformat()]["revision"] for day in (DAY, other)] == [1, 2]


async def test_the_hour_that_comes_twice_has_its_own_coefficients(
    allocation: Allocation, operator: httpx.AsyncClient, coop: Coop
) -> None:
    key = await key_of(operator, coop)
    lines = file_of({coop.anna_home: "0"}).split("\r\n")
    twice = [number for number, line in enumerate(lines) if line.startswith("25/10/2026 02:30")]
    assert len(twice) == 2
    lines[twice[1]] = "25/10/2026 02:30;10"
    await upload(operator, key, "\r\n".join(lines))

    await allocation.tell(coop.readings(date(2026, 10, 25)))

    shares = await coop.shares(operator, by="step", day="2026-10-25")
    assert [(share["start"], share["energy_wmin"]) for share in shares] == [
        ("2026-10-25T01:30:00Z", 2700)
    ]


async def test_a_coarser_file_says_the_same_of_each_part(
    allocation: Allocation, operator: httpx.AsyncClient, coop: Coop
) -> None:
    key = await key_of(operator, coop)
    assert (await upload(operator, key, file_of(halves(coop), step_min=60))).status_code == 200
    await allocation.tell(coop.readings(roof=600))
    got = {share["consumer"]: share["energy_wmin"] for share in await coop.shares(operator)}
    assert got == {coop.anna_home: 8_100 * 48, coop.bruno_home: 9_900 * 48}


async def test_a_full_dynamic_key_has_a_file_per_producer(
    allocation: Allocation, operator: httpx.AsyncClient, coop: Coop
) -> None:
    barn = Point(new_prm(), PRODUCTION, coop.seller)
    await allocation.tell(coop.perimeter([*coop.points, barn], revision=2))
    key = await key_of(operator, coop, "full_dynamic")
    await upload(operator, key, file_of({coop.anna_home: "100"}), producer=coop.roof)
    readings = coop.readings(roof=300)
    block = readings.blocks[0].model_copy(update={"prm": barn.prm, "power_w": [100] * 48})
    await allocation.tell(readings.model_copy(update={"blocks": [*readings.blocks, block]}))
    assert (await coop.day(operator))["status"] == "key_incomplete"

    answer = await upload(operator, key, file_of({coop.bruno_home: "50,5"}), producer=barn.prm)
    await allocation.settle()

    assert {entry["producer"] for entry in answer.json()} == {coop.roof, barn.prm}
    got = {
        (share["producer"], share["consumer"]): share["energy_wmin"]
        for share in await coop.shares(operator)
    }
    assert got == {
        (coop.roof, coop.anna_home): 9_000 * 48,
        (barn.prm, coop.bruno_home): 1_515 * 48,
    }


async def test_what_a_dynamic_key_was_given_is_exported_as_it_was(
    allocation: Allocation, operator: httpx.AsyncClient, coop: Coop
) -> None:
    low, high = sorted([coop.anna_home, coop.bruno_home])
    file = file_of({low: "45,00", high: "33,33"})
    key = await key_of(operator, coop)
    await upload(operator, key, file)
    # Odd powers, so that no share is a whole percentage; nobody is full.
    days = [coop.readings(day, roof=101, anna=5000, bruno=5000) for day in OCTOBER]
    await allocation.tell(*days)

    answer = await operator.get(f"{coop.url}/coefficients", params={"month": MONTH})

    assert answer.text == file
    report = await operator.get(f"{coop.url}/coefficients/report", params={"month": MONTH})
    assert (report.json()["lost_wmin"], report.json()["key_types"]) == (0, ["dynamic"])


async def test_a_full_dynamic_key_is_exported_as_a_zip(
    allocation: Allocation, operator: httpx.AsyncClient, coop: Coop
) -> None:
    key = await key_of(operator, coop, "full_dynamic")
    await upload(operator, key, file_of({coop.anna_home: "45,00"}), producer=coop.roof)
    await allocation.tell(*coop.month_of_readings())

    answer = await operator.get(f"{coop.url}/coefficients", params={"month": MONTH})

    assert answer.headers["content-type"] == "application/zip"
    assert f"{coop.operation_id}_30_01102026_31102026_{coop.roof}.txt".encode() in answer.content
    assert b"25/10/2026 02:30;" in answer.content


async def test_what_is_exported_of_a_month_with_two_steps_can_be_imported_again(
    allocation: Allocation, operator: httpx.AsyncClient, coop: Coop
) -> None:
    await allocation.tell(coop.perimeter(revision=2, step_changes={date(2026, 10, 16): 15}))
    key = await key_of(operator, coop)
    await upload(operator, key, file_of(halves(coop)))
    # Little production, so that nobody is full.
    await allocation.tell(*(coop.readings(day, roof=600) for day in OCTOBER))
    shares = await coop.shares(operator)
    url, params = f"{coop.url}/coefficients", {"month": MONTH}
    exported = await operator.get(url, params=params)
    assert "_15_" in exported.headers["content-disposition"]

    answer = await upload(operator, key, exported.text)
    await allocation.settle()

    assert answer.status_code == 200, answer.text
    assert answer.json()[0]["step_min"] == 15
    assert await coop.shares(operator) == shares
    assert (await operator.get(url, params=params)).content == exported.content


def nothing_in_one_quarter(file: str) -> str:
    rows = file.split("\r\n")
    at = next(line for line, row in enumerate(rows) if row.startswith("12/10/2026 12:15"))
    rows[at] = "12/10/2026 12:15;0;0"
    return "\r\n".join(rows)


Spoil = Callable[[Coop, str], tuple[str, dict[str, str]]]


@pytest.mark.parametrize(
    ("key_type", "spoil", "status", "slug"),
    [
        ("dynamic", lambda _, file: (file[:-60], {}), 422, "coefficient-file-refused"),
        ("dynamic", lambda _, file: (file, {"month": "2026-11"}), 422, "coefficient-file-refused"),
        ("dynamic", lambda coop, file: (file, {"producer": coop.roof}), 409, "coefficients-unfit"),
        ("full_dynamic", lambda _, file: (file, {}), 409, "coefficients-unfit"),
        (
            "full_dynamic",
            lambda coop, file: (file, {"producer": coop.anna_home}),
            409,
            "coefficients-unfit",
        ),
        ("default_dynamic", lambda _, file: (file, {}), 409, "coefficients-unfit"),
        ("dynamic", lambda _, __: (file_of({new_prm(): "1"}), {}), 409, "coefficients-unfit"),
        (
            "dynamic",
            lambda coop, _: (nothing_in_one_quarter(file_of(halves(coop), step_min=15)), {}),
            409,
            "coefficient-step-unfit",
        ),
        ("dynamic", lambda _, file: (file, {"month": "2026-13"}), 422, "month-malformed"),
        (
            "dynamic",
            lambda coop, _: (
                file_of(halves(coop), month="2025-10"),
                {"month": "2025-10"},
            ),
            409,
            "coefficients-unfit",
        ),
    ],
)
async def test_files_that_do_not_fit_are_refused(
    operator: httpx.AsyncClient,
    coop: Coop,
    *,
    key_type: str,
    spoil: Spoil,
    status: int,
    slug: str,
) -> None:
    key = await key_of(operator, coop, key_type)
    file, params = spoil(coop, file_of(halves(coop)))

    answer = await upload(operator, key, file, **params)

    assert (answer.status_code, answer.json()["type"]) == (status, f"/problems/{slug}")
    assert (await operator.get(f"{key}/coefficients")).json() == []


async def test_a_refused_file_has_its_lines(operator: httpx.AsyncClient, coop: Coop) -> None:
    key = await key_of(operator, coop)
    file = file_of({coop.anna_home: "60", coop.bruno_home: "-1"})

    problem: dict[str, Any] = (await upload(operator, key, file)).json()

    assert problem["errors"][0] == {"line": 2, "what": f"{coop.bruno_home}: '-1' is negative."}
    assert len(problem["errors"]) == 20


@pytest.mark.parametrize(
    ("content", "media_type"),
    [
        (b"", "text/plain"),
        (b"\x00\xff", "application/octet-stream"),
        (b"[1]", "application/json"),
        (b'"\\ud800"', "application/json"),
        (b"{", "application/json"),
        (b"Horodate", ""),
        (b"a=b", "multipart/form-data"),
    ],
)
async def test_another_body_is_refused(
    operator: httpx.AsyncClient, coop: Coop, content: bytes, media_type: str
) -> None:
    url = f"{coop.url}/keys/{coop.anna}/coefficients"
    headers = {"Content-Type": media_type} if media_type else {}
    answer = await operator.put(url, params={"month": MONTH}, content=content, headers=headers)
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"


async def test_a_draft_may_have_coefficients_and_takes_them_with_it(
    allocation: Allocation, operator: httpx.AsyncClient, coop: Coop
) -> None:
    url = await coop.draft_key(operator, "2026-10-10", type="dynamic")
    answer = await upload(operator, url, file_of(halves(coop), ending="\n"))
    assert (answer.json()[0]["first_day"], answer.json()[0]["last_day"]) == (
        "2026-10-10",
        "2026-10-31",
    )

    assert (await operator.delete(url)).status_code == 204

    kept = "SELECT 1 FROM key_coefficient WHERE operation_id = :id"
    assert await allocation.query(kept, id=coop.operation_id) == []
    assert (await upload(operator, url, file_of(halves(coop)))).status_code == 404


async def test_a_superseded_key_takes_no_more_coefficients(
    operator: httpx.AsyncClient, coop: Coop
) -> None:
    key = await key_of(operator, coop)
    await coop.set_key(operator)

    answer = await upload(operator, key, file_of(halves(coop)))

    assert (answer.status_code, answer.json()["type"]) == (409, "/problems/key-state-unfit")


async def test_the_file_is_sent_and_not_named(operator: httpx.AsyncClient, coop: Coop) -> None:
    definition = {"type": "dynamic", "coefficients": "c.csv"}
    body = {"valid_from": "2026-10-01", "definition": definition}
    answer = await operator.put(f"{coop.url}/keys/{coop.anna}", json=body)
    assert (answer.status_code, answer.json()["type"]) == (422, "/problems/key-invalid")


async def test_only_runners_set_and_see_coefficients(
    allocation: Allocation, operator: httpx.AsyncClient, coop: Coop
) -> None:
    key, file = await key_of(operator, coop), file_of(halves(coop))
    async with allocation.client("organiser", operations=[coop.operation_id]) as organiser:
        assert (await upload(organiser, key, file)).status_code == 200
        assert (await organiser.get(f"{key}/coefficients")).status_code == 200
    async with allocation.client("organiser", operations=["ACC00000000"]) as organiser:
        assert (await upload(organiser, key, file)).status_code == 403
        assert (await organiser.get(f"{key}/coefficients")).status_code == 403
    async with allocation.client("member", member_id=str(coop.anna)) as anna:
        assert (await upload(anna, key, file)).status_code == 403
        assert (await anna.get(f"{key}/coefficients")).status_code == 403


async def test_another_dynamic_key_shares_by_its_own_coefficients(
    allocation: Allocation, operator: httpx.AsyncClient, coop: Coop
) -> None:
    key = await key_of(operator, coop)
    await upload(operator, key, file_of(halves(coop)))
    await allocation.tell(coop.readings(roof=600))
    other = await coop.draft_key(operator, type="dynamic")
    await upload(operator, other, file_of({coop.anna_home: "10", coop.bruno_home: "90"}))

    for step, body in KEY_STEPS.items():
        await operator.post(f"{other}/{step}", json=body)
    await allocation.settle()

    got = {share["consumer"]: share["energy_wmin"] for share in await coop.shares(operator)}
    assert got == {coop.anna_home: 1_800 * 48, coop.bruno_home: 16_200 * 48}
