"""Small operations over whole local days, and what is written of them."""

from collections.abc import Mapping, Sequence
from datetime import date

import numpy as np

from libs.common.ids import OperationId, Prm
from services.allocation.domain.allocation import Allocation
from services.allocation.domain.coefficients.export import Export, export
from services.allocation.domain.coefficients.layout import Layout
from services.allocation.domain.coefficients.named import named_by
from services.allocation.domain.coefficients.rounding import FileFormat, rounded
from services.allocation.domain.curves import starts_of_day
from services.allocation.domain.keys import SharingKey
from services.allocation.domain.metered import Metered

OPERATION = OperationId("ACC00000001")
DAY = date(2026, 10, 12)
ROOF, BARN = Prm("99000000000001"), Prm("99000000000002")
ANNA, BRUNO, CARLA = (Prm(f"9900000000010{i}") for i in (1, 2, 3))


def day_of(
    productions: Mapping[Prm, int | Sequence[int]],
    consumptions: Mapping[Prm, int | Sequence[int]],
    shares: Mapping[tuple[Prm, Prm], int | Sequence[int]],
    *,
    day: date = DAY,
    step_min: int = 30,
) -> Allocation:
    """Watt-minutes: the same in every step, or some in the first steps and then none."""
    starts = starts_of_day(day, step_min)

    def curve(value: int | Sequence[int]) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
        energies = np.zeros(len(starts), dtype=np.int64)
        if isinstance(value, int):
            energies[:] = value
        else:
            energies[: len(value)] = value
        return energies

    metered = Metered.of(
        {prm: curve(value) for prm, value in productions.items()},
        {prm: curve(value) for prm, value in consumptions.items()},
        starts,
    )
    shared = np.zeros((len(metered.producers), len(metered.consumers), len(starts)), dtype=np.int64)
    for (producer, consumer), value in shares.items():
        row, column = metered.producers.index(producer), metered.consumers.index(consumer)
        shared[row, column] = curve(value)
    allocation = Allocation(metered, shared)
    allocation.check()
    return allocation


def written(
    allocation: Allocation,
    *,
    day: date = DAY,
    decimals: int = 2,
    step_min: int = 30,
    file_step_min: int | None = None,
    layout: Layout = Layout.POOL,
    key: SharingKey | None = None,
) -> Export:
    form = FileFormat(layout, decimals, file_step_min or step_min)
    consumers = named_by(key, allocation.metered, layout)
    return export(
        OPERATION,
        form,
        [rounded(allocation, form, step_min=step_min, named_shares=consumers)],
        first_day=day,
        last_day=day,
        producers=allocation.metered.producers,
        consumers=allocation.metered.consumers,
    )


def rows(result: Export, file: int = 0) -> list[str]:
    return result.files[file].content.decode("ascii").split("\r\n")
