"""The reference that a payer gives: ISO 11649, made of a document's seller and number (ADR 42)."""

import hashlib
from uuid import UUID

from stdnum.iso7064 import mod_97_10

# Letters without vowels: they make no words, and no digit is mistaken for one of them.
LETTERS = "BCDFGHJKLMNPQRSTVWXZ"
SELLER_LETTERS = 7
_PREFIX = "RF"
_AT_MOST = 25  # ISO 11649: RF, two check digits, and 21 characters
_NUMBER_AT = len(_PREFIX) + 2 + SELLER_LETTERS
_YEAR_END = 5  # a number without its hyphen is a letter, a year, and the rest


def creditor_reference(issuer_id: UUID, number: str) -> str:
    """RF, check digits, letters for the seller, its number: RF55HNMHTZNF202600001.

    Numbers of one seller differ, so its references do. Those of two sellers, whose numbers are
    often the same, differ with their letters, of which there are more than a thousand million.
    """
    body = _letters(issuer_id) + number.replace("-", "")
    reference = f"{_PREFIX}{mod_97_10.calc_check_digits(body + _PREFIX)}{body}"
    assert len(reference) <= _AT_MOST
    return reference


def has_right_digits(reference: str) -> bool:
    return mod_97_10.checksum(reference[4:] + reference[:4]) == 1


def number_in(reference: str) -> str:
    """The number of the document with this reference."""
    compact = reference[_NUMBER_AT:]
    return f"{compact[:_YEAR_END]}-{compact[_YEAR_END:]}"


def _letters(issuer_id: UUID) -> str:
    rest = int.from_bytes(hashlib.sha256(issuer_id.bytes).digest())
    letters = []
    for _ in range(SELLER_LETTERS):
        rest, place = divmod(rest, len(LETTERS))
        letters.append(LETTERS[place])
    return "".join(letters)
