"""Runs the scenarios of given energy; their format: gifts/README.md."""

import json
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from services.billing.domain.drafts.drafting import MonthFacts, draft_period
from services.billing.domain.invoices.invoices import Invoice
from services.billing.domain.invoices.lines import kwh_text
from services.billing.domain.prices.sales import Sales, find_sales
from services.billing.domain.surplus.gift_statements import gifted_months
from tests.scenarios.month_files import id_of, month_facts

_FOLDER = Path(__file__).parent / "gifts"
_SCENARIOS = sorted(path.parent.name for path in _FOLDER.glob("*/when"))


def _months(name: str) -> list[MonthFacts]:
    months = json.loads((_FOLDER / name / "when/months.json").read_text())
    return [replace(month_facts(month), is_gift=month["is_gift"]) for month in months]


def _expected(name: str, file: str) -> Any:  # noqa: ANN401 - JSON
    return json.loads((_FOLDER / name / "then" / file).read_text())


@pytest.mark.parametrize("name", _SCENARIOS)
def test_only_what_is_sold_is_drafted(name: str) -> None:
    drafts = {str(facts.month): draft_period([facts]).drafts for facts in _months(name)}

    rows = {month: sorted(map(_told, of_month), key=_names) for month, of_month in drafts.items()}
    assert rows == _expected(name, "drafts.json")


@pytest.mark.parametrize("name", _SCENARIOS)
def test_what_is_given_is_stated_to_who_gave_and_who_received(name: str) -> None:
    months = {facts.month: _sales(facts) for facts in _months(name) if facts.is_gift}

    sums = {
        member_id: Counter(given=_sum(stated, "given"), received=_sum(stated, "received"))
        for member_id, stated in gifted_months(months).items()
    }

    expected = _expected(name, "statements.json")
    assert sums == {
        id_of(member): Counter(given=row["given_wmin"], received=row["received_wmin"])
        for member, row in expected.items()
    }


def _told(draft: Invoice) -> dict[str, object]:
    return {
        "issuer": draft.issuer.name,
        "customer": draft.customer.name,
        "energy_kwh": kwh_text(sum(line.energy_wmin for line in draft.lines)),
        "total_incl_vat_cents": draft.total_incl_vat_cents,
    }


def _names(row: dict[str, object]) -> tuple[str, str]:
    return str(row["issuer"]), str(row["customer"])


def _sales(facts: MonthFacts) -> Sales:
    assert facts.settlement is not None
    assert facts.perimeter is not None
    return find_sales(facts.settlement.pairs, facts.month.days, facts.perimeter.participations)


def _sum(months: Any, name: str) -> int:  # noqa: ANN401 - months of a statement
    return sum(getattr(month, f"{name}_wmin") for month in months)
