"""The words of messages about documents of billing."""

from collections.abc import Mapping
from dataclasses import asdict

from services.community.domain.letters.billing_of_several import write_of_several
from services.community.domain.letters.templates import Template, fill
from services.community.domain.messages.messages import Language, Letter, MessageFacts, MessageKind

BILLING_TEMPLATES: Mapping[tuple[MessageKind, Language], Template] = {
    (MessageKind.INVOICE, "fr"): Template(
        "Facture {number}, {issuer_name}",
        """\
Bonjour {member_name},

La facture {number} du {issue_date}, émise par {issuer_name}, est jointe à ce message.
Elle concerne l’énergie locale de l’opération {operation_name}.
Elle annule et remplace la facture {replaces}, annulée par un avoir.
Elle complète la facture {adds_to}.
{reason}

Montant : {total}
Reste à payer : {open}
Vous n’avez rien à faire : cette somme sera prélevée le {debited_from} au plus tôt.
Vous n’avez rien à faire : moins de {least_debit} ne sont pas prélevés seuls.
Cette somme sera prélevée avec une autre, ou seule à partir du {debited_alone_from}.
À payer au plus tard le : {due_date}
Virement à : {account_holder}
IBAN : {account}
Référence à indiquer si vous payez par virement : {reference}
Chaque ligne expliquée : {url}

Une question ? {contact}
""",
    ),
    (MessageKind.INVOICE, "en"): Template(
        "Invoice {number} from {issuer_name}",
        """\
Hello {member_name},

Invoice {number} of {issue_date}, from {issuer_name}, is attached to this message.
It is for the local energy of the operation {operation_name}.
It cancels and replaces invoice {replaces}, which a credit note cancels.
It adds to invoice {adds_to}.
{reason}

Amount: {total}
Still to pay: {open}
There is nothing for you to do: this sum will be collected on {debited_from} at the earliest.
There is nothing for you to do: less than {least_debit} is not collected alone.
This sum will be collected with another one, or alone from {debited_alone_from} on.
To be paid by: {due_date}
Transfer to: {account_holder}
IBAN: {account}
Reference to give if you pay by transfer: {reference}
Each line explained: {url}

Any question? {contact}
""",
    ),
    (MessageKind.CREDIT_NOTE, "fr"): Template(
        "Avoir {number}, {issuer_name}",
        """\
Bonjour {member_name},

L’avoir {number} du {issue_date}, émis par {issuer_name}, est joint à ce message.
Il concerne l’énergie locale de l’opération {operation_name}.
Il porte sur la facture {takes_back}.
{reason}

À votre crédit : {total}
Cette somme vient en déduction de ce que vous devez, ou vous est versée.
Chaque ligne expliquée : {url}

Une question ? {contact}
""",
    ),
    (MessageKind.CREDIT_NOTE, "en"): Template(
        "Credit note {number} from {issuer_name}",
        """\
Hello {member_name},

Credit note {number} of {issue_date}, from {issuer_name}, is attached to this message.
It is for the local energy of the operation {operation_name}.
It is about invoice {takes_back}.
{reason}

Credited to you: {total}
This sum is deducted from what you owe, or paid to you.
Each line explained: {url}

Any question? {contact}
""",
    ),
    (MessageKind.REMINDER, "fr"): Template(
        "Rappel {level} : facture {number}, {issuer_name}",
        """\
Bonjour {member_name},

Sauf erreur de notre part, la facture {number} du {issue_date}, émise par {issuer_name}, n’est pas
entièrement réglée. Elle est jointe à ce message.

Montant : {total}
À payer au plus tard le : {due_date}
Reste à payer : {open}
Rappel n° {level}
Virement à : {account_holder}
IBAN : {account}
Référence à indiquer si vous payez par virement : {reference}
Chaque ligne expliquée : {url}

Si vous venez de payer, ne tenez pas compte de ce message.
Une question, ou une difficulté ? {contact}
""",
    ),
    (MessageKind.REMINDER, "en"): Template(
        "Reminder {level}: invoice {number} from {issuer_name}",
        """\
Hello {member_name},

Unless we are mistaken, invoice {number} of {issue_date}, from {issuer_name}, is not fully paid.
It is attached to this message.

Amount: {total}
To be paid by: {due_date}
Still to pay: {open}
Reminder no. {level}
Transfer to: {account_holder}
IBAN: {account}
Reference to give if you pay by transfer: {reference}
Each line explained: {url}

If you have just paid, please ignore this message.
Any question or difficulty? {contact}
""",
    ),
    (MessageKind.PRE_NOTIFICATION, "fr"): Template(
        "Prélèvement du {collection_date} : facture {number}",
        """\
Bonjour {member_name},

{creditor_name} va prélever ce qui reste à payer de la facture {number} du {issue_date},
émise par {issuer_name}.

Montant : {open}
Date du prélèvement : {collection_date}
Compte : {iban}
Mandat (RUM) : {rum}
Créancier (ICS) : {ics}
La facture expliquée : {url}

Il n’y a rien à faire si le compte est approvisionné.
Une question ? {contact}
""",
    ),
    (MessageKind.PRE_NOTIFICATION, "en"): Template(
        "Direct debit of {collection_date}: invoice {number}",
        """\
Hello {member_name},

{creditor_name} will collect what is still to pay of invoice {number} of {issue_date},
from {issuer_name}.

Amount: {open}
Date of the direct debit: {collection_date}
Account: {iban}
Mandate (RUM): {rum}
Creditor (ICS): {ics}
The invoice explained: {url}

There is nothing to do if the account has enough on it.
Any question? {contact}
""",
    ),
    (MessageKind.PAYOUT, "fr"): Template(
        "Reversement {number} : {total} de {creditor_name}",
        """\
Bonjour {member_name},

{creditor_name} vous a viré ce qui a été encaissé pour vous dans l’opération {operation_name}.
Le relevé joint dit de quoi cette somme est faite : encaissé, revenu et gardé, facture par facture.

Montant : {total}
Date du virement : {issue_date}
Compte : {iban}
Tous vos reversements : {url}

Une question ? {contact}
""",
    ),
    (MessageKind.PAYOUT, "en"): Template(
        "Payout {number}: {total} from {creditor_name}",
        """\
Hello {member_name},

{creditor_name} has transferred to you what was collected for you in the operation {operation_name}.
The attached statement says what it is made of: collected, returned and kept, invoice by invoice.

Amount: {total}
Day of the transfer: {issue_date}
Account: {iban}
All your payouts: {url}

Any question? {contact}
""",
    ),
}


def write_billing_letter(
    kind: MessageKind, facts: MessageFacts, language: Language, *, member_name: str
) -> Letter:
    letter_facts = {**asdict(facts), "documents": None, "member_name": member_name}
    if facts.documents:
        return write_of_several(kind, facts.documents, letter_facts, language)
    return fill(BILLING_TEMPLATES[kind, language], letter_facts, language)
