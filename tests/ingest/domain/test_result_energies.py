"""Energies of a month stand by quantity, with all their tariff classes."""

import random
from collections.abc import Mapping, Sequence

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from libs.common.ids import Direction, OperationId, Prm, Quantity
from services.ingest.domain.results.energies import (
    MonthEnergies,
    MonthKey,
    merge_energies,
    read_sets,
)
from services.ingest.domain.results.results import RESULT_ENERGIES

KEYS = [
    MonthKey(OperationId("ACC00000101"), "2026-10", Prm("99000000000017"), Direction.CONSUMPTION, q)
    for q in (Quantity.CONSUMPTION, Quantity.SELF_CONSUMED)
]


def _set(
    classes: Mapping[str, int],
    published_us: int = 1,
    *,
    definitive: bool = True,
    key: MonthKey = KEYS[0],
) -> MonthEnergies:
    return MonthEnergies(key, 0, tuple(sorted(classes.items())), 60, definitive, published_us)


def _stored(*deliveries: Sequence[MonthEnergies]) -> dict[MonthKey, MonthEnergies]:
    stored: dict[MonthKey, MonthEnergies] = {}
    for delivery in deliveries:
        merged = merge_energies(delivery, stored)
        stored |= {energy.key: energy for energy in (*merged.news, *merged.confirmed)}
    return stored


_SETS = st.builds(
    _set,
    st.dictionaries(st.sampled_from(["HPB", "HCB"]), st.integers(0, 2), min_size=1),
    st.integers(1, 3),
    definitive=st.booleans(),
    key=st.sampled_from(KEYS),
)


@given(sets=st.lists(_SETS, max_size=5), order=st.randoms(use_true_random=False))
def test_neither_the_order_of_deliveries_nor_repetition_matters(
    sets: list[MonthEnergies], order: random.Random
) -> None:
    once = _stored(*[[energy_set] for energy_set in sets])
    again = [*sets, *sets]
    order.shuffle(again)

    def orders(stored: Mapping[MonthKey, MonthEnergies]) -> dict[MonthKey, object]:
        return {key: energy.order for key, energy in stored.items()}

    assert orders(_stored(*[[energy_set] for energy_set in again])) == orders(once)
    assert orders(_stored(again)) == orders(once)


def test_a_later_set_with_other_classes_replaces_the_former_whole() -> None:
    stored = _stored([_set({"HPB": 1, "HCB": 2})])

    merged = merge_energies([_set({"P": 3}, 2)], stored)

    (news,) = merged.news
    assert (news.classes, news.revision) == ((("P", 3),), 2)
    assert (merged.counts.accepted, merged.counts.superseding) == (1, 1)


def test_a_provisional_set_after_a_definitive_one_is_outdated() -> None:
    merged = merge_energies([_set({"P": 4}, 9, definitive=False)], _stored([_set({"P": 3})]))

    assert (merged.news, merged.counts.duplicate, merged.counts.outdated) == ([], 1, 1)


def test_the_same_set_again_is_confirmed_without_a_revision() -> None:
    merged = merge_energies([_set({"P": 3}, 2)], _stored([_set({"P": 3})]))

    (confirmed,) = merged.confirmed
    assert (confirmed.revision, confirmed.published_us) == (1, 2)
    assert (merged.counts.duplicate, merged.counts.outdated) == (1, 0)


def test_one_class_told_twice_is_repeated_or_refused() -> None:
    energies = [("HPB", 1), ("HPB", 1), ("HPB", 2), ("HCB", 3)]
    rows = [
        (
            *("ACC00000101", True, "99000000000017", "consumption", "complement", "2026-10"),
            *(name, energy, 60, f"class {number}"),
        )
        for number, (name, energy) in enumerate(energies)
    ]

    read = read_sets(pl.DataFrame(rows, schema=RESULT_ENERGIES, orient="row"), 5)

    (set_of_energies,) = read.sets
    assert set_of_energies.classes == (("HCB", 3), ("HPB", 1))
    assert (read.repeated, [refusal[0] for refusal in read.refused]) == (1, ["class 2"])
