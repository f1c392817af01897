"""The texts on the page of an invoice, in its language, ready to be typeset."""

from collections.abc import Mapping
from decimal import Decimal

from libs.common.typesetting.printable import printable
from services.billing.documents.facts import DocumentFacts, LineFacts, LineFactsKind, mention_text
from services.billing.documents.labels import LABELS, LABELS_WITHOUT_VAT
from services.billing.documents.parties import PartyFacts, PlaceFacts
from services.billing.documents.pay_codes import pay_code
from services.billing.documents.pictures import comparison, picture
from services.billing.documents.sharing import keys_in_words, plants_in_words
from services.billing.documents.words import (
    decimal_text,
    euros,
    long_date,
    price,
    price_decimals,
    rate,
    short_date,
)
from services.billing.domain.invoices.documents import DocumentKind
from services.billing.domain.wordings import Language, MentionCode, in_fours

_HASH_DIGITS = 12
_COLUMNS = ("description", "producer", "consumer", "kwh", "price", "vat", "amount")
_REASONS = (
    MentionCode.REASON,
    MentionCode.ENERGY_CORRECTED,
    MentionCode.DAY_CHANGED,
    MentionCode.DAYS_CHANGED,
)
_WAYS = (MentionCode.PAYMENT_TERMS, MentionCode.SEPA_DIRECT_DEBIT)
_OF_PAYMENT = (
    MentionCode.SMALL_DEBIT,
    MentionCode.PAYMENT_NOTICE,
    MentionCode.PAYEE,
    MentionCode.NO_EARLY_PAYMENT_DISCOUNT,
    MentionCode.LATE_PAYMENT_PENALTY,
    MentionCode.RECOVERY_INDEMNITY,
)


def invoice_sheet(facts: DocumentFacts, language: Language) -> dict[str, object]:
    """The sheet that templates/invoice.typ reads: JSON values, every text printable."""
    labels = _labels(facts, language)
    columns = [name for name in _COLUMNS if name != "vat" or facts.shows_vat]
    decimals = max((price_decimals(line.price_eur) for line in facts.lines), default=0)
    lines = [_line(line, labels, language, decimals=decimals) for line in facts.lines]
    return {
        "language": language,
        "labels": labels,
        "columns": columns,
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
        "headlines": _headlines(facts, labels, language),
        "reference": _reference(facts, language),
        "picture": picture(facts, language),
        "comparison": comparison(facts, language),
        "lines": [[line[name] for name in columns] for line in lines],
        "totals": _totals(facts, language),
        "total": euros(facts.total_incl_vat_cents, language),
        "prepaid": _prepaid(facts, language),
        "payment": [printable(text) for text in _payment(facts, language)],
        "transfer": _transfer(facts, labels),
        "sharing": [printable(text) for text in _sharing(facts, language)],
        "mentions": [printable(text) for text in _mentions(facts, language)],
    }


def _labels(facts: DocumentFacts, language: Language) -> Mapping[str, str]:
    """Without a word of VAT where none is charged (CGI 293 E)."""
    if facts.shows_vat:
        return LABELS[language]
    labels = {**LABELS[language], **LABELS_WITHOUT_VAT[language]}
    is_credit = facts.kind is DocumentKind.CREDIT_NOTE
    return {**labels, "total_incl": labels["to_give_back" if is_credit else "to_pay"]}


def _title(facts: DocumentFacts, language: Language) -> str:
    labels = LABELS[language]
    name = f"{labels[facts.kind]} {facts.number or labels['not_numbered']}"
    return printable(f"{name}, {facts.issuer.name}")


def _corrects(facts: DocumentFacts, language: Language) -> list[str]:
    """The documents that this one takes back, replaces or adds to, and the reason."""
    follows = facts.kind if facts.kind is DocumentKind.CREDIT_NOTE else facts.cause
    references = [
        LABELS[language][f"{follows}_refers_to"].format(
            number=printable(original.number), day=long_date(original.issue_date, language)
        )
        for original in facts.originals
    ]
    reasons = [facts.mention(code, language) for code in _REASONS]
    return [*references, *(printable(text) for text in reasons if text)]


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


def _headlines(
    facts: DocumentFacts, labels: Mapping[str, str], language: Language
) -> list[list[str]]:
    """The three facts that people look for."""
    due = long_date(facts.due_date, language) if facts.due_date else labels["on_receipt"]
    energies_kwh = (line.quantity for line in facts.lines if line.kind is LineFactsKind.ENERGY)
    energy_kwh = sum(energies_kwh, Decimal(0))
    energy = f"{decimal_text(energy_kwh, 0, language)}\u00a0kWh"
    amount = euros(facts.left_cents, language)
    if facts.kind is DocumentKind.CREDIT_NOTE:
        return [[labels["to_give_back"], amount], [labels["local_energy"], energy]]
    return [
        [labels["to_pay"], amount],
        *([] if facts.is_prepaid else [[labels["due_date"], due]]),
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


def _line(
    line: LineFacts, labels: Mapping[str, str], language: Language, *, decimals: int
) -> Mapping[str, str]:
    """The texts of a line, by column; prices have these decimals, so that their commas align."""
    first, last = (short_date(day, language) for day in (line.first_day, line.last_day))
    discount = line.discount and labels["instead_of"].format(
        discount=line.discount, price=price(line.list_price_eur_per_kwh or Decimal(0), language)
    )
    fee = line.fee and labels["fee_price"].format(
        days=line.fee.days,
        month_days=line.fee.month_days,
        price=price(line.fee.eur_per_month, language, decimals=2),
    )
    label = labels["accise"] if line.kind is LineFactsKind.TAX else line.label
    rule = labels.get(f"rule_{line.rule}", "").format(group=line.group)
    texts = [label, f"{first} – {last}", line.hour_class, rule, discount, fee]
    quantity = decimal_text(line.quantity, 3 if line.kind is LineFactsKind.ENERGY else 0, language)
    is_fee = line.kind is LineFactsKind.FEE
    return {
        "description": printable(" · ".join(text for text in texts if text)),
        "producer": line.producer or "",
        "consumer": line.consumer,
        "kwh": "" if is_fee else quantity,
        "price": "" if is_fee else price(line.price_eur, language, decimals=decimals),
        "vat": rate(line.vat_rate, language),
        "amount": euros(line.amount_cents, language),
    }


def _totals(facts: DocumentFacts, language: Language) -> list[list[str]]:
    if not facts.shows_vat:
        return []
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


def _prepaid(facts: DocumentFacts, language: Language) -> list[list[str]]:
    """The part of the total that credits have paid, and the rest; nothing without a credit."""
    if not facts.prepaid_cents:
        return []
    labels = LABELS[language]
    return [
        [labels["prepaid"], euros(-facts.prepaid_cents, language)],
        [labels["left_to_pay"], euros(facts.left_cents, language)],
    ]


def _payment(facts: DocumentFacts, language: Language) -> list[str]:
    """First the one sentence on what to do."""
    if facts.kind is DocumentKind.CREDIT_NOTE:
        texts = [
            LABELS[language]["no_payment"],
            facts.mention(MentionCode.PAYMENT_NOTICE, language),
        ]
    else:
        others = (facts.mention(code, language) for code in _OF_PAYMENT)
        texts = [*_way_to_pay(facts, language), *others]
    return [text for text in texts if text]


def _way_to_pay(facts: DocumentFacts, language: Language) -> list[str]:
    """The way and the day of payment; the terms are left out where they have become a day."""
    labels = LABELS[language]
    if facts.is_prepaid:
        return [labels["nothing_to_pay"]]
    if debit := facts.mention(MentionCode.SEPA_DIRECT_DEBIT, language):
        return [labels["nothing_to_do"], debit]
    if facts.due_date is None:
        terms = facts.mention(MentionCode.PAYMENT_TERMS, language)
        return [labels["pay_on_receipt"], *([terms] if terms else [])]
    is_transfer = bool(facts.mention_facts(MentionCode.SEPA_TRANSFER))
    asked = labels["by_transfer" if is_transfer else "pay_by"]
    means = facts.mention_facts(MentionCode.PAYMENT_TERMS)
    return [
        asked.format(day=long_date(facts.due_date, language)),
        *([labels["means"].format_map(means)] if means and not is_transfer else []),
    ]


def _transfer(facts: DocumentFacts, labels: Mapping[str, str]) -> dict[str, object] | None:
    """The lines that a payer copies, or scans with a telephone."""
    transfer = facts.mention_facts(MentionCode.SEPA_TRANSFER)
    if not transfer or facts.is_prepaid:
        return None
    return {
        "code": pay_code(facts),
        "rows": [
            [labels["transfer_to"], printable(transfer["creditor_name"])],
            [labels["iban"], in_fours(transfer["iban"])],
            [labels["creditor_reference"], in_fours(transfer["reference"])],
        ],
    }


def _sharing(facts: DocumentFacts, language: Language) -> list[str]:
    labels = LABELS[language]
    shared = labels["shared_by"].format(
        number=facts.settlement_number,
        operation=facts.operation_name,
        id=facts.operation_id,
        status=labels[facts.settlement_status],
    )
    return [
        *keys_in_words(facts, language),
        *plants_in_words(facts, language),
        shared,
        labels["supplier"],
        labels["rounding"],
    ]


def _mentions(facts: DocumentFacts, language: Language) -> list[str]:
    """All mentions that are not elsewhere on the page, each once."""
    defaults = {
        facts.supply_category.mention: LABELS[language]["category"],
        MentionCode.VAT_FRANCHISE: facts.exemption,
    }
    missing = [text for code, text in defaults.items() if not facts.mention(code)]
    others = [
        mention_text(mention, language)
        for mention in facts.mentions
        if mention.code not in (*_WAYS, *_OF_PAYMENT, *_REASONS, MentionCode.SEPA_TRANSFER)
    ]
    fingerprint = LABELS[language]["fingerprint"].format(hash=facts.settlement_hash[:_HASH_DIGITS])
    return [*(text for text in (*missing, *others) if text), fingerprint]
