"""A year of members and organisers: papers, gatherings, news and answers."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from services.cli.bench.community.crowd import Crowd, Row, TableRows, new_id

_AT = datetime(2026, 10, 1, 8, tzinfo=UTC)
_FIRST_DAY = date(2026, 1, 1)
_STEPS = ("add", "sign", "declare")
_GATHERINGS = 6
"""For each operation, like articles and sign-ups; half of the members reply to each."""
_ARTICLES = 20
_SIGN_UPS = 10
_NOTIFICATIONS = 5
"""For each member; the reader has as many as a page."""
_INVITED = timedelta(days=14)
READER = 0
"""The member whose own lists are requested."""


@dataclass(frozen=True)
class Life:
    """The life of a crowd, which must exist already."""

    crowd: Crowd

    @property
    def gatherings(self) -> int:
        return self.crowd.operations * _GATHERINGS

    @property
    def articles(self) -> int:
        return self.crowd.operations * _ARTICLES

    def gathering_id(self, number: int) -> UUID:
        return new_id("gathering", number)

    def article_id(self, number: int) -> UUID:
        return new_id("article", number)

    def invitation_id(self, number: int) -> UUID:
        return new_id("invitation", number)

    def tables(self) -> Iterator[TableRows]:
        """Yield tables in an order in which every reference exists."""
        yield "enrolment", _ENROLMENT, self._enrolments()
        yield "enrolment_step", _STEP, self._steps()
        yield "document", _DOCUMENT, self._documents()
        yield "document_version", _VERSION, self._versions()
        yield "consent", _CONSENT, self._consents()
        yield "capital_movement", _MOVEMENT, self._movements()
        yield "invitation", _INVITATION, self._invitations()
        yield "sign_up", _SIGN_UP, self._sign_ups()
        yield "gathering", _GATHERING, self._gatherings()
        yield "gathering_reply", _REPLY, self._replies()
        yield "article", _ARTICLE, self._articles()
        yield "notification", _NOTIFICATION, self._notifications()

    def _enrolments(self) -> Iterator[Row]:
        crowd = self.crowd
        for number in range(crowd.members):
            yield (
                *(new_id("enrolment", number), crowd.operation_of(number), crowd.prm(number)),
                *("consumption", crowd.member_id(number), _FIRST_DAY, "declared"),
            )

    def _steps(self) -> Iterator[Row]:
        for number in range(self.crowd.members):
            for place, kind in enumerate(_STEPS, start=1):
                yield new_id("enrolment", number), place, kind, _FIRST_DAY, _FIRST_DAY, _AT, "bench"

    def _documents(self) -> Iterator[Row]:
        crowd = self.crowd
        for number in range(crowd.members):
            yield (
                *(new_id("document", number), crowd.operation_of(number)),
                *("participation_agreement", "Contrat", crowd.member_id(number)),
                *(_FIRST_DAY, _AT, "bench"),
            )

    def _versions(self) -> Iterator[Row]:
        for number in range(self.crowd.members):
            document_id = new_id("document", number)
            yield document_id, 1, "0" * 64, "application/pdf", 10_000, _AT, "bench"

    def _consents(self) -> Iterator[Row]:
        crowd = self.crowd
        for number in range(crowd.members):
            yield (
                *(new_id("consent", number), crowd.member_id(number), crowd.prm(number)),
                *("display", "daily", "granted", _FIRST_DAY, date(2028, 12, 31), _AT, "bench"),
            )

    def _movements(self) -> Iterator[Row]:
        """Yield movements of one co-operative, in which all members hold shares."""
        crowd = self.crowd
        for number in range(crowd.members):
            yield (
                *(new_id("movement", number), crowd.organiser_id(0), number + 1, "subscription"),
                *(_FIRST_DAY, crowd.member_id(number), 5, 2000, "Bulletin", _AT, "bench"),
            )

    def _invitations(self) -> Iterator[Row]:
        for number in range(self.crowd.members):
            at = _AT + timedelta(seconds=number)
            yield (
                *(self.invitation_id(number), f"invited-{number}@example.org", ["member"], []),
                *(self.crowd.member_id(number), f"{number:064x}", at, "bench", at + _INVITED),
            )

    def _sign_ups(self) -> Iterator[Row]:
        for number in range(self.crowd.operations * _SIGN_UPS):
            operation_id = self.crowd.operation_id(number // _SIGN_UPS)
            yield (
                *(new_id("sign-up", number), operation_id, "household", f"Asker {number}"),
                *("2 rue du Banc", f"asker-{number}@example.org", "consumption", "fr", _AT),
                *(f"{number:064x}", _AT, _AT, "waiting", _AT),
            )

    def _gatherings(self) -> Iterator[Row]:
        for number in range(self.gatherings):
            starts_at = _AT + timedelta(days=30 * (number % _GATHERINGS))
            yield (
                *(self.gathering_id(number), self.crowd.operation_id(number // _GATHERINGS)),
                *("workshop", "Atelier", "", "[]", "Salle des fêtes", starts_at),
                *(starts_at + timedelta(hours=2), starts_at.date(), "everybody", 0, []),
                *("announced", 1, _AT, "bench", _AT),
            )

    def _replies(self) -> Iterator[Row]:
        """Yield replies without counting places: the gatherings have room for all."""
        points = self.crowd.points
        for number in range(self.gatherings):
            first = number // _GATHERINGS * points
            for member in range(first, first + points, 2):
                member_id = self.crowd.member_id(member)
                yield self.gathering_id(number), member_id, "maybe", 0, False, True, _AT

    def _articles(self) -> Iterator[Row]:
        for number in range(self.articles):
            at = _AT + timedelta(minutes=number)
            yield (
                *(self.article_id(number), self.crowd.operation_id(number // _ARTICLES)),
                *("everybody", "Un mois de soleil", "Merci à tous.\n", False, "staff"),
                *("published", at, "bench", at),
            )

    def _notifications(self) -> Iterator[Row]:
        for number in range(self.crowd.members):
            count = 100 if number == READER else _NOTIFICATIONS
            for place in range(count):
                yield (
                    *(self.crowd.member_id(number), "news_published", self.article_id(place)),
                    *("Un mois de soleil", "Merci à tous.", "/news", "in_app"),
                    *(_AT + timedelta(minutes=place), "fr"),
                )


_ENROLMENT = "id operation_id prm direction member_id valid_from state"
_STEP = "enrolment_id number kind day valid_from recorded_at recorded_by"
_DOCUMENT = "id operation_id kind title member_id valid_from recorded_at recorded_by"
_VERSION = "document_id number sha256 media_type byte_count uploaded_at uploaded_by"
_CONSENT = "id member_id prm purpose granularity answer valid_from valid_to recorded_at recorded_by"
_MOVEMENT = (
    "id organiser_id number kind day to_member_id capital_shares nominal_cents"
    " document_reference recorded_at recorded_by"
)
_INVITATION = "id email roles operations member_id secret_sha256 invited_at invited_by expires_at"
_SIGN_UP = (
    "id operation_id kind name address email direction language asked_at secret_sha256 expires_at"
    " confirmed_at state touched_at"
)
_GATHERING = (
    "id operation_id kind title description agenda place starts_at ends_at day audience max_guests"
    " facilitator_ids state revision changed_at changed_by announced_at"
)
_REPLY = "gathering_id member_id answer guests is_seated shows_name replied_at"
_ARTICLE = (
    "id operation_id audience title text is_pinned author_role state drafted_at drafted_by"
    " published_at"
)
_NOTIFICATION = "member_id kind about_id title text link channel created_at language"
