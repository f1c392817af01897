"""Reading an issuer's tokens: where they state their bearer's rights, and in which words."""

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
    """Clients whose tokens count; empty: those of all clients of the issuer."""

    def roles_in(self, claims: Mapping[str, object]) -> list[str]:
        """Return our names of the roles; those of other applications are left out.

        Raises TypeError.
        """
        issuer_roles = _find(claims, self.roles) or []
        if not isinstance(issuer_roles, list):
            raise TypeError("roles is no list")
        role_names = [role for role in issuer_roles if isinstance(role, str)]
        if not self.role_map:
            return role_names
        return [self.role_map[role] for role in role_names if role in self.role_map]

    def operations_in(self, claims: Mapping[str, object]) -> list[str]:
        """Return the operations; issuers write a single one without a list."""
        operations = _find(claims, self.operations) or []
        return [
            str(operation)
            for operation in (operations if isinstance(operations, list) else [operations])
        ]

    def member_id_in(self, claims: Mapping[str, object]) -> str | None:
        member_id = _find(claims, self.member_id)
        return str(member_id) if member_id else None


def check_is_for_us(
    header: Mapping[str, object], claims: Mapping[str, object], clients: frozenset[str]
) -> None:
    """Check that another issuer's token gives access, and was given to an accepted client.

    An ID token says who logged in, to a client; a client with our audience's name is not us. The
    header states the type by RFC 9068, or not at all; Keycloak states it in a claim. An access
    token never has the hash of an access token. Raises ValueError.
    """
    if str(header.get("typ", "JWT")).lower().removeprefix("application/") not in _HEADER_TYPES:
        raise ValueError("a token of another type")
    if str(claims.get("typ", "Bearer")).lower() not in _CLAIM_TYPES or "at_hash" in claims:
        raise ValueError("no access token")
    if clients and str(claims.get("azp", claims.get("client_id"))) not in clients:
        raise ValueError("a token of another client")


def session_id_in(claims: Mapping[str, Any], *, longest_life: timedelta) -> UUID:
    """Return the session of a token of our own issuer; it always names one and has a short life.

    Raises ArithmeticError, LookupError, TypeError or ValueError.
    """
    life_s = int(claims["exp"]) - int(claims["iat"])
    if not 0 < life_s <= longest_life.total_seconds():
        raise ValueError("no life of a token")
    return UUID(str(claims["sid"]))


def stepped_up_at_in(claims: Mapping[str, Any]) -> datetime | None:
    """Return the time of step-up in a token of our own issuer, which may be a program's.

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
