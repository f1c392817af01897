"""Runs the scenarios of invoices; their format: invoices/README.md."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from services.billing.domain.drafts.drafting import draft_period
from services.billing.domain.drafts.issue_blockers import issue_blockers
from services.billing.domain.drafts.issue_dates import check_issue_date
from services.billing.domain.invoices.documents import document_number
from services.billing.domain.invoices.invoices import Invoice
from services.billing.domain.invoices.mentions import as_issued
from tests.scenarios.month_files import month_facts

_FOLDER = Path(__file__).parent / "invoices"


@pytest.mark.parametrize("name", sorted(path.parent.name for path in _FOLDER.glob("*/when")))
def test_scenario(name: str) -> None:
    said = json.loads((_FOLDER / name / "when/month.json").read_text())
    expected = json.loads((_FOLDER / name / "then/invoices.json").read_text())
    issue_date = date.fromisoformat(said["issue_date"])

    drafts = draft_period([month_facts(said)]).drafts

    assert issue_blockers(drafts, issue_date) == []
    check_issue_date(issue_date, drafts, today=issue_date, last_issue_dates={})
    ordered = sorted(drafts, key=lambda draft: draft.customer.name)
    issued = [
        as_issued(
            draft, number=document_number(draft.kind, issue_date.year, i), issue_date=issue_date
        )
        for i, draft in enumerate(ordered, start=1)
    ]
    assert [
        _told(document, like) for document, like in zip(issued, expected, strict=True)
    ] == expected


def _told(invoice: Invoice, like: dict[str, Any]) -> dict[str, Any]:
    """Of the content as it is stored, the fields that the expected one has."""
    content = json.loads(invoice.canonical)
    content["customer"] = content["customer"]["name"]
    content["mentions"] = [mention["text_fr"] for mention in content["mentions"]]
    for name in ("lines", "taxes"):
        fields = next((row.keys() for row in like[name]), ())
        content[name] = [{field: row[field] for field in fields} for row in content[name]]
    return {field: content[field] for field in like}
