"""R171: the indexes of C1–C4 points at midnights; their curves add up to them."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from services.demo.dso_files.facts.counters import Counters
from services.demo.dso_files.shape import FileCurve, Shape

NAME = "R171 XML"


def write(shape: Shape) -> Iterator[bytes]:
    yield b"""<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<a:R171 xmlns:a="http://www.enedis.fr/stm/R171"><entete><flux>R171</flux></entete>
<serieMesuresDateesListe>
"""
    counters = Counters(shape)
    for curve in shape.curves():
        yield "".join(_series(counters, curve)).encode()
    yield b"</serieMesuresDateesListe></a:R171>\n"


def _series(counters: Counters, curve: FileCurve) -> Iterator[str]:
    """Yield the distributor's classes, and one of the supplier's with their sum."""
    indexes_by_class = counters.indexes_wh(curve)
    totals = [sum(shown_wh) for shown_wh in zip(*indexes_by_class.values(), strict=True)]
    for name, indexes_wh in indexes_by_class.items():
        yield _counter(counters.shape, curve, "D", name, indexes_wh)
    yield _counter(counters.shape, curve, "F", "BASE", totals)


def _counter(
    shape: Shape, curve: FileCurve, calendar: str, name: str, indexes_wh: Sequence[int]
) -> str:
    direction = "CONS" if shape.is_consumption else "PROD"
    values = [
        _value(shape.first_day + timedelta(days=number), index_wh)
        for number, index_wh in enumerate(indexes_wh)
    ]
    return (
        f"<serieMesuresDatees><prmId>{curve.prm}</prmId><type>INDEX</type>"
        f"<grandeurMetier>{direction}</grandeurMetier><grandeurPhysique>EA</grandeurPhysique>"
        f"<typeCalendrier>{calendar}</typeCalendrier>"
        f"<codeClasseTemporelle>{name}</codeClasseTemporelle><unite>Wh</unite>\n"
        f"<mesuresDateesListe>\n{''.join(values)}</mesuresDateesListe></serieMesuresDatees>\n"
    )


def _value(day: date, index_wh: int) -> str:
    return (
        f"<mesureDatee><dateFin>{day}T00:00:00</dateFin><valeur>{index_wh}</valeur></mesureDatee>\n"
    )
