"""A statement begins where the one before ended, or the answer says so."""

import httpx

from tests.billing.money import new_iban, set_creditor
from tests.billing.statements import booked, send, statement
from tests.billing.world import Coop


async def test_a_statement_that_does_not_follow_the_one_before_is_told(
    operator: httpx.AsyncClient, coop: Coop
) -> None:
    iban = (await set_creditor(operator, coop.seller))["iban"]

    async def gaps(opening_cents: int, day: str, account: str = iban) -> list[dict[str, object]]:
        content = statement(account, [booked(500)], opening_cents=opening_cents, day=day)
        answer = await send(operator, coop.seller, content)
        assert answer.status_code == 200, answer.text
        rows: list[dict[str, object]] = answer.json()["gaps"]
        return rows

    assert await gaps(10_000, "2026-11-20") == []
    assert await gaps(10_500, "2026-11-23") == []
    gap = {
        "account_end": iban[-4:],
        "opened_on": "2026-11-25",
        "closing_before_cents": 11_000,
        "opening_cents": 23_345,
    }
    assert await gaps(23_345, "2026-11-25") == [gap]
    # The statement between them is found, and then the same file follows it.
    content = statement(iban, [booked(12_345)], opening_cents=11_000, day="2026-11-24")
    assert (await send(operator, coop.seller, content)).json()["gaps"] == []
    assert await gaps(23_345, "2026-11-25") == []
    # Another account has a chain of its own.
    other = (await set_creditor(operator, coop.seller, iban=new_iban()))["iban"]
    assert await gaps(0, "2026-11-26", other) == []


async def test_a_statement_of_a_month_follows_what_was_before_it_not_its_own_days(
    operator: httpx.AsyncClient, coop: Coop
) -> None:
    iban = (await set_creditor(operator, coop.seller))["iban"]
    daily = [(10_000, "2026-10-31"), (10_500, "2026-11-02"), (11_000, "2026-11-29")]
    month = statement(
        iban, [booked(1_500)], opening_cents=10_500, day="2026-11-30", opened_on="2026-11-01"
    )

    for opening_cents, day in daily:
        await send(
            operator,
            coop.seller,
            statement(iban, [booked(500)], opening_cents=opening_cents, day=day),
        )
    answer = await send(operator, coop.seller, month)

    assert answer.json()["gaps"] == []


async def test_several_statements_of_one_day_follow_one_another_in_any_order(
    operator: httpx.AsyncClient, coop: Coop
) -> None:
    iban = (await set_creditor(operator, coop.seller))["iban"]

    async def gaps(opening_cents: int, cents: int, day: str) -> list[int]:
        content = statement(iban, [booked(cents)], opening_cents=opening_cents, day=day)
        rows = (await send(operator, coop.seller, content)).json()["gaps"]
        return [row["closing_before_cents"] for row in rows]

    assert await gaps(10_000, 500, "2026-11-20") == []
    assert await gaps(10_500, 500, "2026-11-23") == []
    assert await gaps(11_000, 500, "2026-11-23") == []
    assert await gaps(11_500, -200, "2026-11-23") == []
    # The day ended with 113.00 €, not with what the first two of its statements closed with.
    assert await gaps(11_000, 500, "2026-11-24") == [11_300]
    assert await gaps(11_300, 500, "2026-11-25") == [11_500]
    assert await gaps(11_300, 200, "2026-11-24") == []


async def test_a_statement_that_the_bank_mends_is_followed_as_mended(
    operator: httpx.AsyncClient, coop: Coop
) -> None:
    iban = (await set_creditor(operator, coop.seller))["iban"]
    wrong, mended = [
        statement(iban, [booked(500)], opening_cents=opening_cents, day="2026-11-23")
        for opening_cents in (10_000, 20_000)
    ]
    following = statement(iban, [booked(500)], opening_cents=20_500, day="2026-11-24")

    await send(operator, coop.seller, wrong)
    gaps_after_wrong = (await send(operator, coop.seller, following)).json()["gaps"]
    await send(operator, coop.seller, mended)
    gaps_after_mended = (await send(operator, coop.seller, following)).json()["gaps"]

    assert (len(gaps_after_wrong), gaps_after_mended) == (1, [])
