"""The drafts that the reasons against an issue are about."""

from dataclasses import replace
from datetime import date

from services.billing.domain.drafts.issue_blockers import issue_blockers
from services.billing.domain.invoices.documents import DocumentKind
from tests.billing.documents.examples import household


def test_what_keeps_an_invoice_from_being_issued_keeps_no_credit_note() -> None:
    invoice = replace(household(), issuer_profile=None)
    credit_note = replace(invoice, kind=DocumentKind.CREDIT_NOTE)
    day = date(2026, 11, 5)

    assert [blocker.about["missing"] for blocker in issue_blockers([invoice], day)] == ["profile"]
    assert issue_blockers([credit_note], day) == []
