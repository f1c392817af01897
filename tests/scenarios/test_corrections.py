"""Runs the scenarios of corrections through the pure domain, as the service does.

After each settlement all drafts are issued; every document is compared with what was worked out by
hand. The format is told in corrections/README.md.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID, uuid5

import pytest

from libs.common.calendar import Month
from libs.common.ids import Direction, OperationId, Prm
from services.billing.domain.drafts.drafting import MonthFacts, Settlement, draft_period
from services.billing.domain.invoices.documents import (
    CorrectionPolicy,
    DocumentKind,
    document_number,
)
from services.billing.domain.invoices.invoices import Invoice, Party
from services.billing.domain.invoices.settled_months import SettlementBlock
from services.billing.domain.prices.price_list import parse_price_list
from services.billing.domain.prices.sales import Participation, Perimeter, SettledPair

_HERE = Path(__file__).parent / "corrections"
_SCENARIOS = sorted(path.name for path in _HERE.iterdir() if path.is_dir())
_PRODUCER = Prm("99220000000091")
_SELLER, _BUYER = (uuid5(UUID(int=0), name) for name in ("Soleils SAS", "Anna"))


@pytest.mark.parametrize("scenario", _SCENARIOS)
def test_corrections(scenario: str) -> None:
    given = json.loads((_HERE / scenario / "when" / "operation.json").read_text())
    expected = json.loads((_HERE / scenario / "then" / "documents.json").read_text())
    issued: list[Invoice] = []

    for settlement in given["settlements"]:
        facts = _facts(given, settlement, issued)
        issued += _issue(draft_period([facts]).drafts, issued)
        assert not draft_period([replace(facts, issued=issued)]).drafts

    assert [_told(invoice) for invoice in issued] == expected
    assert _billed_wmin(issued) == sum(
        sum(days.values()) for days in given["settlements"][-1]["energy_wmin"].values()
    )


def _facts(
    given: Mapping[str, Any], settlement: Mapping[str, Any], issued: Sequence[Invoice]
) -> MonthFacts:
    month = Month.parse(given["month"])
    pairs = [
        SettledPair(_PRODUCER, Prm(consumer), [days.get(day.isoformat(), 0) for day in month.days])
        for consumer, days in settlement["energy_wmin"].items()
    ]
    participations = [
        Participation(_PRODUCER, Direction.PRODUCTION, _SELLER, date(2026, 1, 1)),
        *(
            Participation(pair.consumer, Direction.CONSUMPTION, _BUYER, date(2026, 1, 1))
            for pair in pairs
        ),
    ]
    number = settlement["number"]
    return MonthFacts(
        operation_id=OperationId("ACC99000001"),
        month=month,
        settlement=Settlement(SettlementBlock(number, "provisional", f"hash {number}"), pairs),
        perimeter=Perimeter("Trois Toits", participations),
        members={
            _SELLER: Party(_SELLER, "Soleils SAS", "1 rue du Four", None, None, "company"),
            _BUYER: Party(_BUYER, "Anna", "2 rue du Four", None, None, "household"),
        },
        prices=parse_price_list({"entries": settlement["prices"]}),
        issued=issued,
        policy=CorrectionPolicy(given["policy"]),
    )


def _issue(drafts: Sequence[Invoice], before: Sequence[Invoice]) -> list[Invoice]:
    issued = []
    for kind in (DocumentKind.CREDIT_NOTE, DocumentKind.INVOICE):
        first = sum(document.kind == kind for document in before) + 1
        of_kind = [document for document in drafts if document.kind == kind]
        for number, draft in enumerate(of_kind, start=first):
            text = document_number(kind, 2026, number)
            issued.append(replace(draft, number=text, issue_date=date(2026, 11, 5)))
    return issued


def _told(document: Invoice) -> dict[str, object]:
    return {
        "number": document.number,
        "cause": document.cause,
        "refers_to": [reference.number for reference in document.refers_to],
        "lines": [
            f"{line.valid_from} {line.valid_to} {line.energy_kwh} kWh x {line.price_eur_per_kwh}"
            f" = {line.amount_cents}"
            for line in document.lines
        ],
        "vat": {vat.rate: [vat.base_cents, vat.vat_cents] for vat in document.vat},
        "total_incl_vat_cents": document.total_incl_vat_cents,
    }


def _billed_wmin(documents: Sequence[Invoice]) -> int:
    return sum(
        document.kind.sign * line.energy_wmin for document in documents for line in document.lines
    )
