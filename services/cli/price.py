"""`elocoop price`: invoice lines and totals from a share file and a price list."""

import json
from collections import Counter, defaultdict
from datetime import date
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Annotated

import polars as pl
import typer

from libs.common.calendar import PARIS
from libs.common.errors import Problem
from libs.common.ids import PRM_PATTERN, Prm
from libs.common.rounding import round_half_up
from libs.common.units import kwh_from_wmin
from services.billing.domain.invoices.totals import Totals, add_totals, totals
from services.billing.domain.prices.price_list import (
    Price,
    PriceList,
    PriceListMalformed,
    PriceRule,
    parse_price_list,
)
from services.billing.domain.prices.pricing import (
    Attribution,
    DayEnergy,
    HoursByPair,
    attribute,
    price_energy,
    priced_in_order,
    refuse_gaps,
)
from services.cli.refusals import refusals_in_words

_COLUMNS = ["start", "producer", "consumer", "energy_wmin"]


class SharesRefused(Problem):
    status, slug, title = 409, "shares-refused", "The shares cannot be priced"


def price(
    shares: Annotated[Path, typer.Option(help="CSV as written by `elocoop allocate --shares`.")],
    tariff: Annotated[Path, typer.Option(help="JSON price list, see above.")],
) -> None:
    """Price the shares of a file; prints one invoice per producer and consumer, as JSON.

    TARIFF.json has the shape of a price list in the API:

    ```json
    {"entries": [{"producer": "99000000000091", "price_eur_per_kwh": "0.1234", "vat_rate": "0.20",
                  "vat_mention": null, "valid_from": "2026-10-01", "valid_to": "2026-11-01"}]}
    ```

    - `producer`: its prm; null or absent for all those without a price of their own
    - `price_eur_per_kwh`: before VAT, decimal text with at most six decimals
    - `vat_rate`: decimal text, "0.20" or "0.055"; at "0", `vat_mention` must say why
    - `valid_from`, `valid_to`: days of Europe/Paris, the second excluded; null or absent: no end

    It may also have member groups, hour classes, indexes and discounts (docs/use/price-lists.md).
    A share file knows no members and no participations, so groups apply by their points only,
    and monthly fees are not charged.

    A line per price is rounded half up to the cent, once; VAT is computed by rate on the sum of an
    invoice's lines. Exit code 2, with the reason in words, when the files cannot be used.
    """
    with refusals_in_words():
        prices = _read_tariff(tariff)
        energies = _read_shares(shares)
        attribution = attribute(_by_day(energies), prices, hours=_by_class(energies, prices))
        refuse_gaps(attribution)
    typer.echo(json.dumps(_invoices(attribution), indent=2, ensure_ascii=False))


def _read_shares(path: Path) -> pl.DataFrame:
    """Return energies by the local half-hour of each step's start.

    One row per producer str, consumer str, day date and half_hour i64 (0 to 47), with energy_wmin
    i64.
    """
    text = pl.read_csv(path, infer_schema=False)
    if lacking := [column for column in _COLUMNS if column not in text.columns]:
        raise SharesRefused(f"{path}: no column {', '.join(lacking)}.")
    start = pl.col("start").str.to_datetime("%Y-%m-%dT%H:%M:%SZ", strict=False, time_zone="UTC")
    local = start.dt.convert_time_zone(PARIS.key).dt
    rows = text.select(
        pl.col("producer", "consumer").str.extract(f"({PRM_PATTERN})"),
        local.date().alias("day"),
        (local.hour().cast(pl.Int64) * 2 + local.minute() // 30).alias("half_hour"),
        pl.col("energy_wmin").str.to_integer(strict=False),
    )
    unreadable = rows.select(pl.any_horizontal(pl.all().is_null())).to_series().arg_true()
    if len(unreadable):
        row = ",".join(value or "" for value in text.row(unreadable[0]))
        raise SharesRefused(f"{path}: line {unreadable[0] + 2} cannot be read ({row}).")
    return rows.group_by("producer", "consumer", "day", "half_hour").agg(
        pl.col("energy_wmin").sum()
    )


def _by_day(energies: pl.DataFrame) -> list[DayEnergy]:
    days = energies.group_by("producer", "consumer", "day").agg(pl.col("energy_wmin").sum())
    return [
        DayEnergy(Prm(producer), Prm(consumer), day, energy_wmin)
        for producer, consumer, day, energy_wmin in days.iter_rows()
    ]


def _by_class(energies: pl.DataFrame, prices: PriceList) -> HoursByPair:
    """Return energies by hour class; nothing where the list has none, or those of meters."""
    hours: defaultdict[tuple[Prm, Prm], defaultdict[date, Counter[str | None]]]
    hours = defaultdict(lambda: defaultdict(Counter))
    if prices.hour_classes:
        classes_of_day = cache(prices.classes_of_day)
        for producer, consumer, day, half_hour, energy_wmin in energies.iter_rows():
            if (classes := classes_of_day(day)) is not None:
                hours[Prm(producer), Prm(consumer)][day][classes[half_hour]] += energy_wmin
    return hours


def _read_tariff(path: Path) -> PriceList:
    try:
        return parse_price_list(json.loads(path.read_text(encoding="utf-8")))
    except ValueError as error:
        raise PriceListMalformed(f"{path} is not JSON: {error}") from error


def _invoices(attribution: Attribution) -> dict[str, object]:
    invoices, all_totals = [], []
    priced = priced_in_order(attribution)
    for (producer, consumer), pair_energies in groupby(priced, lambda item: item[0][:2]):
        lines, charged = [], []
        for (_, _, price), days in pair_energies:
            energy_wmin = sum(days.values())
            amount_cents = price_energy(energy_wmin, price.price_micro_eur_per_kwh)
            lines.append(_line(consumer, price, energy_wmin, amount_cents))
            charged.append((price.vat_rate, amount_cents))
        all_totals.append(totals(charged))
        invoices.append(
            {
                "producer": producer,
                "consumer": consumer,
                "lines": lines,
                "totals": _totals(all_totals[-1]),
            }
        )
    return {"invoices": invoices, "totals": _totals(add_totals(all_totals))}


def _line(consumer: Prm, price: Price, energy_wmin: int, amount_cents: int) -> dict[str, object]:
    reasons = _reasons(consumer, price)
    return {
        "valid_from": price.valid_from.isoformat(),
        "valid_to": price.valid_to and price.valid_to.isoformat(),
        "energy_wmin": energy_wmin,
        "energy_kwh": str(round_half_up(kwh_from_wmin(energy_wmin), 3)),
        "price_eur_per_kwh": price.price_eur_per_kwh,
        "vat_rate": str(price.vat_rate),
        "vat_mention": price.vat_mention,
        "amount_cents": amount_cents,
        **{name: value for name, value in reasons.items() if value is not None},
    }


def _reasons(consumer: Prm, price: Price) -> dict[str, str | None]:
    """Return the facts behind the price in a list of buyers, hours, indexes and discounts."""
    return {
        "consumer": consumer if price.rule is PriceRule.POINT else None,
        "group": price.group,
        "hour_class": price.hour_class,
        "coefficient": None if price.coefficient is None else str(price.coefficient),
        "list_price_eur_per_kwh": price.list_price_eur_per_kwh if price.discount else None,
        "discount": price.discount,
    }


def _totals(sums: Totals) -> dict[str, object]:
    return {
        "excl_vat_cents": sums.excl_vat_cents,
        "vat": [
            {
                "rate": str(amount.rate),
                "base_cents": amount.base_cents,
                "vat_cents": amount.vat_cents,
            }
            for amount in sums.vat
        ],
        "incl_vat_cents": sums.incl_vat_cents,
    }
