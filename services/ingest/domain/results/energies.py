"""The changes that a delivery makes to the DSO's monthly energies, quantity by quantity.

The tariff classes of a quantity are kept together: were a later set with other classes laid over
them class by class, their sum would count energy twice.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

import polars as pl

from libs.common.ids import Direction, OperationId, Prm, Quantity
from services.ingest.domain.deliveries.deliveries import RecordCounts

_CONTRADICTS = "contradicts another energy of the same class, which was taken"


class MonthKey(NamedTuple):
    """The month, point and quantity that a set of energies is of."""

    operation_id: OperationId
    month: str
    prm: Prm
    direction: Direction
    quantity: Quantity


@dataclass(frozen=True)
class MonthEnergies:
    """One quantity of a point over a month, by tariff class in order of their names."""

    key: MonthKey
    revision: int
    classes: tuple[tuple[str, int], ...]  # name, watt-minutes
    precision_wmin: int
    definitive: bool
    published_us: int

    @property
    def order(self) -> tuple[object, ...]:
        """The rank among sets; the greater counts, in whatever order they come."""
        return self.definitive, self.published_us, self.classes, -self.precision_wmin

    @property
    def value(self) -> tuple[object, ...]:
        return self.classes, self.precision_wmin, self.definitive


@dataclass(frozen=True)
class ReadSets:
    """The sets of a document. repeated: how many energies only repeat that of their class.

    refused: position, reason and record of those that contradict one.
    """

    sets: Sequence[MonthEnergies]
    repeated: int
    refused: Sequence[tuple[str, str, str]]


@dataclass(frozen=True)
class EnergiesMerge:
    """news: sets that change, with their next revision. confirmed: only published again later.

    counts: of energies, one for each class.
    """

    news: Sequence[MonthEnergies]
    confirmed: Sequence[MonthEnergies]
    counts: RecordCounts


def read_sets(energies: pl.DataFrame, published_us: int) -> ReadSets:
    """Return the sets of one document, still without a revision.

    energies: schema RESULT_ENERGIES.
    """
    sets: dict[tuple[MonthKey, bool], dict[str, tuple[int, int]]] = defaultdict(dict)
    repeated, refused = 0, []
    for row in energies.iter_rows(named=True):
        key = _key(row)
        energy = row["energy_wmin"], row["precision_wmin"]
        first = sets[key, row["definitive"]].setdefault(row["tariff_class"], energy)
        if first is not energy and first == energy:
            repeated += 1
        elif first is not energy:
            record = ",".join([*key, row["tariff_class"], str(row["energy_wmin"])])
            refused.append((row["position"], _CONTRADICTS, record))
    month_energies = [
        _set(key, classes, definitive=definitive, published_us=published_us)
        for (key, definitive), classes in sets.items()
    ]
    return ReadSets(month_energies, repeated, refused)


def _key(row: Mapping[str, Any]) -> MonthKey:
    return MonthKey(
        row["operation_id"],
        row["month"],
        row["prm"],
        Direction(row["direction"]),
        Quantity(row["quantity"]),
    )


def _set(
    key: MonthKey,
    classes: Mapping[str, tuple[int, int]],
    *,
    definitive: bool,
    published_us: int,
) -> MonthEnergies:
    return MonthEnergies(
        key=key,
        revision=0,
        classes=tuple(sorted((name, energy) for name, (energy, _) in classes.items())),
        precision_wmin=max(precision for _, precision in classes.values()),
        definitive=definitive,
        published_us=published_us,
    )


def merge_energies(
    new_sets: Iterable[MonthEnergies], stored: Mapping[MonthKey, MonthEnergies]
) -> EnergiesMerge:
    """Lay the sets of a delivery over what is stored."""
    sets_by_key: dict[MonthKey, list[MonthEnergies]] = defaultdict(list)
    for new_set in new_sets:
        sets_by_key[new_set.key].append(new_set)
    news: list[MonthEnergies] = []
    confirmed: list[MonthEnergies] = []
    counts = RecordCounts()
    for key, candidates in sets_by_key.items():
        stored_set, best = stored.get(key), max(candidates, key=lambda candidate: candidate.order)
        is_later = stored_set is None or best.order > stored_set.order
        is_news = is_later and (stored_set is None or best.value != stored_set.value)
        revision = (stored_set.revision if stored_set else 0) + int(is_news)
        if is_later:
            (news if is_news else confirmed).append(replace(best, revision=revision))
        final = best if is_later or stored_set is None else stored_set
        counts += _counts(candidates, final, is_news=is_news, is_first=stored_set is None)
    return EnergiesMerge(news, confirmed, counts)


def _counts(
    candidates: Sequence[MonthEnergies], final: MonthEnergies, *, is_news: bool, is_first: bool
) -> RecordCounts:
    accepted = len(final.classes) if is_news else 0
    records = sum(len(candidate.classes) for candidate in candidates)
    return RecordCounts(
        records=records,
        accepted=accepted,
        superseding=0 if is_first else accepted,
        duplicate=records - accepted,
        outdated=sum(
            len(candidate.classes) for candidate in candidates if candidate.value != final.value
        ),
    )
