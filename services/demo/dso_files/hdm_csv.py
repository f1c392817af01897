"""HDM, the history of one C5 point: stamps of the ends, with an offset; of a shape's first."""

from collections.abc import Iterator

from services.demo.dso_files.shape import Shape

NAME = "HDM CSV"

_HEADER = (
    "Identifiant PRM;Type de donnees;Date de debut;Date de fin;Grandeur physique;Grandeur metier;"
    "Etape metier;Unite;Pas en minutes"
)


def write(shape: Shape) -> Iterator[bytes]:
    """Raises ValueError if the shape has several points: such a file has one."""
    (curve,) = shape.curves()
    period = f"{shape.first_day:%d/%m/%Y};{shape.last_day:%d/%m/%Y}"
    heading = f"Energie active;Consommation;Comptage Brut;W;{shape.step_min}"
    yield f"{_HEADER}\n{curve.prm};Courbe de charge;{period};{heading}\nHorodate;Valeur\n".encode()
    yield "".join(
        f"{end.isoformat()};{'' if power_w is None else power_w}\n"
        for end, power_w in zip(shape.local_ends, curve.power_w, strict=True)
    ).encode()
