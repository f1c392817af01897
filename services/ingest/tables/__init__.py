"""The rows of the schema ``ingest``; the migrations say the same in SQL."""

from services.ingest.tables.base import Base
from services.ingest.tables.blocks import (
    HeldBlockRow,
    PublishedBlockRow,
    PublishedDayRow,
    ReadingBlockRow,
)
from services.ingest.tables.deliveries import DeliveryFileRow, DeliveryRow, QuarantinedRecordRow
from services.ingest.tables.facts import (
    ContractEventRow,
    DepartureRow,
    InvoicedQuantityRow,
    MeterIndexRow,
)
from services.ingest.tables.perimeters import ParticipationRow, PerimeterRow

__all__ = [
    "Base",
    "ContractEventRow",
    "DeliveryFileRow",
    "DeliveryRow",
    "DepartureRow",
    "HeldBlockRow",
    "InvoicedQuantityRow",
    "MeterIndexRow",
    "ParticipationRow",
    "PerimeterRow",
    "PublishedBlockRow",
    "PublishedDayRow",
    "QuarantinedRecordRow",
    "ReadingBlockRow",
]
