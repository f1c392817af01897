"""What becomes of a draft that members adopted."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4

import pytest

from libs.common.ids import OperationId
from services.allocation.domain.keys.adoptions import Adoption, AdoptionState, judge_adoption
from services.allocation.domain.keys.versions import KeyState, KeyVersion

_OPENED = datetime(2026, 11, 20, 18, tzinfo=UTC)
_OPERATION = OperationId("ACC00000101")
_POLL, _KEY = uuid4(), uuid4()
_ADOPTION = Adoption(
    poll_id=_POLL,
    operation_id=_OPERATION,
    key_id=_KEY,
    opened_at=_OPENED,
    closed_at=_OPENED + timedelta(days=7),
    seal_hash="5e" * 32,
)


def _version(
    *,
    state: KeyState = KeyState.DRAFT,
    poll_id: UUID | None = None,
    drafted_at: datetime = _OPENED,
    approved_by: str | None = None,
) -> KeyVersion:
    return KeyVersion(
        id=_KEY,
        operation_id=_OPERATION,
        number=1,
        state=state,
        valid_from=date(2027, 1, 1),
        valid_to=None,
        definition={"type": "default_dynamic"},
        drafted_by="organiser",
        drafted_at=drafted_at,
        approved_by=approved_by,
        poll_id=poll_id,
    )


@pytest.mark.parametrize("poll_id", [None, _POLL])
def test_the_draft_that_was_voted_on_is_approved(poll_id: UUID | None) -> None:
    assert judge_adoption(_ADOPTION, _version(poll_id=poll_id)) == AdoptionState.APPROVED


def test_a_draft_that_was_rewritten_during_the_vote_is_not_what_was_voted_on() -> None:
    version = _version(drafted_at=_OPENED + timedelta(seconds=1))

    assert judge_adoption(_ADOPTION, version) == AdoptionState.KEY_CHANGED


def test_a_draft_that_waits_for_another_poll_is_left_to_it() -> None:
    assert judge_adoption(_ADOPTION, _version(poll_id=uuid4())) == AdoptionState.OTHER_POLL


def test_a_key_that_is_gone_or_approved_already_is_noted() -> None:
    approved = _version(state=KeyState.APPROVED)
    approved_by_us = _version(state=KeyState.DECLARED, poll_id=_POLL, approved_by="poll")

    assert judge_adoption(_ADOPTION, None) == AdoptionState.KEY_GONE
    assert judge_adoption(_ADOPTION, approved) == AdoptionState.KEY_NOT_A_DRAFT
    assert judge_adoption(_ADOPTION, approved_by_us) == AdoptionState.APPROVED


def test_a_key_that_the_organiser_approved_is_not_approved_by_the_poll_that_it_names() -> None:
    version = _version(state=KeyState.APPROVED, poll_id=_POLL, approved_by="organiser")

    assert judge_adoption(_ADOPTION, version) == AdoptionState.KEY_NOT_A_DRAFT
