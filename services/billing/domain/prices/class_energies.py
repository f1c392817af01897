"""A month's energies by the DSO's tariff classes, spread over pairs and days."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import date

from libs.common.ids import Direction, Prm
from services.billing.domain.prices.price_list.tariff_classes import TariffClass
from services.billing.domain.prices.pricing import HoursByPair
from services.billing.domain.prices.sales import SettledPair, SettledPoint

_FAMILIAR = frozenset(map(str, TariffClass))


def add_tariff_classes(
    pairs: Sequence[SettledPair],
    points: Iterable[SettledPoint],
    days: Sequence[date],
    names: Mapping[str, str],
) -> HoursByPair:
    """Give each pair's day its part of the consumer's classes, summed by hour class.

    points: those whose classes do not sum to the energy of their pairs are left out, and those of
    ``unfamiliar_classes``. days: those of the month, in the order of each pair's energies. names:
    of hour classes, by tariff class.
    The same energies of a pair and day are in the same tariff classes whatever the names.
    """
    pairs_of: defaultdict[Prm, list[SettledPair]] = defaultdict(list)
    for pair in pairs:
        pairs_of[pair.consumer].append(pair)
    hours: dict[tuple[Prm, Prm], dict[date, Mapping[str | None, int]]] = {}
    for point in points:
        if point.direction is Direction.CONSUMPTION and _is_familiar(point.shared_by_class_wmin):
            hours |= _hours_of(
                sorted(pairs_of[point.prm], key=lambda pair: pair.producer),
                point.shared_by_class_wmin,
                days,
                names,
            )
    return hours


def unfamiliar_classes(points: Iterable[SettledPoint]) -> AbstractSet[str]:
    """The names of classes that no price list can name, as we do not know their hours."""
    return {name for point in points for name in point.shared_by_class_wmin} - _FAMILIAR


def _is_familiar(by_class_wmin: Mapping[str, int]) -> bool:
    return bool(by_class_wmin) and by_class_wmin.keys() <= _FAMILIAR


def _hours_of(
    pairs: Sequence[SettledPair],
    by_class_wmin: Mapping[str, int],
    days: Sequence[date],
    names: Mapping[str, str],
) -> dict[tuple[Prm, Prm], dict[date, Mapping[str | None, int]]]:
    """One consumer's pairs, in the order of producers, day after day."""
    if sum(by_class_wmin.values()) != sum(sum(pair.energy_wmin) for pair in pairs):
        return {}
    left_wmin = dict(sorted(by_class_wmin.items()))
    hours: dict[tuple[Prm, Prm], dict[date, Mapping[str | None, int]]]
    hours = {(pair.producer, pair.consumer): {} for pair in pairs}
    for number, day in enumerate(days):
        for pair in pairs:
            taken_wmin = _take(left_wmin, pair.energy_wmin[number])
            pair_hours: defaultdict[str | None, int] = defaultdict(int)
            for tariff_class, energy_wmin in taken_wmin.items():
                left_wmin[tariff_class] -= energy_wmin
                pair_hours[names.get(tariff_class)] += energy_wmin
            hours[pair.producer, pair.consumer][day] = dict(pair_hours)
    return hours


def _take(left_wmin: Mapping[str, int], energy_wmin: int) -> Mapping[str, int]:
    """Cut this energy, of at most what is left, in proportion to what is left of each class.

    Running totals are rounded to the nearest, so that the parts sum to the energy, and none is
    above what is left of its class (docs/adr/0048). What is left in the end is the last one's.
    """
    total, reached, taken = sum(left_wmin.values()), 0, {}
    running = 0
    for tariff_class, class_wmin in left_wmin.items():
        running += class_wmin
        upto = (2 * energy_wmin * running + total) // (2 * total) if total else 0
        taken[tariff_class], reached = upto - reached, upto
    return taken
