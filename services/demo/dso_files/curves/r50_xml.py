"""R50, of C5 points: stamps of the ends, with an offset; a Donnees_Releve for each day."""

from collections.abc import Iterator
from itertools import groupby

from services.demo.dso_files.shape import Shape

NAME = "R50 XML"


def write(shape: Shape) -> Iterator[bytes]:
    """Raises ValueError for production, which R50 does not carry."""
    if not shape.is_consumption:
        raise ValueError("An R50 holds what points consume.")
    yield f"""<?xml version="1.0" encoding="UTF-8"?>
<R50 xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><En_Tete_Flux>
<Identifiant_Flux>R50</Identifiant_Flux><Version_XSD>1.1.0</Version_XSD>
<Date_Creation>{shape.published_at.isoformat()}</Date_Creation>
<Pas_Publication>{shape.step_min}</Pas_Publication></En_Tete_Flux>
""".encode()
    days = [start.date() for start in shape.local_starts]
    stamps = [end.isoformat() for end in shape.local_ends]
    for curve in shape.curves():
        pieces = [f"<PRM><Id_PRM>{curve.prm}</Id_PRM>\n"]
        rows = zip(days, stamps, curve.power_w, strict=True)
        for day, steps in groupby(rows, key=lambda row: row[0]):
            pieces.append(f"<Donnees_Releve><Date_Releve>{day}</Date_Releve>\n")
            pieces += [_pdc(stamp, power_w) for _, stamp, power_w in steps]
            pieces.append("</Donnees_Releve>\n")
        yield "".join([*pieces, "</PRM>\n"]).encode()
    yield b"</R50>\n"


def _pdc(stamp: str, power_w: int | None) -> str:
    value = "" if power_w is None else f"<V>{power_w}</V>"
    return f"<PDC><H>{stamp}</H>{value}<IV>0</IV></PDC>\n"
