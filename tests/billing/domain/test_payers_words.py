"""References and numbers in what payers write, in any usual spelling and in no other."""

from collections.abc import Callable, Mapping
from datetime import date
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum import iso11649

from services.billing.domain.creditor_references import creditor_reference
from services.billing.domain.payments.bank import BankTransaction
from services.billing.domain.payments.payers_words import (
    all_numbers,
    bare_numbers_in,
    is_named,
    name_words,
    numbers_in,
    references_in,
)

SELLER = UUID(int=2)

# By the year and the rest of a number: those that the page, the finding and banks have.
OF_NUMBERS: Mapping[str, Callable[[int, int], str]] = {
    "as on the page": lambda year, rest: f"F{year}-{rest:05}",
    "small letters": lambda year, rest: f"f{year}-{rest:05}",
    "behind a sign": lambda year, rest: f"REF:F{year}-{rest:05}.",
    "a space": lambda year, rest: f"F{year} {rest:05}",
    "no sign": lambda year, rest: f"F{year}{rest:05}",
    "no letter": lambda year, rest: f"{year}-{rest:05}",
    "no zeros": lambda year, rest: f"F{year}-{rest}",
    "a stroke": lambda year, rest: f"F{year}/{rest:05}",
    "a space behind the letter": lambda year, rest: f"F {year}-{rest:05}",
    "spaces": lambda year, rest: f"F {year} {rest:05}",
    "spaces around the sign": lambda year, rest: f"F{year} - {rest:05}",
    "a long dash": lambda year, rest: f"F{year}–{rest:05}",
    "a word before": lambda year, rest: f"Facture n° {year}-{rest:05}",
    "a word stuck to it": lambda year, rest: f"FACTURE{year}-{rest:05}",
    "no sign behind a word": lambda year, rest: f"Facture{year}{rest:05}",
    "a line break": lambda year, rest: f"F{year}-\n{rest:05}",
}
OF_REFERENCES: Mapping[str, Callable[[str], str]] = {
    "as on the page": iso11649.format,
    "as in the file": str,
    "small letters": str.lower,
    "small letters in fours": lambda reference: iso11649.format(reference).lower(),
    "behind a word": lambda reference: f"Ref:{reference}",
    "hyphens": lambda reference: iso11649.format(reference).replace(" ", "-"),
    "a line of 18 letters": lambda reference: f"{reference[:18]}\n{reference[18:]}",
    "between others": lambda reference: f"/RFB/{reference}/SCOR",
}
YEARS = st.integers(2026, 2099)
RESTS = st.integers(1, 99_999)
# What else stands in a transfer: words, sums, days, accounts, telephones, towns.
OTHER_WORDS = st.sampled_from(
    [
        *("", "Virement", "facture", "électricité locale", "merci", "Mme Anna F.", "à 12,50 EUR"),
        *("05/11/2026", "2026-11-05", "nov 2026", "11/2026", "FR14 2004 1010 0505 0001 3M02 606"),
        *("06 12 34 56 78", "SIREN 992000026", "2026 34000 Montpellier", "12 rue du Four", "A4"),
        *("client 20261", "contrat 2026-12", "octobre 2026", "RF12", "réf. 1/2"),
    ]
)
WORDS_BEHIND = OTHER_WORDS.filter(lambda words: not words[:1].isdigit())


@pytest.mark.parametrize("spelling", OF_NUMBERS)
@given(YEARS, RESTS, OTHER_WORDS, WORDS_BEHIND)
def test_a_number_is_found_in_every_usual_spelling_and_no_other_is(
    spelling: str, year: int, rest: int, before: str, behind: str
) -> None:
    text = f"{before} {OF_NUMBERS[spelling](year, rest)} {behind}"
    assert numbers_in(text) == {f"F{year}-{rest:05}"}


@pytest.mark.parametrize("spelling", OF_NUMBERS)
@given(YEARS, RESTS, st.text(max_size=20), st.text(max_size=20))
def test_whatever_stands_around_a_number_no_longer_or_shorter_one_is_found(
    spelling: str, year: int, rest: int, before: str, behind: str
) -> None:
    text = f"{before} {OF_NUMBERS[spelling](year, rest)} {behind}"
    alone = numbers_in(before) | numbers_in(behind)
    assert numbers_in(text) - alone <= {f"F{year}-{rest:05}"}


@given(st.lists(st.tuples(YEARS, RESTS, st.sampled_from(list(OF_NUMBERS))), max_size=4))
def test_several_numbers_may_stand_in_one_line(numbers: list[tuple[int, int, str]]) -> None:
    text = ", ".join(OF_NUMBERS[spelling](year, rest) for year, rest, spelling in numbers)
    assert numbers_in(text) == {f"F{year}-{rest:05}" for year, rest, _ in numbers}


@given(st.lists(OTHER_WORDS, max_size=4))
def test_days_sums_towns_and_accounts_name_nothing(words: list[str]) -> None:
    assert numbers_in(", ".join(words)) == frozenset()
    assert references_in(" ".join(words)) == frozenset()


def test_a_number_that_a_bank_has_cut_is_none() -> None:
    assert numbers_in("F2026-1 2345") == frozenset()
    assert numbers_in("F2026-00000 XF2026-00001 F2026-1234567890") == frozenset()


@pytest.mark.parametrize(
    "text",
    [
        *("avis d'échéance 2026-00012", "AVIS 2026 00012", "avis202600012", "P 2026-00012"),
        *("Avis d’échéance n° 2026-00012 Trois Toits", "avis n°2026/00012", "notice 2026-00012"),
        *("ECHEANCE P2026-00012", "merci, avis P2026-12", "avis numero P 2026-00012"),
    ],
)
def test_behind_the_word_notice_a_number_is_that_of_one(text: str) -> None:
    assert numbers_in(text) == {"P2026-00012"}
    assert bare_numbers_in(text) == frozenset()


def test_a_number_without_letter_and_word_may_be_of_an_invoice_or_of_a_notice() -> None:
    assert bare_numbers_in("Trois Toits 2026-00012") == {"F2026-00012"}
    assert bare_numbers_in("Facture n° 2026-00012, avis 2026-00013") == frozenset()
    said = BankTransaction(date(2026, 12, 5), 372, "1", remittance="Trois Toits 2026-00012")
    assert all_numbers([said]) == {"F2026-00012", "P2026-00012"}


@pytest.mark.parametrize("spelling", OF_REFERENCES)
@given(st.uuids(), RESTS, OTHER_WORDS, OTHER_WORDS)
def test_a_reference_is_found_in_every_usual_spelling(
    spelling: str, issuer_id: UUID, rest: int, before: str, behind: str
) -> None:
    reference = creditor_reference(issuer_id, f"F2026-{rest:05}")
    text = f"{before} {OF_REFERENCES[spelling](reference)} {behind}"
    assert reference in references_in(text)


@given(RESTS, st.integers(4, 20), st.sampled_from("BF0123456789"))
def test_a_wrong_character_makes_it_no_reference(rest: int, place: int, character: str) -> None:
    reference = creditor_reference(SELLER, f"F2026-{rest:05}")
    wrong = reference[:place] + character + reference[place + 1 :]
    assert references_in(wrong) <= {reference}


@given(RESTS, st.integers(4, 19))
def test_two_characters_in_each_others_place_make_it_no_reference(rest: int, place: int) -> None:
    reference = creditor_reference(SELLER, f"F2026-{rest:05}")
    exchanged = reference[place + 1] + reference[place]
    wrong = reference[:place] + exchanged + reference[place + 2 :]
    assert references_in(wrong) <= {reference}


@pytest.mark.parametrize(
    ("customer", "payer"),
    [
        ("Lucie Brindille", "MME BRINDILLE LUCIE"),
        ("Lucie Brindille", "M OU MME BRINDILLE LUCIE ET PAUL"),
        ("Boulangerie Ménard SARL", "SARL BOULANGERIE MENARD"),
        ("L’Atelier d’Aurelle", "L ATELIER D AURELLE"),
        ("Anna", "Anna"),
    ],
)
def test_a_payer_is_a_customer_if_the_bank_gives_the_whole_name(customer: str, payer: str) -> None:
    assert is_named(name_words(customer), name_words(payer))


@pytest.mark.parametrize(
    ("customer", "payer"),
    [
        ("Lucie Brindille", "M PAUL BRINDILLE"),
        ("SARL Martin", "M PAUL MARTIN"),
        ("SAS", "SAS"),
        ("Lucie Brindille", ""),
    ],
)
def test_a_part_of_a_name_is_nobody(customer: str, payer: str) -> None:
    assert not is_named(name_words(customer), name_words(payer))
