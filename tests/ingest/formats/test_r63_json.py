"""R63 as JSON: one-off and recurrent, several points, quantities and steps in one document."""

import json
from datetime import timedelta
from typing import Any

import pytest

from services.ingest.formats import FileMalformed, FormatUnknown, Parsed, parse, recognise
from tests.ingest.formats.files import (
    OTHER_PRM,
    PRM,
    starts,
    utc,
)
from tests.ingest.formats.json_files import (
    r63_curve,
    r63_json,
    r63_json_of,
    r63_measure,
    r63_point,
)

STAMP = "2026-07-01 00:30:00"


def _only(content: bytes) -> Parsed:
    (parsed,) = parse(content)
    assert parsed.format == "R63 JSON"
    return parsed


def test_a_point_of_r63b_becomes_a_reading_that_ends_at_its_stamp() -> None:
    parsed = _only(r63_json_of([r63_point(STAMP, "478")]))

    assert parsed.readings.rows(named=True) == [
        {
            "prm": PRM,
            "direction": "consumption",
            "start": utc("2026-06-30T22:00"),
            "step_min": 30,
            "power_w": 478,
            "nature": "measured",
            "doubtful": False,
            "position": f"mesures[0].grandeur[0].points[0], PRM {PRM}/{STAMP}",
        }
    ]
    assert (parsed.rejected, parsed.notes) == ((), ())


@pytest.mark.parametrize("step_min", [5, 10, 15, 30, 60])
def test_the_flow_says_which_end_of_the_interval_is_stamped(step_min: int) -> None:
    points = [r63_point("2026-07-01 01:00:00", nature="R", step=f"PT{step_min}M")]

    at_start = _only(r63_json_of(points, flow="R63A")).readings
    at_end = _only(r63_json_of(points, flow="R63B")).readings

    assert starts(at_start) == [utc("2026-06-30T23:00")]
    assert starts(at_end) == [utc("2026-06-30T23:00") - timedelta(minutes=step_min)]


def test_steps_say_which_end_is_stamped_in_r63_on_request() -> None:
    measures = [
        r63_measure([r63_curve([r63_point(STAMP, nature="R", step="PT10M")])]),
        r63_measure([r63_curve([r63_point(STAMP)])], prm=OTHER_PRM),
    ]

    readings = _only(r63_json(measures, flow="R63")).readings

    assert starts(readings) == [utc("2026-06-30T22:30"), utc("2026-06-30T22:00")]


def test_points_of_delivery_directions_and_steps_share_a_document() -> None:
    measures = [
        r63_measure(
            [
                r63_curve([r63_point(STAMP), r63_point("2026-07-01 02:00:00", step="PT60M")]),
                r63_curve([r63_point(STAMP, "2")], direction="PROD"),
            ]
        ),
        r63_measure([r63_curve([r63_point(STAMP, "0.478")], unit="kW")], prm=OTHER_PRM),
    ]

    readings = _only(r63_json(measures)).readings

    assert readings.select("prm", "direction", "step_min", "power_w").rows() == [
        (PRM, "consumption", 30, 478),
        (PRM, "consumption", 60, 478),
        (PRM, "production", 30, 2),
        (OTHER_PRM, "consumption", 30, 478),
    ]


def test_curves_of_reactive_power_and_voltage_are_no_records_and_are_told() -> None:
    others = [
        r63_curve([r63_point(STAMP)], physical=physical, unit="VAr")
        for physical in ("PRI", "PRC", "E")
    ]

    parsed = _only(r63_json([r63_measure([*others, r63_curve([r63_point(STAMP)])])]))

    assert (parsed.record_count, parsed.readings.height) == (1, 1)
    assert "grandeur[3]" in parsed.readings["position"][0]
    assert parsed.notes == tuple(
        f"curves of {quantity} passed over: not active power" for quantity in ("E", "PRC", "PRI")
    )


@pytest.mark.parametrize(
    ("letters", "nature"),
    [("RBDK", "measured"), ("C", "corrected"), ("EHP", "estimated"), ("STFG", "outage")],
)
@pytest.mark.parametrize("stage", ["BRUT", "BEST"])
def test_a_letter_says_what_a_value_is_worth_whatever_the_stage(
    letters: str, nature: str, stage: str
) -> None:
    points = [r63_point(STAMP, nature=letter) for letter in letters]

    parsed = _only(r63_json([r63_measure([r63_curve(points)], stage=stage)]))

    assert parsed.readings["nature"].unique().to_list() == [nature]


def test_only_a_likelihood_of_one_is_doubtful() -> None:
    points: list[dict[str, Any]] = [
        *[r63_point(STAMP, likelihood=sign) for sign in (0, 1, 2)],
        r63_point(STAMP) | {"iv": None},
        {key: value for key, value in r63_point(STAMP).items() if key != "iv"},
    ]

    readings = _only(r63_json_of(points)).readings

    assert readings["doubtful"].to_list() == [False, True, False, False, False]


@pytest.mark.parametrize("value", ["", None, " "])
def test_a_value_that_is_absent_is_missing(value: object) -> None:
    parsed = _only(r63_json_of([r63_point(STAMP) | {"v": value}]))

    assert parsed.readings.select("power_w", "nature").rows() == [(None, "missing")]


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"v": "478.5"}, "not in whole watts"),
        ({"v": 478.25}, "not in whole watts"),
        ({"v": "-12"}, "negative"),
        ({"v": True}, "not a number"),
        ({"v": {"w": 478}}, "not a number"),
        ({"v": [478]}, "not a number"),
        ({"v": float("nan")}, "not a number"),
        ({"v": float("inf")}, "not a number"),
        ({"v": 10**30}, "above 1,000,000,000 W"),
        ({"v": "9" * 5000}, "not a number"),
        ({"d": "2026-07-01T00:30:00+02:00"}, "not a date and time"),
        ({"d": "2026-03-29 02:30:00"}, "skipped when clocks went forward"),
        ({"d": None}, "not a date and time"),
        ({"p": "PT20M"}, "step"),
        ({"p": None}, "step"),
        ({"n": "Z"}, "nature"),
        ({"n": None}, "nature"),
    ],
)
def test_a_point_that_is_no_reading_is_rejected_beside_the_others(
    changed: dict[str, object], reason: str
) -> None:
    points = [r63_point(STAMP), r63_point(STAMP) | changed, r63_point(STAMP)]

    parsed = _only(r63_json_of(points))

    (rejected,) = parsed.rejected
    assert rejected.position.startswith("mesures[0].grandeur[0].points[1], PRM 99")
    assert reason in rejected.reason
    assert len(rejected.record) <= 200
    assert (parsed.record_count, parsed.readings.height) == (3, 2)


@pytest.mark.parametrize("point", [1, "x", None, [], {}])
def test_what_is_no_point_is_rejected_and_counted(point: object) -> None:
    parsed = _only(r63_json_of([point, r63_point(STAMP)]))

    assert (parsed.record_count, len(parsed.rejected)) == (2, 1)


def test_a_number_that_is_no_text_is_read_as_it_was_written() -> None:
    parsed = _only(r63_json_of([r63_point(STAMP) | {"v": 478}, r63_point(STAMP) | {"v": 478.0}]))

    assert parsed.readings["power_w"].to_list() == [478, 478]


def test_unknown_keys_are_passed_over_and_told_once() -> None:
    points = [r63_point(STAMP) | {"qualité": "x"}] * 3
    curve = r63_curve(points) | {"calibre": {"a": [1, 2]}}
    content = json.loads(r63_json([r63_measure([curve])])) | {"pagination": [1]}

    parsed = _only(json.dumps(content).encode())

    assert parsed.readings.height == 3
    assert parsed.notes == (
        "unknown key 'calibre'",
        "unknown key 'pagination'",
        "unknown key 'qualité'",
    )


def test_a_member_of_a_point_that_is_an_object_loses_nothing() -> None:
    points = [r63_point(STAMP), r63_point(STAMP) | {"source": {"id": [1]}}]

    parsed = _only(r63_json_of(points))

    assert (parsed.readings.height, parsed.notes) == (2, ("unknown key 'source'",))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "latin-1"])
@pytest.mark.parametrize("indent", [None, 2])
def test_any_spacing_encoding_and_order_reads_the_same(encoding: str, indent: int | None) -> None:
    document = json.loads(r63_json_of([r63_point(STAMP) | {"é": "[{ }]"}]))
    backwards = dict(reversed(document.items()))
    content = json.dumps(backwards, indent=indent, ensure_ascii=False, sort_keys=False)

    parsed = _only(content.encode(encoding))

    assert parsed.readings["power_w"].to_list() == [478]
    assert parsed.notes == ("unknown key 'é'",)


def test_a_list_of_documents_is_read_and_places_say_which() -> None:
    documents = [
        json.loads(r63_json_of([r63_point(STAMP)], flow=flow)) for flow in ("R63A", "R63B")
    ]

    readings = _only(json.dumps(documents).encode()).readings

    assert starts(readings) == [utc("2026-06-30T22:30"), utc("2026-06-30T22:00")]
    assert [position[:4] for position in readings["position"]] == ["[0].", "[1]."]


def test_a_document_does_not_say_when_it_was_published() -> None:
    """The horodateDebutPublication is of the subscription: the same in all its documents."""
    assert _only(r63_json_of([r63_point(STAMP)])).published_at is None


def test_a_document_without_curves_is_an_empty_file() -> None:
    assert _only(r63_json([])).record_count == 0
    assert _only(r63_json([r63_measure([])])).record_count == 0
    assert _only(r63_json_of([])).record_count == 0


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        (b'"mesures": [', b'"mesures": 3, "x": [', "mesures is not an array"),
        (b'"grandeur": [', b'"grandeur": {}, "x": [', r"mesures\[0\]\.grandeur is not an array"),
        (b'"points": [', b'"points": 1, "x": [', r"grandeur\[0\]\.points is not an array"),
        (b'"points": [', b'"points": "<cut 7>", "x": [', r"points is not an array"),
        (b'"mesures": [', b'"mesures": [4, ', "mesures is not an array of objects"),
    ],
)
def test_a_document_of_another_shape_is_refused_with_the_place(
    old: bytes, new: bytes, words: str
) -> None:
    content = r63_json_of([r63_point(STAMP)])
    assert old in content

    with pytest.raises(FileMalformed, match=words):
        parse(content.replace(old, new))


@pytest.mark.parametrize("flow", ["R64", "R67"])
def test_flows_of_the_family_that_are_read_are_not_taken_for_it(flow: str) -> None:
    content = r63_json_of([r63_point(STAMP)], flow=flow)

    (document,) = parse(content)

    assert document.format == f"{flow} JSON"
    assert document.readings.is_empty()


@pytest.mark.parametrize("flow", ["R65", "R66", "R63C", ""])
def test_other_flows_of_the_family_are_not_taken_for_it(flow: str) -> None:
    content = r63_json_of([r63_point(STAMP)], flow=flow)

    assert recognise(content) is None or flow == ""
    with pytest.raises(FormatUnknown):
        parse(content)
