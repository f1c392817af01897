"""Remember what members say about their curves."""

from collections.abc import Iterator, Sequence

from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.curve_consents import Consent
from libs.common.events.community import ConsentsChanged
from services.ingest.store import consents as store
from services.ingest.store.consents import NamedConsent


async def record_consents(session: AsyncSession, events: Sequence[ConsentsChanged]) -> None:
    """Keep the last revision of each member's consents; whatever reads them goes by it at once."""
    newest = {event.member_id: event for event in sorted(events, key=lambda one: one.revision)}
    # In one order, so that two processes wait for each other, not for ever.
    for member_id in sorted(newest):
        event = newest[member_id]
        await store.save_consents(session, member_id, event.revision, _consents(event))


def _consents(event: ConsentsChanged) -> Iterator[NamedConsent]:
    for part in event.consents:
        consent = Consent(
            member_id=event.member_id,
            prm=part.prm,
            purpose=part.purpose,
            granularity=part.granularity,
            is_granted=part.answer == "granted",
            valid_from=part.valid_from,
            valid_to=part.valid_to,
            withdrawn_on=part.withdrawn_on,
        )
        yield NamedConsent(part.consent_id, consent)
