"""Bodies of the routes for adoptions."""

from datetime import datetime
from uuid import UUID

from pydantic import Field

from libs.common.http import BodyOut
from services.allocation.domain.keys.adoptions import AdoptionState


class AdoptionOut(BodyOut):
    """A poll that adopted a key, and the outcome for the key."""

    poll_id: UUID
    key_id: UUID
    opened_at: datetime = Field(description="the vote was on the key as it stood then")
    closed_at: datetime
    seal_hash: str = Field(description="sha256 of the poll's sealed result")
    state: AdoptionState = Field(
        description="`approved` · `waiting`: it names points that are not known here to"
        " take part · `key_gone` · `key_not_a_draft`: approved before, not by the poll ·"
        " `key_changed`: changed after the poll was opened · `other_poll`: its draft names"
        " another one"
    )
    judged_at: datetime
