"""A poll as one voter of its roll sees it, and the code by which another voter finds them."""

import base64
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from uuid import UUID

from services.community.domain.polls.poll import BallotMode, Poll, PollPhase

_VOTING = {PollPhase.ANNOUNCED, PollPhase.OPEN}
_CODE_LETTERS = 10


@dataclass(frozen=True)
class Giver:
    """A member whose proxy the voter holds."""

    member_id: UUID
    name: str
    has_voted: bool


@dataclass(frozen=True)
class Holder:
    """The member who votes for the voter."""

    member_id: UUID
    name: str


@dataclass(frozen=True)
class OwnVote:
    member_id: UUID
    weight: int
    has_voted: bool
    holder: Holder | None
    proxies: Sequence[Giver]

    def may_vote(self, poll: Poll, phase: PollPhase) -> bool:
        """In person, now; a ballot that is not secret may be replaced."""
        is_final = self.has_voted and poll.ballot_mode == BallotMode.SECRET
        return phase == PollPhase.OPEN and self.holder is None and not is_final

    def holder_code(self, poll: Poll, phase: PollPhase) -> str | None:
        """The code to show to a giver of a proxy; None if the voter can hold no proxy now."""
        if phase not in _VOTING or self.holder or len(self.proxies) >= poll.max_proxies:
            return None
        return holder_code(poll.id, self.member_id)


def holder_code(poll_id: UUID, member_id: UUID) -> str:
    """Return a voter's code in a poll: 50 bits, in letters and digits not mistaken for one another.

    The code is no secret: it has no more information than the member's id, in a tenth of its
    length.
    """
    digest = sha256(f"{poll_id}:{member_id}".encode()).digest()
    letters = base64.b32encode(digest).decode().lower()[:_CODE_LETTERS]
    return f"{letters[:5]}-{letters[5:]}"
