"""The erasure of a member: what goes, what stays, what stands in the way, and who hears of it."""

import asyncio
import hashlib
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.calendar import local_day
from libs.common.events.community import ConsentsChanged, MemberRecorded
from libs.common.file_store import file_store
from services.community.commands.desk.documents import ROOM
from services.community.commands.members.membership_rounds import tell_of_days
from services.community.domain.privacy.erasure import EMPTY
from services.community.domain.privacy.erasure_notes import ERASED, KEPT
from services.community.store.messages.messages import lock_message
from services.community.tables import Base, MemberRow, MessageRecipientRow, MessageRow
from services.community.workers import republish_erasures
from tests.community.assembly import assembly, member_client
from tests.community.coop import (
    PASSWORD,
    consent_body,
    enrol,
    given_member,
    given_operation,
    given_organiser,
    given_point,
    member_body,
    participation,
    put,
    put_account,
    read_topic,
    today,
)
from tests.community.gathered import group
from tests.community.mailing import new_address
from tests.community.papers import PDF, given_document, given_signed, signature_body
from tests.community.papers import send as send_file
from tests.community.test_requests import send
from tests.support.clock import CLOCK, SetClock
from tests.support.locks import until_somebody_waits_for
from tests.support.platform import Platform
from tests.support.waiting import until

_STAYS_OF_A_MEMBER = {
    *("id", "revision", "consents_revision", "erased_at"),
    *("kind", "language"),  # invoices have the first, and were written in the second
    *("made_in", "made_on"),  # by whom, not of whom
}


def _yesterday() -> str:
    return str(today() - timedelta(days=1))


def test_each_column_of_a_member_is_emptied_or_says_nothing_of_them() -> None:
    columns = {column.name for column in MemberRow.__table__.columns}

    for values in EMPTY.values():
        assert values.keys() == columns - _STAYS_OF_A_MEMBER


async def _given_who_left(operator: httpx.AsyncClient) -> tuple[str, str, str]:
    """A member with an address, a log-in, a consent and a participation that is over.

    Returns the member, the address and the point.
    """
    operation_id, prm, email = (
        await given_operation(operator),
        await given_point(operator),
        new_address(),
    )
    member_id = str(uuid4())
    # Words of this member alone: the tests share the database.
    body = member_body(name=f"Zoé {email[:18]}", address=f"{email[:18]} rue", email=email)
    await put(operator, f"/members/{member_id}", body)
    await enrol(operator, operation_id, participation(prm, member_id, "2026-01-01", _yesterday()))
    path = f"/community/members/{member_id}/consents/{uuid4()}"
    assert (await operator.put(path, json=consent_body(prm))).status_code == 201
    account = {"password": PASSWORD, "roles": ["member"], "member_id": member_id}
    await put_account(operator, email, account)
    return member_id, email, prm


async def _erase(
    operator: httpx.AsyncClient, member_id: str, *, nothing_is_owed: bool = True
) -> httpx.Response:
    path = f"/community/members/{member_id}/erasure/execution"
    return await operator.post(path, json={"nothing_is_owed": nothing_is_owed})


async def _ask(client: httpx.AsyncClient, member_id: str) -> Any:  # noqa: ANN401 - JSON
    return await put(client, f"/members/{member_id}/erasure", None)


def test_every_table_about_members_or_accounts_says_what_becomes_of_it() -> None:
    """Add a new table to ERASED or KEPT, to the archive of own data, and say so in privacy.md."""
    about = {
        table.name
        for table in Base.metadata.tables.values()
        for key in table.foreign_keys
        if key.column.table.name in {"member", "account"}
    }

    assert about - ERASED.keys() - KEPT.keys() == set()
    assert ERASED.keys() & KEPT.keys() == set()


async def _list_requests(operator: httpx.AsyncClient, member_id: str) -> list[dict[str, Any]]:
    requests = (await operator.get("/community/erasure-requests", params={"limit": 1000})).json()
    return [request for request in requests if request["member_id"] == member_id]


async def test_a_request_is_listed_with_its_last_day_until_it_is_carried_out_or_withdrawn(
    operator: httpx.AsyncClient,
) -> None:
    member_id, _, _ = await _given_who_left(operator)
    path = f"/community/members/{member_id}/erasure"

    before = await _list_requests(operator, member_id)
    await _ask(operator, member_id)
    asked = await _list_requests(operator, member_id)
    await operator.delete(path)
    withdrawn = await _list_requests(operator, member_id)
    report = await _ask(operator, member_id)
    again = await _list_requests(operator, member_id)
    await _erase(operator, member_id)
    erased = await _list_requests(operator, member_id)

    assert before == withdrawn == erased == []
    assert len(asked) == 1
    assert [request["due_at"] for request in again] == [report["due_at"]]
    assert again[0]["name"].startswith("Zoé ")


async def test_what_an_erasure_does_is_told_in_french_and_in_english(
    operator: httpx.AsyncClient,
) -> None:
    path = f"/community/members/{await given_member(operator)}/erasure"

    french, english = [
        (await operator.get(path, params=params)).json() for params in ({}, {"language": "en"})
    ]

    for report, word in ((french, "dix ans"), (english, "ten years")):
        notes = {table["table"]: table["note"] for table in [*report["erased"], *report["kept"]]}
        assert word in notes["participation"]
        assert word in report["elsewhere"]["billing"]
        assert notes.keys() == ERASED.keys() | KEPT.keys()
        assert "RETENTION_" not in str(report)
    assert "six mois" in french["elsewhere"]["allocation"]
    assert "six months" in english["elsewhere"]["allocation"]


async def test_what_names_the_member_goes_and_what_the_law_keeps_stays(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    member_id, email, prm = await _given_who_left(operator)
    async with platform.client(await platform.token(email, PASSWORD)) as member:
        asked = await _ask(member, member_id)
        erased = (await _erase(operator, member_id)).json()
        again = (await _erase(operator, member_id)).json()
        await until(
            "the member is refused",
            lambda: member.get("/community/me"),
            lambda answer: answer.status_code == 401,
        )

    shown = await operator.get(f"/community/members/{member_id}")
    data = await operator.get(f"/community/members/{member_id}/data.zip")
    assert (asked["executed_at"], asked["obstacles"]) == (None, [])
    assert erased == again
    assert erased["executed_at"] is not None
    assert {table["table"]: table["rows"] for table in erased["erased"]}["account"] == 1
    assert {table["table"]: table["rows"] for table in erased["kept"]}["participation"] == 1
    assert all(table["note"] for table in erased["kept"])
    assert (shown.json()["name"], shown.json()["email"]) == ("(effacé)", None)
    assert data.status_code == 200
    assert email[:18] not in shown.text + str(erased) + await _everything(platform)
    async with platform.database("community") as database, database.transaction() as session:
        kept = await session.scalar(
            text("SELECT count(*) FROM participation WHERE prm = :prm"), {"prm": prm}
        )
    assert kept == 1


async def test_addresses_that_were_only_tried_go_too(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    member_id, email, _ = await _given_who_left(operator)
    changed_email, invited = new_address(), new_address()
    async with platform.client(await platform.token(email, PASSWORD)) as member:
        asked = await member.post("/community/me/email-changes", json={"email": changed_email})
        await _ask(member, member_id)
    body = {"email": invited, "role": "member", "member_id": member_id}
    offered = await operator.post("/community/invitations", json=body)
    assert (asked.status_code, offered.status_code) == (202, 201)

    assert (await _erase(operator, member_id)).status_code == 200

    texts = await _everything(platform)
    assert changed_email not in texts
    assert invited not in texts


async def test_an_erasure_waits_for_who_sends_to_the_member(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    member_id, email, _ = await _given_who_left(operator)
    async with platform.client(await platform.token(email, PASSWORD)) as member:
        await _ask(member, member_id)
    body = {"email": new_address(), "role": "member", "member_id": member_id}
    assert (await operator.post("/community/invitations", json=body)).status_code == 201

    async with platform.database("community") as database:
        async with database.transaction() as sending:  # as send_next does, slowly
            recipient = await _lock_recipient(sending, member_id)
            erasing = asyncio.create_task(_erase(operator, member_id))
            await until_somebody_waits_for(sending)
            await lock_message(sending, recipient.message_id)
        assert (await erasing).status_code == 200


async def _lock_recipient(session: AsyncSession, member_id: str) -> MessageRecipientRow:
    query = select(MessageRecipientRow).join(MessageRow).where(MessageRow.member_id == member_id)
    rows = await session.scalars(query.limit(1).with_for_update(of=MessageRecipientRow))
    return rows.one()


async def test_what_organisers_were_told_of_by_name_goes_too(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    member_id, email, prm = await _given_who_left(operator)
    earlier = CLOCK.now() - timedelta(days=5)
    last = str(local_day(earlier) + timedelta(days=20))
    ends = consent_body(prm, granularity="daily", valid_to=last)
    path = f"/community/members/{member_id}/consents/{uuid4()}"
    assert (await operator.put(path, json=ends)).status_code == 201
    async with platform.database("community") as database, database.transaction() as session:
        await tell_of_days(session, now=earlier)
    assert f"un consentement de Zoé {email[:18]}" in await _everything(platform)
    await _ask(operator, member_id)

    assert (await _erase(operator, member_id)).status_code == 200

    assert email[:18] not in await _everything(platform)


async def test_what_was_asked_before_one_was_a_member_goes_too(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    member_id, email, _ = await _given_who_left(operator)
    async with platform.client() as anybody:
        receipt = await send(anybody, email=email, phone="05 99 00 11 22")
        other = await send(anybody, email=new_address())
    path = f"/community/requests/{receipt['id']}/notes/{uuid4()}"
    assert (await operator.put(path, json={"text": f"Zoé {email}"})).status_code == 201
    await _ask(operator, member_id)

    erased = (await _erase(operator, member_id)).json()["erased"]

    assert {table["table"]: table["rows"] for table in erased}["request"] == 1
    assert email[:18] not in await _everything(platform)
    shown = await operator.get(f"/community/requests/{other['id']}")
    assert shown.status_code == 200


async def test_who_was_erased_is_told_of_no_gathering(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    async with group(platform, operator, members=1) as coop:
        gone, _, _ = await _given_who_left(operator)
        gathering_id = await coop.given_draft(facilitator_ids=[coop.members[0], gone])
        await _ask(operator, gone)
        assert (await _erase(operator, gone)).status_code == 200

        path = f"/community/gatherings/{gathering_id}/announcement"
        assert (await operator.post(path)).status_code == 200

        async def told(member_id: str) -> list[Any] | None:
            answer = await operator.get(f"/community/messages?member_id={member_id}")
            return answer.json() or None

        await until("the member is told", lambda: told(coop.members[0]))
        waiting = "SELECT member_id FROM gathering_notice WHERE gathering_id = :id"
        assert await coop.assembly.query(waiting, id=gathering_id) == []
        assert await told(gone) is None


async def _everything(platform: Platform) -> str:
    """All rows of this service, but what waits for the event log and its own history."""
    texts = []
    async with platform.database("community") as database, database.transaction() as session:
        for table in Base.metadata.sorted_tables:
            query = f"SELECT coalesce(string_agg(t::text, ' '), '') FROM {table.name} AS t"
            texts.append(await session.scalar(text(query)))
    return " ".join(texts)


async def test_the_other_services_hear_of_it(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    member_id, _, _ = await _given_who_left(operator)
    await _ask(operator, member_id)
    assert (await _erase(operator, member_id)).status_code == 200

    records = await read_topic(platform, "community.members", member_id, up_to_revision=2)
    consents = await read_topic(platform, "community.consents", member_id, up_to_revision=2)

    (last,) = [record for record in records if b'"revision":2,' in record.value]
    recorded = MemberRecorded.model_validate_json(last.value)
    assert (recorded.revision, recorded.name, recorded.address) == (2, "(effacé)", "-")
    (ended,) = ConsentsChanged.model_validate_json(consents[-1].value).consents
    assert ended.withdrawn_on == today()


async def test_after_a_week_the_log_is_told_once_more_by_the_same_event(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    member_id, _, _ = await _given_who_left(operator)
    await _ask(operator, member_id)
    assert (await _erase(operator, member_id)).status_code == 200

    for days in (7, 9, 10):
        async with platform.database(
            "community", SetClock(CLOCK.now() + timedelta(days=days))
        ) as database:
            while await republish_erasures(database):
                pass

    async def published() -> list[MemberRecorded]:
        records = await read_topic(platform, "community.members", member_id, up_to_revision=2)
        return [MemberRecorded.model_validate_json(record.value) for record in records]

    first, erased, again = await until("three events", published, lambda events: len(events) == 3)
    assert (first.is_erased, erased.is_erased) == (False, True)
    assert (again.id, again.is_erased) == (erased.id, True)
    assert (again.time - erased.time).days in {8, 9}


async def test_a_document_that_nobody_signed_goes_with_its_files(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    member_id, email, _ = await _given_who_left(operator)
    other = await given_member(operator)
    operation_id = await given_operation(operator)
    signed = await given_signed(operator, operation_id, member_id)
    sent, shared, of_other = [
        await given_document(operator, operation_id, owner_id)
        for owner_id in (member_id, member_id, other)
    ]
    own_content = PDF + email.encode()
    for document, content in ((sent, own_content), (sent, PDF), (shared, PDF), (of_other, PDF)):
        assert (await send_file(operator, document, content)).status_code == 200
    letter = signature_body(version=2, state="sent")
    assert (await operator.post(f"{sent}/signatures", json=letter)).is_success
    files = file_store(platform.settings, ROOM)
    assert await files.has(hashlib.sha256(own_content).hexdigest())
    await _ask(operator, member_id)

    erased = (await _erase(operator, member_id)).json()

    shown = [(await operator.get(path)).status_code for path in (signed, sent, shared, of_other)]
    assert shown == [200, 404, 404, 200]
    assert {table["table"]: table["rows"] for table in erased["kept"]}["document"] == 1
    assert not await files.has(hashlib.sha256(own_content).hexdigest())
    assert await files.has(hashlib.sha256(PDF).hexdigest())


async def test_whoever_takes_part_holds_shares_or_votes_is_not_erased(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    async with assembly(platform, operator, members=2) as group:
        member_id = group.members[0]
        await group.given_poll()
        operation = await operator.get(f"/community/operations/{group.operation_id}")
        co_op = operation.json()["organiser_id"]
        movement = {
            "kind": "subscription",
            "day": "2026-03-02",
            "to_member_id": member_id,
            "capital_shares": 5,
            "nominal_cents": 2000,
            "document_reference": "Bulletin 14",
        }
        path = f"/community/organisers/{co_op}/capital/movements/{uuid4()}"
        assert (await operator.put(path, json=movement)).status_code == 201

        asked = await _ask(group.clients[member_id], member_id)
        answer = await _erase(operator, member_id)

    assert asked["obstacles"] == ["takes-part", "holds-shares", "votes"]
    assert (answer.status_code, answer.json()["type"]) == (409, "/problems/erasure-refused")
    assert answer.json()["obstacles"] == asked["obstacles"]
    shown = await operator.get(f"/community/members/{member_id}")
    assert shown.json()["name"] == "Lucie Brindille"


async def test_who_was_erased_gets_no_shares_back(operator: httpx.AsyncClient) -> None:
    member_id, _, _ = await _given_who_left(operator)
    co_op = await given_organiser(operator)
    terms = {"day": "2026-03-02", "capital_shares": 5, "nominal_cents": 2000}
    terms["document_reference"] = "Bulletin 14"
    movements = f"/community/organisers/{co_op}/capital/movements"
    repaid = f"{movements}/{uuid4()}"
    given = {"kind": "subscription", "to_member_id": member_id} | terms
    taken = {"kind": "repayment", "from_member_id": member_id} | terms
    for path, movement in ((f"{movements}/{uuid4()}", given), (repaid, taken)):
        answer = await operator.put(path, json=movement)
        assert answer.status_code == 201, answer.text
    await _ask(operator, member_id)
    assert (await _erase(operator, member_id)).status_code == 200

    answer = await operator.post(f"{repaid}/cancellation", json={"reason": "A mistake."})

    assert (answer.status_code, answer.json()["type"]) == (409, "/problems/capital-holder-erased")


async def test_staff_have_to_see_that_nothing_is_owed_and_that_it_was_asked_for(
    operator: httpx.AsyncClient,
) -> None:
    member_id = await given_member(operator)

    unasked = await _erase(operator, member_id)
    await _ask(operator, member_id)
    unseen = await _erase(operator, member_id, nothing_is_owed=False)

    assert unasked.json()["type"] == "/problems/erasure-unknown"
    assert unseen.json()["type"] == "/problems/debts-not-checked"


async def test_nobody_else_asks_and_members_do_not_execute(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    member_id, other = await given_member(operator), await given_member(operator)
    path = f"/community/members/{member_id}/erasure"

    async with (
        member_client(platform, other) as stranger,
        member_client(platform, member_id) as member,
    ):
        answers = [await stranger.get(path), await stranger.put(path)]
        answers.append(await member.post(f"{path}/execution", json={"nothing_is_owed": True}))

    assert {answer.status_code for answer in answers} == {403}


async def test_a_wish_is_withdrawn_as_long_as_it_was_not_carried_out(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    member_id, email, _ = await _given_who_left(operator)
    path = f"/community/members/{member_id}/erasure"
    async with (
        platform.client(await platform.token(email, PASSWORD)) as member,
        member_client(platform, await given_member(operator)) as other,
    ):
        never = await member.delete(path)
        await _ask(member, member_id)
        by_another = await other.delete(path)
        withdrawn = await member.delete(path)
        shown = (await member.get(path)).json()
        not_asked = await _erase(operator, member_id)
        await _ask(member, member_id)
    erased = await _erase(operator, member_id)
    too_late = await operator.delete(path)

    assert never.json()["type"] == "/problems/erasure-unknown"
    assert by_another.status_code == 403
    assert withdrawn.status_code == 204
    assert (shown["requested_at"], shown["due_at"], shown["executed_at"]) == (None, None, None)
    assert not_asked.json()["type"] == "/problems/erasure-unknown"
    assert erased.status_code == 200, erased.text
    assert (too_late.status_code, too_late.json()["type"]) == (409, "/problems/erasure-executed")


@pytest.mark.parametrize(
    ("language", "word"), [("fr", "Rien n’a été effacé"), ("en", "Nothing was erased")]
)
async def test_a_member_is_told_if_staff_withdraw_their_wish(
    platform: Platform, operator: httpx.AsyncClient, language: str, word: str
) -> None:
    member_id, email, _ = await _given_who_left(operator)
    path = f"/community/members/{member_id}/erasure"
    kind = "erasure_withdrawn"
    async with platform.client(await platform.token(email, PASSWORD)) as member:
        contact = {"address": "1 rue", "language": language}
        await put(member, "/me/contact", contact)

        async def told() -> list[Any]:
            listed = (await member.get("/community/messages", params={"limit": 1000})).json()
            return [message for message in listed if message["kind"] == kind]

        await _ask(member, member_id)
        await member.delete(path)
        by_oneself = await told()
        await _ask(member, member_id)
        withdrawn = await operator.delete(path)
        again = await operator.delete(path)
        by_staff = await told()

    assert (withdrawn.status_code, again.status_code) == (204, 404)
    assert by_oneself == []
    (message,) = by_staff
    assert word in message["body"]
    assert [recipient["address"] for recipient in message["recipients"]] == [email]


async def test_a_withdrawal_and_an_erasure_at_once_do_not_both_happen(
    operator: httpx.AsyncClient,
) -> None:
    member_id, _, _ = await _given_who_left(operator)
    await _ask(operator, member_id)

    withdrawn, erased = await asyncio.gather(
        operator.delete(f"/community/members/{member_id}/erasure"), _erase(operator, member_id)
    )

    assert (withdrawn.status_code, erased.status_code) in {(204, 404), (409, 200)}


async def test_a_signature_and_an_erasure_at_once_do_not_wait_for_each_other(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    member_id, email, _ = await _given_who_left(operator)
    await _ask(operator, member_id)
    document = await given_document(operator, await given_operation(operator), member_id)
    await send_file(operator, document)
    body = signature_body(state="sent")
    assert (await operator.post(f"{document}/signatures", json=body)).is_success

    async with (
        platform.client(await platform.token(email, PASSWORD)) as member,
        platform.database("community") as database,
    ):
        async with database.transaction() as holding:  # the signature, halfway
            await holding.execute(text("LOCK TABLE document_signature IN SHARE ROW EXCLUSIVE MODE"))
            click = {"sha256": hashlib.sha256(PDF).hexdigest()}
            signing = asyncio.create_task(member.post(f"{document}/signature", json=click))
            await until_somebody_waits_for(holding)
            erasing = asyncio.create_task(_erase(operator, member_id))
            await _until_somebody_waits_for_them(holding)
        assert [(await signing).status_code, (await erasing).status_code] == [200, 200]

    assert (await operator.get(document)).json()["state"] == "signed"


async def _until_somebody_waits_for_them(session: AsyncSession) -> None:
    """Until somebody waits for a transaction that waits for ours."""
    waits = text(
        """
        SELECT EXISTS (
            SELECT FROM pg_stat_activity first, pg_stat_activity second
            WHERE pg_backend_pid() = ANY (pg_blocking_pids(first.pid))
                AND first.pid = ANY (pg_blocking_pids(second.pid))
        )
        """
    )
    await until("somebody waits for who waits", lambda: session.scalar(waits))


async def test_who_was_erased_stays_so(platform: Platform, operator: httpx.AsyncClient) -> None:
    member_id, _, prm = await _given_who_left(operator)
    await _ask(operator, member_id)
    assert (await _erase(operator, member_id)).status_code == 200
    operation_id = await given_operation(operator)
    account = {"roles": ["member"], "member_id": member_id}
    puts: dict[str, object] = {
        f"/members/{member_id}": member_body(),
        f"/members/{member_id}/consents/{uuid4()}": consent_body(prm),
        f"/accounts/{new_address()}": account,
        f"/operations/{operation_id}/participations": [participation(prm, member_id)],
    }

    answers = [await operator.put(f"/community{path}", json=body) for path, body in puts.items()]

    assert [answer.status_code for answer in answers] == [409, 404, 404, 404]
    assert answers[0].json()["type"] == "/problems/member-erased"
    async with platform.database("community") as database, database.engine.connect() as connection:
        statement = text("UPDATE member SET name = 'Zoé' WHERE id = :id")
        with pytest.raises(IntegrityError, match="stays so"):
            await connection.execute(statement, {"id": UUID(member_id)})


async def test_an_enrolment_and_an_erasure_at_once_do_not_both_happen(
    operator: httpx.AsyncClient,
) -> None:
    for _ in range(5):
        member_id, prm = await given_member(operator), await given_point(operator)
        operation_id = await given_operation(operator)
        await _ask(operator, member_id)
        path = f"/community/operations/{operation_id}/participations"

        enrolled, erased = await asyncio.gather(
            operator.put(path, json=[participation(prm, member_id)]), _erase(operator, member_id)
        )

        assert sorted([enrolled.is_success, erased.is_success]) == [False, True]


async def test_a_log_in_for_other_work_too_is_kept_and_no_longer_the_members(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    member_id, email = await given_member(operator), new_address()
    account = {"password": PASSWORD, "roles": ["member", "operator"], "member_id": member_id}
    await put_account(operator, email, account)
    await _ask(operator, member_id)
    assert (await _erase(operator, member_id)).status_code == 200

    async with platform.client(await platform.token(email, PASSWORD)) as client:
        me = (await client.get("/community/me")).json()

    assert (me["roles"], me["member_id"]) == (["operator"], None)
