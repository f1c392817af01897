"""The register of co-operative shares: what it takes, what it says at a date, who may see it."""

import asyncio
import io
from collections import Counter
from datetime import timedelta
from typing import Any
from uuid import uuid4

import httpx
import pytest
from pypdf import PdfReader
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from tests.community.assembly import assembly, member_client
from tests.community.coop import given_member, given_organiser, logged_in, member_body, put, today
from tests.support.platform import Platform


def _subscription(member_id: str, capital_shares: int = 5, **changes: object) -> dict[str, object]:
    body: dict[str, object] = {
        "kind": "subscription",
        "day": "2026-03-02",
        "to_member_id": member_id,
        "capital_shares": capital_shares,
        "nominal_cents": 2000,
        "document_reference": "Bulletin 2026-014",
    }
    return body | changes


def _repayment(member_id: str, capital_shares: int = 1, **changes: object) -> dict[str, object]:
    body = _subscription(member_id, capital_shares, kind="repayment", to_member_id=None)
    return body | {"from_member_id": member_id, "day": "2026-09-01"} | changes


def _transfer(giver: str, receiver: str, capital_shares: int, **changes: object) -> object:
    body = _subscription(receiver, capital_shares, kind="transfer", from_member_id=giver)
    return body | {"day": "2026-06-01"} | changes


async def _record(
    client: httpx.AsyncClient, co_op: str, body: object, movement_id: str | None = None
) -> httpx.Response:
    path = f"/community/organisers/{co_op}/capital/movements/{movement_id or uuid4()}"
    return await client.put(path, json=body)


async def _recorded(client: httpx.AsyncClient, co_op: str, body: object) -> Any:  # noqa: ANN401 - JSON
    answer = await _record(client, co_op, body)
    assert answer.status_code == 201, answer.text
    return answer.json()


async def _get(client: httpx.AsyncClient, path: str, **query: object) -> Any:  # noqa: ANN401 - JSON
    answer = await client.get(f"/community{path}", params=query)  # type: ignore[arg-type]
    assert answer.status_code == 200, answer.text
    return answer.json()


async def test_the_register_tells_who_holds_how_many_at_any_date(
    operator: httpx.AsyncClient,
) -> None:
    co_op = await given_organiser(operator)
    anna, bruno = await given_member(operator), await given_member(operator)
    await _recorded(operator, co_op, _subscription(anna, 5))
    await _recorded(operator, co_op, _transfer(anna, bruno, 2))
    await _recorded(operator, co_op, _repayment(anna, 3))

    held = {
        day: (await _get(operator, f"/organisers/{co_op}/capital", day=day))
        for day in ("2026-03-01", "2026-03-02", "2026-06-01", "2026-09-01")
    }

    assert [holding["capital_shares"] for holding in held.values()] == [0, 5, 5, 2]
    assert [holding["amount_cents"] for holding in held.values()] == [0, 10_000, 10_000, 4_000]
    by_member = {
        day: {holder["member_id"]: holder["capital_shares"] for holder in answer["holders"]}
        for day, answer in held.items()
    }
    assert list(by_member.values()) == [{}, {anna: 5}, {anna: 3, bruno: 2}, {bruno: 2}]
    register = await _get(operator, f"/organisers/{co_op}/capital/movements")
    assert [movement["number"] for movement in register] == [1, 2, 3]


async def test_the_register_names_the_members_of_each_movement(
    operator: httpx.AsyncClient,
) -> None:
    co_op = await given_organiser(operator)
    anna, bruno = str(uuid4()), str(uuid4())
    await put(operator, f"/members/{anna}", member_body(name="Anna Martin"))
    await put(operator, f"/members/{bruno}", member_body(name="Bruno Petit"))
    await _recorded(operator, co_op, _subscription(anna, 5))
    await _recorded(operator, co_op, _transfer(anna, bruno, 5))
    await _recorded(operator, co_op, _repayment(bruno, 5))

    async def names() -> list[tuple[str | None, str | None]]:
        register = await _get(operator, f"/organisers/{co_op}/capital/movements")
        return [(movement["from_name"], movement["to_name"]) for movement in register]

    assert await names() == [
        (None, "Anna Martin"),
        ("Anna Martin", "Bruno Petit"),
        ("Bruno Petit", None),
    ]
    await put(operator, f"/members/{bruno}/erasure", None)
    erasure = f"/community/members/{bruno}/erasure/execution"
    answer = await operator.post(erasure, json={"nothing_is_owed": True})
    assert answer.is_success, answer.text
    assert await names() == [
        (None, "Anna Martin"),
        ("Anna Martin", "(effacé)"),
        ("(effacé)", None),
    ]


async def test_holders_and_movements_come_by_page(operator: httpx.AsyncClient) -> None:
    co_op = await given_organiser(operator)
    members = sorted([await given_member(operator) for _ in range(3)])
    for member_id in members:
        await _recorded(operator, co_op, _subscription(member_id, 1))

    path = f"/organisers/{co_op}/capital"
    first = await _get(operator, path, limit=2)
    second = await _get(operator, path, limit=2, after=first["holders"][-1]["member_id"])
    numbers = await _get(operator, f"{path}/movements", after=1, limit=1)

    member_ids = [holder["member_id"] for page in (first, second) for holder in page["holders"]]
    assert (member_ids, first["capital_shares"], second["capital_shares"]) == (members, 3, 3)
    assert [number["number"] for number in numbers] == [2]


async def test_the_same_movement_again_changes_nothing_and_another_is_refused(
    operator: httpx.AsyncClient,
) -> None:
    co_op, member_id = await given_organiser(operator), await given_member(operator)
    recorded = await _recorded(operator, co_op, _subscription(member_id))

    same = await _record(operator, co_op, _subscription(member_id), recorded["id"])
    other = await _record(operator, co_op, _subscription(member_id, 6), recorded["id"])

    assert (same.status_code, same.json()) == (200, recorded)
    assert other.json()["type"] == "/problems/capital-movement-changed"


async def test_what_contradicts_the_register_is_refused(operator: httpx.AsyncClient) -> None:
    co_op, member_id = await given_organiser(operator), await given_member(operator)
    other = await given_member(operator)
    await _recorded(operator, co_op, _subscription(member_id))
    tomorrow = today() + timedelta(days=2)
    bodies = {
        "capital-shares-missing": _repayment(member_id, 6),
        "capital-movement-unfit": _subscription(member_id, from_member_id=other),
        "nominal-differs": _subscription(member_id, nominal_cents=1500),
        "member-unknown": _subscription(str(uuid4())),
        "capital-day-to-come": _subscription(member_id, day=str(tomorrow)),
        "malformed": _subscription(member_id, capital_shares=0),
    }

    for slug, body in bodies.items():
        answer = await _record(operator, co_op, body)
        assert answer.json()["type"] == f"/problems/{slug}", answer.text
    early = await _record(operator, co_op, _transfer(member_id, other, 1, day="2026-03-01"))
    assert early.json()["day"] == "2026-03-01"
    nowhere = await _record(operator, str(uuid4()), _subscription(member_id))
    assert nowhere.json()["type"] == "/problems/organiser-unknown"


async def test_a_mistake_is_cancelled_unless_its_shares_have_moved_on(
    operator: httpx.AsyncClient,
) -> None:
    co_op, anna = await given_organiser(operator), await given_member(operator)
    bruno = await given_member(operator)
    subscribed = await _recorded(operator, co_op, _subscription(anna))
    moved = await _recorded(operator, co_op, _transfer(anna, bruno, 4))

    async def cancel(movement: Any) -> httpx.Response:  # noqa: ANN401 - JSON
        path = f"/community/organisers/{co_op}/capital/movements/{movement['id']}/cancellation"
        return await operator.post(path, json={"reason": "entered twice"})

    refused = await cancel(subscribed)
    first, again = await cancel(moved), await cancel(moved)
    then = await cancel(subscribed)

    assert refused.json()["type"] == "/problems/capital-shares-missing"
    assert first.json() == again.json()
    assert then.json()["cancelled_reason"] == "entered twice"
    assert (await _get(operator, f"/organisers/{co_op}/capital"))["capital_shares"] == 0
    register = await _get(operator, f"/organisers/{co_op}/capital/movements")
    assert [entry["cancelled_at"] is not None for entry in register] == [True, True]


async def test_fifty_repayments_at_once_repay_what_there_is(operator: httpx.AsyncClient) -> None:
    co_op, member_id = await given_organiser(operator), await given_member(operator)
    await _recorded(operator, co_op, _subscription(member_id, 7))

    answers = await asyncio.gather(
        *(_record(operator, co_op, _repayment(member_id)) for _ in range(50))
    )

    assert Counter(answer.status_code for answer in answers) == {201: 7, 409: 43}
    types = {answer.json()["type"] for answer in answers if answer.status_code == 409}
    assert types == {"/problems/capital-shares-missing"}
    assert (await _get(operator, f"/organisers/{co_op}/capital"))["holders"] == []
    register = await _get(operator, f"/organisers/{co_op}/capital/movements")
    assert [movement["number"] for movement in register] == list(range(1, 9))


async def test_the_database_itself_refuses_shares_that_nobody_has(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    """Two transactions that both read five shares, and each take four away."""
    co_op, member_id = await given_organiser(operator), await given_member(operator)
    movement = await _recorded(operator, co_op, _subscription(member_id, 5))
    repay = text("""
        INSERT INTO capital_movement SELECT
            gen_random_uuid(), organiser_id, :number, 'repayment', '2026-09-01', to_member_id,
            NULL, 4, nominal_cents, 'Note 3', recorded_at, 'a test', NULL, NULL, NULL
        FROM capital_movement WHERE id = :id
    """)

    async with platform.database("community") as database:

        async def take(number: int) -> bool:
            try:
                async with database.transaction() as session:
                    await session.execute(repay, {"id": movement["id"], "number": number})
                    await asyncio.sleep(0.2)
            except IntegrityError:
                return False
            return True

        taken = await asyncio.gather(take(2), take(3))

    assert sorted(taken) == [False, True]


@pytest.mark.parametrize(
    "change", ["DELETE FROM capital_movement", "UPDATE capital_movement SET capital_shares = 99"]
)
async def test_a_movement_stays_as_it_was_recorded(
    platform: Platform, operator: httpx.AsyncClient, change: str
) -> None:
    co_op, member_id = await given_organiser(operator), await given_member(operator)
    movement = await _recorded(operator, co_op, _subscription(member_id, 5))

    async with platform.database("community") as database, database.engine.connect() as connection:
        statement = text(f"{change} WHERE id = :id")
        with pytest.raises(IntegrityError, match="stays as it was recorded"):
            await connection.execute(statement, {"id": movement["id"]})


async def test_a_member_sees_their_own_shares_and_no_other_member(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    co_op, anna = await given_organiser(operator), await given_member(operator)
    bruno = await given_member(operator)
    await _recorded(operator, co_op, _subscription(anna, 5))
    await _recorded(operator, co_op, _transfer(anna, bruno, 2))

    async with (
        member_client(platform, bruno) as member,
        logged_in(platform, operator, "organiser", operations=["ACC00000101"]) as organiser,
    ):
        own_answer = await member.get(f"/community/members/{bruno}/capital")
        certificate = f"/community/members/{anna}/capital/{co_op}/certificate.pdf"
        refused = [
            await client.get(path)
            for client in (member, organiser)
            for path in (
                f"/community/members/{anna}/capital",
                certificate,
                f"/community/organisers/{co_op}/capital",
                f"/community/organisers/{co_op}/capital/movements",
            )
        ]

    expected = {"organiser_id": co_op, "capital_shares": 2, "amount_cents": 4000}
    assert own_answer.json()["holdings"] == [expected]
    assert anna not in own_answer.text
    assert {answer.status_code for answer in refused} == {403}


async def test_the_certificate_says_what_is_held_in_both_languages(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    co_op, member_id = await given_organiser(operator), await given_member(operator)
    await put(operator, f"/members/{member_id}", member_body(name="Zoé Brindille #1 $x$"))
    await put(operator, f"/members/{co_op}", member_body(kind="company", siren="992000026"))
    await _recorded(operator, co_op, _subscription(member_id, 5))
    await _recorded(operator, co_op, _repayment(member_id, 2))
    path = f"/community/members/{member_id}/capital/{co_op}/certificate.pdf"

    async with member_client(platform, member_id) as member:
        french = await member.get(path, params={"day": "2026-09-01"})
        again = await member.get(path, params={"day": "2026-09-01"})
        english = await member.get(path, params={"day": "2026-06-01", "language": "en"})
        before = await member.get(path, params={"day": "2026-03-01"})

    assert french.content == again.content
    assert before.json()["type"] == "/problems/no-capital-shares"
    pages = [
        PdfReader(io.BytesIO(certificate.content)).pages[0] for certificate in (french, english)
    ]
    in_french, in_english = (" ".join(page.extract_text().split()) for page in pages)
    for words in ("Attestation de parts sociales", "Zoé Brindille #1 $x$", "01/09/2026", "60,00"):
        assert words in in_french
    for words in ("Certificate of co-operative shares", "2026-06-01", "100.00 EUR", "Les Volts"):
        assert words in in_english
    for words in (
        "SIREN 992000026",
        "au 01/09/2026",
        "Pour la coopérative, nom et signature",
        "−2",
    ):
        assert words in in_french
    assert "Remboursement" in in_french
    assert "Repayment" not in in_english


async def test_a_poll_by_shares_takes_its_weights_from_the_register(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    async with assembly(platform, operator, members=3) as group:
        anna, bruno, without = group.members
        operation = await _get(operator, f"/operations/{group.operation_id}")
        co_op = operation["organiser_id"]
        await _recorded(operator, co_op, _subscription(anna, 5))
        await _recorded(operator, co_op, _subscription(bruno, 2))
        await _recorded(operator, co_op, _repayment(bruno, 1))

        poll_id = await group.given_poll(weighting="capital_shares")
        roll = await group.get(f"{poll_id}/roll")
        refused = await group.vote(without, poll_id, options=["for"])

    weights = {voter["member_id"]: voter["weight"] for voter in roll}
    assert weights == {anna: 5, bruno: 1}
    assert refused.json()["type"] == "/problems/poll-unknown"
