"""A platform that sends nothing: the submission keeps what would be sent, for people to see."""

from services.billing.domain.e_invoicing.submissions import Answer, Envelope, SubmissionState


class NullPlatform:
    name = "null"
    may_repeat = True

    async def submit(self, envelope: Envelope, content: bytes) -> Answer:
        assert len(content) == envelope.byte_count
        return Answer(SubmissionState.RECORDED)

    async def status(self, receipt: str) -> Answer:
        raise AssertionError(f"nothing was sent, so there is no receipt {receipt}")
