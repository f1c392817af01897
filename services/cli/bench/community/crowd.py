"""A co-op of thousands of members, loaded as rows: over the API it would take an hour."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from uuid import NAMESPACE_URL, UUID, uuid5

from libs.common.calendar import Month, local_day

_AT = datetime(2026, 10, 1, 8, tzinfo=UTC)
_FIRST_DAY = date(2026, 1, 1)
_POLLS = 20
"""For each operation."""
_MESSAGES = 2
"""For each member."""

Row = tuple[object, ...]
TableRows = tuple[str, str, Iterator[Row]]
"""Name, columns, rows."""


@dataclass(frozen=True)
class Crowd:
    """Each member has a point, an account and messages; all operations have as many points."""

    operations: int
    points: int

    @property
    def members(self) -> int:
        return self.operations * self.points

    def operation_id(self, number: int) -> str:
        return f"ACC{number:08}"

    def member_id(self, number: int) -> UUID:
        return new_id("member", number)

    def poll_id(self, number: int) -> UUID:
        return new_id("poll", number)

    def account_id(self, number: int) -> UUID:
        return new_id("account", number)

    def organiser_id(self, number: int) -> UUID:
        return new_id("organiser", number)

    def message_id(self, number: int) -> UUID:
        return new_id("message", number)

    def request_id(self, number: int) -> UUID:
        return new_id("request", number)

    @property
    def polls(self) -> int:
        return self.operations * _POLLS

    @property
    def messages(self) -> int:
        return self.members * _MESSAGES

    def operation_of(self, member: int) -> str:
        return self.operation_id(member // self.points)

    def tables(self) -> Iterator[TableRows]:
        """Yield tables in an order in which every reference exists."""
        yield "organiser", "id name address", self._organisers()
        yield "operation", _OPERATION, self._operations()
        yield "member", _MEMBER, self._members()
        yield "point", "prm label", ((self.prm(number), "Toit") for number in range(self.members))
        yield "participation", _PARTICIPATION, self._participations()
        yield "month_progress", _MONTH, self._months()
        yield "account", _ACCOUNT, self._accounts()
        yield "message", _MESSAGE, self._messages()
        yield "message_recipient", _RECIPIENT, self._recipients()
        yield "poll", _POLL, self._polls()
        yield "request", _REQUEST, self._requests()

    def prm(self, number: int) -> str:
        return f"99{number:012}"

    def _organisers(self) -> Iterator[Row]:
        for number in range(self.operations):
            yield self.organiser_id(number), f"Organiser {number}", "1 place du Banc"

    def _operations(self) -> Iterator[Row]:
        for number in range(self.operations):
            name, organiser_id = f"Operation {number}", self.organiser_id(number)
            yield self.operation_id(number), name, organiser_id, 30, _FIRST_DAY, 1, "[]"

    def _members(self) -> Iterator[Row]:
        for number in range(self.members):
            email = f"member-{number}@example.org"
            name = f"Member {number}"
            yield self.member_id(number), "household", name, "1 rue du Banc", email, "fr", 1

    def _participations(self) -> Iterator[Row]:
        for number in range(self.members):
            member_id = self.member_id(number)
            yield self.operation_of(number), self.prm(number), "consumption", member_id, _FIRST_DAY

    def _months(self) -> Iterator[Row]:
        """Yield settled months, without the last one and the current one."""
        this = Month.of(local_day(datetime.now(UTC)))
        for number in range(self.operations):
            for earlier in range(2, 13):
                yield self.operation_id(number), str(this.earlier(earlier)), True, True

    def _accounts(self) -> Iterator[Row]:
        for number in range(self.members):
            email = f"member-{number}@example.org"
            member_id = self.member_id(number)
            no_password = ""
            yield self.account_id(number), email, no_password, ["member"], [], member_id, False

    def _messages(self) -> Iterator[Row]:
        for number in range(self.messages):
            member = number // _MESSAGES
            yield (
                *(self.message_id(number), self.member_id(member), self.operation_of(member)),
                *("invoice", "fr", "Facture", "Bonjour,\n", "[]"),
                *(_AT + timedelta(seconds=number), 1, False, True),
            )

    def _recipients(self) -> Iterator[Row]:
        for number in range(self.messages):
            email = f"member-{number // _MESSAGES}@example.org"
            yield self.message_id(number), 1, email, "sent", _AT, 1, _AT, _AT

    def _polls(self) -> Iterator[Row]:
        options = json.dumps([{"id": "for", "label": "Yes"}, {"id": "against", "label": "No"}])
        for number in range(self.polls):
            opens_at = _AT + timedelta(days=number % _POLLS)
            yield (
                *(self.poll_id(number), self.operation_id(number // _POLLS), "Which?", ""),
                *("simple", options, 1, "open", "one_each", opens_at),
                *(opens_at + timedelta(days=7), 0, "draft", _AT, "bench"),
            )

    def _requests(self) -> Iterator[Row]:
        stages = ("received", "qualified", "study", "agreed")
        for number in range(self.members):
            at, due_on = _AT + timedelta(seconds=number), _FIRST_DAY + timedelta(days=number % 700)
            yield (
                *(self.request_id(number), "0" * 64, at, f"Asker {number}", "a@example.org"),
                *("Aurelle", '{"household": 3}', 3, [Decimal(9)], Decimal(9), "Sun.", True),
                *(stages[number % len(stages)], at, due_on, at),
            )


_OPERATION = "id name organiser_id step_min valid_from revision step_changes"
_MEMBER = "id kind name address email language revision"
_PARTICIPATION = "operation_id prm direction member_id valid_from"
_MONTH = "operation_id month is_settled coefficients_sent"
_ACCOUNT = "id email password_hash roles operations member_id disabled"
_MESSAGE = (
    "id member_id operation_id kind language subject body attachments asked_at revision is_secret"
    " is_reported"
)
_RECIPIENT = "message_id number address status at attempts due_at expires_at"
_POLL = (
    "id operation_id question description method options max_choices ballot_mode weighting"
    " opens_at closes_at max_proxies state drafted_at drafted_by"
)
_REQUEST = (
    "id secret_sha256 received_at name email commune points point_count plants_kwc kwc reason"
    " may_be_contacted stage stage_since next_action_on touched_at"
)


def new_id(kind: str, number: int) -> UUID:
    return uuid5(NAMESPACE_URL, f"https://elocoop.coop/bench/community/{kind}/{number}")
