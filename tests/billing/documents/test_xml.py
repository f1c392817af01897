from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from services.billing.documents.cii import write_cii
from services.billing.documents.facts import (
    DocumentFacts,
    FeeFacts,
    LineFactsKind,
    read_facts,
)
from services.billing.documents.rendering import render_xml
from services.billing.domain.corrections.credit_notes import credit_by_hand
from services.billing.domain.creditor_references import creditor_reference
from services.billing.domain.invoices.documents import Cause, DocumentKind, DocumentReference
from services.billing.domain.invoices.invoices import Invoice
from services.billing.domain.invoices.totals import VatAmount
from services.billing.domain.payees import Payee
from services.billing.domain.taxes.accise import AcciseCategory, TaxLine
from services.billing.domain.taxes.issuers import InvoicedBy, IssuerProfile, VatRegime
from services.billing.domain.wordings import Language, Mention, MentionCode, worded
from tests.billing.documents.examples import (
    BAKERY,
    GOLDEN,
    HOME,
    NASTY,
    SOLEILS,
    delivered_elsewhere,
    household,
    invoice,
    nasty_names,
    party,
    professional,
    public_body,
    two_vat_rates,
)
from tests.support.schematron import FRENCH_REFORM, broken_rules

PROFILE = IssuerProfile(
    valid_from=date(2026, 1, 1),
    legal_form="SARL",
    share_capital_cents=123_450,
    siret=None,
    rcs="RCS Aurelle",
    trade_address="1 quai du Port\n99110 Pousselac",
    vat_regime=VatRegime.STANDARD,
    vat_on_debits=False,
    payment_terms_days=30,
    means_of_payment="virement",
    complaints_contact="contact@example.org",
    invoiced_by=InvoicedBy.ISSUER,
    mandate=None,
)
ACCISE = TaxLine(
    tax="accise",
    consumer=HOME,
    category=AcciseCategory.HOUSEHOLD,
    valid_from=date(2026, 10, 1),
    valid_to=date(2026, 11, 1),
    quantity_kwh=177,
    rate_eur_per_mwh="30.35",
    vat_rate="0.2",
    amount_cents=537,
)

REFERENCE = creditor_reference(SOLEILS.member_id, "F2026-00042")
RAM = "{urn:un:unece:uncefact:data:standard:ReusableAggregateBusinessInformationEntity:100}"


def texts(xml: bytes, name: str) -> list[str]:
    return [element.text or "" for element in etree.fromstring(xml).iter(f"{RAM}{name}")]


def credit_note() -> DocumentFacts:
    original = DocumentReference(UUID(int=42), "F2026-00042", date(2026, 11, 5))
    facts = read_facts(professional())
    return replace(
        facts,
        kind=DocumentKind.CREDIT_NOTE,
        cause=Cause.BY_HAND,
        number="A2026-00001",
        originals=[original],
        mentions=[*facts.mentions, mention("reason", reason="Relevé rectifié par téléphone")],
    )


def mention(code: str, **facts: str) -> Mention:
    return Mention(code, worded(MentionCode(code), facts, Language.FRENCH), facts)


def with_everything() -> DocumentFacts:
    """A discount, a fee, a tax, a mandatary and all that the law asks for."""
    facts = read_facts(household())
    (energy,) = facts.lines
    energy = replace(
        energy,
        hour_class="Heures pleines",
        discount="Tarif social",
        list_price_eur_per_kwh=Decimal("0.150001"),
    )
    fee = replace(
        read_facts(household()).lines[0],
        kind=LineFactsKind.FEE,
        label="Abonnement",
        quantity=Decimal(1),
        price_eur=Decimal("2.00"),
        amount_cents=200,
        fee=FeeFacts(Decimal("2.00"), 31, 31),
    )
    tax = replace(
        fee,
        kind=LineFactsKind.TAX,
        producer=None,
        label="Accise sur l’électricité",
        quantity=Decimal(177),
        price_eur=Decimal("0.03035"),
        amount_cents=537,
        fee=None,
    )
    issuer = replace(
        facts.issuer,
        siret="99200002600011",
        legal_notice="SAS au capital de 10 000 €, RCS Aurelle 992 000 026",
    )
    return replace(
        facts,
        issuer=issuer,
        due_date=date(2026, 12, 5),
        lines=[energy, fee, tax],
        vat=[VatAmount(Decimal("0.2"), 2950, 590)],
        mentions=[
            mention("supply-of-goods"),
            mention("vat-on-debits"),
            mention(
                "issued-by-mandatary",
                mandatary_name="Coop",
                mandatary_siren="991000001",
                issuer_name="Soleils de Pousselac SAS",
            ),
            mention("payment-terms", days="30", means_of_payment="virement"),
            Mention("of-before", "Une mention d'un code oublié", {}),
        ],
        total_excl_vat_cents=2950,
        total_vat_cents=590,
        total_incl_vat_cents=3540,
    )


@pytest.mark.parametrize("make", GOLDEN.values(), ids=GOLDEN.keys())
def test_an_invoice_obeys_the_rules_of_the_european_standard(make: Callable[[], Invoice]) -> None:
    assert broken_rules(render_xml(make())) == []


def test_a_credit_note_obeys_them_too_and_names_the_original() -> None:
    xml = write_cii(credit_note())

    assert broken_rules(xml) == []
    assert texts(xml, "TypeCode")[0] == "381"
    assert texts(xml, "IssuerAssignedID") == ["F2026-00042"]


@pytest.mark.parametrize("make", GOLDEN.values(), ids=GOLDEN.keys())
def test_the_credit_note_of_an_invoice_obeys_them_and_gives_all_back(
    make: Callable[[], Invoice],
) -> None:
    invoice = make()
    note = credit_by_hand(invoice, [invoice], {}, reason="Wrong meter")

    xml = render_xml(replace(note, number="A2026-00001", issue_date=date(2026, 11, 6)))

    assert broken_rules(xml) == []
    assert texts(xml, "TypeCode")[0] == "381"
    assert texts(xml, "IssuerAssignedID") == [invoice.number]
    assert texts(xml, "GrandTotalAmount") == texts(render_xml(invoice), "GrandTotalAmount")


def test_an_invoice_names_all_that_it_replaces() -> None:
    earlier = [replace(professional().reference, number=f"F2026-0000{i}") for i in (1, 2)]

    xml = render_xml(replace(professional(), refers_to=earlier, cause=Cause.REPLACE))

    assert broken_rules(xml) == []
    assert texts(xml, "TypeCode")[0] == "380"
    assert texts(xml, "IssuerAssignedID") == ["F2026-00001", "F2026-00002"]


def test_fees_taxes_discounts_and_mandataries_obey_them_too() -> None:
    xml = write_cii(with_everything())

    assert broken_rules(xml) == []
    assert texts(xml, "ChargeAmount") == ["0.150001", "0.125", "2.00", "0.03035"]
    assert texts(xml, "DueDateTypeCode") == ["5"]


def test_due_date_profile_taxes_and_originals_are_read() -> None:
    original = DocumentReference(UUID(int=7), "F2026-00007", date(2026, 10, 5))
    invoice = replace(
        household(),
        due_date=date(2026, 12, 5),
        issuer_profile=PROFILE,
        taxes=[ACCISE],
        refers_to=[original],
    )

    facts = read_facts(invoice)

    assert facts.due_date == date(2026, 12, 5)
    assert facts.originals == [original]
    assert facts.issuer.legal_notice == "SARL au capital de 1 234,50 €, RCS Aurelle"
    assert facts.issuer.address == ["1 quai du Port"]
    assert (facts.lines[1].label, facts.lines[1].price_eur) == (
        "Accise sur l’électricité",
        Decimal("0.03035"),
    )


def paid_by(code: str, **facts: str) -> DocumentFacts:
    """Between businesses, with all that they are told of payment."""
    mentions = [
        mention("payment-terms", days="30", means_of_payment="selon le mandat"),
        mention(code, creditor_name="Soleils & Voisins", **facts),
        mention("late-payment-penalty", points="10", legal_reference="C. com. art. L441-10"),
        mention("recovery-indemnity", amount_eur="40", legal_reference="C. com. art. D441-5"),
        mention("no-early-payment-discount"),
    ]
    return replace(read_facts(professional()), due_date=date(2026, 12, 5), mentions=mentions)


def direct_debit() -> DocumentFacts:
    facts = {"rum": "ELO-0001", "account": "FR76•••189", "first_day": "05/12/2026"}
    return paid_by("sepa-direct-debit", ics="FR72ZZZ123456", **facts)


def transfer() -> DocumentFacts:
    return paid_by("sepa-transfer", iban="FR1420041010050500013M02606", reference=REFERENCE)


def prepaid() -> DocumentFacts:
    """It replaces an invoice whose credit pays most of it."""
    original = DocumentReference(UUID(int=41), "F2026-00041", date(2026, 11, 4))
    return replace(transfer(), cause=Cause.REPLACE, originals=[original], prepaid_cents=2500)


def through_another() -> DocumentFacts:
    """Another than the seller is paid; some that collect have no SIREN."""
    payee = Payee(UUID(int=8), "Soleils & Voisins", "991000001")
    text = mention("payee", payee=payee.in_words, issuer_name="Soleils de Pousselac SAS")
    facts = transfer()
    return replace(facts, payee=payee, mentions=[*facts.mentions, text])


def self_billed(type_code: str = "389") -> DocumentFacts:
    facts = transfer()
    text = mention("self-billed", type_code=type_code)
    return replace(facts, mentions=[*facts.mentions, text])


@pytest.mark.parametrize("siren", ["991000001", None])
def test_whoever_is_paid_in_the_sellers_place_is_told_as_such(siren: str | None) -> None:
    facts = through_another()
    assert facts.payee is not None

    xml = write_cii(replace(facts, payee=replace(facts.payee, siren=siren)))

    assert broken_rules(xml) == broken_rules(xml, FRENCH_REFORM) == []
    (payee,) = etree.fromstring(xml).iter(f"{RAM}PayeeTradeParty")
    assert payee.findtext(f"{RAM}Name") == "Soleils & Voisins"
    assert payee.findtext(f"{RAM}SpecifiedLegalOrganization/{RAM}ID") == siren
    assert not any("Soleils & Voisins" in note for note in texts(xml, "Content"))


def test_a_seller_who_is_paid_itself_is_no_payee() -> None:
    assert b"PayeeTradeParty" not in write_cii(transfer())


@pytest.mark.parametrize(("kind", "type_code"), [("invoice", "389"), ("credit_note", "261")])
def test_what_the_customer_makes_has_a_type_of_its_own(kind: str, type_code: str) -> None:
    facts = self_billed(type_code)

    xml = write_cii(replace(facts, kind=DocumentKind(kind), originals=credit_note().originals))

    assert broken_rules(xml) == broken_rules(xml, FRENCH_REFORM) == []
    assert texts(xml, "TypeCode")[0] == type_code


def test_what_a_customer_made_before_keeps_the_type_that_it_had() -> None:
    facts = transfer()
    xml = write_cii(replace(facts, mentions=[*facts.mentions, mention("self-billed")]))

    assert texts(xml, "TypeCode")[0] == "380"


@pytest.mark.parametrize("make", [direct_debit, transfer])
def test_the_way_to_pay_obeys_the_rules_and_is_told_as_such(
    make: Callable[[], DocumentFacts],
) -> None:
    xml = write_cii(make())

    assert broken_rules(xml) == broken_rules(xml, FRENCH_REFORM) == []
    means = etree.fromstring(xml).find(f".//{RAM}SpecifiedTradeSettlementPaymentMeans")
    assert means is not None
    assert (
        means.findtext(f"{RAM}TypeCode") == {"direct_debit": "59", "transfer": "58"}[make.__name__]
    )
    assert not any("Soleils & Voisins" in note for note in texts(xml, "Content"))


def test_a_payer_is_told_the_reference_of_the_invoice() -> None:
    assert texts(write_cii(transfer()), "PaymentReference") == [REFERENCE]


@pytest.mark.parametrize(("prepaid_cents", "due"), [(2500, "2.18"), (2718, "0.00")])
def test_what_a_credit_has_paid_is_not_asked_for(prepaid_cents: int, due: str) -> None:
    xml = write_cii(replace(prepaid(), prepaid_cents=prepaid_cents))

    assert broken_rules(xml) == broken_rules(xml, FRENCH_REFORM) == []
    assert texts(xml, "GrandTotalAmount") == ["27.18"]
    assert texts(xml, "TotalPrepaidAmount") == [f"{prepaid_cents / 100:.2f}"]
    assert texts(xml, "DuePayableAmount") == [due]


def test_the_rules_are_really_applied() -> None:
    xml = render_xml(professional()).replace(b"<ram:DuePayableAmount>", b"<ram:DuePayableAmount>9")

    assert any("BR-CO-16" in rule for rule in broken_rules(xml))


def test_between_businesses_the_rules_of_the_french_reform_are_obeyed_too() -> None:
    mentions = [
        mention("payment-terms", days="30", means_of_payment="virement"),
        mention("late-payment-penalty", points="10", legal_reference="C. com. art. L441-10"),
        mention("recovery-indemnity", amount_eur="40", legal_reference="C. com. art. D441-5"),
        mention("no-early-payment-discount"),
    ]
    facts = replace(read_facts(professional()), due_date=date(2026, 12, 5), mentions=mentions)

    assert broken_rules(write_cii(facts), FRENCH_REFORM) == []


def test_a_public_body_finds_its_service_and_its_commitment() -> None:
    xml = render_xml(public_body())

    assert broken_rules(xml) == []
    assert texts(xml, "BuyerReference") == ["SRV-ENERGIE"]
    assert texts(xml, "IssuerAssignedID") == ["EJ-2026-0042"]
    assert texts(xml, "GlobalID") == ["99100001900018"]


def test_the_xml_says_what_the_content_says_to_the_cent() -> None:
    content = two_vat_rates()

    xml = render_xml(content)

    def cents(name: str) -> list[int]:
        return [int(Decimal(text) * 100) for text in texts(xml, name)]

    lines = [line.amount_cents for line in content.lines]
    assert cents("LineTotalAmount") == [*lines, content.total_excl_vat_cents]
    assert cents("CalculatedAmount") == [vat_line.vat_cents for vat_line in content.vat]
    assert cents("GrandTotalAmount") == [content.total_incl_vat_cents]
    assert texts(xml, "RateApplicablePercent")[-2:] == ["20", "5.5"]


def test_a_place_of_delivery_is_told_and_obeys_the_rules() -> None:
    facts = read_facts(delivered_elsewhere())

    xml = write_cii(facts)

    assert broken_rules(xml) == []
    (place,) = etree.fromstring(xml).iter("{*}ShipToTradeParty")
    text_by_name = {
        str(etree.QName(element).localname): element.text
        for element in place.iter()
        if not len(element)
    }
    assert text_by_name == {
        "Name": "Anna Brindille",
        "PostcodeCode": "99120",
        "LineOne": "Le Moulin",
        "CityName": "Vallon",
        "CountryID": "FR",
    }


def test_a_delivery_at_the_address_is_not_told_twice() -> None:
    here = replace(household().customer, delivery_address=household().customer.address)
    facts = read_facts(replace(household(), customer=here))

    assert facts.delivery is None
    assert write_cii(facts) == write_cii(read_facts(household()))


def test_a_unit_price_keeps_its_six_decimals() -> None:
    assert texts(render_xml(professional()), "ChargeAmount") == ["0.125", "0.131234"]


def test_names_that_look_like_markup_are_kept_letter_by_letter() -> None:
    assert texts(render_xml(nasty_names()), "Name")[1] == NASTY


def test_the_same_content_gives_the_same_bytes() -> None:
    assert render_xml(professional()) == render_xml(professional())


# As the community service takes them: not empty, whatever else.
names = st.text(min_size=1, max_size=80).filter(lambda name: bool(name.strip()))


@given(name=names.map(lambda name: f"x{name}"), address=st.text(max_size=200))
@settings(max_examples=25)
def test_whatever_people_are_called_the_xml_is_valid(name: str, address: str) -> None:
    assert broken_rules(render_xml(invoice(customer=party(name, address)))) == []
    assert broken_rules(render_xml(invoice(replace(BAKERY, name=name, address=address)))) == []
