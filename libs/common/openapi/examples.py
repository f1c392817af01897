"""Examples and units that OpenAPI shows for parameters and for fields of answers.

One word has one meaning everywhere (docs/build/style.md), so both are derived from names. A field
whose name says too little (``name``, ``days``) has its own examples where it is declared.
"""

import re
from collections.abc import Mapping
from typing import Any

_ANY_ID = "0b9a8e52-5f0e-4a63-9d3c-2b6f1c9d7a10"
_ACCOUNT_ID = "7d1f0c3a-94b2-4a6e-8c55-1e2f3a4b5c6d"
_MEMBER_ID = "5b6df807-d41e-5251-a808-b67bac9773b2"
_SHA256 = "5e0f" * 16

# They find something in the demonstration.
_OF_PARAMETERS = {
    "operation_id": "ACC00000101",
    "prm": "99110000000101",
    "plant_prm": "99110000000010",
    "month": "2026-10",
    "day": "2026-10-25",
    "valid_from": "2026-01-01",
    "number": 1,
    "direction": "consumption",
    "from_day": "2026-10-01",
    "to_day": "2026-11-01",
    "email": "someone@example.org",
    "organiser_id": "b7c25777-c1fc-51ef-b4aa-c3426818edaf",
    "member_id": "10f8515c-228d-565a-a280-05deda4d4302",
}

# They find nothing: whoever clicks "Execute" on a page of the demonstration changes nothing by it.
_OF_WRITTEN_PATHS = _OF_PARAMETERS | {
    "operation_id": "ACC00000999",
    "prm": "99110000009999",
    "plant_prm": "99110000009999",
    "organiser_id": _ANY_ID,
    "member_id": _ANY_ID,
}

# A month in which 21.6 kWh were produced and 9.6 kWh consumed, of which 7.2 kWh shared.
_OF_FIELDS = _OF_PARAMETERS | {
    "organiser_id": "b7c25777-c1fc-51ef-b4aa-c3426818edaf",
    "member_id": _MEMBER_ID,
    "issuer_id": _MEMBER_ID,
    "producer": "99220000000101",
    "consumer": "99110000000101",
    "prms": ["99110000000101", "99110000000102"],
    "input_prms": ["99220000000102"],
    "unknown_points": ["99110000000199"],
    "operations": ["ACC00000101"],
    "email": "lucie.brindille@example.org",
    "address": "14 rue des Encriers\n99110 Pousselac-sur-Aurelle",
    "revision": 2,
    "perimeter_revision": 3,
    "version": 3,
    "step_min": 30,
    "first_day": "2026-10-12",
    "last_day": "2026-10-14",
    "valid_to": "2027-01-01",
    "issue_date": "2026-11-05",
    "period_from": "2026-10-01",
    "period_to": "2026-11-01",
    "declared_on": "2025-12-10",
    "left_on": "2026-10-12",
    "missing_since": "2026-10-15",
    "start": "2026-10-24T22:00:00Z",
    "since": "2026-10-15T04:00:00Z",
    "input_days": ["2026-10-05", "2026-10-19"],
    "days_compared": ["2026-10-01", "2026-10-02"],
    "days_without_curves": ["2026-10-31"],
    "revisions": {"2026-10-01": 1, "2026-10-02": 2},
    "production_wmin": 1_296_000,
    "consumption_wmin": 576_000,
    "shared_wmin": 432_000,
    "in_force_wmin": 432_000,
    "draft_wmin": 480_000,
    "allocated_wmin": 432_000,
    "share_wmin": 432_000,
    "sold_wmin": 432_000,
    "energy_wmin": 432_000,
    "metered_wmin": 576_000,
    "surplus_wmin": 864_000,
    "complement_wmin": 144_000,
    "lost_wmin": 43,
    "own_wmin": 432_000,
    "dso_wmin": 431_940,
    "difference_wmin": -60,
    "total_wmin": 8_100_000,
    "precision_wmin": 60,
    "coverage": 0.75,
    "lowest_coverage": 0.62,
    "gini_of_coverage": 0.08,
    "gini_in_force": 0.12,
    "gini_draft": 0.08,
    "self_consumption_rate": 0.3333,
    "self_sufficiency_rate": 0.75,
    "savings_cents": 58,
    "revenue_cents": 144,
    "price_eur_per_kwh": "0.125",
    "vat_rate": "0.2",
    "missing_steps": 4,
    "key_missing_steps": 0,
    "slots": [2],
    "tolerance_units": 1,
    "power_w": 480,
    "doubtful": False,
    "disabled": False,
    "withheld": False,
    "capped": False,
    "definitive": True,
    "records": 1488,
    "accepted": 1486,
    "superseding": 12,
    "duplicate": 1,
    "quarantined": 1,
    "expected": 48,
    "received": 46,
    "estimated_by_dso": 1,
    "estimated_by_us": 0,
    "missing": 1,
}

_OF_ENDINGS = {
    "_at": "2026-11-02T08:15:00Z",
    "_by": _ACCOUNT_ID,
    "_hash": _SHA256,
    "sha256": _SHA256,
}

_UNITS = {
    "_eur_per_kwh": "€ per kWh",
    "_kwh": "kWh",
    "_wmin": "watt-minutes, 60,000 to the kWh",
    "_wh": "Wh",
    "_w": "W",
    "_va": "VA",
    "_cents": "cents of a euro",
    "_min": "minutes",
    "_ms": "milliseconds",
    "_s": "seconds",
}
_FORMATS_ASKED = {"date": "local day, Europe/Paris"}  # instants come with any offset
_FORMATS_ANSWERED = _FORMATS_ASKED | {"date-time": "UTC"}


def give_parameter(parameter: dict[str, Any], *, method: str) -> None:
    """Add examples, if the parameter is required, and its unit.

    method: in lower case. A path that only shows something has examples that find it.
    """
    schema, name = parameter["schema"], parameter["name"]
    is_written = parameter["in"] == "path" and method != "get"
    examples = _OF_WRITTEN_PATHS if is_written else _OF_PARAMETERS
    example = examples.get(name, _ANY_ID if schema.get("format") == "uuid" else None)
    if parameter.get("required") and example is not None:
        schema.setdefault("examples", [example])
    _give_unit(name, schema, parameter, _FORMATS_ASKED)


def give_field(name: str, field: dict[str, Any], *, answered: bool) -> None:
    """Add examples, if the field is of an answer that has none, and its unit."""
    example = _find_example(name, field)
    if answered and example is not None and not shows_itself(field):
        is_list = field.get("type") == "array" and not isinstance(example, list)
        field["examples"] = [[example] if is_list else example]
    _give_unit(name, field, field, _FORMATS_ANSWERED if answered else _FORMATS_ASKED)


def shows_itself(schema: Mapping[str, Any]) -> bool:
    """Return whether a documentation page finds an example in the schema, or one level down."""
    if {"examples", "enum", "const", "$ref"} & schema.keys():
        return True
    if schema.get("type") == "array":
        return shows_itself(schema["items"])
    return any(shows_itself(subschema) for subschema in schema.get("anyOf", ()))


def _find_example(name: str, field: Mapping[str, Any]) -> Any:  # noqa: ANN401 - JSON
    if name in _OF_FIELDS:
        return _OF_FIELDS[name]
    if "uuid" in _formats(field):
        return _ANY_ID
    return next((example for end, example in _OF_ENDINGS.items() if name.endswith(end)), None)


def _give_unit(
    name: str,
    schema: Mapping[str, Any],
    described: dict[str, Any],
    units_by_format: Mapping[str, str],
) -> None:
    units = [
        units_by_format[format_name]
        for format_name in _formats(schema)
        if format_name in units_by_format
    ]
    units += [unit for end, unit in _UNITS.items() if name.endswith(end)][:1]
    for unit in units:
        description = described.get("description", "")
        if not re.search(rf"(?<!\w){re.escape(unit.split(',')[0])}s?(?!\w)", description):
            described["description"] = f"{description}; {unit}" if description else unit


def _formats(schema: Mapping[str, Any]) -> list[str]:
    subschemas = [schema, schema.get("items", {}), *schema.get("anyOf", ())]
    return [subschema["format"] for subschema in subschemas if "format" in subschema]
