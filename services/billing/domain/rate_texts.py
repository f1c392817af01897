"""Rates and coefficients in their shortest form."""

from decimal import Decimal


def rate_text(rate: Decimal) -> str:
    """The rate in its shortest form: a rate from a table may have more zeros than from a file."""
    return f"{rate.normalize():f}"


def coefficient_text(coefficient: Decimal | None) -> str | None:
    return None if coefficient is None else f"{coefficient.normalize():f}"
