"""The erasure of a member (GDPR, art. 17): what goes, what stays and why, and when it cannot be."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import ClassVar

from libs.common.errors import Problem
from services.community.domain.messages import Language

ANSWERED_WITHIN = timedelta(days=30)
"""One month (GDPR, art. 12(3)), never more than it is."""

_NOBODY: Mapping[Language, str] = {"fr": "(effacé)", "en": "(erased)"}

ERASED: Mapping[str, str] = {
    "member": "name, addresses, e-mail, SIREN and VAT number are emptied; the id stays",
    "account": "log-ins of the member alone are emptied and disabled, their sessions end; one that"
    " is also for other work is no longer tied to the member",
    "session": "where the member was logged in; deleted two days after it has ended",
    "log_in_link": "links that were sent to log in",
    "totp": "authenticator apps of log-ins of the member alone",
    "recovery_code": "their recovery codes",
    "message": "messages to the member, their texts, addresses and attachments; also those to"
    " addresses that they never confirmed",
    "email_change": "addresses that wait to be confirmed",
    "leave_request": "when and why the member wanted to leave an operation",
    "gathering_reply": "answers to gatherings; whoever waits for a seat gets it",
    "gathering_notice": "which messages about gatherings were sent",
    "challenge_entry": "challenges that the member took part in, what was measured and the results",
    "notification": "what the member was told in the platform, and organisers of their consents",
    "notification_channel": "how the member wants to be told",
    "digest": "which summaries were sent",
    "calendar_feed": "secret addresses of calendars, of log-ins of the member alone",
    "invitation": "invitations of the member, and to the same addresses",
    "sign_up": "what the member, or somebody from the same addresses, asked for to take part",
    "request": "requests of the public that came from the same addresses, with steps and notes",
}
"""What goes, by table."""

KEPT: Mapping[str, str] = {
    "participation": "what was shared and invoiced is accounted for, for ten years (Code de"
    " commerce, art. L123-22; LPF, art. L102 B; GDPR, art. 17(3)(b))",
    "enrolment": "what was declared to the grid operator, and by which agreement; as above",
    "document": "signed agreements on which participations rest; as above",
    "consent": "the proof of what was allowed and refused (GDPR, art. 7(1) and 17(3)(e)); those"
    " that stand are withdrawn",
    "capital_movement": "the register of shares and the accounts drawn from it (Code de commerce,"
    " art. L123-22; GDPR, art. 17(3)(b))",
    "poll_voter": "the result of votes that others rely on (GDPR, art. 17(3)(e))",
    "ballot": "the result of votes that others rely on (GDPR, art. 17(3)(e))",
    "gathering_attendance": "who was at an assembly supports what it decided (GDPR, art. 17(3)(e))",
    "erasure": "that it was done, when and by which account (GDPR, art. 5(2)); no personal data",
}
"""What stays, tied to an id that names nobody any more, by table."""

ELSEWHERE: Mapping[str, str] = {
    "billing": "issued invoices stay as they are for ten years (Code de commerce, art. L123-22;"
    " LPF, art. L102 B), and mandates of direct debits with them; its copy of contact data,"
    " suppliers' offers and the routing of invoices go",
    "ingest": "consents end, so that nobody but staff and the settlement has the load curves; they"
    " are deleted by their own period",
    "allocation": "settlements stay as evidence of invoices; they name points, no people",
    "audit": "who changed what, with the names of before: for staff only, until"
    " RETENTION_AUDIT_MONTHS after each change, as proof of how the register was kept (GDPR,"
    " art. 5(2) and 32)",
}

EMPTY: Mapping[Language, Mapping[str, str | None]] = {
    language: {
        "name": name,
        "address": "-",
        "email": None,
        "siren": None,
        "vat_number": None,
        "delivery_address": None,
    }
    for language, name in _NOBODY.items()
}
"""What a member's record says of who was erased; the kind stays, its invoices had it."""


class Obstacle(StrEnum):
    TAKES_PART = "takes-part"  # or is on the way in or out
    HOLDS_SHARES = "holds-shares"
    VOTES = "votes"


class ErasureUnknown(Problem):
    status, slug, title = 404, "erasure-unknown", "Nobody has asked to erase the member"
    example_detail = "Ask for the erasure first."


class ErasureRefused(Problem):
    status, slug, title = 409, "erasure-refused", "The member cannot be erased yet"
    example_detail = "End what stands in the way first: takes-part."
    example_facts: ClassVar = {"obstacles": ["takes-part"]}


class DebtsNotChecked(Problem):
    status, slug, title = 409, "debts-not-checked", "Somebody has to see that nothing is owed"
    example_detail = "See in billing that all is invoiced and paid, then say nothing_is_owed."


class MemberErased(Problem):
    status, slug, title = 409, "member-erased", "The member was erased"
    example_detail = "What is left names nobody. If they come back, record a new member."


@dataclass(frozen=True)
class Standing:
    """What ties a member to the co-operative from today on."""

    takes_part: bool
    capital_shares: int
    open_polls: int

    @property
    def obstacles(self) -> list[Obstacle]:
        found = {
            Obstacle.TAKES_PART: self.takes_part,
            Obstacle.HOLDS_SHARES: self.capital_shares > 0,
            Obstacle.VOTES: self.open_polls > 0,
        }
        return [obstacle for obstacle, stands in found.items() if stands]


def due_at(requested_at: datetime) -> datetime:
    return requested_at + ANSWERED_WITHIN
