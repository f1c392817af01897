"""Bodies about the least sums of an operation, in euro cents."""

from typing import Annotated, Self

from pydantic import Field

from libs.common.http import BodyIn
from services.billing.domain.thresholds import Thresholds

_Cents = Annotated[int, Field(ge=0, le=100_000)]


class ThresholdsBody(BodyIn):
    """The least sums, VAT included; 0: none."""

    invoice_cents: _Cents = Field(
        description="to invoice a customer at once, by seller; less waits for the next run, but not"
        " beyond the seller's fiscal year, nor for a member who leaves the operation",
        examples=[300],
    )
    debit_cents: _Cents = Field(
        description="to debit from one mandate at once; less waits for a later collection",
        examples=[500],
    )
    remind_cents: _Cents = Field(
        description="to remind a customer of at once; less gets no reminder", examples=[500]
    )
    correct_cents: _Cents = Field(
        description="to correct of a customer's documents of a month, more or less; less waits for"
        " later revisions",
        examples=[100],
    )

    @classmethod
    def of(cls, thresholds: Thresholds) -> Self:
        return cls(**vars(thresholds))

    @property
    def thresholds(self) -> Thresholds:
        return Thresholds(**self.model_dump())
