"""Givens: who takes part on which days, and blocks written as letters or as powers."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, timedelta
from uuid import UUID

import polars as pl

from libs.common.calendar import steps_in_day
from libs.common.ids import Direction, OperationId, Prm
from services.ingest.domain.completeness.completeness import expected_days
from services.ingest.domain.readings.blocks import LETTERS
from services.ingest.domain.readings.coverage import Participation
from services.ingest.domain.readings.merging import BLOCKS

PRM = Prm("99000000000017")
OTHER_PRM = Prm("99000000000025")
THIRD_PRM = Prm("99000000000033")
ANNA, BRUNO = UUID(int=1), UUID(int=2)
JULY = date(2026, 7, 1)
OCTOBER_DAY = date(2026, 10, 25)  # of 25 hours
MARCH_DAY = date(2026, 3, 29)  # of 23 hours


def takes_part(
    prm: Prm = PRM,
    *,
    direction: Direction = Direction.CONSUMPTION,
    member_id: UUID = ANNA,
    valid_from: date = date(2026, 1, 1),
    valid_to: date | None = None,
) -> Participation:
    operation_id = OperationId("ACC00000001")
    return Participation(operation_id, prm, direction, member_id, valid_from, valid_to)


def days_of(
    *participations: Participation,
    from_day: date = JULY,
    days: int = 1,
    steps_min: Mapping[date, int] | None = None,
) -> pl.DataFrame:
    """Schema DAYS; settled in half-hours."""
    to_day = from_day + timedelta(days=days)
    return expected_days(
        participations or [takes_part()],
        {date.min: 30} if steps_min is None else steps_min,
        from_day=from_day,
        to_day=to_day,
    )


def letters(
    natures: str,
    *,
    prm: Prm = PRM,
    direction: Direction = Direction.CONSUMPTION,
    day: date = JULY,
    step_min: int = 30,
) -> tuple[str, str, date, int, str]:
    """A block of which nothing is known after the last letter."""
    return prm, direction, day, step_min, natures.ljust(steps_in_day(day, step_min), ".")


def letter_frame(*blocks: tuple[str, str, date, int, str]) -> pl.DataFrame:
    return pl.DataFrame(blocks, schema=LETTERS, orient="row")


def block_frame(*blocks: Mapping[str, object]) -> pl.DataFrame:
    return pl.DataFrame(blocks, schema=BLOCKS)


def block(
    power_w: Sequence[int | None] | Callable[[int], int | None],
    *,
    prm: Prm = PRM,
    direction: Direction = Direction.CONSUMPTION,
    day: date = JULY,
    step_min: int = 30,
    natures: str = "",
    doubtful: Iterable[int] = (),
) -> dict[str, object]:
    """A row of BLOCKS; the letters are those of measured values where none are given."""
    steps = range(steps_in_day(day, step_min))
    powers = [power_w(slot) if callable(power_w) else power_w[slot] for slot in steps]
    return {
        "prm": prm,
        "direction": direction.value,
        "day": day,
        "step_min": step_min,
        "revision": 1,
        "power_w": powers,
        "natures": natures or "".join("." if power is None else "m" for power in powers),
        "doubtful": [slot in set(doubtful) for slot in steps],
        "published_us": [1000],
    }


def letters_of(blocks: pl.DataFrame) -> pl.DataFrame:
    return blocks.select(LETTERS.names())
