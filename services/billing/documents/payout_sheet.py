"""The texts on the statement of a payout, in its language, ready to be typeset."""

from collections.abc import Mapping

from libs.common.typesetting.printable import printable
from services.billing.documents.labels import LABELS
from services.billing.documents.parties import read_party
from services.billing.documents.sheet import party_sheet
from services.billing.documents.words import euros, long_date, month_name, short_date
from services.billing.domain.books.payout_statements import PayoutStatement
from services.billing.domain.payments.payouts.movements import PayoutMovement, PayoutMovementKind
from services.billing.domain.wordings import Language

_WORDS: Mapping[Language, Mapping[str, str]] = {
    Language.FRENCH: {
        "payout": "Reversement",
        "failed": "NON VERSÉ",
        "paid_by": "Versé par {name}",
        "number": "N° {number}, virement du {day}",
        "days": "Mouvements du {since} au {until}",
        "paid": "Versé",
        "collected": "Encaissé",
        "kept": "Gardé",
        "sums": "D’où vient cette somme",
        "before": "Gardé par le reversement d’avant",
        "returned": "Prélèvements revenus",
        "refunded": "Remboursé à des clients",
        "earlier_transfers": "Virements d’avant, revenus ou non faits",
        "credits": "Gardé : dû à vos clients (trop-payés, avoirs)",
        "reserve": "Gardé : réserve pour des prélèvements qui reviendraient",
        "amount": "Montant",
        "movements": "Par facture",
        "none": "Aucun mouvement.",
        "day": "Jour",
        "customer": "Client",
        "invoice": "Facture",
        "kind": "Mouvement",
        "collected_one": "encaissement",
        "returned_one": "prélèvement revenu",
        "refunded_one": "remboursement",
        "note": (
            "Ce qui est gardé reste à vous, ou va à vos clients ; le reversement suivant en repart."
            " Ces sommes sont celles du compte 467 de vos livres et de ceux du payeur."
        ),
    },
    Language.ENGLISH: {
        "payout": "Payout",
        "failed": "NOT PAID",
        "paid_by": "Paid by {name}",
        "number": "No. {number}, transfer of {day}",
        "days": "Movements from {since} to {until}",
        "paid": "Paid",
        "collected": "Collected",
        "kept": "Kept",
        "sums": "Breakdown of this sum",
        "before": "Kept by the previous payout",
        "returned": "Returned direct debits",
        "refunded": "Paid back to customers",
        "earlier_transfers": "Earlier transfers, returned or not made",
        "credits": "Kept: owed to your customers (overpaid, credited)",
        "reserve": "Kept: reserve for direct debits that may be returned",
        "amount": "Amount",
        "movements": "By invoice",
        "none": "No movement.",
        "day": "Day",
        "customer": "Customer",
        "invoice": "Invoice",
        "kind": "Movement",
        "collected_one": "collected",
        "returned_one": "direct debit returned",
        "refunded_one": "paid back",
        "note": (
            "The sum kept remains yours, or goes to your customers; the next payout starts from it."
            " These sums are those of account 467 in your books and in the payer’s."
        ),
    },
}


def payout_sheet(statement: PayoutStatement, language: Language) -> dict[str, object]:
    """The sheet for templates/payout.typ."""
    words = _WORDS[language]
    months = _months(statement, language)
    name = printable(statement.payee.name)
    return {
        "language": language,
        "labels": {**words, "page": LABELS[language]["page"]},
        "title": printable(f"{words['payout']}, {name}, {months}"),
        "draft": statement.has_failed,
        "watermark": words["failed"],
        "document_day": statement.day.isoformat(),
        "issuer": {"name": printable(statement.creditor_name)},
        "payee": party_sheet(read_party(statement.payee), language),
        "months": months,
        "paid_by": printable(words["paid_by"].format(name=statement.creditor_name)),
        "number": words["number"].format(
            number=statement.number, day=long_date(statement.day, language)
        ),
        "days": words["days"].format(
            since=short_date(statement.since, language),
            until=short_date(statement.until, language),
        ),
        "headlines": _headlines(statement, language),
        "sums": _sums(statement, language),
        "movements": [_movement(movement, language) for movement in statement.movements],
    }


def _months(statement: PayoutStatement, language: Language) -> str:
    first, last = (month_name(day, language) for day in (statement.since, statement.until))
    return first if first == last else f"{first} – {last}"


def _headlines(statement: PayoutStatement, language: Language) -> list[list[str]]:
    words = _WORDS[language]
    kept_cents = statement.credits_cents + statement.reserve_cents
    return [
        [words["paid"], euros(statement.amount_cents, language)],
        [words["collected"], euros(statement.collected_cents, language)],
        [words["kept"], euros(kept_cents, language)],
    ]


def _sums(statement: PayoutStatement, language: Language) -> list[list[str]]:
    """The rows that lead to the sum that is paid; rows of 0 are left out."""
    words = _WORDS[language]
    rows = {
        "before": statement.before_cents,
        "collected": statement.collected_cents,
        "returned": -statement.returned_cents,
        "refunded": -statement.refunded_cents,
        "earlier_transfers": statement.earlier_transfers_cents,
        "credits": -statement.credits_cents,
        "reserve": -statement.reserve_cents,
    }
    steps = [[words[key], euros(cents, language)] for key, cents in rows.items() if cents]
    return [*steps, [words["paid"], euros(statement.amount_cents, language)]]


def _movement(movement: PayoutMovement, language: Language) -> list[str]:
    words = _WORDS[language]
    kinds = {
        PayoutMovementKind.COLLECTED: words["collected_one"],
        PayoutMovementKind.RETURNED: words["returned_one"],
        PayoutMovementKind.REFUNDED: words["refunded_one"],
    }
    return [
        short_date(movement.day, language),
        printable(movement.customer_name),
        movement.number,
        kinds[movement.kind],
        euros(movement.amount_cents, language),
    ]
