import hashlib
import subprocess
import sys
from dataclasses import replace
from datetime import date
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from libs.common.ids import Direction
from libs.common.typesetting.printable import _SHOWN, printable
from services.billing.documents.facts import read_facts
from services.billing.documents.pictures import day_bars
from services.billing.documents.rendering import render_invoice, render_statements, render_xml
from services.billing.documents.sheet import invoice_sheet
from services.billing.documents.typesetting import typeset
from services.billing.domain.invoices.documents import Cause, DocumentReference
from services.billing.domain.invoices.mentions import with_mentions
from services.billing.domain.invoices.usage import EnergyChange
from services.billing.domain.prices.sales import Participation, SettledPoint
from services.billing.domain.surplus.plants import plants_of_month
from services.billing.domain.surplus.seller_statements import SellerStatement, seller_statements
from services.billing.domain.surplus.surplus_contracts import SurplusContract, SurplusKind
from services.billing.domain.wordings import Language
from tests.billing.documents.examples import (
    ANNA,
    BAKERY,
    BARN,
    FARMER,
    GOLDEN,
    HOME,
    NASTY,
    OCTOBER,
    ROOF,
    SOLEILS,
    delivered_elsewhere,
    energies,
    franchise,
    household,
    invoice,
    many_lines,
    nasty_names,
    party,
)
from tests.billing.documents.sheets import rendered_sheets
from tests.billing.documents.test_xml import credit_note, with_everything
from tests.support.pdfa import VeraPdf
from tests.support.places import ROOT

FRENCH, ENGLISH = Language.FRENCH, Language.ENGLISH


def read(pdf: bytes) -> PdfReader:
    return PdfReader(BytesIO(pdf), strict=True)


def words(pdf: bytes) -> str:
    """All that the pages say, spaces made equal."""
    return " ".join(" ".join(page.extract_text() for page in read(pdf).pages).split())


def render_credit_note(language: Language) -> bytes:
    return typeset("invoice", invoice_sheet(credit_note(), language))


def statements() -> list[SellerStatement]:
    roof = Participation(
        ROOF, Direction.PRODUCTION, SOLEILS.member_id, date(2026, 1, 1), plant_name="Toit du lavoir"
    )
    contract = SurplusContract(
        kind=SurplusKind.FEED_IN,
        valid_from=date(2026, 1, 1),
        buyer="EDF OA",
        number="BTA0991234",
        price_cents_per_kwh=Decimal("5.36"),
    )
    point = SettledPoint(ROOF, Direction.PRODUCTION, 90_000_000, 40_000_000)
    plants = plants_of_month(OCTOBER, [point], [], {ROOF: [contract]}, {})
    return seller_statements(
        [
            invoice(customer=ANNA),
            invoice(customer=BAKERY, issued=False),
            invoice(issuer=FARMER, sold=energies([(BARN, HOME)])),
        ],
        OCTOBER,
        producer=None,
        participations=[roof],
        plants=plants,
    )


def test_every_document_is_pdf_a_3b(verapdf: VeraPdf, tmp_path: Path) -> None:
    documents = {
        "draft": render_invoice(invoice(issued=False), FRENCH),
        "credit note": render_credit_note(FRENCH),
        "statements": render_statements(statements(), FRENCH),
    }
    for number, make in enumerate(GOLDEN.values()):
        for language in Language:
            documents[f"invoice {number} {language}"] = render_invoice(make(), language)
    for language in Language:
        for name, content in rendered_sheets(language, count=40):
            documents[f"{name} {language}"] = content
    for name, content in documents.items():
        (tmp_path / f"{name}.pdf").write_bytes(content)

    assert verapdf.broken(sorted(tmp_path.iterdir())) == []


def test_the_xml_is_inside_as_factur_x_wants_it() -> None:
    content = household()

    pdf = read(render_invoice(content, FRENCH))

    assert pdf.attachments["factur-x.xml"] == [render_xml(content)]
    (attached,) = pdf.attachment_list
    assert attached.associated_file_relationship == "/Alternative"
    assert pdf.xmp_metadata
    packet = pdf.xmp_metadata.stream.get_data().decode()
    for value in ("<fx:DocumentType>INVOICE<", "<fx:ConformanceLevel>EN 16931<"):
        assert value in packet
    assert pdf.metadata
    assert pdf.metadata.title == "Facture F2026-00042, Soleils de Pousselac SAS"


@pytest.mark.parametrize("language", Language)
def test_the_same_content_gives_the_same_bytes(language: Language) -> None:
    assert render_invoice(household(), language) == render_invoice(household(), language)


def test_another_process_of_another_place_and_user_makes_the_same_bytes(tmp_path: Path) -> None:
    elsewhere = {
        "HOME": str(tmp_path),
        "LANG": "tr_TR.UTF-8",
        "PYTHONHASHSEED": "7",
        "PYTHONPATH": str(ROOT),
        "TZ": "Pacific/Auckland",
    }

    made = subprocess.run(
        [sys.executable, "-c", _MAKE], cwd=tmp_path, env=elsewhere, check=True, capture_output=True
    )

    here = hashlib.sha256(render_invoice(household(), FRENCH)).hexdigest()
    assert made.stdout.decode().strip() == here


_MAKE = """
import hashlib
from services.billing.documents.rendering import render_invoice
from services.billing.domain.wordings import Language
from tests.billing.documents.examples import household
print(hashlib.sha256(render_invoice(household(), Language.FRENCH)).hexdigest())
"""


def test_the_page_shows_who_what_when_and_how_much() -> None:
    text = words(render_invoice(household(), FRENCH))

    for shown in (
        "FACTURE F2026-00042 du 5 novembre 2026",
        "Soleils de Pousselac SAS",
        "SIREN 992000026",
        "TVA FR29992000026",
        "Anna Brindille 3 rue du Four Bâtiment B 99110 Pousselac",
        "Pousse-Soleil (ACC00000101)",
        "du 01/10/2026 au 31/10/2026",
        "99220000000101 99220000000303 177,063 0,1250 20 % 22,13 €",
        "TVA 20 % sur 22,13 € 4,43 €",
        "Total TTC 26,56 €",
        "44 % de votre consommation est locale",
        "livraison de biens",
        "décompte n° 2",
        "définitif",
    ):
        assert shown in text


def test_the_page_speaks_english() -> None:
    text = words(render_invoice(household(), ENGLISH))

    assert "INVOICE F2026-00042 of 5 November 2026" in text
    assert "Total incl. VAT 26.56 EUR" in text


def test_the_page_says_where_the_energy_was_delivered_if_elsewhere() -> None:
    page = words(render_invoice(delivered_elsewhere(), FRENCH))

    assert "LIVRÉ À Le Moulin 99120 Vallon" in page
    assert "LIVRÉ À" not in words(render_invoice(household(), FRENCH))


def test_who_is_exempt_from_vat_says_why() -> None:
    text = words(render_invoice(franchise(), FRENCH))

    assert "TVA non applicable, art. 293 B du CGI" in text
    # CGI 293 E: none is named, lest it be owed (CGI 283, 3).
    assert text.count("TVA") == 1
    assert "Net à payer 19,48 €" in text
    assert "TTC" not in text
    assert " HT " not in text


def test_names_that_look_like_markup_are_shown_as_they_are() -> None:
    text = words(render_invoice(nasty_names(), FRENCH))

    assert printable(NASTY) in text
    assert "#panic()" in printable(NASTY)


def test_a_long_invoice_has_numbered_pages_with_its_number_on_each() -> None:
    pages = [page.extract_text() for page in read(render_invoice(many_lines(), FRENCH)).pages]

    assert len(pages) == 3
    for number, page in enumerate(pages, start=1):
        assert f"page {number} sur 3" in page
        assert "F2026-00042" in page
    assert "Producteur (PRM)" in pages[1]  # the head of the table, again


def test_a_draft_is_marked_and_has_neither_number_nor_xml() -> None:
    pdf = render_invoice(invoice(issued=False), FRENCH)

    assert "PROJET SANS VALEUR" in words(pdf)
    assert "sans numéro" in words(pdf)
    assert read(pdf).attachments == {}


def test_a_credit_note_is_named_so_and_tells_what_it_corrects() -> None:
    text = words(render_credit_note(FRENCH))

    assert "AVOIR A2026-00001" in text
    assert "facture F2026-00042 du 5 novembre 2026 Motif : Relevé rectifié par téléphone" in text
    assert "À payer" not in text
    assert "Votre mois" not in text


@pytest.mark.parametrize(
    ("cause", "said"),
    [
        (Cause.REPLACE, "Annule et remplace la facture F2026-00042 du 5 novembre 2026"),
        (Cause.DIFFERENCE, "Complète la facture F2026-00042 du 5 novembre 2026"),
    ],
)
def test_an_invoice_that_follows_another_says_how(cause: Cause, said: str) -> None:
    original = DocumentReference(UUID(int=42), "F2026-00042", date(2026, 11, 5))
    follower = replace(household(), cause=cause, refers_to=[original])

    assert said in words(render_invoice(follower, FRENCH))


def test_a_correction_says_which_day_changes_and_by_how_much() -> None:
    change = EnergyChange(date(2026, 10, 12), -558_000)
    original = DocumentReference(UUID(int=42), "F2026-00042", date(2026, 11, 5))
    corrective = with_mentions(
        replace(household(), cause=Cause.REPLACE, refers_to=[original], changes=[change])
    )

    assert "Ce qui change : −9,300 kWh, le 12/10/2026" in words(render_invoice(corrective, FRENCH))
    assert "Change: −9.300 kWh, on 2026-10-12" in words(render_invoice(corrective, ENGLISH))
    assert "Ce qui change : −9,300 kWh, le 12/10/2026" in render_xml(corrective).decode()


@pytest.mark.parametrize(
    ("rule", "said"),
    [("social_group", "· Tarif solidaire"), ("group", "· Tarif Commune"), ("operation", "")],
)
def test_a_line_says_whose_price_it_has(rule: str, said: str) -> None:
    line = replace(household().lines[0], rule=rule, group="Commune")

    text = words(render_invoice(replace(household(), lines=[line]), FRENCH))

    assert f"01/10/2026 – 31/10/2026 {said}".strip() in text
    assert ("Tarif" in text) == bool(said)


def test_a_line_goes_from_its_first_to_its_last_day_with_energy() -> None:
    (line,) = household().lines
    days = [0] * 19 + line.daily_wmin[19:30] + [0]
    late = replace(household(), lines=[replace(line, daily_wmin=days)])

    assert "20/10/2026 – 30/10/2026" in words(render_invoice(late, FRENCH))


def test_fees_taxes_discounts_and_all_mentions_are_shown() -> None:
    text = words(typeset("invoice", invoice_sheet(with_everything(), FRENCH)))

    for shown in (
        "SAS au capital de 10 000 €, RCS Aurelle 992 000 026",
        "SIRET 99200002600011",
        "01/10/2026 – 31/10/2026 · Heures pleines · Tarif social, au lieu de 0,150001",
        "Abonnement · 01/10/2026 – 31/10/2026 · 31 jours sur 31, à 2,00 € HT par mois",
        "Accise sur l’électricité",
        "177 0,03035 20 % 5,37 €",
        "À régler au plus tard le 5 décembre 2026. Moyens de paiement : virement",
        "au nom et pour le compte de Soleils de Pousselac SAS",
    ):
        assert shown in text
    assert text.count("livraison de biens") == 1
    english = words(typeset("invoice", invoice_sheet(with_everything(), ENGLISH)))
    assert "in the name and on behalf of Soleils de Pousselac SAS" in english
    assert "Excise duty on electricity · 2026-10-01 – 2026-10-31" in english
    assert "Une mention d'un code oublié" in english
    assert "Accise" not in english


def test_a_document_without_usage_has_no_picture_but_all_the_rest() -> None:
    text = words(render_invoice(replace(household(), usage=None), FRENCH))

    assert "Votre mois" not in text
    assert "Total TTC 26,56 €" in text


def test_without_the_consumption_the_picture_shows_the_days_alone() -> None:
    content = household()
    assert content.usage
    usage = replace(content.usage, points=[])

    text = words(render_invoice(replace(content, usage=usage), FRENCH))

    assert "Votre mois : octobre 2026" in text
    assert "de votre consommation" not in text


def test_a_statement_tells_sales_by_customer_and_what_plants_had_left() -> None:
    pages = [page.extract_text() for page in read(render_statements(statements(), FRENCH)).pages]

    farmer, soleils = (" ".join(page.split()) for page in pages)
    assert "Ferme du Haut-Buisson" in farmer
    assert "Anna Brindille F2026-00042 177,063 kWh 50 % 22,13 € 4,43 € 26,56 €" in soleils
    assert "Boulangerie Ménard SARL projet" in soleils
    assert f"Toit du lavoir · {ROOF} 1 500,000 kWh 666,667 kWh 833,333 kWh" in soleils
    assert "EDF OA · BTA0991234 01/10/2026 – 31/10/2026 833,333 kWh 0,0536 44,67 €" in soleils
    assert "PROVISOIRE" in soleils


@pytest.mark.parametrize(
    ("most_kwh", "top"), [("9", "10"), ("11", "12"), ("13", "16"), ("45", "50"), ("0.02", "0,1")]
)
def test_the_scale_of_bars_ends_shortly_above_the_highest(most_kwh: str, top: str) -> None:
    energy_wmin = int(Decimal(most_kwh) * 60_000)

    assert day_bars([OCTOBER.first_day], [energy_wmin], FRENCH)["top"] == top


def test_every_character_that_is_let_through_has_a_picture() -> None:
    text = "".join(map(chr, sorted(_SHOWN)))
    sheet = invoice_sheet(read_facts(household()), FRENCH)

    assert typeset("invoice", sheet | {"payment": [text]})
    assert typeset("invoice", sheet | {"title": text, "kind": text, "total": text})


@given(name=st.text(max_size=60), address=st.text(max_size=100))
@settings(max_examples=25)
def test_whatever_people_are_called_there_is_a_page(name: str, address: str) -> None:
    assert render_invoice(invoice(customer=party(name, address)), ENGLISH)


@given(st.text())
def test_what_is_printable_stays_as_it_is(text: str) -> None:
    assert printable(printable(text)) == printable(text)
