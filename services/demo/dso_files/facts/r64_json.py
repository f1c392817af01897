"""R64: the indexes at the midnights of a shape; its curves add up to them."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from services.demo.dso_files import r6x
from services.demo.dso_files.facts.counters import Counters
from services.demo.dso_files.json_pieces import with_array
from services.demo.dso_files.shape import FileCurve, Shape

NAME = "R64 JSON"


def write(shape: Shape) -> Iterator[bytes]:
    counters = Counters(shape)
    measures = (_measure(counters, curve) for curve in shape.curves())
    return with_array({"header": r6x.header("R64")}, "mesures", measures)


def _measure(counters: Counters, curve: FileCurve) -> object:
    shape = counters.shape
    indexes_by_class = counters.indexes_wh(curve)
    total_wh = [sum(indexes_wh) for indexes_wh in zip(*indexes_by_class.values(), strict=True)]
    days = [shape.first_day + timedelta(days=number) for number in range(shape.days + 1)]
    classes = [
        {
            "idClasseTemporelle": name,
            "codeCadran": f"IDX_EAS_D{rank}",
            "valeur": _values(days, index_wh),
        }
        for rank, (name, index_wh) in enumerate(indexes_by_class.items(), start=1)
    ]
    quantity = {
        "grandeurMetier": shape.dso_direction,
        "grandeurPhysique": "EA",
        "unite": "Wh",
        "calendrier": [
            {
                "idCalendrier": "DI000002",
                "libelleGrille": "Distributeur",
                "classeTemporelle": classes,
            }
        ],
        "cadranTotalisateur": {"codeCadran": "IDX_EAS_T", "valeur": _values(days, total_wh)},
    }
    context = {
        "etapeMetier": "BRUT",
        "contexteReleve": "COL",
        "typeReleve": "AQ",
        "grandeur": [quantity],
    }
    return {"idPrm": curve.prm, "periode": r6x.period(shape), "contexte": [context]}


def _values(days: Sequence[date], indexes: Sequence[int]) -> list[object]:
    return [
        {"d": f"{day} 00:00:00", "v": index_wh, "iv": 0}
        for day, index_wh in zip(days, indexes, strict=True)
    ]
