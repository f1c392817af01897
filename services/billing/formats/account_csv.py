"""The lines of a customer's account as a table for people."""

import csv
from io import StringIO

from libs.common.spreadsheets import spreadsheet_text
from services.billing.domain.books.account_statements import AccountStatement

COLUMNS = (
    "day",
    "kind",
    "documents",
    "issuer_id",
    "issuer_name",
    "amount_cents",
    "balance_cents",
)


def write_account(statement: AccountStatement) -> str:
    """CSV with commas, in UTF-8: one row per line, the oldest first, amounts in cents."""
    sellers = {seller.issuer_id: seller.name for seller in statement.account.sellers}
    table = StringIO()
    writer = csv.writer(table, lineterminator="\n")
    writer.writerow(COLUMNS)
    for line in statement.period.lines:
        movement = line.movement
        numbers = " ".join(document.number for document in movement.documents)
        writer.writerow(
            [
                movement.day,
                movement.kind.value,
                spreadsheet_text(numbers),
                movement.issuer_id,
                spreadsheet_text(sellers[movement.issuer_id]),
                movement.cents,
                line.balance_cents,
            ]
        )
    return table.getvalue()
