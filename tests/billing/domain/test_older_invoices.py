"""Invoices that were issued before documents had kinds, days and links."""

import json
from collections import Counter
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from pydantic import TypeAdapter

from services.billing.domain.documents import CorrectionPolicy
from services.billing.domain.drafting import draft_period
from services.billing.domain.invoices import Invoice, hash_content
from services.billing.domain.standing import billed_days, days_of
from services.billing.schemas.invoices import InvoiceOut
from tests.billing.domain.test_corrections import MONTHS, P1, A, Books
from tests.billing.world import NOT_FROZEN

_NEW_FIELDS = {"kind", "cause", "reason", "refers_to", "months"}
_NEW_LINE_FIELDS = {"vat_mention", "daily_wmin", "corrects"}


def as_before(issued: Invoice) -> Invoice:
    """Read from a content without what documents say since."""
    return TypeAdapter(Invoice).validate_json(json.dumps(older_content(issued)))


def older_content(issued: Invoice) -> dict[str, Any]:
    content = json.loads(issued.canonical)
    lines = [
        {k: v for k, v in line.items() if k not in _NEW_LINE_FIELDS} for line in content["lines"]
    ]
    return {k: v for k, v in content.items() if k not in _NEW_FIELDS} | {"lines": lines}


@pytest.mark.parametrize("policy", list(CorrectionPolicy))
def test_an_older_invoice_is_corrected_like_others(policy: CorrectionPolicy) -> None:
    books = Books(policy)
    books.settle(MONTHS[0], {((P1, A), day): 60_000 for day in range(31)})
    books.issue(list(draft_period(books.facts()[:1]).drafts))
    books.issued = [as_before(one) for one in books.issued]
    assert draft_period(books.facts()[:1]).drafts == []
    books.settle(MONTHS[0], {((P1, A), day): 40_001 for day in range(20)})

    drafts = draft_period(books.facts()[:1]).drafts

    assert {one.cause for one in drafts} == {policy.value}
    books.issue(list(drafts))
    billed: Counter[object] = Counter()
    for (producer, consumer, _), energy_wmin in billed_days(books.issued).items():
        billed[producer, consumer] += energy_wmin
    assert billed == {(P1, A): 20 * 40_001}
    assert draft_period(books.facts()[:1]).drafts == []


def test_an_older_content_is_told_as_it_was_hashed() -> None:
    books = Books(CorrectionPolicy.REPLACE)
    books.settle(MONTHS[0], {((P1, A), 0): 101})
    books.issue(list(draft_period(books.facts()[:1]).drafts))
    canonical = json.dumps(older_content(books.issued[0]), sort_keys=True, separators=(",", ":"))

    told = InvoiceOut.of(canonical).model_dump(mode="json", exclude_unset=True)

    content = {name: value for name, value in told.items() if name not in NOT_FROZEN}
    again = json.dumps(content, sort_keys=True, separators=(",", ":"))
    assert hash_content(again) == told["content_hash"]


def test_energy_of_which_the_days_are_not_told_is_spread_over_them() -> None:
    books = Books(CorrectionPolicy.REPLACE)
    books.settle(MONTHS[0], {((P1, A), 0): 101})
    books.issue(list(draft_period(books.facts()[:1]).drafts))
    (line,) = as_before(books.issued[0]).lines

    days = days_of(replace(line, valid_to=date(2026, 1, 4)))

    assert days == {date(2026, 1, 1): 34, date(2026, 1, 2): 34, date(2026, 1, 3): 33}
