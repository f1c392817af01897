"""R4Q, of C1–C4 points: stamps of the starts, with an offset; kW, so powers are whole kilowatts."""

from collections.abc import Iterator
from itertools import groupby

from services.demo.dso_files.shape import Shape

NAME = "R4x XML"


def write(shape: Shape) -> Iterator[bytes]:
    yield f"""<?xml version="1.0" encoding="UTF-8"?>
<Courbe><Entete><Identifiant_Flux>R4x</Identifiant_Flux>
<Date_Creation>{shape.published_at.isoformat()}</Date_Creation>
<Frequence_Publication>Q</Frequence_Publication>
<Nature_De_Courbe_Demandee>Brute</Nature_De_Courbe_Demandee></Entete>
""".encode()
    heading = (
        f"<Granularite>{shape.step_min}</Granularite><Unite_Mesure>kW</Unite_Mesure>"
        f"<Grandeur_Metier>{shape.dso_direction}</Grandeur_Metier>"
        "<Grandeur_Physique>EA</Grandeur_Physique>\n"
    )
    days = [start.date() for start in shape.local_starts]
    stamps = [start.isoformat() for start in shape.local_starts]
    for curve in shape.curves():
        pieces = [f"<Corps><Identifiant_PRM>{curve.prm}</Identifiant_PRM>\n"]
        rows = zip(days, stamps, curve.power_w, strict=True)
        for _, steps in groupby(rows, key=lambda row: row[0]):
            pieces.append(f"<Donnees_Courbe>{heading}")
            pieces += [_point(stamp, power_kw) for _, stamp, power_kw in steps]
            pieces.append("</Donnees_Courbe>\n")
        yield "".join([*pieces, "</Corps>\n"]).encode()
    yield b"</Courbe>\n"


def _point(stamp: str, power_kw: int | None) -> str:
    value = "" if power_kw is None else f' Valeur_Point ="{power_kw}"'
    letter = "T" if power_kw is None else "R"
    return (
        f'<Donnees_Point_Mesure Horodatage ="{stamp}"{value} Statut_Point ="{letter}">'
        "</Donnees_Point_Mesure>\n"
    )
