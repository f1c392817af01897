"""JSON files of load curves, and our own CSV: invented points and values, the real structure."""

import json
from collections.abc import Iterable

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
