"""Read a coefficient file back, strictly: every anomaly is reported with its line."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from itertools import islice

import numpy as np
import polars as pl

from libs.common.calendar import PARIS
from libs.common.ids import PRM_PATTERN, Prm
from services.allocation.domain.coefficients.period import STAMP, STEPS_MIN, YEARS, FilePeriod
from services.allocation.domain.coefficients.problems import (
    MAX_LISTED,
    CoefficientFileRefused,
    FileError,
)
from services.allocation.domain.coefficients.rounding import MAX_DECIMALS
from services.allocation.domain.coefficients.writing import STAMP_COLUMN
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

    days: the first and last day that it must cover, by default those in the file. Its step is the
    one between its first two rows. Raises CoefficientFileRefused.
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
    # Not all of them: a file may have millions.
    if first_errors := list(islice(errors, MAX_LISTED + 1)):
        raise CoefficientFileRefused.of(first_errors)


def _lines(content: bytes) -> list[str]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise CoefficientFileRefused.of([FileError(line, "This is not text in UTF-8.")]) from error
    lines = text.replace("\r\n", "\n").removesuffix("\n").split("\n")
    if len(lines) < 3:  # noqa: PLR2004 - a header and two rows
        message = "A file has a header and a row for each step of its days."
        raise CoefficientFileRefused.of([FileError(len(lines), message)])
    return lines


def _read_header(line: str) -> list[Prm]:
    first_cell, *prms = line.split(";")
    if first_cell != STAMP_COLUMN or not prms:
        message = f"The header is {STAMP_COLUMN};<prm>;<prm>…, not {_shown(line)}."
        raise CoefficientFileRefused.of([FileError(1, message)])
    _refuse(
        FileError(1, f"{_shown(prm)} is not a prm: 14 digits.")
        for prm in prms
        if not re.fullmatch(PRM_PATTERN, prm, re.ASCII)
    )
    _refuse(
        FileError(1, f"{prm} has {columns} columns.")
        for prm, columns in sorted(Counter(prms).items())
        if columns > 1
    )
    return [Prm(prm) for prm in prms]


def _uneven(rows: Sequence[Sequence[str]], columns: int) -> Iterator[FileError]:
    for line, row in enumerate(rows, start=2):
        if len(row) != columns:
            yield FileError(line, f"{len(row)} columns, the header has {columns}.")


def _period(stamps: Sequence[str], days: tuple[date, date] | None) -> FilePeriod:
    first_stamp, second_stamp, last_stamp = (
        _read_stamp(line, stamps[line - 2]) for line in (2, 3, len(stamps) + 1)
    )
    step_min = int((second_stamp - first_stamp).total_seconds()) // 60
    if step_min not in STEPS_MIN:
        message = f"A step of {step_min} minutes after line 2; it is one of {STEPS_MIN}."
        raise CoefficientFileRefused.of([FileError(3, message)])
    first_day, last_day = days or (first_stamp.date(), last_stamp.date())
    if not 0 <= (last_day - first_day).days < _MAX_DAYS:
        message = (
            f"From {first_day} to {last_day}: the last day comes before the first, or a year on."
        )
        raise CoefficientFileRefused.of([FileError(len(stamps) + 1, message)])
    return FilePeriod(first_day, last_day, step_min)


def _read_stamp(line: int, stamp: str) -> datetime:
    """Parse a local stamp without its zone: only the order tells the two hours of October apart."""
    if _STAMP_PATTERN.fullmatch(stamp):
        try:
            local_start = datetime.strptime(stamp, STAMP)  # noqa: DTZ007 - naive on purpose
        except ValueError:
            local_start = datetime.min  # noqa: DTZ901 - naive on purpose
        if local_start.year in YEARS:
            return local_start
    message = f"{_shown(stamp)} is not a stamp such as 01/11/2026 00:00."
    raise CoefficientFileRefused.of([FileError(line, message)])


def _astray(stamps: Sequence[str], period: FilePeriod) -> Iterator[FileError]:
    """Yield the first stamp that is not the expected one; the later ones follow from it."""
    expected = period.stamps
    for line, (stamp, due_stamp) in enumerate(zip(stamps, expected, strict=False), start=2):
        if stamp != due_stamp:
            yield FileError(line, _stamp_error(line, stamp, due_stamp, period))
            return
    if len(stamps) < len(expected):
        yield FileError(len(stamps) + 2, f"The row of {expected[len(stamps)]} is missing.")
    if len(stamps) > len(expected):
        line = len(expected) + 2
        extra_stamp = stamps[len(expected)]
        yield FileError(
            line, f"{_shown(extra_stamp)} comes after the last step of {period.last_day}."
        )


def _stamp_error(line: int, stamp_text: str, due_stamp: str, period: FilePeriod) -> str:
    stamp = _read_stamp(line, stamp_text)
    day = stamp.date()
    if not period.first_day <= day <= period.last_day:
        return f"{stamp_text} is not in the days from {period.first_day} to {period.last_day}."
    if _in_gap(stamp):
        return f"{stamp_text} does not exist: clocks go forward over it."
    if stamp_text not in period.stamps:
        return f"{stamp_text} does not begin a step of {period.step_min} minutes."
    order = "is missing before it" if stamp_text in period.stamps[line - 2 :] else "is due here"
    return f"{stamp_text}, where {due_stamp} {order}."


def _in_gap(stamp: datetime) -> bool:
    instant = stamp.replace(tzinfo=PARIS).astimezone(UTC)
    return instant.astimezone(PARIS).replace(tzinfo=None) != stamp


def _read_shares(rows: Sequence[Sequence[str]], consumers: Sequence[Prm]) -> IntArray:
    """Return billionths, consumers in prm order: [consumer, step]."""
    cells = pl.Series("cell", [cell for row in rows for cell in row[1:]], dtype=pl.String)
    digits = pl.col("cell").str.extract_groups(_PERCENT_PATTERN)
    fraction = digits.struct[1].fill_null("").str.pad_end(MAX_DECIMALS, "0")
    parsed_shares = (
        cells.to_frame()
        .select((digits.struct[0] + fraction).str.to_integer(strict=False))
        .to_series()
    )
    columns = len(consumers)
    _refuse(
        FileError(place // columns + 2, f"{consumers[place % columns]}: {_why(cells[place])}")
        for place in parsed_shares.is_null().arg_true().to_list()
    )
    shares = parsed_shares.to_numpy().reshape(-1, columns)
    rows_above = np.flatnonzero(shares.sum(axis=1) > ONE).tolist()
    _refuse(
        FileError(row + 2, f"The row adds up to {_percent(int(shares[row].sum()))} %, above 100 %.")
        for row in rows_above
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
    percent, fraction = divmod(share_billionths, 10**MAX_DECIMALS)
    return f"{percent},{fraction:0{MAX_DECIMALS}}".rstrip("0").rstrip(",")


def _shown(text: str) -> str:
    """Shorten what somebody sent, so that it fits a sentence."""
    limit = 40
    return repr(text if len(text) <= limit else f"{text[:limit]}…")
