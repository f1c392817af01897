"""The body of a draft key's preview for a point."""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Self
from uuid import UUID

from pydantic import Field

from libs.common.calendar import Month
from libs.common.http import BodyOut
from libs.common.ids import OperationId, Prm
from services.allocation.domain.key_previews import GroupPreview, PreviewSum, total_of
from services.allocation.tables import KeyPreviewRow


class PreviewState(StrEnum):
    COMPUTING = "computing"
    DONE = "done"
    FAILED = "failed"

    @classmethod
    def of(cls, row: KeyPreviewRow) -> "PreviewState":
        if row.failure is not None:
            return cls.FAILED
        return cls.COMPUTING if row.waiting else cls.DONE


class PreviewSumOut(BodyOut):
    """Sums over days that were allocated and that the draft shares."""

    days: int = Field(examples=[31])
    consumption_wmin: int
    in_force_wmin: int = Field(description="local energy by the keys in force")
    draft_wmin: int = Field(description="local energy by this key, all else equal")


class PreviewMonthOut(PreviewSumOut):
    month: str = Field(examples=["2026-10"])


class GroupPreviewOut(BodyOut):
    """All consumers together, over the months that may be shown."""

    withheld: bool = Field(description="no month is shown: too few others take part")
    needs: int = Field(
        description="points of others, of three members or more, required on each day",
        examples=[10],
    )
    months: list[str] = Field(description="the months included", examples=[["2026-10"]])
    consumption_wmin: int | None = Field(description="null: withheld, like all fields below")
    in_force_wmin: int | None
    draft_wmin: int | None
    gini_in_force: float | None = Field(
        description="of the points' coverages, as in simulations; 0: all are covered alike"
    )
    gini_draft: float | None

    @classmethod
    def of(cls, group: GroupPreview, months: Sequence[Month], *, needs: int) -> Self:
        total = group.total
        is_shown = bool(months)
        return cls(
            withheld=not is_shown,
            needs=needs,
            months=[str(month) for month in months],
            consumption_wmin=total.consumption_wmin if is_shown else None,
            in_force_wmin=total.in_force_wmin if is_shown else None,
            draft_wmin=total.draft_wmin if is_shown else None,
            gini_in_force=group.gini_in_force,
            gini_draft=group.gini_draft,
        )


class KeyPreviewOut(BodyOut):
    operation_id: OperationId
    key_id: UUID
    prm: Prm = Field(examples=["99220000000101"])
    state: PreviewState = Field(
        description="`computing`: months are still to come · `failed`: no more will come",
        examples=["done"],
    )
    months: list[PreviewMonthOut] = Field(
        description="in order; none where the key has no shares for past days, such as a key whose"
        " coefficients come as files"
    )
    total: PreviewSumOut
    group: GroupPreviewOut

    @classmethod
    def of(
        cls,
        row: KeyPreviewRow,
        prm: Prm,
        point_months: Mapping[Month, PreviewSum],
        group: GroupPreviewOut,
    ) -> Self:
        return cls(
            operation_id=OperationId(row.operation_id),
            key_id=row.key_id,
            prm=prm,
            state=PreviewState.of(row),
            months=[
                PreviewMonthOut(month=str(month), **vars(energies))
                for month, energies in point_months.items()
            ],
            total=PreviewSumOut.model_validate(total_of(point_months.values())),
            group=group,
        )
