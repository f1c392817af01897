"""Everything sent to the network operator for one operation and month."""

import hashlib
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from libs.common.ids import OperationId, Prm
from services.allocation.domain.coefficients.layout import Layout
from services.allocation.domain.coefficients.period import FileName, FilePeriod
from services.allocation.domain.coefficients.rounding import (
    ConsumerLoss,
    FileFormat,
    Rounded,
)
from services.allocation.domain.coefficients.writing import (
    CoefficientFile,
    write_file,
    zip_files,
)
from services.allocation.domain.keys.coefficients import POOL


@dataclass(frozen=True)
class Export:
    """One text file, or a zip with one per producer; losses in prm order."""

    form: FileFormat
    files: Sequence[CoefficientFile]
    losses: Mapping[Prm, ConsumerLoss]

    @property
    def name(self) -> str:
        if self.form.layout == Layout.POOL:
            return str(self.files[0].name)
        first = self.files[0].name
        return f"{FileName(first.operation_id, first.period).stem}.zip"

    @property
    def media_type(self) -> str:
        return "text/plain" if self.form.layout == Layout.POOL else "application/zip"

    @cached_property
    def content(self) -> bytes:
        return self.files[0].content if self.form.layout == Layout.POOL else zip_files(self.files)

    @cached_property
    def sha256(self) -> str:
        """Hash of the content: the checksum of the downloaded file."""
        return hashlib.sha256(self.content).hexdigest()

    @property
    def allocated_wmin(self) -> int:
        return sum(loss.allocated_wmin for loss in self.losses.values())

    @property
    def lost_wmin(self) -> int:
        return sum(loss.lost_wmin for loss in self.losses.values())


def export(
    operation_id: OperationId,
    form: FileFormat,
    days: Sequence[Rounded],
    *,
    first_day: date,
    last_day: date,
    producers: Collection[Prm],
    consumers: Collection[Prm],
) -> Export:
    """Write the files of a period.

    producers, consumers: all that take part on some day of it; on other days they are at 0.
    """
    period = FilePeriod(first_day, last_day, form.step_min)
    columns = sorted(consumers)
    files = [
        write_file(
            FileName(operation_id, period, producer),
            columns,
            [day.coefficients for day in days],
            decimals=form.decimals,
        )
        for producer in ([POOL] if form.layout == Layout.POOL else sorted(producers))
    ]
    return Export(form, files, _summed_losses(columns, days))


def _summed_losses(consumers: Sequence[Prm], days: Sequence[Rounded]) -> dict[Prm, ConsumerLoss]:
    allocated_wmin: defaultdict[Prm, int] = defaultdict(int)
    lost: defaultdict[Prm, int] = defaultdict(int)
    for day in days:
        for prm, loss in day.losses.items():
            allocated_wmin[prm] += loss.allocated_wmin
            lost[prm] += loss.lost_wmin
    return {prm: ConsumerLoss(allocated_wmin[prm], lost[prm]) for prm in consumers}
