"""Our own CSV for other operators, which is what ``elocoop readings`` prints too."""

import pytest

from services.ingest.formats import FileMalformed, FormatUnknown, Parsed, parse, recognise
from tests.ingest.formats.files import (
    PRM,
    utc,
)
from tests.ingest.formats.json_files import (
    generic_csv,
    generic_row,
)

START = "2026-06-30T22:00:00Z"
HEADER = "prm,direction,start,step_min,power_w"


def _only(content: bytes) -> Parsed:
    (parsed,) = parse(content)
    assert parsed.format == "generic CSV"
    return parsed


def test_a_row_becomes_a_reading_that_begins_at_its_start() -> None:
    parsed = _only(generic_csv([generic_row(START, "478")]))

    assert parsed.readings.rows(named=True) == [
        {
            "prm": PRM,
            "direction": "consumption",
            "start": utc("2026-06-30T22:00"),
            "step_min": 30,
            "power_w": 478,
            "nature": "measured",
            "doubtful": False,
            "position": "line 2",
        }
    ]
    assert (parsed.rejected, parsed.notes, parsed.published_at) == ((), (), None)


@pytest.mark.parametrize(
    "start",
    ["2026-07-01T00:00:00+02:00", "2026-07-01 00:00:00+02:00", "20260630T220000Z", " " + START],
)
def test_any_offset_names_the_instant(start: str) -> None:
    assert _only(generic_csv([generic_row(start)])).readings["start"][0] == utc("2026-06-30T22:00")


@pytest.mark.parametrize("start", ["2026-07-01T00:00:00", "2026-07-01 00:00:00", "yesterday", ""])
def test_a_start_without_an_offset_is_rejected(start: str) -> None:
    (rejected,) = _only(generic_csv([generic_row(start)])).rejected

    assert "not a date and time" in rejected.reason


@pytest.mark.parametrize(
    ("column", "value", "step", "watts"),
    [
        ("power_w", "478", 30, 478),
        ("power_kw", "0.478", 30, 478),
        ("energy_wh", "239", 30, 478),
        ("energy_wh", "239.5", 30, 479),
        ("energy_wh", "239", 15, 956),
        ("energy_wh", "239", 10, 1434),
        ("energy_wh", "239", 5, 2868),
        ("energy_wh", "239", 60, 239),
        ("energy_kwh", "0.239", 30, 478),
        ("energy_kwh", "0.2395", 30, 479),
    ],
)
def test_an_energy_is_the_mean_power_that_gives_it(
    column: str, value: str, step: int, watts: int
) -> None:
    header = f"prm,direction,start,step_min,{column}"

    parsed = _only(generic_csv([f"{PRM},production,{START},{step},{value}"], header=header))

    assert parsed.readings.select("direction", "step_min", "power_w").rows() == [
        ("production", step, watts)
    ]


@pytest.mark.parametrize(
    ("column", "value"), [("energy_wh", "239.25"), ("energy_kwh", "0.2391111"), ("power_w", "0.5")]
)
def test_what_is_no_whole_watt_is_rejected_and_never_rounded(column: str, value: str) -> None:
    header = f"prm,direction,start,step_min,{column}"

    (rejected,) = _only(
        generic_csv([f"{PRM},production,{START},30,{value}"], header=header)
    ).rejected

    assert "not in whole watts" in rejected.reason


@pytest.mark.parametrize(
    ("value", "nature", "read"),
    [
        ("478", "measured", ("measured", 478)),
        ("478", "", ("measured", 478)),
        ("478", "Corrected", ("corrected", 478)),
        ("478", "estimated", ("estimated", 478)),
        ("0", "outage", ("outage", 0)),
        ("", "missing", ("missing", None)),
        ("", "measured", ("missing", None)),
        ("", "", ("missing", None)),
    ],
)
def test_the_nature_is_optional(value: str, nature: str, read: tuple[str, int | None]) -> None:
    parsed = _only(generic_csv([f"{PRM},consumption,{START},30,{value},{nature},0"]))

    assert parsed.readings.select("nature", "power_w").rows() == [read]


@pytest.mark.parametrize(("value", "nature"), [("478", "missing"), ("478", "B"), ("", "B")])
def test_another_nature_is_rejected_as_is_a_value_that_is_said_to_be_missing(
    value: str, nature: str
) -> None:
    (rejected,) = _only(generic_csv([f"{PRM},consumption,{START},30,{value},{nature},0"])).rejected

    assert "nature" in rejected.reason


@pytest.mark.parametrize(
    ("flag", "doubtful"), [("0", False), ("", False), ("false", False), ("1", True), ("true", True)]
)
def test_doubtful_is_a_flag(flag: str, *, doubtful: bool) -> None:
    parsed = _only(generic_csv([f"{PRM},consumption,{START},30,478,measured,{flag}"]))

    assert parsed.readings["doubtful"].to_list() == [doubtful]


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "latin-1"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_any_separator_encoding_and_line_end_reads_the_same(
    separator: str, encoding: str, line_end: str
) -> None:
    content = generic_csv([generic_row(START), generic_row(START, "é")]).decode()
    text = content.replace(",", separator).replace("\n", line_end)

    parsed = _only(text.encode(encoding))

    assert parsed.readings["power_w"].to_list() == [478]
    assert [rejected.position for rejected in parsed.rejected] == ["line 3"]
    assert "é" in parsed.rejected[0].record


def test_decimals_may_have_a_comma_where_cells_are_separated_otherwise() -> None:
    content = f"{HEADER}\n{PRM},PROD,{START},30,".replace(",", ";").replace("power_w", "power_kw")

    assert _only(content.encode() + b"0,478\n").readings["power_w"].to_list() == [478]


def test_a_decimal_comma_between_commas_is_rejected_and_never_cut_off() -> None:
    rows = [f"{PRM},production,{START},30,{value}" for value in ["478", "0,478", "1,5"]]

    parsed = _only(generic_csv(rows, header=HEADER))

    assert parsed.readings["power_w"].to_list() == [478]
    assert [rejected.position for rejected in parsed.rejected] == ["line 3", "line 4"]


@pytest.mark.parametrize("ends", ["", ",", ",,,,"])
def test_blank_lines_and_rows_without_a_value_are_not_confused(ends: str) -> None:
    parsed = _only(generic_csv([ends, f"{PRM},production,{START},30"], header=HEADER))

    assert parsed.readings.select("nature", "position").rows() == [("missing", "line 3")]


def test_columns_are_found_by_name_and_others_are_told() -> None:
    content = f"Label,Power_W,Step_Min,START,Direction,PRM\nx,5,PT15M,{START},cons,{PRM}\n"

    parsed = _only(content.encode())

    assert parsed.readings.select("step_min", "power_w").rows() == [(15, 5)]
    assert parsed.notes == ("unknown column 'Label'",)


def test_a_file_may_say_when_it_was_published() -> None:
    row = f"{PRM},production,{START},30,478,2026-11-02T08:30:00+01:00"

    parsed = _only(generic_csv([row, row], header=f"{HEADER},published_at"))

    assert parsed.published_at == utc("2026-11-02T07:30")


@pytest.mark.parametrize("others", [["2026-11-02", ""], ["2026-11-02T08:30:00Z", ""], ["x", "x"]])
def test_a_file_is_published_at_one_moment(others: list[str]) -> None:
    rows = [f"{PRM},production,{START},30,478,{other}" for other in others]

    with pytest.raises(FileMalformed, match="published_at"):
        parse(generic_csv(rows, header=f"{HEADER},published_at"))


def test_two_columns_of_values_are_refused() -> None:
    with pytest.raises(FormatUnknown, match="energy_wh and power_w"):
        parse(generic_csv([], header=f"{HEADER},energy_wh"))


@pytest.mark.parametrize("absent", ["prm", "direction", "start", "step_min", "power_w"])
def test_a_header_without_a_needed_column_is_none_of_ours(absent: str) -> None:
    assert recognise(generic_csv([], header=HEADER.replace(absent, "x"))) is None
