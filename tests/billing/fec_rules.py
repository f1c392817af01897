"""What the tax office's rules say about a FEC, written from LPF A47 A-1 and not from our code."""

import re
from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

_HEADER = """
    JournalCode JournalLib EcritureNum EcritureDate CompteNum CompteLib CompAuxNum CompAuxLib
    PieceRef PieceDate EcritureLib Debit Credit EcritureLet DateLet ValidDate Montantdevise Idevise
""".split()  # noqa: SIM905 - as the law lists them
_MAY_BE_EMPTY = {
    "CompAuxNum",
    "CompAuxLib",
    "EcritureLet",
    "DateLet",
    "Montantdevise",
    "Idevise",
}
_AMOUNT = re.compile(r"\d+,\d{2}")


@dataclass(frozen=True)
class Fec:
    rows: list[dict[str, str]]

    def cents(self, column: str, account: str = "") -> int:
        return sum(cents(row[column]) for row in self.rows if row["CompteNum"].startswith(account))


def cents(text: str) -> int:
    return int(Decimal(text.replace(",", ".")) * 100)


def checked_fec(content: bytes, name: str, separator: str = "\t") -> Fec:
    """The rows; an assertion fails for a file that the tax office's test program would refuse."""
    match = re.fullmatch(r"\d{9}FEC(\d{8})\.txt", name)
    assert match, name
    closed_on = _day(match[1])
    text = content.decode("iso-8859-15")
    assert text.endswith("\r\n")
    lines = [line.split(separator) for line in text.removesuffix("\r\n").split("\r\n")]
    assert lines[0] == _HEADER
    assert {len(line) for line in lines} == {18}
    rows = [dict(zip(_HEADER, line, strict=True)) for line in lines[1:]]
    for row in rows:
        _check_row(row, closed_on)
    _check_entries(rows)
    _check_letters(rows)
    return Fec(rows)


def _check_row(row: dict[str, str], closed_on: date) -> None:
    assert all(row[column] for column in row.keys() - _MAY_BE_EMPTY), row
    assert re.match(r"\d{3}", row["CompteNum"]), row
    assert bool(row["CompAuxNum"]) == bool(row["CompAuxLib"]), row
    assert bool(row["EcritureLet"]) == bool(row["DateLet"]), row
    assert bool(row["Montantdevise"]) == bool(row["Idevise"]), row
    assert _AMOUNT.fullmatch(row["Debit"]), row
    assert _AMOUNT.fullmatch(row["Credit"]), row
    assert min(cents(row["Debit"]), cents(row["Credit"])) == 0, row
    assert closed_on.replace(year=closed_on.year - 1) < _day(row["EcritureDate"]) <= closed_on
    assert _day(row["PieceDate"]) <= _day(row["ValidDate"])


def _check_entries(rows: list[dict[str, str]]) -> None:
    """Numbers follow each other without a gap; each entry balances and has one day."""
    entries: defaultdict[int, list[dict[str, str]]] = defaultdict(list)
    for row in rows:
        entries[int(row["EcritureNum"])].append(row)
    assert list(entries) == list(range(1, len(entries) + 1))
    for lines in entries.values():
        debits, credits_ = (
            sum(cents(line[side]) for line in lines) for side in ("Debit", "Credit")
        )
        assert debits == credits_ > 0
        headers = {(line["EcritureDate"], line["JournalCode"], line["PieceRef"]) for line in lines}
        assert len(headers) == 1, headers


def _check_letters(rows: list[dict[str, str]]) -> None:
    """What has one letter on an account sums to nothing."""
    sums: defaultdict[tuple[str, str], int] = defaultdict(int)
    for row in rows:
        if row["EcritureLet"]:
            key = row["CompAuxNum"] or row["CompteNum"], row["EcritureLet"]
            sums[key] += cents(row["Debit"]) - cents(row["Credit"])
    assert set(sums.values()) <= {0}


def _day(text: str) -> date:
    return datetime.strptime(text, "%Y%m%d").date()  # noqa: DTZ007 - a local day
