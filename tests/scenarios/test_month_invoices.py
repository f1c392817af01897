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
from libs.common.ids import Direction, OperationId
from services.billing.domain.drafts.drafting import MonthFacts, Perimeter, Settlement, draft_period
from services.billing.domain.invoices.invoices import Invoice, Party, SettlementBlock
from services.billing.domain.prices.price_list import parse_price_list
from services.billing.domain.prices.sales import Participation, SettledPair

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
    for one in expected:
        _compare(one, drafts_by_names[one["customer"], one["issuer"]])
    _check_energy(month["shared"], drafts)


def _compare(expected: Mapping[str, Any], invoice: Invoice) -> None:
    lines = [json.loads(json.dumps(asdict(line), default=str)) for line in invoice.lines]
    told = [
        {name: line[name] for name in wanted}
        for line, wanted in zip(lines, expected["lines"], strict=True)
    ]
    assert told == expected["lines"]
    assert [asdict(one) for one in invoice.vat] == expected["vat"]
    assert invoice.total_excl_vat_cents == expected["total_excl_vat_cents"]
    assert invoice.total_vat_cents == expected["total_vat_cents"]
    assert invoice.total_incl_vat_cents == expected["total_incl_vat_cents"]


def _check_energy(shared: list[dict[str, Any]], drafts: Sequence[Invoice]) -> None:
    billed = sum(line.energy_wmin for draft in drafts for line in draft.lines)
    assert billed == sum(
        pair_of_points["wmin_per_day"] * len(_days(pair_of_points)) for pair_of_points in shared
    )


def _facts(told: Mapping[str, Any], tariff: object) -> MonthFacts:
    month = Month.parse(told["month"])
    return MonthFacts(
        operation_id=OperationId("ACC00000001"),
        month=month,
        settlement=Settlement(
            SettlementBlock(1, "provisional", "hash"),
            [_pair(pair_of_points, month) for pair_of_points in told["shared"]],
        ),
        perimeter=Perimeter("Trois Toits", [_participation(point) for point in told["points"]]),
        members={_id(point["member"]): _party(point["member"]) for point in told["points"]},
        prices=parse_price_list(tariff),
        issued=[],
    )


def _pair(one: Mapping[str, Any], month: Month) -> SettledPair:
    days = _days(one)
    energies = [one["wmin_per_day"] if day in days else 0 for day in month.days]
    return SettledPair(one["producer"], one["consumer"], energies)


def _days(one: Mapping[str, Any]) -> set[date]:
    first, last = (date.fromisoformat(one[name]) for name in ("first_day", "last_day"))
    return {date.fromordinal(day) for day in range(first.toordinal(), last.toordinal() + 1)}


def _participation(one: Mapping[str, Any]) -> Participation:
    until = one.get("valid_to")
    return Participation(
        prm=one["prm"],
        direction=Direction(one["direction"]),
        member_id=_id(one["member"]),
        valid_from=date.fromisoformat(one["valid_from"]),
        valid_to=date.fromisoformat(until) if until else None,
    )


def _party(name: str) -> Party:
    address = "1 rue du Four\n99110 Pousselac"
    return Party(_id(name), name, address, None, None, "household")


def _id(name: str) -> UUID:
    return uuid5(NAMESPACE_URL, name)


def _read(path: Path) -> Any:  # noqa: ANN401 - JSON
    return json.loads(path.read_text(encoding="utf-8"))
