"""Coefficient files as text, and the files of a month together."""

import hashlib
import io
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import polars as pl

from libs.common.ids import Prm
from services.allocation.domain.coefficient_files.period import FileName
from services.allocation.domain.coefficient_files.rounding import MAX_DECIMALS
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
        """One per step; the header is none."""
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
    name: FileName, consumers: Sequence[Prm], parts: Sequence[Coefficients], *, decimals: int
) -> CoefficientFile:
    """``Horodate;PRM1;PRM2…``, then one row per step: local start; percentages, decimal comma.

    parts: on the steps of the file, of different days, each with its own points; what they do not
    say of a step or consumer is 0. The shares have no more decimals than the file. ASCII, CRLF.
    """
    shares = _joined(name, consumers, parts)
    units, rest = np.divmod(shares, 10 ** (MAX_DECIMALS - decimals))
    assert not rest.any(), "a coefficient with more decimals than its file"
    stamps = pl.Series(STAMP_COLUMN, name.period.stamps)
    columns = [_percent(prm, row, decimals) for prm, row in zip(consumers, units, strict=True)]
    text = pl.DataFrame([stamps, *columns]).write_csv(
        separator=";", line_terminator="\r\n", quote_style="never"
    )
    return CoefficientFile(name, text.encode("ascii"))


def _joined(name: FileName, consumers: Sequence[Prm], parts: Sequence[Coefficients]) -> IntArray:
    """Shares of one producer, or of the pool: [consumer, step of the file]."""
    starts = name.period.starts_epoch_min
    joined = np.zeros((len(consumers), len(starts)), dtype=np.int64)
    place = {prm: row for row, prm in enumerate(consumers)}
    for part in parts:
        if name.producer in part.producers:
            shares = part.share_billionths[part.producers.index(name.producer)]
            rows = np.array([place[prm] for prm in part.consumers], dtype=np.int64)
            joined[np.ix_(rows, np.searchsorted(starts, part.starts_epoch_min))] = shares
    return joined


def _percent(prm: Prm, units: IntArray, decimals: int) -> pl.Series:
    column = pl.Series(prm, units)
    whole: pl.Series = (column // 10**decimals).cast(pl.String)
    if decimals == 0:
        return whole
    fraction = (column % 10**decimals).cast(pl.String).str.zfill(decimals)
    text: pl.Series = whole + "," + fraction
    return text


def zip_files(files: Sequence[CoefficientFile]) -> bytes:
    """The same files are the same bytes: no time of day, nothing that a compressor may change."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
        for file in files:
            entry = zipfile.ZipInfo(str(file.name), _ZIP_EPOCH)
            entry.create_system = _UNIX
            archive.writestr(entry, file.content)
    return target.getvalue()
