"""From what has happened to journal entries."""

from collections import defaultdict

from services.billing.domain.invoices import Invoice
from services.billing.domain.ledger import (
    Account,
    Accounts,
    Entry,
    EntryLine,
    Journal,
    PartyAccount,
    Source,
    SourceKind,
)


def sale_entry(invoice: Invoice, accounts: Accounts) -> Entry | None:
    """The entry of an issued document: customer to sales and VAT by rate.

    VAT on electricity is due on delivery, so it is collected at once (CGI 269, 1-a bis and 2-a).
    Signs are those of the document: what is negative in it, as all is in a credit note, is entered
    on the other side. None when it comes to nothing, for an entry of no amount is none.
    """
    assert invoice.number is not None
    assert invoice.issue_date is not None
    customer = PartyAccount(invoice.customer.member_id, invoice.customer.name)
    amounts: defaultdict[Account, int] = defaultdict(int)
    for vat in invoice.vat:
        amounts[accounts.named("sales")] -= vat.base_cents
        amounts[accounts.vat_at(vat.rate)] -= vat.vat_cents
    lines = [
        EntryLine(accounts.named("customers"), invoice.total_incl_vat_cents, customer, invoice.id),
        *(EntryLine(account, amount_cents) for account, amount_cents in amounts.items()),
    ]
    if not any(line.amount_cents for line in lines):
        return None
    return Entry(
        owner_id=invoice.issuer.member_id,
        journal=Journal.SALES,
        day=invoice.issue_date,
        piece_ref=invoice.number,
        piece_day=invoice.issue_date,
        label=f"{invoice.number} {invoice.customer.name}",
        source=Source(SourceKind.INVOICE, invoice.id),
        lines=[line for line in lines if line.amount_cents],
    )
