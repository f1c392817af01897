"""The DSO's own results compared with our shares; every difference has a reason."""

from services.allocation.domain.reconciliation.days import compare_day
from services.allocation.domain.reconciliation.own import OwnDay, own_day
from services.allocation.domain.reconciliation.result import (
    DetailedReconciliation,
    DsoResultsMissing,
    Reconciler,
    Reconciliation,
)
from services.allocation.domain.reconciliation.sides import QuantitySeries
from services.allocation.domain.reconciliation.tabulation import Basis
from services.allocation.domain.reconciliation.verdicts import COUNTED_ONLY, DifferenceClass

__all__ = [
    "COUNTED_ONLY",
    "Basis",
    "DetailedReconciliation",
    "DifferenceClass",
    "DsoResultsMissing",
    "OwnDay",
    "QuantitySeries",
    "Reconciler",
    "Reconciliation",
    "compare_day",
    "own_day",
]
