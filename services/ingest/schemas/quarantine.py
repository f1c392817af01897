"""Bodies of the routes for quarantined records."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Annotated, Literal, Self
from uuid import UUID

from pydantic import AwareDatetime, ConfigDict, Field, StringConstraints

from libs.common.http import BodyIn, BodyOut
from libs.common.ids import Direction, Prm, PrmField
from libs.common.texts import ReasonField
from services.ingest.domain.quarantine import Correction, QuarantineState
from services.ingest.domain.readings.readings import MAX_POWER_W, Nature
from services.ingest.tables import QuarantinedRecordRow

BecauseField = Annotated[
    ReasonField,
    Field(description="why, for anyone who asks later", examples=["checked with the member"]),
]


CodeField = Annotated[
    str,
    StringConstraints(pattern=r"^[a-z-]{1,50}$"),
    Field(description="see docs/use/validation-rules.md", examples=["spike"]),
]


class HeldReadingOut(BodyOut):
    """The reading in a record, if it can be read as one."""

    prm: str
    direction: Direction
    day: date = Field(description="local day, Europe/Paris")
    start: datetime
    step_min: int
    power_w: int | None
    nature: Nature
    doubtful: bool


class QuarantinedOut(BodyOut):
    """A record that was kept out of the readings, and the decision on it."""

    id: int = Field(description="its place in the quarantine of all deliveries", examples=[57])
    delivery_id: UUID
    number: int = Field(description="its place among those of its delivery, from 1", examples=[1])
    position: str = Field(examples=["line 12"])
    code: str = Field(
        description="stable; see docs/use/validation-rules.md", examples=["prm-malformed"]
    )
    reason: str = Field(examples=["the PRM is not 14 digits: send it as text"])
    record: str = Field(
        description="as received, at most 200 characters",
        examples=["9911000000010;2026-10-12 00:00:00;480"],
    )
    reading: HeldReadingOut | None = Field(description="null if it cannot be read as a reading")
    state: QuarantineState
    decided_at: datetime | None
    decided_by: str | None = Field(description="subject of the token")
    decided_because: str | None = Field(examples=["checked with the member"])
    replacement: str | None = Field(
        description="of a corrected one: the reading that was taken, as `elocoop readings` prints",
        examples=["99110000000101,consumption,2026-10-11T22:00:00Z,30,480,corrected,0"],
    )
    is_hidden: bool = Field(
        description="its member does not share the load curve with you: `record`, `power_w` and"
        " `replacement` are left out",
        examples=[False],
    )

    @classmethod
    def of(cls, row: QuarantinedRecordRow, *, is_hidden: bool = False) -> Self:
        names = cls.model_fields.keys() - {"reading", "is_hidden"}
        values = {name: getattr(row, name) for name in names}
        reading = None if row.prm is None else HeldReadingOut.model_validate(row)
        if is_hidden:
            values |= {"record": "", "replacement": None}
            reading = reading and reading.model_copy(update={"power_w": None})
        return cls(**values, reading=reading, is_hidden=is_hidden)


class QuarantineCountOut(BodyOut):
    """The number of records of one code in each state."""

    code: str = Field(examples=["spike"])
    open: int = Field(0, examples=[3])
    corrected: int = Field(0, examples=[1])
    released: int = Field(0, examples=[8])
    discarded: int = Field(0, examples=[0])


def counts_out(counts: Mapping[tuple[str, str], int]) -> list[QuarantineCountOut]:
    """In order of code."""
    codes = sorted({code for code, _ in counts})
    return [
        QuarantineCountOut(
            code=code, **{state: counts.get((code, state), 0) for state in QuarantineState}
        )
        for code in codes
    ]


class ReleaseIn(BodyIn):
    because: BecauseField | None = None


class DiscardIn(BodyIn):
    because: BecauseField


class ReleaseAllIn(BodyIn):
    """The code to release; the delivery is in the path."""

    code: CodeField
    because: BecauseField


class DiscardAllIn(ReleaseAllIn):
    pass


class CorrectionIn(BodyIn):
    """The reading that the meter recorded over ``[start, start + step_min)``."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "prm": "99110000000010",
                    "direction": "consumption",
                    "start": "2026-10-24T22:00:00Z",
                    "step_min": 30,
                    "power_w": 478,
                    "because": "read from the meter's display with the member",
                }
            ]
        }
    )

    prm: PrmField
    direction: Direction
    start: AwareDatetime = Field(
        ge=datetime(2000, 1, 1, tzinfo=UTC),
        lt=datetime(2100, 1, 1, tzinfo=UTC),
        description="with an offset",
    )
    step_min: Literal[5, 10, 15, 30, 60]
    power_w: int = Field(ge=0, le=MAX_POWER_W, description="mean power over the step, W")
    because: BecauseField

    def to_correction(self) -> Correction:
        return Correction(
            prm=Prm(self.prm),
            direction=self.direction,
            start=self.start,
            step_min=self.step_min,
            power_w=self.power_w,
        )


class DecidedOut(BodyOut):
    """The number of records decided on, and the outcome of their readings."""

    decided: int = Field(description="records that are no longer open", examples=[12])
    accepted: int = Field(description="readings that brought something new")
    superseding: int = Field(description="of the accepted: took the place of another value")
    duplicate: int = Field(description="readings that brought nothing new")
    outdated: int = Field(
        description="of the duplicate: differ from what is stored, which was published later",
        examples=[0],
    )
