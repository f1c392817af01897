"""The one way money and kWh are rounded."""

from decimal import ROUND_HALF_UP, Decimal


def round_half_up(value: Decimal, decimals: int) -> Decimal:
    """Round half away from zero, as accountants do: 2.005 → 2.01 and -2.005 → -2.01."""
    return value.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
