"""Numbers of large companies that anyone can look up, and invented ones."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from libs.common.company_numbers import is_siren, is_siret, is_vat_number

sirens = st.integers(0, 10**8 - 1).map(lambda n: _with_check_digit(f"{n:08}"))


def _with_check_digit(digits: str) -> str:
    return next(f"{digits}{last}" for last in range(10) if is_siren(f"{digits}{last}"))


@pytest.mark.parametrize("siren", ["356000000", "732829320", "000000000"])
def test_a_siren_has_a_check_digit_of_luhn(siren: str) -> None:
    assert is_siren(siren)


@pytest.mark.parametrize(
    "text", ["", "73282932", "7328293200", "73282932X", "٧٣٢٨٢٩٣٢٠", "732829321"]
)
def test_anything_else_is_no_siren(text: str) -> None:
    assert not is_siren(text)


@given(siren=sirens, position=st.integers(0, 8), by=st.integers(1, 9))
def test_one_wrong_digit_is_always_found(siren: str, position: int, by: int) -> None:
    digit = (int(siren[position]) + by) % 10
    assert not is_siren(f"{siren[:position]}{digit}{siren[position + 1 :]}")


def test_a_siret_is_a_siren_and_an_establishment_under_one_more_check_digit() -> None:
    assert is_siret("73282932000074")
    assert not is_siret("73282932000075")
    assert not is_siret("73282932100072")  # 14 digits that fit, but the first nine do not
    assert not is_siret("7328293200007")


def test_establishments_of_la_poste_have_a_rule_of_their_own() -> None:
    # 3 + 5 + 6 + 4 + 9 + 4 + 8 + 6 = 45, a multiple of five; Luhn's sum is not one of ten.
    assert is_siret("35600000049486")
    assert is_siret("35600000000048")  # its head office keeps to Luhn
    assert not is_siret("35600000000022")  # others may not: 18, though Luhn's sum is 20
    assert not is_siret("35600000049487")
    assert not is_siret("73282932000004")  # 40, but another company


@given(siren=sirens)
def test_a_french_vat_number_has_the_key_of_its_siren(siren: str) -> None:
    fitting = [key for key in range(100) if is_vat_number(f"FR{key:02}{siren}")]
    assert fitting == [(12 + 3 * (int(siren) % 97)) % 97]


def test_vat_numbers_by_hand() -> None:
    # 732829320 mod 97 = 43; 12 + 3 × 43 = 141; 141 mod 97 = 44.
    assert is_vat_number("FR44732829320")
    assert not is_vat_number("FR45732829320")
    assert not is_vat_number("FR44732829321")
    assert is_vat_number("FRK7732829320")  # keys with letters have no published rule
    assert not is_vat_number("FR447328293")
    assert is_vat_number("BE0203201340")
    assert not is_vat_number("fr44732829320")
