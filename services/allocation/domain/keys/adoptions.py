"""The effect of a member poll on the draft key that it adopted."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from libs.common.ids import OperationId
from services.allocation.domain.keys.versions import KeyState, KeyVersion

BY_POLL = "poll"
"""Recorded as the approver of a key that the members adopted."""


class AdoptionState(StrEnum):
    APPROVED = "approved"
    WAITING = "waiting"  # the key names points that are not known here to take part
    KEY_GONE = "key_gone"  # withdrawn, or never drafted
    KEY_NOT_A_DRAFT = "key_not_a_draft"  # approved already, and not by this poll
    KEY_CHANGED = "key_changed"  # written anew since the poll was opened
    OTHER_POLL = "other_poll"  # its draft names another poll, which is to adopt it


@dataclass(frozen=True, kw_only=True)
class Adoption:
    """A poll's decision on a key, as published; seal_hash is the hash of the poll's result."""

    poll_id: UUID
    operation_id: OperationId
    key_id: UUID
    opened_at: datetime
    closed_at: datetime
    seal_hash: str


def judge_adoption(adoption: Adoption, version: KeyVersion | None) -> AdoptionState:
    """Return whether the key is still the draft that the members voted on.

    They voted on the draft as it stood when the poll opened.
    """
    if version is None:
        return AdoptionState.KEY_GONE
    if version.state != KeyState.DRAFT:
        # A draft may name the poll, and be approved by the organiser before the poll is over.
        is_ours = version.poll_id == adoption.poll_id and version.approved_by == BY_POLL
        return AdoptionState.APPROVED if is_ours else AdoptionState.KEY_NOT_A_DRAFT
    if version.poll_id not in {None, adoption.poll_id}:
        return AdoptionState.OTHER_POLL
    if version.drafted_at > adoption.opened_at:
        return AdoptionState.KEY_CHANGED
    return AdoptionState.APPROVED
