"""Documents of an operation: versions, signatures, who reads them."""

import asyncio
import hashlib
from datetime import timedelta
from uuid import uuid4

import httpx
import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from tests.community.coop import (
    enrol,
    given_member,
    given_operation,
    given_point,
    logged_in,
    participation,
    today,
)
from tests.community.papers import (
    FILES,
    OTHER_ZIP,
    PDF,
    document_body,
    given_document,
    given_signed,
    send,
    signature_body,
)
from tests.support.platform import Platform


@pytest.mark.parametrize("media_type", FILES)
async def test_a_version_comes_back_to_the_byte_with_the_type_of_its_content(
    operator: httpx.AsyncClient, media_type: str
) -> None:
    operation_id, member_id = await given_operation(operator), await given_member(operator)
    document = await given_document(operator, operation_id, member_id)

    sent = (await send(operator, document, FILES[media_type])).json()
    got = await operator.get(f"{document}/versions/1")

    (version,) = sent["versions"]
    assert version["sha256"] == hashlib.sha256(FILES[media_type]).hexdigest()
    assert (version["media_type"], sent["state"]) == (media_type, "draft")
    assert got.content == FILES[media_type]
    assert got.headers["content-type"] == media_type
    assert got.headers["content-disposition"].startswith("attachment;")


async def test_new_content_is_a_new_version_and_the_same_again_is_none(
    operator: httpx.AsyncClient,
) -> None:
    operation_id = await given_operation(operator)
    document = await given_signed(operator, operation_id, None)

    again = (await send(operator, document)).json()
    changed = (await send(operator, document, PDF + b"% 2\n")).json()

    assert [version["number"] for version in again["versions"]] == [1]
    assert [version["number"] for version in changed["versions"]] == [1, 2]
    assert (again["state"], changed["state"]) == ("signed", "draft")
    assert (await operator.get(f"{document}/versions/1")).content == PDF
    assert (await operator.get(f"{document}/versions/3")).status_code == 404


async def test_versions_sent_at_once_have_numbers_without_a_gap(
    operator: httpx.AsyncClient,
) -> None:
    document = await given_document(operator, await given_operation(operator), None)

    async def sent(number: int) -> httpx.Response:
        """A machine that is too busy says so, and that one may try again."""
        while (
            answer := await send(operator, document, PDF + str(number).encode())
        ).is_server_error:
            assert answer.json()["type"] == "/problems/overloaded"
        return answer

    answers = await asyncio.gather(*map(sent, range(8)))

    assert {answer.status_code for answer in answers} == {200}
    shown = (await operator.get(document)).json()
    assert [version["number"] for version in shown["versions"]] == list(range(1, 9))


@pytest.mark.parametrize(
    ("content", "status", "slug"),
    [
        (b"", 415, "media-type-unknown"),
        (b"MZ\x90\x00", 415, "media-type-unknown"),
        (OTHER_ZIP, 415, "media-type-unknown"),
        (PDF + bytes(20 * 1024**2), 413, "body-too-large"),
    ],
)
async def test_what_is_no_document_is_refused(
    operator: httpx.AsyncClient, content: bytes, status: int, slug: str
) -> None:
    document = await given_document(operator, await given_operation(operator), None)

    answer = await send(operator, document, content)

    assert (answer.status_code, answer.json()["type"]) == (status, f"/problems/{slug}")
    assert (await operator.get(document)).json()["versions"] == []


async def test_a_version_is_sent_then_signed_and_that_stays(operator: httpx.AsyncClient) -> None:
    document = await given_document(operator, await given_operation(operator), None)
    await send(operator, document)
    path = f"{document}/signatures"

    sent = await operator.post(path, json=signature_body(state="sent", day="2026-01-05"))
    early = await operator.post(path, json=signature_body(day="2026-01-04"))
    to_come = signature_body(day=(today() + timedelta(days=2)).isoformat())
    answers = [
        await operator.post(path, json=body)
        for body in (
            signature_body(day="2026-01-06"),
            signature_body(day="2026-01-06"),
            signature_body(state="declined", day="2026-01-07"),
            signature_body(version=2),
            to_come,
        )
    ]

    assert sent.json()["state"] == "sent"
    assert early.status_code == 409
    assert [answer.status_code for answer in answers] == [200, 200, 409, 404, 409]
    shown = (await operator.get(document)).json()
    assert [(signature["state"], signature["day"]) for signature in shown["signatures"]] == [
        ("sent", "2026-01-05"),
        ("signed", "2026-01-06"),
    ]


async def test_signed_and_declined_at_once_is_one_of_them(operator: httpx.AsyncClient) -> None:
    document = await given_document(operator, await given_operation(operator), None)
    await send(operator, document)

    answers = await asyncio.gather(
        *(
            operator.post(f"{document}/signatures", json=signature_body(state=state, party=state))
            for state in ("signed", "declined") * 3
        )
    )

    winners = [answer for answer in answers if answer.status_code == 200]
    assert {answer.status_code for answer in answers} == {200, 409}
    assert len({winner.json()["state"] for winner in winners}) == 1


async def test_what_was_signed_changes_its_end_only(operator: httpx.AsyncClient) -> None:
    operation_id, member_id = await given_operation(operator), await given_member(operator)
    document = await given_signed(operator, operation_id, member_id)

    ended = await operator.put(document, json=document_body(member_id, valid_to="2027-01-01"))
    changes = [{"valid_from": "2025-01-01"}, {"kind": "sale_contract"}]
    refused = [
        await operator.put(document, json=document_body(member_id, **change)) for change in changes
    ]

    assert ended.json()["valid_to"] == "2027-01-01"
    assert [answer.json()["type"] for answer in refused] == ["/problems/document-signed"] * 2


async def test_a_member_reads_their_own_documents_only(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    operation_id = await given_operation(operator)
    member_id, neighbour_id = await given_member(operator), await given_member(operator)
    prm = await given_point(operator)
    await enrol(operator, operation_id, participation(prm, neighbour_id))
    own_document = await given_signed(operator, operation_id, member_id)
    hidden = [
        await given_signed(operator, operation_id, neighbour_id),
        await given_signed(operator, operation_id, None),
    ]

    async with logged_in(platform, operator, "member", member_id=member_id) as member:
        listed = (await member.get(f"/community/operations/{operation_id}/documents")).json()
        shown = await member.get(f"{own_document}/versions/1")
        refused = [
            await member.get(f"{path}{end}") for path in hidden for end in ("", "/versions/1")
        ]
        written = await send(member, own_document)
        strange = await given_operation(operator)
        elsewhere = await member.get(f"/community/operations/{strange}/documents")

    assert [document["id"] for document in listed] == [own_document.rsplit("/", 1)[-1]]
    assert shown.content == PDF
    assert {answer.status_code for answer in refused} == {404}
    assert (written.status_code, elsewhere.status_code) == (403, 403)


async def test_an_organiser_keeps_documents_of_their_operation_only(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    here, elsewhere = await given_operation(operator), await given_operation(operator)
    stranger = await given_member(operator)
    await enrol(operator, elsewhere, participation(await given_point(operator), stranger))
    other = await given_document(operator, elsewhere, None)
    path = f"/community/operations/{here}/documents/{other.rsplit('/', 1)[-1]}"

    async with logged_in(platform, operator, "organiser", operations=[here]) as organiser:
        own_document = await given_document(organiser, here, None)
        answers = [
            await organiser.put(other, json=document_body(None)),
            await organiser.put(
                f"/community/operations/{here}/documents/{uuid4()}", json=document_body(stranger)
            ),
            await organiser.get(path),
            await send(organiser, path),
            await organiser.put(path, json=document_body(None)),
        ]
        listed = await organiser.get(f"/community/operations/{here}/documents")

    assert [answer.status_code for answer in answers] == [403, 403, 404, 404, 409]
    assert [document["id"] for document in listed.json()] == [own_document.rsplit("/", 1)[-1]]


@pytest.mark.parametrize(
    "change", [{"kind": "convention"}, {"member_id": None}, {"valid_to": "2026-01-01"}]
)
async def test_a_document_that_cannot_be_is_refused(
    operator: httpx.AsyncClient, change: dict[str, object]
) -> None:
    operation_id, member_id = await given_operation(operator), await given_member(operator)

    answer = await operator.put(
        f"/community/operations/{operation_id}/documents/{uuid4()}",
        json=document_body(member_id) | change,
    )

    assert answer.json()["type"] == "/problems/document-unfit"


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE document_version SET sha256 = repeat('0', 64)",
        "DELETE FROM document_version",
        "UPDATE document_signature SET state = 'declined'",
        "DELETE FROM document_signature",
        "TRUNCATE document_signature",
    ],
)
async def test_the_database_itself_keeps_versions_and_signatures(
    platform: Platform, operator: httpx.AsyncClient, change: str
) -> None:
    await given_signed(operator, await given_operation(operator), None)

    async with platform.database("community") as database, database.engine.begin() as connection:
        with pytest.raises(IntegrityError, match="only added"):
            await connection.execute(text(change))
