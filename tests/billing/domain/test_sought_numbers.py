"""What somebody types who looks for a document finds it, however it is spelled."""

from uuid import UUID

import pytest

from services.billing.domain.creditor_references import creditor_reference
from services.billing.domain.invoices.sought_numbers import SoughtNumbers

_SELLER, _OTHER = UUID(int=1), UUID(int=2)


@pytest.mark.parametrize(
    "text",
    ["F2026-00012", "f2026-00012", " F 2026 00012 ", "f202600012", "F2026/12", "facture F2026-12"],
)
def test_a_number_is_found_in_any_spelling(text: str) -> None:
    sought = SoughtNumbers.parse(text)

    assert sought.candidates == {"F2026-00012"}
    assert sought.are_of(_SELLER, "F2026-00012")
    assert sought.are_of(_OTHER, "F2026-00012")
    assert not sought.are_of(_SELLER, "F2026-00120")


def test_a_number_without_its_letter_is_of_an_invoice_or_a_credit_note() -> None:
    assert SoughtNumbers.parse("2026-00012").candidates == {"F2026-00012", "A2026-00012"}
    assert SoughtNumbers.parse("a 2026 00012").candidates == {"A2026-00012"}


def test_a_reference_is_of_one_seller() -> None:
    reference = creditor_reference(_SELLER, "F2026-00012").lower()
    spaced = " ".join(reference[i : i + 4] for i in range(0, len(reference), 4))

    sought = SoughtNumbers.parse(spaced)

    assert sought.are_of(_SELLER, "F2026-00012")
    assert not sought.are_of(_OTHER, "F2026-00012")


@pytest.mark.parametrize("text", ["", "Lucie", "12", "RF00 0000"])
def test_what_is_no_number_finds_nothing(text: str) -> None:
    assert SoughtNumbers.parse(text).candidates == frozenset()
