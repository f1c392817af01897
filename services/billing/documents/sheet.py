"""The texts on the page of an invoice, in its language, ready to be typeset."""

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal

from libs.common.typesetting.printable import printable
from libs.common.units import kwh_from_wmin
from services.billing.documents.facts import DocumentFacts, LineFacts, LineFactsKind, mention_text
from services.billing.documents.labels import LABELS
from services.billing.documents.parties import PartyFacts, PlaceFacts
from services.billing.documents.words import (
    decimal_text,
    euros,
    kwh,
    long_date,
    month_name,
    percent,
    price,
    rate,
    short_date,
)
from services.billing.domain.invoices.documents import DocumentKind
from services.billing.domain.wordings import Language, MentionCode

_HASH_DIGITS = 12
_OF_PAYMENT = (
    MentionCode.PAYMENT_TERMS,
    MentionCode.PAYEE,
    MentionCode.SEPA_DIRECT_DEBIT,
    MentionCode.SEPA_TRANSFER,
    MentionCode.NO_EARLY_PAYMENT_DISCOUNT,
    MentionCode.LATE_PAYMENT_PENALTY,
    MentionCode.RECOVERY_INDEMNITY,
)


def invoice_sheet(facts: DocumentFacts, language: Language) -> dict[str, object]:
    """The sheet that templates/invoice.typ reads: JSON values, every text printable."""
    labels = LABELS[language]
    return {
        "language": language,
        "labels": labels,
        "title": _title(facts, language),
        "draft": facts.is_draft,
        "kind": labels[facts.kind],
        "number": printable(facts.number or labels["not_numbered"]),
        "document_day": (facts.issue_date or facts.last_day).isoformat(),
        "dated": facts.issue_date
        and labels["dated"].format(day=long_date(facts.issue_date, language)),
        "corrects": _corrects(facts, language),
        "issuer": party_sheet(facts.issuer, language),
        "customer": party_sheet(facts.customer, language),
        "delivery": _place_lines(facts.delivery) if facts.delivery else [],
        "party_caption": labels[f"{facts.kind}_to"],
        "headlines": _headlines(facts, language),
        "reference": _reference(facts, language),
        "picture": _picture(facts, language),
        "lines": [_line(line, language) for line in facts.lines],
        "totals": _totals(facts, language),
        "total": euros(facts.total_incl_vat_cents, language),
        "payment": [printable(text) for text in _payment(facts, language)],
        "sharing": [printable(text) for text in _sharing(facts, language)],
        "mentions": [printable(text) for text in _mentions(facts, language)],
    }


def _title(facts: DocumentFacts, language: Language) -> str:
    labels = LABELS[language]
    name = f"{labels[facts.kind]} {facts.number or labels['not_numbered']}"
    return printable(f"{name}, {facts.issuer.name}")


def _corrects(facts: DocumentFacts, language: Language) -> list[str]:
    labels = LABELS[language]
    return [
        labels[f"{facts.kind}_refers_to"].format(
            number=printable(original.number), day=long_date(original.issue_date, language)
        )
        for original in facts.originals
    ]


def party_sheet(party: PartyFacts, language: Language) -> dict[str, object]:
    labels = LABELS[language]
    numbers = [
        f"{labels['siret']} {party.siret}" if party.siret else None,
        f"{labels['siren']} {party.siren}" if party.siren and not party.siret else None,
        f"{labels['vat_number']} {party.vat_number}" if party.vat_number else None,
    ]
    return {
        "name": printable(party.name),
        "address": _place_lines(party),
        "numbers": [printable(text) for text in (party.legal_notice, *numbers) if text],
    }


def _place_lines(place: PlaceFacts) -> list[str]:
    town = " ".join(text for text in (place.postcode, place.city) if text)
    return [printable(line) for line in (*place.address, town) if line]


def _headlines(facts: DocumentFacts, language: Language) -> list[list[str]]:
    """The three facts that people look for."""
    labels = LABELS[language]
    due = long_date(facts.due_date, language) if facts.due_date else labels["on_receipt"]
    energies_kwh = (line.quantity for line in facts.lines if line.kind is LineFactsKind.ENERGY)
    energy_kwh = sum(energies_kwh, Decimal(0))
    energy = f"{decimal_text(energy_kwh, 0, language)}\u00a0kWh"
    amount = euros(facts.total_incl_vat_cents, language)
    if facts.kind is DocumentKind.CREDIT_NOTE:
        return [[labels["to_give_back"], amount], [labels["local_energy"], energy]]
    return [
        [labels["to_pay"], amount],
        [labels["due_date"], due],
        [labels["local_energy"], energy],
    ]


def _reference(facts: DocumentFacts, language: Language) -> list[list[str]]:
    labels = LABELS[language]
    period = labels["from_to"].format(
        first=short_date(facts.first_day, language), last=short_date(facts.last_day, language)
    )
    operation = f"{facts.operation_name} ({facts.operation_id})"
    routing = {
        name: getattr(facts.customer, name) for name in ("service_code", "commitment_number")
    }
    return [
        [labels["operation"], printable(operation)],
        [labels["period"], period],
        *([labels[name], printable(text)] for name, text in routing.items() if text),
    ]


def _picture(facts: DocumentFacts, language: Language) -> dict[str, object] | None:
    """The month in one picture; None for a credit note or without energy by day."""
    usage, labels = facts.usage, LABELS[language]
    if usage is None or not usage.supplied_wmin or facts.kind is DocumentKind.CREDIT_NOTE:
        return None
    days = [facts.first_day + timedelta(days=i) for i in range(len(usage.supplied_wmin))]
    return {
        "title": labels["your_month"].format(month=month_name(facts.first_day, language)),
        "subtitle": labels["by_day"],
        "bars": day_bars(days, usage.supplied_wmin, language),
        "hours_subtitle": labels["by_hour"],
        "hours": _hour_bars(usage.by_hour_wmin, language) if usage.by_hour_wmin else None,
        "coverage": _coverage(facts, language),
    }


def day_bars(
    days: Sequence[date], energies_wmin: Sequence[int], language: Language
) -> dict[str, object]:
    """A bar for each day, paler at weekends."""
    shown = [day.day == 1 or day.day % 5 == 0 for day in days]
    return _bars(
        energies_wmin,
        marks=[str(day.day) if show else "" for day, show in zip(days, shown, strict=True)],
        pale=[day.isoweekday() > 5 for day in days],  # noqa: PLR2004 - Saturday is the sixth
        language=language,
    )


def _hour_bars(energies_wmin: Sequence[int], language: Language) -> dict[str, object]:
    hours = range(len(energies_wmin))
    return _bars(
        energies_wmin,
        marks=[f"{hour}\u00a0h" if hour % 3 == 0 else "" for hour in hours],
        pale=[False for _ in hours],
        language=language,
    )


def _bars(
    energies_wmin: Sequence[int],
    *,
    marks: Sequence[str],
    pale: Sequence[bool],
    language: Language,
) -> dict[str, object]:
    """Bars with heights as fractions of the scale."""
    top_kwh = _nice_top(kwh_from_wmin(max(0, *energies_wmin)))
    return {
        "top": decimal_text(top_kwh, 0 if top_kwh == top_kwh.to_integral() else 1, language),
        "bars": [
            {
                "mark": mark,
                "pale": is_pale,
                "height": float(max(Decimal(0), kwh_from_wmin(energy_wmin)) / top_kwh),
            }
            for energy_wmin, mark, is_pale in zip(energies_wmin, marks, pale, strict=True)
        ],
    }


def _nice_top(most_kwh: Decimal) -> Decimal:
    """The next of 1, 2, 5, 10, 20, 50, …, for a scale that is easy to read."""
    unit = Decimal("0.1")
    while True:
        for step in (1, 2, 5):
            if unit * step >= most_kwh:
                return unit * step
        unit *= 10


def _coverage(facts: DocumentFacts, language: Language) -> dict[str, object] | None:
    """Local and other energy of all the customer's points; None if unknown."""
    usage, labels = facts.usage, LABELS[language]
    metered_wmin = sum(point.metered_wmin for point in usage.points) if usage else 0
    if usage is None or metered_wmin <= 0:
        return None
    shared_wmin = sum(point.shared_wmin for point in usage.points)
    share = min(Decimal(1), max(Decimal(0), Decimal(shared_wmin) / metered_wmin))
    return {
        "share": float(share),
        "percent": percent(share, language),
        "text": labels["coverage"],
        "rows": [
            [labels["local"], kwh(shared_wmin, 0, language)],
            [labels["complement"], kwh(metered_wmin - shared_wmin, 0, language)],
            [labels["consumption"], kwh(metered_wmin, 0, language)],
        ],
    }


def _line(line: LineFacts, language: Language) -> list[str]:
    first, last = (short_date(day, language) for day in (line.first_day, line.last_day))
    discount = line.discount and LABELS[language]["instead_of"].format(
        discount=line.discount, price=price(line.list_price_eur_per_kwh or Decimal(0), language)
    )
    label = LABELS[language]["accise"] if line.kind is LineFactsKind.TAX else line.label
    texts = [label, f"{first} – {last}", line.hour_class, discount]
    is_fee = line.kind is LineFactsKind.FEE
    decimals = 3 if line.kind is LineFactsKind.ENERGY else 0
    return [
        printable(" · ".join(text for text in texts if text)),
        line.producer or "",
        line.consumer,
        "" if is_fee else decimal_text(line.quantity, decimals, language),
        "" if is_fee else price(line.price_eur, language),
        rate(line.vat_rate, language),
        euros(line.amount_cents, language),
    ]


def _totals(facts: DocumentFacts, language: Language) -> list[list[str]]:
    labels = LABELS[language]
    vat = [
        [
            labels["vat_of"].format(
                rate=rate(amount.rate, language), base=euros(amount.base_cents, language)
            ),
            euros(amount.vat_cents, language),
        ]
        for amount in facts.vat
    ]
    return [[labels["total_excl"], euros(facts.total_excl_vat_cents, language)], *vat]


def _payment(facts: DocumentFacts, language: Language) -> list[str]:
    labels = LABELS[language]
    if facts.kind is DocumentKind.CREDIT_NOTE:
        return [labels["no_payment"]]
    due = (
        labels["pay_by"].format(day=long_date(facts.due_date, language))
        if facts.due_date
        else labels["pay_on_receipt"]
    )
    return [due, *(text for code in _OF_PAYMENT if (text := facts.mention(code, language)))]


def _sharing(facts: DocumentFacts, language: Language) -> list[str]:
    labels = LABELS[language]
    shared = labels["shared_by"].format(
        number=facts.settlement_number,
        operation=facts.operation_name,
        id=facts.operation_id,
        status=labels[facts.settlement_status],
        hash=facts.settlement_hash[:_HASH_DIGITS],
    )
    return [shared, labels["supplier"], labels["rounding"]]


def _mentions(facts: DocumentFacts, language: Language) -> list[str]:
    """All mentions that are not elsewhere on the page, each once."""
    defaults = {
        MentionCode.SUPPLY_OF_GOODS: LABELS[language]["category"],
        MentionCode.VAT_FRANCHISE: facts.exemption,
    }
    missing = [text for code, text in defaults.items() if not facts.mention(code)]
    others = [
        mention_text(mention, language)
        for mention in facts.mentions
        if mention.code not in _OF_PAYMENT
    ]
    return [text for text in (*missing, *others) if text]
