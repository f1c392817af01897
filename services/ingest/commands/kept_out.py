"""Keep the refused records of a delivery; what was decided on one stands when it is read again."""

from collections import Counter
from collections.abc import Sequence
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from services.ingest.domain.refusals import Refused
from services.ingest.store import quarantine as store


class KeptOut:
    """The quarantine of a delivery while it is recorded.

    Records on which nobody has decided are forgotten: those that are refused again come back. Those
    that were released, corrected or discarded stay as they are, and do not come back as open ones.
    """

    def __init__(self, session: AsyncSession, delivery_id: UUID) -> None:
        self._session = session
        self.delivery_id = delivery_id
        self._decided: Counter[store.Identity] = Counter()

    async def begin(self, *, is_first: bool) -> None:
        """is_first: the delivery was never recorded, so that nothing of it can be kept out yet."""
        if is_first:
            return
        await store.forget_open(self._session, self.delivery_id)
        self._decided = await store.count_decided(self._session, self.delivery_id)

    async def add(self, refused: Sequence[Refused]) -> None:
        new = [one for one in refused if not self._takes_decided(one)]
        await store.add_quarantined(self._session, self.delivery_id, new)

    def _takes_decided(self, record: Refused) -> bool:
        """Whether one of those that were decided on is this record; each is only once."""
        identity = store.identity_of(record)
        if not self._decided[identity]:
            return False
        self._decided[identity] -= 1
        return True
