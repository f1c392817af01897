"""Which corrections are too small for paper, and which belong together."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from uuid import NAMESPACE_URL, uuid5

from services.billing.domain.corrections.withholding import withhold
from services.billing.domain.invoices.documents import Cause, DocumentKind, DocumentReference
from services.billing.domain.invoices.invoices import Invoice
from tests.billing.documents.examples import household


def _document(
    name: str,
    cents: int,
    cause: Cause | None,
    refers_to: Sequence[str] = (),
    kind: DocumentKind = DocumentKind.INVOICE,
) -> Invoice:
    references = [
        DocumentReference(uuid5(NAMESPACE_URL, other), other, date(2026, 11, 5))
        for other in refers_to
    ]
    return replace(
        household(),
        id=uuid5(NAMESPACE_URL, name),
        kind=kind,
        total_incl_vat_cents=cents,
        cause=cause,
        refers_to=references,
    )


_FIRST = _document("first", 1_000, None)
_SECOND = _document("second", 200, Cause.DIFFERENCE, ["first"])


def test_a_credit_and_an_invoice_of_documents_that_followed_one_another_are_one_difference() -> (
    None
):
    credit = _document("credit", 99, Cause.DIFFERENCE, ["second"], DocumentKind.CREDIT_NOTE)
    invoice = _document("invoice", 101, Cause.DIFFERENCE, ["first"])

    kept, withheld_cents = withhold([credit, invoice], 100, issued=[_FIRST, _SECOND])

    assert (kept, withheld_cents) == ([], {credit.parties: 2})


def test_differences_of_other_documents_are_judged_apart_and_what_is_enough_is_kept() -> None:
    small = _document("small", 99, Cause.DIFFERENCE, ["first"])
    enough = _document("enough", 100, Cause.DIFFERENCE, ["another"], DocumentKind.CREDIT_NOTE)
    fresh = _document("fresh", 1, None)

    kept, withheld_cents = withhold([small, enough, fresh], 100, issued=[_FIRST])

    assert (kept, withheld_cents) == ([enough, fresh], {small.parties: 99})


def test_an_invoice_that_replaces_what_is_credited_already_is_kept_however_small() -> None:
    anew = _document("anew", 1, Cause.REPLACE, ["first"])

    assert withhold([anew], 100, issued=[_FIRST]) == ([anew], {})
