"""The texts on the pages of yearly statements of given energy, ready to be typeset."""

from collections.abc import Mapping, Sequence
from datetime import date

from libs.common.calendar import Month
from libs.common.typesetting.printable import printable
from services.billing.documents.labels import LABELS
from services.billing.documents.parties import read_party
from services.billing.documents.pictures import month_bars
from services.billing.documents.sheet import party_sheet
from services.billing.documents.words import kwh, long_date, month_name
from services.billing.domain.surplus.gift_statements import GiftStatement
from services.billing.domain.wordings import Language

_WORDS: Mapping[Language, Mapping[str, str]] = {
    Language.FRENCH: {
        "gifts": "Énergie partagée gratuitement",
        "incomplete": "INCOMPLET",
        "received": "Reçue",
        "given": "Donnée",
        "month": "Mois",
        "total": "Total",
        "by_month_received": "Énergie reçue, par mois (kWh)",
        "by_month_given": "Énergie donnée, par mois (kWh)",
        "energies": "Mois par mois",
        "organiser": "Organisé par {name}",
        "until": "jusqu’au {day}",
        "missing": "Mois sans décompte, non compris dans les totaux : {months}.",
        "note": (
            "Cette énergie a été partagée gratuitement entre les participants : elle n’a pas de"
            " prix, et aucune facture n’en est établie. Ce relevé n’est pas une facture. L’énergie"
            " que vos propres installations vous ont fournie n’y est pas comptée."
        ),
    },
    Language.ENGLISH: {
        "gifts": "Energy given for free",
        "incomplete": "INCOMPLETE",
        "received": "Received",
        "given": "Given",
        "month": "Month",
        "total": "Total",
        "by_month_received": "Energy received, by month (kWh)",
        "by_month_given": "Energy given, by month (kWh)",
        "energies": "Month by month",
        "organiser": "Organised by {name}",
        "until": "until {day}",
        "missing": "Months without a settlement, not in the totals: {months}.",
        "note": (
            "The participants shared this energy free of charge: it has no price, and no invoice"
            " is made for it. This statement is not an invoice. The energy that your own plants"
            " supplied to you is not counted."
        ),
    },
}


def gifts_sheet(statements: Sequence[GiftStatement], language: Language) -> dict[str, object]:
    """The sheet for templates/gifts.typ; at least one statement, each on a page of its own."""
    first, words = statements[0], _WORDS[language]
    name = printable(first.operation_name)
    return {
        "language": language,
        "labels": {**LABELS[language], **words},
        "title": f"{words['gifts']} {first.year}, {name}",
        "draft": bool(first.missing),
        "watermark": words["incomplete"],
        "document_day": first.day.isoformat(),
        "issuer": {"name": name},
        "year": _year(first, language),
        "operation": f"{name} ({first.operation_id})",
        "organiser": first.organiser_name
        and printable(words["organiser"].format(name=first.organiser_name)),
        "missing": _missing(first.missing, language) if first.missing else None,
        "statements": [_statement(statement, language) for statement in statements],
    }


def _year(statement: GiftStatement, language: Language) -> str:
    """With its last day, while the year lasts."""
    if statement.day == date(statement.year, 12, 31):
        return str(statement.year)
    until = _WORDS[language]["until"].format(day=long_date(statement.day, language))
    return f"{statement.year}, {until}"


def _statement(statement: GiftStatement, language: Language) -> dict[str, object]:
    words = _WORDS[language]
    headlines = [
        [words["received"], kwh(statement.received_wmin, 0, language)],
        [words["given"], kwh(statement.given_wmin, 0, language)],
    ]
    gives_more = statement.given_wmin > statement.received_wmin
    return {
        "member": party_sheet(read_party(statement.member), language)
        if statement.member
        else {"name": "–", "address": [], "numbers": []},
        "headlines": headlines[::-1] if gives_more else headlines,
        "bars_title": words["by_month_given" if gives_more else "by_month_received"],
        "bars": _bars(statement, language, gives_more=gives_more),
        "months": [
            [
                month_name(month.month.first_day, language),
                kwh(month.received_wmin, 3, language),
                kwh(month.given_wmin, 3, language),
            ]
            for month in statement.months
        ],
        "sums": [
            kwh(statement.received_wmin, 3, language),
            kwh(statement.given_wmin, 3, language),
        ],
    }


def _bars(statement: GiftStatement, language: Language, *, gives_more: bool) -> dict[str, object]:
    energies_wmin = {
        month.month: month.given_wmin if gives_more else month.received_wmin
        for month in statement.months
    }
    months = [Month(statement.year, number) for number in range(1, 13)]
    days = [month.first_day for month in months]
    return month_bars(days, [energies_wmin.get(month, 0) for month in months], language)


def _missing(months: Sequence[Month], language: Language) -> str:
    names = ", ".join(month_name(month.first_day, language) for month in months)
    return _WORDS[language]["missing"].format(months=names)
