"""The week of docs/use/completeness.md: its table and its picture; `python -m` redraws it."""

from datetime import date, timedelta
from pathlib import Path
from uuid import UUID

import polars as pl

from libs.common.ids import Direction, OperationId, Prm
from services.ingest.domain.completeness.completeness import completeness, expected_days
from services.ingest.domain.completeness.svg import completeness_svg
from services.ingest.domain.readings.blocks import LETTERS
from services.ingest.domain.readings.coverage import Participation

PICTURE = Path(__file__).with_name("completeness.svg")

_TOWN_HALL, _ROOF, _ANNA = Prm("99110000000101"), Prm("99110000000202"), Prm("99110000000303")
_MONDAY = date(2026, 10, 19)  # its Sunday has 25 hours
_DAYS = [_MONDAY + timedelta(days=after) for after in range(7)]
_POINTS = (
    # prm, direction, first day, step in minutes, and the letters of each day from Monday on
    (
        _TOWN_HALL,
        Direction.CONSUMPTION,
        date(2026, 1, 1),
        30,
        ["m" * 48, "m" * 48, "m" * 40 + "i" * 4 + "x" * 4, "m" * 48, "m" * 48, "m" * 48, "m" * 50],
    ),
    (
        _ROOF,
        Direction.PRODUCTION,
        date(2026, 1, 1),
        10,
        ["m" * 144, "m" * 131 + "." * 13, "m" * 144, "m" * 144, "m" * 144, "m" * 144, ""],
    ),
    (
        _ANNA,
        Direction.CONSUMPTION,
        date(2026, 10, 22),
        60,
        ["", "", "", "m" * 24, "m" * 10 + "e" * 4 + "." * 10, "m" * 20 + "x" * 4, "m" * 25],
    ),
)


def counts() -> pl.DataFrame:
    """Schema COMPLETENESS."""
    days = expected_days(
        [
            Participation(OperationId("ACC00000101"), prm, direction, UUID(int=1), first, None)
            for prm, direction, first, _, _ in _POINTS
        ],
        {date.min: 30},
        from_day=_DAYS[0],
        to_day=_DAYS[-1] + timedelta(days=1),
    )
    blocks = [
        (prm, direction.value, day, step_min, natures)
        for prm, direction, _, step_min, week in _POINTS
        for day, natures in zip(_DAYS, week, strict=True)
        if natures
    ]
    return completeness(days, pl.DataFrame(blocks, schema=LETTERS, orient="row"))


def picture() -> str:
    return completeness_svg("Readings of ACC00000101, 19 to 25 October 2026", _DAYS, counts())


def table() -> str:
    """The days that are not whole, in Markdown."""
    columns = ["expected", "received", "estimated_by_dso", "estimated_by_us", "missing"]
    open_days = counts().filter(pl.col("received") < pl.col("expected"))
    rows = open_days.select("prm", "day", *columns, "covered_min").iter_rows()
    heading = "| point | day | " + " | ".join(f"`{name}`" for name in columns)
    return "\n".join(
        [
            f"{heading} | `covered_min` |",
            "|---|---|" + "---:|" * (len(columns) + 1),
            *("| " + " | ".join(str(value) for value in row) + " |" for row in rows),
        ]
    )


if __name__ == "__main__":
    PICTURE.write_text(picture(), encoding="utf-8")
    print(table())  # noqa: T201 - to be pasted into the page
