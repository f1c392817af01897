"""The file of accounting entries that the tax office may request (FEC).

Source: livre des procédures fiscales, art. A47 A-1: 18 columns in this order, tab between them,
days as AAAAMMJJ, decimal comma without separators of thousands, one character set of ISO 8859-15.
"""

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date

from services.billing.domain.books.booked import BookedLine, Item, Lettering, item_of
from services.billing.domain.books.ledger import JOURNAL_TITLES

COLUMNS = (
    "JournalCode",
    "JournalLib",
    "EcritureNum",
    "EcritureDate",
    "CompteNum",
    "CompteLib",
    "CompAuxNum",
    "CompAuxLib",
    "PieceRef",
    "PieceDate",
    "EcritureLib",
    "Debit",
    "Credit",
    "EcritureLet",
    "DateLet",
    "ValidDate",
    "Montantdevise",
    "Idevise",
)
ENCODING = "iso-8859-15"
_PLAIN = {
    **dict.fromkeys("’‘‚‛ʼ′", "'"),
    **dict.fromkeys("“”„‟″", '"'),
    **dict.fromkeys("‐‑‒–—―−", "-"),
    "‹": "<",
    "›": ">",
    "•": "-",
    "™": "TM",
    "Ł": "L",
    "ł": "l",
    "Đ": "D",
    "đ": "d",
}
"""What typography has and the set lacks, and has no simpler form in Unicode."""


def fec_file_name(siren: str, closed_on: date) -> str:
    """SIRENFECAAAAMMJJ.txt, with the last day of the fiscal year."""
    return f"{siren}FEC{closed_on:%Y%m%d}.txt"


def write_fec(
    lines: Iterable[BookedLine], letters: Mapping[Item, Lettering], *, separator: str
) -> bytes:
    """The whole file; lines in the order of their entries' numbers."""
    rows = [COLUMNS, *(_row(line, letters.get(item_of(line))) for line in _named_once(lines))]
    return b"".join(
        separator.encode(ENCODING).join(_plain(cell) for cell in row) + b"\r\n" for row in rows
    )


def _named_once(lines: Iterable[BookedLine]) -> list[BookedLine]:
    """The lines with one label of each account and one name of each party, the last of the year."""
    lines = list(lines)
    names = {line.party_account: line.party_name for line in lines}
    labels = {line.account: line.account_label for line in lines}
    return [
        replace(line, party_name=names[line.party_account], account_label=labels[line.account])
        for line in lines
    ]


def _row(line: BookedLine, letter: Lettering | None) -> tuple[str, ...]:
    return (
        line.journal,
        JOURNAL_TITLES[line.journal],
        str(line.number),
        _day(line.day),
        line.account,
        line.account_label,
        line.party_account,
        line.party_name or "",
        line.piece_ref,
        _day(line.piece_day),
        line.label,
        _amount(line.debit_cents),
        _amount(line.credit_cents),
        letter.text if letter else "",
        _day(letter.day) if letter else "",
        _day(line.validated_on),
        "",
        "",
    )


def _day(day: date) -> str:
    return f"{day:%Y%m%d}"


def _amount(cents: int) -> str:
    return f"{cents // 100},{cents % 100:02}"


def _plain(text: str) -> bytes:
    """The text without separators of columns and lines, in either form of the file.

    They are removed after encoding, as a character that the set lacks may become one.
    """
    written = _encoded(" ".join(text.split())).decode(ENCODING)
    return " ".join(written.replace("|", " ").split()).encode(ENCODING)


def _encoded(text: str) -> bytes:
    """The encoded text; characters that the set lacks lose accents or become question marks."""
    try:
        return text.encode(ENCODING)
    except UnicodeEncodeError:
        return b"".join(_encoded_character(character) for character in text)


def _encoded_character(character: str) -> bytes:
    try:
        return character.encode(ENCODING)
    except UnicodeEncodeError:
        base = unicodedata.normalize("NFKD", _PLAIN.get(character, character))
        return base.encode("ascii", "ignore") or b"?"
