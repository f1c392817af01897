"""Decimal numbers in answers: texts, as readers round JSON's own numbers."""

from decimal import Decimal
from typing import Annotated

from pydantic import BeforeValidator


def _written(value: object) -> object:
    """A decimal with all its digits, never with an exponent."""
    return f"{value:f}" if isinstance(value, Decimal) else value


DecimalText = Annotated[str, BeforeValidator(_written)]
