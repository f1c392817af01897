from dataclasses import replace
from uuid import UUID

from services.billing.domain.payments.open_items import page_of_customers
from tests.billing.domain.test_payments import an_invoice


def test_customers_come_by_name_then_by_id() -> None:
    third, first, second = (an_invoice(number, customer=number) for number in (1, 2, 3))
    names = {third.customer_id: "Zoé", first.customer_id: "Anna", second.customer_id: "Anna"}

    assert page_of_customers([third, second, first], names) == [first, second, third]


def test_the_documents_of_a_customer_stay_together_whatever_name_they_have() -> None:
    before = replace(an_invoice(1), customer_name="Zoé")
    bruno = an_invoice(2, customer=4)
    after = an_invoice(3)
    names = {before.customer_id: "Anna", bruno.customer_id: "Bruno"}

    assert page_of_customers([before, bruno, after], names) == [before, after, bruno]


def test_a_page_begins_after_a_customer_who_may_owe_nothing_any_more() -> None:
    invoices = [an_invoice(number, customer=number) for number in (1, 2, 3)]
    names = {UUID(int=number): "Anna" for number in (1, 2, 3)}

    assert page_of_customers(invoices, names, limit=2) == invoices[:2]
    assert page_of_customers(invoices, names, after=UUID(int=2), limit=2) == invoices[2:]
    assert page_of_customers(invoices, names, after=UUID(int=3)) == []
    assert page_of_customers(invoices[::2], names, after=UUID(int=2)) == invoices[2:]
