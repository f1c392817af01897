"""The facts that the law requires of a seller: versions of a profile, each from a local day on."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import ClassVar

from libs.common.errors import Problem
from services.billing.domain.reference import RateTable, rate_on


class IssuerProfileInvalid(Problem):
    status, slug, title = 409, "issuer-profile-invalid", "The issuer's profile contradicts itself"
    example_detail = "There is no VAT to pay on debits under the franchise en base (CGI 293 B)."
    example_facts: ClassVar = {"field": "vat_on_debits"}


class VatRegime(StrEnum):
    """The VAT regime of an issuer's sales."""

    STANDARD = "standard"  # at the rate of CGI art. 278
    FRANCHISE = "franchise"  # franchise en base: no VAT, CGI art. 293 B


class InvoicedBy(StrEnum):
    """The maker of the issuer's documents."""

    ISSUER = "issuer"
    MANDATARY = "mandatary"


class CompanySize(StrEnum):
    """Size (décret 2008-1354, art. 3), which decides when e-invoices are due (LF 2024 art. 91)."""

    LARGE = "large"
    INTERMEDIATE = "intermediate"
    SMALL = "small"
    MICRO = "micro"


class VatReturns(StrEnum):
    """The frequency at which the seller declares VAT, and so reports its sales to households."""

    MONTHLY = "monthly"
    QUARTERLY = "quarterly"
    SIMPLIFIED = "simplified"


@dataclass(frozen=True)
class InvoicingMandate:
    """The prior written mandate to make invoices in the issuer's name (CGI art. 289, I-2)."""

    mandatary_name: str
    mandatary_siren: str
    signed_on: date
    document: str


@dataclass(frozen=True, kw_only=True)
class IssuerProfile:
    """A version from ``valid_from`` on, until the next one. Raises IssuerProfileInvalid.

    trade_address: if it differs from the member's address. vat_on_debits: the option to pay VAT
    when the price falls due, not when it is paid. payment_terms_days: from the issue date.
    company_size, vat_returns: None if not stated. sends_early: it sends e-invoices before it must.
    """

    valid_from: date
    legal_form: str | None
    share_capital_cents: int | None
    siret: str | None
    rcs: str | None
    trade_address: str | None
    vat_regime: VatRegime
    vat_on_debits: bool
    payment_terms_days: int
    means_of_payment: str
    complaints_contact: str
    invoiced_by: InvoicedBy
    mandate: InvoicingMandate | None
    company_size: CompanySize | None = None
    vat_returns: VatReturns | None = None
    sends_early: bool = False

    def __post_init__(self) -> None:
        if self.vat_on_debits and self.vat_regime is VatRegime.FRANCHISE:
            raise IssuerProfileInvalid(
                "There is no VAT to pay on debits under the franchise en base (CGI 293 B).",
                field="vat_on_debits",
            )
        if self.vat_returns and self.vat_regime is VatRegime.FRANCHISE:
            raise IssuerProfileInvalid(
                "There are no VAT returns under the franchise en base (CGI 293 B).",
                field="vat_returns",
            )
        if self.share_capital_cents is not None and self.legal_form is None:
            raise IssuerProfileInvalid(
                "A share capital goes with the legal form that has it (C. com. R123-238).",
                field="legal_form",
            )
        if self.mandate is not None and self.invoiced_by is InvoicedBy.ISSUER:
            raise IssuerProfileInvalid(
                "The issuer makes its own invoices: say mandatary, or leave the mandate out.",
                field="mandate",
            )

    def mandate_covers(self, day: date) -> bool:
        """Whether the documents may be made on this day: a mandate must be signed before them."""
        if self.invoiced_by is InvoicedBy.ISSUER:
            return True
        return self.mandate is not None and self.mandate.signed_on <= day

    def vat_rate_on(self, day: date) -> Decimal | None:
        """The rate of all its sales that fall due on a day; None if unknown."""
        rate = rate_on(day, RateTable.VAT, self.vat_regime)
        return rate.value if rate else None


def check_profile(profile: IssuerProfile, *, siren: str | None, today: date) -> None:
    """Refuse a profile that contradicts the member's SIREN (None if unknown) or the calendar.

    Raises IssuerProfileInvalid.
    """
    if siren and profile.siret and not profile.siret.startswith(siren):
        raise IssuerProfileInvalid(
            f"The SIRET is of another company than the member, whose SIREN is {siren}.",
            field="siret",
        )
    if profile.mandate and profile.mandate.signed_on > today:
        raise IssuerProfileInvalid(
            f"The mandate's date of signature, {profile.mandate.signed_on}, is after today.",
            field="mandate",
        )
