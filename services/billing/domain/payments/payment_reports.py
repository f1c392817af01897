"""Payments that a bank rejects before it moves money, from its payment status reports."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from libs.common.errors import Problem


class ReportRefused(Problem):
    status, slug, title = 409, "report-refused", "This payment status report cannot be imported"
    example_detail = "This is not a pain.002: ask the bank for a file in that format."


@dataclass(frozen=True)
class Rejection:
    """The rejection of a payment by its end-to-end id, a batch by its id, or the whole file.

    reason: an ISO code, such as AC01. Ids are in lower case: some banks use capitals.
    """

    reason: str
    batch_id: str | None = None
    end_to_end_id: str | None = None


@dataclass(frozen=True)
class PaymentReport:
    """A report on one of our files; rejections of payments come first, then those of batches."""

    file_id: str
    rejections: Sequence[Rejection]

    def reason_of(self, *, end_to_end_id: str, batch_id: str) -> str | None:
        """The reason for the payment's rejection, the most specific one; None if there is none."""
        return next(
            (
                rejection.reason
                for rejection in self.rejections
                if rejection.end_to_end_id == end_to_end_id
                or (rejection.end_to_end_id is None and rejection.batch_id in (batch_id, None))
            ),
            None,
        )

    def count_unknown(self, payments: Iterable[tuple[str, str]]) -> int:
        """Count rejections of ids not in the file. payments: its end-to-end and batch ids."""
        known_ids = {one_id for ids in payments for one_id in ids}
        rejected_ids = (
            rejection.end_to_end_id or rejection.batch_id for rejection in self.rejections
        )
        return sum(
            rejected_id is not None and rejected_id not in known_ids for rejected_id in rejected_ids
        )
