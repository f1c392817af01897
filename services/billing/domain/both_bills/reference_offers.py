"""Reference offers, for members who have not entered their own: the regulated tariff, by day."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any, ClassVar

from libs.common.errors import Problem
from services.billing.domain.both_bills.supplier_offers import (
    SMALL_POWER_KVA,
    W_PER_KVA,
    SupplierOffer,
)
from services.billing.domain.both_bills.tariff_hours import HourName
from services.billing.domain.both_bills.turpe import RowStatus, TariffFormula
from services.billing.domain.reference import read_rows

_USUAL_KVA = 6  # most households' power, assumed if unknown


class ReferenceOfferUnknown(Problem):
    status, slug, title = 404, "reference-offer-unknown", "There is no such reference offer"
    example_detail = "There is no reference offer trv-base-7 on 2026-11-01."
    example_facts: ClassVar = {"reference": "trv-base-7"}


@dataclass(frozen=True)
class ReferenceOffer:
    """An offer over local days ``[start, end)``, and the source of its values."""

    code: str
    name_fr: str
    name_en: str
    start: date
    end: date
    offer: SupplierOffer
    legal_reference: str
    source: str
    status: RowStatus

    def covers(self, day: date) -> bool:
        return self.start <= day < self.end


def reference_offers_on(day: date) -> Sequence[ReferenceOffer]:
    """The offers in order of power; none if no row covers the day."""
    return [reference for reference in _reference_offers() if reference.covers(day)]


def get_reference_offer(code: str, day: date) -> ReferenceOffer:
    """Raises ReferenceOfferUnknown."""
    for reference in reference_offers_on(day):
        if reference.code == code:
            return reference
    raise ReferenceOfferUnknown(f"There is no reference offer {code} on {day}.", reference=code)


def assumed_offer(
    day: date, *, is_household: bool, power_limit_w: int | None
) -> ReferenceOffer | None:
    """The offer with the point's power, else the next above, else the highest known.

    The point's option is unknown here: one price at all hours is assumed. None for points that
    cannot have the tariff: companies have another one, and above 36 kVA there is none.
    """
    power_kva = _USUAL_KVA if power_limit_w is None else -(-power_limit_w // W_PER_KVA)
    references = reference_offers_on(day)
    # C. énergie L337-7: above that power, nobody has the regulated tariff.
    if not is_household or power_kva > SMALL_POWER_KVA or not references:
        return None
    return next(
        (reference for reference in references if reference.offer.subscribed_kva >= power_kva),
        references[-1],
    )


@cache
def _reference_offers() -> Sequence[ReferenceOffer]:
    references = [_reference_offer(row) for row in read_rows("reference_offers")]
    return sorted(references, key=lambda reference: reference.offer.subscribed_kva)


def _reference_offer(row: Mapping[str, Any]) -> ReferenceOffer:
    start = date.fromisoformat(row["start"])
    return ReferenceOffer(
        code=row["code"],
        name_fr=row["name_fr"],
        name_en=row["name_en"],
        start=start,
        end=date.fromisoformat(row["end"]),
        offer=SupplierOffer(
            valid_from=start,
            subscription_eur_per_month=Decimal(row["subscription_eur_per_month"]),
            energy_eur_per_kwh={
                HourName(name): Decimal(price) for name, price in row["energy_eur_per_kwh"].items()
            },
            subscribed_kva=row["subscribed_kva"],
            tariff_formula=TariffFormula(row["tariff_formula"]),
            includes_turpe=True,
            includes_cta=row["includes_cta"],
        ),
        legal_reference=row["legal_reference"],
        source=row["source"],
        status=RowStatus(row["status"]),
    )
