"""Load curves of Data Connect v5, under the name of the address that was asked for them."""

import json

import pytest

from services.ingest.formats import FileMalformed, FormatUnknown, Parsed, parse
from tests.ingest.formats.files import (
    OTHER_PRM,
    PRM,
    starts,
    utc,
)
from tests.ingest.formats.json_files import (
    data_connect,
    data_connect_body,
    data_connect_point,
)

STAMP = "2026-07-01 00:30:00"


def _only(content: bytes) -> Parsed:
    (parsed,) = parse(content)
    assert parsed.format == "Data Connect JSON"
    return parsed


def test_a_value_becomes_a_reading_that_ends_at_its_date() -> None:
    parsed = _only(data_connect([data_connect_point(STAMP, "540")]))

    place = "consumption_load_curve.meter_reading.interval_reading[0]"
    assert parsed.readings.rows(named=True) == [
        {
            "prm": PRM,
            "direction": "consumption",
            "start": utc("2026-06-30T22:00"),
            "step_min": 30,
            "power_w": 540,
            "nature": "measured",
            "doubtful": False,
            "position": f"{place}, PRM {PRM}/{STAMP}",
        }
    ]
    assert (parsed.rejected, parsed.notes, parsed.published_at) == ((), (), None)


@pytest.mark.parametrize(("step", "minutes"), [("PT5M", 5), ("PT10M", 10), ("PT15M", 15)])
def test_fine_steps_are_stamped_at_their_end_too(step: str, minutes: int) -> None:
    parsed = _only(data_connect([data_connect_point(STAMP, step=step)]))

    assert starts(parsed.readings) == [utc("2026-06-30T22:30").replace(minute=30 - minutes)]


def test_the_name_of_the_address_gives_the_direction() -> None:
    parsed = _only(data_connect([data_connect_point(STAMP)], address="production_load_curve"))

    assert parsed.readings["direction"].to_list() == ["production"]


def test_a_body_that_does_not_say_its_direction_is_refused() -> None:
    with pytest.raises(FormatUnknown, match="whether it is consumption or production"):
        parse(json.dumps(data_connect_body([data_connect_point(STAMP)])).encode())


def test_many_answers_of_both_addresses_share_a_document() -> None:
    document = {
        "production_load_curve": data_connect_body([data_connect_point(STAMP, "3")]),
        "consumption_load_curve": [
            data_connect_body([data_connect_point(STAMP, "1")]),
            data_connect_body([data_connect_point(STAMP, "2")], prm=OTHER_PRM),
        ],
    }

    parsed = _only(json.dumps(document).encode())

    assert parsed.readings.select("prm", "direction", "power_w").rows() == [
        (PRM, "consumption", 1),
        (OTHER_PRM, "consumption", 2),
        (PRM, "production", 3),
    ]
    assert "consumption_load_curve[1]." in parsed.readings["position"][1]


def test_an_answer_was_published_when_it_was_given() -> None:
    body = data_connect_body([data_connect_point(STAMP)])
    document = {"consumption_load_curve": body, "retrieved_at": "2026-11-02T08:30:00+01:00"}

    parsed = _only(json.dumps(document).encode())

    assert (parsed.published_at, parsed.notes) == (utc("2026-11-02T07:30"), ())
    with pytest.raises(FileMalformed, match="retrieved_at"):
        parse(json.dumps(document | {"retrieved_at": "2026-11-02"}).encode())


def test_daily_energies_are_no_load_curve() -> None:
    body = data_connect_body([data_connect_point(STAMP)], kind="energy")

    with pytest.raises(FormatUnknown, match="no load curve"):
        parse(json.dumps({"consumption_load_curve": body}).encode())


def test_stamps_in_utc_are_refused_rather_than_read_two_hours_late() -> None:
    points = [data_connect_point("2026-06-30 22:30:00"), data_connect_point("2026-07-01 22:00:00")]
    body = data_connect_body(points, start="2026-07-01")

    with pytest.raises(FileMalformed, match="local time of Paris"):
        parse(json.dumps({"consumption_load_curve": body}).encode())


def test_the_value_that_ends_the_day_before_is_read() -> None:
    body = data_connect_body([data_connect_point("2026-07-01 00:00:00")], start="2026-07-01")

    assert _only(json.dumps({"production_load_curve": body}).encode()).readings.height == 1


def test_the_letter_is_optional_and_unknown_keys_are_told() -> None:
    bare = {"value": "540", "date": STAMP, "interval_length": "PT30M", "quality_code": "x"}
    body = data_connect_body([bare]) | {"trace": {"id": 1}}

    parsed = _only(json.dumps({"consumption_load_curve": body}).encode())

    assert parsed.readings["nature"].to_list() == ["measured"]
    assert parsed.notes == ("unknown key 'quality_code'", "unknown key 'trace'")


@pytest.mark.parametrize(
    ("point", "reason"),
    [
        (data_connect_point(STAMP, "x"), "not a number"),
        (data_connect_point("2026-07-01T00:30:00Z"), "not a date and time"),
        (data_connect_point(STAMP, step="PT20M"), "step"),
        (data_connect_point(STAMP, letter="Z"), "nature"),
        (3, "not a date and time"),
    ],
)
def test_a_value_that_is_no_reading_is_rejected_beside_the_others(
    point: object, reason: str
) -> None:
    parsed = _only(data_connect([data_connect_point(STAMP), point]))

    (rejected,) = parsed.rejected
    assert "interval_reading[1], PRM 99" in rejected.position
    assert reason in rejected.reason
    assert parsed.record_count == 2


@pytest.mark.parametrize(
    ("document", "words"),
    [
        ({"consumption_load_curve": 3}, "consumption_load_curve is not"),
        ({"consumption_load_curve": {"meter_reading": []}}, "meter_reading is not"),
        (
            {"consumption_load_curve": {"meter_reading": {"reading_type": 1}}},
            "reading_type is not",
        ),
    ],
)
def test_a_document_of_another_shape_is_refused_with_the_place(
    document: dict[str, object], words: str
) -> None:
    bodies = {"production_load_curve": data_connect_body([data_connect_point(STAMP)])}

    with pytest.raises(FileMalformed, match=words):
        parse(json.dumps(bodies | document).encode())
