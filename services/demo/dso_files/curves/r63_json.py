"""R63A of C1–C4 points, with stamps of the starts, and R63B of C5 points, of the ends."""

from collections.abc import Iterator

from services.demo.dso_files import r6x
from services.demo.dso_files.json_pieces import with_array
from services.demo.dso_files.shape import FileCurve, Shape

NAME = "R63 JSON"


def write(shape: Shape) -> Iterator[bytes]:
    header = r6x.header("R63A" if shape.is_c4 else "R63B")
    stamps = [f"{stamp:%Y-%m-%d %H:%M:%S}" for stamp in shape.segment_stamps]
    measures = (_measure(shape, curve, stamps) for curve in shape.curves())
    return with_array({"header": header}, "mesures", measures)


def _measure(shape: Shape, curve: FileCurve, stamps: list[str]) -> object:
    letter, step = "R" if shape.is_c4 else "B", f"PT{shape.step_min}M"
    quantity = {
        "grandeurMetier": shape.dso_direction,
        "grandeurPhysique": "PA",
        "unite": "W",
        "points": [
            {
                "v": "" if power_w is None else str(power_w),
                "d": stamp,
                "p": step,
                "n": letter,
                "iv": 0,
            }
            for stamp, power_w in zip(stamps, curve.power_w, strict=True)
        ],
    }
    return {
        "idPrm": curve.prm,
        "etapeMetier": "BRUT",
        "periode": r6x.period(shape),
        "modeCalcul": "",
        "grandeur": [quantity],
    }
