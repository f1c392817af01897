"""Where an issuer's tokens tell what their bearer may do, and in which words."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class ClaimNames:
    """Names of claims; one inside another is reached by a path, ``realm_access.roles``."""

    roles: str = "roles"
    operations: str = "operations"
    member_id: str = "member_id"
    role_map: Mapping[str, str] = field(default_factory=dict)
    """Our role by the issuer's; empty: the issuer uses our words."""

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


def _find(claims: Mapping[str, object], name: str) -> object:
    if name in claims:  # some issuers name claims by URLs, with dots in them
        return claims[name]
    outer, _, inner = name.partition(".")
    within = claims.get(outer)
    return _find(within, inner) if inner and isinstance(within, dict) else None
