"""The words of messages about a member's papers, points and consents."""

from collections.abc import Mapping

from services.community.domain.letters.templates import Template
from services.community.domain.messages.messages import Language
from services.community.domain.messages.notifications import NotificationKind

MEMBERSHIP_TEMPLATES: Mapping[tuple[NotificationKind, Language], Template] = {
    (NotificationKind.DOCUMENT_TO_SIGN, "fr"): Template(
        "À signer : {title}",
        "Un document de {operation_name} vous a été envoyé pour signature : {title}\n",
    ),
    (NotificationKind.DOCUMENT_TO_SIGN, "en"): Template(
        "To sign: {title}",
        "A document of {operation_name} was sent to you to sign: {title}\n",
    ),
    (NotificationKind.DOCUMENT_ENDS, "fr"): Template(
        "{title} : valable jusqu’au {last_day}",
        """\
Ce document, à votre nom dans {operation_name}, prend fin le {last_day} : {title}
L’organisateur de l’opération en est averti aussi.
""",
    ),
    (NotificationKind.DOCUMENT_ENDS, "en"): Template(
        "{title}: valid until {last_day}",
        """\
This document, in your name in {operation_name}, ends on {last_day}: {title}
The operation's organiser is told too.
""",
    ),
    (NotificationKind.ENROLMENT_SIGNED, "fr"): Template(
        "{label} : accord de participation signé",
        """\
L’accord de participation de {label} à {operation_name} est signé.
Il reste à le déclarer au gestionnaire de réseau, pour le {valid_from}.
""",
    ),
    (NotificationKind.ENROLMENT_SIGNED, "en"): Template(
        "{label}: the agreement is signed",
        """\
The agreement by which {label} takes part in {operation_name} is signed.
It is still to be declared to the grid operator, for {valid_from}.
""",
    ),
    (NotificationKind.ENROLMENT_DECLARED, "fr"): Template(
        "{label} : entrée déclarée",
        """\
L’entrée de {label} dans {operation_name} est déclarée au gestionnaire de réseau.
Votre point y participe à partir du {valid_from}.
""",
    ),
    (NotificationKind.ENROLMENT_DECLARED, "en"): Template(
        "{label}: the entry is declared",
        """\
The grid operator was told that {label} enters {operation_name}.
Your point takes part in it from {valid_from} on.
""",
    ),
    (NotificationKind.ENROLMENT_ACTIVE, "fr"): Template(
        "{label} participe à {operation_name}",
        "Depuis le {valid_from}, votre point {label} participe à {operation_name}.\n",
    ),
    (NotificationKind.ENROLMENT_ACTIVE, "en"): Template(
        "{label} takes part in {operation_name}",
        "Since {valid_from}, your point {label} takes part in {operation_name}.\n",
    ),
    (NotificationKind.ENROLMENT_LEFT, "fr"): Template(
        "{label} ne participe plus à {operation_name}",
        "Comme convenu, votre point {label} ne participe plus à {operation_name} depuis le"
        " {valid_to}.\n",
    ),
    (NotificationKind.ENROLMENT_LEFT, "en"): Template(
        "{label} has left {operation_name}",
        "As agreed, your point {label} left {operation_name} on {valid_to}.\n",
    ),
    (NotificationKind.MANDATE_CONFIRMED, "fr"): Template(
        "Prélèvement confirmé : {creditor_name}",
        """\
Votre demande est acceptée : {creditor_name} prélèvera désormais vos factures d’électricité locale.
Référence unique du mandat (RUM) : {rum}
Chaque prélèvement vous est annoncé, avec son montant et sa date. Vous pouvez arrêter à tout moment.
Vous n’avez rien demandé ? Arrêtez le prélèvement, et prévenez l’organisateur de l’opération.
""",
    ),
    (NotificationKind.MANDATE_CONFIRMED, "en"): Template(
        "Direct debit confirmed: {creditor_name}",
        """\
Your request is accepted: {creditor_name} will now debit your invoices for local electricity.
Unique mandate reference (RUM): {rum}
You are told of each direct debit, with its amount and its date. You can stop at any time.
You asked for nothing? Stop the direct debit, and tell the operation's organiser.
""",
    ),
    (NotificationKind.MANDATE_DECLINED, "fr"): Template(
        "Prélèvement refusé : {creditor_name}",
        """\
Votre demande d’être prélevé par {creditor_name} n’est pas acceptée. La page dit pourquoi.
Rien n’est prélevé : vos factures se paient comme avant. Vous pouvez faire une autre demande.
""",
    ),
    (NotificationKind.MANDATE_DECLINED, "en"): Template(
        "Direct debit not accepted: {creditor_name}",
        """\
Your request to be debited by {creditor_name} is not accepted. The page says why.
Nothing is debited: your invoices are paid as before. You can make another request.
""",
    ),
    (NotificationKind.MANDATE_ENDED, "fr"): Template(
        "Prélèvement arrêté : {creditor_name}",
        """\
Votre coopérative a arrêté votre mandat {rum} : {creditor_name} ne prélève plus rien de nouveau.
Si vous n’en avez pas signé un autre, vos factures se paient désormais par virement : la page de
chacune dit sur quel compte.
""",
    ),
    (NotificationKind.MANDATE_ENDED, "en"): Template(
        "Direct debit stopped: {creditor_name}",
        """\
Your co-operative has ended your mandate {rum}: {creditor_name} debits nothing new any more.
Unless you have signed another one, your invoices are now paid by transfer: the page of each invoice
names the account.
""",
    ),
    (NotificationKind.CONSENT_ENDS, "fr"): Template(
        "{label} : un consentement prend fin le {last_day}",
        """\
Ce que vous avez accepté pour les courbes de {label} vaut jusqu’au {last_day} inclus.
Ensuite il ne vaut plus : donnez-le de nouveau si vous le voulez.
""",
    ),
    (NotificationKind.CONSENT_ENDS, "en"): Template(
        "{label}: a consent ends on {last_day}",
        """\
What you agreed to about the curves of {label} counts up to and including {last_day}.
After that it does not: give it again if you want to.
""",
    ),
}
