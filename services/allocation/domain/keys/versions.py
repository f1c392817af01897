"""A sharing key as a version with a life: draft, approved, declared to the DSO, active, superseded.

Routes decide who may do what; this module decides what a version allows and in which order. Times
and days are passed in, there is no clock.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import ClassVar
from uuid import UUID

from libs.common.errors import Problem
from libs.common.ids import OperationId
from services.allocation.domain.keys.timeline import Definition, KeyNeverInForce, KeyPeriod


class KeyState(StrEnum):
    DRAFT = "draft"
    APPROVED = "approved"  # by the organiser, perhaps after a poll
    DECLARED = "declared"  # to the network operator
    ACTIVE = "active"  # on its days, past and to come
    SUPERSEDED = "superseded"  # another version has taken its place


def reached(state: KeyState, milestone: KeyState) -> bool:
    """Return whether a version in this state has been in the milestone state."""
    order = list(KeyState)
    return order.index(state) >= order.index(milestone)


class KeyNotADraft(Problem):
    status, slug, title = 409, "key-not-a-draft", "The sharing key has been approved"
    example_detail = "The key is approved: a change is a new key with its own id."


class KeyStateUnfit(Problem):
    status, slug, title = 409, "key-state-unfit", "The sharing key is not in the right state"
    example_detail = "The key's state is `draft`; this needs `approved`."
    example_facts: ClassVar = {"state": "draft"}


class DeclarationInFuture(Problem):
    status, slug, title = 409, "declaration-in-future", "The sharing key is not declared yet"
    example_detail = "Today is 2026-12-10: the DSO cannot have been notified on 2026-12-11."


class DeclaredBefore(Problem):
    status, slug, title = 409, "declared-before", "The sharing key was declared on another day"
    example_detail = (
        "It was declared on 2026-12-10. If that is wrong, draft the key again under another id."
    )


class ApprovedBefore(Problem):
    status, slug, title = 409, "approved-before", "The sharing key was approved by another poll"
    example_detail = (
        "It was approved without a poll. If that is wrong, draft the key again under another id."
    )


class NoticeTooShort(Problem):
    status, slug, title = 409, "notice-too-short", "The sharing key begins too soon"
    example_detail = (
        "Declared on 2026-12-10 with a notice of 15 days, the key may begin on 2026-12-25,"
        " not on 2026-12-20."
    )
    example_facts: ClassVar = {"earliest": "2026-12-25"}


@dataclass(frozen=True)
class KeyVersion:
    """One version; number counts the versions of its operation.

    valid_from, valid_to: the days it was made for, half-open; without valid_to, until another
    version begins. in_force_to: the day on which another version took over; equal to valid_from if
    no day is left. ``by``: the accounts that acted. poll_id: the members' poll that adopted it.
    title: free text.
    """

    id: UUID
    operation_id: OperationId
    number: int
    state: KeyState
    valid_from: date
    valid_to: date | None
    definition: Definition
    drafted_by: str
    drafted_at: datetime
    in_force_to: date | None = None
    poll_id: UUID | None = None
    title: str | None = None
    approved_by: str | None = None
    approved_at: datetime | None = None
    declared_by: str | None = None
    declared_on: date | None = None
    activated_by: str | None = None
    activated_at: datetime | None = None

    def approved(self, *, by: str, at: datetime, poll_id: UUID | None) -> "KeyVersion":
        """Raises KeyStateUnfit."""
        self._check_state(KeyState.DRAFT)
        return replace(
            self,
            state=KeyState.APPROVED,
            approved_by=by,
            approved_at=at,
            poll_id=poll_id or self.poll_id,
        )

    def declared(self, *, by: str, on: date, today: date) -> "KeyVersion":
        """Raises KeyStateUnfit, DeclarationInFuture."""
        self._check_state(KeyState.APPROVED)
        if on > today:
            raise DeclarationInFuture(
                f"Today is {today}: the DSO cannot have been notified on {on}."
            )
        return replace(self, state=KeyState.DECLARED, declared_by=by, declared_on=on)

    def activated(self, *, by: str, at: datetime, notice_days: int) -> "KeyVersion":
        """Raises KeyStateUnfit, or NoticeTooShort with the first day that would be allowed."""
        self._check_state(KeyState.DECLARED)
        assert self.declared_on is not None, "a declared key says when"
        earliest = self.declared_on + timedelta(days=notice_days)
        if self.valid_from < earliest:
            raise NoticeTooShort(
                f"Declared on {self.declared_on} with a notice of {notice_days} days, the key may "
                f"begin on {earliest}, not on {self.valid_from}.",
                earliest=earliest.isoformat(),
            )
        return replace(
            self,
            state=KeyState.ACTIVE,
            activated_by=by,
            activated_at=at,
            in_force_to=self.valid_to,
        )

    def placed(self, period: KeyPeriod | None) -> "KeyVersion":
        """Return the version with the days left to it in a timeline; None means no day is left."""
        if period is None:
            return replace(self, state=KeyState.SUPERSEDED, in_force_to=self.valid_from)
        return replace(self, in_force_to=period.valid_to)

    @property
    def span(self) -> KeyPeriod:
        """The days it was made for."""
        return KeyPeriod(
            self.valid_from, self.valid_to, self.valid_to is None, self.definition, self.id
        )

    def state_on(self, today: date) -> KeyState:
        """The state that people see: a version whose days went to a later one is superseded."""
        end = self.in_force_to
        gave_way = end is not None and end != self.valid_to and end <= today
        return KeyState.SUPERSEDED if gave_way else self.state

    @property
    def period(self) -> KeyPeriod | None:
        """Its place in the timeline; None unless it is in force on some day."""
        if self.state != KeyState.ACTIVE:
            return None
        return KeyPeriod(
            valid_from=self.valid_from,
            valid_to=self.in_force_to,
            open_ended=self.valid_to is None,
            definition=self.definition,
            key_id=self.id,
        )

    def _check_state(self, required_state: KeyState) -> None:
        if self.state != required_state:
            raise KeyStateUnfit(
                f"The key's state is `{self.state}`; this needs `{required_state}`.",
                state=self.state,
            )


def check_days(valid_from: date, valid_to: date | None) -> None:
    """Raises KeyNeverInForce."""
    if valid_to is not None and valid_to <= valid_from:
        raise KeyNeverInForce(f"valid_to must be after {valid_from}, the first day of the key.")
