"""Bodies of the routes about a month. Money is in euro cents, energy in watt-minutes."""

from collections.abc import Iterable
from typing import Literal, Self
from uuid import UUID

from pydantic import ConfigDict, Field

from libs.common.calendar import Month
from libs.common.http import BodyOut
from libs.common.ids import OperationId, Prm
from services.billing.domain.blockers import Blocker, BlockerCode
from services.billing.domain.drafting import MonthDrafts
from services.billing.domain.producer_statements import Statement
from services.billing.schemas.invoices import InvoiceOut
from services.billing.schemas.surplus import PlantMonthOut


class SelfSuppliedOut(BodyOut):
    """What a member used of its own production: nothing to invoice."""

    member_id: UUID
    producer: Prm
    consumer: Prm
    energy_wmin: int


class BlockerOut(BodyOut):
    """A reason, with the `member_id`, `producer`, `prm`, `operation_id` or `days` concerned."""

    model_config = ConfigDict(extra="allow")

    code: BlockerCode
    detail: str = Field(examples=["ACC00000101 has not decided on the accise: set its regime."])


class MonthInvoicesOut(BodyOut):
    operation_id: OperationId
    month: str
    invoices: list[InvoiceOut] = Field(description="by id; those issued already are among them")
    self_supplied: list[SelfSuppliedOut]
    blockers_to_issue: list[BlockerOut] = Field(
        description="why these drafts would not be issued today"
    )

    @classmethod
    def of(
        cls,
        operation_id: OperationId,
        month: Month,
        drafted: MonthDrafts,
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
                for member_id, energies in drafted.self_supplied.items()
                for (producer, consumer), energy_wmin in sorted(energies.items())
            ],
            blockers_to_issue=[BlockerOut.model_validate(one.members) for one in blockers_to_issue],
        )


class StatementOut(BodyOut):
    """What a producer point sold in the month, in invoices of one state, or that it sold none."""

    producer: Prm
    issuer_id: UUID = Field(description="the member who sold, or whose it was")
    state: Literal["draft", "issued"] | None = Field(
        description="null where it sold nothing", examples=["issued"]
    )
    energy_wmin: int
    revenue_excl_vat_cents: int = Field(examples=[90])
    plant: PlantMonthOut | None = Field(
        description="what the point made in the month, in each of its rows; null where it was not"
        " the member's on every day"
    )

    @classmethod
    def of(cls, statement: Statement) -> Self:
        plant = statement.plant and PlantMonthOut.of(statement.plant)
        return cls.model_validate(vars(statement) | {"plant": plant})
