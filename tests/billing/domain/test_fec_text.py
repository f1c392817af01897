"""What the FEC's cells hold: never what separates them, nor a question mark for an apostrophe."""

from datetime import date
from uuid import UUID

import pytest

from services.billing.domain.books.booked import BookedLine
from services.billing.domain.books.ledger import Journal
from services.billing.formats.fec import COLUMNS, ENCODING, write_fec

_DAY = date(2026, 11, 5)


@pytest.mark.parametrize("label", ["a\uff5cb", "a|b", "a\tb", "a\u2028b", "a\r\n b"])
def test_what_separates_columns_becomes_a_blank(label: str) -> None:
    assert written(label) == "a b"


def test_what_is_typeset_is_written_as_a_keyboard_has_it() -> None:
    assert written("Soleils d’Aurelle – “Été”…") == 'Soleils d\'Aurelle - "Été"...'


def written(label: str) -> str:
    line = BookedLine(
        entry_id=UUID(int=1),
        journal=Journal.SALES,
        number=1,
        day=_DAY,
        piece_ref="F2026-00001",
        piece_day=_DAY,
        label=label,
        validated_on=_DAY,
        account="411000",
        account_label="Clients",
        party_id=None,
        party_name=None,
        party_number=None,
        invoice_id=None,
        debit_cents=372,
        credit_cents=0,
    )
    _, row, _ = write_fec([line], {}, separator="|").decode(ENCODING).split("\r\n")
    return dict(zip(COLUMNS, row.split("|"), strict=True))["EcritureLib"]
