"""Commands change records: each function is one promise, kept in the caller's transaction."""

from services.community.commands.accounts.accounts import (
    ensure_operator,
    log_in,
    record_account,
)
from services.community.commands.members.participations import (
    cancel_participation,
    end_participations_of_left_point,
    record_participations,
)
from services.community.commands.members.registry import (
    record_member,
    record_operation,
    record_point,
)

__all__ = [
    "cancel_participation",
    "end_participations_of_left_point",
    "ensure_operator",
    "log_in",
    "record_account",
    "record_member",
    "record_operation",
    "record_participations",
    "record_point",
]
