"""The ACC API's perimeter: all points take part for the days of the shape. The seed is not used."""

import json
from collections.abc import Iterator

from services.demo.dso_files.results import envelope, side
from services.demo.dso_files.shape import Shape

_RESOURCE = "perimeter"
NAME = f"ACC API {_RESOURCE}"


def write(shape: Shape) -> Iterator[bytes]:
    period = {"startDate": str(shape.first_day), "endDate": str(shape.day_after)}
    body = {"participants": [{side(shape): prm, **period} for prm in shape.prms]}
    yield json.dumps({**envelope(shape, _RESOURCE), "body": body}).encode()
