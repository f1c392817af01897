from typing import Any

import httpx
import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from tests.allocation.world import DAY, Allocation, Coop, new_prm

DEFAULT = {"type": "default_dynamic"}


async def put(
    client: httpx.AsyncClient,
    coop: Coop,
    valid_from: str,
    valid_to: str | None = None,
    definition: object = DEFAULT,
) -> httpx.Response:
    body = {"definition": definition, "valid_to": valid_to}
    return await client.put(f"{coop.url}/keys/{valid_from}", json=body)


async def periods(client: httpx.AsyncClient, coop: Coop) -> list[tuple[str, str | None]]:
    answer = await client.get(f"{coop.url}/keys")
    assert answer.status_code == 200, answer.text
    return [(one["valid_from"], one["valid_to"]) for one in answer.json()]


async def test_a_static_key_caps_at_what_is_consumed(
    allocation: Allocation, operator: httpx.AsyncClient, coop: Coop
) -> None:
    shares = {coop.anna_home: "0.6", coop.bruno_home: "0.4"}
    await coop.set_key(operator, type="static", shares=shares, redistribute=False)

    await allocation.tell(coop.readings(roof=1000, anna=500, bruno=800))

    got = {one["consumer"]: one["energy_wmin"] for one in await coop.shares(operator, by="month")}
    assert got == {coop.anna_home: 500 * 1440, coop.bruno_home: 400 * 1440}
    summary = await coop.summary(operator)
    assert summary["producers"][0]["surplus_wmin"] == 100 * 1440


async def test_a_priority_key_serves_the_first_rank_first(
    allocation: Allocation, operator: httpx.AsyncClient, coop: Coop
) -> None:
    await coop.set_key(operator, type="priority", ranks=[[coop.bruno_home], [coop.anna_home]])
    await allocation.tell(coop.readings(roof=900, anna=400, bruno=800))
    got = {one["consumer"]: one["energy_wmin"] for one in await coop.shares(operator)}
    assert got == {coop.bruno_home: 800 * 1440, coop.anna_home: 100 * 1440}


async def test_another_key_allocates_again_the_days_it_is_in_force(
    allocation: Allocation, operator: httpx.AsyncClient, coop: Coop
) -> None:
    await coop.set_key(operator)
    await allocation.tell(coop.readings(), coop.readings(DAY.replace(day=13)))
    shares = {coop.anna_home: "0.5", coop.bruno_home: "0.5"}

    await coop.set_key(operator, "2026-10-13", type="static", shares=shares)
    await allocation.settle()

    days = await coop.days(operator)
    assert [days[day]["revision"] for day in ("2026-10-12", "2026-10-13")] == [1, 2]


async def test_the_same_key_again_changes_nothing(
    allocation: Allocation, operator: httpx.AsyncClient, coop: Coop
) -> None:
    rows = "SELECT *, xmin FROM sharing_key WHERE operation_id = :id ORDER BY valid_from"
    await put(operator, coop, "2026-01-01")
    await put(operator, coop, "2026-11-01")
    before = await allocation.query(rows, id=coop.operation_id)

    answer = await put(operator, coop, "2026-01-01")

    assert answer.json() == {
        "valid_from": "2026-01-01",
        "valid_to": "2026-11-01",
        "definition": DEFAULT,
        "unknown_points": [],
    }
    assert await allocation.query(rows, id=coop.operation_id) == before


async def test_a_later_key_ends_an_open_ended_one(operator: httpx.AsyncClient, coop: Coop) -> None:
    for valid_from in ("2026-01-01", "2026-11-01", "2026-06-01"):
        assert (await put(operator, coop, valid_from)).status_code == 200
    assert await periods(operator, coop) == [
        ("2026-01-01", "2026-06-01"),
        ("2026-06-01", "2026-11-01"),
        ("2026-11-01", None),
    ]


async def test_overlapping_keys_are_refused(operator: httpx.AsyncClient, coop: Coop) -> None:
    await put(operator, coop, "2026-01-01", "2026-07-01")

    answer = await put(operator, coop, "2026-06-01")

    assert answer.status_code == 409
    assert answer.json()["type"] == "/problems/key-overlap"
    assert answer.json()["valid_from"] == ["2026-01-01", "2026-06-01"]
    assert await periods(operator, coop) == [("2026-01-01", "2026-07-01")]


async def test_the_database_itself_refuses_overlapping_keys(allocation: Allocation) -> None:
    insert = text("""
        INSERT INTO sharing_key (operation_id, valid_from, open_ended, definition)
        VALUES ('ACC99999999', '2026-01-01', true, '{}'), ('ACC99999999', '2026-02-01', true, '{}')
    """)
    async with allocation.platform.database("allocation") as database:
        with pytest.raises(IntegrityError, match="sharing_key_overlap"):
            async with database.transaction() as session:
                await session.execute(insert)


async def test_points_that_do_not_take_part_are_told(
    operator: httpx.AsyncClient, coop: Coop
) -> None:
    stranger = new_prm()
    shares = {coop.anna_home: "0.5", stranger: "0.25", coop.roof: "0.25"}
    definition = {"type": "static", "shares": shares}
    answer = await put(operator, coop, "2026-01-01", definition=definition)
    assert answer.json()["unknown_points"] == sorted([stranger, coop.roof])


@pytest.mark.parametrize(
    ("definition", "status", "slug"),
    [
        ({}, 422, "key-invalid"),
        ({"type": "wish"}, 422, "key-type-unsupported"),
        ({"type": "static", "shares": {"1": "1"}}, 422, "key-invalid"),
        ({"type": "static", "shares": {"99000000000001": 0.5}}, 422, "key-invalid"),
        ({"type": "static", "shares": {"99000000000001": "1.5"}}, 409, "key-invalid"),
        ({"type": "default_dynamic", "colour": "green"}, 422, "key-invalid"),
        ({"type": "dynamic", "coefficients": "file.csv"}, 422, "key-invalid"),
        ({"type": "default_dynamic", "\x00": 1}, 422, "malformed"),
        ("default_dynamic", 422, "malformed"),
    ],
)
async def test_a_key_that_cannot_be_is_refused(
    operator: httpx.AsyncClient, definition: object, status: int, slug: str
) -> None:
    answer = await put(operator, Coop(), "2026-01-01", definition=definition)
    assert (answer.status_code, answer.json()["type"]) == (status, f"/problems/{slug}")


@pytest.mark.parametrize(
    ("valid_from", "valid_to", "status"),
    [
        ("2026-01-01", "2026-01-01", 409),
        ("2026-01-01", "9999-12-31", 422),
        ("0001-01-01", None, 422),
        ("2026-02-30", None, 422),
    ],
)
async def test_a_key_needs_days_that_exist(
    operator: httpx.AsyncClient, valid_from: str, valid_to: str | None, status: int
) -> None:
    assert (await put(operator, Coop(), valid_from, valid_to)).status_code == status


async def test_only_runners_set_keys_and_only_members_read_them(
    allocation: Allocation, operator: httpx.AsyncClient, coop: Coop
) -> None:
    shares = {coop.anna_home: "0.5", coop.bruno_home: "0.5"}
    static: dict[str, Any] = {"type": "static", "shares": shares}
    await put(operator, coop, "2026-01-01", definition=static)

    async with allocation.client("organiser", operations=[coop.operation_id]) as organiser:
        assert (await put(organiser, coop, "2026-02-01")).status_code == 200
    async with allocation.client("organiser", operations=["ACC00000000"]) as organiser:
        assert (await put(organiser, coop, "2026-02-01")).status_code == 403
        assert (await organiser.get(f"{coop.url}/keys")).status_code == 403
    async with allocation.client("member", member_id=str(coop.anna)) as member:
        assert (await put(member, coop, "2026-02-01")).status_code == 403
        keys = (await member.get(f"{coop.url}/keys")).json()
        assert keys[0]["definition"]["shares"] == {coop.anna_home: "0.5"}
    async with allocation.client("member", member_id=str(Coop().anna)) as stranger:
        assert (await stranger.get(f"{coop.url}/keys")).status_code == 403
    async with allocation.client("feed") as feed:
        assert (await feed.get(f"{coop.url}/keys")).status_code == 403
    async with allocation.platform.client() as anonymous:
        assert (await anonymous.get(f"{coop.url}/keys")).status_code == 401
