"""Naive local stamps, read run by run, are the instants that the time zone tells one by one."""

from contextlib import suppress
from datetime import UTC, datetime, timedelta

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from libs.common.calendar import PARIS
from services.ingest.formats.columns import translate
from services.ingest.formats.stamps import read_offset, utc_from_local

_STAMPS = st.datetimes(datetime.fromisoformat("2000-01-01"), datetime.fromisoformat("2099-12-31"))
_NEAR_CHANGES = st.builds(
    lambda change, minutes: change + timedelta(minutes=minutes),
    st.sampled_from(["2026-03-29T02:00", "2026-10-25T02:00"]).map(datetime.fromisoformat),
    st.integers(-3000, 3000),
)


def _instant(local: datetime | None) -> datetime | None:
    """Of a stamp that names two, the first; None if the clock never showed it."""
    if local is None:
        return None
    instant = local.replace(tzinfo=PARIS).astimezone(UTC)
    return instant if instant.astimezone(PARIS).replace(tzinfo=None) == local else None


def _read_by_one_of(formats: list[str], stamp: str) -> datetime | None:
    for pattern in formats:
        with suppress(ValueError):
            return datetime.strptime(stamp, pattern).astimezone(UTC)
    return None


def _never_the_second(rows: pl.DataFrame, _repeated: pl.Series) -> pl.Series:
    return pl.Series([False]).new_from_index(0, rows.height)


@given(st.lists(st.none() | _STAMPS | _NEAR_CHANGES, max_size=30))
def test_instants_are_those_of_the_time_zone(stamps: list[datetime | None]) -> None:
    rows = pl.DataFrame({"local": pl.Series(stamps, dtype=pl.Datetime("us"))})

    instants = utc_from_local(rows, _never_the_second)

    assert instants.to_list() == [_instant(stamp) for stamp in stamps]


@given(
    st.lists(
        st.builds(
            "{}-{}-{}T{}:{}:{}{}".format,
            st.just(2026),
            *(st.sampled_from(["1", "01", "10", "05"]) for _ in range(5)),
            st.sampled_from(["+02:00", "-00:30", "+0100", "Z", "", " +01:00"]),
        ),
        max_size=30,
    )
)
def test_a_stamp_with_an_offset_may_have_one_digit_for_two(stamps: list[str]) -> None:
    formats = ["%Y-%m-%dT%H:%M:%S%z", "%Y-%m-%dT%H:%M:%S %z"]

    instants = read_offset(pl.Series(stamps, dtype=pl.String))

    assert instants.to_list() == [_read_by_one_of(formats, stamp) for stamp in stamps]


@given(st.lists(st.sampled_from(["CONS", "cons", "PROD", "?", ""]), max_size=30))
def test_a_coded_column_is_translated_word_by_word(words: list[str]) -> None:
    meanings = {"CONS": 1, "cons": 1, "PROD": 2}
    column = pl.Series("word", words, dtype=pl.String)

    instants = translate(column, meanings.get, pl.Int64())

    assert instants.name == "word"
    assert instants.to_list() == [meanings.get(word) for word in words]
