"""What stands of the DSO's curves does not depend on the order in which deliveries come."""

import random
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from services.ingest.domain.results.merging import (
    CURVE_KEY,
    RESULT_CURVES,
    ResultMerge,
    merge_values,
    place_values,
)
from services.ingest.domain.results.results import RESULT_VALUES
from tests.ingest.formats.files import PRM

NOTHING = pl.DataFrame(schema=RESULT_CURVES)
MIDNIGHT = datetime(2026, 10, 24, 22, tzinfo=UTC)  # of the local day of 25 hours

Value = tuple[int, int | None]  # step of the day, energy
Document = tuple[int, bool, Sequence[Value]]  # published, definitive, values


def _values(*documents: Document) -> pl.DataFrame:
    rows = [
        (
            "ACC00000101",
            definitive,
            PRM,
            "consumption",
            "self_consumed",
            MIDNIGHT + timedelta(minutes=30 * slot),
            30,
            energy,
            60,
            f"line {line}",
            published,
            number,
        )
        for number, (published, definitive, values) in enumerate(documents)
        for line, (slot, energy) in enumerate(values)
    ]
    schema = {**RESULT_VALUES, "published_us": pl.Int64(), "document": pl.Int64()}
    return place_values(pl.DataFrame(rows, schema=schema, orient="row"))


def _after(stored: pl.DataFrame, merged: ResultMerge) -> pl.DataFrame:
    changed = pl.concat([merged.curves.select(RESULT_CURVES.names()), merged.confirmed])
    return pl.concat([stored.join(changed, on=CURVE_KEY, how="anti"), changed])


def _stored(*deliveries: Sequence[Document]) -> pl.DataFrame:
    stored = NOTHING
    for documents in deliveries:
        stored = _after(stored, merge_values(_values(*documents), stored))
    return stored.drop("revision").sort(CURVE_KEY)


def _counts(merged: ResultMerge) -> tuple[int, int, int, int, int]:
    refused = merged.refused.height
    return merged.accepted, merged.superseding, merged.duplicate, merged.outdated, refused


_DOCUMENTS = st.tuples(
    st.integers(1, 3),
    st.booleans(),
    st.lists(
        st.tuples(st.integers(0, 49), st.one_of(st.none(), st.integers(0, 3))),
        max_size=4,
        unique_by=lambda value: value[0],
    ),
)


@given(
    documents=st.lists(_DOCUMENTS, max_size=5),
    order=st.randoms(use_true_random=False),
    in_one=st.booleans(),
)
def test_neither_the_order_of_deliveries_nor_repetition_matters(
    documents: list[Document], order: random.Random, *, in_one: bool
) -> None:
    once = _stored(*[[document] for document in documents])
    again = [*documents, *documents]
    order.shuffle(again)

    shuffled = _stored(again) if in_one else _stored(*[[document] for document in again])

    assert shuffled.equals(once)


@given(documents=st.lists(_DOCUMENTS, max_size=4), stored=st.lists(_DOCUMENTS, max_size=3))
def test_every_value_is_accepted_duplicate_or_refused(
    documents: list[Document], stored: list[Document]
) -> None:
    before = _after(NOTHING, merge_values(_values(*stored), NOTHING))
    values = _values(*documents)

    merged = merge_values(values, before)

    accepted, superseding, duplicate, outdated, refused = _counts(merged)
    assert accepted + duplicate + refused == values.height
    assert superseding <= accepted
    assert outdated <= duplicate
    assert merged.curves["accepted"].sum() == accepted


def test_a_day_of_25_hours_has_fifty_steps() -> None:
    merged = merge_values(_values((1, True, [(49, 7)])), NOTHING)

    (curve,) = merged.curves.to_dicts()
    assert (curve["day"], curve["revision"]) == (date(2026, 10, 25), 1)
    assert curve["energy_wmin"] == [None] * 49 + [7]
    assert curve["definitive"] == [True]


def test_what_is_definitive_stands_before_what_is_provisional_and_newer() -> None:
    first = _after(NOTHING, merge_values(_values((1, True, [(0, 5)])), NOTHING))

    provisional = merge_values(_values((2, False, [(0, 6)])), first)

    assert _counts(provisional) == (0, 0, 1, 1, 0)


def test_a_definitive_gap_stands_before_a_provisional_value() -> None:
    first = _after(NOTHING, merge_values(_values((2, False, [(0, 6)])), NOTHING))

    definitive = merge_values(_values((1, True, [(0, None)])), first)

    assert _counts(definitive) == (1, 1, 0, 0, 0)
    assert definitive.curves["energy_wmin"].to_list() == [[None] * 50]


def test_a_later_value_takes_the_place_of_an_earlier_one_and_a_missing_one_does_not() -> None:
    first = _after(NOTHING, merge_values(_values((1, True, [(0, 5)])), NOTHING))

    assert _counts(merge_values(_values((2, True, [(0, 6)])), first)) == (1, 1, 0, 0, 0)
    assert _counts(merge_values(_values((2, True, [(0, None)])), first)) == (0, 0, 1, 1, 0)


def test_of_two_values_that_were_published_at_once_the_greater_stands() -> None:
    """Whichever comes first: a file that is read again corrects no value to a smaller one."""
    five = _after(NOTHING, merge_values(_values((1, True, [(0, 5)])), NOTHING))
    six = _after(NOTHING, merge_values(_values((1, True, [(0, 6)])), NOTHING))

    assert _counts(merge_values(_values((1, True, [(0, 6)])), five)) == (1, 1, 0, 0, 0)
    assert _counts(merge_values(_values((1, True, [(0, 5)])), six)) == (0, 0, 1, 1, 0)


def test_the_same_content_changes_nothing_but_when_it_was_published() -> None:
    first = _after(NOTHING, merge_values(_values((1, True, [(0, 5), (1, None)])), NOTHING))

    again = merge_values(_values((2, True, [(0, 5), (1, None)])), first)

    assert _counts(again) == (0, 0, 2, 0, 0)
    assert again.confirmed["published_us"].to_list()[0][:3] == [2, 2, 0]
    assert again.confirmed["revision"].to_list() == [1]


def test_of_two_values_in_one_document_the_first_stands_and_the_other_is_refused() -> None:
    merged = merge_values(_values((1, True, [(0, 5), (0, 6), (0, None), (0, 5)])), NOTHING)

    assert _counts(merged) == (1, 0, 2, 1, 1)
    assert merged.refused["reason"].to_list() == ["contradicts line 0, which was taken"]


def test_a_document_may_have_a_provisional_and_a_definitive_value_of_a_step() -> None:
    values = _values((1, True, [(0, 5)]), (1, False, [(0, 6)])).with_columns(document=pl.lit(0))
    assert _counts(merge_values(values, NOTHING)) == (1, 0, 1, 1, 0)
