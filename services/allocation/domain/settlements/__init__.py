"""The settlement of an operation-month: when it may be closed, what it freezes, what it revises."""

from services.allocation.domain.settlements.content import (
    SettledPair,
    Settlement,
    SettlementStatus,
    hash_content,
)
from services.allocation.domain.settlements.settleable import (
    DaysIncomplete,
    DaysWaiting,
    MonthPurged,
    NothingToSettle,
    check_not_waiting,
    check_settleable,
)

__all__ = [
    "DaysIncomplete",
    "DaysWaiting",
    "MonthPurged",
    "NothingToSettle",
    "SettledPair",
    "Settlement",
    "SettlementStatus",
    "check_not_waiting",
    "check_settleable",
    "hash_content",
]
