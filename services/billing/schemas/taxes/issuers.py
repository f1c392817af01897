"""Bodies of the routes about issuers. Money is in euro cents."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date, datetime
from typing import Annotated, Any, Self
from uuid import UUID

from pydantic import ConfigDict, Field, StringConstraints

from libs.common.company_numbers import SirenField, SiretField
from libs.common.edge.days import DayField
from libs.common.http import BodyIn, BodyOut
from libs.common.ids import Prm
from libs.common.texts import AS_SEEN, LineField, LinesField, RawLineField
from services.billing.domain.taxes.issuers import (
    CompanySize,
    InvoicedBy,
    InvoicingMandate,
    IssuerProfile,
    VatRegime,
    VatReturns,
)
from services.billing.domain.versions import in_force
from services.billing.store.taxes.parties import read_profile
from services.billing.tables import IssuerProfileRow

_LegalForm = Annotated[RawLineField, StringConstraints(max_length=100), AS_SEEN]

_MANDATE = {
    "mandatary_name": "Les Volts d’Aurelle, SCIC",
    "mandatary_siren": "991000019",
    "signed_on": "2025-12-15",
    "document": "Mandat de facturation M-2025-03, classeur 2",
}
_PROFILE: dict[str, Any] = {
    "valid_from": "2026-01-01",
    "legal_form": "SAS coopérative à capital variable",
    "share_capital_cents": 1_500_000,
    "siret": "99200002600003",
    "rcs": "RCS Aurelle 992 000 026",
    "trade_address": None,
    "vat_regime": "standard",
    "vat_on_debits": False,
    "payment_terms_days": 30,
    "means_of_payment": "prélèvement SEPA ou virement",
    "complaints_contact": "soleils-aurelle@example.org",
    "invoiced_by": "mandatary",
    "mandate": _MANDATE,
    "company_size": "small",
    "vat_returns": "quarterly",
    "sends_early": False,
}


class InvoicingMandateIn(BodyIn):
    """The prior written mandate to make the issuer's documents (CGI art. 289, I-2)."""

    mandatary_name: LineField
    mandatary_siren: SirenField
    signed_on: date = Field(description="before the first document made under it")
    document: LineField = Field(description="where it is on file")


class IssuerProfileIn(BodyIn):
    """A version of the profile, from a local day on, until the next one."""

    model_config = ConfigDict(json_schema_extra={"examples": [_PROFILE]})

    valid_from: DayField
    legal_form: _LegalForm | None = Field(description="required for companies")
    share_capital_cents: int | None = Field(gt=0, lt=10**15)
    siret: SiretField | None
    rcs: LineField | None = Field(description="trade register and its town")
    trade_address: LinesField | None = Field(description="if it differs from the member's")
    vat_regime: VatRegime = Field(description="`franchise`: CGI art. 293 B")
    vat_on_debits: bool
    payment_terms_days: int = Field(
        ge=0, le=60, description="from the issue date; 60 at most (C. com. art. L441-10, I)"
    )
    means_of_payment: LineField
    complaints_contact: LineField
    invoiced_by: InvoicedBy
    mandate: InvoicingMandateIn | None
    company_size: CompanySize | None = Field(
        description="decides when it must send e-invoices; null counts as `micro`"
    )
    vat_returns: VatReturns | None = Field(
        description="decides how often it reports sales to households; null: every month"
    )
    sends_early: bool = Field(description="e-invoices before it must")

    def to_profile(self) -> IssuerProfile:
        """Raises IssuerProfileInvalid."""
        values = dict(self) | {
            "mandate": InvoicingMandate(**dict(self.mandate)) if self.mandate else None
        }
        return IssuerProfile(**values)


class InvoicingMandateOut(BodyOut):
    mandatary_name: str = Field(examples=[_MANDATE["mandatary_name"]])
    mandatary_siren: str = Field(examples=[_MANDATE["mandatary_siren"]])
    signed_on: date = Field(examples=[_MANDATE["signed_on"]])
    document: str = Field(examples=[_MANDATE["document"]])


class IssuerProfileOut(BodyOut):
    valid_from: date
    legal_form: str | None = Field(examples=[_PROFILE["legal_form"]])
    share_capital_cents: int | None = Field(examples=[_PROFILE["share_capital_cents"]])
    siret: str | None = Field(examples=[_PROFILE["siret"]])
    rcs: str | None = Field(examples=[_PROFILE["rcs"]])
    trade_address: str | None = Field(examples=[None])
    vat_regime: VatRegime
    vat_on_debits: bool = Field(examples=[False])
    payment_terms_days: int = Field(examples=[30])
    means_of_payment: str = Field(examples=[_PROFILE["means_of_payment"]])
    complaints_contact: str = Field(examples=[_PROFILE["complaints_contact"]])
    invoiced_by: InvoicedBy
    mandate: InvoicingMandateOut | None
    company_size: CompanySize | None = None
    vat_returns: VatReturns | None = None
    sends_early: bool = Field(False, examples=[False])


class ProfileVersionOut(IssuerProfileOut):
    number: int
    recorded_at: datetime


class IssuerProfilesOut(BodyOut):
    """All versions, in the order in which they were recorded; none is ever changed.

    Of two versions with the same `valid_from`, the later applies.
    """

    member_id: UUID
    in_force: int | None = Field(description="number of today's version", examples=[1])
    versions: list[ProfileVersionOut]

    @classmethod
    def of(cls, member_id: UUID, rows: Sequence[IssuerProfileRow], today: date) -> Self:
        profiles = [read_profile(row) for row in rows]
        current = in_force(profiles, today)
        numbers = [
            row.number for row, profile in zip(rows, profiles, strict=True) if profile is current
        ]
        return cls(
            member_id=member_id,
            in_force=next(iter(numbers), None),
            versions=[
                ProfileVersionOut.model_validate(
                    asdict(profile) | {"number": row.number, "recorded_at": row.recorded_at}
                )
                for row, profile in zip(rows, profiles, strict=True)
            ],
        )


class SellerOut(BodyOut):
    """A member whose points produce, or produced, in an operation."""

    member_id: UUID = Field(description="the `issuer_id` of its invoices, books and payments")
    name: str = Field(examples=["Soleils d’Aurelle"])
    points: list[Prm] = Field(description="that produce in the operation today", examples=[[]])
    has_profile: bool = Field(
        description="whether a profile is in force today, without which it issues no invoice",
        examples=[True],
    )
