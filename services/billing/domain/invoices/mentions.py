"""The mandatory mentions and due date of a document, frozen with it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

from services.billing.domain.creditor_references import creditor_reference
from services.billing.domain.invoices.documents import Cause, DocumentKind
from services.billing.domain.invoices.invoices import Invoice, Party
from services.billing.domain.invoices.lines import kwh_text
from services.billing.domain.payments.ways_to_pay import WayToPay, payment_mention
from services.billing.domain.reference import RateTable, rate_on
from services.billing.domain.taxes.accise import AcciseRegime
from services.billing.domain.taxes.issuers import InvoicedBy, IssuerProfile, VatRegime
from services.billing.domain.wordings import Language, Mention, MentionCode, worded

# UNTDID 1001, for documents made by the customer
_SELF_BILLED = {DocumentKind.INVOICE: "389", DocumentKind.CREDIT_NOTE: "261"}
_ACCISE_REFERENCE = "CIBS art. L312-35 à L312-37-1"


@dataclass(frozen=True)
class _MentionFacts:
    code: MentionCode
    facts: dict[str, str]


def with_mentions(draft: Invoice) -> Invoice:
    """The draft with the mentions it would have if issued when its period ends."""
    return replace(draft, mentions=_mentions(draft, draft.period_to))


def as_issued(
    draft: Invoice,
    *,
    number: str,
    issue_date: date,
    way: WayToPay | None = None,
) -> Invoice:
    """The document to freeze: numbered, dated, due, and with the mentions of that day.

    way: how its customer pays, if known.
    """
    profile = draft.issuer_profile
    terms = timedelta(days=profile.payment_terms_days) if profile else None
    is_invoice = draft.kind == DocumentKind.INVOICE
    issued = replace(
        draft,
        number=number,
        issue_date=issue_date,
        due_date=issue_date + terms if terms is not None and is_invoice else None,
    )
    if way is not None and _is_to_pay(issued):
        issued = replace(issued, payee=way.payee)
    return replace(issued, mentions=_mentions(issued, issue_date, way))


def as_noticed(issued: Invoice, notice_number: str) -> Invoice:
    """The document, which says of which payment notice it is part."""
    return _saying(issued, MentionCode.PAYMENT_NOTICE, {"number": notice_number})


def as_waiting(issued: Invoice, least_debit_cents: int) -> Invoice:
    """The document, which says that less than this is debited with the next one only."""
    least = f"{Decimal(least_debit_cents).scaleb(-2):.2f}".replace(".", ",")
    return _saying(issued, MentionCode.SMALL_DEBIT, {"least_eur": least})


def least_debit_cents(issued: Invoice) -> int | None:
    """The least sum to debit, if the document says that it waits as it is below."""
    for mention in issued.mentions:
        if mention.code == MentionCode.SMALL_DEBIT:
            return int(Decimal(mention.facts["least_eur"].replace(",", ".")).scaleb(2))
    return None


def _saying(issued: Invoice, code: MentionCode, facts: dict[str, str]) -> Invoice:
    mention = _MentionFacts(code, facts)
    return replace(issued, mentions=[*issued.mentions, *_worded([mention])])


def _mentions(document: Invoice, day: date, way: WayToPay | None = None) -> list[Mention]:
    """The mentions by the law of a day, in the order in which a page shows them."""
    mentions = [_MentionFacts(document.supply_category.mention, {}), *_reasons(document)]
    if profile := document.issuer_profile:
        mentions += _profile_mentions(document, profile)
    if way is not None and _is_to_pay(document):
        mentions += _payment_mentions(document, way)
    mentions += _late_payment_mentions(document.customer, day)
    mentions += _accise_mentions(document)
    if profile:
        mentions.append(
            _MentionFacts(MentionCode.COMPLAINTS, {"contact": profile.complaints_contact})
        )
    return _worded(mentions)


def _worded(mentions: Iterable[_MentionFacts]) -> list[Mention]:
    return [
        Mention(
            code=mention.code,
            text_fr=worded(mention.code, mention.facts, Language.FRENCH),
            facts=mention.facts,
        )
        for mention in mentions
    ]


def _reasons(document: Invoice) -> Iterator[_MentionFacts]:
    """Return the reason why a document takes something back, or adds to another one."""
    is_credit = document.kind == DocumentKind.CREDIT_NOTE
    if document.reason is not None:
        yield _MentionFacts(MentionCode.REASON, {"reason": document.reason})
    elif document.cause == Cause.DIFFERENCE or (is_credit and document.cause == Cause.REPLACE):
        yield _MentionFacts(MentionCode.ENERGY_CORRECTED, {})
    if change := sum(change.energy_wmin for change in document.changes):
        first_day, last_day = document.changes[0].day, document.changes[-1].day
        sign = "+" if change > 0 else "−"
        facts = {
            "first_day": _in_french(first_day),
            "last_day": _in_french(last_day),
            "energy_kwh": f"{sign}{kwh_text(abs(change))}".replace(".", ","),
        }
        is_of_one_day = first_day == last_day
        code = MentionCode.DAY_CHANGED if is_of_one_day else MentionCode.DAYS_CHANGED
        yield _MentionFacts(code, facts)


def _profile_mentions(document: Invoice, profile: IssuerProfile) -> Iterator[_MentionFacts]:
    if profile.vat_regime is VatRegime.FRANCHISE:
        yield _MentionFacts(MentionCode.VAT_FRANCHISE, {})
    if profile.vat_on_debits:
        yield _MentionFacts(MentionCode.VAT_ON_DEBITS, {})
    if profile.invoiced_by is InvoicedBy.MANDATARY and (mandate := profile.mandate):
        facts = {
            "mandatary_name": mandate.mandatary_name,
            "mandatary_siren": mandate.mandatary_siren,
            "issuer_name": document.issuer.name,
        }
        yield _MentionFacts(MentionCode.MANDATARY, facts)
        if mandate.mandatary_siren == document.customer.siren:
            yield _MentionFacts(MentionCode.SELF_BILLED, {"type_code": _SELF_BILLED[document.kind]})
    if document.kind == DocumentKind.CREDIT_NOTE:
        return
    terms = {
        "days": str(profile.payment_terms_days),
        "means_of_payment": profile.means_of_payment,
    }
    yield _MentionFacts(MentionCode.PAYMENT_TERMS, terms)


def _payment_mentions(issued: Invoice, way: WayToPay) -> Iterator[_MentionFacts]:
    assert issued.number is not None
    assert issued.due_date is not None
    if issued.payee:
        facts = {"payee": issued.payee.in_words, "issuer_name": issued.issuer.name}
        yield _MentionFacts(MentionCode.PAYEE, facts)
    reference = creditor_reference(issued.issuer.member_id, issued.number)
    yield _MentionFacts(*payment_mention(way, reference=reference, due_date=issued.due_date))


def _is_to_pay(issued: Invoice) -> bool:
    return issued.due_date is not None and issued.total_incl_vat_cents > 0


def _late_payment_mentions(customer: Party, day: date) -> Iterator[_MentionFacts]:
    """No mention for households: these are rules between professionals.

    XP Z12-012 (BR-FR-05) wants them on credit notes and for public bodies too.
    """
    if not customer.is_professional:
        return
    yield _MentionFacts(MentionCode.NO_EARLY_PAYMENT_DISCOUNT, {})
    if points := rate_on(day, RateTable.LATE_PAYMENT, f"{customer.kind}-points"):
        facts = {"points": f"{points.value:f}", "legal_reference": points.legal_reference}
        yield _MentionFacts(MentionCode.LATE_PAYMENT_PENALTY, facts)
    if indemnity := rate_on(day, RateTable.LATE_PAYMENT, f"{customer.kind}-indemnity"):
        amount_eur = f"{(indemnity.value / Decimal(100)).normalize():f}"
        facts = {"amount_eur": amount_eur, "legal_reference": indemnity.legal_reference}
        yield _MentionFacts(MentionCode.RECOVERY_INDEMNITY, facts)


def _accise_mentions(document: Invoice) -> Iterator[_MentionFacts]:
    for period in document.accise:
        days = {
            "first_day": _in_french(period.valid_from),
            "last_day": _in_french(period.valid_to - timedelta(days=1)),
        }
        match period.regime:
            case AcciseRegime.EXEMPT:
                reason = {
                    "legal_basis": str(period.legal_basis),
                    "evidence": str(period.evidence),
                }
                yield _MentionFacts(MentionCode.ACCISE_EXEMPT, days | reason)
            case AcciseRegime.STANDARD:
                reference = {"legal_reference": _ACCISE_REFERENCE}
                yield _MentionFacts(MentionCode.ACCISE_STANDARD, days | reference)
            case AcciseRegime.UNDECIDED:
                pass  # such a document is not issued


def _in_french(day: date) -> str:
    return f"{day:%d/%m/%Y}"
