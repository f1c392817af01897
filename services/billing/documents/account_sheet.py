"""The texts on a customer's statement of account, in its language, ready to be typeset."""

from collections.abc import Mapping

from libs.common.typesetting.printable import printable
from services.billing.documents.labels import LABELS
from services.billing.documents.parties import read_party
from services.billing.documents.sheet import party_sheet
from services.billing.documents.words import euros, long_date, short_date
from services.billing.domain.books.account_statements import AccountStatement
from services.billing.domain.books.customer_accounts import (
    AccountLine,
    AccountMovementKind,
    SellerAccount,
)
from services.billing.domain.books.next_debits import NextDebit
from services.billing.domain.wordings import Language

_WORDS: Mapping[Language, Mapping[str, str]] = {
    Language.FRENCH: {
        "account": "Relevé de compte",
        "as_of": "Situation au {day}",
        "since": "Mouvements depuis le {day}",
        "before": "Mouvements avant le {day}",
        "between": "Mouvements du {since} au {until}",
        "balance": "Solde",
        "to_pay": "À payer",
        "credit": "À rendre ou à déduire",
        "overdue": "{sum} sont en retard.",
        "debit": "{sum} en cours de prélèvement le {day}, par {name} (mandat {rum}).",
        "next": (
            "Prochain prélèvement : {sum}, le {day} au plus tôt, par {name} (mandat {rum})."
            " Il vous sera annoncé avant."
        ),
        "waits": (
            "{sum} attendent la prochaine facture, ou seront prélevés à partir du {day} : trop peu"
            " pour être prélevés seuls avant par {name}."
        ),
        "sellers": "Par vendeur",
        "debited": "par prélèvement : rien à faire",
        "transfer": "par virement",
        "paid_to": "payé à {name}",
        "lines": "Facturé et payé",
        "none": "Aucun mouvement.",
        "opening": "Solde au {day}",
        "day": "Jour",
        "what": "Mouvement",
        "documents": "Document",
        "seller": "Vendeur",
        "amount": "Montant",
        "after": "Solde",
        "note": (
            "Le solde est ce qui reste dû d’après les livres des vendeurs : les factures, moins les"
            " avoirs, moins ce que la banque dit avoir reçu. Un solde négatif est à rendre. Un"
            " prélèvement en cours ne compte qu’une fois confirmé par la banque."
        ),
    },
    Language.ENGLISH: {
        "account": "Statement of account",
        "as_of": "As of {day}",
        "since": "Movements from {day}",
        "before": "Movements before {day}",
        "between": "Movements from {since} to {until}",
        "balance": "Balance",
        "to_pay": "To pay",
        "credit": "To be paid back or deducted",
        "overdue": "{sum} is overdue.",
        "debit": "{sum} is being debited on {day}, by {name} (mandate {rum}).",
        "next": (
            "Next direct debit: {sum}, on {day} at the earliest, by {name} (mandate {rum})."
            " You will be notified first."
        ),
        "waits": (
            "{sum} waits for the next bill, or is debited from {day} on: until then, it is too"
            " little for {name} to debit by itself."
        ),
        "sellers": "By seller",
        "debited": "by direct debit: nothing to do",
        "transfer": "by transfer",
        "paid_to": "paid to {name}",
        "lines": "Billed and paid",
        "none": "No movement.",
        "opening": "Balance on {day}",
        "day": "Day",
        "what": "Movement",
        "documents": "Document",
        "seller": "Seller",
        "amount": "Amount",
        "after": "Balance",
        "note": (
            "The balance is the sum that you owe according to the sellers’ books: invoices, less"
            " credit notes, less payments that the bank has confirmed. A negative balance is owed"
            " to you. A direct debit under way counts once the bank has confirmed it."
        ),
    },
}
_KINDS: Mapping[Language, Mapping[AccountMovementKind, str]] = {
    Language.FRENCH: {
        AccountMovementKind.INVOICE: "Facture",
        AccountMovementKind.CREDIT_NOTE: "Avoir",
        AccountMovementKind.DEBIT: "Prélèvement reçu",
        AccountMovementKind.TRANSFER: "Virement reçu",
        AccountMovementKind.RETURNED: "Prélèvement rejeté",
        AccountMovementKind.REFUND: "Remboursement",
        AccountMovementKind.TAKEN_BACK: "Paiement repris",
        AccountMovementKind.SET_OFF: "Avoir déduit",
        AccountMovementKind.LOST: "Reste abandonné",
    },
    Language.ENGLISH: {
        AccountMovementKind.INVOICE: "Invoice",
        AccountMovementKind.CREDIT_NOTE: "Credit note",
        AccountMovementKind.DEBIT: "Direct debit received",
        AccountMovementKind.TRANSFER: "Transfer received",
        AccountMovementKind.RETURNED: "Direct debit returned",
        AccountMovementKind.REFUND: "Refund",
        AccountMovementKind.TAKEN_BACK: "Payment taken back",
        AccountMovementKind.SET_OFF: "Credit deducted",
        AccountMovementKind.LOST: "Balance written off",
    },
}


def account_sheet(statement: AccountStatement, language: Language) -> dict[str, object]:
    """The sheet for templates/account.typ."""
    words, account = _WORDS[language], statement.account
    sellers = {seller.issuer_id: printable(seller.name) for seller in account.sellers}
    return {
        "language": language,
        "labels": {**words, "page": LABELS[language]["page"]},
        "title": printable(f"{words['account']}, {statement.customer.name}"),
        "draft": False,
        "watermark": "",
        "document_day": statement.day.isoformat(),
        "issuer": {"name": ", ".join(sellers.values())},
        "customer": party_sheet(read_party(statement.customer), language),
        "days": _days(statement, language),
        "headlines": _headlines(statement, language),
        "sentences": [printable(sentence) for sentence in _sentences(statement, language)],
        "sellers": [_seller(seller, language) for seller in account.sellers],
        "opening": _opening(statement, language),
        "lines": [
            _line(line, sellers[line.movement.issuer_id], language)
            for line in statement.period.lines
        ],
    }


def _days(statement: AccountStatement, language: Language) -> list[str]:
    """As of when sums are, and of which days the lines; those of all days need no word."""
    words, since, until = _WORDS[language], statement.from_day, statement.last_day
    as_of = words["as_of"].format(day=long_date(statement.day, language))
    if since and until:
        days = [short_date(day, language) for day in (since, until)]
        return [as_of, words["between"].format(since=days[0], until=days[1])]
    if since:
        return [as_of, words["since"].format(day=short_date(since, language))]
    if statement.to_day:
        return [as_of, words["before"].format(day=short_date(statement.to_day, language))]
    return [as_of]


def _headlines(statement: AccountStatement, language: Language) -> list[list[str]]:
    words, owed = _WORDS[language], statement.account.owed
    rows = {"balance": owed.open_cents, "to_pay": owed.to_pay_cents, "credit": owed.credit_cents}
    return [
        [words[key], euros(cents, language)]
        for key, cents in rows.items()
        if cents or key != "credit"
    ]


def _sentences(statement: AccountStatement, language: Language) -> list[str]:
    words, account = _WORDS[language], statement.account
    overdue_cents = account.owed.overdue_cents
    late = [words["overdue"].format(sum=euros(overdue_cents, language))] if overdue_cents else []
    under_way = [
        words["debit"].format(
            sum=euros(debit.cents, language),
            day=long_date(debit.day, language),
            name=debit.creditor_name,
            rum=debit.mandate_rum,
        )
        for debit in account.debits
    ]
    return [*late, *under_way, *(_next_debit(debit, language) for debit in account.next_debits)]


def _next_debit(debit: NextDebit, language: Language) -> str:
    words, amount = _WORDS[language], euros(debit.cents, language)
    day = debit.first_day or debit.alone_from
    assert day is not None
    return words["next" if debit.first_day else "waits"].format(
        sum=amount,
        day=long_date(day, language),
        name=debit.creditor_name,
        rum=debit.mandate_rum,
    )


def _seller(seller: SellerAccount, language: Language) -> list[str]:
    words = _WORDS[language]
    way = words["debited"] if seller.is_debited else words["transfer"]
    collector = words["paid_to"].format(name=seller.collector) if seller.collector else ""
    return [
        printable(seller.name),
        printable(", ".join(text for text in (way, collector) if text)),
        euros(seller.owed.open_cents, language),
    ]


def _opening(statement: AccountStatement, language: Language) -> list[str]:
    """The balance before the first line; empty where the lines are all."""
    if statement.from_day is None:
        return []
    text = _WORDS[language]["opening"].format(day=short_date(statement.from_day, language))
    return [text, euros(statement.period.opening_cents, language)]


def _line(line: AccountLine, seller: str, language: Language) -> list[str]:
    """A set-off moves no balance: it has no amount."""
    movement = line.movement
    return [
        short_date(movement.day, language),
        _KINDS[language][movement.kind],
        ", ".join(document.number for document in movement.documents),
        seller,
        euros(movement.cents, language) if movement.cents else "",
        euros(line.balance_cents, language),
    ]
