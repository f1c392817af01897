"""The journal as a table for people and other accounting software."""

import csv
from collections.abc import Iterable
from io import StringIO

from libs.common.spreadsheets import spreadsheet_text
from services.billing.domain.books.booked import BookedLine

COLUMNS = (
    "journal",
    "number",
    "day",
    "account",
    "account_label",
    "party_account",
    "party_name",
    "piece_ref",
    "piece_day",
    "label",
    "debit_cents",
    "credit_cents",
    "invoice_id",
    "validated_on",
)


def write_journal(lines: Iterable[BookedLine]) -> str:
    """The journal as CSV with commas, in UTF-8: one row per line of an entry, amounts in cents."""
    table = StringIO()
    writer = csv.writer(table, lineterminator="\n")
    writer.writerow(COLUMNS)
    for line in lines:
        writer.writerow([_cell(getattr(line, column)) for column in COLUMNS])
    return table.getvalue()


def _cell(value: object) -> object:
    return spreadsheet_text(value) if isinstance(value, str) else value
