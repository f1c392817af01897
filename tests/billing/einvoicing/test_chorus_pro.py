"""Chorus Pro gets each document once, whatever its servers or our process go through."""

import asyncio
import base64
from dataclasses import replace
from datetime import datetime, timedelta

import httpx
import pytest

from services.billing.commands.e_invoicing.delivering import deliver_next
from services.billing.domain.e_invoicing.channels import Channel
from services.billing.domain.e_invoicing.submissions import PlatformAnswer, SubmissionEnvelope
from services.billing.platforms.chorus_pro import ChorusPro
from services.billing.platforms.null import NullPlatform
from tests.billing.einvoicing.sending import (
    TOWN_SIREN,
    Sending,
    submission_of,
    submit,
    town_invoice,
)
from tests.billing.members import member
from tests.billing.world import Coop, issue
from tests.support.faults import Fault


def states(submission: dict[str, list[dict[str, str]]]) -> list[str]:
    return [entry["state"] for entry in submission["history"]]


async def test_a_document_is_deposited_and_arrives(
    sending: Sending, staff: httpx.AsyncClient
) -> None:
    _, invoice = await town_invoice(sending.billing, staff)
    await sending.deliver()
    deposited = await submission_of(staff, invoice)
    sending.chorus.reports[deposited["receipt"]] = {"etatCourantDepotFlux": "IN_INTEGRE"}

    await sending.deliver_later(deposited)

    delivered = await submission_of(staff, invoice)
    assert states(delivered) == ["queued", "sending", "deposited", "delivered"]
    assert delivered["history"][-1]["platform_code"] == "IN_INTEGRE"
    assert [entry["official_code"] for entry in delivered["history"]][2] == "200"
    assert delivered["platform"] == "chorus_pro"
    assert delivered["next_at"] is None
    ((number, body),) = sending.chorus.deposits.items()
    assert number == delivered["receipt"]
    pdf = await staff.get(f"/billing/invoices/{invoice['id']}.pdf")
    assert base64.b64decode(body["fichierFlux"]) == pdf.content
    assert pdf.headers["etag"] == f'"{delivered["sent"]["sha256"]}"'
    assert body["nomFichier"] == f"992000026_{invoice['number']}.pdf"
    assert sending.chorus.tokens_given == 2  # a courier each time


async def test_while_chorus_pro_works_on_it_we_ask_again_less_and_less(
    sending: Sending, staff: httpx.AsyncClient
) -> None:
    _, invoice = await town_invoice(sending.billing, staff)
    await sending.deliver()
    first = await submission_of(staff, invoice)

    await sending.deliver_later(first)
    second = await submission_of(staff, invoice)
    await sending.deliver_later(second)

    third = await submission_of(staff, invoice)
    assert third["state"] == "deposited"
    codes = [entry["platform_code"] for entry in third["history"]]
    assert codes == [None, None, None, "IN_DEPOT_PORTAIL_EN_ATTENTE_TRAITEMENT_SE_CPP"]
    assert first["next_at"] < second["next_at"] < third["next_at"]


async def test_what_is_rejected_says_why_and_can_be_submitted_again(
    sending: Sending, staff: httpx.AsyncClient
) -> None:
    coop, invoice = await town_invoice(sending.billing, staff)
    sending.chorus.usual_report = {
        "etatCourantDepotFlux": "IN_REJETE",
        "listeErreurDP": [{"numeroDP": "F2026-00001", "libelleErreurDP": "Service inconnu"}],
    }
    await sending.deliver()
    await sending.deliver_later(await submission_of(staff, invoice))
    rejected = await submission_of(staff, invoice)
    listed = await staff.get(
        f"/billing/issuers/{coop.seller}/submissions", params={"status": "rejected"}
    )
    preflight = await staff.get(
        f"/billing/operations/{coop.operation_id}/preflight", params={"period": "2026-10"}
    )
    waiting = {kind["kind"]: kind for kind in (await staff.get("/billing/today")).json()}
    sending.chorus.usual_report = {"etatCourantDepotFlux": "IN_INTEGRE"}

    again = await submit(staff, invoice)
    await sending.deliver()
    await sending.deliver_later(await submission_of(staff, invoice))

    assert rejected["history"][-1]["reason"] == "Service inconnu"
    assert rejected["history"][-1]["official_code"] == "213"
    assert [submission["invoice_id"] for submission in listed.json()] == [invoice["id"]]
    anomalies = {anomaly["code"]: anomaly for anomaly in preflight.json()["anomalies"]}
    assert anomalies["not-delivered"]["document_id"] == invoice["id"]
    undelivered = waiting["submissions_undelivered"]
    assert undelivered["count"] >= 1
    assert undelivered["first"][0] == f"/billing/invoices/{invoice['id']}/submissions"
    assert again.status_code == 202
    delivered = await submission_of(staff, invoice)
    assert states(delivered)[-4:] == ["queued", "sending", "deposited", "delivered"]
    assert delivered["history"][: len(rejected["history"])] == rejected["history"]
    assert len(sending.chorus.deposits) == 2


@pytest.mark.parametrize(
    ("fault", "reason"),
    [
        (
            Fault(429, headers={"Retry-After": "600"}),
            "Chorus Pro accepts nothing at present (429).",
        ),
        (Fault(503, body=b"<html>down</html>"), "Chorus Pro accepts nothing at present (503)."),
        (Fault(401), "Chorus Pro accepts nothing at present (401)."),
    ],
    ids=["429", "503", "401"],
)
async def test_what_was_not_taken_is_sent_again(
    sending: Sending, staff: httpx.AsyncClient, fault: Fault, reason: str
) -> None:
    _, invoice = await town_invoice(sending.billing, staff)
    sent_at = sending.clock.now
    sending.chorus.faults.append(fault)

    await sending.deliver()
    waiting = await submission_of(staff, invoice)
    await sending.deliver_later(waiting)

    assert waiting["state"] == "queued"
    assert waiting["history"][-1]["reason"] == reason
    pause = datetime.fromisoformat(waiting["next_at"]) - sent_at
    assert pause == timedelta(seconds=int(fault.headers.get("Retry-After", 60)))
    done = await submission_of(staff, invoice)
    assert (done["state"], done["attempts"]) == ("deposited", 2)
    assert len(sending.chorus.deposits) == 1


@pytest.mark.parametrize(
    "fault",
    [
        Fault(500, taken=True),
        Fault(502),
        Fault(cut=True),
        Fault(body=b"{}"),
        Fault(body=b'{"codeRetour": 0, "libelle": ""}'),
    ],
    ids=["500", "502", "cut", "empty", "no number"],
)
async def test_what_may_have_been_taken_is_not_sent_again_by_itself(
    sending: Sending, staff: httpx.AsyncClient, fault: Fault
) -> None:
    _, invoice = await town_invoice(sending.billing, staff)
    sending.chorus.faults.append(fault)

    await sending.deliver()
    sending.clock.now += timedelta(days=30)
    await sending.deliver()

    unsure = await submission_of(staff, invoice)
    assert (unsure["state"], unsure["next_at"]) == ("unsure", None)
    assert "Check there before you submit it again." in unsure["history"][-1]["reason"]
    assert len(sending.chorus.deposits) <= 1
    assert (await submit(staff, invoice)).status_code == 202
    await sending.deliver()
    assert (await submission_of(staff, invoice))["state"] == "deposited"


async def test_a_server_that_says_nothing_leaves_it_unsure(
    sending: Sending, staff: httpx.AsyncClient
) -> None:
    _, invoice = await town_invoice(sending.billing, staff)
    sending.chorus.faults.append(Fault(silent=True))
    chorus_pro = sending.platform()
    chorus_pro.silence_s = 1.0  # for its token, which comes, too

    await sending.deliver(chorus_pro)

    assert (await submission_of(staff, invoice))["state"] == "unsure"


async def test_a_server_that_is_away_is_asked_again(
    sending: Sending, staff: httpx.AsyncClient
) -> None:
    _, invoice = await town_invoice(sending.billing, staff)
    chorus_pro = sending.platform()
    chorus_pro.token_url = "http://127.0.0.1:1/token"

    await sending.deliver(chorus_pro)

    waiting = await submission_of(staff, invoice)
    assert waiting["state"] == "queued"
    assert waiting["history"][-1]["reason"] == "PISTE: ConnectError."


async def test_a_file_that_chorus_pro_refuses_is_rejected(
    sending: Sending, staff: httpx.AsyncClient
) -> None:
    _, invoice = await town_invoice(sending.billing, staff)
    sending.chorus.faults.append(Fault(body=b'{"codeRetour": 22, "libelle": "Fichier vide"}'))

    await sending.deliver()

    rejected = (await submission_of(staff, invoice))["history"][-1]
    assert (rejected["state"], rejected["platform_code"]) == ("rejected", "22")
    assert rejected["reason"] == "Fichier vide"


async def test_whoever_dies_while_sending_leaves_a_doubt_and_no_second_deposit(
    sending: Sending, staff: httpx.AsyncClient
) -> None:
    _, invoice = await town_invoice(sending.billing, staff)

    class Killed(BaseException):
        pass

    class Dying(ChorusPro):
        async def submit(self, envelope: SubmissionEnvelope, content: bytes) -> PlatformAnswer:
            await super().submit(envelope, content)
            raise Killed

    dying = Dying(**{name: v for name, v in vars(sending.platform()).items() if name[0] != "_"})
    async with sending.billing.platform.database("billing") as database:
        with pytest.raises(Killed):
            await deliver_next(database, courier=sending.courier(dying))
    await sending.deliver()
    leased = await submission_of(staff, invoice)

    await sending.deliver_later(leased)

    assert leased["state"] == "sending"
    doubted = await submission_of(staff, invoice)
    assert doubted["state"] == "unsure"
    assert "The process ended" in doubted["history"][-1]["reason"]
    assert len(sending.chorus.deposits) == 1


async def test_what_is_on_its_way_is_not_submitted_again(
    sending: Sending, staff: httpx.AsyncClient
) -> None:
    _, invoice = await town_invoice(sending.billing, staff)
    await sending.deliver()

    answer = await submit(staff, invoice)

    assert answer.status_code == 409
    assert answer.json()["type"] == "/problems/already-submitted"
    assert len(sending.chorus.deposits) == 1


async def test_several_couriers_at_once_deposit_each_document_once(
    sending: Sending, staff: httpx.AsyncClient
) -> None:
    invoices = [(await town_invoice(sending.billing, staff))[1] for _ in range(3)]

    await asyncio.gather(*(sending.deliver() for _ in range(4)))

    submissions = [await submission_of(staff, invoice) for invoice in invoices]
    assert {(submission["state"], submission["attempts"]) for submission in submissions} == {
        ("deposited", 1)
    }
    assert len(sending.chorus.deposits) == 3


async def test_what_is_recorded_only_is_done_again_after_a_crash(
    sending: Sending, staff: httpx.AsyncClient
) -> None:
    coop = Coop()
    await sending.billing.tell(*coop.events())
    await sending.billing.tell(
        *(
            member(member_id, "SARL", revision=2, kind="company", siren=TOWN_SIREN)
            for member_id in (coop.anna, coop.bruno)
        )
    )
    await coop.price(staff)
    await coop.decide_taxes(staff, company_size="large")
    answer = await issue(staff, await coop.draft(staff))
    first, second = answer.json()

    class Killed(BaseException):
        pass

    class Dying(NullPlatform):
        async def submit(self, envelope: SubmissionEnvelope, content: bytes) -> PlatformAnswer:
            await super().submit(envelope, content)
            raise Killed

    courier = sending.courier()
    dying = replace(courier, platforms=dict(courier.platforms) | {Channel.B2B: Dying()})
    async with sending.billing.platform.database("billing") as database:
        with pytest.raises(Killed):
            await deliver_next(database, courier=dying)
    await sending.deliver()
    submissions = [await submission_of(staff, invoice) for invoice in (first, second)]
    leased, done = sorted(submissions, key=lambda row: str(row["state"]), reverse=True)

    await sending.deliver_later(leased)

    assert (leased["state"], done["state"]) == ("sending", "recorded")
    again = [await submission_of(staff, invoice) for invoice in (first, second)]
    assert {submission["state"] for submission in again} == {"recorded"}
    assert sorted(submission["attempts"] for submission in again) == [1, 2]
