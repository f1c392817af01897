"""The books of the year, as the file for the tax office and the balances tell them."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import httpx

from tests.billing.fec_rules import cents, checked_fec
from tests.billing.money import payments_url
from tests.billing.year.almanac import YEAR

_BALANCE_SHEET = tuple("12345")
_RESULT = "12"


@dataclass(frozen=True)
class BookYears:
    """The lines of both years' files, without what opens the second; and what opens it."""

    lines: Sequence[dict[str, str]]
    opening: Sequence[dict[str, str]]
    closed: Sequence[dict[str, str]]

    def of_journal(self, journal: str) -> list[dict[str, str]]:
        return [line for line in self.lines if line["JournalCode"] == journal]


async def read_books(client: httpx.AsyncClient, owner: UUID) -> BookYears:
    """Files that obey the rules of the tax office."""
    closed, running = [await _fec(client, owner, year) for year in (YEAR, YEAR + 1)]
    opening = [line for line in running if line["JournalCode"] == "AN"]
    going_on = [line for line in running if line["JournalCode"] != "AN"]
    return BookYears([*closed, *going_on], opening, closed)


async def _fec(client: httpx.AsyncClient, owner: UUID, year: int) -> list[dict[str, str]]:
    answer = await client.get(payments_url(owner, "fec"), params={"year": year})
    assert answer.status_code == 200, answer.text
    name = answer.headers["content-disposition"].split('"')[1]
    return checked_fec(answer.content, name).rows


def by_account(lines: Iterable[dict[str, str]]) -> dict[str, int]:
    """Debits less credits, of what does not come to nothing."""
    return _sums((line["CompteNum"], line) for line in lines)


def by_customer(lines: Iterable[dict[str, str]]) -> dict[str, int]:
    """The same on accounts of customers, by their names with straight apostrophes."""
    customers = (line for line in lines if line["CompteNum"].startswith("411"))
    return _sums((line["CompAuxLib"], line) for line in customers)


def _sums(lines: Iterable[tuple[str, dict[str, str]]]) -> dict[str, int]:
    sums: Counter[str] = Counter()
    for name, line in lines:
        sums[name] += cents(line["Debit"]) - cents(line["Credit"])
    return {name: amount for name, amount in sums.items() if amount}


def carried(closed: Iterable[dict[str, str]]) -> dict[str, int]:
    """What the opening of the next year says: the balance sheet, and the result."""
    sums = by_account(closed)
    sheet = {
        account: amount for account, amount in sums.items() if account.startswith(_BALANCE_SHEET)
    }
    result = sum(amount for account, amount in sums.items() if account not in sheet)
    account = f"{_RESULT}0000" if result < 0 else f"{_RESULT}9000"
    return {**sheet, **({account: result} if result else {})}


async def balances(client: httpx.AsyncClient, owner: UUID) -> list[dict[str, Any]]:
    """Those of the second year, which begin with its opening."""
    answer = await client.get(payments_url(owner, "balances"), params={"year": YEAR + 1})
    assert answer.status_code == 200, answer.text
    rows: list[dict[str, Any]] = answer.json()
    return rows


def of_account(rows: Iterable[dict[str, Any]], begins: str) -> dict[str | None, int]:
    """Of the accounts that begin so, by party."""
    sums: Counter[str | None] = Counter()
    for row in rows:
        if row["account"].startswith(begins):
            sums[row["party_id"]] += row["balance_cents"]
    return {party: amount for party, amount in sums.items() if amount}
