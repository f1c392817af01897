"""Runs the scenarios of e-reporting; their format: e-reporting/README.md."""

import json
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, uuid5

import pytest

from services.billing.domain.e_invoicing.e_reporting import Sold, report_days
from services.billing.domain.e_invoicing.report_periods import ReportPeriod
from services.billing.domain.invoices.documents import DocumentKind
from services.billing.domain.invoices.invoices import VatLine
from services.billing.domain.invoices.supplies import SupplyCategory

_FOLDER = Path(__file__).parent / "e-reporting"


@pytest.mark.parametrize("name", sorted(path.parent.name for path in _FOLDER.glob("*/when")))
def test_scenario(name: str) -> None:
    said = json.loads((_FOLDER / name / "when/documents.json").read_text())
    expected = json.loads((_FOLDER / name / "then/days.json").read_text())
    period = ReportPeriod.parse(said["period"])
    issued = [_sold(document) for document in said["documents"]]

    days = report_days(
        invoice for invoice in issued if period.first_day <= invoice.issue_date < period.end
    )

    assert [asdict(day) | {"day": day.day.isoformat()} for day in days] == expected


def _sold(said: dict[str, Any]) -> Sold:
    return Sold(
        document_id=uuid5(NAMESPACE_URL, said["number"]),
        kind=DocumentKind(said["kind"]),
        issue_date=date.fromisoformat(said["issue_date"]),
        customer_kind=said["customer"],
        supply_category=SupplyCategory.GOODS,
        vat=[VatLine(**line) for line in said["vat"]],
    )
