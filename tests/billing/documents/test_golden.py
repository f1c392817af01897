"""Documents as somebody last read them. To renew one, delete it, run this, and read it."""

from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

from services.billing.documents.cii import write_cii
from services.billing.documents.facts import DocumentFacts, read_facts
from services.billing.documents.sheet import invoice_sheet
from services.billing.documents.typesetting import typeset
from services.billing.domain.wordings import Language
from tests.billing.documents.examples import (
    delivered_elsewhere,
    franchise,
    household,
    nasty_names,
    professional,
    public_body,
    two_vat_rates,
)
from tests.billing.documents.test_xml import (
    credit_note,
    direct_debit,
    prepaid,
    self_billed,
    through_another,
    transfer,
    with_everything,
)

GOLDEN = Path(__file__).parent / "golden"
DOCUMENTS: dict[str, Callable[[], DocumentFacts]] = {
    "household": lambda: read_facts(household()),
    "professional": lambda: read_facts(professional()),
    "public-body": lambda: read_facts(public_body()),
    "franchise": lambda: read_facts(franchise()),
    "two-vat-rates": lambda: read_facts(two_vat_rates()),
    "names": lambda: read_facts(nasty_names()),
    "delivered-elsewhere": lambda: read_facts(delivered_elsewhere()),
    "credit-note": credit_note,
    "everything": with_everything,
    "direct-debit": direct_debit,
    "transfer": transfer,
    "prepaid": prepaid,
    "prepaid-whole": lambda: replace(prepaid(), prepaid_cents=transfer().total_incl_vat_cents),
    "through-another": through_another,
    "self-billed": self_billed,
}


@pytest.mark.parametrize("name", DOCUMENTS)
def test_the_xml_is_as_it_was_read(name: str) -> None:
    xml = write_cii(DOCUMENTS[name]()).decode()

    assert xml == _golden(f"{name}.xml", xml)


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("name", DOCUMENTS)
def test_the_page_says_what_it_said(name: str, language: Language) -> None:
    pdf = typeset("invoice", invoice_sheet(DOCUMENTS[name](), language))
    text = "\n".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages) + "\n"

    assert text == _golden(f"{name}.{language}.txt", text)


def _golden(name: str, made: str) -> str:
    path = GOLDEN / name
    if not path.exists():
        path.write_text(made)
        pytest.fail(f"{name} was not there: it is now; read it")
    return path.read_text()
