"""Journal entries of sales and of bank transactions."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from uuid import UUID

from services.billing.domain.books.ledger import (
    Account,
    Accounts,
    Books,
    EntryLine,
    EntrySource,
    Journal,
    JournalEntry,
    PartyAccount,
    SourceKind,
)
from services.billing.domain.invoices.documents import DocumentKind
from services.billing.domain.invoices.invoices import Invoice
from services.billing.domain.invoices.supplies import supply_category
from services.billing.domain.payments.matches import Match, MatchedBy, Payment
from services.billing.domain.payments.payouts.payouts import payout_number
from services.billing.domain.payments.transfers import Transfer


def sale_entry(
    invoice: Invoice,
    accounts: Accounts,
    *,
    doubtful_cents: int = 0,
) -> JournalEntry | None:
    """The entry of an issued document: customer to sales, accise and VAT by rate.

    VAT on electricity is due on delivery, so it is collected at once (CGI 269, 1-a bis and 2-a).
    A credit note is entered with opposite signs, on the accounts of the invoice that it takes back,
    whose open sum it reduces, the doubtful one first. Negative amounts in a document change sides
    too. None if all amounts are zero. doubtful_cents: of the credited invoice.
    """
    assert invoice.number is not None
    assert invoice.issue_date is not None
    is_credit = invoice.kind == DocumentKind.CREDIT_NOTE
    owed_on = invoice.refers_to[0].id if is_credit else invoice.id
    lines = [
        *_owing(invoice, accounts, owed_on, doubtful_cents=doubtful_cents if is_credit else 0),
        *(
            EntryLine(account, invoice.kind.sign * amount_cents)
            for account, amount_cents in _supplied(invoice, accounts)
        ),
    ]
    if not any(line.amount_cents for line in lines):
        return None
    return JournalEntry(
        owner_id=invoice.issuer.member_id,
        journal=Journal.SALES,
        day=invoice.issue_date,
        piece_ref=invoice.number,
        piece_day=invoice.issue_date,
        label=f"{invoice.number} {invoice.customer.name}",
        source=EntrySource(SourceKind.INVOICE, invoice.id),
        lines=[line for line in lines if line.amount_cents],
    )


def _owing(
    invoice: Invoice, accounts: Accounts, owed_on: UUID, *, doubtful_cents: int
) -> list[EntryLine]:
    """The customer's debt for the document; a credit reduces the doubtful part first."""
    customer = PartyAccount(invoice.customer.member_id, invoice.customer.name)
    total_cents = invoice.kind.sign * invoice.total_incl_vat_cents
    doubted_cents = max(min(total_cents, 0), -doubtful_cents)
    return [
        EntryLine(accounts.named("doubtful"), doubted_cents, customer, owed_on),
        EntryLine(accounts.named("customers"), total_cents - doubted_cents, customer, owed_on),
    ]


def _supplied(invoice: Invoice, accounts: Accounts) -> Iterable[tuple[Account, int]]:
    """The credits of an invoice: what its lines supply, accise and VAT by rate, negative cents."""
    amounts: defaultdict[Account, int] = defaultdict(int)
    for line in invoice.lines:
        category = supply_category(line)
        amounts[accounts.named(category.income_account)] -= line.amount_cents
    amounts[accounts.named("taxes")] = -sum(tax.amount_cents for tax in invoice.taxes)
    for vat in invoice.vat:
        amounts[accounts.vat_at(vat.rate)] -= vat.vat_cents
    return amounts.items()


def bank_entries(
    match: Match, creditor: PartyAccount, books: Mapping[UUID, Books]
) -> Sequence[JournalEntry]:
    """The entries of a transaction on the creditor's account, in its own and others' books.

    The creditor collects for these others: account 467 in both books shows its debt to them.
    books: of the creditor and of all members in the match.
    """
    if match.transfer is not None:
        return _transfer_entries(match, match.transfer, creditor, books)
    accounts = books[creditor.party_id].accounts
    if match.by is MatchedBy.NOT_OURS:
        return [_suspense_entry(match, creditor, accounts)]
    payments_by_issuer: defaultdict[UUID, list[Payment]] = defaultdict(list)
    for payment in match.payments:
        payments_by_issuer[payment.invoice.issuer_id].append(payment)
    lines = [EntryLine(accounts.named("bank"), match.transaction.amount_cents)]
    entries = []
    for issuer_id, payments in payments_by_issuer.items():
        # Its name may have changed from one invoice to the next.
        issuer = PartyAccount(issuer_id, payments[-1].invoice.issuer_name)
        amount_cents = sum(payment.amount_cents for payment in payments)
        if issuer_id == creditor.party_id:
            lines += _customer_lines(payments, accounts)
            continue
        issuer_accounts = books[issuer_id].accounts
        issuer_lines = _customer_lines(payments, issuer_accounts)
        if amount_cents:  # else a credit pays another invoice, and the two books owe nothing
            lines.append(EntryLine(accounts.named("intermediaries"), -amount_cents, issuer))
            debt = EntryLine(issuer_accounts.named("intermediaries"), amount_cents, creditor)
            issuer_lines = [debt, *issuer_lines]
        entries.append(_bank_entry(match, issuer_id, issuer_lines))
    return [_bank_entry(match, creditor.party_id, lines), *entries]


def reversing_entry(entry: JournalEntry, day: date) -> JournalEntry:
    """The entry that takes back one of a bank transaction: the books only grow."""
    lines = [replace(line, amount_cents=-line.amount_cents) for line in entry.lines]
    return replace(
        entry,
        day=day,
        label=f"Annulation {entry.label}",
        source=EntrySource(SourceKind.BANK_REVERSAL, entry.source.id),
        lines=lines,
    )


def _suspense_entry(match: Match, creditor: PartyAccount, accounts: Accounts) -> JournalEntry:
    """Money that is not for us to explain: the accountant finds its account later (PCG 471)."""
    amount_cents = match.transaction.amount_cents
    lines = [
        EntryLine(accounts.named("bank"), amount_cents),
        EntryLine(accounts.named("suspense"), -amount_cents),
    ]
    return _bank_entry(match, creditor.party_id, lines)


def _customer_lines(payments: Sequence[Payment], accounts: Accounts) -> list[EntryLine]:
    lines: list[EntryLine] = []
    for payment in payments:
        invoice = payment.invoice
        customer = PartyAccount(invoice.customer_id, invoice.customer_name)
        paid = {
            "doubtful": payment.doubtful_cents,
            "customers": payment.amount_cents - payment.doubtful_cents,
        }
        lines += [
            EntryLine(accounts.named(name), -amount_cents, customer, invoice.invoice_id)
            for name, amount_cents in paid.items()
            if amount_cents
        ]
    return lines


def _transfer_entries(
    match: Match, transfer: Transfer, creditor: PartyAccount, books: Mapping[UUID, Books]
) -> Sequence[JournalEntry]:
    amount_cents = match.transaction.amount_cents
    creditor_accounts, payee_accounts = (
        books[creditor.party_id].accounts,
        books[transfer.payee_id].accounts,
    )
    payee = PartyAccount(transfer.payee_id, transfer.payee_name)
    return [
        _bank_entry(
            match,
            creditor.party_id,
            [
                EntryLine(creditor_accounts.named("intermediaries"), -amount_cents, payee),
                EntryLine(creditor_accounts.named("bank"), amount_cents),
            ],
        ),
        _bank_entry(
            match,
            payee.party_id,
            [
                EntryLine(payee_accounts.named("bank"), -amount_cents),
                EntryLine(payee_accounts.named("intermediaries"), amount_cents, creditor),
            ],
        ),
    ]


def _bank_entry(match: Match, owner_id: UUID, lines: Sequence[EntryLine]) -> JournalEntry:
    transaction = match.transaction
    numbers = [payment.invoice.number for payment in match.payments]
    subject = numbers[0] if len(numbers) == 1 else f"{len(numbers)} factures"
    if match.by is MatchedBy.NOT_OURS:
        label = "Compte d’attente"
    elif match.transfer is not None:
        label = f"Reversement {payout_number(match.transfer.id)}"
    elif match.refunded is not None:
        back = " revenu" if transaction.amount_cents > 0 else ""
        label = f"Remboursement{back} {subject}"
    elif transaction.amount_cents < 0:
        label = f"Rejet {transaction.return_reason or ''} {subject}"
    else:
        label = f"{'Prélèvement' if match.debits else 'Virement'} {subject}"
    return JournalEntry(
        owner_id=owner_id,
        journal=Journal.BANK,
        day=transaction.booked_on,
        piece_ref=transaction.piece_ref,
        piece_day=transaction.booked_on,
        label=" ".join(label.split()),
        source=EntrySource(SourceKind.BANK_TRANSACTION, match.source_id),
        lines=lines,
    )
