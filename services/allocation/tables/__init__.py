"""The rows of allocation's schema; the migrations define what the database enforces."""

from services.allocation.tables.accesses import ShareAccessRow
from services.allocation.tables.adoptions import AdoptionRow
from services.allocation.tables.base import Base
from services.allocation.tables.challenges import ChallengeEntryRow, ChallengeRow
from services.allocation.tables.coefficient_regimes import CoefficientRegimeRow
from services.allocation.tables.coefficients import CoefficientSubmissionRow
from services.allocation.tables.copies import (
    ConsentListRow,
    MemberRow,
    PerimeterRow,
    ReadingBlockRow,
)
from services.allocation.tables.days import (
    DayStatusRow,
    MonthDaysRow,
    PointDayRow,
    ShareBlockRow,
    StaleDayRow,
)
from services.allocation.tables.deposits import (
    CoefficientDepositRow,
    DepositedCoefficientRow,
    DepositSubmissionRow,
    StaleDepositMonthsRow,
    ToldDepositMonthRow,
)
from services.allocation.tables.dso_results import (
    DsoResultCurveRow,
    DsoResultDayRow,
    DsoResultEnergyRow,
    DsoResultMonthRow,
    KeptReconciliationRow,
)
from services.allocation.tables.key_coefficients import KeyCoefficientFileRow, KeyCoefficientRow
from services.allocation.tables.key_previews import (
    KeyPollRow,
    KeyPreviewPartRow,
    KeyPreviewRow,
)
from services.allocation.tables.keys import SharingKeyRow
from services.allocation.tables.policies import PolicyRow
from services.allocation.tables.purges import PurgeRow
from services.allocation.tables.settlements import (
    SettlementInputRow,
    SettlementRow,
    StaleSettlementRow,
)
from services.allocation.tables.simulations import SimulationRow
from services.allocation.tables.told_days import ToldDayRow

__all__ = [
    "AdoptionRow",
    "Base",
    "ChallengeEntryRow",
    "ChallengeRow",
    "CoefficientDepositRow",
    "CoefficientRegimeRow",
    "CoefficientSubmissionRow",
    "ConsentListRow",
    "DayStatusRow",
    "DepositSubmissionRow",
    "DepositedCoefficientRow",
    "DsoResultCurveRow",
    "DsoResultDayRow",
    "DsoResultEnergyRow",
    "DsoResultMonthRow",
    "KeptReconciliationRow",
    "KeyCoefficientFileRow",
    "KeyCoefficientRow",
    "KeyPollRow",
    "KeyPreviewPartRow",
    "KeyPreviewRow",
    "MemberRow",
    "MonthDaysRow",
    "PerimeterRow",
    "PointDayRow",
    "PolicyRow",
    "PurgeRow",
    "ReadingBlockRow",
    "SettlementInputRow",
    "SettlementRow",
    "ShareAccessRow",
    "ShareBlockRow",
    "SharingKeyRow",
    "SimulationRow",
    "StaleDayRow",
    "StaleDepositMonthsRow",
    "StaleSettlementRow",
    "ToldDayRow",
    "ToldDepositMonthRow",
]
