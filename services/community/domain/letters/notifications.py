"""The words of notifications, in the app and in e-mails."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from services.community.domain.letters.challenges import CHALLENGE_TEMPLATES
from services.community.domain.letters.desk import DESK_NOTIFICATIONS
from services.community.domain.letters.gatherings import GATHERING_NOTIFICATIONS
from services.community.domain.letters.memberships import MEMBERSHIP_TEMPLATES
from services.community.domain.letters.templates import Template, fill, one_line
from services.community.domain.messages.messages import Language, Letter
from services.community.domain.messages.notifications import Notification, NotificationKind

NOTIFICATION_TEMPLATES: Mapping[tuple[NotificationKind, Language], Template] = {
    (NotificationKind.POLL_OPENED, "fr"): Template(
        "Vote : {question}",
        """\
Les membres de {operation_name} sont appelés à voter : {question}
On vote du {opens_at} au {closes_at}.
""",
    ),
    (NotificationKind.POLL_OPENED, "en"): Template(
        "Vote: {question}",
        """\
The members of {operation_name} are asked to vote: {question}
Voting is from {opens_at} to {closes_at}.
""",
    ),
    (NotificationKind.POLL_CLOSING, "fr"): Template(
        "Bientôt clos : {question}",
        """\
Le vote de {operation_name} se termine le {closes_at} : {question}
Il manque votre bulletin, ou celui de qui vous a donné procuration.
""",
    ),
    (NotificationKind.POLL_CLOSING, "en"): Template(
        "Closing soon: {question}",
        """\
The vote of {operation_name} ends on {closes_at}: {question}
Your ballot is missing, or that of somebody whose proxy you hold.
""",
    ),
    (NotificationKind.POLL_CLOSED, "fr"): Template(
        "Résultat du vote : {question}",
        """\
Le vote de {operation_name} est clos et dépouillé : {question}
Votants : {voted} sur {voters}.
""",
    ),
    (NotificationKind.POLL_CLOSED, "en"): Template(
        "Result of the vote: {question}",
        """\
The vote of {operation_name} is over and counted: {question}
Votes cast: {voted} of {voters}.
""",
    ),
    (NotificationKind.POLL_CANCELLED, "fr"): Template(
        "Vote annulé : {question}",
        """\
Le vote de {operation_name} est annulé : {question}
Motif : {reason}
""",
    ),
    (NotificationKind.POLL_CANCELLED, "en"): Template(
        "Vote cancelled: {question}",
        """\
The vote of {operation_name} is cancelled: {question}
Reason: {reason}
""",
    ),
    (NotificationKind.POINT_LEFT, "fr"): Template(
        "{label} ne prend plus part à {operation_name}",
        """\
Depuis le {left_on}, votre point {label} ne prend plus part à {operation_name} : selon le
gestionnaire de réseau, son contrat a pris fin, ou est passé à quelqu’un d’autre.
Si c’est une erreur, dites-le à l’organisateur de l’opération.
""",
    ),
    (NotificationKind.POINT_LEFT, "en"): Template(
        "{label} no longer takes part in {operation_name}",
        """\
Since {left_on}, your point {label} no longer takes part in {operation_name}: the grid operator
says that its contract has ended, or is somebody else's now.
If this is a mistake, tell the operation's organiser.
""",
    ),
    (NotificationKind.NEWS_PUBLISHED, "fr"): Template(
        "Actualité : {title}", "Un article vient de paraître.\nOpération : {operation_name}\n"
    ),
    (NotificationKind.NEWS_PUBLISHED, "en"): Template(
        "News: {title}", "There is a new article.\nOperation: {operation_name}\n"
    ),
    **CHALLENGE_TEMPLATES,
    **GATHERING_NOTIFICATIONS,
    **MEMBERSHIP_TEMPLATES,
    **DESK_NOTIFICATIONS,
}

_HELLO = {"fr": "Bonjour", "en": "Hello"}
_CHOOSE = {"fr": "Choisir ce que vous recevez\u00a0:", "en": "Choose what you get:"}
_DIGEST = {"fr": "Du nouveau dans votre communauté", "en": "News from your community"}
_CHANNELS_PATH = "/community/me/notification-channels"


def write_notification(notification: Notification, language: Language) -> Letter:
    """The title and the text of a notification."""
    return fill(NOTIFICATION_TEMPLATES[notification.kind, language], notification.facts, language)


@dataclass(frozen=True)
class Told:
    """A notification in an e-mail; title and text as written before."""

    title: str
    text: str
    link: str


def write_notification_letter(
    summary: Told, language: Language, *, member_name: str | None, public_url: str
) -> Letter:
    body = f"{summary.text.rstrip()}\n\n{public_url}{summary.link}"
    return _letter(summary.title, body, language, member_name=member_name, public_url=public_url)


def write_digest(
    summaries: Sequence[Told], language: Language, *, member_name: str | None, public_url: str
) -> Letter:
    """List all the notifications in this order."""
    body = "\n\n".join(f"- {summary.title}\n  {public_url}{summary.link}" for summary in summaries)
    subject = f"{_DIGEST[language]} ({len(summaries)})"
    return _letter(subject, body, language, member_name=member_name, public_url=public_url)


def _letter(
    subject: str, body: str, language: Language, *, member_name: str | None, public_url: str
) -> Letter:
    hello = f"{_HELLO[language]} {one_line(member_name or '')}".rstrip() + ","
    choose = f"{_CHOOSE[language]} {public_url}{_CHANNELS_PATH}"
    return Letter(subject, f"{hello}\n\n{body}\n\n{choose}\n", language)
