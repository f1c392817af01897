"""The texts on the page of a payment notice, in its language, ready to be typeset."""

from collections.abc import Mapping

from libs.common.typesetting.printable import printable
from services.billing.documents.labels import LABELS
from services.billing.documents.parties import read_party
from services.billing.documents.pay_codes import AskedTransfer, drawn
from services.billing.documents.sheet import party_sheet
from services.billing.documents.words import euros, long_date
from services.billing.domain.invoices.documents import DocumentKind
from services.billing.domain.invoices.invoices import Party
from services.billing.domain.invoices.notice_standings import (
    NoticedDocument,
    NoticeDebit,
    NoticeStanding,
)
from services.billing.domain.payments.creditors import Creditor
from services.billing.domain.wordings import Language, in_fours

_WORDS: Mapping[Language, Mapping[str, str]] = {
    Language.FRENCH: {
        "notice": "Avis d’échéance",
        "for": "Pour",
        "to_pay": "À payer en une fois",
        "left": "Reste à payer",
        "due": "Échéance",
        "debited_on": "Prélèvement",
        "with_another": "avec une autre somme",
        "of": "Total des factures",
        "settled": "Déjà payé ou déduit",
        "elsewhere": "À régler à part",
        "under_way": "Déjà en cours de prélèvement",
        "takes_back": "{document} (sur {numbers})",
        "documents": "Ce que cet avis réunit",
        "document": "Document",
        "seller": "Vendeur",
        "total": "Montant TTC",
        "nothing_to_pay": "Vous n’avez rien à payer : tout est réglé.",
        "nothing_here": "Il n’y a plus rien à payer par cet avis.",
        "apart": "à part",
        "paid_elsewhere": (
            "{number} de {seller} se règle désormais à part, comme sa page l’indique : il en reste"
            " {sum}."
        ),
        "nothing_to_do": "Vous n’avez rien à faire : {sum} seront prélevés le {day}.",
        "nothing_to_do_yet": (
            "Vous n’avez rien à faire : {sum} seront prélevés le {day} au plus tôt (mandat {rum})."
        ),
        "nothing_to_do_alone": (
            "Vous n’avez rien à faire : moins de {least} ne sont pas prélevés seuls. Cette somme le"
            " sera avec une autre, ou seule à partir du {day} (mandat {rum})."
        ),
        "by_transfer": (
            "Payez le tout par un seul virement, avec la référence ci-contre, au plus tard le"
            " {day}."
        ),
        "announced": "En plus, {sum} sont déjà en cours de prélèvement.",
        "announced_on": "En plus, {sum} sont déjà en cours de prélèvement, pour le {day}.",
        "pay_by": "À régler au plus tard le {day}.",
        "alone": (
            "Chaque document reste celui de son vendeur ; chacun peut aussi se payer seul, avec sa"
            " propre référence. Un paiement partiel règle d’abord ce qui échoit en premier."
        ),
        "as_of": "Situation au {day}, après les avoirs et les paiements reçus jusque-là.",
    },
    Language.ENGLISH: {
        "notice": "Payment notice",
        "for": "For",
        "to_pay": "To pay in one sum",
        "left": "Left to pay",
        "due": "Due date",
        "debited_on": "Direct debit",
        "with_another": "with another sum",
        "of": "Total of the invoices",
        "settled": "Already paid or deducted",
        "elsewhere": "To be paid separately",
        "under_way": "Already being collected",
        "takes_back": "{document} (on {numbers})",
        "documents": "What this notice brings together",
        "document": "Document",
        "seller": "Seller",
        "total": "Amount incl. VAT",
        "nothing_to_pay": "There is nothing for you to pay: everything is settled.",
        "nothing_here": "There is nothing left to pay by this notice.",
        "apart": "separately",
        "paid_elsewhere": (
            "{number} from {seller} is now to be paid separately, as its own page says: {sum} of it"
            " is left."
        ),
        "nothing_to_do": "There is nothing for you to do: {sum} will be collected on {day}.",
        "nothing_to_do_yet": (
            "There is nothing for you to do: {sum} will be collected on {day} at the earliest"
            " (mandate {rum})."
        ),
        "nothing_to_do_alone": (
            "There is nothing for you to do: less than {least} is not collected alone. This sum"
            " will be collected with another one, or alone from {day} on (mandate {rum})."
        ),
        "by_transfer": "Pay all of it by one transfer, quoting the reference shown here, by {day}.",
        "announced": "In addition, {sum} is already being collected by direct debit.",
        "announced_on": "In addition, {sum} is already being collected by direct debit, on {day}.",
        "pay_by": "To be paid by {day}.",
        "alone": (
            "Each document remains its seller’s; you can also pay one by itself, quoting its own"
            " reference. A part payment settles the earliest due document first."
        ),
        "as_of": "As of {day}, after the credit notes and payments received by then.",
    },
}


def notice_sheet(
    standing: NoticeStanding, customer: Party, language: Language
) -> dict[str, object]:
    """The sheet for templates/notice.typ."""
    words, notice = _WORDS[language], standing.notice
    account = standing.account
    collector = standing.collector.name if standing.collector else ""
    return {
        "language": language,
        "labels": {**words, **{name: LABELS[language][name] for name in ("page", "pay_code")}},
        "title": f"{words['notice']} {notice.number}",
        "draft": False,
        "watermark": "",
        "document_day": standing.today.isoformat(),
        "issuer": {"name": printable(collector), "address": [], "numbers": []},
        "customer": party_sheet(read_party(customer), language),
        "number": notice.number,
        "dated": LABELS[language]["dated"].format(day=long_date(notice.made_on, language)),
        "operation": printable(standing.operation_name),
        "headlines": _headlines(standing, language),
        "documents": [
            _document(document, standing.asked_of(document), language)
            for document in standing.documents
        ],
        "sums": _sums(standing, language),
        "payment": [
            printable(_to_do(standing, language)),
            *_announced(standing, language),
            *_paid_elsewhere(standing, language),
            words["alone"],
            _as_of(standing, language),
        ],
        "transfer": _transfer(standing, account, language) if account else None,
    }


def _as_of(standing: NoticeStanding, language: Language) -> str:
    return _WORDS[language]["as_of"].format(day=long_date(standing.today, language))


def _headlines(standing: NoticeStanding, language: Language) -> list[list[str]]:
    words = _WORDS[language]
    left_cents = standing.asked_cents
    is_whole = left_cents == standing.total_cents
    rows = [[words["to_pay" if is_whole else "left"], euros(left_cents, language)]]
    if debit := standing.debit:
        day = long_date(debit.day, language) if debit.day else words["with_another"]
        rows.append([words["debited_on"], day])
    elif standing.due_date:
        rows.append([words["due"], long_date(standing.due_date, language)])
    if not is_whole:
        rows.append([words["of"], euros(standing.total_cents, language)])
    return rows


def _sums(standing: NoticeStanding, language: Language) -> list[list[str]]:
    """From the total of the invoices to what is left: each name, its sum, and what is asked for."""
    words = _WORDS[language]
    total, asked = euros(standing.total_cents, language), euros(standing.asked_cents, language)
    taken_off = {
        "settled": standing.settled_cents,
        "elsewhere": standing.elsewhere_cents,
        "under_way": standing.beside_cents,
    }
    rows = [[words[key], euros(-cents, language), ""] for key, cents in taken_off.items() if cents]
    if not rows:
        return [[words["of"], total, asked]]
    return [[words["of"], total, ""], *rows, [words["left"], "", asked]]


def _document(document: NoticedDocument, asked_cents: int, language: Language) -> list[str]:
    name = f"{LABELS[language][document.kind]} {document.number}"
    if document.takes_back:
        numbers = ", ".join(document.takes_back)
        name = _WORDS[language]["takes_back"].format(document=name, numbers=numbers)
    left = euros(asked_cents, language)
    if document.kind is DocumentKind.CREDIT_NOTE:
        left = ""
    elif document.elsewhere_cents:
        left = _WORDS[language]["apart"]
    return [
        name,
        printable(document.issuer_name),
        euros(document.kind.sign * document.total_cents, language),
        left,
    ]


def _to_do(standing: NoticeStanding, language: Language) -> str:
    """The one sentence on what to do."""
    words, debit = _WORDS[language], standing.debit
    if debit:
        return _debited(standing, debit, language)
    if standing.due_date is None:
        return words["nothing_here" if standing.elsewhere_cents else "nothing_to_pay"]
    key = "by_transfer" if standing.account else "pay_by"
    return words[key].format(day=long_date(standing.due_date, language))


def _debited(standing: NoticeStanding, debit: NoticeDebit, language: Language) -> str:
    words = _WORDS[language]
    if debit.least_cents and debit.alone_from:
        least = euros(debit.least_cents, language)
        day = long_date(debit.alone_from, language)
        return words["nothing_to_do_alone"].format(least=least, day=day, rum=debit.mandate_rum)
    assert debit.day is not None
    key = "nothing_to_do_yet" if standing.payable_cents else "nothing_to_do"
    amount, day = euros(standing.asked_cents, language), long_date(debit.day, language)
    return words[key].format(sum=amount, day=day, rum=debit.mandate_rum)


def _announced(standing: NoticeStanding, language: Language) -> list[str]:
    """A sentence on what debits under way pay beside what is asked for."""
    if not standing.beside_cents:
        return []
    words, debit = _WORDS[language], standing.under_way
    amount = euros(standing.beside_cents, language)
    if debit is None:
        return [words["announced"].format(sum=amount)]
    return [words["announced_on"].format(sum=amount, day=long_date(debit.day, language))]


def _paid_elsewhere(standing: NoticeStanding, language: Language) -> list[str]:
    """A sentence on each document for which another collector asks."""
    return [
        _WORDS[language]["paid_elsewhere"].format(
            number=document.number,
            seller=printable(document.issuer_name),
            sum=euros(document.elsewhere_cents, language),
        )
        for document in standing.documents
        if document.elsewhere_cents
    ]


def _transfer(standing: NoticeStanding, account: Creditor, language: Language) -> dict[str, object]:
    labels, reference = LABELS[language], standing.notice.reference
    transfer = AskedTransfer(account.name, account.iban, reference, standing.payable_cents)
    return {
        "code": drawn(transfer),
        "rows": [
            [labels["transfer_to"], printable(account.name)],
            [labels["iban"], in_fours(account.iban)],
            [labels["creditor_reference"], in_fours(reference)],
        ],
    }
