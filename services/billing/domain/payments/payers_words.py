"""The words of payers: references and numbers of documents, in the usual spellings."""

import re
import unicodedata
from collections.abc import Iterable, Sequence

from services.billing.domain.creditor_references import (
    LETTERS,
    SELLER_LETTERS,
    has_right_digits,
    number_in,
)
from services.billing.domain.payments.bank import BankTransaction

_SIGNS = re.compile(r"[^A-Z0-9]+", re.ASCII)
# All digits after the letter: other ones, such as an amount, may stand behind the number.
_REFERENCE = re.compile(rf"(RF\d\d[{LETTERS}]{{{SELLER_LETTERS}}}[A-Z]\d{{4}})(\d{{5,}})", re.ASCII)
_BETWEEN = r"[\s\-_/.:]{1,3}"
_INVOICE = r"(?:FACT?|FACTURE|INVOICE)"
_NOTICE = r"(?:AVIS|ECHEANCE|NOTICE)"
_WORD_END = rf"{_BETWEEN}(?:N[°O]?{_BETWEEN}|N°)?"
_LETTERED = (
    # F2026-00046, F202600046, F 2026/00046; P2026-00046 is a payment notice
    rf"(?P<kind>[FP])(?:{_BETWEEN})?(?P<year>20\d\d)(?:{_BETWEEN})?(?P<rest>\d{{5,9}})",
    # not A 2026-00046, where A may be a word
    rf"(?P<kind>A)(?P<year>20\d\d)(?:{_BETWEEN})?(?P<rest>\d{{5,9}})",
    # F2026-46, but neither F2026-11-05 nor F2026-1 2345, which a bank may have cut
    rf"(?P<kind>[FP])(?:{_BETWEEN})?(?P<year>20\d\d){_BETWEEN}(?P<rest>\d{{1,4}})(?!{_BETWEEN}\d)",
)
_LETTERLESS = (
    # 2026-00046; in 2026-11-05 there are too few digits
    r"(?P<year>20\d\d)[\-_/.:](?P<rest>\d{5,9})",
    # 2026 00046, not 2026 34000, which may be a town
    r"(?P<year>20\d\d)\s(?P<rest>0\d{4})",
)


def _behind(word: str, letter: str) -> tuple[str, ...]:
    return (
        # FACTURE202600046
        rf"{word}(?P<kind>{letter}?)(?P<year>20\d\d)(?:{_BETWEEN})?(?P<rest>\d{{5,9}})",
        # FACTURE 2026-00046, FACTURE N° 2026 00046
        *(rf"{word}{_WORD_END}(?P<kind>{letter}?){form}" for form in _LETTERLESS),
    )


def _compiled(*forms: str) -> Sequence[re.Pattern[str]]:
    return [re.compile(rf"(?<![A-Z0-9]){form}(?![A-Z0-9])", re.ASCII) for form in forms]


# By the letter of numbers that are written without theirs.
_WITH_LETTER_OR_WORD = {
    "F": _compiled(*_LETTERED, *_behind(_INVOICE, "F")),
    "P": _compiled(*_behind(_NOTICE, "P")),
}
_BARE = _compiled(*(f"(?P<kind>){form}" for form in _LETTERLESS))
_DASHES = {ord(dash): "-" for dash in "‐‑‒–—−"}
_NUMBER_DIGITS = 5
# Titles, forms of companies and small words, which banks and people add or leave out.
_SAID_OF_MANY = {
    *("M", "MR", "MME", "MLLE", "MRS", "MS", "OU", "ET", "AND"),
    *("DE", "DU", "DES", "LE", "LA", "LES"),
    *("SA", "SAS", "SASU", "SARL", "EURL", "SCI", "SCIC", "SCOP"),
}


def references_in(text: str) -> frozenset[str]:
    """The creditor references with right check digits, whatever signs and cases stand in them."""
    compact = _SIGNS.sub("", _plain(text))
    return frozenset(
        reference
        for start, digits in _REFERENCE.findall(compact)
        for count in range(_NUMBER_DIGITS, len(digits) + 1)
        if count == _NUMBER_DIGITS or digits[0] != "0"
        if has_right_digits(reference := start + digits[:count])
    )


def numbers_in(text: str) -> frozenset[str]:
    """The numbers of documents, as they are on these; without a letter that of an invoice.

    Behind the word notice (avis, échéance) it is that of a payment notice.
    """
    lettered, bare = _read(text)
    return lettered | bare


def bare_numbers_in(text: str) -> frozenset[str]:
    """The numbers that stand without a letter or a word: they may be of something else."""
    lettered, bare = _read(text)
    return bare - lettered


def as_of_notice(number: str) -> str:
    """The same number of a payment notice, which one without its letter may be."""
    return f"P{number[1:]}"


def _read(text: str) -> tuple[frozenset[str], frozenset[str]]:
    """The numbers with a letter or a word, and those that stand elsewhere without."""
    plain = _plain(text)
    lettered = [
        (match, letter)
        for letter, patterns in _WITH_LETTER_OR_WORD.items()
        for pattern in patterns
        for match in pattern.finditer(plain)
    ]
    ends = {match.end() for match, _ in lettered}
    bare = [
        (match, "F")
        for pattern in _BARE
        for match in pattern.finditer(plain)
        if match.end() not in ends
    ]
    return _written(lettered), _written(bare)


def _written(matches: Iterable[tuple[re.Match[str], str]]) -> frozenset[str]:
    numbers = {
        (match["kind"] or letter, match["year"], int(match["rest"])) for match, letter in matches
    }
    return frozenset(f"{kind}{year}-{rest:05}" for kind, year, rest in numbers if rest)


def all_numbers(transactions: Iterable[BankTransaction]) -> frozenset[str]:
    """The numbers that transactions name, or have in a reference, of whatever they may be."""
    texts = {transaction.remittance or "" for transaction in transactions}
    references = frozenset[str]().union(*map(references_in, texts))
    bare = frozenset[str]().union(*map(bare_numbers_in, texts))
    return frozenset(map(number_in, references)).union(
        map(as_of_notice, bare), *map(numbers_in, texts)
    )


def name_words(name: str) -> frozenset[str]:
    """The words that tell one name from another."""
    words = _SIGNS.split(_plain(name))
    return frozenset(word for word in words if word and word not in _SAID_OF_MANY)


def is_named(customer: frozenset[str], payer: frozenset[str]) -> bool:
    """Whether the words of a payer have all those of a customer, and no other if it has one."""
    return customer == payer if len(customer) == 1 else bool(customer) and customer <= payer


def _plain(text: str) -> str:
    """Capitals without accents, and one sort of dash."""
    letters = unicodedata.normalize("NFKD", text.translate(_DASHES))
    return "".join(letter for letter in letters if not unicodedata.combining(letter)).upper()
