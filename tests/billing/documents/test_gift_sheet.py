"""The texts of yearly statements of given energy."""

from datetime import date
from uuid import UUID

import pytest

from libs.common.ids import OperationId
from services.billing.documents.gift_sheet import gifts_sheet
from services.billing.domain.surplus.gift_statements import GiftStatement
from services.billing.domain.wordings import Language


def _statement(day: date) -> GiftStatement:
    return GiftStatement(
        operation_id=OperationId("ACC00000101"),
        operation_name="Deux Maisons",
        organiser_name=None,
        year=2026,
        day=day,
        member_id=UUID(int=1),
        member=None,
        months=[],
        missing=[],
    )


@pytest.mark.parametrize(
    ("day", "language", "year"),
    [
        (date(2026, 6, 3), Language.FRENCH, "2026, jusqu’au 3\u00a0juin\u00a02026"),
        (date(2026, 6, 3), Language.ENGLISH, "2026, until 3\u00a0June\u00a02026"),
        (date(2026, 12, 31), Language.FRENCH, "2026"),
    ],
)
def test_a_year_that_goes_on_is_stated_until_its_day(
    day: date, language: Language, year: str
) -> None:
    sheet = gifts_sheet([_statement(day)], language)

    assert (sheet["document_day"], sheet["year"]) == (day.isoformat(), year)
