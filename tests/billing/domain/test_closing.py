from collections import Counter
from datetime import date
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.billing.domain.books.closing import (
    EarlierYearOpen,
    FiscalYearRunning,
    check_may_close,
    opening_entry,
    result_cents,
)
from services.billing.domain.books.ledger import Account, Books, EntryLine, FiscalYearClosed

_OWNER = UUID(int=1)
_ACCOUNTS = ["120000", "411000", "445712000", "467000", "512000", "654000", "701000"]
_CENTS = st.integers(-(10**6), 10**6).filter(bool)


@given(st.dictionaries(st.sampled_from(_ACCOUNTS), _CENTS))
def test_an_opening_balances_and_has_all_of_the_balance_sheet(sums: dict[str, int]) -> None:
    rest = -sum(sums.values())
    balances = [EntryLine(Account(name, name), cents) for name, cents in sums.items()]
    balances += [EntryLine(Account("512100", "Banque"), rest)] if rest else []

    entry = opening_entry(_OWNER, Books(), 2026, balances)

    carried: Counter[str] = Counter()
    for line in entry.lines if entry else ():
        carried[line.account.number] += line.amount_cents
    result = -sum(cents for account, cents in sums.items() if account[0] in "67")
    assert result_cents(balances) == result
    assert sum(carried.values()) == 0
    for account in ("411000", "445712000", "467000", "512000"):
        assert carried[account] == sums.get(account, 0)
    assert not any(account[0] in "67" for account in carried)
    assert carried["129000"] == max(-result, 0)
    assert carried["120000"] == sums.get("120000", 0) - max(result, 0)
    assert entry is None or entry.day == date(2027, 1, 1)


def test_a_year_is_closed_when_it_is_over_and_no_earlier_one_is_open() -> None:
    check_may_close(Books(), 2025, today=date(2026, 1, 1), with_entries=[2025, 2026])
    check_may_close(
        Books(closed_year=2024), 2025, today=date(2026, 1, 1), with_entries=[2024, 2025]
    )
    with pytest.raises(FiscalYearRunning):
        check_may_close(Books(), 2025, today=date(2025, 12, 31), with_entries=[])
    with pytest.raises(EarlierYearOpen):
        check_may_close(Books(), 2026, today=date(2027, 1, 1), with_entries=[2025, 2026])


def test_what_is_told_late_goes_to_the_first_open_day() -> None:
    books = Books(fiscal_year_end_month=6, closed_year=2026)

    assert books.open_day(date(2026, 6, 30)) == date(2026, 7, 1)
    assert books.open_day(date(2026, 7, 2)) == date(2026, 7, 2)
    assert Books().open_day(date(2020, 1, 1)) == date(2020, 1, 1)
    books.check_open(date(2026, 7, 1))
    with pytest.raises(FiscalYearClosed):
        books.check_open(date(2026, 6, 30))
