"""The words of messages that days of a point are now recorded as another member's."""

from collections.abc import Mapping

from services.community.domain.letters.templates import Template, fill
from services.community.domain.messages.messages import Language, Letter, MessageKind

POINT_TEMPLATES: Mapping[tuple[MessageKind, Language], Template] = {
    (MessageKind.POINT_TAKEN, "fr"): Template(
        "{label} n’est plus enregistré à votre nom",
        """\
Bonjour,

Dans {operation_name}, {label} était enregistré à votre nom à partir du {valid_from}.
L’équipe de la coopérative l’a enregistré, pour ces jours, au nom d’un autre membre.
Si vous aviez refusé de montrer votre courbe de charge, ce refus reste valable.
Si ce n’est pas juste, prévenez la coopérative.
""",
    ),
    (MessageKind.POINT_TAKEN, "en"): Template(
        "{label} is no longer recorded in your name",
        """\
Hello,

In {operation_name}, {label} was recorded in your name from {valid_from} on.
The staff of the co-operative recorded it, for these days, in the name of another member.
If you had refused to show your load curve, that refusal still holds.
If this is not right, tell the co-operative.
""",
    ),
    (MessageKind.POINT_GIVEN, "fr"): Template(
        "{label} est maintenant enregistré à votre nom",
        """\
Bonjour,

Dans {operation_name}, {label} est maintenant enregistré à votre nom à partir du {valid_from}.
Il l’était, pour ces jours, au nom d’un autre membre.
Si ce n’est pas juste, prévenez la coopérative.
""",
    ),
    (MessageKind.POINT_GIVEN, "en"): Template(
        "{label} is now recorded in your name",
        """\
Hello,

In {operation_name}, {label} is now recorded in your name from {valid_from} on.
It was, for these days, in the name of another member.
If this is not right, tell the co-operative.
""",
    ),
}


def write_point_letter(
    kind: MessageKind, facts: Mapping[str, object], language: Language
) -> Letter:
    return fill(POINT_TEMPLATES[kind, language], facts, language)
