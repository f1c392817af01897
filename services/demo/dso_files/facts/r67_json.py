"""R67: the quantities invoiced for each month of a shape, or part of one, by the counters."""

from collections.abc import Iterator, Sequence

from services.demo.dso_files import r6x
from services.demo.dso_files.facts.counters import Counters
from services.demo.dso_files.json_pieces import with_array
from services.demo.dso_files.shape import FileCurve, Shape

NAME = "R67 JSON"


def write(shape: Shape) -> Iterator[bytes]:
    counters = Counters(shape)
    measures = (_measure(counters, curve) for curve in shape.curves())
    return with_array({"header": r6x.header("R67")}, "mesures", measures)


def _measure(counters: Counters, curve: FileCurve) -> object:
    shape = counters.shape
    classes = [
        {"idClasseTemporelle": name, "quantite": list(_quantities(shape, index_wh))}
        for name, index_wh in counters.indexes_wh(curve).items()
    ]
    quantity = {
        "grandeurMetier": shape.dso_direction,
        "grandeurPhysique": "EA",
        "unite": "Wh",
        "calendrier": [
            {
                "codeGrille": "D",
                "libelleGrille": "Distributeur",
                "codeCalendrier": "DI000002",
                "classeTemporelle": classes,
            }
        ],
    }
    context = {
        "etapeMetier": "FACT",
        "idMotifReleve": "CYCL",
        "libelleMotifReleve": "Cyclique",
        "grandeur": [quantity],
    }
    return {"idPrm": curve.prm, "periode": r6x.period(shape), "contexte": [context]}


def _quantities(shape: Shape, index_wh: Sequence[int]) -> Iterator[object]:
    for month in shape.months:
        first = max(month.first_day, shape.first_day)
        last = min(month.next_first_day, shape.day_after)
        first_wh, last_wh = (index_wh[(day - shape.first_day).days] for day in (first, last))
        yield {
            "dateCreation": f"{shape.published_at:%Y-%m-%d %H:%M:%S}",
            "dbtMesure": str(first),
            "finMesure": str(last),
            "codeNature": "R",
            "codeStatut": "I",
            "quantite": last_wh - first_wh,
        }
