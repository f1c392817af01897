"""The words of challenges: in notifications, and for outcomes without an effort."""

from collections.abc import Mapping

from services.community.domain.challenges.effort import Outcome
from services.community.domain.letters.templates import Template
from services.community.domain.messages.messages import Language
from services.community.domain.messages.notifications import NotificationKind

CHALLENGE_TEMPLATES: Mapping[tuple[NotificationKind, Language], Template] = {
    (NotificationKind.CHALLENGE_ANNOUNCED, "fr"): Template(
        "Défi : {title}",
        """\
Un défi est lancé dans {operation_name}, du {first_day} au {last_day}.
Rien n’est mesuré si vous ne vous inscrivez pas ; vous êtes comparé(e) à vous-même seulement.
""",
    ),
    (NotificationKind.CHALLENGE_ANNOUNCED, "en"): Template(
        "Challenge: {title}",
        """\
There is a challenge in {operation_name}, from {first_day} to {last_day}.
Nothing is measured unless you take part; you are compared with yourself only.
""",
    ),
    (NotificationKind.CHALLENGE_MIDWAY, "fr"): Template(
        "Mi-parcours : {title}",
        """\
Le défi de {operation_name} en est à la moitié ; il dure jusqu’au {last_day}.
Voyez où vous en êtes.
""",
    ),
    (NotificationKind.CHALLENGE_MIDWAY, "en"): Template(
        "Halfway: {title}",
        """\
The challenge of {operation_name} is halfway; it lasts until {last_day}.
See where you are.
""",
    ),
    (NotificationKind.CHALLENGE_RESULT, "fr"): Template(
        "Résultat du défi : {title}",
        """\
Le défi de {operation_name} est terminé et son résultat est définitif.
Ce qui a été mesuré pour lui est effacé.
""",
    ),
    (NotificationKind.CHALLENGE_RESULT, "en"): Template(
        "Result of the challenge: {title}",
        """\
The challenge of {operation_name} is over and its result is final.
What was measured for it is deleted.
""",
    ),
    (NotificationKind.CHALLENGE_CANCELLED, "fr"): Template(
        "Défi annulé : {title}",
        """\
Le défi de {operation_name} est annulé, et ce qui a été mesuré est effacé.
Motif : {reason}
""",
    ),
    (NotificationKind.CHALLENGE_CANCELLED, "en"): Template(
        "Challenge called off: {title}",
        """\
The challenge of {operation_name} is called off, and what was measured is deleted.
Reason: {reason}
""",
    ),
}

OUTCOME_WORDS: Mapping[tuple[Outcome, Language], str] = {
    (Outcome.NOT_YET, "fr"): "Aucun jour du défi n’est encore connu.",
    (Outcome.NOT_YET, "en"): "No day of the challenge is known yet.",
    (Outcome.NO_BASELINE, "fr"): (
        "Pas de référence\u00a0: trop peu de jours d’avant le défi sont connus, ou rien n’y était"
        " consommé à ces heures."
    ),
    (Outcome.NO_BASELINE, "en"): (
        "No baseline: too few days before the challenge are known, or nothing was used on them in"
        " these hours."
    ),
}
"""Why there is no effort; an outcome with an effort needs no words."""
