"""JSON files of load curves, and our own CSV: invented points and values, the real structure."""

import json
from collections.abc import Iterable, Sequence

from tests.ingest.formats.files import PRM

GENERIC_HEADER = "prm,direction,start,step_min,power_w,nature,doubtful"


def r63_point(
    stamp: str, value: str = "478", *, nature: str = "B", step: str = "PT30M", likelihood: int = 0
) -> dict[str, object]:
    return {"v": value, "d": stamp, "p": step, "n": nature, "iv": likelihood, "ec": None}


def r63_curve(
    points: Iterable[object],
    *,
    physical: str = "PA",
    direction: str = "CONS",
    unit: str = "W",
) -> dict[str, object]:
    return {
        "grandeurMetier": direction,
        "grandeurPhysique": physical,
        "unite": unit,
        "points": list(points),
    }


def r63_measure(curves: Iterable[object], *, prm: str = PRM, stage: str = "BRUT") -> object:
    period = {"dateDebut": "2026-01-01 00:00:00", "dateFin": "2027-01-01 00:00:00"}
    return {
        "idPrm": prm,
        "etapeMetier": stage,
        "periode": period,
        "modeCalcul": "",
        "grandeur": list(curves),
    }


def r63_json(measures: Iterable[object], *, flow: str = "R63B") -> bytes:
    header = {
        "siDemandeur": "SGE",
        "typeDestinataire": "TIERS",
        "idDestinataire": "COOP",
        "codeFlux": flow,
        "idDemande": "M0DEMO",
        "modePublication": "Q",
        "idPublication": "1",
        "format": "JSON",
    }
    schedule = {"type": "FILEAU", "horodateDebutPublication": "2026-01-01 00:00:00"}
    document = {"header": header, "echeances": schedule, "mesures": list(measures)}
    return json.dumps(document, ensure_ascii=False).encode()


def r63_json_of(points: Iterable[object], *, prm: str = PRM, flow: str = "R63B") -> bytes:
    """One curve of one point."""
    return r63_json([r63_measure([r63_curve(points)], prm=prm)], flow=flow)


def data_connect_point(
    stamp: str, value: str = "540", *, step: str = "PT30M", letter: str = "B"
) -> dict[str, object]:
    return {"value": value, "date": stamp, "interval_length": step, "measure_type": letter}


def data_connect_body(
    points: Iterable[object], *, prm: str = PRM, start: str = "2026-01-01", kind: str = "power"
) -> dict[str, object]:
    return {
        "meter_reading": {
            "usage_point_id": prm,
            "start": start,
            "end": "2027-01-01",
            "quality": "BRUT",
            "reading_type": {"measurement_kind": kind, "unit": "W", "aggregate": "average"},
            "interval_reading": list(points),
        }
    }


def data_connect(
    points: Iterable[object], *, prm: str = PRM, address: str = "consumption_load_curve"
) -> bytes:
    return json.dumps({address: data_connect_body(points, prm=prm)}).encode()


def generic_csv(rows: Iterable[str], *, header: str = GENERIC_HEADER) -> bytes:
    return "\n".join([header, *rows, ""]).encode()


def generic_row(start: str, value: str = "478", *, prm: str = PRM, step: str = "30") -> str:
    return f"{prm},consumption,{start},{step},{value},measured,0"


def generic_curve(
    readings: Iterable[object], *, prm: str = PRM, step_min: int = 30, unit: str = "W"
) -> dict[str, object]:
    return {
        "prm": prm,
        "direction": "consumption",
        "step_min": step_min,
        "unit": unit,
        "readings": list(readings),
    }


def generic_json(curves: Iterable[object], **others: object) -> bytes:
    document = {"format": "elocoop.readings.v1", **others, "curves": list(curves)}
    return json.dumps(document, ensure_ascii=False).encode()


def r64_value(stamp: str, index: object, doubts: object = 0) -> dict[str, object]:
    return {"d": stamp, "v": index, "iv": doubts}


def r64_counter(name: str, values: Iterable[object]) -> dict[str, object]:
    return {"idClasseTemporelle": "HPB", "codeCadran": name, "valeur": list(values)}


def r64(
    counters: Iterable[object],
    *,
    total: object = None,
    prm: str = PRM,
    direction: str = "CONS",
    physical: str = "EA",
    unit: str = "Wh",
) -> bytes:
    calendar = {"idCalendrier": "DI000003", "classeTemporelle": list(counters)}
    quantity: dict[str, object] = {
        "grandeurMetier": direction,
        "grandeurPhysique": physical,
        "unite": unit,
        "calendrier": [calendar],
    }
    if total is not None:
        quantity["cadranTotalisateur"] = total
    context = {"etapeMetier": "BRUT", "typeReleve": "AQ", "grandeur": [quantity]}
    return _r6x("R64", [{"idPrm": prm, "contexte": [context]}])


def r67_quantity(
    first: str,
    last: str,
    energy: object,
    *,
    nature: str = "R",
    state: str = "I",
    made: str = "2026-11-03 05:03:10",
) -> dict[str, object]:
    return {
        "dateCreation": made,
        "dbtMesure": first,
        "finMesure": last,
        "codeNature": nature,
        "codeStatut": state,
        "quantite": energy,
    }


def r67(
    quantities: Iterable[object],
    *,
    prm: str = PRM,
    grid: str = "D",
    tariff_class: str = "HPB",
    physical: str = "EA",
    unit: str = "Wh",
) -> bytes:
    calendar = {
        "codeGrille": grid,
        "classeTemporelle": [{"idClasseTemporelle": tariff_class, "quantite": list(quantities)}],
    }
    quantity = {
        "grandeurMetier": "CONS",
        "grandeurPhysique": physical,
        "unite": unit,
        "calendrier": [calendar],
    }
    context = {"etapeMetier": "FACT", "idMotifReleve": "CYCL", "grandeur": [quantity]}
    return _r6x("R67", [{"idPrm": prm, "contexte": [context]}])


def _r6x(flow: str, measures: Sequence[object]) -> bytes:
    document = {"header": {"codeFlux": flow, "format": "JSON"}, "mesures": measures}
    return json.dumps(document, ensure_ascii=False).encode()
