"""Names of what a price list defines: groups, hour classes and indexes."""

from collections.abc import Iterable

from services.billing.domain.prices.price_list.problems import PriceListInvalid


def check_names(names: Iterable[str], plural: str) -> None:
    """Refuse duplicate names. Raises PriceListInvalid."""
    distinct_names = set()
    for name in names:
        if name in distinct_names:
            raise PriceListInvalid(f"Two {plural} are called {name}.")
        distinct_names.add(name)


def check_defined(noun: str, names: Iterable[str | None], defined: Iterable[str]) -> None:
    """Refuse names that are not defined. Raises PriceListInvalid."""
    if unknown := sorted({name for name in names if name is not None} - set(defined)):
        raise PriceListInvalid(f"The price list defines no {noun} called {', '.join(unknown)}.")
