"""Where an issuer's tokens tell what their bearer may do, and in which words."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

_HEADER_TYPES = {"jwt", "at+jwt"}
_CLAIM_TYPES = {"bearer", "at+jwt"}


@dataclass(frozen=True)
class ClaimNames:
    """Names of claims; one inside another is reached by a path, ``realm_access.roles``."""

    roles: str = "roles"
    operations: str = "operations"
    member_id: str = "member_id"
    role_map: Mapping[str, str] = field(default_factory=dict)
    """Our role by the issuer's; empty: the issuer is ours, and uses our words."""
    clients: frozenset[str] = frozenset()
    """Whose tokens count; empty: those of all clients that the issuer knows."""

    def roles_in(self, claims: Mapping[str, object]) -> list[str]:
        """Our names of the roles; those of other applications are left out.

        Raises TypeError.
        """
        theirs = _find(claims, self.roles) or []
        if not isinstance(theirs, list):
            raise TypeError("roles is no list")
        named = [one for one in theirs if isinstance(one, str)]
        if not self.role_map:
            return named
        return [self.role_map[one] for one in named if one in self.role_map]

    def operations_in(self, claims: Mapping[str, object]) -> list[str]:
        """One that is no list is a single one: issuers tell an attribute so."""
        found = _find(claims, self.operations) or []
        return [str(one) for one in (found if isinstance(found, list) else [found])]

    def member_id_in(self, claims: Mapping[str, object]) -> str | None:
        found = _find(claims, self.member_id)
        return str(found) if found else None


def check_is_for_us(
    header: Mapping[str, object], claims: Mapping[str, object], clients: frozenset[str]
) -> None:
    """Of a token of another issuer: that it gives access, and was given to a client that we let.

    An ID token tells a client who is there; a client that has our audience's name is not us. The
    header says what it is by RFC 9068, or nothing; Keycloak says it in a claim. The hash of an
    access token is in no access token. Raises ValueError.
    """
    if str(header.get("typ", "JWT")).lower().removeprefix("application/") not in _HEADER_TYPES:
        raise ValueError("a token of another type")
    if str(claims.get("typ", "Bearer")).lower() not in _CLAIM_TYPES or "at_hash" in claims:
        raise ValueError("no access token")
    if clients and str(claims.get("azp", claims.get("client_id"))) not in clients:
        raise ValueError("a token of another client")


def session_id_in(claims: Mapping[str, Any], *, longest_life: timedelta) -> UUID:
    """Of a token of the own issuer: one that names no session, or lives for longer, is not its.

    Raises ArithmeticError, LookupError, TypeError or ValueError.
    """
    life_s = int(claims["exp"]) - int(claims["iat"])
    if not 0 < life_s <= longest_life.total_seconds():
        raise ValueError("no life of a token")
    return UUID(str(claims["sid"]))


def stepped_up_at_in(claims: Mapping[str, Any]) -> datetime | None:
    """Of a token of the own issuer, which may be a program's.

    Raises ArithmeticError, TypeError or ValueError.
    """
    at_s = claims.get("auth_time")
    return None if at_s is None else datetime.fromtimestamp(int(at_s), UTC)


def _find(claims: Mapping[str, object], name: str) -> object:
    if name in claims:  # some issuers name claims by URLs, with dots in them
        return claims[name]
    outer, _, inner = name.partition(".")
    within = claims.get(outer)
    return _find(within, inner) if inner and isinstance(within, dict) else None
