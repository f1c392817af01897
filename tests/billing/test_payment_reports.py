"""Payment status reports (pain.002): what the bank rejects before it moves money."""

import asyncio
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.billing.domain.payments.payment_reports import ReportRefused
from services.billing.formats.bank_xml import MAX_BYTES
from services.billing.formats.pain002 import read_report
from tests.billing.money import (
    collect,
    issued_by_customer,
    payments_url,
    read_collection,
    read_debits,
    record_mandate,
    set_creditor,
    texts,
)
from tests.billing.payment_reports import batch, payment, report
from tests.billing.payouts import paid_out, read_transfers, two_payees
from tests.billing.statements import bank_tells, booked
from tests.billing.world import Billing, Coop

_WHOLE = report("a" * 32, batch("B", payment("b" * 32), status="RJCT"), status="PART")


async def send(client: httpx.AsyncClient, creditor_id: UUID, content: bytes) -> httpx.Response:
    return await client.post(
        payments_url(creditor_id, "payment-reports"),
        content=content,
        headers={"Content-Type": "application/xml"},
    )


async def told(client: httpx.AsyncClient, creditor_id: UUID, content: bytes) -> dict[str, int]:
    """The counts that are not 0."""
    answer = await send(client, creditor_id, content)
    assert answer.status_code == 200, answer.text
    counts: dict[str, int] = answer.json()
    return {name: count for name, count in counts.items() if count}


async def collected(
    operator: httpx.AsyncClient, coop: Coop
) -> tuple[dict[str, Any], str, dict[str, Any]]:
    """The creditor, the id of a file, and its only direct debit: Anna's."""
    await issued_by_customer(operator, coop, terms_days=0)
    creditor = await set_creditor(operator, coop.seller)
    await record_mandate(operator, coop.seller, coop.anna)
    made = (await collect(operator, coop.seller)).json()
    (item,) = (await read_collection(operator, coop.seller, made["id"]))["items"]
    return creditor, UUID(made["id"]).hex, item


async def ids_in(operator: httpx.AsyncClient, coop: Coop, file_id: str) -> tuple[str, str]:
    """Of the only batch and the only direct debit, as the bank has got them."""
    document = await read_debits(operator, coop.seller, str(UUID(file_id)))
    (batch_id,), (end_to_end_id,) = texts(document, "PmtInfId"), texts(document, "EndToEndId")
    return batch_id, end_to_end_id


async def test_a_rejected_direct_debit_frees_its_invoice_and_blocks_its_mandate(
    operator: httpx.AsyncClient, coop: Coop
) -> None:
    _, file_id, item = await collected(operator, coop)
    batch_id, end_to_end_id = await ids_in(operator, coop, file_id)
    content = report(file_id.upper(), batch(batch_id.upper(), payment(end_to_end_id.upper())))

    assert await told(operator, coop.seller, content) == {"rejected": 1}

    (rejected,) = (await read_collection(operator, coop.seller, str(UUID(file_id))))["items"]
    assert (rejected["id"], rejected["return_reason"]) == (item["id"], "AC01")
    assert rejected["cancelled_on"] is not None
    refused = (await collect(operator, coop.seller)).json()
    assert refused["type"] == "/problems/nothing-to-collect"
    assert "mandate-blocked" in {invoice["reason"] for invoice in refused["skipped"]}
    # The debtor signs again; the same report, sent once more, changes nothing.
    url = payments_url(coop.seller, "mandates", item["mandate_id"], "revocation")
    assert (await operator.post(url)).status_code == 200
    await record_mandate(operator, coop.seller, coop.anna)
    assert await told(operator, coop.seller, content) == {"known": 1}
    again = await collect(operator, coop.seller)
    assert again.status_code == 200, again.text


@pytest.mark.parametrize(
    "levels",
    [
        lambda file_id, *_: report(file_id, status="RJCT", reason="FF01"),
        lambda file_id, batch_id, _: report(
            file_id, batch(batch_id, status="RJCT", reason="FF01"), status="PART"
        ),
        lambda file_id, batch_id, payment_id: report(
            file_id,
            batch(batch_id, payment(payment_id, None, "FF01"), status="RJCT"),
            status="PART",
        ),
        lambda file_id, batch_id, payment_id: report(
            file_id,
            batch(batch_id, payment(payment_id, "RJCT", "FF01")),
            status="RJCT",
            reason="AC01",
        ),
    ],
    ids=["file", "batch", "payment-of-batch", "payment-before-file"],
)
async def test_what_is_rejected_is_a_file_a_batch_or_a_payment(
    operator: httpx.AsyncClient,
    coop: Coop,
    levels: Any,  # noqa: ANN401 - a report of these ids
) -> None:
    _, file_id, _ = await collected(operator, coop)
    content = levels(file_id, *await ids_in(operator, coop, file_id))

    assert await told(operator, coop.seller, content) == {"rejected": 1}

    (item,) = (await read_collection(operator, coop.seller, str(UUID(file_id))))["items"]
    assert item["return_reason"] == "FF01"
    # The file was wrong, not the mandate: the invoice is in the next one.
    assert (await collect(operator, coop.seller)).status_code == 200


async def test_what_is_accepted_pending_moved_or_unknown_stays_as_it_is(
    operator: httpx.AsyncClient, coop: Coop
) -> None:
    creditor, file_id, item = await collected(operator, coop)
    item_id = UUID(item["id"]).hex
    for status in ("ACSP", "PDNG", "ACCP"):
        content = report(file_id, batch("B", payment(item_id, status, None)), status=status)
        assert await told(operator, coop.seller, content) == {}
    strange = report(file_id, batch("B", payment(uuid4().hex), status="RJCT"))
    assert await told(operator, coop.seller, strange) == {"unknown": 2}

    cents = item["amount_cents"]
    assert await bank_tells(operator, creditor, booked(cents, end_to_end_id=item_id)) == (1, 1)
    late = report(file_id, batch("B", payment(item_id)))
    assert await told(operator, coop.seller, late) == {"moved": 1}

    (kept,) = (await read_collection(operator, coop.seller, str(UUID(file_id))))["items"]
    assert (kept["return_reason"], kept["cancelled_on"]) == (None, None)


async def test_a_rejected_transfer_is_owed_again(
    billing: Billing, operator: httpx.AsyncClient
) -> None:
    ours, _, _ = await two_payees(billing, operator)
    url, of_cents = await paid_out(operator, ours)
    payout_id = url.rpartition("/")[2]
    document = await read_transfers(operator, ours.bruno, payout_id)
    refused = UUID(of_cents[200]["id"]).hex
    content = report(
        UUID(payout_id).hex,
        batch(texts(document, "PmtInfId")[0], payment(refused, reason="AC04"), status="PART"),
    )

    assert await told(operator, ours.bruno, content) == {"rejected": 1}

    items = {item["amount_cents"]: item for item in (await operator.get(url)).json()["items"]}
    assert [items[cents]["return_reason"] for cents in (200, 300)] == ["AC04", None]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"no xml",
        b"<Document/>",
        b'<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.002.001.10"/>',
        b'<!DOCTYPE Document [<!ENTITY a "a">]><Document/>',
        b"<a>" * 5000,
        report("not-an-id", status="RJCT"),
        report(uuid4().hex, status="RJCT"),
        report("", status="RJCT"),
    ],
    ids=["empty", "text", "other", "bare", "doctype", "tiny", "foreign", "unknown", "unnamed"],
)
async def test_a_report_that_is_not_ours_is_refused(
    operator: httpx.AsyncClient, coop: Coop, content: bytes
) -> None:
    answer = await send(operator, coop.seller, content)

    assert answer.status_code == 409
    assert answer.json()["type"] == "/problems/report-refused"


async def test_a_report_that_is_too_large_is_refused(
    operator: httpx.AsyncClient, coop: Coop
) -> None:
    answer = await send(operator, coop.seller, _WHOLE + b" " * MAX_BYTES)

    assert (answer.status_code, answer.json()["type"]) == (413, "/problems/body-too-large")
    assert answer.json()["limit_bytes"] == MAX_BYTES


async def test_a_report_of_another_creditor_is_refused(
    operator: httpx.AsyncClient, coop: Coop
) -> None:
    _, file_id, _ = await collected(operator, coop)

    answer = await send(operator, coop.bruno, report(file_id, status="RJCT"))

    assert answer.json()["type"] == "/problems/report-refused"


async def test_one_report_sent_twice_at_once_rejects_once(
    operator: httpx.AsyncClient, coop: Coop
) -> None:
    _, file_id, _ = await collected(operator, coop)
    content = report(file_id, status="RJCT", reason="AM04")

    answers = await asyncio.gather(*[told(operator, coop.seller, content) for _ in range(4)])

    assert answers.count({"rejected": 1}) == 1
    assert answers.count({"known": 1}) == 3


@given(
    st.binary(max_size=200)
    | st.builds(
        lambda at, more: _WHOLE[:at] + more + _WHOLE[at + len(more) :],
        st.integers(0, 600),
        st.binary(max_size=20) | st.sampled_from([b"<", b"&", b"</", b"\xff", b"RJCT", b"<!--"]),
    )
)
def test_whatever_a_file_holds_it_is_read_or_refused(content: bytes) -> None:
    try:
        read = read_report(content)
    except ReportRefused:
        return
    assert all(len(rejection.reason) == 4 for rejection in read.rejections)
