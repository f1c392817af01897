"""The month in one picture: bars by day and hour, and how much of the energy was local."""

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal

from libs.common.units import kwh_from_wmin
from services.billing.documents.facts import DocumentFacts
from services.billing.documents.labels import LABELS
from services.billing.documents.words import (
    decimal_text,
    euros,
    kwh,
    month_name,
    months_name,
    percent,
)
from services.billing.domain.invoices.documents import DocumentKind
from services.billing.domain.invoices.periods import EarlierPeriod
from services.billing.domain.wordings import Language

_STEPS = [Decimal(step) for step in ("1", "1.2", "1.6", "2", "2.4", "3", "4", "5", "6", "8")]


def picture(facts: DocumentFacts, language: Language) -> dict[str, object] | None:
    """The month in one picture; None for a credit note or without energy by day."""
    usage, labels = facts.usage, LABELS[language]
    if usage is None or not usage.supplied_wmin or facts.kind is DocumentKind.CREDIT_NOTE:
        return None
    days = [facts.first_day + timedelta(days=i) for i in range(len(usage.supplied_wmin))]
    months = months_name(facts.first_day, facts.last_day, language)
    title = "your_month" if months == month_name(facts.first_day, language) else "your_months"
    return {
        "title": labels[title].format(month=months),
        "subtitle": labels["by_day"],
        "bars": day_bars(days, usage.supplied_wmin, language),
        "hours_subtitle": labels["by_hour"],
        "hours": _hour_bars(usage.by_hour_wmin, language) if usage.by_hour_wmin else None,
        "coverage": _coverage(facts, language),
    }


def comparison(facts: DocumentFacts, language: Language) -> list[list[str]]:
    """The period and those before it: name, energy, amount; empty where there is none before."""
    if not facts.earlier:
        return []
    energy_wmin = sum(facts.usage.supplied_wmin) if facts.usage else 0
    this = EarlierPeriod(
        facts.first_day,
        facts.last_day + timedelta(days=1),
        energy_wmin,
        facts.total_incl_vat_cents,
    )
    return [
        [
            months_name(period.period_from, period.period_to - timedelta(days=1), language),
            kwh(period.energy_wmin, 0, language),
            euros(period.total_incl_vat_cents, language),
        ]
        for period in (this, *facts.earlier)
    ]


def day_bars(
    days: Sequence[date], energies_wmin: Sequence[int], language: Language
) -> dict[str, object]:
    """A bar for each day, paler at weekends."""
    shown = [day.day == 1 or day.day % 5 == 0 for day in days]
    labels = LABELS[language]
    bars = _bars(
        energies_wmin,
        marks=[str(day.day) if show else "" for day, show in zip(days, shown, strict=True)],
        pale=[day.isoweekday() > 5 for day in days],  # noqa: PLR2004 - Saturday is the sixth
        language=language,
    )
    return {**bars, "legend": [labels["weekdays"], labels["weekends"]]}


def month_bars(
    months: Sequence[date], energies_wmin: Sequence[int], language: Language
) -> dict[str, object]:
    """A bar for each month, named by its first day."""
    marks = [month_name(month, language).partition(" ")[0] for month in months]
    pale = [False for _ in months]
    return _bars(energies_wmin, marks=marks, pale=pale, language=language)


def _hour_bars(energies_wmin: Sequence[int], language: Language) -> dict[str, object]:
    hours = range(len(energies_wmin))
    return _bars(
        energies_wmin,
        marks=[f"{hour}\u00a0h" if hour % 3 == 0 else "" for hour in hours],
        pale=[False for _ in hours],
        language=language,
    )


def _bars(
    energies_wmin: Sequence[int],
    *,
    marks: Sequence[str],
    pale: Sequence[bool],
    language: Language,
) -> dict[str, object]:
    """Bars with heights as fractions of the scale."""
    top_kwh = _nice_top(kwh_from_wmin(max(0, *energies_wmin)))
    return {
        "top": decimal_text(top_kwh, 0 if top_kwh == top_kwh.to_integral() else 1, language),
        "bars": [
            {
                "mark": mark,
                "pale": is_pale,
                "height": float(max(Decimal(0), kwh_from_wmin(energy_wmin)) / top_kwh),
            }
            for energy_wmin, mark, is_pale in zip(energies_wmin, marks, pale, strict=True)
        ],
    }


def _nice_top(most_kwh: Decimal) -> Decimal:
    """The next of 1, 1.2, 1.6, 2, 2.4, 3, 4, 5, 6, 8, 10, 12, …, so that bars use the height."""
    unit = Decimal("0.1")
    while True:
        for step in _STEPS:
            if unit * step >= most_kwh:
                return unit * step
        unit *= 10


def _coverage(facts: DocumentFacts, language: Language) -> dict[str, object] | None:
    """Local and other energy of all the customer's points; None if unknown."""
    usage, labels = facts.usage, LABELS[language]
    metered_wmin = sum(point.metered_wmin for point in usage.points) if usage else 0
    if usage is None or metered_wmin <= 0:
        return None
    shared_wmin = sum(point.shared_wmin for point in usage.points)
    is_of_all = shared_wmin > sum(usage.supplied_wmin)
    share = min(Decimal(1), max(Decimal(0), Decimal(shared_wmin) / metered_wmin))
    return {
        "share": float(share),
        "percent": percent(share, language),
        "text": labels["coverage_of_all" if is_of_all else "coverage"],
        "rows": [
            [labels["local"], kwh(shared_wmin, 0, language)],
            [labels["complement"], kwh(metered_wmin - shared_wmin, 0, language)],
            [labels["consumption"], kwh(metered_wmin, 0, language)],
        ],
    }
