"""R151: the indexes of C5 points at the ends of days; their curves add up to them.

It begins with the day before the first, so that there is a difference for each day.
"""

from collections.abc import Iterator
from datetime import date, timedelta

from services.demo.dso_files.facts.counters import Counters
from services.demo.dso_files.shape import FileCurve, Shape

NAME = "R151 XML"


def write(shape: Shape) -> Iterator[bytes]:
    """Raises ValueError for production, which R151 does not carry."""
    if not shape.is_consumption:
        raise ValueError("An R151 holds what points consume.")
    yield f"""<?xml version="1.0" encoding="UTF-8"?>
<R151><En_Tete_Flux><Identifiant_Flux>R151</Identifiant_Flux>
<Date_Creation>{shape.published_at.isoformat()}</Date_Creation>
<Unite_Mesure_Index>Wh</Unite_Mesure_Index></En_Tete_Flux>
""".encode()
    counters = Counters(shape)
    for curve in shape.curves():
        days = _days(counters, curve)
        yield "".join([f"<PRM><Id_PRM>{curve.prm}</Id_PRM>\n", *days, "</PRM>\n"]).encode()
    yield b"</R151>\n"


def _days(counters: Counters, curve: FileCurve) -> Iterator[str]:
    """Yield the days, with the distributor's classes, and one of the supplier's with their sum."""
    indexes_by_class = counters.indexes_wh(curve)
    for number, shown_wh in enumerate(zip(*indexes_by_class.values(), strict=True)):
        day = counters.shape.first_day + timedelta(days=number - 1)
        registers = [
            _register("_Distributeur", name, rank, index_wh)
            for rank, (name, index_wh) in enumerate(
                zip(indexes_by_class, shown_wh, strict=True), start=1
            )
        ]
        yield _reading(day, [*registers, _register("", "BASE", 1, sum(shown_wh))])


def _reading(day: date, registers: list[str]) -> str:
    calendars = (
        "<Id_Calendrier_Fournisseur>FC000165</Id_Calendrier_Fournisseur>"
        "<Id_Calendrier_Distributeur>DI000002</Id_Calendrier_Distributeur>"
    )
    return (
        f"<Donnees_Releve><Date_Releve>{day}</Date_Releve>{calendars}\n"
        f"{''.join(registers)}</Donnees_Releve>\n"
    )


def _register(grid: str, name: str, rank: int, index_wh: int) -> str:
    tag = f"Classe_Temporelle{grid}"
    return (
        f"<{tag}><Id_Classe_Temporelle>{name}</Id_Classe_Temporelle>"
        f"<Rang_Cadran>{rank}</Rang_Cadran><Valeur>{index_wh}</Valeur>"
        f"<Indice_Vraisemblance>0</Indice_Vraisemblance></{tag}>\n"
    )
