"""R63 files with the curves of invented points, for any test that needs readings."""

from collections.abc import Callable, Iterable
from datetime import datetime

from tests.ingest.formats.files import day_ends, naive, r63, r63_row

SUMMER_DAY = "2026-07-01"
OCTOBER_DAY = "2026-10-25"  # of 25 hours
MARCH_DAY = "2026-03-29"  # of 23 hours


def curve_file(
    prms: Iterable[str],
    days: Iterable[str],
    *,
    direction: str = "CONS",
    step_min: int = 30,
    power_w: Callable[[datetime], int] | int = 478,
) -> bytes:
    """Every step of these local days, for each point; power may depend on the end of the step."""
    days = list(days)
    rows = [
        r63_row(
            stamp,
            str(power_w(end) if callable(power_w) else power_w),
            prm=prm,
            direction=direction,
            step=f"PT{step_min}M",
        )
        for prm in prms
        for day in days
        for end, stamp in zip(day_ends(day, step_min), naive(day_ends(day, step_min)), strict=True)
    ]
    return r63(rows)
