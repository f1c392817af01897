"""R63 as CSV: naive local stamps, of the starts for C1–C4 and of the ends for C5."""

from collections.abc import Iterator

from services.demo.dso_files.shape import Shape

NAME = "R63 CSV"

_HEADER = (
    "Identifiant PRM;Date de début;Date de fin;Grandeur physique;Grandeur métier;Etape métier;"
    "Unité;Horodate;Valeur;Nature;Pas;Indice de vraisemblance;Etat complémentaire\n"
)


def write(shape: Shape) -> Iterator[bytes]:
    yield _HEADER.encode()
    period = f"{shape.first_day} 00:00:00;{shape.last_day} 00:00:00"
    stamps = [f"{stamp:%Y-%m-%d %H:%M:%S}" for stamp in shape.segment_stamps]
    row_end = f";{'R' if shape.is_c4 else 'B'};PT{shape.step_min}M;0;0\n"
    for curve in shape.curves():
        row_start = f"{curve.prm};{period};PA;{shape.dso_direction};BRUT;W;"
        yield "".join(
            f"{row_start}{stamp};{'' if power_w is None else power_w}{row_end}"
            for stamp, power_w in zip(stamps, curve.power_w, strict=True)
        ).encode()
