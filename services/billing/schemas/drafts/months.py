"""Bodies of the routes about a month. Money is in euro cents, energy in watt-minutes."""

from collections.abc import Iterable
from typing import Literal, Self
from uuid import UUID

from pydantic import ConfigDict, Field

from libs.common.calendar import Month
from libs.common.http import BodyOut
from libs.common.ids import OperationId, Prm
from services.billing.domain.drafts.blockers import Blocker, BlockerCode
from services.billing.domain.drafts.drafting import MonthDrafts
from services.billing.domain.surplus.producer_statements import ProducerStatement
from services.billing.schemas.invoices.invoices import InvoiceOut
from services.billing.schemas.surplus.surplus import PlantMonthOut


class SelfSuppliedOut(BodyOut):
    """A member's use of its own production, which is not invoiced."""

    member_id: UUID
    producer: Prm
    consumer: Prm
    energy_wmin: int


class BlockerOut(BodyOut):
    """A reason, with its `member_id`, `producer`, `prm`, `operation_id` or `days`."""

    model_config = ConfigDict(extra="allow")

    code: BlockerCode
    detail: str = Field(examples=["ACC00000101 has not decided on the accise: set its regime."])


class MonthInvoicesOut(BodyOut):
    operation_id: OperationId
    month: str
    invoices: list[InvoiceOut] = Field(description="by id, with those already issued")
    self_supplied: list[SelfSuppliedOut]
    blockers_to_issue: list[BlockerOut] = Field(
        description="why these drafts could not be issued today"
    )

    @classmethod
    def of(
        cls,
        operation_id: OperationId,
        month: Month,
        month_drafts: MonthDrafts,
        invoices: list[InvoiceOut],
        blockers_to_issue: Iterable[Blocker],
    ) -> Self:
        return cls(
            operation_id=operation_id,
            month=str(month),
            invoices=invoices,
            self_supplied=[
                SelfSuppliedOut(
                    member_id=member_id,
                    producer=producer,
                    consumer=consumer,
                    energy_wmin=energy_wmin,
                )
                for member_id, energies in month_drafts.self_supplied.items()
                for (producer, consumer), energy_wmin in sorted(energies.items())
            ],
            blockers_to_issue=[
                BlockerOut.model_validate(blocker.members) for blocker in blockers_to_issue
            ],
        )


class StatementOut(BodyOut):
    """A producing point's sales in the month, in invoices of one state, perhaps none."""

    producer: Prm
    issuer_id: UUID = Field(description="the member that sold, or that had the point")
    state: Literal["draft", "issued"] | None = Field(
        description="null if it sold nothing", examples=["issued"]
    )
    energy_wmin: int
    revenue_excl_vat_cents: int = Field(examples=[90])
    plant: PlantMonthOut | None = Field(
        description="the point's month, repeated in each of its rows; null if it was not the"
        " member's on every day"
    )

    @classmethod
    def of(cls, statement: ProducerStatement) -> Self:
        plant = statement.plant and PlantMonthOut.of(statement.plant)
        return cls.model_validate(vars(statement) | {"plant": plant})
