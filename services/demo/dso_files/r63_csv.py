"""R63 as CSV, of C5 points: naive local stamps of the ends."""

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
    stamps = [f"{end:%Y-%m-%d %H:%M:%S}" for end in shape.local_ends]
    after = f";B;PT{shape.step_min}M;0;0\n"
    for curve in shape.curves():
        before = f"{curve.prm};{period};PA;CONS;BRUT;W;"
        yield "".join(
            f"{before}{stamp};{'' if power_w is None else power_w}{after}"
            for stamp, power_w in zip(stamps, curve.power_w, strict=True)
        ).encode()
