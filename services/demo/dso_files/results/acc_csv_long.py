"""The monthly CSV of an operation, a row per value: naive local stamps of the starts; kWh."""

from collections.abc import Iterator, Sequence

from services.demo.dso_files.results import energies, split
from services.demo.dso_files.shape import Shape

NAME = "ACC CSV long"

_HEADER = "Opération;Identifiant PRM;Sens;Type;Horodate;Pas;Valeur;Unité;Statut\n"


def write(shape: Shape) -> Iterator[bytes]:
    yield _HEADER.encode()
    stamps = [f"{start:%Y-%m-%d %H:%M:%S}" for start in shape.local_starts]
    for curve in shape.curves():
        row_start = f"{shape.operation_id};{curve.prm};{shape.dso_direction.lower()}"
        for word, power_w in split(shape, curve).items():
            yield "".join(
                f"{row_start};{word};{stamp};PT{shape.step_min}M;{value};kWh;définitif\n"
                for stamp, value in zip(stamps, _kwh(power_w, shape.step_min), strict=True)
            ).encode()


def _kwh(power_w: Sequence[int | None], step_min: int) -> list[str]:
    return energies(power_w, step_min, wmin_per_unit=60_000, decimals=6)
