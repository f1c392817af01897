"""The channel by which an issued document reaches the customer or the administration."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from services.billing.domain.invoices.invoices import Invoice, MemberKind
from services.billing.domain.reference.e_invoicing import fact_on
from services.billing.domain.taxes.issuers import CompanySize, IssuerProfile


class Channel(StrEnum):
    """The destination of documents."""

    B2B = "b2b"  # an approved platform (CGI art. 289 bis)
    B2G = "b2g"  # Chorus Pro (CCP art. L2192-1)
    B2C = "b2c"  # e-reporting: sums by day, no documents (CGI art. 290)


class Why(StrEnum):
    """The reason why a document is due on its channel, or is not."""

    DUE = "due"
    CHOSEN = "chosen"  # the seller sends before it must
    NOT_YET = "not-yet"
    SIZE_UNSTATED = "size-unstated"  # not yet, if the seller is as small as we assume
    UNREGISTERED = "unregistered"  # the seller or the buying company has no SIREN


@dataclass(frozen=True)
class Dispatch:
    """A document's channel. is_due: sent automatically; otherwise sent only on request."""

    channel: Channel
    why: Why

    @property
    def is_due(self) -> bool:
        return self.why in (Why.DUE, Why.CHOSEN)


_CHANNELS: Mapping[MemberKind, Channel] = {
    "company": Channel.B2B,
    "public_body": Channel.B2G,
    "household": Channel.B2C,
}


def channel_to(kind: MemberKind) -> Channel:
    """The channel to customers of this kind."""
    return _CHANNELS[kind]


def dispatch_of(document: Invoice) -> Dispatch:
    """The dispatch of an issued document, from its frozen content."""
    channel = channel_to(document.customer.kind)
    assert document.issue_date is not None
    needs_siren = [document.issuer]
    if channel is not Channel.B2C:
        needs_siren.append(document.customer)
    if not all(party.siren for party in needs_siren):
        return Dispatch(channel, Why.UNREGISTERED)
    return Dispatch(channel, why_due(channel, document.issuer_profile, document.issue_date))


def why_due(channel: Channel, profile: IssuerProfile | None, day: date) -> Why:
    """Return the reason why a seller must, or need not yet, use the channel on a day.

    A seller that has not stated its size counts as the smallest, so that nothing is sent to the
    state for a seller that may not have to. Public bodies have accepted only electronic invoices
    from sellers of all sizes since 2020.
    """
    size = profile.company_size if profile else None
    if fact_on(day, f"duty/{channel}/{size or CompanySize.MICRO}"):
        return Why.DUE
    if profile and profile.sends_early:
        return Why.CHOSEN
    return Why.NOT_YET if size else Why.SIZE_UNSTATED
