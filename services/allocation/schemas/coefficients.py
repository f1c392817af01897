"""Bodies of the routes for coefficients."""

from collections.abc import Sequence
from typing import Self

from pydantic import AwareDatetime, Field

from libs.common.calendar import Month
from libs.common.edge.days import InstantField
from libs.common.http import BodyIn, BodyOut
from libs.common.ids import OperationId, Prm, Sha256Field
from libs.common.texts import ReasonField
from services.allocation.domain.coefficient_regimes.regimes import RegimeChoice, regime_of
from services.allocation.domain.coefficients.export import Export
from services.allocation.domain.coefficients.layout import Layout
from services.allocation.schemas.coefficient_regimes import RegimeOfMonthOut
from services.allocation.tables import CoefficientSubmissionRow


class SubmissionIn(BodyIn):
    month: str = Field(max_length=7, examples=["2026-10"])
    sent_at: InstantField | None = Field(
        None, description="null: now", examples=["2026-11-04T09:30:00Z"]
    )
    sha256: Sha256Field | None = Field(
        None,
        description="of the file that was sent, text or zip: refused unless it is the current"
        " export; null: not checked",
        examples=[None],
    )
    note: ReasonField | None = Field(None, examples=["Sent by the portal, answer 4711"])


class CoefficientFileOut(BodyOut):
    name: str = Field(examples=["ACC00000001_30_01102026_31102026.txt"])
    producer: Prm | None = Field(description="null: the pool")
    rows: int = Field(description="one per step", examples=[1490])
    sha256: str


class SubmissionOut(BodyOut):
    operation_id: OperationId
    month: str = Field(examples=["2026-10"])
    number: int = Field(description="counts the submissions of the month; the last one counts")
    sent_at: AwareDatetime
    recorded_at: AwareDatetime
    recorded_by: str = Field(description="subject of the token")
    note: str | None = Field(examples=["Sent by the portal, answer 4711"])
    name: str = Field(
        description="of the text file, or of the zip",
        examples=["ACC00000101_30_01102026_31102026.txt"],
    )
    sha256: str = Field(description="of that file, as downloaded")
    files: list[CoefficientFileOut]
    outdated: bool | None = Field(
        description="whether the current shares give other files; null while days are not"
        " allocated, or when no file is needed any more",
        examples=[False],
    )

    @classmethod
    def of(cls, row: CoefficientSubmissionRow, sha256_now: str | None) -> Self:
        values = {name: getattr(row, name) for name in cls.model_fields if name != "outdated"}
        outdated = None if sha256_now is None else row.sha256 != sha256_now
        return cls.model_validate(values | {"outdated": outdated})


class ConsumerLossOut(BodyOut):
    prm: Prm
    allocated_wmin: int
    lost_wmin: int = Field(
        description="the part that the DSO will not allocate, because coefficients are rounded down"
    )


class CoefficientsReportOut(BodyOut):
    operation_id: OperationId
    month: str = Field(examples=["2026-10"])
    key_types: list[str] = Field(
        description="of the keys in force in the month", examples=[["dynamic"]]
    )
    layout: Layout = Field(description="`pool`: one file; `producers`: one file per producer")
    decimals: int = Field(description="of the percentages", examples=[2])
    step_min: int
    name: str = Field(
        description="of the text file, or of the zip with a file per producer",
        examples=["ACC00000101_30_01102026_31102026.txt"],
    )
    sha256: str = Field(description="of that file, as downloaded")
    files: list[CoefficientFileOut]
    allocated_wmin: int
    lost_wmin: int = Field(description="of all consumers together")
    consumers: list[ConsumerLossOut]
    regime: RegimeOfMonthOut
    submissions: list[SubmissionOut] = Field(description="so far, by number")
    outdated: bool = Field(
        description="whether the last submission has other content: send and record it again",
        examples=[False],
    )

    @classmethod
    def of(
        cls,
        operation_id: OperationId,
        month: Month,
        now: Export,
        key_types: Sequence[str],
        submissions: Sequence[CoefficientSubmissionRow],
        *,
        choices: Sequence[RegimeChoice],
    ) -> Self:
        sent = [SubmissionOut.of(row, now.sha256) for row in submissions]
        return cls(
            operation_id=operation_id,
            month=str(month),
            key_types=list(key_types),
            layout=now.form.layout,
            decimals=now.form.decimals,
            step_min=now.form.step_min,
            name=now.name,
            sha256=now.sha256,
            files=[CoefficientFileOut.model_validate(file.description) for file in now.files],
            allocated_wmin=now.allocated_wmin,
            lost_wmin=now.lost_wmin,
            consumers=[ConsumerLossOut(prm=prm, **vars(loss)) for prm, loss in now.losses.items()],
            regime=RegimeOfMonthOut.of(regime_of(choices, month)),
            submissions=sent,
            outdated=bool(sent and sent[-1].outdated),
        )
