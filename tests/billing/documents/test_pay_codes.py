"""The QR code of a transfer."""

from dataclasses import replace

from services.billing.documents.facts import read_facts
from services.billing.documents.pay_codes import asked_transfer, pay_code, transfer_text
from services.billing.documents.sheet import invoice_sheet
from services.billing.domain.wordings import Language
from tests.billing.documents.examples import household
from tests.billing.documents.test_xml import REFERENCE, credit_note, direct_debit, transfer


def test_a_bank_reads_whom_to_pay_how_much_and_the_reference() -> None:
    assert transfer_text(asked_transfer(transfer())).split("\n") == [
        *("BCD", "002", "1", "SCT", ""),
        "Soleils & Voisins",
        "FR1420041010050500013M02606",
        "EUR27.18",
        "",
        REFERENCE,
    ]


def test_of_an_invoice_that_replaces_another_the_code_names_no_sum() -> None:
    replacing = replace(transfer(), originals=credit_note().originals)

    lines = transfer_text(asked_transfer(replacing)).split("\n")

    assert (lines[7], lines[6], lines[9]) == ("", "FR1420041010050500013M02606", REFERENCE)
    # Nor where a credit has paid a part: a debit of what it replaces may be under way all the same.
    assert asked_transfer(replace(replacing, prepaid_cents=2500)).amount_cents is None
    assert asked_transfer(replace(transfer(), prepaid_cents=2500)).amount_cents == 218


def test_the_code_is_drawn_in_squares_and_the_same_each_time() -> None:
    drawing = pay_code(transfer())
    assert drawing.startswith('<svg viewBox="0 0 41 41"')  # version 6; the standard has 13 at most
    assert drawing == pay_code(transfer())


def test_who_is_debited_or_owes_nothing_yet_has_no_code() -> None:
    for facts in (direct_debit(), read_facts(household())):
        assert invoice_sheet(facts, Language.FRENCH)["transfer"] is None
