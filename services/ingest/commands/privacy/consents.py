"""Record members' consents to the use of their curves."""

from collections.abc import Iterator, Sequence

from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.curve_consents import Consent
from libs.common.events.community import ConsentsChanged
from services.ingest.store.privacy import consents as store
from services.ingest.store.privacy.consents import NamedConsent


async def record_consents(session: AsyncSession, events: Sequence[ConsentsChanged]) -> None:
    """Keep the last revision of each member's consents; it takes effect at once."""
    newest = {event.member_id: event for event in sorted(events, key=lambda event: event.revision)}
    # Always in the same order, so that two processes wait for each other rather than deadlock.
    for member_id in sorted(newest):
        event = newest[member_id]
        await store.save_consents(session, member_id, event.revision, _consents(event))


def _consents(event: ConsentsChanged) -> Iterator[NamedConsent]:
    for answer in event.consents:
        consent = Consent(
            member_id=event.member_id,
            prm=answer.prm,
            purpose=answer.purpose,
            granularity=answer.granularity,
            is_granted=answer.answer == "granted",
            valid_from=answer.valid_from,
            valid_to=answer.valid_to,
            withdrawn_on=answer.withdrawn_on,
        )
        yield NamedConsent(answer.consent_id, consent)
