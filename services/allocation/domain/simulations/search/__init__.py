"""Keys to propose, found by calculation; a proposal decides nothing."""

from services.allocation.domain.simulations.search.priorities import propose_priorities
from services.allocation.domain.simulations.search.shares import Bounds, propose_shares

__all__ = ["Bounds", "propose_priorities", "propose_shares"]
