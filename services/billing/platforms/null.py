"""A platform that sends nothing: the submission keeps what would be sent, for people to see."""

from services.billing.domain.e_invoicing.submissions import (
    PlatformAnswer,
    SubmissionEnvelope,
    SubmissionState,
)


class NullPlatform:
    name = "null"
    may_repeat = True

    async def submit(self, envelope: SubmissionEnvelope, content: bytes) -> PlatformAnswer:
        assert len(content) == envelope.byte_count
        return PlatformAnswer(SubmissionState.RECORDED)

    async def status(self, receipt: str) -> PlatformAnswer:
        raise AssertionError(f"nothing was sent, so there is no receipt {receipt}")
