"""Runs the scenarios of whole months: from settled energies and participations to invoices."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

import pytest

from libs.common.calendar import Month
from libs.common.ids import Direction, OperationId, Prm
from services.billing.domain.drafts.drafting import MonthFacts, Settlement, draft_period
from services.billing.domain.invoices.invoices import Invoice, Party
from services.billing.domain.invoices.settled_months import SettlementBlock
from services.billing.domain.prices.class_energies import add_tariff_classes
from services.billing.domain.prices.half_hours import DetailedPair, add_by_class
from services.billing.domain.prices.meter_hours import MeterHours, MeterTimeline, timeline_of
from services.billing.domain.prices.price_list import HourSpan, PriceList, parse_price_list
from services.billing.domain.prices.price_list.hour_classes import names_by_tariff_class
from services.billing.domain.prices.pricing import HoursByPair
from services.billing.domain.prices.sales import Participation, Perimeter, SettledPair, SettledPoint

_MONTHS = Path(__file__).parent / "months"
_SCENARIOS = sorted(path.parents[1].name for path in _MONTHS.glob("*/when/month.json"))


@pytest.mark.parametrize("scenario", _SCENARIOS)
def test_month(scenario: str) -> None:
    when, then = _MONTHS / scenario / "when", _MONTHS / scenario / "then"
    month = _read(when / "month.json")

    drafts = draft_period([_facts(month, _read(when / "tariff.json"))]).drafts

    expected = _read(then / "invoices.json")
    drafts_by_names = {(draft.customer.name, draft.issuer.name): draft for draft in drafts}
    assert sorted(drafts_by_names) == sorted(
        (invoice["customer"], invoice["issuer"]) for invoice in expected
    )
    for invoice in expected:
        _compare(invoice, drafts_by_names[invoice["customer"], invoice["issuer"]])
    _check_energy(month["shared"], drafts)


def _compare(expected: Mapping[str, Any], invoice: Invoice) -> None:
    lines = [json.loads(json.dumps(asdict(line), default=str)) for line in invoice.lines]
    line_facts = [
        {name: line[name] for name in expected_line}
        for line, expected_line in zip(lines, expected["lines"], strict=True)
    ]
    assert line_facts == expected["lines"]
    assert [asdict(vat) for vat in invoice.vat] == expected["vat"]
    assert invoice.total_excl_vat_cents == expected["total_excl_vat_cents"]
    assert invoice.total_vat_cents == expected["total_vat_cents"]
    assert invoice.total_incl_vat_cents == expected["total_incl_vat_cents"]


def _check_energy(shared: list[dict[str, Any]], drafts: Sequence[Invoice]) -> None:
    billed = sum(line.energy_wmin for draft in drafts for line in draft.lines)
    assert billed == sum(
        pair_of_points["wmin_per_day"] * len(_days(pair_of_points)) for pair_of_points in shared
    )


def _facts(scenario: Mapping[str, Any], tariff: object) -> MonthFacts:
    month, prices = Month.parse(scenario["month"]), parse_price_list(tariff)
    pairs = [_pair(pair_of_points, month) for pair_of_points in scenario["shared"]]
    points = [_point(prm, classes) for prm, classes in scenario.get("classes_wmin", {}).items()]
    return MonthFacts(
        operation_id=OperationId("ACC00000001"),
        month=month,
        settlement=Settlement(SettlementBlock(1, "provisional", "hash"), pairs, points),
        perimeter=Perimeter("Trois Toits", [_participation(point) for point in scenario["points"]]),
        members={_id(point["member"]): _party(point["member"]) for point in scenario["points"]},
        prices=prices,
        issued=[],
        hours=_hours(scenario, pairs, points, prices),
    )


def _hours(
    scenario: Mapping[str, Any],
    pairs: Sequence[SettledPair],
    points: Sequence[SettledPoint],
    prices: PriceList,
) -> HoursByPair:
    days = Month.parse(scenario["month"]).days
    if "half_hours_wmin" not in scenario:
        return add_tariff_classes(pairs, points, days, names_by_tariff_class(prices.hour_classes))
    details = [
        DetailedPair(
            pair.producer,
            pair.consumer,
            [scenario["first_half_hour"]] * len(days),
            [scenario["half_hours_wmin"]] * len(days),
        )
        for pair in pairs
    ]
    return add_by_class(details, days, prices, _meters(scenario["off_peak_hours"]))


def _meters(off_peak_hours: Mapping[str, Mapping[str, Any]]) -> Mapping[Prm, MeterTimeline]:
    return {
        Prm(prm): timeline_of(
            [
                MeterHours(date.fromisoformat(day), tuple(HourSpan(*span) for span in spans))
                for day, spans in entries.items()
            ]
        )
        for prm, entries in off_peak_hours.items()
    }


def _point(prm: str, by_class_wmin: dict[str, int]) -> SettledPoint:
    shared_wmin = sum(by_class_wmin.values())
    return SettledPoint(
        Prm(prm),
        Direction.CONSUMPTION,
        shared_wmin,
        shared_wmin,
        shared_by_class_wmin=by_class_wmin,
    )


def _pair(pair: Mapping[str, Any], month: Month) -> SettledPair:
    days = _days(pair)
    energies = [pair["wmin_per_day"] if day in days else 0 for day in month.days]
    return SettledPair(pair["producer"], pair["consumer"], energies)


def _days(period: Mapping[str, Any]) -> set[date]:
    first, last = (date.fromisoformat(period[name]) for name in ("first_day", "last_day"))
    return {date.fromordinal(day) for day in range(first.toordinal(), last.toordinal() + 1)}


def _participation(point: Mapping[str, Any]) -> Participation:
    until = point.get("valid_to")
    return Participation(
        prm=point["prm"],
        direction=Direction(point["direction"]),
        member_id=_id(point["member"]),
        valid_from=date.fromisoformat(point["valid_from"]),
        valid_to=date.fromisoformat(until) if until else None,
    )


def _party(name: str) -> Party:
    address = "1 rue du Four\n99110 Pousselac"
    return Party(_id(name), name, address, None, None, "household")


def _id(name: str) -> UUID:
    return uuid5(NAMESPACE_URL, name)


def _read(path: Path) -> Any:  # noqa: ANN401 - JSON
    return json.loads(path.read_text(encoding="utf-8"))
