"""What a delivery changes in the energies that the DSO tells of a month, quantity by quantity.

The tariff classes of a quantity are kept together: were a later set with other classes laid over
them one by one, their sum would count energy twice.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

import polars as pl

from libs.common.ids import Direction, OperationId, Prm, Quantity
from services.ingest.domain.deliveries import Counts

_CONTRADICTS = "contradicts another energy of the same class, which was taken"


class MonthKey(NamedTuple):
    """What a set of energies is of."""

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
        """Of two sets the greater stands, in whatever order they come."""
        return self.definitive, self.published_us, self.classes, -self.precision_wmin

    @property
    def value(self) -> tuple[object, ...]:
        return self.classes, self.precision_wmin, self.definitive


@dataclass(frozen=True)
class ReadSets:
    """The sets of a document; repeated: how many energies say again what one of their class does.

    refused: position, reason and record of those that contradict one.
    """

    sets: Sequence[MonthEnergies]
    repeated: int
    refused: Sequence[tuple[str, str, str]]


@dataclass(frozen=True)
class EnergiesMerge:
    """news: sets that change, with their next revision; confirmed: only published again later.

    counts: of energies, a class each.
    """

    news: Sequence[MonthEnergies]
    confirmed: Sequence[MonthEnergies]
    counts: Counts


def read_sets(energies: pl.DataFrame, published_us: int) -> ReadSets:
    """The sets of one document, still without a revision.

    energies: schema RESULT_ENERGIES.
    """
    sets: dict[tuple[MonthKey, bool], dict[str, tuple[int, int]]] = defaultdict(dict)
    repeated, refused = 0, []
    for row in energies.iter_rows(named=True):
        key = _key(row)
        told = row["energy_wmin"], row["precision_wmin"]
        first = sets[key, row["definitive"]].setdefault(row["tariff_class"], told)
        if first is not told and first == told:
            repeated += 1
        elif first is not told:
            record = ",".join([*key, row["tariff_class"], str(row["energy_wmin"])])
            refused.append((row["position"], _CONTRADICTS, record))
    found = [
        _set(key, classes, definitive=definitive, published_us=published_us)
        for (key, definitive), classes in sets.items()
    ]
    return ReadSets(found, repeated, refused)


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
    told: Iterable[MonthEnergies], stored: Mapping[MonthKey, MonthEnergies]
) -> EnergiesMerge:
    """Lay the sets of a delivery over what is stored."""
    by_key: dict[MonthKey, list[MonthEnergies]] = defaultdict(list)
    for one in told:
        by_key[one.key].append(one)
    news: list[MonthEnergies] = []
    confirmed: list[MonthEnergies] = []
    counts = Counts()
    for key, candidates in by_key.items():
        known, best = stored.get(key), max(candidates, key=lambda one: one.order)
        is_later = known is None or best.order > known.order
        is_news = is_later and (known is None or best.value != known.value)
        revision = (known.revision if known else 0) + int(is_news)
        if is_later:
            (news if is_news else confirmed).append(replace(best, revision=revision))
        final = best if is_later or known is None else known
        counts += _counts(candidates, final, is_news=is_news, is_first=known is None)
    return EnergiesMerge(news, confirmed, counts)


def _counts(
    candidates: Sequence[MonthEnergies], final: MonthEnergies, *, is_news: bool, is_first: bool
) -> Counts:
    accepted = len(final.classes) if is_news else 0
    records = sum(len(one.classes) for one in candidates)
    return Counts(
        records=records,
        accepted=accepted,
        superseding=0 if is_first else accepted,
        duplicate=records - accepted,
        outdated=sum(len(one.classes) for one in candidates if one.value != final.value),
    )
