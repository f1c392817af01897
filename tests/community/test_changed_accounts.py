"""Who hears that a seller is to be paid on another account (M1)."""

from datetime import timedelta
from uuid import UUID, uuid4

import httpx
import pytest

from libs.common.events.billing import CreditorChanged
from services.community.handlers import on_creditor_changed
from tests.community.coop import given_operation, list_all, member_body, put, put_account
from tests.community.mailing import new_address
from tests.support.clock import CLOCK
from tests.support.platform import Platform

_PAGE = "http://page.example/billing/issuers/x/creditor-change"


@pytest.mark.parametrize("state", ["asked", "in_use", "refused"])
async def test_the_seller_at_old_and_new_addresses_organisers_and_staff_each_once(
    platform: Platform, operator: httpx.AsyncClient, state: str
) -> None:
    seller_id, operation_id = str(uuid4()), await given_operation(operator)
    former, own_email, organiser, staff = (new_address() for _ in range(4))
    for email in (former, own_email):
        await put(operator, f"/members/{seller_id}", member_body(email=email, name="Soleils"))
    runs = {"roles": ["organiser"], "operations": [operation_id]}
    await put_account(operator, organiser, runs)
    await put_account(operator, staff, runs | {"roles": ["operator", "organiser"]})
    elsewhere = new_address()
    await put_account(operator, elsewhere, runs | {"operations": [await given_operation(operator)]})
    changed = CreditorChanged(
        time=CLOCK.now(),
        change_id=uuid4(),
        creditor_id=UUID(seller_id),
        state=state,
        former_account_end="1234",
        account_end="M026",
        collected_by=None,
        good_from=CLOCK.now() + timedelta(hours=72),
        operations=[operation_id],
        url=_PAGE if state == "asked" else None,
    )

    async with platform.database("community") as database, database.transaction() as session:
        await on_creditor_changed(session, [changed])

    kind = {
        "asked": "account_change_asked",
        "in_use": "account_changed",
        "refused": "account_change_refused",
    }[state]
    messages = [
        message for message in await list_all(operator, "/messages") if message["kind"] == kind
    ]
    addresses = [to["address"] for message in messages for to in message["recipients"]]
    for email in (former, own_email, organiser, staff):
        assert addresses.count(email) == 1
    assert elsewhere not in addresses
    assert all("Soleils" in message["subject"] for message in messages)
    assert all((_PAGE in message["body"]) is (state == "asked") for message in messages)
