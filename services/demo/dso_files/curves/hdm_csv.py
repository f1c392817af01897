"""HDM, the history of a shape's one point; stamps have an offset.

Those of C1–C4 are of the starts, and such a file states neither unit nor step; those of C5 are of
the ends.
"""

from collections.abc import Iterator

from services.demo.dso_files.shape import Shape

NAME = "HDM CSV"

_BOM = b"\xef\xbb\xbf"
_HEADER = (
    "Identifiant PRM;Type de donnees;Date de debut;Date de fin;Grandeur physique;Grandeur metier;"
    "Etape metier;Unite;Pas en minutes"
)


def write(shape: Shape) -> Iterator[bytes]:
    """Raises ValueError if the shape has several points: such a file has one."""
    (curve,) = shape.curves()
    period = f"{shape.first_day:%d/%m/%Y};{shape.last_day:%d/%m/%Y}"
    direction = "Consommation" if shape.is_consumption else "Production"
    unit_and_step = ";" if shape.is_c4 else f"W;{shape.step_min}"
    heading = f"Energie active;{direction};Comptage Brut;{unit_and_step}"
    lines = [_HEADER, f"{curve.prm};Courbe de charge;{period};{heading}", "Horodate;Valeur\n"]
    yield _BOM + "\n".join(lines).encode()
    yield "".join(
        f"{stamp.isoformat()};{'' if power_w is None else power_w}\n"
        for stamp, power_w in zip(shape.segment_stamps, curve.power_w, strict=True)
    ).encode()
