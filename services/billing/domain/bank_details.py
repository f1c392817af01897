"""Numbers of accounts and creditors: checked before they are kept, masked before they are shown."""

import re

from schwifty import BIC, IBAN
from schwifty.exceptions import SchwiftyException

from libs.common.errors import Problem

_ICS = re.compile(r"[A-Z]{2}[0-9]{2}[A-Z0-9]{3}[A-Z0-9]{1,28}", re.ASCII)
_ICS_BUSINESS_CODE = slice(4, 7)
_SHOWN_FIRST, _SHOWN_LAST = 4, 3


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
    """Without spaces, in capitals. Raises IbanInvalid, which does not repeat the number."""
    try:
        iban = IBAN(text)
    except SchwiftyException as error:
        raise IbanInvalid(
            "The IBAN is wrong: its length, form or checksum does not fit. Compare it with the"
            " bank's."
        ) from error
    if not iban.in_sepa_zone:
        raise IbanInvalid("The account is in a country without SEPA.")
    return iban.compact


def parse_bic(text: str | None) -> str | None:
    """In capitals. Raises BicInvalid."""
    if text is None:
        return None
    try:
        return BIC(text).compact
    except SchwiftyException as error:
        raise BicInvalid(
            "A BIC has 8 or 11 characters; leave it out when you are not sure."
        ) from error


def parse_ics(text: str) -> str:
    """Without spaces, in capitals; FR72ZZZ123456. Raises IcsInvalid.

    Its two check digits are those of an IBAN, computed without the three characters behind them,
    which the creditor chooses freely. Source: EPC262-08, AT-02.
    """
    ics = "".join(text.split()).upper()
    if not _ICS.fullmatch(ics) or not _checksum_fits(ics):
        raise IcsInvalid("The ICS is wrong: compare it with the bank's.")
    return ics


def _checksum_fits(ics: str) -> bool:
    """ISO 7064, MOD 97-10."""
    moved = ics[_ICS_BUSINESS_CODE.stop :] + ics[: _ICS_BUSINESS_CODE.start]
    return int("".join(str(int(character, 36)) for character in moved)) % 97 == 1


def mask_iban(iban: str) -> str:
    """The first and last characters, for whoever knows the account anyway."""
    hidden = len(iban) - _SHOWN_FIRST - _SHOWN_LAST
    return iban[:_SHOWN_FIRST] + "•" * hidden + iban[-_SHOWN_LAST:]
