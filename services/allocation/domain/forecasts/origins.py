"""The sources of a forecast, as they are stored and shown."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from libs.common.ids import Prm
from libs.common.units import WMIN_PER_KWH
from services.allocation.domain.forecasts.forecast import (
    SKIES,
    ExpectedConsumer,
    Forecast,
    PastEnergies,
)


class ForecastOrigin(StrEnum):
    READINGS = "readings"  # the means of days like each day
    PROFILE = "profile"  # and annual kWh
    SHAPE_OF_OTHERS = "shape_of_others"  # with annual kWh
    MEAN_OF_OTHERS = "mean_of_others"


_IN_WORDS = {
    ForecastOrigin.READINGS: "by the mean of days like each day",
    ForecastOrigin.PROFILE: "by a profile",
    ForecastOrigin.SHAPE_OF_OTHERS: "by annual kWh in the shape of the others",
    ForecastOrigin.MEAN_OF_OTHERS: "like the mean of the others",
}


def origins_of(
    forecast: Forecast,
    past: PastEnergies,
    expected: Mapping[Prm, ExpectedConsumer],
    key_types: Sequence[str],
    *,
    read_before: date,
) -> dict[str, Any]:
    """Return it as plain JSON, the schema's `ForecastOut`."""
    consumers = [
        _consumer(prm, sorted(forecast.past_days[prm]), expected.get(prm))
        for prm in sorted(forecast.consumptions)
    ]
    plants = sorted(prm for prm, days in past.productions.items() if days)
    counts = Counter(consumer["made_of"] for consumer in consumers)
    consumption = ", ".join(
        f"{counts[origin]} {words}" for origin, words in _IN_WORDS.items() if counts[origin]
    )
    return {
        "in_words": f"Readings of the days before {read_before}. Consumption: {consumption}. "
        f"Production: {len(plants)} plant{'s' * (len(plants) != 1)} under {SKIES} skies. "
        f"Shared by: {', '.join(key_types)}.",
        "read_before": read_before.isoformat(),
        "key_types": list(key_types),
        "consumers": consumers,
        "plants": plants,
    }


def _consumer(
    prm: Prm, past_days: Sequence[date], consumer: ExpectedConsumer | None
) -> dict[str, Any]:
    return {
        "prm": prm,
        "made_of": _origin(past_days, consumer),
        "past_days": len(past_days),
        "first_day": past_days[0].isoformat() if past_days else None,
        "last_day": past_days[-1].isoformat() if past_days else None,
        "annual_kwh": consumer and f"{Decimal(consumer.annual_wmin) / WMIN_PER_KWH:f}",
        "profile": consumer and consumer.profile,
    }


def _origin(past_days: Sequence[date], consumer: ExpectedConsumer | None) -> ForecastOrigin:
    if past_days:
        return ForecastOrigin.READINGS
    if consumer is None:
        return ForecastOrigin.MEAN_OF_OTHERS
    return ForecastOrigin.PROFILE if consumer.profile else ForecastOrigin.SHAPE_OF_OTHERS
