"""Bodies of the routes about statements of payouts. Amounts in cents."""

from datetime import date
from typing import Self
from uuid import UUID

from pydantic import Field

from libs.common.http import BodyOut
from services.billing.domain.books.payout_statements import PayoutStatement
from services.billing.domain.payments.payouts.movements import PayoutMovementKind
from services.billing.domain.payments.payouts.payouts import payout_number
from services.billing.tables import PayoutItemRow, PayoutRow


class PayoutMovementOut(BodyOut):
    """Money of a customer, or money that went back to them, for one invoice."""

    day: date = Field(examples=["2026-11-23"])
    kind: PayoutMovementKind
    invoice_id: UUID
    number: str = Field(examples=["F2026-00001"])
    customer_name: str = Field(description="as on the invoice", examples=["Lucie Brindille"])
    amount_cents: int = Field(description="negative: it went back", examples=[108])


class ReceivedPayoutOut(BodyOut):
    """A transfer of a payout, as its payee finds it on the bank statement."""

    id: UUID
    number: str = Field(
        description="in the transfer's text and in both books", examples=["3FA85F64"]
    )
    payout_id: UUID
    creditor_id: UUID = Field(description="the member that pays out")
    payee_id: UUID
    day: date = Field(description="of the transfer", examples=["2026-11-26"])
    since: date = Field(description="first day of its movements", examples=["2026-10-27"])
    until: date = Field(description="last day of its movements", examples=["2026-11-26"])
    amount_cents: int = Field(examples=[34770])
    executed_on: date | None = Field(examples=["2026-11-26"])
    returned_on: date | None = Field(examples=[None])
    cancelled_on: date | None = Field(examples=[None])
    return_reason: str | None = Field(description="the bank's code", examples=[None])

    @classmethod
    def listed(cls, item: PayoutItemRow, payout: PayoutRow) -> Self:
        return cls(
            id=item.id,
            number=payout_number(item.id),
            payout_id=payout.id,
            creditor_id=payout.creditor_id,
            payee_id=item.payee_id,
            day=payout.day,
            since=item.since,
            until=item.until,
            amount_cents=item.amount_cents,
            executed_on=item.executed_on,
            returned_on=item.returned_on,
            cancelled_on=item.cancelled_on,
            return_reason=item.return_reason,
        )


class PayoutStatementOut(ReceivedPayoutOut):
    """The money received, returned, kept and paid out, by invoice.

    Before, collected and earlier transfers, less returned and refunded, are owed; less credits and
    reserve they are the amount.
    """

    creditor_name: str = Field(examples=["Les Voisins"])
    payee_name: str = Field(examples=["Soleils SAS"])
    before_cents: int = Field(description="kept by the payout before", examples=[0])
    collected_cents: int = Field(examples=[39600])
    returned_cents: int = Field(description="direct debits that came back", examples=[2000])
    refunded_cents: int = Field(description="paid back to customers", examples=[0])
    earlier_transfers_cents: int = Field(
        description="earlier transfers that came back, or were not made", examples=[0]
    )
    owed_cents: int = Field(examples=[37600])
    credits_cents: int = Field(description="kept: owed to the payee's customers", examples=[1000])
    reserve_cents: int = Field(description="kept: debits may come back", examples=[1830])
    movements: list[PayoutMovementOut]

    @classmethod
    def of(cls, payout_id: UUID, statement: PayoutStatement) -> Self:
        shared = (name for name in cls.model_fields if hasattr(statement, name))
        fields = {name: getattr(statement, name) for name in shared if name != "movements"}
        return cls(
            **fields,
            id=statement.item_id,
            payout_id=payout_id,
            payee_id=statement.payee.member_id,
            payee_name=statement.payee.name,
            movements=[
                PayoutMovementOut.model_validate(movement) for movement in statement.movements
            ],
        )
