"""Shapes of generated files that tests share: weeks with and without a change of clocks."""

from datetime import date

from libs.common.ids import Direction
from services.demo.dso_files import Shape
from services.ingest.formats import Parsed, parse

WEEKS = {
    "March": date(2026, 3, 25),
    "October": date(2026, 10, 21),
    "June": date(2026, 6, 10),
}
"""First days: clocks change on the Sundays of the first two."""

_ONE_POINT = {"HDM CSV", "ACC CSV one-point-power"}
CONSUMPTION_ONLY = {"R50 XML", "R151 XML"}


def week(
    name: str,
    first_day: date,
    *,
    step_min: int = 30,
    direction: Direction = Direction.CONSUMPTION,
    seed: int = 1,
) -> Shape:
    """Of two points, where a file of this format has as many."""
    points = 1 if name in _ONE_POINT else 2
    return Shape(points, 7, step_min, first_day, first=70, seed=seed, direction=direction)


def only(content: bytes) -> Parsed:
    """The one document of a file, which is whole and of the documented form."""
    (document,) = parse(content)
    assert (document.rejected, document.notes) == ((), ())
    return document
