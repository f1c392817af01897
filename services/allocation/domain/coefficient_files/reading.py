"""Read a coefficient file back, strictly: whatever is odd is told with its line."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from itertools import islice

import numpy as np
import polars as pl

from libs.common.calendar import PARIS
from libs.common.ids import PRM_PATTERN, Prm
from services.allocation.domain.coefficient_files.period import STAMP, STEPS_MIN, YEARS, FilePeriod
from services.allocation.domain.coefficient_files.problems import (
    MAX_LISTED,
    CoefficientFileRefused,
    FileError,
)
from services.allocation.domain.coefficient_files.rounding import MAX_DECIMALS
from services.allocation.domain.coefficient_files.writing import STAMP_COLUMN
from services.allocation.domain.kernels import IntArray
from services.allocation.domain.keys.coefficients import POOL, Coefficients
from services.allocation.domain.keys.fractions import ONE

_STAMP_PATTERN = re.compile(r"\d{2}/\d{2}/\d{4} \d{2}:\d{2}", re.ASCII)
_PERCENT_PATTERN = rf"^(\d{{1,3}})(?:,(\d{{1,{MAX_DECIMALS}}}))?$"
_MAX_DAYS = 366


def is_coefficient_file(content: bytes) -> bool:
    return content.removeprefix(b"\xef\xbb\xbf").startswith(f"{STAMP_COLUMN};".encode())


def read_file(
    content: bytes, *, days: tuple[date, date] | None = None, producer: Prm = POOL
) -> tuple[FilePeriod, Coefficients]:
    """Read the text that ``write_file`` writes; lines may also end with LF, the last without.

    days: the first and the last that it must be about; by default those that it says. Its step is
    the one between its first two rows. Raises CoefficientFileRefused.
    """
    lines = _lines(content)
    consumers = _read_header(lines[0])
    rows = [line.split(";") for line in lines[1:]]
    _refuse(_uneven(rows, len(consumers) + 1))
    stamps = [row[0] for row in rows]
    period = _period(stamps, days)
    _refuse(_astray(stamps, period))
    coefficients = Coefficients(
        starts_epoch_min=period.starts_epoch_min,
        producers=(producer,),
        consumers=tuple(sorted(consumers)),
        share_billionths=_read_shares(rows, consumers)[None],
    )
    return period, coefficients


def _refuse(errors: Iterator[FileError]) -> None:
    # Not all: a file may have millions of them.
    if found := list(islice(errors, MAX_LISTED + 1)):
        raise CoefficientFileRefused.of(found)


def _lines(content: bytes) -> list[str]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise CoefficientFileRefused.of([FileError(line, "This is not text in UTF-8.")]) from error
    lines = text.replace("\r\n", "\n").removesuffix("\n").split("\n")
    if len(lines) < 3:  # noqa: PLR2004 - a header and two rows
        what = "A file has a header and a row for each step of its days."
        raise CoefficientFileRefused.of([FileError(len(lines), what)])
    return lines


def _read_header(line: str) -> list[Prm]:
    first, *prms = line.split(";")
    if first != STAMP_COLUMN or not prms:
        what = f"The header is {STAMP_COLUMN};<prm>;<prm>…, not {_shown(line)}."
        raise CoefficientFileRefused.of([FileError(1, what)])
    _refuse(
        FileError(1, f"{_shown(prm)} is not a prm: 14 digits.")
        for prm in prms
        if not re.fullmatch(PRM_PATTERN, prm, re.ASCII)
    )
    _refuse(
        FileError(1, f"{prm} has {times} columns.")
        for prm, times in sorted(Counter(prms).items())
        if times > 1
    )
    return [Prm(prm) for prm in prms]


def _uneven(rows: Sequence[Sequence[str]], columns: int) -> Iterator[FileError]:
    for line, row in enumerate(rows, start=2):
        if len(row) != columns:
            yield FileError(line, f"{len(row)} columns, the header has {columns}.")


def _period(stamps: Sequence[str], days: tuple[date, date] | None) -> FilePeriod:
    first, second, last = (_read_stamp(line, stamps[line - 2]) for line in (2, 3, len(stamps) + 1))
    step_min = int((second - first).total_seconds()) // 60
    if step_min not in STEPS_MIN:
        what = f"A step of {step_min} minutes after line 2; it is one of {STEPS_MIN}."
        raise CoefficientFileRefused.of([FileError(3, what)])
    first_day, last_day = days or (first.date(), last.date())
    if not 0 <= (last_day - first_day).days < _MAX_DAYS:
        what = f"From {first_day} to {last_day}: the last day comes before the first, or a year on."
        raise CoefficientFileRefused.of([FileError(len(stamps) + 1, what)])
    return FilePeriod(first_day, last_day, step_min)


def _read_stamp(line: int, stamp: str) -> datetime:
    """Local, without its zone: which of the two hours in October it is, only the order tells."""
    if _STAMP_PATTERN.fullmatch(stamp):
        try:
            read = datetime.strptime(stamp, STAMP)  # noqa: DTZ007 - naive on purpose
        except ValueError:
            read = datetime.min  # noqa: DTZ901 - idem
        if read.year in YEARS:
            return read
    what = f"{_shown(stamp)} is not a stamp such as 01/11/2026 00:00."
    raise CoefficientFileRefused.of([FileError(line, what)])


def _astray(stamps: Sequence[str], period: FilePeriod) -> Iterator[FileError]:
    """The first stamp that is not the one expected there; the rest follows from it."""
    expected = period.stamps
    for line, (found, due) in enumerate(zip(stamps, expected, strict=False), start=2):
        if found != due:
            yield FileError(line, _what_is_astray(line, found, due, period))
            return
    if len(stamps) < len(expected):
        yield FileError(len(stamps) + 2, f"The row of {expected[len(stamps)]} is missing.")
    if len(stamps) > len(expected):
        line = len(expected) + 2
        found = stamps[len(expected)]
        yield FileError(line, f"{_shown(found)} comes after the last step of {period.last_day}.")


def _what_is_astray(line: int, found: str, due: str, period: FilePeriod) -> str:
    stamp = _read_stamp(line, found)
    day = stamp.date()
    if not period.first_day <= day <= period.last_day:
        return f"{found} is not in the days from {period.first_day} to {period.last_day}."
    if _in_gap(stamp):
        return f"{found} does not exist: clocks go forward over it."
    if found not in period.stamps:
        return f"{found} does not begin a step of {period.step_min} minutes."
    order = "is missing before it" if found in period.stamps[line - 2 :] else "is due here"
    return f"{found}, where {due} {order}."


def _in_gap(stamp: datetime) -> bool:
    instant = stamp.replace(tzinfo=PARIS).astimezone(UTC)
    return instant.astimezone(PARIS).replace(tzinfo=None) != stamp


def _read_shares(rows: Sequence[Sequence[str]], consumers: Sequence[Prm]) -> IntArray:
    """Billionths, consumers in prm order: [consumer, step]."""
    cells = pl.Series("cell", [cell for row in rows for cell in row[1:]], dtype=pl.String)
    digits = pl.col("cell").str.extract_groups(_PERCENT_PATTERN)
    fraction = digits.struct[1].fill_null("").str.pad_end(MAX_DECIMALS, "0")
    read = (
        cells.to_frame()
        .select((digits.struct[0] + fraction).str.to_integer(strict=False))
        .to_series()
    )
    width = len(consumers)
    _refuse(
        FileError(place // width + 2, f"{consumers[place % width]}: {_why(cells[place])}")
        for place in read.is_null().arg_true().to_list()
    )
    shares = read.to_numpy().reshape(-1, width)
    above = np.flatnonzero(shares.sum(axis=1) > ONE).tolist()
    _refuse(
        FileError(row + 2, f"The row adds up to {_percent(int(shares[row].sum()))} %, above 100 %.")
        for row in above
    )
    return np.ascontiguousarray(shares.T[np.argsort(consumers)])


def _why(cell: str) -> str:
    if re.fullmatch(r"-\d+([.,]\d+)?", cell, re.ASCII):
        return f"{_shown(cell)} is negative."
    if re.fullmatch(r"\d+\.\d+", cell, re.ASCII):
        return f"{_shown(cell)} has a decimal point: write a comma."
    if re.fullmatch(r"\d+,\d+", cell, re.ASCII):
        return f"{_shown(cell)} is above 100, or has more than {MAX_DECIMALS} decimals."
    return f"{_shown(cell)} is not a percentage such as 45,00."


def _percent(share_billionths: int) -> str:
    whole, fraction = divmod(share_billionths, 10**MAX_DECIMALS)
    return f"{whole},{fraction:0{MAX_DECIMALS}}".rstrip("0").rstrip(",")


def _shown(text: str) -> str:
    """What somebody sent, short enough for a sentence."""
    limit = 40
    return repr(text if len(text) <= limit else f"{text[:limit]}…")
