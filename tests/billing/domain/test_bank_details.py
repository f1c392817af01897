"""Numbers of accounts and banks, against what schwifty says of them."""

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from schwifty import IBAN
from schwifty.exceptions import SchwiftyException

from services.billing.domain.payments.bank_details import (
    BicInvalid,
    IbanInvalid,
    parse_bic,
    parse_iban,
)


@pytest.mark.parametrize("country", ["AT", "BE", "CH", "DE", "ES", "FR", "IT", "LU", "MC", "PT"])
@given(seed=st.integers(0, 2**32), place=st.integers(0, 33), typed=st.sampled_from("07AZ-. é"))
def test_ibans_are_taken_and_mistyped_ones_refused_as_schwifty_does(
    country: str, seed: int, place: int, typed: str
) -> None:
    right = str(IBAN.random(country, random=Random(seed)))  # noqa: S311 - an invented account
    wrong = right[:place] + typed + right[place + 1 :]

    assert parse_iban(right) == right
    try:
        taken = IBAN(wrong).compact
    except SchwiftyException:
        with pytest.raises(IbanInvalid):
            parse_iban(wrong)
    else:
        assert parse_iban(wrong) == taken


@pytest.mark.parametrize(
    "wrong", ["", "FR99", "RS35260005601001611379", "FR14-2004-1010-0505-0001-3M02-606"]
)
def test_what_is_no_iban_of_the_sepa_zone_is_refused(wrong: str) -> None:
    with pytest.raises(IbanInvalid):
        parse_iban(wrong)


def test_check_digits_are_those_that_are_computed() -> None:
    """99 leaves the same rest as 02."""
    right = "FR0220041010050000000000406"

    assert parse_iban(right) == right
    with pytest.raises(IbanInvalid):
        parse_iban(right.replace("FR02", "FR99"))


def test_a_bic_has_a_bank_and_a_country() -> None:
    assert parse_bic(None) is None
    assert parse_bic("psst frpp par") == "PSSTFRPPPAR"
    for wrong in ("", "PSSTFRP", "PSSTXXPP", "1234FRPP", "PSST-FRPP"):
        with pytest.raises(BicInvalid):
            parse_bic(wrong)
