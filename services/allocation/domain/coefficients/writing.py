"""Coefficient files as text, and the files of a month in one archive."""

import hashlib
import io
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import polars as pl

from libs.common.ids import Prm
from services.allocation.domain.coefficients.period import FileName
from services.allocation.domain.coefficients.rounding import MAX_DECIMALS
from services.allocation.domain.kernels import IntArray
from services.allocation.domain.keys.coefficients import Coefficients

STAMP_COLUMN = "Horodate"

_ZIP_EPOCH = (1980, 1, 1, 0, 0, 0)
_UNIX = 3


@dataclass(frozen=True)
class CoefficientFile:
    """The coefficients of a period, of the pool or of one producer."""

    name: FileName
    content: bytes

    @cached_property
    def sha256(self) -> str:
        return hashlib.sha256(self.content).hexdigest()

    @property
    def rows(self) -> int:
        """One per step, without the header."""
        return len(self.name.period.starts_epoch_min)

    @property
    def description(self) -> dict[str, object]:
        return {
            "name": str(self.name),
            "producer": self.name.producer or None,
            "rows": self.rows,
            "sha256": self.sha256,
        }


def write_file(
    name: FileName,
    consumers: Sequence[Prm],
    day_coefficients: Sequence[Coefficients],
    *,
    decimals: int,
) -> CoefficientFile:
    """Write ``Horodate;PRM1;PRM2…``, then a row per step: local start; percentages, decimal comma.

    day_coefficients: on the steps of the file, each of another day, with its own points; a step or
    consumer without one is 0. The shares have no more decimals than the file. ASCII, CRLF.
    """
    shares = _joined(name, consumers, day_coefficients)
    units, remainders = np.divmod(shares, 10 ** (MAX_DECIMALS - decimals))
    assert not remainders.any(), "a coefficient with more decimals than its file"
    stamps = pl.Series(STAMP_COLUMN, name.period.stamps)
    columns = [_percent(prm, row, decimals) for prm, row in zip(consumers, units, strict=True)]
    text = pl.DataFrame([stamps, *columns]).write_csv(
        separator=";", line_terminator="\r\n", quote_style="never"
    )
    return CoefficientFile(name, text.encode("ascii"))


def _joined(
    name: FileName, consumers: Sequence[Prm], day_coefficients: Sequence[Coefficients]
) -> IntArray:
    """Return the shares of one producer, or of the pool: [consumer, step of the file]."""
    starts = name.period.starts_epoch_min
    joined = np.zeros((len(consumers), len(starts)), dtype=np.int64)
    row_by_consumer = {prm: row for row, prm in enumerate(consumers)}
    for coefficients in day_coefficients:
        if name.producer in coefficients.producers:
            shares = coefficients.share_billionths[coefficients.producers.index(name.producer)]
            rows = np.array(
                [row_by_consumer[prm] for prm in coefficients.consumers], dtype=np.int64
            )
            joined[np.ix_(rows, np.searchsorted(starts, coefficients.starts_epoch_min))] = shares
    return joined


def _percent(prm: Prm, units: IntArray, decimals: int) -> pl.Series:
    column = pl.Series(prm, units)
    whole_percents: pl.Series = (column // 10**decimals).cast(pl.String)
    if decimals == 0:
        return whole_percents
    fraction = (column % 10**decimals).cast(pl.String).str.zfill(decimals)
    text: pl.Series = whole_percents + "," + fraction
    return text


def zip_files(files: Sequence[CoefficientFile]) -> bytes:
    """Return equal bytes for equal files: no time of day, nothing that a compressor may change."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
        for file in files:
            entry = zipfile.ZipInfo(str(file.name), _ZIP_EPOCH)
            entry.create_system = _UNIX
            archive.writestr(entry, file.content)
    return target.getvalue()
