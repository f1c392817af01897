"""Files of every format with one whole local day, as their senders would stamp it."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from tests.ingest.formats.files import (
    PARIS,
    PRM,
    day_ends,
    hdm,
    naive,
    pdc,
    r4x_of,
    r4x_point,
    r50,
    r63,
    r63_row,
)
from tests.ingest.formats.json_files import (
    data_connect,
    data_connect_point,
    generic_csv,
    generic_curve,
    generic_json,
    generic_row,
    r63_json_of,
    r63_point,
)

DAYS = {"2026-03-29": 23, "2026-10-25": 25}
"""Of so many hours."""
_FINE_MIN = (5, 10)


def day_starts(day: str, step_min: int) -> list[datetime]:
    """The starts (local, aware) of the steps of a local day."""
    length = timedelta(minutes=step_min)
    return [(end.astimezone(UTC) - length).astimezone(PARIS) for end in day_ends(day, step_min)]


def _r63_csv(day: str, step_min: int, prm: str) -> bytes:
    is_fine = step_min in _FINE_MIN
    stamps = naive((day_starts if is_fine else day_ends)(day, step_min))
    letter = "R" if is_fine else "B"
    return r63(r63_row(stamp, prm=prm, nature=letter, step=f"PT{step_min}M") for stamp in stamps)


def _r63a(day: str, step_min: int, prm: str) -> bytes:
    stamps = naive(day_starts(day, step_min))
    points = [r63_point(stamp, nature="R", step=f"PT{step_min}M") for stamp in stamps]
    return r63_json_of(points, flow="R63A", prm=prm)


def _r63b(day: str, step_min: int, prm: str) -> bytes:
    stamps = naive(day_ends(day, step_min))
    return r63_json_of([r63_point(stamp, step=f"PT{step_min}M") for stamp in stamps], prm=prm)


def _r50(day: str, step_min: int, prm: str) -> bytes:
    points = [pdc(end.isoformat()) for end in day_ends(day, step_min)]
    return r50(points, step=str(step_min), prm=prm)


def _r4x(day: str, step_min: int, prm: str) -> bytes:
    points = [r4x_point(start.isoformat()) for start in day_starts(day, step_min)]
    return r4x_of(points, step=str(step_min), prm=prm)


def _hdm(day: str, step_min: int, prm: str) -> bytes:
    stamps = (day_starts if step_min in _FINE_MIN else day_ends)(day, step_min)
    return hdm([(stamp.isoformat(), "12000") for stamp in stamps], prm=prm)


def _data_connect(day: str, step_min: int, prm: str) -> bytes:
    stamps = naive(day_ends(day, step_min))
    points = [data_connect_point(stamp, step=f"PT{step_min}M") for stamp in stamps]
    return data_connect(points, prm=prm)


def _generic_csv(day: str, step_min: int, prm: str) -> bytes:
    starts = day_starts(day, step_min)
    return generic_csv(generic_row(one.isoformat(), prm=prm, step=str(step_min)) for one in starts)


def _generic_json(day: str, step_min: int, prm: str) -> bytes:
    readings = [{"start": one.isoformat(), "value": 478} for one in day_starts(day, step_min)]
    return generic_json([generic_curve(readings, prm=prm, step_min=step_min)])


FileOf = Callable[[str, int, str], bytes]
FILES: dict[str, FileOf] = {
    "R63 CSV": _r63_csv,
    "R63A JSON": _r63a,
    "R63B JSON": _r63b,
    "R50 XML": _r50,
    "R4x XML": _r4x,
    "HDM CSV": _hdm,
    "Data Connect JSON": _data_connect,
    "generic CSV": _generic_csv,
    "generic JSON": _generic_json,
}
"""By name: the file of a local day, a step in minutes and a PRM."""


def file_of(name: str, day: str, step_min: int, prm: str = PRM) -> bytes:
    return FILES[name](day, step_min, prm)
