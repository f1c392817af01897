"""Bodies of the routes about mandate requests; only the end of an account is shown."""

from datetime import datetime
from typing import Annotated, Self
from uuid import UUID

from pydantic import Field, StringConstraints

from libs.common.http import BodyIn, BodyOut
from libs.common.texts import ReasonField
from services.billing.domain.payments.bank_details import parse_iban
from services.billing.domain.payments.creditors import Creditor
from services.billing.domain.payments.mandate_requests import (
    SHOWN_END,
    MandateRequest,
    RequestState,
    write_mandate_text,
)
from services.billing.domain.wordings import Language
from services.billing.schemas.payments.payments import IbanText, NameText, RumText

_CREDITOR = "0f3a9f1e-6f57-5a3b-9d0e-2a4f7a0c9b11"
_TEXT = (
    "Mandat de prélèvement SEPA, pour des prélèvements récurrents. Créancier : Soleils SAS,"
    " identifiant créancier SEPA (ICS) FR72ZZZ123456. …"
)
_AgreedText = Annotated[str, StringConstraints(min_length=1, max_length=4000)]


class CollectorOut(BodyOut):
    """A member that may collect from the caller, and the mandate that it needs."""

    creditor_id: UUID = Field(description="the member that collects", examples=[_CREDITOR])
    name: str = Field(examples=["Soleils SAS"])
    ics: str = Field(description="SEPA creditor identifier", examples=["FR72ZZZ123456"])
    text: str = Field(description="of the mandate, in the requested language", examples=[_TEXT])

    @classmethod
    def of(cls, creditor: Creditor, language: Language) -> Self:
        assert creditor.ics is not None, "it cannot collect"
        return cls(
            creditor_id=creditor.member_id,
            name=creditor.name,
            ics=creditor.ics,
            text=write_mandate_text(creditor, language),
        )


class MandateRequestIn(BodyIn):
    """The account, and the text agreed to."""

    creditor_id: UUID = Field(description="from `GET /mandate-collectors`", examples=[_CREDITOR])
    holder: NameText = Field(description="of the account", examples=["Lucie Brindille"])
    iban: IbanText = Field(examples=["FR1420041010050500013M02606"])
    language: Language = Field(description="of the text", examples=["fr"])
    agreed_text: _AgreedText = Field(
        description="the mandate's text as shown; it is kept", examples=[_TEXT]
    )

    def request(self, request_id: UUID, debtor_id: UUID, *, asked_at: datetime) -> MandateRequest:
        """Raises IbanInvalid."""
        iban = parse_iban(self.iban)
        return MandateRequest(
            id=request_id,
            creditor_id=self.creditor_id,
            debtor_id=debtor_id,
            holder=self.holder,
            iban=iban,
            account_end=iban[-SHOWN_END:],
            language=self.language,
            agreed_text=self.agreed_text,
            asked_at=asked_at,
        )


class MandateRequestOut(BodyOut):
    id: UUID
    creditor_id: UUID = Field(description="the member that is to collect", examples=[_CREDITOR])
    debtor_id: UUID = Field(description="the member that pays")
    state: RequestState = Field(examples=["requested"])
    holder: str = Field(description="of the account", examples=["Lucie Brindille"])
    account_end: str = Field(description="the last characters of the IBAN", examples=["2606"])
    agreed_text: str = Field(examples=[_TEXT])
    asked_at: datetime = Field(
        description="when the debtor agreed to it", examples=["2026-11-05T09:00:12Z"]
    )
    declined_because: str | None = Field(examples=[None])
    mandate_id: UUID | None = Field(description="once confirmed", examples=[None])

    @classmethod
    def of(cls, request: MandateRequest) -> Self:
        return cls.model_validate({**vars(request), "state": request.state})


class ConfirmationIn(BodyIn):
    rum: RumText = Field(description="unique reference of the mandate", examples=["ELO-0001"])


class DeclineIn(BodyIn):
    reason: ReasonField = Field(
        description="shown to the member", examples=["Le compte n’est pas à votre nom."]
    )
