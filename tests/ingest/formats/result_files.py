"""What a DSO would deliver of its own split, in our assumed shapes: invented points and values."""

import json
from collections.abc import Iterable, Mapping, Sequence

from tests.ingest.formats.files import OTHER_PRM, PRM, day_starts

OPERATION = "ACC00000101"
ROOF = OTHER_PRM
WIDE_HEADER = (
    "PRM;Horodate;Consommation (Wh);Production (Wh);Autoconsommation (Wh);Surplus (Wh);"
    "Complément (Wh)"
)
LONG_HEADER = "Opération;Identifiant PRM;Sens;Type;Horodate;Pas;Valeur;Unité;Statut"
POINT_HEADER = "Horodate;cons;prod;autocons;surplus;complement"
PUBLISHED = "2026-11-06T05:12:00Z"

Body = Mapping[str, object]


def wide_day(
    day: str,
    *,
    home: str = PRM,
    roof: str = ROOF,
    step_min: int = 30,
    consumed: str = "100",
    shared: str = "60",
    complement: str = "40",
    produced: str = "90",
    surplus: str = "30",
) -> list[str]:
    """The rows of a home and a roof, in Wh."""
    return [
        row
        for start in day_starts(day, step_min)
        for row in (
            f"{home};{start:%d/%m/%Y %H:%M};{consumed};;{shared};;{complement}",
            f"{roof};{start:%d/%m/%Y %H:%M};;{produced};{shared};{surplus};",
        )
    ]


def wide(rows: Iterable[str]) -> bytes:
    return "\n".join([WIDE_HEADER, *rows, ""]).encode()


def long_row(
    stamp: str,
    value: str = "100",
    *,
    operation: str = OPERATION,
    prm: str = PRM,
    side: str = "cons",
    kind: str = "autocons",
    step: str = "PT30M",
    unit: str = "Wh",
    status: str = "définitif",
) -> str:
    return f"{operation};{prm};{side};{kind};{stamp};{step};{value};{unit};{status}"


def long(rows: Iterable[str]) -> bytes:
    return "\n".join([LONG_HEADER, *rows, ""]).encode()


def one_point(day: str, *, power: str = "478;;200;;278") -> bytes:
    rows = [f"{start.isoformat()};{power}" for start in day_starts(day)]
    return "\n".join([POINT_HEADER, *rows, ""]).encode()


def enveloped(
    resource: str,
    body: object,
    *,
    operation: str = OPERATION,
    retrieved_at: str = PUBLISHED,
    **others: object,
) -> bytes:
    header = {"source": "enedis-acc", "operation": operation, "resource": resource}
    return json.dumps(header | {"retrieved_at": retrieved_at, **others, "body": body}).encode()


def curves_of(
    day: str,
    powers: Mapping[str, int | None],
    *,
    prm: str = PRM,
    side: str = "cons_id",
    step_min: int = 30,
    unit: str = "W",
) -> Body:
    """A point's curves of one day in the API's words: the same value in every step."""
    return {
        side: prm,
        "unit": unit,
        "step": f"PT{step_min}M",
        "quantities": [
            {
                "type": kind,
                "points": [
                    {"date": start.isoformat(), "value": power}
                    for start in day_starts(day, step_min)
                ],
            }
            for kind, power in powers.items()
        ],
    }


def energies_of(
    classes: Mapping[str, Mapping[str, float]],
    *,
    prm: str = PRM,
    side: str = "cons_id",
    start: str = "2026-10-01",
    end: str = "2026-10-31",
    unit: str = "kWh",
    calendar: str = "DISTRIB",
) -> Body:
    """A point's energies of a month: by type, then by tariff class."""
    return {
        side: prm,
        "startDate": start,
        "endDate": end,
        "unit": unit,
        "quantities": [
            {
                "type": kind,
                "calendar_type": calendar,
                "quantities": [{"name": name, "value": value} for name, value in values.items()],
            }
            for kind, values in classes.items()
        ],
    }


def perimeter_of(participants: Sequence[tuple[str, str, str | None, str | None]]) -> Body:
    """participants: cons_id or prod_id, prm, startDate, endDate."""
    return {
        "participants": [
            {side: prm, "startDate": start, "endDate": end}
            for side, prm, start, end in participants
        ]
    }
