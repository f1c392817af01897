"""The facts of a document, from the frozen content of an invoice, for the XML and the pages."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum

from libs.common.ids import Prm
from services.billing.documents.parties import PartyFacts, PlaceFacts, read_delivery, read_party
from services.billing.documents.xml_texts import xml_text
from services.billing.domain.invoices.documents import Cause, DocumentKind, DocumentReference
from services.billing.domain.invoices.invoices import Invoice
from services.billing.domain.invoices.lines import InvoiceLine
from services.billing.domain.invoices.periods import EarlierPeriod
from services.billing.domain.invoices.settled_months import KeyOfDays
from services.billing.domain.invoices.supplies import SupplyCategory
from services.billing.domain.invoices.totals import VatAmount
from services.billing.domain.invoices.usage import Usage
from services.billing.domain.payees import Payee
from services.billing.domain.prices.sales import NamedPlant
from services.billing.domain.taxes.accise import TaxLine
from services.billing.domain.wordings import Language, Mention, MentionCode, worded

_KWH_PER_MWH = 1000


class LineFactsKind(StrEnum):
    ENERGY = "energy"
    FEE = "fee"
    TAX = "tax"


@dataclass(frozen=True)
class FeeFacts:
    """The cost of a fee in a month, and the number of days for which it is charged."""

    eur_per_month: Decimal
    days: int
    month_days: int


@dataclass(frozen=True)
class LineFacts:
    """A line; both days are included: a line of energy goes from the first to the last with some.

    A fee has quantity 1, and ``fee``; a tax has no producer. ``label``: the fee's or tax's name.
    ``hour_class``, ``discount``: names, if the price has them. ``list_price_eur_per_kwh``: before
    the discount. ``rule``, ``group``: whose price it is (a PriceRule), if it is energy.
    """

    kind: LineFactsKind
    producer: Prm | None
    consumer: Prm
    first_day: date
    last_day: date
    label: str | None
    hour_class: str | None
    discount: str | None
    list_price_eur_per_kwh: Decimal | None
    quantity: Decimal
    price_eur: Decimal
    vat_rate: Decimal
    amount_cents: int
    fee: FeeFacts | None = None
    rule: str = ""
    group: str | None = None


@dataclass(frozen=True)
class DocumentFacts:
    """The facts of a document; ``number`` and ``issue_date`` are None in a draft.

    Amounts of a credit note are positive: they are given back. ``originals``: documents that this
    one takes back, replaces or adds to. ``exemption``: why no VAT is due. ``delivery``: None if at
    the customer's address. ``payee``: the member that is paid, if not the issuer.
    ``prepaid_cents``: what the customer's credits paid when it was issued. ``keys``: consecutive
    ones of a kind are one. ``earlier``: other periods to compare with.
    """

    kind: DocumentKind
    cause: Cause | None
    number: str | None
    issue_date: date | None
    due_date: date | None
    originals: Sequence[DocumentReference]
    operation_id: str
    operation_name: str
    first_day: date
    last_day: date
    settlement_number: int
    settlement_status: str
    settlement_hash: str
    issuer: PartyFacts
    customer: PartyFacts
    supply_category: SupplyCategory
    delivery: PlaceFacts | None
    lines: Sequence[LineFacts]
    vat: Sequence[VatAmount]
    exemption: str | None
    mentions: Sequence[Mention]
    total_excl_vat_cents: int
    total_vat_cents: int
    total_incl_vat_cents: int
    usage: Usage | None
    payee: Payee | None
    prepaid_cents: int = 0
    keys: Sequence[KeyOfDays] = ()
    plants: Sequence[NamedPlant] = ()
    earlier: Sequence[EarlierPeriod] = ()

    @property
    def left_cents(self) -> int:
        """The sum to pay at the time of issue."""
        return self.total_incl_vat_cents - self.prepaid_cents

    @property
    def is_prepaid(self) -> bool:
        return self.prepaid_cents > 0 and self.left_cents == 0

    @property
    def shows_vat(self) -> bool:
        """Not of a seller who charges none: what it names is owed (CGI 283, 3)."""
        return not self.vat or any(amount.rate for amount in self.vat)

    @property
    def is_draft(self) -> bool:
        return self.number is None

    def mention(self, code: MentionCode, language: Language = Language.FRENCH) -> str | None:
        return next(
            (mention_text(mention, language) for mention in self.mentions if mention.code == code),
            None,
        )

    def mention_facts(self, code: MentionCode) -> Mapping[str, str]:
        """The facts of a mention; empty without such a mention."""
        return next((mention.facts for mention in self.mentions if mention.code == code), {})


def mention_text(mention: Mention, language: Language) -> str:
    """The sentence as issued, or worded from its facts in another language.

    In French if today's wording does not fit the frozen facts.
    """
    text = mention.text_fr
    if language is not Language.FRENCH and mention.code in list(MentionCode):
        with suppress(KeyError):
            text = worded(MentionCode(mention.code), _in_english(mention.facts), language)
    return xml_text(text)


def _in_english(facts: Mapping[str, str]) -> Mapping[str, str]:
    """25/10/2026 as 2026-10-25, as the former is ambiguous in English; 9,3 kWh or € as 9.3."""
    days = {name: facts[name] for name in ("first_day", "last_day") if name in facts}
    numbers = {name: facts[name] for name in ("energy_kwh", "least_eur") if name in facts}
    return {
        **facts,
        **{name: number.replace(",", ".") for name, number in numbers.items()},
        **{name: "-".join(day.split("/")[::-1]) for name, day in days.items()},
    }


def read_facts(invoice: Invoice) -> DocumentFacts:
    return DocumentFacts(
        kind=invoice.kind,
        cause=invoice.cause,
        number=invoice.number,
        issue_date=invoice.issue_date,
        due_date=invoice.due_date,
        originals=invoice.refers_to,
        operation_id=invoice.operation.id,
        operation_name=xml_text(invoice.operation.name),
        first_day=invoice.period_from,
        last_day=invoice.period_to - timedelta(days=1),
        settlement_number=invoice.settlement.number,
        settlement_status=invoice.settlement.status,
        settlement_hash=invoice.settlement.content_hash,
        issuer=read_party(invoice.issuer, invoice.issuer_profile),
        customer=read_party(invoice.customer),
        supply_category=invoice.supply_category,
        delivery=read_delivery(invoice.customer),
        lines=_lines(invoice),
        vat=[
            VatAmount(Decimal(amount.rate), amount.base_cents, amount.vat_cents)
            for amount in invoice.vat
        ],
        exemption=" ".join(map(xml_text, invoice.vat_mentions)) or None,
        mentions=invoice.mentions,
        total_excl_vat_cents=invoice.total_excl_vat_cents,
        total_vat_cents=invoice.total_vat_cents,
        total_incl_vat_cents=invoice.total_incl_vat_cents,
        usage=invoice.usage,
        payee=invoice.payee and replace(invoice.payee, name=xml_text(invoice.payee.name)),
        prepaid_cents=invoice.prepaid_cents,
        keys=_keys(invoice),
        plants=[
            replace(plant, name=xml_text(plant.name) if plant.name else None)
            for plant in invoice.plants
        ],
        earlier=invoice.earlier,
    )


def _keys(invoice: Invoice) -> list[KeyOfDays]:
    keys: list[KeyOfDays] = []
    for key in (key for month in invoice.months for key in month.settlement.keys):
        if keys and (keys[-1].kind, keys[-1].valid_to) == (key.kind, key.valid_from):
            keys[-1] = replace(keys[-1], valid_to=key.valid_to)
        else:
            keys.append(key)
    return keys


def _lines(invoice: Invoice) -> list[LineFacts]:
    return [*map(_line, invoice.lines), *map(_tax, invoice.taxes)]


def _line(line: InvoiceLine) -> LineFacts:
    kind = LineFactsKind(line.kind)
    is_fee, list_price = kind is LineFactsKind.FEE, line.list_price_eur_per_kwh
    first_day, last_day = _days(line)
    return LineFacts(
        kind=kind,
        producer=line.producer,
        consumer=line.consumer,
        first_day=first_day,
        last_day=last_day,
        label=xml_text(line.label) if line.label else None,
        hour_class=xml_text(line.hour_class) if line.hour_class else None,
        discount=xml_text(line.discount) if line.discount else None,
        list_price_eur_per_kwh=Decimal(list_price) if list_price and line.discount else None,
        quantity=Decimal(1) if is_fee else Decimal(line.energy_kwh),
        price_eur=_euros(line.amount_cents) if is_fee else Decimal(line.price_eur_per_kwh),
        vat_rate=Decimal(line.vat_rate),
        amount_cents=line.amount_cents,
        fee=_fee(line) if is_fee else None,
        rule="" if is_fee else line.rule,
        group=xml_text(line.group) if line.group else None,
    )


def _days(line: InvoiceLine) -> tuple[date, date]:
    """The first and the last day with energy, as a price may hold on days billed by another."""
    days = [
        line.valid_from + timedelta(days=number)
        for number, energy_wmin in enumerate(line.daily_wmin)
        if energy_wmin
    ]
    return (days[0], days[-1]) if days else (line.valid_from, line.valid_to - timedelta(days=1))


def _fee(line: InvoiceLine) -> FeeFacts:
    assert line.eur_per_month is not None
    assert line.days is not None
    assert line.month_days is not None
    return FeeFacts(Decimal(line.eur_per_month), line.days, line.month_days)


def _tax(tax: TaxLine) -> LineFacts:
    return LineFacts(
        kind=LineFactsKind.TAX,
        producer=None,
        consumer=tax.consumer,
        first_day=tax.valid_from,
        last_day=tax.valid_to - timedelta(days=1),
        label=f"{tax.tax.capitalize()} sur l’électricité",
        hour_class=None,
        discount=None,
        list_price_eur_per_kwh=None,
        quantity=Decimal(tax.quantity_kwh),
        price_eur=Decimal(tax.rate_eur_per_mwh or 0) / _KWH_PER_MWH,
        vat_rate=Decimal(tax.vat_rate),
        amount_cents=tax.amount_cents,
    )


def _euros(amount_cents: int) -> Decimal:
    return Decimal(amount_cents).scaleb(-2)
