"""Definitions of keys: what is read, what is refused and why."""

from decimal import Decimal

import numpy as np
import polars as pl
import pytest

from libs.common.errors import Problem
from libs.common.ids import Prm
from services.allocation.domain.allocation import allocate
from services.allocation.domain.keys import (
    DefaultDynamic,
    KeyIncomplete,
    KeyInvalid,
    Static,
    check_points,
    parse_key,
)

A, B, P, Q = (Prm(f"99{i:012}") for i in (1, 2, 91, 92))
FIRST, SECOND = "2026-06-10T10:00:00Z", "2026-06-10T10:30:00Z"
STARTS = np.array([29684760, 29684790])  # the same two instants, in minutes since 1970


def test_keys_are_read_from_their_definitions() -> None:
    shares = {A: "0.25", B: "0.123456789"}

    assert parse_key({"type": "default_dynamic"}) == DefaultDynamic()
    assert parse_key({"type": "static", "shares": shares}) == Static(
        {A: Decimal("0.25"), B: Decimal("0.123456789")}
    )
    assert parse_key({"type": "static", "shares": {A: "1"}, "redistribute": True}) == Static(
        {A: Decimal(1)}, redistribute=True
    )


@pytest.mark.parametrize(
    ("definition", "status", "words"),
    [
        ([], 422, "type"),
        ({}, 422, "type"),
        ({"type": 3}, 422, "type"),
        ({"type": "lottery"}, 422, "lottery"),
        ({"type": "default_dynamic", "shares": {}}, 422, "shares"),
        ({"type": "static"}, 422, "shares"),
        ({"type": "static", "shares": {}}, 422, "shares"),
        ({"type": "static", "shares": {"7": "0.5"}}, 422, "14 digits"),
        ({"type": "static", "shares": {A: 0.5}}, 422, "decimal text"),
        ({"type": "static", "shares": {A: "1e-3"}}, 422, "decimal text"),
        ({"type": "static", "shares": {A: "0.1234567891"}}, 422, "9 decimals"),
        ({"type": "static", "shares": {A: "NaN"}}, 422, "decimal text"),
        ({"type": "static", "shares": {A: "0,5"}}, 422, f"share of {A}"),
        ({"type": "static", "shares": {A: True}}, 422, f"share of {A}"),
        ({"type": "static", "shares": {A: None}}, 422, f"share of {A}"),
        ({"type": "static", "shares": {A: "9" * 5000}}, 422, f"share of {A}"),
        ({"type": "static", "shares": {f"99{i:012}": "0" for i in range(5001)}}, 409, "5000"),
        ({"type": "static", "shares": {A: "1"}, "redistribute": "no"}, 422, "redistribute"),
        ({"type": "static", "shares": {A: "-0.1"}}, 409, "-0.1"),
        ({"type": "static", "shares": {A: "1.01"}}, 409, "1.01"),
        ({"type": "static", "shares": {A: "0.6", B: "0.400000001"}}, 409, "take 0.000000001 off"),
        ({"type": "dynamic", "coefficients": "c.csv"}, 422, "coefficients"),
    ],
)
def test_a_key_that_cannot_be_applied_is_refused(
    definition: object, status: int, words: str
) -> None:
    with pytest.raises(Problem) as refusal:
        parse_key(definition)

    assert refusal.value.status == status
    assert refusal.value.slug in {"key-invalid", "key-type-unsupported"}
    assert words in refusal.value.detail


def test_a_share_with_too_many_decimals_is_refused_however_long() -> None:
    with pytest.raises(KeyInvalid, match="decimals"):
        Static({A: Decimal("0.1" + "0" * 40 + "1")})


@pytest.mark.parametrize(
    ("rows", "status", "words"),
    [
        ([], 422, "no row"),
        ([(FIRST, A, "0,5")], 422, "0,5"),
        ([(FIRST, A, "-0.5")], 422, "-0.5"),
        ([("2026-06-10 10:00", A, "0.5")], 422, "2026-06-10 10:00"),
        ([(FIRST, "7", "0.5")], 422, "'7'"),
        ([(FIRST, A, "0.5"), (FIRST, A, "0.5")], 409, "twice"),
        ([(FIRST, A, "0.5"), (SECOND, A, "0.5"), (SECOND, B, "0.500000001")], 409, SECOND),
    ],
)
def test_coefficients_that_cannot_be_applied_are_refused(
    rows: list[tuple[str, str, str]], status: int, words: str
) -> None:
    with pytest.raises(KeyInvalid) as refusal:
        parse_key(_DYNAMIC, coefficients=_frame(rows))

    assert refusal.value.status == status
    assert words in refusal.value.detail


def test_a_coefficient_file_of_the_wrong_kind_is_refused() -> None:
    with pytest.raises(KeyInvalid, match="start,producer,consumer,share"):
        parse_key({**_DYNAMIC, "type": "full_dynamic"}, coefficients=_frame([(FIRST, A, "1")]))


def test_a_step_with_production_needs_a_coefficient_but_a_dark_one_does_not() -> None:
    key = parse_key(_DYNAMIC, coefficients=_frame([(FIRST, A, "1")]))

    dark = allocate({P: np.array([5, 0])}, {A: np.array([9, 9])}, key, starts_epoch_min=STARTS)
    assert dark.allocated_wmin.tolist() == [[5, 0]]

    with pytest.raises(KeyIncomplete, match=SECOND):
        allocate({P: np.array([5, 1])}, {A: np.array([9, 9])}, key, starts_epoch_min=STARTS)


def test_a_key_is_checked_against_the_points_of_the_operation() -> None:
    key = parse_key({"type": "static", "shares": {A: "0.5", B: "0.5"}})

    check_points(key, producers={P}, consumers={A, B})
    with pytest.raises(KeyInvalid, match=B):
        check_points(key, producers={P, B}, consumers={A})


def test_a_full_dynamic_key_names_producers_too() -> None:
    rows = pl.DataFrame(
        [(FIRST, Q, A, "1")], schema=["start", "producer", "consumer", "share"], orient="row"
    )
    key = parse_key({"type": "full_dynamic", "coefficients": "c.csv"}, coefficients=rows)

    with pytest.raises(KeyInvalid, match=Q):
        check_points(key, producers={P}, consumers={A})


_DYNAMIC = {"type": "dynamic", "coefficients": "c.csv"}


def _frame(rows: list[tuple[str, str, str]]) -> pl.DataFrame:
    schema = dict.fromkeys(["start", "consumer", "share"], pl.String)
    return pl.DataFrame(rows, schema=schema, orient="row")
