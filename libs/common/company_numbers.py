"""SIREN, SIRET and VAT numbers: their form, and the check digits that catch typing errors."""

import re
from typing import Annotated

from pydantic import AfterValidator, StringConstraints
from stdnum.fr import siren, siret

SIREN_PATTERN = r"^[0-9]{9}$"
SIRET_PATTERN = r"^[0-9]{14}$"
VAT_NUMBER_PATTERN = r"^[A-Z]{2}[A-Z0-9]{2,12}$"


def is_siren(text: str) -> bool:
    """Nine digits whose last one is a check digit (INSEE; ISO/IEC 7812-1)."""
    return _matches(SIREN_PATTERN, text) and siren.is_valid(text)


def is_siret(text: str) -> bool:
    """A SIREN and five digits of the establishment, under a check digit for all 14.

    Establishments of La Poste have a rule of their own, but for its head office (INSEE).
    """
    return _matches(SIRET_PATTERN, text) and siret.is_valid(text)


def is_vat_number(text: str) -> bool:
    """A country and its number; of French ones the key is checked (CGI ann. III art. 286 ter A).

    A French number is FR, a key and the SIREN; a key of digits is (12 + 3 × SIREN mod 97) mod 97.
    Keys with letters have no published rule. Monaco's numbers are FR, a key and 000…, no SIREN.
    """
    if not _matches(VAT_NUMBER_PATTERN, text):
        return False
    if not text.startswith("FR"):
        return True
    key, number = text[2:4], text[4:]
    if not _matches(SIREN_PATTERN, number):
        return False
    if not number.startswith("000") and not is_siren(number):
        return False
    return not key.isdigit() or int(key) == (12 + 3 * (int(number) % 97)) % 97


def _matches(pattern: str, text: str) -> bool:
    return re.fullmatch(pattern, text, re.ASCII) is not None


def _check_siren(text: str) -> str:
    if not is_siren(text):
        raise ValueError("this is no SIREN: its check digit does not fit, compare each digit")
    return text


def _check_siret(text: str) -> str:
    if not is_siret(text):
        raise ValueError(
            "this is no SIRET: its check digit, or that of the SIREN in its first 9 digits, does"
            " not fit, compare each digit"
        )
    return text


def _check_vat_number(text: str) -> str:
    if not is_vat_number(text):
        raise ValueError(
            "this is no VAT number: a French one is FR, a key of two characters that fits, and the"
            " SIREN"
        )
    return text


SirenField = Annotated[str, StringConstraints(pattern=SIREN_PATTERN), AfterValidator(_check_siren)]
SiretField = Annotated[str, StringConstraints(pattern=SIRET_PATTERN), AfterValidator(_check_siret)]
VatNumberField = Annotated[
    str, StringConstraints(pattern=VAT_NUMBER_PATTERN), AfterValidator(_check_vat_number)
]
