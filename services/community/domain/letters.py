"""The words of messages, in French and in English.

A line that names a fact which the message does not have is left out. Texts of others are put into
it as one line each: they can add neither lines nor headers.
"""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from decimal import Decimal
from string import Formatter

from services.community.domain.messages import Facts, Language, Letter, MessageKind

_SUBJECTS: Mapping[tuple[MessageKind, Language], str] = {
    (MessageKind.INVOICE, "fr"): "Facture {number} de {issuer_name}",
    (MessageKind.INVOICE, "en"): "Invoice {number} from {issuer_name}",
    (MessageKind.CREDIT_NOTE, "fr"): "Avoir {number} de {issuer_name}",
    (MessageKind.CREDIT_NOTE, "en"): "Credit note {number} from {issuer_name}",
    (MessageKind.REMINDER, "fr"): "Rappel {level} : facture {number} de {issuer_name}",
    (MessageKind.REMINDER, "en"): "Reminder {level}: invoice {number} from {issuer_name}",
    (MessageKind.PRE_NOTIFICATION, "fr"): "Prélèvement du {collection_date} : facture {number}",
    (MessageKind.PRE_NOTIFICATION, "en"): "Direct debit of {collection_date}: invoice {number}",
}

_BODIES: Mapping[tuple[MessageKind, Language], str] = {
    (MessageKind.INVOICE, "fr"): """\
Bonjour {member_name},

La facture {number} du {issue_date}, de {issuer_name}, est jointe à ce message.
Elle est pour l’énergie locale de l’opération {operation_name}.

Total TTC : {total}
À payer au plus tard le : {due_date}

Une question ? {contact}
""",
    (MessageKind.INVOICE, "en"): """\
Hello {member_name},

Invoice {number} of {issue_date}, from {issuer_name}, is attached to this message.
It is for the local energy of the operation {operation_name}.

Total including VAT: {total}
To be paid by: {due_date}

Any question? {contact}
""",
    (MessageKind.CREDIT_NOTE, "fr"): """\
Bonjour {member_name},

L’avoir {number} du {issue_date}, de {issuer_name}, est joint à ce message.
Il est pour l’énergie locale de l’opération {operation_name}.

À votre crédit, TTC : {total}
Cette somme vient en déduction de ce que vous devez, ou vous est versée.

Une question ? {contact}
""",
    (MessageKind.CREDIT_NOTE, "en"): """\
Hello {member_name},

Credit note {number} of {issue_date}, from {issuer_name}, is attached to this message.
It is for the local energy of the operation {operation_name}.

Credited to you, including VAT: {total}
This sum is deducted from what you owe, or paid to you.

Any question? {contact}
""",
    (MessageKind.REMINDER, "fr"): """\
Bonjour {member_name},

Sauf erreur de notre part, la facture {number} du {issue_date}, de {issuer_name}, n’est pas
entièrement réglée. Elle est jointe à ce message.

Total TTC : {total}
À payer au plus tard le : {due_date}
Reste à payer : {open}
Rappel n° {level}

Si vous venez de payer, ne tenez pas compte de ce message.
Une question, ou une difficulté ? {contact}
""",
    (MessageKind.REMINDER, "en"): """\
Hello {member_name},

Unless we are mistaken, invoice {number} of {issue_date}, from {issuer_name}, is not fully paid.
It is attached to this message.

Total including VAT: {total}
To be paid by: {due_date}
Still to pay: {open}
Reminder no. {level}

If you have just paid, please ignore this message.
Any question or difficulty? {contact}
""",
    (MessageKind.PRE_NOTIFICATION, "fr"): """\
Bonjour {member_name},

{creditor_name} va prélever ce qui reste à payer de la facture {number} du {issue_date},
de {issuer_name}.

Montant : {open}
Date du prélèvement : {collection_date}
Compte : {iban}
Mandat (RUM) : {rum}

Il n’y a rien à faire si le compte est approvisionné.
Une question ? {contact}
""",
    (MessageKind.PRE_NOTIFICATION, "en"): """\
Hello {member_name},

{creditor_name} will collect what is still to pay of invoice {number} of {issue_date},
from {issuer_name}.

Amount: {open}
Date of the direct debit: {collection_date}
Account: {iban}
Mandate (RUM): {rum}

There is nothing to do if the account has enough on it.
Any question? {contact}
""",
}


def write_letter(
    kind: MessageKind, facts: Facts, language: Language, *, member_name: str
) -> Letter:
    known = {
        name.removesuffix("_cents"): _text(name, value, language)
        for name, value in {**asdict(facts), "member_name": member_name}.items()
        if value is not None
    }
    lines = _BODIES[kind, language].splitlines()
    body = [line.format_map(known) for line in lines if _names(line) <= known.keys()]
    return Letter(_SUBJECTS[kind, language].format_map(known), "\n".join([*body, ""]))


def _names(line: str) -> set[str]:
    """The facts that a line of a template needs."""
    return {name for _, name, _, _ in Formatter().parse(line) if name}


def _text(name: str, value: object, language: Language) -> str:
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}" if language == "fr" else value.isoformat()
    if isinstance(value, int) and name.endswith("_cents"):
        return euros(value, language)
    return one_line(str(value))


def euros(amount_cents: int, language: Language) -> str:
    number = f"{Decimal(amount_cents).scaleb(-2):,.2f}"
    if language == "fr":
        number = number.replace(",", "\u202f").replace(".", ",")
    return f"{number}\u00a0{'€' if language == 'fr' else 'EUR'}"


def one_line(text: str) -> str:
    """The text without line breaks, control and invisible characters."""
    return " ".join("".join(one if one.isprintable() else " " for one in text).split())
