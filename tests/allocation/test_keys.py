from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from libs.common.calendar import Month
from services.allocation.commands.keys import activate_key
from services.allocation.store.stale import list_stale_days
from tests.allocation.world import DAY, KEY_STEPS, MONTH, Allocation, Coop
from tests.support.ids import new_prm

DEFAULT = {"type": "default_dynamic"}


async def put(
    client: httpx.AsyncClient,
    coop: Coop,
    valid_from: str,
    valid_to: str | None = None,
    *,
    definition: object = DEFAULT,
    key_id: UUID | None = None,
) -> httpx.Response:
    """Draft a key."""
    body = {"valid_from": valid_from, "valid_to": valid_to, "definition": definition}
    return await client.put(f"{coop.url}/keys/{key_id or uuid4()}", json=body)


async def activate(
    client: httpx.AsyncClient, coop: Coop, valid_from: str, valid_to: str | None = None
) -> httpx.Response:
    """Draft a key and take it to its activation, whatever the answer to that is."""
    draft = await put(client, coop, valid_from, valid_to)
    assert draft.status_code == 200, draft.text
    answer = draft
    for step, body in KEY_STEPS.items():
        answer = await client.post(f"{coop.url}/keys/{draft.json()['id']}/{step}", json=body)
    return answer


async def periods(client: httpx.AsyncClient, coop: Coop) -> list[tuple[str, str | None]]:
    """The days that active keys have, in order."""
    answer = await client.get(f"{coop.url}/keys")
    assert answer.status_code == 200, answer.text
    active = [key for key in answer.json() if key["activated_at"]]
    keys = [key for key in active if key["in_force_to"] != key["valid_from"]]
    return sorted((key["valid_from"], key["in_force_to"]) for key in keys)


async def test_a_static_key_caps_at_what_is_consumed(
    allocation: Allocation, operator: httpx.AsyncClient, coop: Coop
) -> None:
    shares = {coop.anna_home: "0.6", coop.bruno_home: "0.4"}
    await coop.set_key(operator, type="static", shares=shares, redistribute=False)

    await allocation.tell(coop.readings(roof=1000, anna=500, bruno=800))

    got = {
        share["consumer"]: share["energy_wmin"] for share in await coop.shares(operator, by="month")
    }
    assert got == {coop.anna_home: 500 * 1440, coop.bruno_home: 400 * 1440}
    summary = await coop.summary(operator)
    assert summary["producers"][0]["surplus_wmin"] == 100 * 1440


async def test_a_priority_key_serves_the_first_rank_first(
    allocation: Allocation, operator: httpx.AsyncClient, coop: Coop
) -> None:
    await coop.set_key(operator, type="priority", ranks=[[coop.bruno_home], [coop.anna_home]])
    await allocation.tell(coop.readings(roof=900, anna=400, bruno=800))
    got = {share["consumer"]: share["energy_wmin"] for share in await coop.shares(operator)}
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


async def test_only_the_days_with_another_key_are_looked_at_again(
    allocation: Allocation, operator: httpx.AsyncClient, coop: Coop
) -> None:
    await coop.set_key(operator)
    days = [DAY.replace(day=day) for day in (11, 12, 13, 14)]
    await allocation.tell(*(coop.readings(day) for day in days))
    draft = (await put(operator, coop, "2026-10-12", "2026-10-14")).json()
    for step in ("approval", "declaration"):
        await operator.post(f"{coop.url}/keys/{draft['id']}/{step}", json=KEY_STEPS[step])

    async with (
        allocation.platform.database("allocation") as database,
        database.transaction() as session,
    ):
        # In one transaction, so that no worker sees the marks.
        await activate_key(session, coop.operation_id, UUID(draft["id"]), by="operator")
        marked = await list_stale_days(session, coop.operation_id, Month.parse(MONTH))
        await session.rollback()

    # The open-ended key before it ends with it, so the 14th has none.
    assert marked == days[1:]


async def test_the_same_steps_again_change_nothing(
    allocation: Allocation, operator: httpx.AsyncClient, coop: Coop
) -> None:
    rows = "SELECT *, xmin FROM sharing_key WHERE operation_id = :id"
    url = await coop.draft_key(operator)
    for step, body in KEY_STEPS.items():
        assert (await operator.post(f"{url}/{step}", json=body)).status_code == 200
    before = await allocation.query(rows, id=coop.operation_id)

    again = await operator.put(url, json={"valid_from": "2026-01-01", "definition": DEFAULT})
    for step, body in KEY_STEPS.items():
        again = await operator.post(f"{url}/{step}", json=body)

    assert again.json()["state"] == "active"
    assert await allocation.query(rows, id=coop.operation_id) == before


async def test_a_draft_may_change_and_an_approved_key_may_not(
    operator: httpx.AsyncClient, coop: Coop
) -> None:
    key_id = uuid4()
    await put(operator, coop, "2026-01-01", key_id=key_id)
    changed = await put(operator, coop, "2026-02-01", key_id=key_id)
    await operator.post(f"{coop.url}/keys/{key_id}/approval", json={})

    refused = await put(operator, coop, "2026-03-01", key_id=key_id)

    assert (changed.json()["valid_from"], changed.json()["number"]) == ("2026-02-01", 1)
    assert (refused.status_code, refused.json()["type"]) == (409, "/problems/key-not-a-draft")


async def test_a_key_tells_who_approved_it_and_which_poll_adopted_it(
    allocation: Allocation, operator: httpx.AsyncClient, coop: Coop
) -> None:
    url, poll_id = await coop.draft_key(operator), str(uuid4())
    async with allocation.client("organiser", operations=[coop.operation_id]) as organiser:
        approved = await organiser.post(f"{url}/approval", json={"poll_id": poll_id})

    again = await operator.post(f"{url}/approval", json={"poll_id": poll_id})
    unnamed = await operator.post(f"{url}/approval", json={})

    assert again.json() == unnamed.json() == approved.json()
    key = approved.json()
    assert (key["state"], key["approved_by"], key["poll_id"]) == ("approved", "organiser", poll_id)
    assert key["approved_at"]


@pytest.mark.parametrize("first", [{}, {"poll_id": "0b0e7a3c-94a4-4a53-bd0a-1f1f5c5b6a01"}])
async def test_the_poll_that_adopted_a_key_is_told_once(
    operator: httpx.AsyncClient, coop: Coop, first: dict[str, str]
) -> None:
    url = await coop.draft_key(operator)
    approved = await operator.post(f"{url}/approval", json=first)

    again = await operator.post(f"{url}/approval", json={"poll_id": str(uuid4())})

    assert (again.status_code, again.json()["type"]) == (409, "/problems/approved-before")
    assert (await operator.get(url)).json() == approved.json()


async def test_a_point_that_a_key_names_twice_is_refused(
    operator: httpx.AsyncClient, coop: Coop
) -> None:
    shares = f'{{"{coop.anna_home}": "0.1", "{coop.anna_home}": "0.9"}}'
    definition = f'{{"type": "static", "shares": {shares}}}'
    others = '"valid_from": "2026-01-01", "valid_to": null, "poll_id": null, "title": null'
    url = f"{coop.url}/keys/{uuid4()}"

    answer = await operator.put(
        url,
        content=f'{{{others}, "definition": {definition}}}',
        headers={"Content-Type": "application/json"},
    )

    assert (answer.status_code, answer.json()["type"]) == (422, "/problems/key-invalid")
    assert coop.anna_home in answer.json()["detail"]
    assert (await operator.get(url)).status_code == 404


@pytest.mark.parametrize("step", ["declaration", "activation"])
async def test_steps_come_in_order(operator: httpx.AsyncClient, coop: Coop, step: str) -> None:
    url = await coop.draft_key(operator)

    answer = await operator.post(f"{url}/{step}", json=KEY_STEPS[step])

    assert answer.status_code == 409
    assert answer.json()["type"] == "/problems/key-state-unfit"
    assert answer.json()["state"] == "draft"


@pytest.mark.parametrize(("declared_on", "status"), [("2026-09-16", 200), ("2026-09-17", 409)])
async def test_a_key_begins_no_sooner_than_the_notice_allows(
    operator: httpx.AsyncClient, coop: Coop, declared_on: str, status: int
) -> None:
    url = await coop.draft_key(operator, "2026-10-01")
    await operator.post(f"{url}/approval", json={})
    await operator.post(f"{url}/declaration", json={"declared_on": declared_on})

    answer = await operator.post(f"{url}/activation")

    assert answer.status_code == status
    if status == 409:
        assert answer.json()["type"] == "/problems/notice-too-short"
        assert answer.json()["earliest"] == "2026-10-02"
        assert await periods(operator, coop) == []


async def test_the_dso_cannot_have_been_told_tomorrow(
    operator: httpx.AsyncClient, coop: Coop
) -> None:
    url = await coop.draft_key(operator)
    await operator.post(f"{url}/approval", json={})

    answer = await operator.post(f"{url}/declaration", json={"declared_on": "2199-01-01"})

    assert (answer.status_code, answer.json()["type"]) == (409, "/problems/declaration-in-future")


async def test_the_day_of_the_declaration_is_told_once(
    operator: httpx.AsyncClient, coop: Coop
) -> None:
    url = await coop.draft_key(operator)
    await operator.post(f"{url}/approval")
    first = await operator.post(f"{url}/declaration", json={"declared_on": "2026-09-01"})

    again = await operator.post(f"{url}/declaration", json={})
    other = await operator.post(f"{url}/declaration", json={"declared_on": "2026-08-01"})

    assert again.json() == first.json()
    assert (other.status_code, other.json()["type"]) == (409, "/problems/declared-before")


async def test_only_a_key_of_which_the_dso_has_not_heard_can_be_withdrawn(
    operator: httpx.AsyncClient, coop: Coop
) -> None:
    drafted, declared = await coop.draft_key(operator), await coop.draft_key(operator)
    await operator.post(f"{declared}/approval", json={})
    await operator.post(f"{declared}/declaration", json={})

    assert (await operator.delete(drafted)).status_code == 204
    gone = await operator.get(drafted)
    assert (gone.status_code, gone.json()["type"]) == (404, "/problems/key-unknown")
    refused = await operator.delete(declared)
    assert (refused.status_code, refused.json()["state"]) == (409, "declared")


async def test_a_key_of_the_same_day_takes_the_place_of_the_other(
    operator: httpx.AsyncClient, coop: Coop
) -> None:
    for _ in range(2):
        assert (await activate(operator, coop, "2026-01-01")).status_code == 200

    keys = (await operator.get(f"{coop.url}/keys")).json()
    assert [(key["number"], key["state"]) for key in keys] == [(1, "superseded"), (2, "active")]
    assert await periods(operator, coop) == [("2026-01-01", None)]


async def test_a_later_key_ends_an_open_ended_one(operator: httpx.AsyncClient, coop: Coop) -> None:
    for valid_from in ("2026-01-01", "2026-11-01", "2026-06-01"):
        assert (await activate(operator, coop, valid_from)).status_code == 200
    assert await periods(operator, coop) == [
        ("2026-01-01", "2026-06-01"),
        ("2026-06-01", "2026-11-01"),
        ("2026-11-01", None),
    ]


async def test_overlapping_keys_are_refused(operator: httpx.AsyncClient, coop: Coop) -> None:
    await activate(operator, coop, "2026-01-01", "2026-07-01")

    answer = await activate(operator, coop, "2026-06-01")

    assert answer.status_code == 409
    assert answer.json()["type"] == "/problems/key-overlap"
    assert answer.json()["valid_from"] == ["2026-01-01", "2026-06-01"]
    assert await periods(operator, coop) == [("2026-01-01", "2026-07-01")]


async def test_the_database_itself_refuses_overlapping_keys(allocation: Allocation) -> None:
    insert = text("""
        INSERT INTO sharing_key
        SELECT
            'ACC99999999', gen_random_uuid(), number, 'active', date '2026-01-01' + number, NULL,
            NULL, '{}', NULL, 'a', now(), 'a', now(), 'a', '2025-01-01', 'a', now()
        FROM generate_series(1, 2) AS number
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

    refused = await operator.post(f"{coop.url}/keys/{answer.json()['id']}/approval", json={})

    assert (refused.status_code, refused.json()["type"]) == (409, "/problems/key-invalid")
    assert refused.json()["prms"] == sorted([stranger, coop.roof])


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
    ("valid_from", "valid_to", "status", "slug"),
    [
        ("2026-01-01", "2026-01-01", 409, "key-never-in-force"),
        ("2026-01-01", "9999-12-31", 422, "malformed"),
        ("0001-01-01", None, 422, "malformed"),
        ("2026-02-30", None, 422, "malformed"),
    ],
)
async def test_a_key_needs_days_that_exist(
    operator: httpx.AsyncClient, valid_from: str, valid_to: str | None, status: int, slug: str
) -> None:
    answer = await put(operator, Coop(), valid_from, valid_to)
    assert (answer.status_code, answer.json()["type"]) == (status, f"/problems/{slug}")


async def test_only_runners_set_keys_and_only_members_read_them(
    allocation: Allocation, operator: httpx.AsyncClient, coop: Coop
) -> None:
    shares = {coop.anna_home: "0.5", coop.bruno_home: "0.5"}
    static: dict[str, Any] = {"type": "static", "shares": shares}
    await coop.set_key(operator, **static)
    await put(operator, coop, "2026-05-01", definition=static)

    async with allocation.client("organiser", operations=[coop.operation_id]) as organiser:
        assert (await put(organiser, coop, "2026-02-01")).status_code == 200
    async with allocation.client("organiser", operations=["ACC00000000"]) as organiser:
        assert (await put(organiser, coop, "2026-02-01")).status_code == 403
        assert (await organiser.get(f"{coop.url}/keys")).status_code == 403
    async with allocation.client("member", member_id=str(coop.anna)) as member:
        assert (await put(member, coop, "2026-02-01")).status_code == 403
        keys = (await member.get(f"{coop.url}/keys")).json()
        assert [key["state"] for key in keys] == ["active"], "drafts are the organiser's"
        assert keys[0]["definition"]["shares"] == {coop.anna_home: "0.5"}
        assert keys[0]["approved_by"] is None
    async with allocation.client("member", member_id=str(Coop().anna)) as stranger:
        assert (await stranger.get(f"{coop.url}/keys")).status_code == 403
    async with allocation.client("feed") as feed:
        assert (await feed.get(f"{coop.url}/keys")).status_code == 403
    async with allocation.platform.client() as anonymous:
        assert (await anonymous.get(f"{coop.url}/keys")).status_code == 401


async def test_a_draft_has_a_title_until_it_is_approved(
    operator: httpx.AsyncClient, coop: Coop
) -> None:
    url = f"{coop.url}/keys/{uuid4()}"
    body = {"valid_from": "2027-01-01", "definition": DEFAULT}

    drafted = (await operator.put(url, json={**body, "title": "L’école d’abord"})).json()
    renamed = (await operator.put(url, json={**body, "title": "À chacun sa part"})).json()
    await operator.post(f"{url}/approval", json={})
    late = (await operator.put(url, json={**body, "title": "Autre"})).json()
    long = await operator.put(url, json={**body, "title": "a" * 121})

    assert drafted["title"] == "L’école d’abord"
    assert renamed["title"] == late["title"] == "À chacun sa part"
    assert renamed["drafted_at"] == drafted["drafted_at"]
    assert (long.status_code, long.json()["type"]) == (422, "/problems/malformed")
