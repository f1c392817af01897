"""Bodies of the routes about payouts. Amounts in cents."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Self
from uuid import UUID

from pydantic import Field

from libs.common.http import BodyIn, BodyOut
from services.billing.domain.payments.payouts.payouts import NotPaidOut, PayeeAccount, PayoutPlan
from services.billing.domain.payments.payouts.reserves import PayoutReserve
from services.billing.schemas.invoices.mailings import MailingRecipientOut
from services.billing.tables import MailingRow, PayoutItemRow, PayoutRow

_EIGHT_WEEKS = 56


class PayoutReserveIn(BodyIn):
    """The part of direct debits that is kept, as they may come back."""

    share_percent: int = Field(ge=0, le=100, description="of their sum; 0: nothing", examples=[5])
    days: int = Field(
        ge=0,
        le=_EIGHT_WEEKS,
        description="of those that came in as many days, today included",
        examples=[56],
    )

    @property
    def reserve(self) -> PayoutReserve:
        return PayoutReserve(self.share_percent, self.days)


class PayoutReserveOut(BodyOut):
    share_percent: int = Field(examples=[5])
    days: int = Field(examples=[56])


class PayoutIn(BodyIn):
    day: date = Field(
        lt=date(2200, 1, 1), description="a banking day, today or later", examples=["2026-11-26"]
    )


class PayoutItemOut(BodyOut):
    id: UUID = Field(description="without hyphens, the end-to-end id in the file")
    payee_id: UUID
    amount_cents: int = Field(examples=[108])
    executed_on: date | None = Field(examples=["2026-11-26"])
    returned_on: date | None = Field(examples=[None])
    cancelled_on: date | None = Field(
        description="with the payout, or because the bank rejected it", examples=[None]
    )
    return_reason: str | None = Field(
        description="the bank's code, such as AC04, of a return or a rejection", examples=[None]
    )


class PayoutOut(BodyOut):
    """Transfers of one day to the members for which the creditor collects."""

    id: UUID
    creditor_id: UUID = Field(description="the member that pays out")
    day: date = Field(examples=["2026-11-26"])
    created_at: datetime
    transaction_count: int = Field(examples=[1])
    total_cents: int = Field(examples=[108])
    content_hash: str = Field(description="SHA-256 of the file")
    cancelled_on: date | None = Field(examples=[None])


class NotPaidOutOut(BodyOut):
    """A payee to whom something is owed, and who gets nothing."""

    payee_id: UUID
    name: str = Field(examples=["Soleils SAS"])
    owed_cents: int = Field(examples=[37200])
    reason: NotPaidOut
    blocked_by: str | None = Field(
        description="the bank's code of the transfer that came back", examples=["AC04"]
    )

    @classmethod
    def all_of(cls, plan: PayoutPlan) -> list[Self]:
        return [
            cls(
                payee_id=account.payee_id,
                name=account.name,
                owed_cents=account.owed_cents,
                reason=account.why_not,
                blocked_by=account.blocked_by,
            )
            for account in plan.skipped
            if account.why_not is not None
        ]


class MadePayoutOut(PayoutOut):
    skipped: list[NotPaidOutOut] = Field(
        description="owed something, but left out; empty if the payout existed already"
    )

    @classmethod
    def of(cls, row: PayoutRow, plan: PayoutPlan | None) -> Self:
        skipped = NotPaidOutOut.all_of(plan) if plan else []
        return cls(**PayoutOut.model_validate(row).model_dump(), skipped=skipped)


class PayoutLetterOut(BodyOut):
    """The e-mail to the payee about a transfer, by its addresses."""

    asked_at: datetime | None = Field(
        description="null: its statement is being made", examples=["2026-11-27T09:00:12Z"]
    )
    recipients: list[MailingRecipientOut] = Field(
        description="empty: community has no status yet; one that `failed` or `bounced` is lost"
    )


class TransferOut(PayoutItemOut):
    letter: PayoutLetterOut | None = Field(
        description="null: no e-mail was sent, by the payer's mail policy", examples=[None]
    )

    @classmethod
    def of(cls, row: PayoutItemRow, letter: MailingRow | None) -> Self:
        return cls(
            **PayoutItemOut.model_validate(row).model_dump(),
            letter=PayoutLetterOut.model_validate(letter) if letter else None,
        )


class PayoutDetailOut(PayoutOut):
    items: list[TransferOut]

    @classmethod
    def of(
        cls,
        row: PayoutRow,
        items: Iterable[PayoutItemRow],
        letters: Mapping[UUID, MailingRow],
    ) -> Self:
        transfers = [TransferOut.of(item, letters.get(item.id)) for item in items]
        return cls(**PayoutOut.model_validate(row).model_dump(), items=transfers)


class PayeeAccountOut(BodyOut):
    """The sum that a payout would pay a payee, and the sums it would keep.

    The debt is the rest of the payout before, with the money received since. The payment is the
    debt less credits, the reserve and sums that cannot be paid.
    """

    payee_id: UUID
    name: str = Field(examples=["Soleils SAS"])
    since: date = Field(description="the first day of the new movements", examples=["2026-10-27"])
    before_cents: int = Field(description="left by the payout before", examples=[0])
    collected_cents: int = Field(examples=[39600])
    returned_cents: int = Field(description="direct debits that came back", examples=[2000])
    refunded_cents: int = Field(description="paid back to customers", examples=[0])
    earlier_transfers_cents: int = Field(
        description="earlier transfers that came back, or were not made", examples=[0]
    )
    owed_cents: int = Field(description="negative: the payee owes it", examples=[37600])
    credits_cents: int = Field(description="kept: owed to the payee's customers", examples=[1000])
    reserve_cents: int = Field(description="kept: debits may come back", examples=[1830])
    payable_cents: int = Field(description="what would be paid", examples=[34770])
    not_paid: NotPaidOut | None = Field(description="why nothing would be", examples=[None])
    blocked_by: str | None = Field(
        description="the bank's code of a transfer to the account in use that came back",
        examples=[None],
    )

    @classmethod
    def of(cls, account: PayeeAccount) -> Self:
        return cls(
            payee_id=account.payee_id,
            name=account.name,
            since=account.since,
            before_cents=account.before_cents,
            collected_cents=account.collected_cents,
            returned_cents=account.returned_cents,
            refunded_cents=account.refunded_cents,
            earlier_transfers_cents=account.earlier_transfers_cents,
            owed_cents=account.owed_cents,
            credits_cents=account.credits_cents,
            reserve_cents=account.reserve_cents,
            payable_cents=account.payable_cents,
            not_paid=account.why_not,
            blocked_by=account.blocked_by,
        )


class PayoutPreviewOut(BodyOut):
    """The transfers that a payout would make as of now."""

    total_cents: int = Field(examples=[34770])
    payees: list[PayeeAccountOut]

    @classmethod
    def of(cls, accounts: Sequence[PayeeAccount]) -> Self:
        return cls(
            total_cents=sum(account.payable_cents for account in accounts),
            payees=[PayeeAccountOut.of(account) for account in accounts],
        )
