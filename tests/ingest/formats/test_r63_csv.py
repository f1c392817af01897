"""R63 as CSV: one row per step, naive local stamps."""

import pytest

from services.ingest.formats import FormatUnknown, Parsed, parse
from tests.ingest.formats.files import OTHER_PRM, R63_HEADER, r63, r63_row, starts, utc

STAMP = "2026-07-01 00:30:00"


def _only(content: bytes) -> Parsed:
    (parsed,) = parse(content)
    assert parsed.format == "R63 CSV"
    return parsed


def test_a_row_becomes_a_reading_that_starts_before_its_stamp() -> None:
    parsed = _only(r63([r63_row(STAMP, "478")]))

    assert parsed.readings.rows(named=True) == [
        {
            "prm": "99000000000017",
            "direction": "consumption",
            "start": utc("2026-06-30T22:00"),
            "step_min": 30,
            "power_w": 478,
            "nature": "measured",
            "doubtful": False,
            "position": "line 2",
        }
    ]


def test_steps_of_30_and_60_minutes_are_kept_apart() -> None:
    rows = [
        r63_row("2026-07-01 01:00:00", step="PT30M"),
        r63_row("2026-07-01 02:00:00", step="PT60M"),
        r63_row("2026-07-01 02:30:00", step="PT30M"),
    ]

    readings = _only(r63(rows)).readings

    assert readings["step_min"].to_list() == [30, 60, 30]
    assert starts(readings) == [
        utc("2026-06-30T22:30"),
        utc("2026-06-30T23:00"),
        utc("2026-07-01T00:00"),
    ]


@pytest.mark.parametrize("step", ["PT5M", "PT10M"])
def test_the_fine_steps_of_c4_points_are_stamped_at_their_start(step: str) -> None:
    parsed = _only(r63([r63_row("2026-07-01 00:10:00", nature="R", step=step)]))

    assert starts(parsed.readings) == [utc("2026-06-30T22:10")]


def test_a_c4_point_whose_step_grows_keeps_its_start_stamps() -> None:
    rows = [
        r63_row("2026-07-01 00:20:00", nature="R", step="PT10M"),
        r63_row("2026-07-01 00:30:00", nature="R", step="PT30M"),
        r63_row("2026-07-01 00:30:00", nature="R", step="PT30M", prm=OTHER_PRM),
    ]

    readings = _only(r63(rows)).readings

    assert starts(readings) == [
        utc("2026-06-30T22:20"),
        utc("2026-06-30T22:30"),
        utc("2026-06-30T22:00"),
    ]


def test_a_point_that_became_a_linky_has_start_stamps_then_end_stamps() -> None:
    rows = [
        r63_row("2026-07-01 00:20:00", nature="R", step="PT10M"),
        r63_row("2026-07-01 01:00:00", nature="B", step="PT30M"),
    ]

    readings = _only(r63(rows)).readings

    assert starts(readings) == [utc("2026-06-30T22:20"), utc("2026-06-30T22:30")]


def test_an_empty_value_is_missing_whatever_its_nature() -> None:
    parsed = _only(r63([r63_row(STAMP, "", nature="B"), r63_row(STAMP, " ", nature="")]))

    assert parsed.readings["power_w"].to_list() == [None, None]
    assert parsed.readings["nature"].to_list() == ["missing", "missing"]


@pytest.mark.parametrize(
    ("letters", "nature"),
    [("RBDK", "measured"), ("C", "corrected"), ("EHP", "estimated"), ("STFG", "outage")],
)
def test_each_nature_letter_has_a_meaning(letters: str, nature: str) -> None:
    parsed = _only(r63(r63_row(STAMP, nature=letter) for letter in letters))

    assert parsed.readings["nature"].unique().to_list() == [nature]


def test_only_a_likelihood_of_one_is_doubtful() -> None:
    parsed = _only(r63(r63_row(STAMP, likelihood=sign) for sign in ["0", "1", "2", ""]))

    assert parsed.readings["doubtful"].to_list() == [False, True, False, False]


@pytest.mark.parametrize(
    ("value", "unit", "watts"),
    [
        ("478.0", "W", 478),
        ("478,00", "W", 478),
        (" 478 ", "W", 478),
        ("0.478", "kW", 478),
        ("28", "kW", 28_000),
        ("-0", "W", 0),
        ("1000000000", "W", 1_000_000_000),
    ],
)
def test_a_power_is_brought_to_whole_watts(value: str, unit: str, watts: int) -> None:
    parsed = _only(r63([r63_row(STAMP, value, unit=unit)]))

    assert parsed.readings["power_w"].to_list() == [watts]


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"value": "478.5"}, "not in whole watts"),
        ({"value": "0.0001", "unit": "kW"}, "not in whole watts"),
        ({"value": "-12"}, "negative"),
        ({"value": "abc"}, "not a number"),
        ({"value": "1e3"}, "not a number"),
        ({"value": "1000000001"}, "above 1,000,000,000 W"),
        ({"value": "9" * 30}, "above 1,000,000,000 W"),
        ({"value": "1000001", "unit": "kW"}, "above 1,000,000,000 W"),
        ({"unit": "VAr"}, "not active power"),
        ({"physical": "PZ"}, "not active power"),
        ({"prm": "9900000000001"}, "14 digits"),
        ({"prm": "9900000000001X"}, "14 digits"),
        ({"prm": "٩٩٠٠٠٠٠٠٠٠٠٠١٧"}, "14 digits"),
        ({"stamp": "2026-02-30 00:30:00"}, "not a date and time"),
        ({"stamp": "9999-12-31 00:30:00"}, "not a date and time"),
        ({"stamp": ""}, "not a date and time"),
        ({"stamp": "2026-07-01 00:17:00"}, "whole number of steps"),
        ({"stamp": "2026-07-01 00:30:01"}, "whole number of steps"),
        ({"step": "PT20M"}, "step"),
        ({"step": ""}, "step"),
        ({"direction": "X"}, "direction"),
        ({"nature": "Z"}, "nature"),
        ({"nature": ""}, "nature"),
        ({"nature": "Z", "value": ""}, "nature"),
    ],
)
def test_a_record_that_is_no_reading_is_rejected_with_its_line_and_reason(
    changed: dict[str, str], reason: str
) -> None:
    bad = r63_row(**({"stamp": STAMP} | changed))

    parsed = _only(r63([r63_row(STAMP), bad, r63_row(STAMP)]))

    (rejected,) = parsed.rejected
    assert rejected.position == "line 3"
    assert reason in rejected.reason
    assert rejected.record == bad[:200]
    assert parsed.readings["position"].to_list() == ["line 2", "line 4"]
    assert parsed.record_count == 3


def test_rows_of_reactive_power_and_voltage_are_no_records_and_are_told() -> None:
    others = [r63_row(STAMP, physical=physical, unit="VAr") for physical in ["PRI", "prc", "E"]]

    parsed = _only(r63([*others, r63_row(STAMP)]))

    assert (parsed.record_count, parsed.readings["position"].to_list()) == (1, ["line 5"])
    assert parsed.notes == tuple(
        f"curves of {quantity} passed over: not active power" for quantity in ["E", "PRC", "PRI"]
    )


def test_a_row_that_is_cut_short_is_rejected() -> None:
    parsed = _only(r63([r63_row(STAMP), r63_row(STAMP)[:70]]))

    assert [rejected.position for rejected in parsed.rejected] == ["line 3"]


def test_blank_lines_are_no_records_and_do_not_shift_the_others() -> None:
    parsed = _only(r63([r63_row(STAMP), "", ";;;;;;;;;;;;", r63_row(STAMP, "x")]))

    assert parsed.record_count == 2
    assert parsed.rejected[0].position == "line 5"


def test_duplicates_stay_in_file_order() -> None:
    rows = [r63_row("2026-07-02 00:30:00"), r63_row(STAMP, "2"), r63_row(STAMP, "1")]

    assert _only(r63(rows)).readings["power_w"].to_list() == [478, 2, 1]


def test_columns_are_found_by_name_wherever_they_stand() -> None:
    content = (
        "Neuf;Valeur;HORODATE;Pas;Nature;Unite;Grandeur metier;Grandeur physique;Identifiant PRM\n"
        f"x;478;{STAMP};PT30M;B;W;PROD;PA;09000000000017\n"
    )

    parsed = _only(content.encode())

    assert parsed.readings.row(0)[:2] == ("09000000000017", "production")
    assert parsed.readings["doubtful"].to_list() == [False]
    assert parsed.notes == ("unknown column 'Neuf'",)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "latin-1", "utf-8"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_any_encoding_and_line_end_reads_the_same(encoding: str, line_end: str) -> None:
    text = line_end.join([R63_HEADER, r63_row(STAMP), r63_row(STAMP, "é")])

    parsed = _only(text.encode(encoding))

    assert parsed.readings["power_w"].to_list() == [478]
    assert parsed.rejected[0].record == r63_row(STAMP, "é")


def test_a_header_whose_accents_were_encoded_twice_is_understood() -> None:
    content = r63([r63_row(STAMP)]).decode("latin-1").encode()

    assert _only(content).readings.height == 1


def test_quoted_cells_are_understood() -> None:
    rows = [R63_HEADER, r63_row(STAMP)]
    quoted = "\n".join(";".join(f'"{cell}"' for cell in row.split(";")) for row in rows)

    assert _only(quoted.encode()).readings["power_w"].to_list() == [478]


def test_a_header_without_rows_is_an_empty_file() -> None:
    parsed = _only(r63([]))

    assert (parsed.readings.height, parsed.record_count) == (0, 0)


def test_a_header_without_a_needed_column_names_it() -> None:
    content = r63([r63_row(STAMP)]).replace(b"Nature", b"Autre")

    with pytest.raises(FormatUnknown, match="'nature'"):
        parse(content)
