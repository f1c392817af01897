"""Bodies of the routes about mandates."""

from collections.abc import Iterable
from datetime import date
from typing import Annotated, Self
from uuid import UUID

from pydantic import Field, StringConstraints

from libs.common.http import BodyIn, BodyOut
from libs.common.texts import AS_SEEN, RawLineField
from services.billing.domain.payments.bank_details import (
    mask_iban,
    parse_bic,
    parse_iban,
)
from services.billing.domain.payments.mandates import Mandate

IbanText = Annotated[str, StringConstraints(max_length=50)]
BicText = Annotated[str, StringConstraints(max_length=11)]
NameText = Annotated[RawLineField, StringConstraints(max_length=70), AS_SEEN]
# EPC217-08: the characters of a mandate's reference.
RumText = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9+?/\-:().,']{1,35}$")]
EXAMPLE_IBAN = "FR1420041010050500013M02606"
_MASKED = "FR14••••••••••••••••••••606"


class MandateIn(BodyIn):
    """A mandate as signed by the debtor."""

    debtor_id: UUID = Field(
        description="the member that pays", examples=["5b6df807-d41e-5251-a808-b67bac9773b2"]
    )
    rum: RumText = Field(description="unique reference of the mandate", examples=["ELO-0001"])
    signed_on: date = Field(ge=date(2009, 11, 1), lt=date(2200, 1, 1), examples=["2026-09-15"])
    holder: NameText = Field(description="of the account", examples=["Lucie Brindille"])
    iban: IbanText = Field(examples=[EXAMPLE_IBAN])
    bic: BicText | None = Field(None, examples=[None])

    def mandate(self, creditor_id: UUID, mandate_id: UUID) -> Mandate:
        """Raises IbanInvalid, BicInvalid."""
        return Mandate(
            id=mandate_id,
            creditor_id=creditor_id,
            debtor_id=self.debtor_id,
            rum=self.rum,
            signed_on=self.signed_on,
            holder=self.holder,
            iban=parse_iban(self.iban),
            bic=parse_bic(self.bic),
        )


class MandateOut(BodyOut):
    id: UUID
    creditor_id: UUID = Field(description="the member that collects")
    debtor_id: UUID = Field(description="the member that pays")
    rum: str = Field(examples=["ELO-0001"])
    signed_on: date = Field(examples=["2026-09-15"])
    holder: str = Field(examples=["Lucie Brindille"])
    iban: str | None = Field(
        description="masked for members; null from 14 months after revocation and last use",
        examples=[_MASKED],
    )
    bic: str | None = Field(examples=["PSSTFRPPXXX"])
    revoked_on: date | None = Field(examples=[None])
    blocked_by: str | None = Field(
        description="why a bank returned a collection, if a retry is useless: record a new mandate"
        " then",
        examples=[None],
    )

    @classmethod
    def of(cls, mandate: Mandate, *, masked: bool) -> Self:
        iban = mask_iban(mandate.iban) if masked and mandate.iban else mandate.iban
        return cls.model_validate({**vars(mandate), "iban": iban})

    @classmethod
    def all_of(cls, mandates: Iterable[Mandate], *, masked: bool) -> list[Self]:
        return [cls.of(mandate, masked=masked) for mandate in mandates]
