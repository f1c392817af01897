"""Rules of getting paid, with plain values."""

import itertools
from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from libs.common.calendar import public_holidays
from services.billing.domain.payments.bank import BankTransaction, identify
from services.billing.domain.payments.bank_details import (
    IcsInvalid,
    mask_iban,
    parse_iban,
    parse_ics,
)
from services.billing.domain.payments.banking_days import is_banking_day, next_banking_day
from services.billing.domain.payments.collecting import (
    CollectionOrder,
    OpenInvoice,
    plan_collection,
)
from services.billing.domain.payments.mandates import (
    Mandate,
    MandateUse,
    Unusable,
    lapses_on,
    unusable_reason,
)
from services.billing.domain.payments.matching import Matcher
from services.billing.domain.payments.payers import PayerAccounts
from services.billing.domain.payments.reminders import (
    Reminder,
    ReminderSchedule,
    due_reminders,
    sum_overdue,
)
from services.billing.domain.thresholds import Thresholds
from services.billing.formats.sepa_text import sepa_amount, sepa_text

MANDATE = Mandate(
    id=UUID(int=1),
    creditor_id=UUID(int=2),
    debtor_id=UUID(int=3),
    rum="ELO-1",
    signed_on=date(2024, 2, 29),
    holder="Anna",
    iban="FR1420041010050500013M02606",
    bic=None,
)
_DUE = date(2026, 11, 5)


def an_invoice(number: int = 1, *, open_cents: int = 372, customer: int = 3) -> OpenInvoice:
    return OpenInvoice(
        invoice_id=UUID(int=number),
        number=f"F2026-{number:05}",
        issuer_id=UUID(int=2),
        issuer_name="Soleils SAS",
        customer_id=UUID(int=customer),
        customer_name="Anna",
        operation_name="Trois Toits",
        issue_date=_DUE,
        due_date=_DUE,
        total_cents=open_cents,
        open_cents=open_cents,
        doubtful_cents=0,
    )


def test_banks_rest_on_target_days_only() -> None:
    # The European Central Bank's calendar of 2026.
    closed = ["2026-01-01", "2026-04-03", "2026-04-06", "2026-05-01", "2026-12-25"]
    weekdays = (date(2026, 1, 1) + timedelta(days=i) for i in range(365))
    days = [day.isoformat() for day in weekdays if day.weekday() < 5 and not is_banking_day(day)]
    assert days == closed
    assert is_banking_day(date(2026, 7, 14))
    assert next_banking_day(date(2026, 4, 3)) == date(2026, 4, 7)


@pytest.mark.parametrize("year", range(2000, 2200))
def test_easter_monday_is_found_in_every_year(year: int) -> None:
    closed = [
        day for day in public_holidays(year) if day.weekday() == 0 and not is_banking_day(day)
    ]
    springs = [day for day in closed if 3 <= day.month <= 4]
    assert len(springs) == 1
    assert not is_banking_day(springs[0] - timedelta(days=3))


def test_a_mandate_lapses_36_months_after_its_last_use() -> None:
    assert lapses_on(MANDATE, MandateUse()) == date(2027, 2, 28)
    used = MandateUse(date(2026, 12, 31))
    assert lapses_on(MANDATE, used) == date(2029, 12, 31)
    assert unusable_reason(MANDATE, used, date(2029, 12, 31)) is None
    assert unusable_reason(MANDATE, used, date(2030, 1, 1)) is Unusable.LAPSED
    assert unusable_reason(MANDATE, used, date(2024, 2, 28)) is Unusable.NOT_SIGNED
    revoked = replace(MANDATE, revoked_on=date(2026, 12, 1))
    assert unusable_reason(revoked, used, date(2026, 11, 30)) is None
    assert unusable_reason(revoked, used, date(2026, 12, 1)) is Unusable.REVOKED


def test_numbers_of_accounts_are_checked_and_masked() -> None:
    assert parse_iban("fr14 2004 1010 0505 0001 3m02 606") == MANDATE.account
    assert mask_iban(MANDATE.account) == "FR14" + "•" * 20 + "606"
    assert parse_ics("fr72 ZZZ 123456") == "FR72ZZZ123456"
    # The creditor's own three characters are not part of the checksum.
    assert parse_ics("FR72ABC123456") == "FR72ABC123456"
    for wrong in ("FR72ZZZ123457", "FR27ZZZ123456", "", "72ZZZ123456"):
        with pytest.raises(IcsInvalid):
            parse_ics(wrong)


@given(st.text())
def test_any_text_becomes_one_that_banks_take(text: str) -> None:
    plain = sepa_text(text, 70)
    assert 1 <= len(plain) <= 70
    assert plain.isascii()
    assert not set(plain) & set('<>&"_#\n')
    assert sepa_text(plain, 70) == plain


def test_amounts_have_two_decimals() -> None:
    assert [sepa_amount(cents) for cents in (1, 10, 100, 123_456)] == [
        "0.01",
        "0.10",
        "1.00",
        "1234.56",
    ]


@given(
    after_days=st.lists(st.integers(1, 90), min_size=1, max_size=4, unique=True).map(sorted),
    looks=st.lists(st.integers(0, 200), min_size=1, max_size=60).map(sorted),
)
def test_reminders_pass_over_no_level_and_keep_their_distance(
    after_days: list[int], looks: list[int]
) -> None:
    schedule = ReminderSchedule(date(2026, 1, 1), tuple(after_days))
    invoice = an_invoice()
    made: list[Reminder] = []

    for overdue in looks:
        last = {invoice.invoice_id: made[-1]} if made else {}
        day = _DUE + timedelta(days=overdue)
        made += due_reminders(day, invoices=[invoice], schedules=[schedule], made=last, pending=())

    assert [reminder.level for reminder in made] == list(range(1, len(made) + 1))
    for reminder in made:
        assert (reminder.day - _DUE).days >= after_days[reminder.level - 1]
    for earlier, later in itertools.pairwise(made):
        apart = after_days[later.level - 1] - after_days[earlier.level - 1]
        assert (later.day - earlier.day).days >= apart


@given(
    owed=st.dictionaries(st.integers(1, 9), st.integers(1, 400), min_size=1),
    elsewhere=st.dictionaries(st.integers(11, 19), st.integers(1, 400)),
    least=st.integers(0, 1_500),
)
def test_a_customer_is_reminded_once_all_sellers_of_a_collector_together_are_owed_enough(
    owed: dict[int, int], elsewhere: dict[int, int], least: int
) -> None:
    invoices = [an_invoice(number, open_cents=cents) for number, cents in owed.items()]
    others = [
        replace(an_invoice(number, open_cents=cents), issuer_id=UUID(int=99))
        for number, cents in elsewhere.items()
    ]
    day = _DUE + timedelta(days=40)

    reminders = due_reminders(
        day,
        invoices=invoices,
        schedules=[],
        made={},
        pending=(),
        thresholds={
            invoice.invoice_id: Thresholds(remind_cents=least) for invoice in (*invoices, *others)
        },
        beside_cents=sum_overdue(others, day),
    )

    is_enough = sum(owed.values()) + sum(elsewhere.values()) >= least
    assert [reminder.open_cents for reminder in reminders] == (
        list(owed.values()) if is_enough else []
    )


@pytest.mark.parametrize(("waited_days", "asked"), [(364, 0), (365, 2)])
def test_what_was_due_a_year_ago_is_asked_for_with_all_that_is_owed(
    waited_days: int, asked: int
) -> None:
    day = _DUE + timedelta(days=waited_days)
    invoices = [an_invoice(1), replace(an_invoice(2), due_date=day - timedelta(days=40))]
    least = Thresholds(debit_cents=10_000, remind_cents=10_000)
    thresholds = {invoice.invoice_id: least for invoice in invoices}

    plan = plan_collection(
        CollectionOrder(UUID(int=9), UUID(int=2), day, day),
        invoices=invoices,
        mandates={UUID(int=3): MANDATE},
        uses={MANDATE.id: MandateUse(_DUE, was_first=True)},
        pending=(),
        thresholds=thresholds,
    )
    reminders = due_reminders(
        day, invoices=invoices, schedules=[], made={}, pending=(), thresholds=thresholds
    )

    assert sum(len(debit.items) for debit in plan.debits) == asked
    assert len(reminders) == asked


def test_what_is_not_due_yet_or_doubtful_is_not_counted_beside() -> None:
    early = replace(an_invoice(1), due_date=_DUE + timedelta(days=60))
    doubtful = replace(an_invoice(2), doubtful_cents=1)

    assert sum_overdue([early, doubtful], _DUE + timedelta(days=40)) == {}


def test_more_than_the_total_is_neither_collected_nor_reminded_of() -> None:
    invoice = replace(an_invoice(), open_cents=744)
    day = _DUE + timedelta(days=40)
    order = CollectionOrder(UUID(int=9), UUID(int=2), day, _DUE)

    plan = plan_collection(
        order, invoices=[invoice], mandates={UUID(int=3): MANDATE}, uses={}, pending=()
    )

    assert [skipped_invoice.reason for skipped_invoice in plan.skipped] == [Unusable.IN_COLLECTION]
    assert not plan.debits
    assert due_reminders(day, invoices=[invoice], schedules=[], made={}, pending=()) == []


def test_what_debtors_were_not_told_or_do_not_owe_yet_is_not_collected() -> None:
    late, early, owed = (an_invoice(number) for number in (1, 2, 3))
    day = _DUE + timedelta(days=14)
    order = CollectionOrder(
        UUID(int=9), UUID(int=2), day, _DUE, [UUID(int=number) for number in range(1, 6)]
    )

    plan = plan_collection(
        order,
        invoices=[
            replace(late, issue_date=_DUE + timedelta(days=1)),
            replace(early, due_date=day + timedelta(days=1)),
            replace(owed, due_date=day),
            an_invoice(4, open_cents=-5),
        ],
        mandates={UUID(int=3): MANDATE},
        uses={},
        pending=(),
    )

    assert [invoice.reason for invoice in plan.skipped] == [Unusable.NOT_TOLD, Unusable.NOT_DUE]
    (debit,) = plan.debits
    assert debit.invoices == [replace(owed, due_date=day)]
    assert plan.not_owed == [UUID(int=4), UUID(int=5)]


def test_an_amount_that_two_invoices_have_is_of_neither() -> None:
    iban = MANDATE.account
    transaction = BankTransaction(_DUE, 372, "1", party_iban=iban)
    accounts = PayerAccounts(learnt={iban: {UUID(int=3), UUID(int=5)}})
    invoice, twin = an_invoice(1), an_invoice(2)

    def match(*invoices: OpenInvoice) -> object:
        matcher = Matcher(invoices=invoices, debits=(), transfers=(), accounts=accounts, own_ids=())
        return matcher.match(transaction)

    assert match(invoice) is not None
    assert match(invoice, twin) is None
    assert match(invoice, an_invoice(2, customer=5)) is None  # who shares the account
    assert match(an_invoice(1, customer=4)) is None


def test_what_one_transaction_pays_the_next_one_finds_paid() -> None:
    accounts = PayerAccounts(mandated={MANDATE.account: {UUID(int=3)}})
    matcher = Matcher(
        invoices=[an_invoice()], debits=(), transfers=(), accounts=accounts, own_ids=()
    )
    transaction = BankTransaction(_DUE, 372, "1", party_iban=MANDATE.account)
    assert matcher.match(transaction) is not None
    assert matcher.match(transaction) is None


@given(
    st.permutations([BankTransaction(_DUE, cents, "", remittance="x") for cents in (1, 1, 2, 3)])
)
def test_transactions_have_the_same_ids_in_any_file(order: list[BankTransaction]) -> None:
    ids = {transfer.id for transfer in identify(UUID(int=1), "FR14", order)}
    assert len(ids) == 4
    by_amount = sorted(order, key=lambda transaction: transaction.amount_cents)
    assert ids == {transfer.id for transfer in identify(UUID(int=1), "FR14", by_amount)}
    # Two creditors may share an account.
    assert ids.isdisjoint(transfer.id for transfer in identify(UUID(int=2), "FR14", order))
