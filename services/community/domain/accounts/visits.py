"""A visit to the co-op's own issuer: the state that a browser keeps until it returns (ADR 27)."""

import base64
import hashlib
import json
import re
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Self

LONGEST_VISIT = timedelta(minutes=10)
_LONGEST_ADDRESS = 1000  # a browser takes cookies of 4096 bytes, and this one is sealed
# Two slashes at the start name a host, and browsers read a backslash as a slash.
_OWN_ADDRESS = re.compile(r"/(?![/\\])[!-\[\]-~]*")
START = "/"
"""The start page."""


class VisitRefusal(StrEnum):
    """The reason why a visit led to no log-in, in a word for the page."""

    ISSUER = "issuer"
    """The issuer refused, or its answer does not match the request."""
    AWAY = "away"
    """The issuer does not answer."""
    ROLE = "role"
    """The issuer knows the person, who has no role here."""


@dataclass(frozen=True)
class Visit:
    """state: known to this browser only. nonce: repeated in the resulting token.

    verifier: proves that the code's sender asked for it (RFC 7636). former_sha256: of the session
    that was open here. Its cookie does not come back with the browser, which comes from another
    site.
    """

    state: str
    nonce: str
    verifier: str
    return_to: str
    former_sha256: str
    began_at: datetime

    @property
    def challenge(self) -> str:
        digest = hashlib.sha256(self.verifier.encode()).digest()
        return base64.urlsafe_b64encode(digest).decode().rstrip("=")

    def write(self) -> bytes:
        return json.dumps(asdict(self) | {"began_at": self.began_at.isoformat()}).encode()

    @classmethod
    def read(cls, written: bytes) -> Self:
        """Raises ValueError: an earlier version wrote it."""
        try:
            members = json.loads(written)
            return cls(**members | {"began_at": datetime.fromisoformat(members["began_at"])})
        except (KeyError, TypeError) as error:
            raise ValueError("no visit") from error

    def is_over(self, now: datetime) -> bool:
        return now >= self.began_at + LONGEST_VISIT


def own_address(address: str) -> str:
    """Return the address if it is on this host, or else the start page."""
    is_own = len(address) <= _LONGEST_ADDRESS and _OWN_ADDRESS.fullmatch(address)
    return address if is_own else START
