"""The words of messages that let somebody in: invitations and links to log in."""

from collections.abc import Mapping
from datetime import datetime

from services.community.domain.letters.templates import Template, fill
from services.community.domain.messages import Language, Letter, MessageKind

ACCESS_TEMPLATES: Mapping[tuple[MessageKind, Language], Template] = {
    (MessageKind.INVITATION, "fr"): Template(
        "Invitation à rejoindre la plateforme de votre coopérative d’énergie",
        """\
Bonjour,

Vous êtes invité(e) à ouvrir un compte sur la plateforme de votre coopérative d’énergie.
Choisissez un mot de passe ici :

{link}

Ce lien est personnel, ne sert qu’une fois et expire le {expires_at}.
Si vous n’attendiez pas cette invitation, ignorez ce message : rien ne se passe sans vous.
""",
    ),
    (MessageKind.INVITATION, "en"): Template(
        "Invitation to join the platform of your energy co-operative",
        """\
Hello,

You are invited to open an account on the platform of your energy co-operative.
Choose a password here:

{link}

This link is personal, works once and expires on {expires_at}.
If you did not expect this invitation, ignore this message: nothing happens without you.
""",
    ),
    (MessageKind.LOG_IN_LINK, "fr"): Template(
        "Votre lien de connexion",
        """\
Bonjour,

Connectez-vous par ce lien :

{link}

Il ne sert qu’une fois et expire le {expires_at}.
Si vous ne l’avez pas demandé, ignorez ce message : sans le lien, personne ne se connecte.
""",
    ),
    (MessageKind.LOG_IN_LINK, "en"): Template(
        "Your link to log in",
        """\
Hello,

Log in by this link:

{link}

It works once and expires on {expires_at}.
If you did not ask for it, ignore this message: without the link nobody logs in.
""",
    ),
}


def write_access_letter(
    kind: MessageKind, link: str, expires_at: datetime, language: Language
) -> Letter:
    facts = {"link": link, "expires_at": expires_at}
    return fill(ACCESS_TEMPLATES[kind, language], facts, language)
