"""Energy units: everything inside is integer watt-minutes, kWh exist only at the edges."""

from decimal import Decimal

WMIN_PER_KWH = 60_000


def kwh_from_wmin(energy_wmin: int) -> Decimal:
    """Convert exactly; the result may have many decimals, round it only for reading."""
    return Decimal(energy_wmin) / WMIN_PER_KWH
