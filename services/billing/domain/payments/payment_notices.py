"""Notices of what a customer owes several sellers with one collector, as one sum (ADR 47)."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from libs.common.errors import Problem
from libs.common.ids import OperationId
from services.billing.domain.creditor_references import creditor_reference

_PREFIX = "P"
_NUMBER = re.compile(rf"{_PREFIX}(\d{{4}})-(\d{{5,9}})", re.ASCII)


class PaymentNoticeUnknown(Problem):
    status, slug, title = 404, "payment-notice-unknown", "There is no such payment notice"
    example_detail = "There is no payment notice with this id, or it is not yours."


@dataclass(frozen=True)
class NoticeParties:
    """The payer and the payee of a notice; its documents are of one operation."""

    collector_id: UUID
    customer_id: UUID
    operation_id: OperationId


@dataclass(frozen=True)
class PaymentNotice:
    """One letter about several documents, issued together; each is part of one notice at most."""

    id: UUID
    parties: NoticeParties
    number: str
    made_on: date
    invoice_ids: Sequence[UUID]

    @property
    def reference(self) -> str:
        """The reference of a transfer for all documents; each has its own, too (ISO 11649)."""
        return creditor_reference(self.parties.collector_id, self.number)


def notice_number(year: int, sequence: int) -> str:
    """No invoice or credit note has such a number: their letters are others."""
    return f"{_PREFIX}{year}-{sequence:05}"


def read_notice_number(number: str) -> tuple[int, int] | None:
    """The year and the sequence of the number of a notice; None if it is another number."""
    match = _NUMBER.fullmatch(number)
    return (int(match[1]), int(match[2])) if match else None
