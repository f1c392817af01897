"""What a bank rejects before it moves money, as its payment status reports tell."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from libs.common.errors import Problem


class ReportRefused(Problem):
    status, slug, title = 409, "report-refused", "This payment status report cannot be taken"
    example_detail = "This is no pain.002: ask the bank for a file in that form."


@dataclass(frozen=True)
class Rejection:
    """Of a payment by its end-to-end id, of a batch by its id, or of all of the file.

    reason: an ISO code, AC01. Ids in small letters: some banks use capitals.
    """

    reason: str
    batch_id: str | None = None
    end_to_end_id: str | None = None


@dataclass(frozen=True)
class PaymentReport:
    """On one file of ours; rejections of payments come first, then those of batches."""

    file_id: str
    rejections: Sequence[Rejection]

    def reason_of(self, *, end_to_end_id: str, batch_id: str) -> str | None:
        """Why this payment of the file is rejected, as what is closest to it says; None if not."""
        return next(
            (
                one.reason
                for one in self.rejections
                if one.end_to_end_id == end_to_end_id
                or (one.end_to_end_id is None and one.batch_id in (batch_id, None))
            ),
            None,
        )

    def count_unknown(self, payments: Iterable[tuple[str, str]]) -> int:
        """Rejections of what is not in the file; payments: its end-to-end and batch ids."""
        known = {one_id for ids in payments for one_id in ids}
        told = (one.end_to_end_id or one.batch_id for one in self.rejections)
        return sum(one is not None and one not in known for one in told)
