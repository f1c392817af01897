"""Our own JSON: stamps of the starts, with an offset (docs/use/generic-push.md)."""

from collections.abc import Iterator

from services.demo.dso_files.json_pieces import with_array
from services.demo.dso_files.shape import FileCurve, Shape

NAME = "generic JSON"


def write(shape: Shape) -> Iterator[bytes]:
    published_at = shape.published_at.isoformat()
    members = {"format": "elocoop.readings.v1", "published_at": published_at}
    stamps = [start.isoformat() for start in shape.local_starts]
    return with_array(members, "curves", (_curve(shape, curve, stamps) for curve in shape.curves()))


def _curve(shape: Shape, curve: FileCurve, stamps: list[str]) -> object:
    return {
        "prm": curve.prm,
        "direction": shape.direction,
        "step_min": shape.step_min,
        "unit": "W",
        "readings": [
            {"start": stamp, "value": power_w}
            for stamp, power_w in zip(stamps, curve.power_w, strict=True)
        ],
    }
