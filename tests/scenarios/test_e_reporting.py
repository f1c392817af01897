"""Runs the scenarios of e-reporting; their format: e-reporting/README.md."""

import json
from dataclasses import asdict, replace
from datetime import date
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

import pytest

from libs.common.ids import OperationId
from services.billing.domain.documents import DocumentKind
from services.billing.domain.e_reporting import report_days
from services.billing.domain.invoices import (
    Invoice,
    OperationBlock,
    Party,
    SettledMonth,
    SettlementBlock,
    VatLine,
    draft_invoice,
)
from services.billing.domain.report_periods import ReportPeriod

_FOLDER = Path(__file__).parent / "e-reporting"


@pytest.mark.parametrize("name", sorted(one.parent.name for one in _FOLDER.glob("*/when")))
def test_scenario(name: str) -> None:
    said = json.loads((_FOLDER / name / "when/documents.json").read_text())
    expected = json.loads((_FOLDER / name / "then/days.json").read_text())
    period = ReportPeriod.parse(said["period"])
    issued = [_document(one) for one in said["documents"]]

    days = report_days(
        one for one in issued if one.issue_date and period.first_day <= one.issue_date < period.end
    )

    assert [asdict(one) | {"day": one.day.isoformat()} for one in days] == expected


def _document(said: dict[str, Any]) -> Invoice:
    draft = draft_invoice(
        operation=OperationBlock(OperationId("ACC00000101"), "Pousse-Soleil"),
        months=[SettledMonth("2027-08", SettlementBlock(1, "provisional", "hash"))],
        issuer=Party(UUID(int=1), "Soleils SAS", "1 rue du Four", "992000026", None, "company"),
        customer=Party(UUID(int=2), "Anna", "2 rue du Four", None, None, said["customer"]),
        priced=[],
    )
    return replace(
        draft,
        id=uuid5(NAMESPACE_URL, said["number"]),
        number=said["number"],
        issue_date=date.fromisoformat(said["issue_date"]),
        kind=DocumentKind(said["kind"]),
        vat=[VatLine(**one) for one in said["vat"]],
    )
