"""All that is kept of a member, for the member: whole, and with nothing of the neighbours."""

import csv
import io
import json
import zipfile
from collections.abc import Mapping
from uuid import uuid4

import httpx

from tests.community.assembly import assembly
from tests.community.coop import (
    PASSWORD,
    consent_body,
    enrol,
    given_member,
    given_organiser,
    given_point,
    logged_in,
    member_body,
    participation,
    put,
    put_account,
)
from tests.community.mailing import new_address
from tests.support.platform import Platform


async def _archive(client: httpx.AsyncClient, path: str = "/me/data.zip") -> bytes:
    answer = await client.get(f"/community{path}")
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "application/zip"
    return answer.content


def _files(content: bytes) -> Mapping[str, str]:
    with zipfile.ZipFile(io.BytesIO(content)) as opened:
        assert opened.testzip() is None
        return {name: opened.read(name).decode() for name in opened.namelist()}


async def test_a_member_gets_their_own_and_nothing_of_a_neighbour(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    async with assembly(platform, operator, members=2) as group:
        member, neighbour = group.members
        await put(operator, f"/members/{member}", member_body(name="Zoé Brindille"))
        theirs = {"name": "Ursule Laneige", "email": "ursule@example.org"}
        await put(operator, f"/members/{neighbour}", member_body(**theirs))
        listed = await operator.get(f"/community/operations/{group.operation_id}")
        prms = {
            participation["member_id"]: participation["prm"]
            for participation in listed.json()["participations"]
        }
        for member_id in group.members:
            path = f"/community/members/{member_id}/consents/{uuid4()}"
            answer = await group.clients[member_id].put(path, json=consent_body(prms[member_id]))
            assert answer.status_code == 201
        poll_id = await group.given_poll(max_proxies=1, ballot_mode="open")
        await group.vote(member, poll_id, options=["for"])
        await group.vote(neighbour, poll_id, options=["against"])
        secret_id = await group.given_poll(max_proxies=1, ballot_mode="secret")
        await group.give_proxy(member, secret_id, neighbour)
        await _given_transfer(operator, member, neighbour)

        files = _files(await _archive(group.clients[member]))

    tables = {name: json.loads(text) for name, text in files.items() if name.endswith(".json")}
    assert [row["name"] for row in tables["member.json"]] == ["Zoé Brindille"]
    assert [row["prm"] for row in tables["participations.json"]] == [prms[member]]
    assert [row["prm"] for row in tables["points.json"]] == [prms[member]]
    assert [row["prm"] for row in tables["consents.json"]] == [prms[member]]
    polls = {row["id"]: (row["has_voted"], row["gave_proxy"]) for row in tables["polls.json"]}
    assert polls == {poll_id: (True, False), secret_id: (False, True)}
    (ballot,) = tables["ballots.json"]
    assert (ballot["poll_id"], ballot["choice"]) == (poll_id, {"options": ["for"]})
    assert [row["change"] for row in tables["capital.json"]] == [5, -2]
    assert [row["kind"] for row in tables["notifications.json"]][:2] == ["poll_opened"] * 2
    everything = "".join(files.values())
    for private in (neighbour, prms[neighbour], *theirs.values()):
        assert private not in everything


async def _given_transfer(operator: httpx.AsyncClient, giver: str, receiver: str) -> None:
    path = f"/community/organisers/{await given_organiser(operator)}/capital/movements"
    body: dict[str, object] = {"day": "2026-03-02", "nominal_cents": 2000}
    body["document_reference"] = "Bulletin 14"
    given = {"kind": "subscription", "to_member_id": giver, "capital_shares": 5}
    moved = {"kind": "transfer", "from_member_id": giver, "capital_shares": 2}
    for changes in (given, moved | {"to_member_id": receiver}):
        answer = await operator.put(f"{path}/{uuid4()}", json=body | changes)
        assert answer.status_code == 201, answer.text


async def test_where_one_is_logged_in_is_ones_own_too(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    member_id, email = await given_member(operator), new_address()
    offer = {"email": email, "role": "member", "member_id": member_id}
    assert (await operator.post("/community/invitations", json=offer)).status_code == 201
    account = {"password": PASSWORD, "roles": ["member"], "member_id": member_id}
    await put_account(operator, email, account)

    async with platform.client(await platform.token(email, PASSWORD)) as member:
        made = await member.post("/community/me/calendar-feeds", json={"label": "Phone"})
        files = _files(await _archive(member))

    (session,) = json.loads(files["sessions.json"])
    (feed,) = json.loads(files["calendar_feeds.json"])
    (invitation,) = json.loads(files["invitations.json"])
    assert session["device"] == "elocoop"
    assert (feed["id"], feed["label"]) == (made.json()["id"], "Phone")
    assert invitation["email"] == email


async def test_an_address_that_waits_to_be_confirmed_is_ones_own_too(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    async with assembly(platform, operator, members=2) as group:
        own_client, neighbour = (group.clients[member_id] for member_id in group.members)
        new_email, cancelled, theirs = new_address(), new_address(), new_address()
        for member, address in (
            (own_client, cancelled),
            (own_client, new_email),
            (neighbour, theirs),
        ):
            body = {"email": address}
            asked = await member.post("/community/me/email-changes", json=body)
            assert asked.status_code == 202, asked.text
            if address == cancelled:
                assert (await member.delete("/community/me/email-changes")).status_code == 204
        files = _files(await _archive(own_client))

    rows = json.loads(files["email_changes.json"])
    assert [(row["email"], row["cancelled_at"] is None) for row in rows] == [
        (cancelled, False),
        (new_email, True),
    ]
    assert set(rows[0]) == {"email", "expires_at", "cancelled_at"}
    assert theirs not in "".join(files.values())


async def test_each_table_is_json_and_csv_with_the_same_rows(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    async with assembly(platform, operator, members=1) as group:
        files = _files(await _archive(group.clients[group.members[0]]))

    tables = {name.removesuffix(".json") for name in files if name.endswith(".json")}
    for name in tables:
        rows = json.loads(files[f"{name}.json"])
        read = list(csv.DictReader(io.StringIO(files[f"{name}.csv"])))
        assert [list(row) for row in read] == [list(row) for row in rows]
    (row,) = csv.DictReader(io.StringIO(files["member.csv"]))
    assert (row["name"], row["email"]) == ("Lucie Brindille", "")


async def test_l1_a_name_that_is_a_formula_is_text_in_a_spreadsheet(
    operator: httpx.AsyncClient,
) -> None:
    name = '=HYPERLINK("http://evil.example.org")'
    member_id = await given_member(operator)
    await put(operator, f"/members/{member_id}", member_body(name=name))

    files = _files(await _archive(operator, f"/members/{member_id}/data.zip"))

    (row,) = csv.DictReader(io.StringIO(files["member.csv"]))
    assert (row["name"], json.loads(files["member.json"])[0]["name"]) == (f"'{name}", name)


async def test_the_same_data_gives_the_same_bytes_to_the_member_and_to_staff(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    async with assembly(platform, operator, members=1) as group:
        (member_id,) = group.members
        archive = await _archive(group.clients[member_id])
        again = await _archive(group.clients[member_id])
        by_staff = await _archive(operator, f"/members/{member_id}/data.zip")

    assert archive == again == by_staff


async def test_the_guide_names_the_addresses_of_the_other_services(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    async with assembly(platform, operator, members=1) as group:
        member = group.clients[group.members[0]]
        listed = (await member.get(f"/community/operations/{group.operation_id}")).json()
        prm = listed["participations"][0]["prm"]
        files = _files(await _archive(member))

    for guide in (files["README.md"], files["LISEZMOI.md"]):
        curve = f"/ingest/points/{prm}/load-curve.csv?direction=consumption&from_day=2026-01-01"
        assert f"`{curve}&to_day=2027-01-01`" in guide
        shares = f"/allocation/operations/{group.operation_id}/shares.csv?month=2026-10&by=step"
        assert f"`{shares}`" in guide
        assert "`/billing/invoices`" in guide


async def test_what_the_next_occupant_says_of_a_point_is_theirs(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    async with assembly(platform, operator, members=1) as group:
        left, prm = await given_member(operator), await given_point(operator)
        period = participation(prm, left, "2026-01-01", "2026-06-01")
        after = participation(prm, group.members[0], "2026-06-01")
        await enrol(operator, group.operation_id, period, after)

        files = _files(await _archive(operator, f"/members/{left}/data.zip"))

    assert [row["prm"] for row in json.loads(files["participations.json"])] == [prm]
    assert json.loads(files["points.json"]) == []


async def test_staff_who_recorded_a_consent_are_not_named(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    async with assembly(platform, operator, members=1) as group:
        (member_id,) = group.members
        listed = (await operator.get(f"/community/operations/{group.operation_id}")).json()
        prm = listed["participations"][0]["prm"]
        async with logged_in(platform, operator, "member", member_id=member_id) as member:
            for client in (operator, member):
                path = f"/community/members/{member_id}/consents/{uuid4()}"
                assert (await client.put(path, json=consent_body(prm))).status_code == 201
            files = _files(await _archive(member))

    spoke = {row["recorded_by"] for row in json.loads(files["consents.json"])}
    assert spoke == {"staff", "member"}


async def test_others_get_no_archive(platform: Platform, operator: httpx.AsyncClient) -> None:
    async with assembly(platform, operator, members=2) as group:
        member, neighbour = group.members
        runs = [group.operation_id]
        async with logged_in(platform, operator, "organiser", operations=runs) as organiser:
            for client in (organiser, group.clients[neighbour]):
                answer = await client.get(f"/community/members/{member}/data.zip")
                assert answer.status_code == 403
            assert (await organiser.get("/community/me/data.zip")).status_code == 403

        unknown = await operator.get(f"/community/members/{uuid4()}/data.zip")

    assert unknown.json()["type"] == "/problems/member-unknown"
