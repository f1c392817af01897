"""Runs the scenarios of both bills; their format: both-bills/README.md."""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from libs.common.ids import Direction, OperationId, Prm
from services.billing.domain.both_bills.bill_remarks import remarks_on
from services.billing.domain.both_bills.both_bills import BothBills, compare_bills
from services.billing.domain.both_bills.consuming_points import HeldMonth
from services.billing.domain.both_bills.point_months import HalfHours, point_month
from services.billing.domain.both_bills.supplier_bills import SupplierBill
from services.billing.domain.drafts.drafting import MonthFacts
from services.billing.domain.invoices.totals import Totals
from services.billing.domain.prices.sales import SettledPoint
from services.billing.domain.rate_texts import rate_text
from services.billing.schemas.both_bills.supplier_offers import SupplierOfferIn
from tests.scenarios.month_files import id_of, month_facts
from tests.support.forms import filled

_FOLDER = Path(__file__).parent / "both-bills"


@pytest.mark.parametrize("name", sorted(path.parent.name for path in _FOLDER.glob("*/when")))
def test_scenario(name: str) -> None:
    when = _FOLDER / name / "when"
    expected = json.loads((_FOLDER / name / "then/bills.json").read_text())
    said = json.loads((when / "point.json").read_text())
    facts = month_facts(json.loads((when / "month.json").read_text()))

    bills = _bills(said, facts)

    assert _told(bills) == expected


def _bills(said: dict[str, Any], facts: MonthFacts) -> BothBills:
    prm, month = Prm(said["prm"]), facts.month
    assert facts.settlement is not None
    shared_wmin = sum(
        sum(pair.energy_wmin) for pair in facts.settlement.pairs if pair.consumer == prm
    )
    metered = SettledPoint(prm, Direction.CONSUMPTION, said["consumption_wmin"], shared_wmin)
    settled = replace(facts, settlement=replace(facts.settlement, points=[metered]))
    held = HeldMonth(OperationId("ACC00000001"), id_of(said["member"]), month, month.days)
    path = f"/billing/points/{prm}/supplier-offer"
    forms = [SupplierOfferIn.model_validate(filled(path, offer)) for offer in said["offers"]]
    offers = [form.to_offer() for form in forms]
    point = point_month([settled], prm=prm, held=held, offers=offers)
    if "half_hours" in said:
        point = replace(point, half_hours=_half_hours(said["half_hours"], month.days))
    return compare_bills(point)


def _half_hours(said: dict[str, int], days: list[date]) -> HalfHours:
    """The same on each day, by clock time."""
    of_day = {
        int(clock[:2]) * 2 + int(clock[3:]) // 30: energy_wmin
        for clock, energy_wmin in said.items()
    }
    return dict.fromkeys(days, of_day)


def _told(bills: BothBills) -> dict[str, Any]:
    option, local = bills.turpe_option, bills.local
    return {
        "without": _bill(bills.without),
        "supplier": _bill(bills.supplier),
        "local": {
            "energy": local.energy_cents,
            "fees": local.fees_cents,
            "accise": local.accise_cents,
            **_sums(local.totals),
        },
        "with_incl_vat": bills.with_incl_vat_cents,
        "saving_excl_vat": bills.saving_excl_vat_cents,
        "saving_incl_vat": bills.saving_incl_vat_cents,
        "management_difference": bills.management_difference_cents,
        "turpe_option": option
        and {
            "lines": [
                f"{line.tariff} {line.hour_class}: {line.amount_cents}" for line in option.lines
            ],
            "usual": option.usual_cents,
            "collective": option.collective_cents,
            "gain": option.gain_cents,
            "is_worth_it": option.is_worth_it,
        },
        "remarks": [remark.code for remark in remarks_on(bills)],
        "difference": remarks_on(bills)[0].text_en,
    }


def _bill(bill: SupplierBill) -> dict[str, Any]:
    return {
        "lines": [
            f"{' '.join(filter(None, (line.kind, line.hour_class)))}: {line.amount_cents}"
            for line in bill.lines
        ],
        **_sums(bill.totals),
    }


def _sums(totals: Totals) -> dict[str, Any]:
    return {
        "excl_vat": totals.excl_vat_cents,
        "vat": {rate_text(vat.rate): vat.vat_cents for vat in totals.vat},
        "incl_vat": totals.incl_vat_cents,
    }
