"""The texts on the pages of a yearly report, in their language, ready to be typeset."""

from collections.abc import Mapping
from decimal import Decimal

from libs.common.calendar import Month
from libs.common.typesetting.printable import printable
from services.billing.documents.labels import LABELS
from services.billing.documents.pictures import month_bars
from services.billing.documents.words import (
    decimal_text,
    euros,
    kwh,
    long_date,
    month_name,
    percent,
    price,
)
from services.billing.domain.surplus.yearly_reports import YearEnergies, YearlyReport
from services.billing.domain.wordings import Language

_WORDS: Mapping[Language, Mapping[str, str]] = {
    Language.FRENCH: {
        "report": "Bilan annuel",
        "incomplete": "INCOMPLET",
        "shared": "Énergie partagée",
        "self_consumption": "Autoconsommation",
        "self_sufficiency": "Autoproduction",
        "by_month": "Énergie partagée, par mois (kWh)",
        "energies": "Énergies des décomptes",
        "month": "Mois",
        "settlement": "Décompte",
        "produced": "Produite",
        "consumed": "Consommée",
        "total": "Total",
        "provisional": "provisoire",
        "definitive": "définitif",
        "missing": "Mois sans décompte, non compris dans les totaux : {months}.",
        "participants": "Participants au {day}",
        "consumers": "Points de soutirage",
        "producers": "Points d’injection",
        "household": "Particuliers",
        "company": "Entreprises",
        "public_body": "Personnes publiques",
        "unknown": "Membres de nature inconnue",
        "entries": "Entrées de points dans l’année",
        "exits": "Sorties de points dans l’année",
        "prices": "Ventes et prix, hors taxes, d’après les factures et avoirs émis",
        "organiser": "Organisé par {name}",
        "plants_of_year": "Installations",
        "plant": "Installation (PRM)",
        "name": "Nom",
        "kind": "Énergie",
        "power": "Puissance installée",
        "solar": "solaire",
        "wind": "éolien",
        "hydro": "hydraulique",
        "biomass": "biomasse",
        "sold": "Vendue",
        "revenue": "Énergie",
        "fees": "Abonnements",
        "mean": "Prix moyen",
        "range": "de – à (€/kWh)",
        "none_sold": "Aucune facture n’est émise pour cette année.",
        "rates_note": (
            "Autoconsommation : part de la production qui a été partagée. Autoproduction : part de"
            " la consommation qui est locale. Les avoirs sont déduits."
        ),
    },
    Language.ENGLISH: {
        "report": "Yearly report",
        "incomplete": "INCOMPLETE",
        "shared": "Shared energy",
        "self_consumption": "Self-consumption",
        "self_sufficiency": "Self-sufficiency",
        "by_month": "Shared energy, by month (kWh)",
        "energies": "Energies of the settlements",
        "month": "Month",
        "settlement": "Settlement",
        "produced": "Produced",
        "consumed": "Consumed",
        "total": "Total",
        "provisional": "provisional",
        "definitive": "definitive",
        "missing": "Months without a settlement, not in the totals: {months}.",
        "participants": "Participants on {day}",
        "consumers": "Consumption points",
        "producers": "Production points",
        "household": "Households",
        "company": "Companies",
        "public_body": "Public bodies",
        "unknown": "Members of unknown kind",
        "entries": "Points that joined in the year",
        "exits": "Points that left in the year",
        "prices": "Sales and prices before VAT, by issued invoices and credit notes",
        "organiser": "Organised by {name}",
        "plants_of_year": "Plants",
        "plant": "Plant (PRM)",
        "name": "Name",
        "kind": "Energy",
        "power": "Installed power",
        "solar": "solar",
        "wind": "wind",
        "hydro": "hydro",
        "biomass": "biomass",
        "sold": "Sold",
        "revenue": "Energy",
        "fees": "Fees",
        "mean": "Mean price",
        "range": "from – to (EUR/kWh)",
        "none_sold": "No invoice is issued for this year.",
        "rates_note": (
            "Self-consumption: the part of the production that was shared. Self-sufficiency: the"
            " part of the consumption that is local. Credit notes are taken off."
        ),
    },
}


def yearly_sheet(report: YearlyReport, language: Language) -> dict[str, object]:
    """The sheet that templates/yearly.typ reads."""
    words = {**LABELS[language], **_WORDS[language]}
    name = printable(report.name)
    return {
        "language": language,
        "labels": words,
        "title": f"{words['report']} {report.year}, {name}",
        "draft": bool(report.missing),
        "watermark": words["incomplete"],
        "document_day": report.participants.day.isoformat(),
        "issuer": {"name": name},
        "year": str(report.year),
        "operation": f"{name} ({report.operation_id})",
        "organiser": report.organiser_name
        and printable(words["organiser"].format(name=report.organiser_name)),
        "headlines": [
            [words["shared"], kwh(report.total.shared_wmin, 0, language)],
            [words["self_consumption"], _rate(report.total.self_consumption_rate, language)],
            [words["self_sufficiency"], _rate(report.total.self_sufficiency_rate, language)],
        ],
        "bars": _bars(report, language),
        "months": [
            [
                month_name(month.month.first_day, language),
                f"{month.number}, {words.get(month.status, month.status)}",
                *_energies(month.energies, language),
            ]
            for month in report.months
        ],
        "sums": _energies(report.total, language),
        "missing": _missing(report, language) if report.missing else None,
        "participants_heading": words["participants"].format(
            day=long_date(report.participants.day, language)
        ),
        "participants": _participants(report, language),
        "producers": _producers(report, language),
        "plants": _plants(report, language),
    }


def _bars(report: YearlyReport, language: Language) -> dict[str, object]:
    """The energy shared in each month of the year; nothing where a month is not settled."""
    shared_wmin = {month.month: month.energies.shared_wmin for month in report.months}
    months = [Month(report.year, number) for number in range(1, 13)]
    days = [month.first_day for month in months]
    return month_bars(days, [shared_wmin.get(month, 0) for month in months], language)


def _energies(energies: YearEnergies, language: Language) -> list[str]:
    return [
        kwh(energies.production_wmin, 0, language),
        kwh(energies.consumption_wmin, 0, language),
        kwh(energies.shared_wmin, 0, language),
        _rate(energies.self_consumption_rate, language),
        _rate(energies.self_sufficiency_rate, language),
    ]


def _rate(share: Decimal | None, language: Language) -> str:
    return "–" if share is None else percent(share, language)


def _missing(report: YearlyReport, language: Language) -> str:
    months = ", ".join(month_name(month.first_day, language) for month in report.missing)
    return _WORDS[language]["missing"].format(months=months)


def _participants(report: YearlyReport, language: Language) -> list[list[str]]:
    words, people = _WORDS[language], report.participants
    counts = {
        "consumers": people.consumers,
        "producers": people.producers,
        **{
            str(kind or "unknown"): count
            for kind, count in sorted(people.members.items(), key=lambda item: str(item[0]))
        },
        "entries": people.entries,
        "exits": people.exits,
    }
    return [[words[name], str(count)] for name, count in counts.items()]


def _plants(report: YearlyReport, language: Language) -> list[list[str]]:
    words = _WORDS[language]
    return [
        [
            plant.prm,
            printable(plant.name or "–"),
            words.get(plant.kind or "", "–"),
            "–" if plant.power_w is None else _power(plant.power_w, language),
        ]
        for plant in report.plants
    ]


def _power(power_w: int, language: Language) -> str:
    kilowatts = Decimal(power_w) / 1000
    return f"{decimal_text(kilowatts, 0 if power_w % 1000 == 0 else 1, language)}\u00a0kW"


def _producers(report: YearlyReport, language: Language) -> list[list[str]]:
    return [
        [
            producer.producer,
            kwh(producer.energy_wmin, 0, language),
            euros(producer.revenue_cents, language),
            euros(producer.fees_cents, language),
            _price(producer.mean_eur_per_kwh, language),
            " – ".join(
                _price(bound, language)
                for bound in (producer.lowest_eur_per_kwh, producer.highest_eur_per_kwh)
            ),
        ]
        for producer in report.producers
    ]


def _price(value: Decimal | None, language: Language) -> str:
    return "–" if value is None else price(value, language)
