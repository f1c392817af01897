"""The seller and the buyer, as documents name them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from services.billing.documents.xml_texts import xml_text
from services.billing.domain.invoices.invoices import Party
from services.billing.domain.invoices.routing import Routing
from services.billing.domain.taxes.issuers import IssuerProfile

_TOWN = re.compile(r"(?P<postcode>[0-9]{5})\s+(?P<city>.+)")
_SIREN_DIGITS = 9


@dataclass(frozen=True, kw_only=True)
class PlaceFacts:
    """An address: its lines without the town, and the town."""

    address: Sequence[str]
    postcode: str | None
    city: str | None


@dataclass(frozen=True, kw_only=True)
class PartyFacts(PlaceFacts):
    """A party. ``legal_notice``: legal form, capital and register in one text.

    ``id``: identifies it if it has no SIREN.
    """

    id: str
    name: str
    siren: str | None
    siret: str | None
    vat_number: str | None
    legal_notice: str | None
    service_code: str | None = None
    commitment_number: str | None = None


def read_party(party: Party, profile: IssuerProfile | None = None) -> PartyFacts:
    routing = party.routing or Routing()
    siret = profile.siret if profile else routing.siret
    place = _read_place((profile and profile.trade_address) or party.address)
    return PartyFacts(
        id=str(party.member_id),
        name=xml_text(party.name),
        address=place.address,
        postcode=place.postcode,
        city=place.city,
        siren=party.siren or (siret[:_SIREN_DIGITS] if siret else None),
        siret=siret,
        vat_number=party.vat_number,
        legal_notice=_legal_notice(profile) if profile else None,
        service_code=xml_text(routing.service_code or "") or None,
        commitment_number=xml_text(routing.commitment_number or "") or None,
    )


def read_delivery(customer: Party) -> PlaceFacts | None:
    """The place of delivery, None if at the customer's address."""
    elsewhere = customer.delivery_address
    return _read_place(elsewhere) if elsewhere and elsewhere != customer.address else None


def _read_place(text: str) -> PlaceFacts:
    lines = [line.strip() for line in xml_text(text).splitlines() if line.strip()]
    towns = [match for match in map(_TOWN.fullmatch, lines) if match]
    town = towns[-1] if towns else None
    return PlaceFacts(
        address=[line for line in lines if not town or line != town.string],
        postcode=town["postcode"] if town else None,
        city=town["city"] if town else None,
    )


def _legal_notice(profile: IssuerProfile) -> str | None:
    form = profile.legal_form
    if form and profile.share_capital_cents is not None:
        euros = f"{Decimal(profile.share_capital_cents).scaleb(-2):,.2f}".removesuffix(".00")
        form += f" au capital de {euros.replace(',', ' ').replace('.', ',')} €"
    parts = [fact for fact in (form, profile.rcs) if fact]
    return xml_text(", ".join(parts)) or None
