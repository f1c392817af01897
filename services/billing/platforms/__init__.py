"""The platforms to which documents and sums are sent. Only this folder uses httpx."""

from collections.abc import Mapping
from typing import Protocol

from libs.common.settings import Settings
from services.billing.domain.e_invoicing.channels import Channel
from services.billing.domain.e_invoicing.submissions import PlatformAnswer, SubmissionEnvelope


class Platform(Protocol):
    """The recipient of submissions on a channel."""

    @property
    def name(self) -> str:
        """The name kept with each submission to it."""
        ...

    @property
    def may_repeat(self) -> bool:
        """Whether sending the same file again changes nothing there."""
        ...

    async def submit(self, envelope: SubmissionEnvelope, content: bytes) -> PlatformAnswer:
        """Send a file. Network failures are returned as answers, not raised."""
        ...

    async def status(self, receipt: str) -> PlatformAnswer:
        """Return the delivery status for this receipt.

        Network failures are returned as answers, not raised.
        """
        ...


Platforms = Mapping[Channel, Platform]


def open_platforms(settings: Settings) -> Platforms:
    """The platform of each channel; the null platform for channels without credentials."""
    # Imported here, as these modules import this one.
    from services.billing.platforms.chorus_pro import open_chorus_pro  # noqa: PLC0415
    from services.billing.platforms.null import NullPlatform  # noqa: PLC0415

    null = NullPlatform()
    chorus_pro = open_chorus_pro(settings)
    return {Channel.B2B: null, Channel.B2C: null, Channel.B2G: chorus_pro or null}
