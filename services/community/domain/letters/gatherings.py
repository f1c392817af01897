"""The words of messages about gatherings; further details are in the calendar file."""

from collections.abc import Mapping

from services.community.domain.gatherings.gathering import Gathering
from services.community.domain.letters.templates import Template, fill
from services.community.domain.messages.messages import Language, Letter, MessageKind
from services.community.domain.messages.notifications import NotificationKind

_WHAT: Mapping[Language, str] = {
    "fr": """\
Quoi : {title}
Opération : {operation_name}
Début : {starts_at}
Fin : {ends_at}
Où : {place}
Lien : {url}
""",
    "en": """\
What: {title}
Operation: {operation_name}
From: {starts_at}
To: {ends_at}
Where: {place}
Link: {url}
""",
}
_HELLO: Mapping[Language, str] = {
    "fr": "Bonjour {member_name},\n\n",
    "en": "Hello {member_name},\n\n",
}
_REPLY: Mapping[Language, str] = {
    "fr": """
Dites si vous venez, au plus tard le {replies_until}, dans votre espace : {link}
Cette rencontre est jointe, pour votre agenda.
""",
    "en": """
Say whether you come, by {replies_until} at the latest, in your space: {link}
The gathering is attached, for your calendar.
""",
}


def _template(language: Language, subject: str, first: str, last: str) -> Template:
    return Template(subject, f"{_HELLO[language]}{first}\n\n{_WHAT[language]}{last}")


GATHERING_TEMPLATES: Mapping[tuple[MessageKind, Language], Template] = {
    (MessageKind.GATHERING_INVITATION, "fr"): _template(
        "fr", "Invitation : {title}, le {starts_at}", "Vous êtes invité(e).", _REPLY["fr"]
    ),
    (MessageKind.GATHERING_INVITATION, "en"): _template(
        "en", "Invitation: {title}, {starts_at}", "You are invited.", _REPLY["en"]
    ),
    (MessageKind.GATHERING_SERIES, "fr"): _template(
        "fr",
        "Invitation : {title}, à partir du {starts_at}",
        "Vous êtes invité(e) à plusieurs rencontres ; voici la première.",
        "\nNombre de rencontres : {count}\n\nPour chacune, dites si vous venez, dans votre"
        " espace : {link}\nElles sont jointes, pour votre agenda.",
    ),
    (MessageKind.GATHERING_SERIES, "en"): _template(
        "en",
        "Invitation: {title}, from {starts_at} on",
        "You are invited to several gatherings; this is the first.",
        "\nNumber of gatherings: {count}\n\nSay for each whether you come, in your space: {link}"
        "\nThe gatherings are attached, for your calendar.",
    ),
    (MessageKind.GATHERING_CHANGE, "fr"): _template(
        "fr",
        "Changement : {title}, le {starts_at}",
        "Cette rencontre a changé. Voici ce qu’il en est maintenant.",
        _REPLY["fr"],
    ),
    (MessageKind.GATHERING_CHANGE, "en"): _template(
        "en",
        "Changed: {title}, {starts_at}",
        "This gathering has changed. Here is how it is now.",
        _REPLY["en"],
    ),
    (MessageKind.GATHERING_CANCELLATION, "fr"): _template(
        "fr",
        "Annulé : {title}, le {starts_at}",
        "Cette rencontre est annulée.",
        "\nMotif : {reason}",
    ),
    (MessageKind.GATHERING_CANCELLATION, "en"): _template(
        "en", "Called off: {title}, {starts_at}", "This gathering is called off.", "\nWhy: {reason}"
    ),
    (MessageKind.GATHERING_SEAT, "fr"): _template(
        "fr",
        "Une place pour vous : {title}, le {starts_at}",
        "Vous étiez sur la liste d’attente : vous avez maintenant une place.",
        "\nVous ne venez plus ? Dites-le, d’autres attendent : {link}",
    ),
    (MessageKind.GATHERING_SEAT, "en"): _template(
        "en",
        "A seat for you: {title}, {starts_at}",
        "You were on the waiting list: now you have a seat.",
        "\nYou cannot come after all? Say so, others wait: {link}",
    ),
    (MessageKind.GATHERING_REMINDER, "fr"): _template(
        "fr",
        "Rappel : {title}, le {starts_at}",
        "Cette rencontre approche.",
        "\nVous ne venez plus ? Dites-le : {link}",
    ),
    (MessageKind.GATHERING_REMINDER, "en"): _template(
        "en",
        "Soon: {title}, {starts_at}",
        "This gathering is near.",
        "\nYou cannot come after all? Say so: {link}",
    ),
    (MessageKind.GATHERING_MINUTES, "fr"): _template(
        "fr",
        "Compte rendu : {title}, du {starts_at}",
        "Le compte rendu et les décisions sont publiés.",
        "\nÀ lire dans votre espace : {link}",
    ),
    (MessageKind.GATHERING_MINUTES, "en"): _template(
        "en",
        "Minutes: {title}, {starts_at}",
        "The minutes and the decisions are published.",
        "\nRead them in your space: {link}",
    ),
}


_MORE: Mapping[Language, str] = {
    "fr": "Nombre de rencontres : {count}\nMotif : {reason}\n",
    "en": "Number of gatherings: {count}\nWhy: {reason}\n",
}
_OF_ASSEMBLIES: Mapping[MessageKind, NotificationKind] = {
    MessageKind.GATHERING_INVITATION: NotificationKind.ASSEMBLY_CONVENED,
    MessageKind.GATHERING_SERIES: NotificationKind.ASSEMBLY_CONVENED,
    MessageKind.GATHERING_CHANGE: NotificationKind.ASSEMBLY_CHANGED,
    MessageKind.GATHERING_CANCELLATION: NotificationKind.ASSEMBLY_CANCELLED,
}
_OF_OTHERS: Mapping[MessageKind, NotificationKind] = {
    MessageKind.GATHERING_INVITATION: NotificationKind.GATHERING_ANNOUNCED,
    MessageKind.GATHERING_SERIES: NotificationKind.GATHERING_ANNOUNCED,
    MessageKind.GATHERING_CHANGE: NotificationKind.GATHERING_CHANGED,
    MessageKind.GATHERING_CANCELLATION: NotificationKind.GATHERING_CANCELLED,
    MessageKind.GATHERING_SEAT: NotificationKind.GATHERING_SEAT,
    MessageKind.GATHERING_REMINDER: NotificationKind.GATHERING_REMINDER,
    MessageKind.GATHERING_MINUTES: NotificationKind.GATHERING_MINUTES,
}


def kind_of(kind: MessageKind, *, is_assembly: bool) -> NotificationKind:
    """Return the kind of a message's notification: an assembly's cannot be switched off."""
    return _OF_ASSEMBLIES.get(kind, _OF_OTHERS[kind]) if is_assembly else _OF_OTHERS[kind]


def _in_app(kind: MessageKind, language: Language) -> Template:
    """Take the letter's words, without the greeting and the lines about its attachment."""
    letter = GATHERING_TEMPLATES[kind, language]
    first, _, _ = letter.body.removeprefix(_HELLO[language]).partition(_WHAT[language])
    return Template(letter.subject, f"{first}{_WHAT[language]}{_MORE[language]}")


GATHERING_NOTIFICATIONS: Mapping[tuple[NotificationKind, Language], Template] = {
    (notified, language): _in_app(kind, language)
    for kinds in (_OF_ASSEMBLIES, _OF_OTHERS)
    for kind, notified in kinds.items()
    if kind != MessageKind.GATHERING_SERIES  # in the words of an invitation, with their number
    for language in _WHAT
}


def gathering_facts(
    gathering: Gathering, *, operation_name: str | None, reason: str | None, count: int
) -> dict[str, object]:
    """operation_name: None for the whole co-op. reason: why it was called off.

    count: how many gatherings the letter is about, of which this is the first.
    """
    return {
        "operation_name": operation_name,
        "title": gathering.title,
        "starts_at": gathering.starts_at,
        "ends_at": gathering.ends_at,
        "place": gathering.place or None,
        "url": gathering.url,
        "replies_until": gathering.replies_until,
        "reason": reason,
        "count": count if count > 1 else None,
    }


def write_gathering_letter(
    kind: MessageKind,
    facts: Mapping[str, object],
    language: Language,
    *,
    member_name: str,
    link: str,
) -> Letter:
    """facts: of ``gathering_facts``."""
    more = {"member_name": member_name, "link": link}
    return fill(GATHERING_TEMPLATES[kind, language], {**facts, **more}, language)
