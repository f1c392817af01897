"""Who is told of the letters about a payment notice."""

import httpx

from tests.billing.test_mailings import mailings, until_asked
from tests.billing.test_payment_notices import village
from tests.billing.world import Billing


async def test_a_seller_is_told_of_its_own_documents_of_a_notice_only(
    billing: Billing, operator: httpx.AsyncClient
) -> None:
    made = await village(billing, operator)
    invoices = await made.issue(operator)
    both = {invoice["id"] for invoice in invoices}

    for invoice in invoices:
        (of_operator,) = await until_asked(operator, invoice)
        async with (
            billing.client("member", member_id=invoice["issuer"]["member_id"]) as seller,
            billing.client("member", member_id=str(made.coop.anna)) as anna,
        ):
            (of_seller,) = await mailings(seller, invoice)
            (of_customer,) = await mailings(anna, invoice)

        assert (of_seller["invoice_id"], of_seller["other_invoice_ids"]) == (invoice["id"], [])
        assert of_seller["id"] == of_operator["id"]
        for mailing in (of_operator, of_customer):
            assert {mailing["invoice_id"], *mailing["other_invoice_ids"]} == both
