"""Our own JSON for other operators, and the examples of its documentation."""

from pathlib import Path

import pytest

from services.ingest.formats import FileMalformed, Parsed, parse
from tests.ingest.formats.files import (
    OTHER_PRM,
    PRM,
    utc,
)
from tests.ingest.formats.json_files import (
    generic_curve,
    generic_json,
)
from tests.support.documents import blocks

START = "2026-06-30T22:00:00Z"
DOCUMENTATION = Path(__file__).parents[3] / "docs" / "use" / "generic-push.md"


def _only(content: bytes) -> Parsed:
    (parsed,) = parse(content)
    assert parsed.format == "generic JSON"
    return parsed


def test_a_reading_begins_at_its_start() -> None:
    parsed = _only(generic_json([generic_curve([{"start": START, "value": 478}])]))

    assert parsed.readings.rows(named=True) == [
        {
            "prm": PRM,
            "direction": "consumption",
            "start": utc("2026-06-30T22:00"),
            "step_min": 30,
            "power_w": 478,
            "nature": "measured",
            "doubtful": False,
            "position": f"curves[0].readings[0], PRM {PRM}/{START}",
        }
    ]
    assert (parsed.rejected, parsed.notes, parsed.published_at) == ((), (), None)


@pytest.mark.parametrize(
    ("unit", "value"), [("W", 478), ("kW", "0.478"), ("Wh", 119.5), ("kWh", 0.1195)]
)
def test_units_are_brought_to_watts_by_the_step(unit: str, value: object) -> None:
    readings = [{"start": START, "value": value}]

    parsed = _only(generic_json([generic_curve(readings, unit=unit, step_min=15)]))

    assert parsed.readings["power_w"].to_list() == [478]


def test_nature_doubt_and_absent_values_are_told_by_reading() -> None:
    readings: list[object] = [
        {"start": START, "value": 1, "nature": "estimated", "doubtful": True},
        {"start": START, "value": None, "doubtful": False},
        {"start": START},
    ]

    parsed = _only(generic_json([generic_curve(readings)]))

    assert parsed.readings.select("power_w", "nature", "doubtful").rows() == [
        (1, "estimated", True),
        (None, "missing", False),
        (None, "missing", False),
    ]


def test_curves_of_many_points_and_steps_share_a_document() -> None:
    curves = [
        generic_curve([{"start": START, "value": 1}], step_min=10),
        generic_curve([{"start": START, "value": 2}], step_min=60, prm=OTHER_PRM),
    ]

    parsed = _only(generic_json(curves, published_at="2026-11-02T08:30:00+01:00", site="x"))

    assert parsed.readings.select("prm", "step_min").rows() == [(PRM, 10), (OTHER_PRM, 60)]
    assert parsed.published_at == utc("2026-11-02T07:30")
    assert parsed.notes == ("unknown key 'site'",)


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"start": "2026-07-01 00:00:00"}, "not a date and time"),
        ({"start": 1782864000}, "not a date and time"),
        ({"start": "2026-06-30T22:10:00Z"}, "whole number of steps"),
        ({"value": "x"}, "not a number"),
        ({"value": -1}, "negative"),
        ({"value": True}, "not a number"),
        ({"nature": "B"}, "nature"),
    ],
)
def test_a_reading_that_is_none_is_rejected_beside_the_others(
    changed: dict[str, object], reason: str
) -> None:
    good: dict[str, object] = {"start": START, "value": 478}

    parsed = _only(generic_json([generic_curve([good, good | changed])]))

    (rejected,) = parsed.rejected
    assert reason in rejected.reason
    assert "readings[1]" in rejected.position
    assert parsed.record_count == 2


@pytest.mark.parametrize("prm", ["", "x", None, 9000000000017])
def test_a_point_is_14_digits(prm: object) -> None:
    curve = generic_curve([{"start": START, "value": 478}]) | {"prm": prm}

    (rejected,) = _only(generic_json([curve])).rejected

    assert "14 digits" in rejected.reason


def test_a_unit_that_is_none_is_refused_with_its_place() -> None:
    with pytest.raises(FileMalformed, match=r"curves\[0\]\.unit is none of W, kW, Wh, kWh"):
        parse(generic_json([generic_curve([], unit="VA")]))


def test_a_publication_that_is_no_moment_is_refused() -> None:
    with pytest.raises(FileMalformed, match="published_at"):
        parse(generic_json([], published_at="yesterday"))


def test_the_examples_of_the_documentation_are_read_and_say_the_same() -> None:
    from_json, from_csv = (
        parse(example.encode())[0] for example in blocks(DOCUMENTATION, "json", "csv")
    )

    assert (from_json.format, from_csv.format) == ("generic JSON", "generic CSV")
    for parsed in (from_json, from_csv):
        assert (parsed.rejected, parsed.notes) == ((), ())
        assert parsed.published_at == utc("2026-11-02T07:30")
    assert from_json.readings.drop("position").equals(from_csv.readings.drop("position"))
    assert from_json.readings.height == 4
