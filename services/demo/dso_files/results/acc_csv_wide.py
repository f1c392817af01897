"""The monthly CSV of an operation, a column per quantity: naive local stamps of the starts; Wh."""

from collections.abc import Iterator

from services.demo.dso_files.results import WORDS, energies, split
from services.demo.dso_files.shape import FileCurve, Shape

NAME = "ACC CSV wide-energy"

_HEADER = (
    "PRM;Horodate;Consommation (Wh);Production (Wh);Autoconsommation (Wh);Surplus (Wh);"
    "Complément (Wh)\n"
)


def write(shape: Shape) -> Iterator[bytes]:
    yield _HEADER.encode()
    stamps = [f"{start:%d/%m/%Y %H:%M}" for start in shape.local_starts]
    for curve in shape.curves():
        yield "".join(
            f"{curve.prm};{stamp};{';'.join(values)}\n"
            for stamp, values in zip(stamps, _rows(shape, curve), strict=True)
        ).encode()


def _rows(shape: Shape, curve: FileCurve) -> Iterator[tuple[str, ...]]:
    energy_by_word = {
        word: energies(power_w, shape.step_min, wmin_per_unit=60, decimals=3)
        for word, power_w in split(shape, curve).items()
    }
    nothing = [""] * len(shape.starts)
    return zip(*(energy_by_word.get(word, nothing) for word in WORDS), strict=True)
