"""Runs the scenarios of invoices; their format: invoices/README.md."""

import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

import pytest
from pydantic import TypeAdapter

from libs.common.calendar import Month
from libs.common.ids import Direction, OperationId, Prm
from services.billing.domain.accise import AcciseEntry
from services.billing.domain.documents import document_number
from services.billing.domain.drafting import MonthFacts, Perimeter, Settlement, draft_period
from services.billing.domain.invoices import (
    Invoice,
    Party,
    SettlementBlock,
)
from services.billing.domain.issue_blockers import issue_blockers
from services.billing.domain.issue_dates import check_issue_date
from services.billing.domain.issuers import IssuerProfile
from services.billing.domain.mentions import as_issued
from services.billing.domain.price_list import parse_price_list
from services.billing.domain.sales import Participation, SettledPair

_FOLDER = Path(__file__).parent / "invoices"
_PROFILE_DEFAULTS = {
    "valid_from": "2026-01-01",
    "share_capital_cents": None,
    "siret": None,
    "rcs": None,
    "trade_address": None,
    "vat_on_debits": False,
    "invoiced_by": "issuer",
    "mandate": None,
}


@pytest.mark.parametrize("name", sorted(one.parent.name for one in _FOLDER.glob("*/when")))
def test_scenario(name: str) -> None:
    said = json.loads((_FOLDER / name / "when/month.json").read_text())
    expected = json.loads((_FOLDER / name / "then/invoices.json").read_text())
    issue_date = date.fromisoformat(said["issue_date"])

    drafts = draft_period([_facts(said)]).drafts

    assert issue_blockers(drafts, issue_date) == []
    check_issue_date(issue_date, drafts, today=issue_date, last_issue_dates={})
    ordered = sorted(drafts, key=lambda one: one.customer.name)
    issued = [
        as_issued(one, number=document_number(one.kind, issue_date.year, i), issue_date=issue_date)
        for i, one in enumerate(ordered, start=1)
    ]
    assert [_told(one, like) for one, like in zip(issued, expected, strict=True)] == expected


def _facts(said: dict[str, Any]) -> MonthFacts:
    month = Month.parse(said["month"])
    return MonthFacts(
        operation_id=OperationId("ACC00000001"),
        month=month,
        settlement=Settlement(
            SettlementBlock(1, "provisional", ""), [_pair(one, month) for one in said["energies"]]
        ),
        perimeter=Perimeter("Trois Toits", [_participation(one) for one in said["participations"]]),
        members={_id(name): _party(name, one) for name, one in said["members"].items()},
        prices=parse_price_list(said["prices"]),
        issued=[],
        profiles={
            _id(name): TypeAdapter(IssuerProfile).validate_python(_PROFILE_DEFAULTS | one)
            for name, one in said["profiles"].items()
        },
        accise=TypeAdapter(list[AcciseEntry]).validate_python(said["accise"]),
    )


def _id(name: str) -> UUID:
    return uuid5(NAMESPACE_URL, name)


def _party(name: str, said: dict[str, Any]) -> Party:
    siren, vat_number = said.get("siren"), said.get("vat_number")
    return Party(_id(name), name, "1 rue du Four", siren, vat_number, said["kind"])


def _participation(said: dict[str, Any]) -> Participation:
    return Participation(
        prm=Prm(said["prm"]),
        direction=Direction(said["direction"]),
        member_id=_id(said["member"]),
        valid_from=date(2026, 1, 1),
        power_limit_w=said.get("power_limit_w"),
    )


def _pair(said: dict[str, Any], month: Month) -> SettledPair:
    first, after_last = date.fromisoformat(said["from"]), date.fromisoformat(said["to"])
    assert month.first_day <= first < after_last <= month.days[-1] + timedelta(days=1)
    energy_wmin = [said["energy_wmin"] * (first <= day < after_last) for day in month.days]
    return SettledPair(Prm(said["producer"]), Prm(said["consumer"]), energy_wmin)


def _told(invoice: Invoice, like: dict[str, Any]) -> dict[str, Any]:
    """Of the content as it is stored, the fields that the expected one has."""
    content = json.loads(invoice.canonical)
    content["customer"] = content["customer"]["name"]
    content["mentions"] = [one["text_fr"] for one in content["mentions"]]
    for name in ("lines", "taxes"):
        fields = next((one.keys() for one in like[name]), ())
        content[name] = [{field: one[field] for field in fields} for one in content[name]]
    return {field: content[field] for field in like}
