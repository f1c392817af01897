"""The rows of the schema ``ingest``; the migrations say the same in SQL."""

from services.ingest.tables.base import Base
from services.ingest.tables.blocks import (
    HeldBlockRow,
    OperationMonthRow,
    PointMonthRow,
    PublishedBlockRow,
    PublishedDayRow,
    ReadingBlockRow,
)
from services.ingest.tables.deliveries import (
    DeliveryRow,
    DeliverySequenceRow,
)
from services.ingest.tables.estimations import EstimateRow, EstimationPolicyRow, EstimationRow
from services.ingest.tables.facts import (
    ContractEventRow,
    DepartureRow,
    InvoicedQuantityRow,
    MeterIndexRow,
)
from services.ingest.tables.perimeters import ParticipationRow, PerimeterRow, PerimeterStepRow
from services.ingest.tables.privacy import (
    ConsentListRow,
    ConsentRow,
    CurveAccessRow,
    MonthlyEnergyRow,
    PurgeRow,
)
from services.ingest.tables.pulls import PullJobRow, PullSourceRow
from services.ingest.tables.quarantine import (
    QuarantinedRecordRow,
    ReadingFlagRow,
    ValidationRow,
)
from services.ingest.tables.re_requests import ReRequestRow
from services.ingest.tables.results import (
    DsoPerimeterRow,
    PublishedResultDayRow,
    PublishedResultMonthRow,
    ResultCurveRow,
    ResultEnergyRow,
)

__all__ = [
    "Base",
    "ConsentListRow",
    "ConsentRow",
    "ContractEventRow",
    "CurveAccessRow",
    "DeliveryRow",
    "DeliverySequenceRow",
    "DepartureRow",
    "DsoPerimeterRow",
    "EstimateRow",
    "EstimationPolicyRow",
    "EstimationRow",
    "HeldBlockRow",
    "InvoicedQuantityRow",
    "MeterIndexRow",
    "MonthlyEnergyRow",
    "OperationMonthRow",
    "ParticipationRow",
    "PerimeterRow",
    "PerimeterStepRow",
    "PointMonthRow",
    "PublishedBlockRow",
    "PublishedDayRow",
    "PublishedResultDayRow",
    "PublishedResultMonthRow",
    "PullJobRow",
    "PullSourceRow",
    "PurgeRow",
    "QuarantinedRecordRow",
    "ReRequestRow",
    "ReadingBlockRow",
    "ReadingFlagRow",
    "ResultCurveRow",
    "ResultEnergyRow",
    "ValidationRow",
]
