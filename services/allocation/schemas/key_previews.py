"""The body of what a draft key would have given a point."""

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
    """Over days that were allocated and of which the draft says something."""

    days: int = Field(examples=[31])
    consumption_wmin: int
    in_force_wmin: int = Field(description="what was local, by the keys in force")
    draft_wmin: int = Field(description="what would have been local by this key, all else equal")


class PreviewMonthOut(PreviewSumOut):
    month: str = Field(examples=["2026-10"])


class GroupPreviewOut(BodyOut):
    """All who consume, together, over the months of which that may be told."""

    withheld: bool = Field(description="of no month: too few others take part")
    needs: int = Field(
        description="points of others, of three members or more, that it takes on each day",
        examples=[10],
    )
    months: list[str] = Field(description="those that it is about", examples=[["2026-10"]])
    consumption_wmin: int | None = Field(description="null: withheld, as all below")
    in_force_wmin: int | None
    draft_wmin: int | None
    gini_in_force: float | None = Field(
        description="of the points' coverages, as in simulations: 0 when all are covered alike"
    )
    gini_draft: float | None

    @classmethod
    def of(cls, group: GroupPreview, months: Sequence[Month], *, needs: int) -> Self:
        total = group.total
        is_told = bool(months)
        return cls(
            withheld=not is_told,
            needs=needs,
            months=[str(month) for month in months],
            consumption_wmin=total.consumption_wmin if is_told else None,
            in_force_wmin=total.in_force_wmin if is_told else None,
            draft_wmin=total.draft_wmin if is_told else None,
            gini_in_force=group.gini_in_force,
            gini_draft=group.gini_draft,
        )


class KeyPreviewOut(BodyOut):
    operation_id: OperationId
    key_id: UUID
    prm: Prm = Field(examples=["99220000000101"])
    state: PreviewState = Field(
        description="`computing`: months are still to come · `failed`: no more will",
        examples=["done"],
    )
    months: list[PreviewMonthOut] = Field(
        description="in order; none, where the key says nothing of past days, as one does whose"
        " coefficients come as files"
    )
    total: PreviewSumOut
    group: GroupPreviewOut

    @classmethod
    def of(
        cls, row: KeyPreviewRow, prm: Prm, own: Mapping[Month, PreviewSum], group: GroupPreviewOut
    ) -> Self:
        return cls(
            operation_id=OperationId(row.operation_id),
            key_id=row.key_id,
            prm=prm,
            state=PreviewState.of(row),
            months=[
                PreviewMonthOut(month=str(month), **vars(energies))
                for month, energies in own.items()
            ],
            total=PreviewSumOut.model_validate(total_of(own.values())),
            group=group,
        )
