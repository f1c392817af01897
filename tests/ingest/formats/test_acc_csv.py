"""The monthly CSV of an operation, in the shipped layouts."""

from datetime import UTC, timedelta
from itertools import pairwise

import polars as pl
import pytest

from libs.common.calendar import steps_in_day
from services.ingest.formats import parse, recognise
from services.ingest.formats.acc import acc_csv
from services.ingest.formats.problems import FileMalformed
from tests.ingest.formats.files import OTHER_PRM, PRM, day_starts, r63, utc
from tests.ingest.formats.result_files import (
    OPERATION,
    ROOF,
    WIDE_HEADER,
    long,
    long_row,
    one_point,
    wide,
    wide_day,
)
from tests.support.curves import MARCH_DAY, OCTOBER_DAY, SUMMER_DAY


def _read(content: bytes) -> pl.DataFrame:
    (parsed,) = parse(content)
    assert parsed.rejected == ()
    return parsed.result_values


def _curve(values: pl.DataFrame, prm: str, quantity: str) -> pl.DataFrame:
    return values.filter((pl.col("prm") == prm) & (pl.col("quantity") == quantity))


def _reason(content: bytes) -> set[str]:
    (parsed,) = parse(content)
    return {rejection.reason for rejection in parsed.rejected}


@pytest.mark.parametrize("step_min", [15, 30, 60])
@pytest.mark.parametrize("day", [SUMMER_DAY, MARCH_DAY, OCTOBER_DAY])
def test_each_column_of_a_wide_layout_is_a_curve_without_gaps(day: str, step_min: int) -> None:
    values = _read(wide(wide_day(day, step_min=step_min)))

    steps = steps_in_day(day_starts(day)[0].date(), step_min)
    assert values.height == 6 * steps
    curve = _curve(values, PRM, "self_consumed")
    assert curve["start"][0] == day_starts(day)[0]
    assert all(b - a == timedelta(minutes=step_min) for a, b in pairwise(curve["start"]))
    assert set(curve["step_min"]) == {step_min}
    assert set(curve["energy_wmin"]) == {3600}
    assert values["definitive"].all()


def test_whose_share_it_is_the_points_other_quantities_tell() -> None:
    values = _read(wide(wide_day(SUMMER_DAY)))

    sides = set(values.select("prm", "direction", "quantity").iter_rows())
    assert sides == {
        (PRM, "consumption", "consumption"),
        (PRM, "consumption", "self_consumed"),
        (PRM, "consumption", "complement"),
        (ROOF, "production", "production"),
        (ROOF, "production", "self_consumed"),
        (ROOF, "production", "surplus"),
    }


def test_a_share_of_a_point_of_which_nothing_else_is_told_is_rejected() -> None:
    row = f"{PRM};01/07/2026 00:00;;;60;;"
    reason = "nothing shows whether the point's share is of a consumption or of a production"
    assert _reason(wide([row, row.replace("00:00", "00:30")])) == {reason}


def test_an_empty_cell_is_missing_where_the_point_has_other_values_of_the_column() -> None:
    rows = [f"{PRM};01/07/2026 00:00;100;;60;;", f"{PRM};01/07/2026 00:30;;;60;;"]

    values = _read(wide(rows))

    assert _curve(values, PRM, "consumption")["energy_wmin"].to_list() == [6000, None]
    assert _curve(values, PRM, "complement").is_empty()


def test_columns_that_are_not_known_are_passed_over_and_named() -> None:
    rows = [f"{row};x" for row in wide_day(SUMMER_DAY)]
    (parsed,) = parse("\n".join([f"{WIDE_HEADER};Commune", *rows]).encode())

    assert parsed.record_count == 6 * 48
    assert parsed.notes == ("1 columns are not known and were passed over, such as 'commune'",)


def test_columns_may_be_in_any_order_and_encoding() -> None:
    content = "Horodate;Pas;Valeur;Unité;Statut;Opération;Identifiant PRM;Sens;Type\n"
    content += f"01/07/2026;PT30M;1;Wh;définitif;{OPERATION};{PRM};cons;cons\n"
    content = content.replace("01/07/2026", "2026-07-01 00:00:00")
    for encoded in (content.encode("latin-1"), b"\xef\xbb\xbf" + content.encode()):
        assert _read(encoded)["energy_wmin"].to_list() == [60]


@pytest.mark.parametrize(
    ("unit", "value", "energy_wmin", "precision_wmin"),
    [
        ("W", "478", 14_340, 30),
        ("kW", "0,478", 14_340, 30),
        ("Wh", "239", 14_340, 60),
        ("kWh", "0.239", 14_340, 60),
        ("kWh", "1", 60_000, 60_000),
        ("kWh", "0,0000001", 0, 1),
        ("Wh", "0,5", 30, 6),
        ("kwh", "12,50", 750_000, 600),
    ],
)
def test_a_value_is_read_exactly_in_each_unit(
    unit: str, value: str, energy_wmin: int, precision_wmin: int
) -> None:
    values = _read(long([long_row("2026-07-01 00:00:00", value, unit=unit)]))

    assert values.select("energy_wmin", "precision_wmin").row(0) == (energy_wmin, precision_wmin)


def test_the_precision_is_that_of_the_most_decimals_of_the_file() -> None:
    rows = [long_row("2026-07-01 00:00:00", "1", unit="kWh")]
    rows.append(long_row("2026-07-01 00:30:00", "0,478", unit="kWh"))
    assert set(_read(long(rows))["precision_wmin"]) == {60}


def test_a_provisional_row_is_told_from_a_definitive_one() -> None:
    rows = [
        long_row("2026-07-01 00:00:00", status=status) for status in ("Définitif", "PROVISOIRE")
    ]
    assert _read(long(rows))["definitive"].to_list() == [True, False]


def test_october_s_repeated_hour_is_told_by_order_for_each_curve() -> None:
    stamps = [f"{start:%Y-%m-%d %H:%M:%S}" for start in day_starts(OCTOBER_DAY)]
    rows = [long_row(stamp, kind=kind) for kind in ("cons", "autocons") for stamp in stamps]

    values = _read(long(rows))

    for quantity in ("consumption", "self_consumed"):
        curve = _curve(values, PRM, quantity)
        assert curve["start"].to_list() == [
            start.astimezone(UTC) for start in day_starts(OCTOBER_DAY)
        ]


def test_a_file_of_one_point_leaves_point_and_operation_to_its_name() -> None:
    (parsed,) = parse(one_point(SUMMER_DAY))

    values = parsed.result_values
    assert values["prm"].null_count() == values["operation_id"].null_count() == values.height
    assert set(_energies(values, "consumption")) == {478 * 30}
    assert "prm" in parsed.name_pattern


def _energies(values: pl.DataFrame, quantity: str) -> list[int | None]:
    return values.filter(pl.col("quantity") == quantity)["energy_wmin"].to_list()


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (long_row("2026-07-01 00:00:00", prm="990"), "the PRM is not 14 digits"),
        (long_row("2026-07-01 00:00:00", operation="ACC1"), "the operation is not ACC"),
        (long_row("2026-07-01 00:00:00", status="?"), "whether it is definitive is not stated"),
        (long_row("2026-07-01 00:00:00", kind="soutirage"), "the quantity is none"),
        (long_row("2026-07-01 00:00:00", kind="surplus"), "the point has no such quantity"),
        (long_row("01/07/2026"), "the stamp is not a date and time"),
        (long_row("2026-07-01 00:00:00", step="PT20M"), "the step is not"),
        (long_row("2026-07-01 00:10:00"), "the stamp is not a whole number of steps"),
        (long_row("2026-03-29 02:30:00"), "the stamp is a local time that was skipped"),
        (long_row("2026-07-01 00:00:00", unit="MWh"), "the unit is none of"),
        (long_row("2026-07-01 00:00:00", "-0,1"), "the value is negative"),
        (long_row("2026-07-01 00:00:00", "1 000"), "the value is not a number"),
        (long_row("2026-07-01 00:00:00", "9" * 13), "the value is not a number"),
        (long_row("2026-07-01 00:00:00", "9" * 12), "the value is beyond any grid"),
    ],
)
def test_a_bad_record_is_rejected_with_its_reason(row: str, reason: str) -> None:
    (parsed,) = parse(long([row]))

    (rejected,) = parsed.rejected
    assert rejected.reason.startswith(reason)
    assert (rejected.position, rejected.record) == ("line 2", row)


def test_quarter_hours_that_are_called_half_hours_are_rejected_not_doubled() -> None:
    stamps = [f"{start:%Y-%m-%d %H:%M:%S}" for start in day_starts(SUMMER_DAY, 15)]
    (parsed,) = parse(long([long_row(stamp) for stamp in stamps]))

    assert parsed.result_values.is_empty()
    assert parsed.record_count == len(parsed.rejected) == 96


def test_points_of_other_steps_may_be_in_one_file() -> None:
    quarters = wide_day(SUMMER_DAY, home=OTHER_PRM, roof="99000000000033", step_min=15)
    values = _read(wide([*wide_day(SUMMER_DAY, roof="99000000000041"), *quarters]))

    assert set(_curve(values, PRM, "consumption")["step_min"]) == {30}
    assert set(_curve(values, OTHER_PRM, "consumption")["step_min"]) == {15}


def test_a_step_that_changes_within_a_file_is_seen() -> None:
    """On the first of July the meters begin to record quarters of an hour."""
    values = _read(wide([*wide_day("2026-06-30"), *wide_day(SUMMER_DAY, step_min=15)]))

    curve = _curve(values, PRM, "consumption")
    steps = dict(curve.select("start", "step_min").iter_rows())
    assert steps[utc("2026-06-30T21:30")] == 30
    assert steps[utc("2026-06-30T22:00")] == 15


def test_an_r63_is_not_taken_for_a_csv_of_an_operation() -> None:
    file_format = recognise(r63([]))
    assert file_format is not None
    assert file_format.name == "R63 CSV"


def test_more_values_than_the_memory_should_hold_are_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(acc_csv, "MOST_VALUES", 100)
    with pytest.raises(FileMalformed, match="more than 100 values"):
        parse(wide(wide_day(SUMMER_DAY)))
