"""Entries of documents: whatever the lines, they balance and sum to the document."""

from dataclasses import replace
from datetime import date
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from libs.common.ids import OperationId, Prm
from services.billing.domain.books.booked import BookedLine, item_of, letters
from services.billing.domain.books.ledger import Accounts, Books, Journal, JournalEntry
from services.billing.domain.books.posting import sale_entry
from services.billing.domain.corrections.credit_notes import credit_by_hand
from services.billing.domain.invoices.invoices import (
    Invoice,
    OperationBlock,
    Party,
    draft_invoice,
)
from services.billing.domain.invoices.lines import InvoiceLine, LineKind
from services.billing.domain.invoices.settled_months import SettledMonth, SettlementBlock

_ROOF, _HOME = Prm("99220000000101"), Prm("99110000000101")
_ISSUED = date(2026, 11, 5)
_AMOUNTS = st.lists(
    st.tuples(st.sampled_from(["0", "0.021", "0.055", "0.1", "0.2"]), st.integers(-9999, 9999)),
    max_size=12,
)


def an_invoice(amounts: list[tuple[str, int]]) -> Invoice:
    """Issued, with one line per VAT rate and amount in cents."""
    lines = [
        InvoiceLine(
            producer=_ROOF,
            consumer=_HOME,
            valid_from=date(2026, 10, 1),
            valid_to=date(2026, 10, 2),
            energy_wmin=60_000,
            energy_kwh="1.000",
            price_eur_per_kwh="0.1",
            vat_rate=rate,
            amount_cents=amount_cents,
            rule="producer",
            vat_mention="none",
            daily_wmin=[60_000],
        )
        for rate, amount_cents in amounts
    ]
    draft = draft_invoice(
        operation=OperationBlock(OperationId("ACC00000101"), "Pousse-Soleil"),
        months=[SettledMonth("2026-10", SettlementBlock(1, "provisional", "hash"))],
        issuer=Party(UUID(int=1), "Soleils SAS", "1 rue du Four", None, None, "company"),
        customer=Party(UUID(int=2), "Anna", "2 rue du Four", None, None, "household"),
        lines=lines,
    )
    return replace(draft, number="F2026-00001", issue_date=_ISSUED)


@given(_AMOUNTS)
def test_an_entry_balances_and_says_what_the_document_says(amounts: list[tuple[str, int]]) -> None:
    invoice = an_invoice(amounts)

    entry = sale_entry(invoice, Accounts())

    sums: dict[str, int] = {}
    for line in entry.lines if entry else ():
        number = line.account.number[:5]
        sums[number] = sums.get(number, 0) + line.amount_cents
    assert sum(sums.values()) == 0
    assert sums.get("41100", 0) == invoice.total_incl_vat_cents
    assert sums.get("70100", 0) == -sum(amount_cents for _, amount_cents in amounts)
    assert sums.get("44571", 0) == -invoice.total_vat_cents


@given(_AMOUNTS)
def test_a_document_of_opposite_lines_reverses_the_entry(amounts: list[tuple[str, int]]) -> None:
    entry = sale_entry(an_invoice(amounts), Accounts())
    reverse = sale_entry(an_invoice([(rate, -cents) for rate, cents in amounts]), Accounts())

    def by_account(journal_entry: object) -> dict[str, int]:
        lines = getattr(journal_entry, "lines", ())
        return {line.account.number: line.amount_cents for line in lines}

    assert by_account(reverse) == {
        account: -amount_cents for account, amount_cents in by_account(entry).items()
    }


@given(_AMOUNTS.filter(bool))
def test_a_credit_note_of_all_reverses_the_entry_on_the_account_of_its_invoice(
    amounts: list[tuple[str, int]],
) -> None:
    invoice = an_invoice(amounts)
    note = replace(
        credit_by_hand(invoice, [invoice], {}, reason="Wrong meter"),
        number="A2026-00001",
        issue_date=_ISSUED,
    )

    entry, reverse = sale_entry(invoice, Accounts()), sale_entry(note, Accounts())

    def by_account(journal_entry: JournalEntry | None) -> dict[tuple[str, UUID | None], int]:
        lines = journal_entry.lines if journal_entry else ()
        return {(line.account.number, line.invoice_id): line.amount_cents for line in lines}

    assert by_account(reverse) == {account: -cents for account, cents in by_account(entry).items()}
    assert reverse is None or reverse.piece_ref == "A2026-00001"


@given(_AMOUNTS, st.sets(st.integers(0, 11)))
def test_energy_and_its_fees_are_sold_on_one_account(
    amounts: list[tuple[str, int]], of_fees: set[int]
) -> None:
    invoice = an_invoice(amounts)
    lines = [
        replace(line, kind=LineKind.FEE) if rank in of_fees else line
        for rank, line in enumerate(invoice.lines)
    ]

    entry = sale_entry(replace(invoice, lines=lines), Accounts())

    income = [line for line in entry.lines if line.account.number.startswith("70")] if entry else []
    excl_cents = -invoice.total_excl_vat_cents
    assert [(line.account.number, line.amount_cents) for line in income] == (
        [("701000", excl_cents)] if excl_cents else []
    )


def test_a_credit_note_of_a_doubtful_invoice_lessens_what_is_doubtful() -> None:
    invoice = an_invoice([("0.2", 1000)])
    note = credit_by_hand(invoice, [invoice], {}, reason="Wrong meter")
    issued = replace(note, number="A2026-00001", issue_date=_ISSUED)

    entries = [
        sale_entry(issued, Accounts(), doubtful_cents=doubtful_cents)
        for doubtful_cents in (1500, 1200, 200, 0)
    ]

    assert [
        [(line.account.number, line.amount_cents) for line in entry.lines if line.party]
        for entry in entries
        if entry is not None
    ] == [
        [("416000", -1200)],
        [("416000", -1200)],
        [("416000", -200), ("411000", -1000)],
        [("411000", -1200)],
    ]


def test_the_account_of_vat_names_its_rate() -> None:
    accounts = Accounts(vat="44571")
    vat_accounts = [vars(accounts.vat_at(rate)) for rate in ("0.2", "0.055", "0.021", "0.0875")]
    assert vat_accounts == [
        {"number": "445712000", "label": "TVA collectée 20 %"},
        {"number": "445710550", "label": "TVA collectée 5,5 %"},
        {"number": "445710210", "label": "TVA collectée 2,1 %"},
        {"number": "445710875", "label": "TVA collectée 8,75 %"},
    ]


def test_a_fiscal_year_is_named_by_the_year_in_which_it_ends() -> None:
    books = Books(fiscal_year_end_month=2)
    assert books.fiscal_year(date(2028, 2, 29)) == 2028
    assert books.fiscal_year(date(2028, 3, 1)) == 2029
    assert books.last_day(2028) == date(2028, 2, 29)
    assert Books().last_day(2026) == date(2026, 12, 31)


def booked_line(invoice_id: UUID, cents: int) -> BookedLine:
    return BookedLine(
        entry_id=UUID(int=1),
        journal=Journal.SALES,
        number=1,
        day=_ISSUED,
        piece_ref="F2026-00001",
        piece_day=_ISSUED,
        label="",
        validated_on=_ISSUED,
        account="411000",
        account_label="Clients",
        party_id=None,
        party_name=None,
        party_number=None,
        invoice_id=invoice_id,
        debit_cents=max(cents, 0),
        credit_cents=max(-cents, 0),
    )


def test_letters_never_change_and_mark_what_is_settled() -> None:
    items = [(UUID(int=i), "411000") for i in range(800)]
    lines = [booked_line(UUID(int=i), cents) for i in range(800) for cents in (100, -100 + i % 2)]
    marked = {item.int: letter.text for (item, *_), letter in letters(items, lines).items() if item}
    assert [marked[i] for i in (0, 2, 26, 674, 676, 702)] == ["AA", "AC", "BA", "ZY", "AAA", "ABA"]
    assert len(set(marked.values())) == 400


def of_intermediary(entry: int, cents: int) -> BookedLine:
    line = booked_line(UUID(int=0), cents)
    return replace(
        line, entry_id=UUID(int=entry), account="467000", party_id=UUID(int=7), invoice_id=None
    )


def test_what_was_collected_has_the_letter_of_the_payout_that_left_nothing_owed() -> None:
    cents = [-300, -200, 500, -100, 60]
    lines = [of_intermediary(entry, amount) for entry, amount in enumerate(cents, start=1)]

    lettered = letters([], lines)

    assert [lettered[item_of(line)].text for line in lines if item_of(line) in lettered] == [
        "AA"
    ] * 3
    assert item_of(lines[-1]) not in lettered
    settled = letters([], [*lines, of_intermediary(6, 40)])
    assert [settled[item_of(line)].text for line in lines] == ["AA", "AA", "AA", "AB", "AB"]


def test_a_payout_that_keeps_what_came_last_settles_what_came_before() -> None:
    # 2.00 € of a direct debit that may come back are kept; then 3.00 € come, and both are paid.
    lines = [of_intermediary(entry, cents) for entry, cents in enumerate([-300, -200, 300], 1)]

    lettered = letters([], lines)

    assert [item_of(line) in lettered for line in lines] == [True, False, True]
    later = [*lines, of_intermediary(4, -300), of_intermediary(5, 500)]
    settled = letters([], later)
    assert [settled[item_of(line)].text for line in later] == ["AA", "AB", "AA", "AB", "AB"]
