"""What a supplier's offer may say."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from services.billing.domain.both_bills.supplier_offers import SupplierOffer, SupplierOfferInvalid
from services.billing.domain.both_bills.tariff_hours import HourName
from services.billing.domain.both_bills.turpe import TariffFormula
from services.billing.domain.prices.price_list import HourSpan
from services.billing.schemas.both_bills.supplier_offers import OffPeakHours

NIGHT = (HourSpan(44, 12),)
TWO = {HourName.HP: Decimal("0.15"), HourName.HC: Decimal("0.11")}


def offer(**changes: Any) -> SupplierOffer:  # noqa: ANN401 - an offer's values
    said: dict[str, Any] = {
        "valid_from": date(2026, 2, 1),
        "subscription_eur_per_month": Decimal("11.80"),
        "energy_eur_per_kwh": {HourName.BASE: Decimal("0.13")},
        "subscribed_kva": 6,
        "tariff_formula": TariffFormula.CUST,
        "includes_turpe": True,
        "includes_cta": False,
    }
    return SupplierOffer(**said | changes)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"energy_eur_per_kwh": {}}, "energy_eur_per_kwh"),
        ({"energy_eur_per_kwh": {HourName.HP: Decimal("0.15")}}, "energy_eur_per_kwh"),
        ({"energy_eur_per_kwh": TWO}, "off_peak_hours"),
        ({"energy_eur_per_kwh": TWO, "off_peak_hours": NIGHT}, "off_peak_percent"),
        ({"tariff_formula": TariffFormula.MU4}, "off_peak_hours"),
        (
            {
                "tariff_formula": TariffFormula.MU4,
                "off_peak_hours": NIGHT,
                "includes_turpe": False,
            },
            "off_peak_percent",
        ),
        ({"off_peak_percent": Decimal(30)}, "off_peak_hours"),
        ({"off_peak_hours": (HourSpan(0, 24), HourSpan(24, 48))}, "off_peak_hours"),
        ({"subscribed_kva": 48}, "subscribed_kva"),
        ({"tariff_formula": TariffFormula.SUP_CU, "off_peak_hours": NIGHT}, "subscribed_kva"),
    ],
)
def test_an_offer_that_contradicts_itself_is_refused(changes: dict[str, Any], field: str) -> None:
    with pytest.raises(SupplierOfferInvalid) as refused:
        offer(**changes)

    assert refused.value.facts["field"] == field


def test_a_usual_offer_needs_no_word_on_when_the_point_consumes() -> None:
    usual = offer(tariff_formula=TariffFormula.CU4, off_peak_hours=NIGHT)

    assert usual.needs_hours
    assert not usual.needs_split


def test_off_peak_hours_may_go_over_midnight_or_end_with_the_day() -> None:
    over = OffPeakHours(start="22:30", end="06:00").to_hours()
    until_midnight = [OffPeakHours(start="12:00", end=end).to_hours() for end in ("24:00", "00:00")]

    assert over.covered == frozenset([45, 46, 47, *range(12)])
    assert until_midnight == [HourSpan(24, 48)] * 2
