"""The ACC API's definitive energies of each month of a shape, to the watt-minute; kWh."""

from collections.abc import Iterator, Sequence

from libs.common.calendar import Month
from services.demo.dso_files.facts.counters import Counters
from services.demo.dso_files.json_pieces import with_array
from services.demo.dso_files.results import envelope, side, split
from services.demo.dso_files.shape import FileCurve, Shape

_RESOURCE = "definitive_active_energy"
NAME = f"ACC API {_RESOURCE}"

_WMIN_PER_KWH = 60_000
_DECIMALS = 6  # a watt-minute is more than one unit of the last


def write(shape: Shape) -> Iterator[bytes]:
    """Raises ValueError unless the days of the shape are whole months, as energies are monthly."""
    months = shape.months
    if (months[0].first_day, months[-1].next_first_day) != (shape.first_day, shape.day_after):
        raise ValueError("The ACC API has energies of whole months.")
    counters = Counters(shape)
    points = (point for curve in shape.curves() for point in _points(counters, curve, months))
    yield from with_array(envelope(shape, _RESOURCE), "body", points)


def _points(counters: Counters, curve: FileCurve, months: Sequence[Month]) -> Iterator[object]:
    shape = counters.shape
    counted = {
        word: counters.counted_wmin(power_w) for word, power_w in split(shape, curve).items()
    }
    for month in months:
        first, end = (
            (day - shape.first_day).days for day in (month.first_day, month.next_first_day)
        )
        quantities = [
            {
                "type": word,
                "calendar_type": "DISTRIB",
                "quantities": [
                    {"name": name, "value": _kwh(int(energy_wmin[end] - energy_wmin[first]))}
                    for name, energy_wmin in energy_by_class.items()
                ],
            }
            for word, energy_by_class in counted.items()
        ]
        period = {"startDate": str(month.first_day), "endDate": str(month.days[-1])}
        yield {side(shape): curve.prm, **period, "unit": "kWh", "quantities": quantities}


def _kwh(energy_wmin: int) -> float:
    return round(energy_wmin / _WMIN_PER_KWH, _DECIMALS)
