from dataclasses import replace
from datetime import date
from uuid import UUID

from services.billing.domain.open_items import by_customer, page_after
from tests.billing.domain.test_payments import an_invoice


def test_customers_come_by_name_then_by_id() -> None:
    third, first, second = (an_invoice(number, customer=number) for number in (1, 2, 3))
    third = replace(third, customer_name="Zoé")

    assert by_customer([third, second, first]) == [[first], [second], [third]]


def test_a_customer_who_has_a_new_name_is_one_customer() -> None:
    before = replace(an_invoice(1), customer_name="Zoé")
    after = replace(an_invoice(2), issue_date=date(2027, 1, 5))
    bruno = replace(an_invoice(3, customer=4), customer_name="Bruno")

    assert by_customer([before, after, bruno]) == [[before, after], [bruno]]


def test_a_page_begins_after_a_customer() -> None:
    customers = by_customer(an_invoice(number, customer=number) for number in (1, 2, 3))

    assert page_after(customers, None, limit=2) == customers[:2]
    assert page_after(customers, UUID(int=2), limit=2) == customers[2:]
    assert page_after(customers, UUID(int=3), limit=None) == []
    assert page_after(customers, UUID(int=4), limit=2) is None
