import asyncio
import hashlib
from datetime import date
from io import BytesIO
from pathlib import Path
from uuid import uuid4

import httpx
import pytest
from pypdf import PdfReader
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from libs.common.events.allocation import SettledPoint
from libs.common.ids import Direction
from services.billing.main import service
from tests.billing.world import KWH_WMIN, Billing, Coop, handed_over, issue, price
from tests.support.alone import alone
from tests.support.ids import new_prm
from tests.support.platform import FILE_STORE_URL
from tests.support.schematron import broken_rules


def words(pdf: bytes) -> str:
    pages = PdfReader(BytesIO(pdf)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


async def issued(coop: Coop, operator: httpx.AsyncClient) -> dict[str, str]:
    """The month's issued invoices, by the customer's name."""
    await coop.price(operator)
    drafts = await coop.draft(operator)
    answer = await issue(operator, drafts)
    assert answer.status_code == 200, answer.text
    return {invoice["customer"]["name"]: invoice["id"] for invoice in answer.json()}


async def test_both_parties_get_the_pdf_and_the_xml_of_an_issued_invoice(
    billing: Billing, operator: httpx.AsyncClient, coop: Coop
) -> None:
    invoices = await issued(coop, operator)
    of_anna = f"/billing/invoices/{invoices['Anna']}"

    for member in (coop.anna, coop.seller):
        async with billing.client("member", member_id=str(member)) as client:
            pdf = await client.get(f"{of_anna}.pdf")
            xml = await client.get(f"{of_anna}/factur-x.xml")

            assert pdf.headers["content-type"] == "application/pdf"
            assert xml.headers["content-type"] == "application/xml"
            assert PdfReader(BytesIO(pdf.content)).attachments["factur-x.xml"] == [xml.content]
            assert broken_rules(xml.content) == []

    async with billing.client("member", member_id=str(coop.bruno)) as other:
        assert (await other.get(f"{of_anna}.pdf")).status_code == 403
        assert (await other.get(f"{of_anna}/factur-x.xml")).status_code == 403
    async with billing.client("feed") as feed:
        assert (await feed.get(f"{of_anna}.pdf")).status_code == 403


async def test_a_pdf_is_kept_and_its_bytes_never_change(
    billing: Billing, operator: httpx.AsyncClient, coop: Coop
) -> None:
    path = f"/billing/invoices/{(await issued(coop, operator))['Anna']}.pdf"

    first = await operator.get(path)
    again = await operator.get(path)
    in_english = await operator.get(path, params={"language": "en"})

    assert first.content == again.content
    assert first.headers["etag"] == f'"{hashlib.sha256(first.content).hexdigest()}"'
    assert first.headers["etag"] == again.headers["etag"] != in_english.headers["etag"]
    assert "Invoice" in PdfReader(BytesIO(in_english.content)).metadata.title  # type: ignore[union-attr, operator]
    async with billing.platform.database("billing") as database:
        for change in ("UPDATE document SET byte_count = 1", "DELETE FROM document"):
            with pytest.raises(DBAPIError, match="never changes"):
                async with database.transaction() as session:
                    await session.execute(text(change))


async def test_several_who_ask_first_at_once_get_the_same_kept_document(
    billing: Billing, operator: httpx.AsyncClient, coop: Coop
) -> None:
    invoice_id = (await issued(coop, operator))["Anna"]

    answers = await asyncio.gather(
        *(operator.get(f"/billing/invoices/{invoice_id}.pdf") for _ in range(5))
    )

    assert {answer.status_code for answer in answers} == {200}
    assert len({answer.content for answer in answers}) == 1
    async with (
        billing.platform.database("billing") as database,
        database.transaction() as session,
    ):
        query = text("SELECT sha256 FROM document WHERE invoice_id = :invoice_id")
        kept = (await session.scalars(query, {"invoice_id": invoice_id})).all()
    assert kept == [hashlib.sha256(answers[0].content).hexdigest()]


async def test_a_lost_file_is_made_again_to_the_byte(
    operator: httpx.AsyncClient, coop: Coop
) -> None:
    path = f"/billing/invoices/{(await issued(coop, operator))['Bruno']}.pdf"
    first = await operator.get(path)
    sha256 = first.headers["etag"].strip('"')
    kept = Path(FILE_STORE_URL.removeprefix("folder:")) / "invoices" / sha256[:2] / sha256
    kept.unlink()

    again = await operator.get(path)

    assert again.content == first.content == kept.read_bytes()


async def test_a_lost_file_that_cannot_be_made_again_is_told_so(
    billing: Billing, operator: httpx.AsyncClient, coop: Coop
) -> None:
    invoice_id = (await issued(coop, operator))["Bruno"]
    async with (
        billing.platform.database("billing") as database,
        database.transaction() as session,
    ):
        # As if the pages had looked otherwise when it was kept.
        values = {"invoice_id": invoice_id, "sha256": hashlib.sha256(b"another page").hexdigest()}
        insert = "INSERT INTO document VALUES (:invoice_id, 'fr', :sha256, 1, 1)"
        await session.execute(text(insert), values)

    answer = await operator.get(f"/billing/invoices/{invoice_id}.pdf")

    assert answer.status_code == 503
    assert answer.json()["type"] == "/problems/document-lost"


async def test_the_copy_of_the_seller_has_the_same_bytes_and_hash_each_time(
    billing: Billing, operator: httpx.AsyncClient, coop: Coop
) -> None:
    path = f"/billing/invoices/{(await issued(coop, operator))['Anna']}.pdf"

    async with billing.client("member", member_id=str(coop.seller)) as seller:
        first, again = await seller.get(path), await seller.get(path)

    assert first.content == again.content
    assert first.headers["etag"] == f'"{hashlib.sha256(first.content).hexdigest()}"'
    assert first.headers["etag"] == again.headers["etag"]


async def test_a_document_that_cannot_be_kept_is_a_refusal_to_ask_again(
    database_url: str, tmp_path: Path
) -> None:
    in_the_way = tmp_path / "files"
    in_the_way.write_bytes(b"a file where a folder should be")
    async with (
        alone(service, database_url, file_store_url=f"folder:{in_the_way}") as billing,
        billing.client("operator") as operator,
    ):
        coop = Coop()
        await billing.tell(*coop.events())
        await coop.decide_taxes(operator)
        path = f"/billing/invoices/{(await issued(coop, operator))['Anna']}.pdf"

        refused = await operator.get(path)
        in_the_way.unlink()
        made = await operator.get(path)

    assert refused.status_code == 503
    assert refused.json()["type"] == "/problems/files-unavailable"
    assert made.status_code == 200


async def test_a_draft_has_a_preview_for_who_runs_the_operation_and_no_xml(
    billing: Billing, operator: httpx.AsyncClient, coop: Coop
) -> None:
    await coop.price(operator)
    draft = (await coop.draft(operator))[0]
    path = f"/billing/invoices/{draft['id']}"

    preview = await operator.get(f"{path}.pdf")
    xml = await operator.get(f"{path}/factur-x.xml")

    assert "PROJET SANS VALEUR" in words(preview.content)
    assert "etag" not in preview.headers
    assert xml.status_code == 409
    assert xml.json()["type"] == "/problems/invoice-not-issued"
    async with billing.client("member", member_id=draft["customer"]["member_id"]) as member:
        assert (await member.get(f"{path}.pdf")).status_code == 403


async def test_an_unknown_invoice_and_an_unknown_language_are_refused(
    operator: httpx.AsyncClient, coop: Coop
) -> None:
    invoice_id = (await issued(coop, operator))["Anna"]

    unknown = await operator.get(f"/billing/invoices/{uuid4()}.pdf")
    language = await operator.get(f"/billing/invoices/{invoice_id}.pdf", params={"language": "oc"})

    assert unknown.status_code == 404
    assert language.status_code == 422


async def test_the_page_shows_the_customers_consumption_as_settled(
    billing: Billing, operator: httpx.AsyncClient, coop: Coop
) -> None:
    points = [
        SettledPoint(
            prm=coop.anna_home,
            direction=Direction.CONSUMPTION,
            metered_wmin=124 * KWH_WMIN,
            shared_wmin=31 * KWH_WMIN,
        )
    ]
    await billing.tell(coop.settlement(number=2).model_copy(update={"points": points}))

    invoices = await issued(coop, operator)
    of_anna = await operator.get(f"/billing/invoices/{invoices['Anna']}.pdf")
    of_bruno = await operator.get(f"/billing/invoices/{invoices['Bruno']}.pdf")

    assert "25 % de votre consommation est locale" in words(of_anna.content)
    assert "de votre consommation" not in words(of_bruno.content)
    path = f"/billing/invoices/{invoices['Anna']}"
    for member, may_know in ((coop.anna, True), (coop.seller, False)):
        async with billing.client("member", member_id=str(member)) as client:
            page = words((await client.get(f"{path}.pdf")).content)
            body = (await client.get(path)).json()
            listed = (await client.get("/billing/invoices")).json()
        assert ("de votre consommation" in page) == may_know
        assert bool(body["usage"]["points"]) == may_know
        assert body in listed


async def test_the_page_shows_at_which_hours_the_customer_got_local_energy(
    billing: Billing, operator: httpx.AsyncClient, coop: Coop
) -> None:
    noon = {24: KWH_WMIN // 2, 25: KWH_WMIN // 4, 26: KWH_WMIN // 4}
    await billing.tell(*coop.details(noon, parts=3))

    path = f"/billing/invoices/{(await issued(coop, operator))['Anna']}"

    expected = [0] * 12 + [31 * KWH_WMIN * 3 // 4, 31 * KWH_WMIN // 4] + [0] * 10
    assert (await operator.get(path)).json()["usage"]["by_hour_wmin"] == expected
    for member, may_know in ((coop.anna, True), (coop.seller, False)):
        async with billing.client("member", member_id=str(member)) as client:
            page = words((await client.get(f"{path}.pdf")).content)
            body = (await client.get(path)).json()
        assert ("par heure de la journée" in page) == may_know
        assert body["usage"]["by_hour_wmin"] == (expected if may_know else [])


async def test_half_hours_that_come_after_a_draft_do_not_hold_it_up(
    billing: Billing, operator: httpx.AsyncClient, coop: Coop
) -> None:
    await coop.price(operator)
    drafts = await coop.draft(operator)
    await billing.tell(*coop.details({24: KWH_WMIN}))

    answer = await issue(operator, drafts)

    assert answer.status_code == 200, answer.text
    assert {len(invoice["usage"]["by_hour_wmin"]) for invoice in answer.json()} == {0}


async def test_a_point_that_changed_hands_is_not_shown_by_the_hour(
    billing: Billing, operator: httpx.AsyncClient, coop: Coop
) -> None:
    moved = handed_over(coop.points, coop.anna_home, to=coop.bruno, on=date(2026, 10, 16))
    await billing.tell(coop.perimeter(moved, revision=2), *coop.details({24: KWH_WMIN}))
    await coop.price(operator)

    drafts = await coop.draft(operator)

    assert {len(draft["usage"]["by_hour_wmin"]) for draft in drafts} == {0}


async def test_the_statement_of_a_seller_without_vat_names_none(
    operator: httpx.AsyncClient, coop: Coop
) -> None:
    exempt = {"vat_rate": "0", "vat_mention": "TVA non applicable, art. 293 B du CGI"}
    await coop.price(operator, price(**exempt))
    await coop.draft(operator)

    pdf = await operator.get(f"{coop.month_url}/statements.pdf")

    page = words(pdf.content)
    assert "TVA non applicable, art. 293 B du CGI" in page
    assert page.replace("TVA FR29992000026", "").count("TVA") == 1
    assert not {"HT", "TTC"} & set(page.split())
    assert "62,000 kWh 6,20 €" in page


async def test_statements_show_each_seller_its_own_sales(
    billing: Billing, operator: httpx.AsyncClient, coop: Coop
) -> None:
    await coop.price(operator)
    drafts = await coop.draft(operator)
    path = f"{coop.month_url}/statements.pdf"

    before = await operator.get(path)
    await issue(operator, drafts[:1])
    async with billing.client("member", member_id=str(coop.seller)) as seller:
        own_answer = await seller.get(path, params={"producer": coop.roof})
    async with billing.client("member", member_id=str(coop.anna)) as buyer:
        nothing = await buyer.get(path)

    assert "PROVISOIRE" in words(before.content)
    assert "Anna" in words(before.content)
    assert "Bruno" in words(before.content)
    assert drafts[0]["customer"]["name"] in words(own_answer.content)
    assert drafts[1]["customer"]["name"] not in words(own_answer.content)
    assert nothing.status_code == 404
    assert nothing.json()["type"] == "/problems/nothing-sold"
    stranger = await operator.get(path, params={"producer": new_prm()})
    assert stranger.status_code == 404
