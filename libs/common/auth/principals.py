"""Callers, their rights, and their refusals."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

import structlog

from libs.common.errors import Problem
from libs.common.ids import OperationId
from libs.common.scopes import EVERYTHING, Scope

_log = structlog.get_logger(__name__)

TIED_TO_NOBODY = "This log-in is tied to no member: ask staff to do so."


class Role(StrEnum):
    """The purpose of an account; docs/build/architecture.md has the table of rights by role."""

    OPERATOR = "operator"  # the co-op's staff: everything
    ORGANISER = "organiser"  # the operations named in the token
    MEMBER = "member"  # the own points
    FEED = "feed"  # may only push deliveries


class TokenRefused(Problem):
    status, slug, title = 401, "token-refused", "A valid access token is needed"
    example_detail = "Log in again: the token is invalid or has expired."


class Forbidden(Problem):
    status, slug, title = 403, "forbidden", "This account may not do that"
    example_detail = "You may see your own points only, on the days on which they are yours."


class IssuerUnreachable(Problem):
    status, slug, title = 503, "issuer-unreachable", "Tokens cannot be verified at the moment"
    example_detail = "Try again in a few seconds."


@dataclass(frozen=True)
class Rights:
    """The rights of a token, an account or an invitation; without arguments, none.

    operations and member_id count with the role of an organiser, and of a member, only.
    """

    roles: frozenset[Role] = frozenset()
    operations: frozenset[OperationId] = frozenset()
    member_id: UUID | None = None

    @staticmethod
    def of_staff() -> "Rights":
        return Rights(frozenset({Role.OPERATOR}))

    @staticmethod
    def of_organiser(operations: Iterable[OperationId]) -> "Rights":
        return Rights(frozenset({Role.ORGANISER}), frozenset(operations))

    @staticmethod
    def of_member(member_id: UUID) -> "Rights":
        return Rights(frozenset({Role.MEMBER}), member_id=member_id)

    @staticmethod
    def of_feed() -> "Rights":
        return Rights(frozenset({Role.FEED}))

    @property
    def is_staff(self) -> bool:
        return Role.OPERATOR in self.roles

    @property
    def is_organiser(self) -> bool:
        return Role.ORGANISER in self.roles

    @property
    def is_feed(self) -> bool:
        return Role.FEED in self.roles

    @property
    def acts_as_member(self) -> bool:
        return Role.MEMBER in self.roles

    @property
    def own_operations(self) -> frozenset[OperationId]:
        """The operations that the account organises."""
        return self.operations if self.is_organiser else frozenset()

    @property
    def own_member_id(self) -> UUID | None:
        """The member that the account is, if any."""
        return self.member_id if self.acts_as_member else None

    def extended_by(self, others: "Rights") -> "Rights":
        """Return all rights of both; the member of the others only where there is none here."""
        return Rights(
            self.roles | others.roles,
            self.operations | others.operations,
            self.member_id or others.member_id,
        )

    def without_operation(self, operation_id: OperationId) -> "Rights":
        """Drop the operation, and with the last one the role of an organiser."""
        rest = self.operations - {operation_id}
        roles = self.roles if rest else self.roles - {Role.ORGANISER}
        return Rights(roles, rest, self.member_id)

    def without_member(self) -> "Rights":
        """Drop the member, and the role of one."""
        return Rights(self.roles - {Role.MEMBER}, self.operations)


@dataclass(frozen=True, kw_only=True)
class Principal(Rights):
    """The caller, as the token says."""

    subject: str
    session_id: UUID | None = None
    """Of the own issuer's tokens only."""
    stepped_up_at: datetime | None = None
    """When they last gave a password or code; None for a program, which has a secret."""

    @property
    def role_over_others(self) -> Role | None:
        """The first role by which the caller may see the data of others; None for a mere member."""
        return next((role for role in Role if role in self.roles - {Role.MEMBER}), None)

    @property
    def scope(self) -> Scope:
        """Everything for staff; else their operations, and what is about them as a member."""
        if self.is_staff:
            return EVERYTHING
        return Scope(operations=self.own_operations, member_id=self.own_member_id)

    @property
    def own_scope(self) -> Scope:
        """The scope of facts about the caller as a member."""
        return Scope.about(self.own_member_id)

    def get_run_scope(self, operation_id: OperationId | None) -> Scope:
        """Return this operation, or all that the caller runs.

        Raises Forbidden for an operation that somebody else runs.
        """
        if operation_id is None:
            return Scope(operations=self.scope.operations)
        self.check_may_run(operation_id)
        return Scope(operations=[operation_id])

    def get_own_member_id(self) -> UUID:
        """Return the member that the caller is. Raises Forbidden for one who is none."""
        if self.own_member_id is None:
            raise refused(self, TIED_TO_NOBODY)
        return self.own_member_id

    def is_member(self, member_id: UUID) -> bool:
        return self.own_member_id is not None and self.own_member_id == member_id

    def may_run(self, operation_id: OperationId) -> bool:
        """Whether the caller is staff, or the organiser of this operation."""
        return self.is_staff or operation_id in self.own_operations

    def runs_all(self, operations: Iterable[OperationId]) -> bool:
        """Whether the caller may run each of these; true where there are none."""
        return all(self.may_run(operation_id) for operation_id in operations)

    def check_may_run(self, operation_id: OperationId) -> None:
        """Raises Forbidden; does not name the operation: the caller may have named a run of it."""
        if not self.may_run(operation_id):
            raise refused(self, "Only staff and the operation's organiser may do that.")

    def check_is_member_or_staff(self, member_id: UUID) -> None:
        """Raises Forbidden."""
        if not self.is_staff and not self.is_member(member_id):
            raise refused(self, "Only the member and staff may see this.")


def refused(caller: Principal, detail: str) -> Forbidden:
    """Return a Forbidden to raise, and log the refusal."""
    log_refusal(caller.subject, caller.roles)
    return Forbidden(detail)


def log_refusal(subject: str | None = None, roles: Iterable[Role] = ()) -> None:
    """Leave the trace that the refusal of a person's data needs.

    subject, roles: of whom it refuses; without them, the caller's, which ``authenticated`` gives to
    all lines of the request, as it does the route.
    """
    who = {} if subject is None else {"subject": subject, "roles": sorted(roles)}
    _log.warning("access refused", **who)
