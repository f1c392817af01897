"""The words of messages to organisers: about ending papers, requests, and the DSO's actions."""

from collections.abc import Mapping

from services.community.domain.letters.templates import Template, fill
from services.community.domain.messages.messages import Language, Letter, MessageKind
from services.community.domain.messages.notifications import NotificationKind

DESK_TEMPLATES: Mapping[tuple[MessageKind, Language], Template] = {
    (MessageKind.DOCUMENT_ENDS, "fr"): Template(
        "{operation_name} : un document prend fin le {last_day}",
        """\
Bonjour,

Le document suivant de l’opération {operation_name} est valable jusqu’au {last_day} inclus :

{document_title}

Renouvelez-le, ou changez sa fin : {link}
Vous ne recevez ce rappel qu’une fois ; l’échéance reste au tableau jusqu’à ce que ce soit fait.
""",
    ),
    (MessageKind.DOCUMENT_ENDS, "en"): Template(
        "{operation_name}: a document ends on {last_day}",
        """\
Hello,

This document of the operation {operation_name} is valid up to and including {last_day}:

{document_title}

Renew it, or change its end: {link}
You are reminded once; the deadline stays on the board until it is done.
""",
    ),
    (MessageKind.CONVENTION_ENDS, "fr"): Template(
        "{operation_name} : la convention prend fin le {last_day}",
        """\
Bonjour,

La convention de l’opération {operation_name} avec le gestionnaire de réseau vaut jusqu’au
{last_day} inclus.
Sans convention, l’opération ne partage plus. Renouvelez-la, puis notez sa nouvelle fin : {link}

Vous ne recevez ce rappel qu’une fois ; l’échéance reste au tableau jusqu’à ce que ce soit fait.
""",
    ),
    (MessageKind.CONVENTION_ENDS, "en"): Template(
        "{operation_name}: the convention ends on {last_day}",
        """\
Hello,

The convention of the operation {operation_name} with the grid operator holds up to and including
{last_day}.
Without one the operation shares no more. Renew it, then note its new end: {link}

You are reminded once; the deadline stays on the board until it is done.
""",
    ),
    (MessageKind.POINT_LEFT, "fr"): Template(
        "{operation_name} : un point a été sorti par le gestionnaire de réseau",
        """\
Bonjour,

Le contrat d’un point de l’opération {operation_name} a pris fin, ou a changé de titulaire.
Le point ne participe plus depuis le {left_on}. Le périmètre de l’opération dit lequel.

Il n’y a rien à déclarer. Prévenez le membre, et le nouvel occupant s’il veut participer.
""",
    ),
    (MessageKind.POINT_LEFT, "en"): Template(
        "{operation_name}: the grid operator took a point out",
        """\
Hello,

The contract of a point of the operation {operation_name} has ended, or changed hands.
The point takes part no more from {left_on} on. The operation's perimeter says which.

There is nothing to declare. Tell its member, and the new occupant if they want to take part.
""",
    ),
    (MessageKind.SIGN_UP_WAITING, "fr"): Template(
        "{operation_name} : quelqu’un demande à participer",
        """\
Bonjour,

Une demande de participation à l’opération {operation_name} attend votre réponse : {link}
""",
    ),
    (MessageKind.SIGN_UP_WAITING, "en"): Template(
        "{operation_name}: somebody wants to join",
        """\
Hello,

Somebody asks to take part in the operation {operation_name}, and waits for your answer: {link}
""",
    ),
    (MessageKind.QUESTION, "fr"): Template(
        "{operation_name} : un membre vous pose une question",
        """\
Bonjour,

{member_name} vous pose une question sur l’opération {operation_name} :

« {text} »

La page qui était ouverte : {link}
Pour répondre, écrivez à {answer_to} : personne ne lit les réponses à ce message.
""",
    ),
    (MessageKind.QUESTION, "en"): Template(
        "{operation_name}: a member asks you a question",
        """\
Hello,

{member_name} asks you a question about the operation {operation_name}:

“{text}”

The page that was open: {link}
To answer, write to {answer_to}: nobody reads replies to this message.
""",
    ),
}


DESK_NOTIFICATIONS: Mapping[tuple[NotificationKind, Language], Template] = {
    (NotificationKind.DESK_DOCUMENT_ENDS, "fr"): Template(
        DESK_TEMPLATES[MessageKind.DOCUMENT_ENDS, "fr"].subject,
        "{document_title}\nValable jusqu’au {last_day} inclus : renouvelez-le ou changez sa fin.\n",
    ),
    (NotificationKind.DESK_DOCUMENT_ENDS, "en"): Template(
        DESK_TEMPLATES[MessageKind.DOCUMENT_ENDS, "en"].subject,
        "{document_title}\nValid up to and including {last_day}: renew it, or change its end.\n",
    ),
    (NotificationKind.DESK_CONVENTION_ENDS, "fr"): Template(
        DESK_TEMPLATES[MessageKind.CONVENTION_ENDS, "fr"].subject,
        "Renouvelez-la, puis notez sa nouvelle fin.\n",
    ),
    (NotificationKind.DESK_CONVENTION_ENDS, "en"): Template(
        DESK_TEMPLATES[MessageKind.CONVENTION_ENDS, "en"].subject,
        "Renew it, then note its new end.\n",
    ),
    (NotificationKind.DESK_POINT_LEFT, "fr"): Template(
        DESK_TEMPLATES[MessageKind.POINT_LEFT, "fr"].subject,
        "Un point ne participe plus depuis le {left_on} : son contrat a pris fin, ou a changé de"
        " titulaire.\n",
    ),
    (NotificationKind.DESK_POINT_LEFT, "en"): Template(
        DESK_TEMPLATES[MessageKind.POINT_LEFT, "en"].subject,
        "A point takes part no more from {left_on} on: its contract has ended, or changed hands.\n",
    ),
    (NotificationKind.DESK_SIGN_UP, "fr"): Template(
        DESK_TEMPLATES[MessageKind.SIGN_UP_WAITING, "fr"].subject,
        "Une demande de participation attend votre réponse.\n",
    ),
    (NotificationKind.DESK_SIGN_UP, "en"): Template(
        DESK_TEMPLATES[MessageKind.SIGN_UP_WAITING, "en"].subject,
        "Somebody asks to take part, and waits for your answer.\n",
    ),
    (NotificationKind.DESK_ENROLMENTS, "fr"): Template(
        "{operation_name} : entrées et sorties du {day}",
        "Points qui participent depuis : {entered}\nPoints qui ne participent plus : {left}\n",
    ),
    (NotificationKind.DESK_ENROLMENTS, "en"): Template(
        "{operation_name}: entries and exits of {day}",
        "Points that take part since then: {entered}\nPoints that take part no more: {left}\n",
    ),
    (NotificationKind.DESK_LEAVE_REQUEST, "fr"): Template(
        "{operation_name} : un membre demande à partir le {leaves_on}",
        "Notez la sortie avec le membre, puis déclarez-la au gestionnaire de réseau à temps.\n",
    ),
    (NotificationKind.DESK_LEAVE_REQUEST, "en"): Template(
        "{operation_name}: a member asks to leave on {leaves_on}",
        "Record the exit with the member, then declare it to the grid operator in time.\n",
    ),
    (NotificationKind.DESK_LEAVE_WITHDRAWN, "fr"): Template(
        "{operation_name} : la demande de partir le {leaves_on} est retirée",
        "Le membre reste : il n’y a plus rien à noter ni à déclarer.\n",
    ),
    (NotificationKind.DESK_LEAVE_WITHDRAWN, "en"): Template(
        "{operation_name}: the request to leave on {leaves_on} is withdrawn",
        "The member stays: there is nothing to record or declare any more.\n",
    ),
    (NotificationKind.DESK_QUESTION, "fr"): Template(
        DESK_TEMPLATES[MessageKind.QUESTION, "fr"].subject,
        "Elle est dans l’e-mail que vous avez reçu, avec l’adresse à laquelle répondre.\n",
    ),
    (NotificationKind.DESK_QUESTION, "en"): Template(
        DESK_TEMPLATES[MessageKind.QUESTION, "en"].subject,
        "It is in the e-mail that you got, with the address to answer to.\n",
    ),
    (NotificationKind.DESK_MANDATE_REQUEST, "fr"): Template(
        "{operation_name} : un membre demande le prélèvement",
        "Rien n’est prélevé tant que vous n’avez pas confirmé. Confirmez ou refusez la demande.\n",
    ),
    (NotificationKind.DESK_MANDATE_REQUEST, "en"): Template(
        "{operation_name}: a member asks to pay by direct debit",
        "Nothing is debited before you have confirmed it. Confirm the request, or decline it.\n",
    ),
    (NotificationKind.DESK_MANDATE_REVOKED, "fr"): Template(
        "{operation_name} : un membre a arrêté son prélèvement",
        "Ses factures se paient désormais par virement. Ce qui est déjà dans un fichier pour la"
        " banque y reste.\n",
    ),
    (NotificationKind.DESK_MANDATE_REVOKED, "en"): Template(
        "{operation_name}: a member has stopped paying by direct debit",
        "Their invoices are paid by transfer from now on. What is in a file for the bank by now"
        " stays there.\n",
    ),
    (NotificationKind.DESK_CONSENTS_END, "fr"): Template(
        "{operation_name} : un consentement de {member_name} prend fin le {last_day}",
        "Ensuite, vous ne voyez plus ce qu’il permet, sauf si le membre le donne de nouveau.\n",
    ),
    (NotificationKind.DESK_CONSENTS_END, "en"): Template(
        "{operation_name}: a consent of {member_name} ends on {last_day}",
        "After that you no longer see what it allows, unless the member gives it again.\n",
    ),
}


def write_desk_letter(kind: MessageKind, facts: Mapping[str, object], language: Language) -> Letter:
    """facts: those named in the templates of the kind. No point is named: mail is not secret."""
    return fill(DESK_TEMPLATES[kind, language], facts, language)
