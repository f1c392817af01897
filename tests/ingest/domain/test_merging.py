"""Merging readings into blocks, with plain values and against a slow model of the rules."""

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import permutations
from typing import NamedTuple

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from libs.common.calendar import day_start
from services.ingest.domain.readings.blocks import NATURE_LETTERS
from services.ingest.domain.readings.merging import BLOCKS, Merge, merge
from services.ingest.domain.readings.placing import OFF_GRID, place, take_on_grid
from services.ingest.domain.readings.readings import READINGS

PRM = "99000000000017"
DAY = date(2026, 7, 1)


class Given(NamedTuple):
    """One reading of a file, placed by hand."""

    slot: int
    power_w: int | None = 478
    doubtful: bool = False
    day: date = DAY
    step_min: int = 30
    prm: str = PRM
    published_us: int = 1000
    measured: str = "measured"

    @property
    def nature(self) -> str:
        return "missing" if self.power_w is None else self.measured


def _readings(given_: Sequence[Given]) -> pl.DataFrame:
    rows = [
        (
            reading.prm,
            "consumption",
            day_start(reading.day) + reading.slot * timedelta(minutes=reading.step_min),
            reading.step_min,
            reading.power_w,
            reading.nature,
            reading.doubtful,
            f"line {number}",
            reading.published_us,
        )
        for number, reading in enumerate(given_, start=2)
    ]
    return pl.DataFrame(rows, schema=READINGS | {"published_us": pl.Int64()}, orient="row")


def _merged(given_: Sequence[Given], stored: pl.DataFrame | None = None) -> Merge:
    placed = take_on_grid(place(_readings(given_)))
    assert placed.refused.is_empty()
    return merge(placed.readings, pl.DataFrame(schema=BLOCKS) if stored is None else stored)


def _blocks(*given_: Given) -> pl.DataFrame:
    return _merged(given_).blocks.select(BLOCKS.names())


def test_a_new_block_has_a_value_for_every_step_of_its_day() -> None:
    merged = _merged([Given(1, 5), Given(3, None), Given(4, 7, doubtful=True)])

    (block,) = merged.blocks.rows(named=True)
    assert block["revision"] == 1
    assert block["power_w"] == [None, 5, None, None, 7] + [None] * 43
    assert block["natures"] == ".m.xm" + "." * 43
    assert block["doubtful"] == [False] * 4 + [True] + [False] * 43
    assert (merged.accepted, merged.duplicate) == (3, 0)


def test_days_of_23_and_25_hours_have_46_and_50_half_hours() -> None:
    blocks = _blocks(Given(45, day=date(2026, 3, 29)), Given(49, day=date(2026, 10, 25)))

    assert blocks["day"].to_list() == [date(2026, 3, 29), date(2026, 10, 25)]
    assert blocks["natures"].to_list() == ["." * 45 + "m", "." * 49 + "m"]


def test_steps_of_one_day_are_blocks_of_their_own() -> None:
    blocks = _blocks(Given(0), Given(0, step_min=60))

    assert blocks["step_min"].to_list() == [30, 60]
    assert blocks["power_w"].list.len().to_list() == [48, 24]


def test_a_reading_off_the_grid_of_its_day_is_refused() -> None:
    readings = _readings([Given(0), Given(1)])
    shifted = readings.with_columns(start=pl.col("start") + pl.duration(minutes=7))

    placed = take_on_grid(place(shifted))

    assert placed.readings.is_empty()
    assert placed.refused["position"].to_list() == ["line 2", "line 3"]
    assert placed.refused["reason"].unique().to_list() == [OFF_GRID]
    assert (
        placed.refused["record"][0] == f"{PRM},consumption,2026-06-30T22:07:00Z,30,478,measured,0"
    )


def test_a_newer_value_replaces_the_older_and_makes_a_revision() -> None:
    stored = _blocks(Given(0, 5), Given(1, 6))

    merged = _merged([Given(0, 4, published_us=1001)], stored)

    (block,) = merged.blocks.rows(named=True)
    assert (block["revision"], block["accepted"]) == (2, 1)
    assert block["power_w"][:3] == [4, 6, None]
    assert block["published_us"][:2] == [1001, 1000]
    assert (merged.superseding, merged.outdated) == (1, 0)


def test_an_older_publication_never_replaces_a_newer_value() -> None:
    stored = _blocks(Given(0, 5))

    merged = _merged([Given(0, 9, published_us=999), Given(1, 7, published_us=999)], stored)

    (block,) = merged.blocks.rows(named=True)
    assert block["power_w"][:2] == [5, 7]
    assert (merged.accepted, merged.superseding) == (1, 0)
    assert (merged.duplicate, merged.outdated) == (1, 1)


def test_values_that_are_published_again_are_confirmed_without_a_revision() -> None:
    stored = _blocks(Given(0, 5), Given(1, 6))

    again = _merged([Given(0, 5, published_us=2000)], stored)
    between = _merged(
        [Given(0, 9, published_us=1500), Given(1, 8, published_us=1500)], again.confirmed
    )

    assert again.blocks.is_empty()
    assert again.confirmed["revision"].to_list() == [1]
    assert again.confirmed["published_us"][0][:2].to_list() == [2000, 1000]
    assert between.blocks["power_w"][0][:2].to_list() == [5, 8]


def test_of_two_values_published_together_the_corrected_one_stands_before_the_greater() -> None:
    measured, corrected = Given(0, 9), Given(0, 5, measured="corrected")

    for files in permutations([[measured], [corrected], [Given(0, 7)]]):
        assert _all_stored(files)["power_w"][0][0] == 5


def test_what_is_known_already_changes_nothing() -> None:
    merged = _merged([Given(0, 5), Given(1, None)], _blocks(Given(0, 5), Given(1, None)))

    assert merged.blocks.is_empty()
    assert (merged.accepted, merged.duplicate) == (0, 2)


def test_a_missing_value_does_not_erase_a_real_one() -> None:
    merged = _merged([Given(0, None)], _blocks(Given(0, 5)))

    assert merged.blocks.is_empty()
    assert merged.duplicate == 1


def test_a_value_that_became_doubtful_is_news() -> None:
    merged = _merged([Given(0, 5, doubtful=True, published_us=1001)], _blocks(Given(0, 5)))

    assert merged.blocks["doubtful"][0][0] is True


def test_of_two_records_that_contradict_each_other_the_first_stands() -> None:
    merged = _merged([Given(0, 5), Given(0, 6), Given(0, 5)])

    assert merged.blocks["power_w"][0][0] == 5
    assert (merged.accepted, merged.duplicate) == (1, 1)
    assert merged.refused["position"].to_list() == ["line 3"]
    assert merged.refused["reason"].to_list() == ["contradicts line 2, which was taken"]


def test_a_missing_record_does_not_contradict_a_real_one() -> None:
    merged = _merged([Given(0, None), Given(0, 5), Given(0, None)])

    assert merged.blocks["power_w"][0][0] == 5
    assert (merged.accepted, merged.duplicate, merged.refused.height) == (1, 2, 0)


def test_no_readings_are_no_blocks() -> None:
    merged = _merged([])

    assert merged.blocks.is_empty()
    assert merged.blocks.columns == [*BLOCKS.names(), "accepted"]


_GIVEN = st.builds(
    Given,
    slot=st.integers(0, 3),
    power_w=st.none() | st.integers(0, 2),
    doubtful=st.booleans(),
    day=st.sampled_from([DAY, date(2026, 10, 25)]),
    step_min=st.sampled_from([30, 60]),
    prm=st.sampled_from([PRM, "99000000000025"]),
    measured=st.sampled_from(["measured", "corrected", "estimated", "outage"]),
)
_FILE = st.builds(
    lambda given_, published_us: [row._replace(published_us=published_us) for row in given_],
    st.lists(_GIVEN, max_size=12),
    st.integers(1000, 1002),
)
_Place = tuple[str, date, int, int]


@given(files=st.lists(_FILE, max_size=4))
def test_any_files_one_after_the_other_leave_what_the_rules_say(files: list[list[Given]]) -> None:
    stored = pl.DataFrame(schema=BLOCKS)
    expected: dict[_Place, Given] = {}

    for file in files:
        merged = _merged(file, stored)
        outcome = _apply(file, expected)

        assert (merged.accepted, merged.duplicate, merged.refused.height) == outcome
        assert merged.blocks["accepted"].sum() == merged.accepted
        stored = _stored(stored, merged)
        again = _merged(file, stored)
        assert again.accepted == 0
        assert again.blocks.is_empty()
        assert again.confirmed.is_empty()

    assert _known(stored) == {place_: _value(reading) for place_, reading in expected.items()}


@given(files=st.lists(_FILE, max_size=4), data=st.data())
def test_the_order_in_which_files_come_changes_nothing(
    files: list[list[Given]], data: st.DataObject
) -> None:
    shuffled = data.draw(st.permutations(files))

    assert _known(_all_stored(files)) == _known(_all_stored([*shuffled, *files]))


def _all_stored(files: Sequence[list[Given]]) -> pl.DataFrame:
    stored = pl.DataFrame(schema=BLOCKS)
    for file in files:
        stored = _stored(stored, _merged(file, stored))
    return stored


def _stored(before: pl.DataFrame, merged: Merge) -> pl.DataFrame:
    revisions = pl.concat([before, merged.blocks.select(BLOCKS.names()), merged.confirmed])
    block = ["prm", "direction", "day", "step_min"]
    return (
        revisions.with_row_index()
        .sort("revision", "index")
        .drop("index")
        .unique(block, keep="last")
    )


def _apply(file: list[Given], readings: dict[_Place, Given]) -> tuple[int, int, int]:
    """The rules, one reading at a time: how many are accepted, duplicate and refused."""
    taken: dict[_Place, Given] = {}
    refused = 0
    for reading in sorted(file, key=lambda entry: entry.power_w is None):
        place_ = (reading.prm, reading.day, reading.step_min, reading.slot)
        first = taken.setdefault(place_, reading)
        is_missing = reading.power_w is None and first.power_w is not None
        refused += _value(reading) != _value(first) and not is_missing
    accepted = 0
    for place_, reading in taken.items():
        old = readings.get(place_)
        if old is None or _rank(reading) > _rank(old):
            readings[place_] = reading
            accepted += old is None or _value(reading) != _value(old)
    return accepted, len(file) - accepted - refused, refused


def _rank(row: Given) -> tuple[bool, int, int, bool, int]:
    worst_first = ["missing", "outage", "estimated", "measured", "corrected"]
    nature = worst_first.index(row.nature)
    return (row.power_w is not None, row.published_us, nature, not row.doubtful, row.power_w or 0)


def _value(reading: Given) -> tuple[int | None, str, bool]:
    return reading.power_w, reading.nature, reading.doubtful


def _known(stored: pl.DataFrame) -> dict[_Place, tuple[int | None, str, bool]]:
    natures = {letter: nature.value for nature, letter in NATURE_LETTERS.items()}
    return {
        (row["prm"], row["day"], row["step_min"], slot): (
            row["power_w"][slot],
            natures[letter],
            row["doubtful"][slot],
        )
        for row in stored.iter_rows(named=True)
        for slot, letter in enumerate(row["natures"])
        if letter != "."
    }
