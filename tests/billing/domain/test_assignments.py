"""Rules of assignments by hand, with plain values."""

from uuid import UUID

import pytest

from services.billing.domain.payments.assignments import (
    AssignedPart,
    AssignmentMismatch,
    check_parts,
    source_of_entries,
)

_IDS = [UUID(int=number) for number in range(3)]


def parts(cents: list[int]) -> list[AssignedPart]:
    invoices = _IDS[: len(cents)]
    return [AssignedPart(*each) for each in zip(invoices, cents, strict=True)]


@pytest.mark.parametrize("cents", [[10], [4, 6], [1, 2, 7]])
@pytest.mark.parametrize("sign", [1, -1])
def test_parts_of_one_sign_that_sum_to_the_transaction_are_taken(
    cents: list[int], sign: int
) -> None:
    parts = [
        AssignedPart(invoice_id, sign * amount)
        for invoice_id, amount in zip(_IDS, cents, strict=False)
    ]
    check_parts(parts, sign * 10)


@pytest.mark.parametrize("cents", [[9], [4, 7], [12, -2], [10, 0]])
def test_others_are_refused(cents: list[int]) -> None:
    parts = [
        AssignedPart(invoice_id, amount) for invoice_id, amount in zip(_IDS, cents, strict=False)
    ]
    with pytest.raises(AssignmentMismatch):
        check_parts(parts, 10)


def test_each_time_that_it_is_entered_a_transaction_has_another_source() -> None:
    sources = [source_of_entries(_IDS[1], undone) for undone in range(3)]
    assert sources[0] == _IDS[1]
    assert len(set(sources)) == len(sources)
    assert sources[1] == source_of_entries(_IDS[1], 1)
