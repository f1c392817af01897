"""The words of messages about several documents of billing."""

from collections.abc import Mapping, Sequence

from services.community.domain.letters.templates import Template, fill
from services.community.domain.messages.messages import (
    Language,
    Letter,
    MessageDocument,
    MessageKind,
)

# A line for each document stands in the place of {documents}.
BILLING_TEMPLATES_OF_SEVERAL: Mapping[tuple[MessageKind, Language], Template] = {
    (MessageKind.PAYMENT_NOTICE, "fr"): Template(
        "Avis d’échéance {number} : {open} en une fois",
        """\
Bonjour {member_name},

Voici en une fois ce que vous devez pour l’énergie locale de l’opération {operation_name}.
Ces documents sont joints à ce message :
{documents}
{reason}

Total des factures : {total}
Déjà payé ou déduit : {settled}
À régler à part : {elsewhere}
Déjà en cours de prélèvement : {announced}
Date de ce prélèvement : {announced_on}
Reste à payer : {open}
Vous n’avez rien à faire : prélèvement le {debited_from} au plus tôt, mandat {rum}.
Vous n’avez rien à faire : moins de {least_debit} ne sont pas prélevés seuls.
Cette somme sera prélevée avec une autre, ou seule à partir du {debited_alone_from}.
À payer au plus tard le : {due_date}
Un seul virement suffit, à : {account_holder}
IBAN : {account}
Référence à indiquer, pour le tout : {reference}
L’avis et ses documents : {url}

Une question ? {contact}
""",
    ),
    (MessageKind.PAYMENT_NOTICE, "en"): Template(
        "Payment notice {number}: {open} in one sum",
        """\
Hello {member_name},

This is in one sum what you owe for the local energy of the operation {operation_name}.
These documents are attached to this message:
{documents}
{reason}

Total of the invoices: {total}
Paid or deducted already: {settled}
To be paid apart: {elsewhere}
Being collected already: {announced}
Day of that direct debit: {announced_on}
Still to pay: {open}
There is nothing for you to do: collected on {debited_from} at the earliest, mandate {rum}.
There is nothing for you to do: less than {least_debit} is not collected alone.
This sum will be collected with another one, or alone from {debited_alone_from} on.
To be paid by: {due_date}
One transfer will do, to: {account_holder}
IBAN: {account}
Reference to give, for all of it: {reference}
The notice and its documents: {url}

Any question? {contact}
""",
    ),
    (MessageKind.REMINDER, "fr"): Template(
        "Rappel {level} : avis d’échéance {number}",
        """\
Bonjour {member_name},

Sauf erreur de notre part, l’avis d’échéance {number} du {issue_date} n’est pas entièrement réglé.
Ses documents sont joints à ce message. Il en reste à payer :
{documents}

Total des factures : {total}
Déjà payé ou déduit : {settled}
À régler à part : {elsewhere}
Déjà en cours de prélèvement : {announced}
Date de ce prélèvement : {announced_on}
À payer au plus tard le : {due_date}
Reste à payer : {open}
Dont en retard : {overdue}
Rappel n° {level}
Un seul virement suffit, à : {account_holder}
IBAN : {account}
Référence à indiquer, pour le tout : {reference}
L’avis et ses documents : {url}

Si vous venez de payer, ne tenez pas compte de ce message.
Une question, ou une difficulté ? {contact}
""",
    ),
    (MessageKind.REMINDER, "en"): Template(
        "Reminder {level}: payment notice {number}",
        """\
Hello {member_name},

Unless we are mistaken, payment notice {number} of {issue_date} is not fully paid.
Its documents are attached to this message. This is left to pay of them:
{documents}

Total of the invoices: {total}
Paid or deducted already: {settled}
To be paid apart: {elsewhere}
Being collected already: {announced}
Day of that direct debit: {announced_on}
To be paid by: {due_date}
Still to pay: {open}
Of which late: {overdue}
Reminder no. {level}
One transfer will do, to: {account_holder}
IBAN: {account}
Reference to give, for all of it: {reference}
The notice and its documents: {url}

If you have just paid, please ignore this message.
Any question or difficulty? {contact}
""",
    ),
    (MessageKind.PRE_NOTIFICATION, "fr"): Template(
        "Prélèvement du {collection_date} : {open} en une fois",
        """\
Bonjour {member_name},

{creditor_name} va prélever en une fois ce qui reste à payer de ces factures :
{documents}

Montant : {open}
Date du prélèvement : {collection_date}
Compte : {iban}
Mandat (RUM) : {rum}
Créancier (ICS) : {ics}

Il n’y a rien à faire si le compte est approvisionné.
Une question ? {contact}
""",
    ),
    (MessageKind.PRE_NOTIFICATION, "en"): Template(
        "Direct debit of {collection_date}: {open} in one sum",
        """\
Hello {member_name},

{creditor_name} will collect in one sum what is still to pay of these invoices:
{documents}

Amount: {open}
Date of the direct debit: {collection_date}
Account: {iban}
Mandate (RUM): {rum}
Creditor (ICS): {ics}

There is nothing to do if the account has enough on it.
Any question? {contact}
""",
    ),
}
# A document has the line of the first of these facts that it has.
_DOCUMENT_LINES: Mapping[Language, Mapping[str, str]] = {
    "fr": {
        "takes_back": "{number} de {issuer_name}, avoir sur {takes_back} : {credited}",
        "elsewhere_cents": "{number} de {issuer_name} : {elsewhere}, à régler à part",
        "late_since": "{number} de {issuer_name} : {payable}, en retard depuis le {late_since}",
        "due_date": "{number} de {issuer_name} : {payable}, à payer d’ici au {due_date}",
        "payable_cents": "{number} de {issuer_name} : {payable}",
    },
    "en": {
        "takes_back": "{number} from {issuer_name}, credit note on {takes_back}: {credited}",
        "elsewhere_cents": "{number} from {issuer_name}: {elsewhere}, to be paid apart",
        "late_since": "{number} from {issuer_name}: {payable}, late since {late_since}",
        "due_date": "{number} from {issuer_name}: {payable}, to be paid by {due_date}",
        "payable_cents": "{number} from {issuer_name}: {payable}",
    },
}


def write_of_several(
    kind: MessageKind,
    documents: Sequence[MessageDocument],
    facts: Mapping[str, object],
    language: Language,
) -> Letter:
    numbered: dict[str, object] = {}
    lines = []
    for n, document in enumerate(documents):
        numbered |= {_numbered(name, n): value for name, value in vars(document).items()}
        line = next(
            line
            for name, line in _DOCUMENT_LINES[language].items()
            if getattr(document, name) is not None
        )
        lines.append("- " + line.replace("}", f"_{n}}}"))
    template = BILLING_TEMPLATES_OF_SEVERAL[kind, language]
    body = template.body.replace("{documents}", "\n".join(lines))
    return fill(Template(template.subject, body), {**facts, **numbered}, language)


def _numbered(name: str, n: int) -> str:
    stem = name.removesuffix("_cents")
    return f"{stem}_{n}{name.removeprefix(stem)}"
