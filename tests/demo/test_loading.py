"""What the demonstration invents must be what the platform takes for real."""

import io
from datetime import date
from uuid import UUID

import pytest
from pypdf import PdfReader

from services.billing.domain.payments.bank_details import parse_iban
from services.billing.formats.camt053 import read_statements
from services.community.domain.feasibility.distances import find_farthest
from services.community.domain.feasibility.places import Coordinates
from services.demo.cooperative import HISTORY, MONTH, DemoOperation, read_cooperative
from services.demo.load.billing.bank import ReceivedTransfer, iban_of, statement_of
from services.demo.load.community.papers import pdf_of
from services.demo.load.people import CASES, demo_id

OPERATIONS = read_cooperative().operations


@pytest.mark.parametrize("account", [1, 105, 99_999_999_999])
def test_an_invented_account_has_the_check_digits_of_a_real_one(account: int) -> None:
    assert parse_iban(iban_of(account)) == iban_of(account)


def test_a_bank_statement_is_read_as_it_was_meant() -> None:
    paid = [
        ReceivedTransfer(1718, date(2026, 11, 25), "Facture F2026-00397"),
        ReceivedTransfer(5, date(2026, 10, 25), "Facture F2026-00358"),
    ]
    (statement,) = read_statements(statement_of(iban_of(1), paid))
    assert statement.iban == iban_of(1)
    assert [
        ReceivedTransfer(credit.amount_cents, credit.booked_on, credit.remittance or "")
        for credit in statement.transactions
    ] == paid


def test_a_paper_shows_its_lines() -> None:
    (page,) = PdfReader(io.BytesIO(pdf_of("Accord (de l’école)", "Été"))).pages
    assert page.extract_text().split("\n") == ["Accord (de l’école)", "Été"]


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda operation: operation.name)
def test_the_points_of_an_operation_are_within_two_kilometres(operation: DemoOperation) -> None:
    places = [Coordinates(*point.place) for point in operation.participations]
    assert len(set(places)) == len(places)
    farthest = find_farthest(places)
    assert farthest is not None
    assert farthest.distance_m < 2000


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda operation: operation.name)
def test_an_operation_begins_with_its_data(operation: DemoOperation) -> None:
    assert f"{operation.valid_from:%Y-%m}" == HISTORY[0]
    assert len(operation.history_files) == len(HISTORY) == 11
    assert HISTORY[-1] < MONTH


def test_whoever_is_shown_is_a_member() -> None:
    emails = {member.email for member in read_cooperative().members}
    assert {case.email for case in CASES} < emails


def test_an_id_is_the_same_in_each_demonstration() -> None:
    assert demo_id("polls/school-first") == UUID("2bf0356d-884e-5316-ab2d-3457e50de6d8")
