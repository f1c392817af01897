"""Bodies of the routes for deliveries."""

from datetime import date, datetime
from typing import Self
from uuid import UUID

from pydantic import Field

from libs.common.http import BodyOut
from libs.common.ids import Direction, OperationId
from services.ingest.domain.deliveries.deliveries import Channel, DeliveryStatus
from services.ingest.tables import DeliveryRow


class CountsOut(BodyOut):
    """0 until the delivery is recorded; records = accepted + duplicate + quarantined."""

    records: int
    accepted: int = Field(description="brought something new")
    superseding: int = Field(description="of the accepted: took the place of another value")
    duplicate: int = Field(description="brought nothing that was not known")
    outdated: int = Field(
        description="of the duplicate: differ from what is stored, which was published later",
        examples=[0],
    )
    quarantined: int = Field(description="no reading; see the delivery's quarantine")
    held: int = Field(
        description="of the accepted: no operation covered their day when the file was recorded; "
        "what still waits is at `/held`",
        examples=[0],
    )


class DeliveryOut(BodyOut):
    """A file that was sent, and its outcome."""

    id: UUID
    number: int = Field(
        description="grows with each delivery; `before` of the list takes it", examples=[57]
    )
    sha256: str
    file_name: str = Field(examples=["ENEDIS_R63_P_CdC_M0DEMOA1_00057_20261102081500.zip"])
    byte_count: int = Field(examples=[48_213])
    status: DeliveryStatus = Field(examples=["recorded"])
    formats: list[str] = Field(description="empty until recorded", examples=[["R63 CSV"]])
    channel: Channel = Field(description="how it came first")
    received_at: datetime
    received_by: str = Field(
        description="subject of the token that sent it first; `inbox` for the watched folder"
    )
    started_at: datetime | None = Field(description="of the last attempt at recording it")
    recorded_at: datetime | None = Field(description="when it was recorded or refused")
    parsing_ms: int | None = Field(
        description="milliseconds to read it; null until recorded", examples=[35]
    )
    recording_ms: int | None = Field(
        description="milliseconds to compare and store what it says", examples=[120]
    )
    operations: list[OperationId] | None = Field(
        description="of an organiser's file: only readings of these operations' points are"
        " recorded; null for the DSO's",
        examples=[None],
    )
    counts: CountsOut
    notes: list[str] = Field(
        description="what was passed over without loss, such as a column that is not known",
        examples=[["column Commentaire is not known"]],
    )
    problem: str | None = Field(
        description="why it is refused, failed, or not recorded yet", examples=[None]
    )
    already_received: bool = Field(
        False,
        description="the same bytes had been sent before: the counts are those of that time, and "
        "nothing is recorded again. To go back to older values, send them in a new file",
        examples=[False],
    )

    @classmethod
    def of(cls, delivery: DeliveryRow, *, already_received: bool = False) -> Self:
        return cls(
            id=delivery.id,
            number=delivery.number,
            sha256=delivery.sha256,
            file_name=delivery.file_name,
            byte_count=delivery.byte_count,
            status=DeliveryStatus(delivery.status),
            formats=delivery.formats,
            channel=Channel(delivery.channel),
            received_at=delivery.received_at,
            received_by=delivery.senders[0],
            started_at=delivery.started_at,
            recorded_at=delivery.recorded_at,
            parsing_ms=delivery.parsing_ms,
            recording_ms=delivery.recording_ms,
            operations=delivery.operations,
            counts=CountsOut.model_validate(delivery.counts),
            notes=delivery.notes,
            problem=delivery.problem,
            already_received=already_received,
        )


class HeldOut(BodyOut):
    """Readings that no operation covers; they are published to the first that does."""

    id: str = Field(
        description="of the point and the direction; the list takes it as `after`",
        examples=["99000000000018-consumption"],
    )
    prm: str
    direction: Direction
    days: int = Field(examples=[3])
    first_day: date
    last_day: date
