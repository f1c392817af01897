"""Bodies of the route about what is not billed at the end of a fiscal year. Amounts in cents."""

from collections.abc import Sequence
from datetime import date
from typing import Any, Self
from uuid import UUID

from pydantic import Field

from libs.common.http import BodyOut
from libs.common.ids import OperationId
from services.billing.domain.drafts.blockers import DraftsBlocked
from services.billing.domain.drafts.unbilled import UnbilledMonth, accruals_of


class UnbilledCustomerOut(BodyOut):
    """The sum that a customer will be invoiced; negative: will be credited."""

    customer_id: UUID
    customer_name: str = Field(examples=["Lucie Brindille"])
    excl_vat_cents: int = Field(examples=[310])
    vat_cents: int = Field(examples=[62])
    incl_vat_cents: int = Field(examples=[372])


class UnbilledMonthOut(BodyOut):
    """A month of an operation, or a quarter billed as one."""

    operation_id: OperationId = Field(examples=["ACC00000101"])
    months: list[str] = Field(examples=[["2026-12"]])
    customers: list[UnbilledCustomerOut]
    blockers: list[dict[str, Any]] = Field(
        description="why it cannot be drafted, so that its sums are not known",
        examples=[DraftsBlocked.example_facts["blockers"]],
    )

    @classmethod
    def of(cls, month: UnbilledMonth) -> Self:
        return cls(
            operation_id=month.operation_id,
            months=[str(month_of_period) for month_of_period in month.months],
            customers=[
                UnbilledCustomerOut(
                    customer_id=unbilled.customer.party_id,
                    customer_name=unbilled.customer.name,
                    excl_vat_cents=unbilled.excl_vat_cents,
                    vat_cents=unbilled.vat_cents,
                    incl_vat_cents=unbilled.incl_vat_cents,
                )
                for unbilled in month.customers
            ],
            blockers=month.blocked.facts["blockers"] if month.blocked else [],
        )


class UnbilledYearOut(BodyOut):
    """The energy of a fiscal year that is not billed, as far as its months are over."""

    fiscal_year: int = Field(examples=[2026])
    last_day: date = Field(examples=["2026-12-31"])
    to_invoice_cents: int = Field(
        description="VAT included, of customers who owe more in all: accounts 4181 and 44587",
        examples=[372],
    )
    to_credit_cents: int = Field(
        description="VAT included, of customers who owe less in all: accounts 4198 and 44587",
        examples=[0],
    )
    months: list[UnbilledMonthOut]

    @classmethod
    def of(cls, fiscal_year: int, last_day: date, months: Sequence[UnbilledMonth]) -> Self:
        sums = [accrual.incl_vat_cents for accrual in accruals_of(months)]
        return cls(
            fiscal_year=fiscal_year,
            last_day=last_day,
            to_invoice_cents=sum(cents for cents in sums if cents > 0),
            to_credit_cents=-sum(cents for cents in sums if cents < 0),
            months=[UnbilledMonthOut.of(month) for month in months],
        )
