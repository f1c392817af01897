"""Numbers and dates of documents, in French and English."""

from datetime import date
from decimal import Decimal

from libs.common.rounding import round_half_up
from libs.common.units import kwh_from_wmin
from services.billing.domain.wordings import Language

_MONTHS = {
    "fr": [
        "janvier",
        "février",
        "mars",
        "avril",
        "mai",
        "juin",
        "juillet",
        "août",
        "septembre",
        "octobre",
        "novembre",
        "décembre",
    ],
    "en": [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ],
}
_NARROW_SPACE, _MINUS = "\u202f", "\u2212"


def euros(amount_cents: int, language: Language) -> str:
    number = decimal_text(Decimal(amount_cents).scaleb(-2), 2, language)
    return f"{number}\u00a0€" if language is Language.FRENCH else f"{number}\u00a0EUR"


def kwh(energy_wmin: int, decimals: int, language: Language) -> str:
    return f"{decimal_text(kwh_from_wmin(energy_wmin), decimals, language)}\u00a0kWh"


def percent(share: Decimal, language: Language) -> str:
    """A fraction as whole percent."""
    return _with_percent(decimal_text(share * 100, 0, language), language)


def rate(share: Decimal, language: Language) -> str:
    """A fraction as exact percent: 20 %, 5.5 %."""
    text = f"{(share * 100).normalize():f}"
    return _with_percent(text.replace(".", _point(language)), language)


def price(price_eur: Decimal, language: Language, *, decimals: int = 4) -> str:
    """The price with all its decimals, at least these."""
    return decimal_text(price_eur, max(decimals, price_decimals(price_eur, 0)), language)


def price_decimals(price_eur: Decimal, least: int = 4) -> int:
    exponent = price_eur.normalize().as_tuple().exponent
    assert isinstance(exponent, int)
    return max(least, -exponent)


def decimal_text(value: Decimal, decimals: int, language: Language) -> str:
    """The value rounded half up, with separated thousands and a true minus sign."""
    text = f"{abs(round_half_up(value, decimals)):,f}"
    if language is Language.FRENCH:
        text = text.replace(",", _NARROW_SPACE).replace(".", ",")
    return _MINUS + text if round_half_up(value, decimals) < 0 else text


def long_date(day: date, language: Language) -> str:
    name = _MONTHS[language][day.month - 1]
    first = "1er" if day.day == 1 and language is Language.FRENCH else str(day.day)
    return f"{first}\u00a0{name}\u00a0{day.year}"


def short_date(day: date, language: Language) -> str:
    """25/10/2026, or 2026-10-25 in English, where the former is ambiguous."""
    return f"{day:%d/%m/%Y}" if language is Language.FRENCH else day.isoformat()


def month_name(day: date, language: Language) -> str:
    return f"{_MONTHS[language][day.month - 1]} {day.year}"


def months_name(first_day: date, last_day: date, language: Language) -> str:
    """A month, or the first and the last of several."""
    first, last = month_name(first_day, language), month_name(last_day, language)
    return first if first == last else f"{first} – {last}"


def _point(language: Language) -> str:
    return "," if language is Language.FRENCH else "."


def _with_percent(text: str, language: Language) -> str:
    return f"{text}\u00a0%" if language is Language.FRENCH else f"{text}%"
