"""The terms of a supplier's bill of a point on a day: the offer, entered or assumed, and rates."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from libs.common.ids import Prm
from services.billing.domain.both_bills.bills_unavailable import unavailable
from services.billing.domain.both_bills.reference_offers import ReferenceOffer, assumed_offer
from services.billing.domain.both_bills.supplier_bills import LegalRates, legal_rates_on
from services.billing.domain.both_bills.supplier_offers import W_PER_KVA, SupplierOffer
from services.billing.domain.invoices.invoices import Party
from services.billing.domain.taxes.accise import AcciseCategory, AcciseEntry, category_of
from services.billing.domain.versions import in_force


class Payer(Protocol):
    """A point and the member who pays for it. offers: the member's. power_limit_w: if known."""

    @property
    def prm(self) -> Prm: ...
    @property
    def customer(self) -> Party: ...
    @property
    def offers(self) -> Sequence[SupplierOffer]: ...
    @property
    def accise(self) -> Sequence[AcciseEntry]: ...
    @property
    def power_limit_w(self) -> int | None: ...


@dataclass(frozen=True)
class SupplierTerms:
    """Terms without a missing rate. reference: the assumed offer, if the member entered none."""

    offer: SupplierOffer
    rates: LegalRates
    reference: ReferenceOffer | None


def terms_on(payer: Payer, day: date) -> SupplierTerms:
    """The terms of a point on a day. Raises BillsUnavailable: `offer-missing`, `rate-missing`."""
    offer, reference = _offer_on(payer, day)
    rates = legal_rates_on(day, offer, _category(payer, offer, day))
    if missing := rates.missing_for(offer):
        detail = f"No rate of {', '.join(missing)} is known for {day}."
        raise unavailable("rate-missing", detail)
    return SupplierTerms(offer, rates, reference)


def _offer_on(payer: Payer, day: date) -> tuple[SupplierOffer, ReferenceOffer | None]:
    """The member's offer, or else the assumed one."""
    if offer := in_force(payer.offers, day):
        return offer, None
    reference = assumed_offer(
        day, is_household=_is_household(payer), power_limit_w=payer.power_limit_w
    )
    if reference is None:
        detail = f"No supplier's offer of this point is in force on {day}: enter one."
        raise unavailable("offer-missing", detail)
    return reference.offer, reference


def _is_household(payer: Payer) -> bool:
    return payer.customer.kind == "household"


def _category(payer: Payer, offer: SupplierOffer, day: date) -> AcciseCategory:
    decided = in_force(payer.accise, day)
    if decided and (category := decided.categories.get(payer.prm)):
        return category
    category = category_of(
        is_household=_is_household(payer), power_w=offer.subscribed_kva * W_PER_KVA
    )
    assert category is not None
    return category
