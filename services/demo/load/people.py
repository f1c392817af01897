"""The people who log in to the demonstration, and the session of each of them."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TypeAlias
from uuid import NAMESPACE_URL, UUID, uuid5

from services.demo.api import Api
from services.demo.cooperative import Cooperative, DemoMember

GivePassword: TypeAlias = Callable[[str, str], Awaitable[None]]
"""Gives a password to the account of an address."""


@dataclass(frozen=True)
class Shown:
    """A member who logs in, and what their case shows on the page."""

    email: str
    what: str


@dataclass(frozen=True)
class LogIns:
    """The accounts that the demonstration makes; one password for all of them.

    give_password: no route does it for somebody else, but the machine's operator can.
    """

    operator: str
    organiser: str
    member: str
    feed: str
    password: str
    give_password: GivePassword
    cases: Sequence[Shown] = ()
    """Members besides ``member``."""


_THREE_POINTS = "mairie-montvergne@example.org"
PRODUCER = "soleils-aurelle@example.org"
TWO_OPERATIONS = "fournil-tuiles@example.org"
PRIVATE = "idris.clairbois@example.org"
NEWCOMER = "apolline.corniche@example.org"

CASES = (
    Shown(_THREE_POINTS, "three points, one a plant"),
    Shown(PRODUCER, "two plants, and no meter of their own"),
    Shown(TWO_OPERATIONS, "two operations, a rejected debit"),
    Shown(PRIVATE, "refuses display, has an overdue invoice"),
    Shown(NEWCOMER, "no point yet"),
)
"""The first household is no case: it has what most have, a home, a mandate, a vote to cast."""


class People:
    """A session for each person who acts; it logs in at its first call."""

    def __init__(self, staff: Api, cooperative: Cooperative, log_ins: LogIns) -> None:
        self._cooperative = cooperative
        self._password = log_ins.password
        self.staff = staff
        self.public = staff.without_account()
        self.log_ins = log_ins
        self.organiser = self._session(log_ins.organiser)
        self.feed = self._session(log_ins.feed)
        self.member = cache(self._session)

    def _session(self, email: str) -> Api:
        return self.staff.as_account(email, self._password)

    def person(self, email: str) -> DemoMember:
        """Return the member with this address."""
        return next(member for member in self._cooperative.members if member.email == email)


def demo_id(name: str) -> UUID:
    """Return the same id in each demonstration, so that repeating a request changes nothing."""
    return uuid5(NAMESPACE_URL, f"https://elocoop.coop/demo/{name}")
