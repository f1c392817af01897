"""Freeze the shares of a month, again when something has changed, and rebuild them."""

from services.allocation.commands.settlements.closing import close_settlement
from services.allocation.commands.settlements.outdated import settle_outdated_month
from services.allocation.commands.settlements.verification import verify_settlement

__all__ = ["close_settlement", "settle_outdated_month", "verify_settlement"]
