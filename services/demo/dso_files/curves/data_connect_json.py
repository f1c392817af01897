"""Load curves of Data Connect, as they are pulled: naive local stamps of the ends."""

from collections.abc import Iterator

from services.demo.dso_files.json_pieces import with_array
from services.demo.dso_files.shape import FileCurve, Shape

NAME = "Data Connect JSON"


def write(shape: Shape) -> Iterator[bytes]:
    stamps = [f"{end:%Y-%m-%d %H:%M:%S}" for end in shape.local_ends]
    bodies = ({"meter_reading": _reading(shape, curve, stamps)} for curve in shape.curves())
    members = {"retrieved_at": shape.published_at.isoformat()}
    return with_array(members, f"{shape.direction}_load_curve", bodies)


def _reading(shape: Shape, curve: FileCurve, stamps: list[str]) -> object:
    shared_fields = {"interval_length": f"PT{shape.step_min}M", "measure_type": "B"}
    return {
        "usage_point_id": curve.prm,
        "start": str(shape.first_day),
        "end": str(shape.day_after),
        "quality": "BRUT",
        "reading_type": {"measurement_kind": "power", "unit": "W", "aggregate": "average"},
        "interval_reading": [
            {"value": "" if power_w is None else str(power_w), "date": stamp, **shared_fields}
            for stamp, power_w in zip(stamps, curve.power_w, strict=True)
        ],
    }
