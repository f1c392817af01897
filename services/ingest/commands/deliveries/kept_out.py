"""Keep a delivery's refused records; a decision on one still holds when the file is read again."""

from collections import Counter
from collections.abc import Sequence
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from services.ingest.domain.refusals import RefusedRecord
from services.ingest.store import quarantine as store


class KeptOut:
    """The quarantine of a delivery while it is recorded.

    Undecided records are removed: those that are refused again come back. Records that were
    released, corrected or discarded stay as they are, and do not come back as open ones.
    """

    def __init__(self, session: AsyncSession, delivery_id: UUID) -> None:
        self._session = session
        self.delivery_id = delivery_id
        self._decided: Counter[store.Identity] = Counter()

    async def begin(self, *, is_first: bool) -> None:
        """is_first: the delivery was never recorded before, so its quarantine is empty."""
        if is_first:
            return
        await store.forget_open(self._session, self.delivery_id)
        self._decided = await store.count_decided(self._session, self.delivery_id)

    async def add(self, refused: Sequence[RefusedRecord]) -> None:
        new_records = [record for record in refused if not self._takes_decided(record)]
        await store.add_quarantined(self._session, self.delivery_id, new_records)

    def _takes_decided(self, record: RefusedRecord) -> bool:
        """Return whether this record was decided on already; each decision matches one record."""
        identity = store.identity_of(record)
        if not self._decided[identity]:
            return False
        self._decided[identity] -= 1
        return True
