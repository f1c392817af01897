"""Where documents and sums are sent: approved platforms, Chorus Pro. Alone here knows httpx."""

from collections.abc import Mapping
from typing import Protocol

from libs.common.settings import Settings
from services.billing.domain.channels import Channel
from services.billing.domain.submissions import Answer, Envelope


class Platform(Protocol):
    """Who takes what is sent on a channel."""

    @property
    def name(self) -> str:
        """Kept with whatever was submitted to it."""
        ...

    @property
    def may_repeat(self) -> bool:
        """Whether sending the same again changes nothing there."""
        ...

    async def submit(self, envelope: Envelope, content: bytes) -> Answer:
        """Send a file. Whatever goes wrong on the way is an answer too."""
        ...

    async def status(self, receipt: str) -> Answer:
        """What became of what it gave this receipt for; idem."""
        ...


Platforms = Mapping[Channel, Platform]


def open_platforms(settings: Settings) -> Platforms:
    """The null platform for each channel for which there are no credentials."""
    from services.billing.platforms.chorus_pro import open_chorus_pro  # noqa: PLC0415 - knows this
    from services.billing.platforms.null import NullPlatform  # noqa: PLC0415 - idem

    null = NullPlatform()
    chorus_pro = open_chorus_pro(settings)
    return {Channel.B2B: null, Channel.B2C: null, Channel.B2G: chorus_pro or null}
