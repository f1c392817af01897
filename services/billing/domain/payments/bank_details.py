"""Account and creditor numbers: checked before they are stored, masked before they are shown."""

import re
from collections.abc import Callable
from functools import partial

from stdnum import bic, iban
from stdnum.eu import at_02
from stdnum.exceptions import ValidationError

from libs.common.errors import Problem

_ICS = re.compile(r"[A-Z]{2}[0-9]{2}[A-Z0-9]{3}[A-Z0-9]{1,28}", re.ASCII)
_SEPA_ZONE = (
    "AD AT BE BG CH CY CZ DE DK EE ES FI FR GB GI GR HR HU IE IS IT LI LT LU LV MC MT NL NO PL PT"
    " RO SE SI SK SM VA"
)
"""By the first letters of IBANs, which are FR in the territories of France and GB on the islands of
Britain. Source: EPC409-09, without AL, MD, ME, MK and RS, which have joined since 2024."""
_SHOWN_FIRST, _SHOWN_LAST = 4, 3

# Some countries have check digits inside the number: those are for their banks to check.
_validate_iban = partial(iban.validate, check_country=False)


class IbanInvalid(Problem):
    status, slug, title = 409, "iban-invalid", "This is not the IBAN of an account in the SEPA zone"
    example_detail = "The IBAN is wrong: its checksum does not fit. Compare it with the bank's."


class BicInvalid(Problem):
    status, slug, title = 409, "bic-invalid", "This is not a BIC"
    example_detail = "A BIC has 8 or 11 characters; leave it out when you are not sure."


class IcsInvalid(Problem):
    status, slug, title = 409, "ics-invalid", "This is not a SEPA creditor identifier (ICS)"
    example_detail = "The ICS is wrong: its checksum does not fit. Compare it with the bank's."


def parse_iban(text: str) -> str:
    """Return it in capitals, without spaces. Raises IbanInvalid, which omits the number."""
    number = _compact(text)
    # Several check digits leave the right remainder; banks write the computed ones.
    if not _fits(number, _validate_iban) or iban.calc_check_digits(number) != number[2:4]:
        raise IbanInvalid(
            "The IBAN is wrong: its length, form or checksum does not fit. Compare it with the"
            " bank's."
        )
    if number[:2] not in _SEPA_ZONE.split():
        raise IbanInvalid("The account is in a country without SEPA.")
    return number


def parse_bic(text: str | None) -> str | None:
    """Return it in capitals. Raises BicInvalid."""
    if text is None:
        return None
    number = _compact(text)
    if not _fits(number, bic.validate):
        raise BicInvalid("A BIC has 8 or 11 characters; leave it out when you are not sure.")
    return number


def parse_ics(text: str) -> str:
    """Return it in capitals, without spaces, as FR72ZZZ123456. Raises IcsInvalid.

    Its two check digits are computed as an IBAN's, without the three characters after them, which
    the creditor chooses freely. Source: EPC262-08, AT-02.
    """
    number = _compact(text)
    if not _ICS.fullmatch(number) or not _fits(number, at_02.validate):
        raise IcsInvalid("The ICS is wrong: compare it with the bank's.")
    return number


def _compact(text: str) -> str:
    return "".join(text.split()).upper()


def _fits(number: str, validate: Callable[[str], str]) -> bool:
    try:
        # stdnum drops hyphens and the like; we refuse them.
        return validate(number) == number
    except ValidationError:
        return False


def mask_iban(iban: str) -> str:
    """Show the first and last characters, which suffice for people who know the account."""
    hidden = len(iban) - _SHOWN_FIRST - _SHOWN_LAST
    return iban[:_SHOWN_FIRST] + "•" * hidden + iban[-_SHOWN_LAST:]
