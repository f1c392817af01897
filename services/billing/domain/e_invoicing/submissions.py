"""The life of a submission to a platform: a document, or the sums of a period."""

from dataclasses import asdict, dataclass
from datetime import timedelta
from enum import StrEnum
from typing import ClassVar

from libs.common.errors import Problem
from services.billing.domain.e_invoicing.channels import Channel
from services.billing.domain.invoices.invoices import Invoice
from services.billing.domain.invoices.routing import Routing
from services.billing.domain.reference.e_invoicing import first_fact
from services.billing.domain.retrying import MOST_ATTEMPTS

_FIRST_LOOK, _LONGEST_LOOK = timedelta(minutes=5), timedelta(hours=12)


class AlreadySubmitted(Problem):
    status, slug, title = 409, "already-submitted", "This is being sent, or has arrived"
    example_detail = "F2026-00001 is deposited: only a failed submission can be repeated."
    example_facts: ClassVar = {"state": "deposited"}


class NothingToSubmit(Problem):
    status, slug, title = 409, "nothing-to-submit", "There is nothing to submit"
    example_detail = "F2026-00001 is to a household: it goes into the sums of e-reporting."


class SubmissionState(StrEnum):
    """not_due → queued → sending → recorded, or deposited → delivered, refused, rejected."""

    NOT_DUE = "not_due"
    QUEUED = "queued"
    SENDING = "sending"
    RECORDED = "recorded"  # by the null platform: recorded, but not sent
    DEPOSITED = "deposited"  # the platform has it
    DELIVERED = "delivered"  # the customer has it
    REFUSED = "refused"  # by the customer
    REJECTED = "rejected"  # by the platform
    UNSURE = "unsure"  # the platform may have it: look there before sending again
    FAILED = "failed"  # given up

    @property
    def official_code(self) -> str | None:
        """The code in the DGFiP's life cycle of an invoice, if it has this state."""
        fact = first_fact(f"status/{self}")
        return fact.value if fact else None


AGAIN = frozenset(
    {
        SubmissionState.NOT_DUE,
        SubmissionState.RECORDED,
        SubmissionState.REFUSED,
        SubmissionState.REJECTED,
        SubmissionState.UNSURE,
        SubmissionState.FAILED,
    }
)
"""States from which a person may have it sent (again)."""

TO_LOOK_AT = frozenset(
    {
        SubmissionState.REFUSED,
        SubmissionState.REJECTED,
        SubmissionState.UNSURE,
        SubmissionState.FAILED,
    }
)
"""States that do not change automatically."""


@dataclass(frozen=True)
class SubmissionEnvelope:
    """The facts sent to a platform with the file; kept with the submission for every platform.

    number: of the document, or the period. sha256: of the file, and its key in the file store.
    """

    channel: Channel
    number: str
    file_name: str
    sha256: str
    byte_count: int
    content_hash: str
    issuer_siren: str | None
    customer_siren: str | None = None
    routing: Routing | None = None

    @property
    def members(self) -> dict[str, object]:
        return asdict(self)


@dataclass(frozen=True)
class PlatformAnswer:
    """A platform's answer.

    ``queued``: the platform has not accepted it; retry, not before ``retry_after``. ``unsure``: it
    may have accepted it. platform_code: the platform's own code.
    """

    state: SubmissionState
    receipt: str | None = None
    platform_code: str | None = None
    reason: str | None = None
    retry_after: timedelta | None = None

    @property
    def words(self) -> tuple[SubmissionState, str | None, str | None]:
        """The facts kept in the history, if they are new."""
        return self.state, self.platform_code, self.reason


def document_envelope(
    document: Invoice, channel: Channel, *, content_hash: str, sha256: str, byte_count: int
) -> SubmissionEnvelope:
    """The envelope of an issued document. sha256 and byte_count: of its Factur-X file."""
    assert document.number is not None
    return SubmissionEnvelope(
        channel=channel,
        number=document.number,
        file_name=f"{document.issuer.siren or document.issuer.member_id}_{document.number}.pdf",
        sha256=sha256,
        byte_count=byte_count,
        content_hash=content_hash,
        issuer_siren=document.issuer.siren,
        customer_siren=document.customer.siren,
        routing=document.customer.routing,
    )


def check_may_submit(state: SubmissionState, number: str) -> None:
    """Raises AlreadySubmitted."""
    if state not in AGAIN:
        raise AlreadySubmitted(
            f"{number} is {state}: only a failed submission can be repeated.", state=state
        )


def pause_between_looks(looks: int) -> timedelta:
    """The pause before asking a platform for the status again. looks: the number so far."""
    return min(_FIRST_LOOK * (1 << min(looks, 20)), _LONGEST_LOOK)


def settled(answer: PlatformAnswer, attempt: int) -> PlatformAnswer:
    """The answer, turned into a failure after too many attempts."""
    if answer.state is SubmissionState.QUEUED and attempt >= MOST_ATTEMPTS:
        reason = f"Given up after {attempt} attempts. {answer.reason or ''}".strip()
        return PlatformAnswer(
            SubmissionState.FAILED, platform_code=answer.platform_code, reason=reason
        )
    return answer
