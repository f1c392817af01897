"""Decimal numbers in answers: texts, as JSON's own numbers are rounded by who reads them."""

from decimal import Decimal
from typing import Annotated

from pydantic import BeforeValidator


def _written(value: object) -> object:
    """A decimal with all its digits, never with an exponent."""
    return f"{value:f}" if isinstance(value, Decimal) else value


DecimalText = Annotated[str, BeforeValidator(_written)]
