"""What the FEC's cells hold: never what separates them, nor a question mark for an apostrophe."""

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

import pytest

from services.billing.domain.books.booked import BookedLine
from services.billing.domain.books.ledger import Journal
from services.billing.formats.fec import COLUMNS, ENCODING, write_fec

_DAY = date(2026, 11, 5)


def row_of(line: BookedLine) -> dict[str, str]:
    _, row, _ = write_fec([line], {}, separator="|").decode(ENCODING).split("\r\n")
    return dict(zip(COLUMNS, row.split("|"), strict=True))


def a_line(label: str, **changes: Any) -> BookedLine:  # noqa: ANN401 - fields of any type
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
    return replace(line, **changes)


@pytest.mark.parametrize("label", ["a\uff5cb", "a|b", "a\tb", "a\u2028b", "a\r\n b"])
def test_what_separates_columns_becomes_a_blank(label: str) -> None:
    assert row_of(a_line(label))["EcritureLib"] == "a b"


def test_typography_becomes_what_the_set_has_and_accents_stay() -> None:
    label = (
        "Les Volts d\u2019Aurelle \u2013 \u201cété\u201d, \u0152uvre, 5 \u20ac, \u0141\u00f3d\u017a"
    )

    assert row_of(a_line(label))["EcritureLib"] == (
        'Les Volts d\'Aurelle - "été", \u0152uvre, 5 \u20ac, L\u00f3dz'
    )


def test_a_party_has_one_name_in_a_file() -> None:
    party = {"party_id": UUID(int=9), "party_number": 1}
    lines = [a_line("", **party, party_name=name) for name in ("Ferme des Chenes", "La Ferme")]

    _, *rows, _ = write_fec(lines, {}, separator="|").decode(ENCODING).split("\r\n")

    assert [row.split("|")[6:8] for row in rows] == [["T00001", "La Ferme"]] * 2
