"""Bodies of the routes about how sellers are paid."""

from datetime import date, datetime
from typing import Annotated, Literal, Self
from uuid import UUID

from pydantic import Field, StringConstraints

from libs.common.http import BodyIn, BodyOut
from libs.common.texts import LineField
from services.billing.domain.payments.bank_details import (
    mask_iban,
    parse_bic,
    parse_iban,
    parse_ics,
)
from services.billing.domain.payments.creditor_changes import CreditorChange
from services.billing.domain.payments.creditors import Creditor, Edition
from services.billing.schemas.payments.payments import EXAMPLE_IBAN, BicText, IbanText, NameText

_IcsText = Annotated[str, StringConstraints(max_length=50)]


class CollectingConvention(BodyIn):
    """The written convention of a public body, after its accountant's opinion."""

    signed_on: date = Field(ge=date(2000, 1, 1), lt=date(2200, 1, 1), examples=["2026-06-30"])
    document: LineField = Field(
        description="where it is on file", examples=["Convention d’encaissement 2026-04"]
    )


class CreditorIn(BodyIn):
    """The account to which a member is paid."""

    name: NameText = Field(description="holder of the account", examples=["Soleils SAS"])
    iban: IbanText = Field(examples=[EXAMPLE_IBAN])
    bic: BicText | None = Field(examples=["PSSTFRPPXXX"])
    ics: _IcsText | None = Field(
        description="SEPA creditor identifier, for direct debits", examples=["FR72ZZZ123456"]
    )
    collected_by: UUID | None = Field(
        description="the member that collects in this one's place and pays it out; null: nobody",
        examples=[None],
    )
    edition: Literal[2009, 2019] = Field(
        description="2009: pain.008.001.02; 2019: pain.008.001.08", examples=[2019]
    )
    notice_days: int = Field(
        ge=1, le=60, description="days from notifying a debtor to collecting", examples=[14]
    )
    convention: CollectingConvention | None = Field(
        description="by which a public body lets `collected_by` collect its revenue"
        " (CGCT L1611-7-1); null for others",
        examples=[None],
    )

    def creditor(self, member_id: UUID) -> Creditor:
        """Raises IbanInvalid, BicInvalid, IcsInvalid."""
        return Creditor(
            member_id=member_id,
            name=self.name,
            iban=parse_iban(self.iban),
            bic=parse_bic(self.bic),
            ics=parse_ics(self.ics) if self.ics is not None else None,
            collected_by=self.collected_by,
            edition=Edition(self.edition),
            notice_days=self.notice_days,
            convention_signed_on=self.convention.signed_on if self.convention else None,
            convention_document=self.convention.document if self.convention else None,
        )


class CreditorChangeOut(BodyOut):
    id: UUID
    good_from: datetime = Field(
        description="earlier if another person confirms it",
        examples=["2026-12-03T09:30:00Z"],
    )


class CreditorOut(BodyOut):
    member_id: UUID
    name: str = Field(examples=["Soleils SAS"])
    iban: str = Field(description="masked for members", examples=[EXAMPLE_IBAN])
    bic: str | None = Field(examples=["PSSTFRPPXXX"])
    ics: str | None = Field(examples=["FR72ZZZ123456"])
    collected_by: UUID | None
    edition: int = Field(examples=[2019])
    notice_days: int = Field(examples=[14])
    convention: CollectingConvention | None = Field(
        description="of a public body for which another collects", examples=[None]
    )
    change: CreditorChangeOut | None = Field(
        None, description="pending: the former account is used until then; null: in use"
    )

    @classmethod
    def of(cls, creditor: Creditor, *, masked: bool) -> Self:
        iban = mask_iban(creditor.iban) if masked else creditor.iban
        return cls.model_validate(
            {**vars(creditor), "iban": iban, "convention": _convention_of(creditor)}
        )

    @classmethod
    def waiting(cls, change: CreditorChange, *, masked: bool) -> Self:
        change_out = CreditorChangeOut(id=change.id, good_from=change.good_from)
        return cls.of(change.creditor, masked=masked).model_copy(update={"change": change_out})


def _convention_of(creditor: Creditor) -> dict[str, object] | None:
    if creditor.convention_signed_on is None:
        return None
    return {
        "signed_on": creditor.convention_signed_on,
        "document": creditor.convention_document,
    }
