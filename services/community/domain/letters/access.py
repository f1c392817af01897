"""The words of messages that let somebody in: invitations and links to log in."""

from collections.abc import Mapping
from datetime import datetime

from services.community.domain.letters.templates import Template, fill
from services.community.domain.messages.messages import Language, Letter, MessageKind

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
    (MessageKind.LOG_IN_OFFERED, "fr"): Template(
        "Un accès à votre espace membre a été proposé",
        """\
Bonjour,

L’organisateur de votre opération ou l’équipe de la coopérative a proposé à une adresse e-mail un
compte qui voit ce que vous voyez : vos courbes, vos parts, vos factures.
Si c’est la vôtre et que vous l’attendiez, tout va bien.
Sinon, prévenez la coopérative : elle retire l’invitation, ou le compte.
""",
    ),
    (MessageKind.LOG_IN_OFFERED, "en"): Template(
        "A log-in to your account as a member was offered",
        """\
Hello,

The organiser of your operation or the staff of the co-operative offered an e-mail address an
account that sees what you see: your curves, your shares, your invoices.
If it is yours and you expected it, all is well.
If not, tell the co-operative: it withdraws the invitation, or the account.
""",
    ),
    (MessageKind.EMAIL_CHANGE, "fr"): Template(
        "Confirmez votre adresse e-mail",
        """\
Bonjour,

Cette adresse a été donnée sur la plateforme de votre coopérative d’énergie.
Confirmez-la par ce lien, pour y recevoir vos messages :

{link}

Il expire le {expires_at}.
Si ce n’est pas vous, ignorez ce message : sans le lien, rien ne change.
""",
    ),
    (MessageKind.EMAIL_CHANGE, "en"): Template(
        "Confirm your e-mail address",
        """\
Hello,

This address was given on the platform of your energy co-operative.
Confirm it by this link, to get your messages there:

{link}

It expires on {expires_at}.
If it was not you, ignore this message: without the link nothing changes.
""",
    ),
    (MessageKind.EMAIL_CHANGED, "fr"): Template(
        "Votre adresse e-mail a changé",
        """\
Bonjour,

Vos messages de la coopérative ne vont plus à cette adresse : une autre a été confirmée, ou
l’organisateur de votre opération ou l’équipe de la coopérative l’a changée.
Si vous ne l’avez pas demandé, prévenez la coopérative.
""",
    ),
    (MessageKind.EMAIL_CHANGED, "en"): Template(
        "Your e-mail address has changed",
        """\
Hello,

Your messages from the co-operative no longer go to this address: another one was confirmed, or
the organiser of your operation or the staff of the co-operative changed it.
If you did not ask for it, tell the co-operative.
""",
    ),
    (MessageKind.PASSWORD_CHANGED, "fr"): Template(
        "Votre mot de passe a changé",
        """\
Bonjour,

Le mot de passe de votre compte sur la plateforme de votre coopérative d’énergie a changé.
Partout ailleurs que là où il a été changé, il faut se connecter de nouveau.
Les adresses secrètes de vos calendriers ne valent plus : s’il vous en faut, créez-en d’autres.
Si ce n’est pas vous, prévenez la coopérative.
""",
    ),
    (MessageKind.PASSWORD_CHANGED, "en"): Template(
        "Your password has changed",
        """\
Hello,

The password of your account on the platform of your energy co-operative has changed.
Everywhere but where it was changed, one has to log in again.
The secret addresses of your calendars are no longer good: make others if you need them.
If it was not you, tell the co-operative.
""",
    ),
    (MessageKind.RIGHTS_CHANGED, "fr"): Template(
        "Ce que votre compte permet a changé",
        """\
Bonjour,

Ce que votre compte permet sur la plateforme de votre coopérative d’énergie a changé : les
opérations qu’il gère, le membre pour qui il lit, ou s’il permet encore de se connecter.
Si vous ne vous y attendiez pas, prévenez la coopérative.
""",
    ),
    (MessageKind.RIGHTS_CHANGED, "en"): Template(
        "What your account may do has changed",
        """\
Hello,

What your account may do on the platform of your energy co-operative has changed: the operations
that it runs, the member for whom it reads, or whether one can still log in with it.
If you did not expect it, tell the co-operative.
""",
    ),
    (MessageKind.AUTHENTICATOR_ADDED, "fr"): Template(
        "Une application d’authentification protège votre compte",
        """\
Bonjour,

Une application d’authentification a été liée à votre compte sur la plateforme de votre coopérative
d’énergie : pour se connecter, il faut désormais aussi un code qu’elle donne.
Si ce n’est pas vous, prévenez la coopérative : elle peut retirer l’application.
""",
    ),
    (MessageKind.AUTHENTICATOR_ADDED, "en"): Template(
        "An authenticator app protects your account",
        """\
Hello,

An authenticator app was tied to your account on the platform of your energy co-operative: to log
in, one now needs a code of it too.
If it was not you, tell the co-operative: it can remove the app.
""",
    ),
    (MessageKind.AUTHENTICATOR_REMOVED, "fr"): Template(
        "Votre compte n’a plus d’application d’authentification",
        """\
Bonjour,

L’application d’authentification liée à votre compte sur la plateforme de votre coopérative
d’énergie a été retirée : pour se connecter, il ne faut plus de code.
Si ni vous ni l’équipe de la coopérative à votre demande ne l’avez fait, prévenez la coopérative.
""",
    ),
    (MessageKind.AUTHENTICATOR_REMOVED, "en"): Template(
        "Your account has no authenticator app any more",
        """\
Hello,

The authenticator app that was tied to your account on the platform of your energy co-operative
was removed: to log in, one needs no code any more.
If neither you did it, nor the staff of the co-operative because you asked, tell the co-operative.
""",
    ),
}


def write_access_letter(
    kind: MessageKind, link: str, expires_at: datetime, language: Language
) -> Letter:
    facts = {"link": link, "expires_at": expires_at}
    return fill(ACCESS_TEMPLATES[kind, language], facts, language)


def write_notice(kind: MessageKind, language: Language) -> Letter:
    """One that has no link."""
    return fill(ACCESS_TEMPLATES[kind, language], {}, language)
