"""The ACC API's definitive load curves: stamps of the starts, with an offset; W."""

from collections.abc import Iterator

from services.demo.dso_files.json_pieces import with_array
from services.demo.dso_files.results import envelope, side, split
from services.demo.dso_files.shape import FileCurve, Shape

_RESOURCE = "definitive_load_curves"
NAME = f"ACC API {_RESOURCE}"


def write(shape: Shape) -> Iterator[bytes]:
    stamps = [start.isoformat() for start in shape.local_starts]
    points = (_point(shape, curve, stamps) for curve in shape.curves())
    return with_array(envelope(shape, _RESOURCE), "body", points)


def _point(shape: Shape, curve: FileCurve, stamps: list[str]) -> object:
    quantities = [
        {
            "type": word,
            "points": [
                {"date": stamp, "value": value}
                for stamp, value in zip(stamps, power_w, strict=True)
            ],
        }
        for word, power_w in split(shape, curve).items()
    ]
    step = f"PT{shape.step_min}M"
    return {side(shape): curve.prm, "unit": "W", "step": step, "quantities": quantities}
