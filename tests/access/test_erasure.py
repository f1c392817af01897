"""After an erasure, nothing holds the person but what the law asks for (M5)."""

import asyncio
import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from uuid import UUID, uuid4

import asyncpg

from libs.common.eventlog.open import open_event_log
from services.demo.api import Api
from services.main import SERVICES
from tests.access.coops import PASSWORD, when_it_can
from tests.billing.mandates import COLLECTORS, REQUESTS
from tests.billing.money import creditor, new_iban
from tests.billing.test_both_bills import OFFER
from tests.community.coop import (
    consent_body,
    member_body,
    new_operation_id,
    new_prm,
    participation,
    today,
)
from tests.community.papers import PDF, document_body, signature_body
from tests.support.platform import MAILS, OPERATOR_PASSWORD, Platform, is_on_kafka
from tests.support.waiting import until

_KEPT_BY_LAW = {
    "audit.change",  # for as long as RETENTION_AUDIT_MONTHS, for staff only
    "community.document",  # the signed one
    "community.document_signature",
    "billing.mandate",  # the holder
    "billing.mandate_request",  # what the mandate rests on
}
"""As docs/run/privacy.md says."""
_HAS = "SELECT EXISTS (SELECT FROM {} AS t WHERE t::text ~ $1)"


def _id() -> str:
    return str(uuid4())


@dataclass(frozen=True)
class Odette:
    """A member with a home and accounts, in a group with a seller; all about her has her word."""

    word: str = field(default_factory=lambda: f"odette{secrets.token_hex(8)}")
    member_id: str = field(default_factory=_id)
    seller_id: str = field(default_factory=_id)
    operation_id: str = field(default_factory=new_operation_id)
    home: str = field(default_factory=new_prm)
    roof: str = field(default_factory=new_prm)

    @property
    def email(self) -> str:
        return f"{self.word}@example.org"

    def body(self) -> dict[str, object]:
        return member_body(
            name=f"Odette {self.word}",
            address=f"1 rue {self.word}\n99110 Aurelle",
            email=self.email,
            delivery_address=f"2 rue {self.word}\n99110 Aurelle",
        )


async def test_after_an_erasure_only_what_the_law_asks_for_names_the_person(
    platform: Platform,
) -> None:
    odette = Odette()
    async with _staff(platform) as staff:
        await _take_part(platform, staff, odette)
        await _do_all_that_one_does(platform, staff, odette)
        await _park_a_letter(platform, odette)
        before = await _places_of(platform, odette.word)

        await _leave_and_be_erased(staff, odette)
        await _until_billing_has_heard(platform, odette)

        async def places_left() -> set[str]:
            await _purge_event_log(platform)
            return await _places_of(platform, odette.word)

        after = await until(
            "all have read the log", places_left, lambda places: "eventlog.record" not in places
        )

    tables = {"community.member", "community.account", "community.parked", "billing.member"}
    assert before > tables | _KEPT_BY_LAW
    assert ("eventlog.record" in before) is not is_on_kafka()
    assert after == _KEPT_BY_LAW
    assert not await _files_with(platform, f"{odette.word}draft")
    assert await _files_with(platform, f"{odette.word}signed")
    query = "SELECT revoked_on FROM mandate WHERE debtor_id = :id"
    mandates = await platform.query("billing", query, id=UUID(odette.member_id))
    assert [mandate["revoked_on"] for mandate in mandates] == [today()]


@asynccontextmanager
async def _staff(platform: Platform) -> AsyncIterator[Api]:
    async with platform.client() as client:
        yield Api(client).as_account(platform.settings.operator_email, OPERATOR_PASSWORD)


async def _take_part(platform: Platform, staff: Api, odette: Odette) -> None:
    organiser_id = _id()
    path = f"/community/organisers/{organiser_id}"
    await staff.call("PUT", path, json={"name": "Coop", "address": "1 place"})
    company = {"kind": "company", "name": "Soleils SAS", "siren": "992000026"}
    await staff.call("PUT", f"/community/members/{odette.seller_id}", json=member_body(**company))
    await staff.call("PUT", f"/community/members/{odette.member_id}", json=odette.body())
    operation = {"name": "Pousse-Soleil", "organiser_id": organiser_id, "step_min": 30}
    path = f"/community/operations/{odette.operation_id}"
    await staff.call("PUT", path, json={**operation, "valid_from": "2026-01-01"})
    for prm in (odette.home, odette.roof):
        await staff.call("PUT", f"/community/points/{prm}", json={"label": "Point"})
    await _enrol(staff, odette)
    account = {"roles": ["member"], "member_id": odette.member_id}
    await staff.call("PUT", f"/community/accounts/{odette.email}", json=account)
    await platform.give_password(odette.email, PASSWORD)


async def _enrol(staff: Api, odette: Odette, *, until_day: str | None = None) -> None:
    rows = [
        {**participation(odette.roof, odette.seller_id), "direction": "production"},
        participation(odette.home, odette.member_id, valid_to=until_day),
    ]
    path = f"/community/operations/{odette.operation_id}/participations"
    await staff.call("PUT", path, json=rows)


async def _do_all_that_one_does(platform: Platform, staff: Api, odette: Odette) -> None:
    token = await platform.token(odette.email, PASSWORD)
    async with platform.client(token) as client:
        member = Api(client)
        await _speak(member, odette)
        await _sign(staff, odette)
        await _pay(staff, member, odette)


async def _speak(member: Api, odette: Odette) -> None:
    question = {"text": f"Where is {odette.word}?"}
    path = f"/community/operations/{odette.operation_id}/questions"
    await member.call("POST", path, json=question)
    change = {"email": f"new-{odette.email}"}
    await member.call("POST", "/community/me/email-changes", json=change)
    await member.call("POST", "/community/me/calendar-feeds", json={"label": odette.word})
    path = f"/community/members/{odette.member_id}/consents/{_id()}"
    await member.call("PUT", path, json=consent_body(odette.home))


async def _sign(staff: Api, odette: Odette) -> None:
    """One document is, another stays a draft."""
    for state in ("signed", "draft"):
        path = f"/community/operations/{odette.operation_id}/documents/{_id()}"
        title = f"Accord de {odette.word}"
        await staff.call("PUT", path, json=document_body(odette.member_id, title=title))
        content = PDF + f"{odette.word}{state}".encode()
        await staff.call("POST", f"{path}/versions", content=content)
        if state == "signed":
            signature = signature_body(party=f"Odette {odette.word}")
            await staff.call("POST", f"{path}/signatures", json=signature)


async def _pay(staff: Api, member: Api, odette: Odette) -> None:
    base = f"/billing/issuers/{odette.seller_id}"
    await when_it_can(staff, "PUT", f"{base}/creditor", json=creditor())
    path = f"/billing/points/{odette.home}/supplier-offer"
    await when_it_can(member, "PUT", path, json=OFFER)
    path = f"/billing/customers/{odette.member_id}/routing"
    routing = {"siret": None, "service_code": odette.word, "commitment_number": None}
    await when_it_can(staff, "PUT", path, json=routing)
    [collector] = await when_it_can(member, "GET", COLLECTORS, params={"language": "en"})
    path = f"{REQUESTS}/{_id()}"
    request = {
        "creditor_id": odette.seller_id,
        "holder": f"Odette {odette.word}",
        "iban": new_iban(),
        "language": "en",
        "agreed_text": collector["text"],
    }
    asked = await member.call("PUT", path, json=request)
    confirmation = f"{base}/mandate-requests/{asked['id']}/confirmation"
    await staff.call("POST", confirmation, json={"rum": f"ELO-{secrets.token_hex(8)}"})


async def _park_a_letter(platform: Platform, odette: Odette) -> None:
    """As if community had failed to write one to her."""
    await platform.change(
        "community",
        """
        INSERT INTO parked (event_id, type, topic, key, value, error, attempts)
        VALUES (gen_random_uuid(), 'billing.message_asked.v1', 'billing.messages', :member_id,
            convert_to(:word, 'UTF8'), 'a test', 3)
        """,
        member_id=odette.member_id,
        word=odette.word,
    )


async def _leave_and_be_erased(staff: Api, odette: Odette) -> None:
    await _enrol(staff, odette, until_day=str(today()))
    path = f"/community/members/{odette.member_id}/erasure"
    await staff.call("PUT", path)
    await staff.call("POST", f"{path}/execution", json={"nothing_is_owed": True})


async def _until_billing_has_heard(platform: Platform, odette: Odette) -> None:
    async def name() -> str:
        query = "SELECT name FROM member WHERE member_id = :id"
        [row] = await platform.query("billing", query, id=UUID(odette.member_id))
        return str(row["name"])

    await until("billing has heard", name, lambda shown: shown == "(effacé)")


async def _purge_event_log(platform: Platform) -> None:
    """As the rounds of the services do; what somebody has not read yet stays until then."""
    async with open_event_log(platform.settings, database_url=platform.database_url) as event_log:
        for service in SERVICES:
            while await event_log.purge(service.rights.appends):
                pass


async def _places_of(platform: Platform, word: str) -> set[str]:
    """The tables in which any column of any row has the word, in the clear or as bytes."""
    pattern = f"{word}|{word.encode().hex()}"
    connection = await asyncpg.connect(platform.database_url)
    try:
        tables = await connection.fetch("""
            SELECT schemaname, tablename FROM pg_tables
            WHERE schemaname NOT IN ('pg_catalog', 'information_schema')
        """)
        names = [f"{schema}.{table}" for schema, table in tables]
        return {name for name in names if await connection.fetchval(_HAS.format(name), pattern)}
    finally:
        await connection.close()


async def _files_with(platform: Platform, word: str) -> list[Path]:
    folder = Path(platform.settings.file_store_url.removeprefix("folder:"))
    files = [path for path in folder.rglob("*") if path.is_file() and MAILS not in path.parents]
    return await asyncio.to_thread(
        lambda: [path for path in files if word.encode() in path.read_bytes()]
    )
