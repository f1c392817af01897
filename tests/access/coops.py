"""A whole co-op, from its members to its collections, with accounts of every role."""

import hashlib
import secrets
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import count
from typing import Any
from uuid import UUID, uuid4

import httpx

from libs.common.auth.principals import Role
from libs.common.calendar import Month
from services.demo.api import Api
from services.demo.keys import key_requests
from tests.billing.members import PROFILE
from tests.billing.money import collection_day, creditor, mandate, new_iban, today
from tests.billing.world import EXEMPT, price
from tests.community.assembly import poll_body
from tests.community.challenging import challenge_body
from tests.community.coop import article_body, consent_body, member_body, new_operation_id, new_prm
from tests.community.door import Door
from tests.community.enrolling import given_signed_prospect
from tests.community.mailing import new_address
from tests.community.papers import PDF, document_body
from tests.community.test_feasibility import location_body
from tests.ingest.formats.files import day_ends, naive, r63, r63_row
from tests.support.clock import CLOCK
from tests.support.platform import OPERATOR_PASSWORD, Platform
from tests.support.routes import whole_document
from tests.support.waiting import until

MONTH = Month(2026, 10)
PASSWORD = "a password of the tests"
HOMES_POWER_W = 400
_FIRST_POWERS_W = count(5003, 1009)
_FIRST_DAY = "2026-01-01"
_SUBSCRIPTION = {
    "kind": "subscription",
    "day": _FIRST_DAY,
    "capital_shares": 5,
    "nominal_cents": 2000,
    "document_reference": "Bulletin 2026-001",
}
_NO_SESSION = str(uuid4())
"""Whoever ended their own could ask for nothing more."""


def _words() -> str:
    return f"Zéphyrine {secrets.token_hex(5)}"


def _new_powers_w() -> Sequence[int]:
    """Half-hour by half-hour of each day: numbers that nothing else has, nor another co-op."""
    first = next(_FIRST_POWERS_W)
    return [first + 7 * position for position in range(50)]


def _id() -> str:
    return str(uuid4())


@dataclass(frozen=True)
class Coop:
    """A seller with a roof and a home, and a neighbour; October is settled, invoiced, collected."""

    operation_id: str = field(default_factory=new_operation_id)
    organiser_id: str = field(default_factory=_id)
    seller_id: str = field(default_factory=_id)
    neighbour_id: str = field(default_factory=_id)
    roof: str = field(default_factory=new_prm)
    home: str = field(default_factory=new_prm)
    neighbours_home: str = field(default_factory=new_prm)
    neighbours_powers_w: Sequence[int] = field(default_factory=_new_powers_w)
    words: list[str] = field(default_factory=lambda: [_words() for _ in range(4)])
    ibans: list[str] = field(default_factory=lambda: [new_iban(), new_iban()])
    emails: Mapping[Role, str] = field(
        default_factory=lambda: {
            role: f"{role}-{secrets.token_hex(5)}@example.org" for role in Role
        }
    )
    neighbours_email: str = field(
        default_factory=lambda: f"neighbour-{secrets.token_hex(5)}@example.org"
    )
    made_ids: dict[str, Any] = field(default_factory=dict)
    """Ids that the services gave, by the name of the parameter."""

    @property
    def known(self) -> dict[str, Any]:
        """The values of parameters and fields, by their names; the member is the seller."""
        return {
            "operation_id": self.operation_id,
            "operation_ids": [self.operation_id],
            "organiser_id": self.organiser_id,
            "member_id": self.seller_id,
            "issuer_id": self.seller_id,
            "debtor_id": self.neighbour_id,
            "giver_id": self.neighbour_id,
            "prm": self.home,
            "plant_prm": self.roof,
            "email": self.emails[Role.OPERATOR],  # of no account yet
            "session_id": _NO_SESSION,
            "valid_from": _FIRST_DAY,
            "month": str(MONTH),
            "number": "1",
            **self.made_ids,
        }

    @property
    def private(self) -> set[str]:
        """What nobody of another co-op may read; who organises is told to all organisers."""
        ids = [self.operation_id, self.seller_id, self.neighbour_id]
        points = [self.roof, self.home, self.neighbours_home]
        given = [value for value in self.made_ids.values() if isinstance(value, str)]
        emails = [*self.emails.values(), self.neighbours_email]
        return {*ids, *points, *self.words[1:], *self.ibans, *emails, *given}

    @asynccontextmanager
    async def client(self, platform: Platform, role: Role) -> AsyncIterator[httpx.AsyncClient]:
        """Logged in as the co-op's own account of this role; the operator's is everybody's."""
        token = (
            await platform.operator_token()
            if role is Role.OPERATOR
            else await platform.token(self.emails[role], PASSWORD)
        )
        async with platform.client(token) as client:
            yield client

    @asynccontextmanager
    async def neighbour(self, platform: Platform) -> AsyncIterator[httpx.AsyncClient]:
        """Logged in as the member who has a home and no plant."""
        token = await platform.token(self.neighbours_email, PASSWORD)
        async with platform.client(token) as client:
            yield client


async def given_coop(platform: Platform) -> Coop:
    """Do all that a co-op does in its first month, over the public API."""
    coop = Coop()
    async with platform.client() as client:
        api = Api(client).as_account(platform.settings.operator_email, OPERATOR_PASSWORD)
        await _record_community(api, coop)
        await _keep_desk(api, coop)
        await _open_accounts(platform, api, coop)
        await _let_in(platform, api, coop)
        feed = api.as_account(coop.emails[Role.FEED], PASSWORD)
        await _push_october(feed, coop)
        await _share(api, coop)
        await _invoice(api, coop)
        await _collect(api, coop)
    return coop


async def given_young_coop(platform: Platform) -> tuple[Coop, dict[str, str]]:
    """One without readings; its people's tokens, and that of somebody who only asked to join."""
    coop, prospect_id, prospects_email = Coop(), _id(), new_address()
    async with platform.client() as client:
        api = Api(client).as_account(platform.settings.operator_email, OPERATOR_PASSWORD)
        await _record_community(api, coop)
        await _keep_desk(api, coop)
        await _open_accounts(platform, api, coop)
        path = f"/community/members/{prospect_id}"
        await api.call("PUT", path, json=member_body(name=_words(), email=prospects_email))
        account = {"roles": ["member"], "member_id": prospect_id}
        await api.call("PUT", f"/community/accounts/{prospects_email}", json=account)
        await platform.give_password(prospects_email, PASSWORD)
    emails = {str(role): coop.emails[role] for role in Role if role is not Role.OPERATOR}
    emails["prospect"] = prospects_email
    tokens = {caller: await platform.token(email, PASSWORD) for caller, email in emails.items()}
    return coop, tokens


async def _record_community(api: Api, coop: Coop) -> None:
    organiser, seller, neighbour, operation = coop.words
    path = f"/community/organisers/{coop.organiser_id}"
    await api.call("PUT", path, json={"name": organiser, "address": "1 place"})
    company = {"kind": "company", "siren": "992000026", "vat_number": "FR29992000026"}
    bodies = {
        coop.seller_id: member_body(name=seller, address=f"1 rue {seller}", **company),
        coop.neighbour_id: member_body(
            name=neighbour, address=f"1 rue {neighbour}", email=coop.neighbours_email
        ),
    }
    for member_id, body in bodies.items():
        await api.call("PUT", f"/community/members/{member_id}", json=body)
    body = {"name": operation, "organiser_id": coop.organiser_id, "step_min": 30}
    path = f"/community/operations/{coop.operation_id}"
    await api.call("PUT", path, json={**body, "valid_from": _FIRST_DAY})
    for prm in (coop.roof, coop.home, coop.neighbours_home):
        await api.call("PUT", f"/community/points/{prm}", json={"label": operation})
    rows = [
        {"prm": prm, "direction": direction, "member_id": member_id, "valid_from": _FIRST_DAY}
        for prm, direction, member_id in (
            (coop.roof, "production", coop.seller_id),
            (coop.home, "consumption", coop.seller_id),
            (coop.neighbours_home, "consumption", coop.neighbour_id),
        )
    ]
    await api.call("PUT", f"{path}/participations", json=rows)
    chosen = ("consent_id", "poll_id", "article_id", "gathering_id", "series_id")
    coop.made_ids.update({name: _id() for name in chosen})
    example = whole_document()["components"]["schemas"]["RequestIn"]["examples"][0]
    receipt = await api.call("POST", "/community/requests", json={**example, "name": seller})
    coop.made_ids.update({"request_id": receipt["id"], "note_id": _id()})
    path = f"/community/members/{coop.seller_id}/consents/{coop.made_ids['consent_id']}"
    await api.call("PUT", path, json=consent_body(coop.home))
    path = f"/community/operations/{coop.operation_id}/polls/{coop.made_ids['poll_id']}"
    await api.call("PUT", path, json=poll_body())
    await api.call("POST", f"{path}/opening", json={})
    path = f"/community/news/{coop.made_ids['article_id']}"
    await api.call("PUT", path, json=article_body(coop.operation_id, title=operation))
    await api.call("POST", f"{path}/publication")
    await _announce(api, coop)
    await _challenge(api, coop)


async def _announce(api: Api, coop: Coop) -> None:
    """A gathering in a month."""
    starts_at = CLOCK.now() + timedelta(days=30)
    body = {
        "operation_id": coop.operation_id,
        "kind": "assembly",
        "title": coop.words[1],
        "place": coop.words[1],
        "facilitator_ids": [coop.seller_id],
        "starts_at": starts_at.isoformat(),
        "ends_at": (starts_at + timedelta(hours=2)).isoformat(),
    }
    path = f"/community/gathering-series/{coop.made_ids['series_id']}"
    rule = {"frequency": "weekly", "count": 2}
    await api.call("PUT", path, json={"first": body, "rule": rule})
    path = f"/community/gatherings/{coop.made_ids['gathering_id']}"
    await api.call("PUT", path, json=body)
    await api.call("POST", f"{path}/announcement")
    coop.made_ids["material_id"] = _id()
    link = {"title": coop.words[1], "url": "https://example.org/plans.pdf"}
    await api.call("PUT", f"{path}/materials/{coop.made_ids['material_id']}", json=link)


async def _challenge(api: Api, coop: Coop) -> None:
    coop.made_ids["challenge_id"] = _id()
    path = f"/community/operations/{coop.operation_id}/challenges/{coop.made_ids['challenge_id']}"
    await api.call("PUT", path, json=challenge_body(title=coop.words[1]))
    await api.call("POST", f"{path}/announcement")


async def _keep_desk(api: Api, coop: Coop) -> None:
    """A document and shares of the seller, and the place and the enrolment of its home."""
    coop.made_ids.update({"document_id": _id(), "enrolment_id": _id()})
    operation = f"/community/operations/{coop.operation_id}"
    path = f"{operation}/documents/{coop.made_ids['document_id']}"
    await api.call("PUT", path, json=document_body(coop.seller_id, title=coop.words[1]))
    await api.call("POST", f"{path}/versions", content=PDF)
    body = {"prm": coop.home, "direction": "consumption", "member_id": coop.seller_id}
    path = f"{operation}/enrolments/{coop.made_ids['enrolment_id']}"
    await api.call("PUT", path, json={**body, "valid_from": _FIRST_DAY})
    await api.call("PUT", f"/community/points/{coop.home}/location", json=location_body())
    path = f"/community/organisers/{coop.organiser_id}/capital/movements/{_id()}"
    await api.call("PUT", path, json=_SUBSCRIPTION | {"to_member_id": coop.seller_id})


async def _open_accounts(platform: Platform, api: Api, coop: Coop) -> None:
    accounts: dict[str, dict[str, Any]] = {
        coop.emails[Role.ORGANISER]: {"roles": ["organiser"], "operations": [coop.operation_id]},
        coop.emails[Role.MEMBER]: {"roles": ["member"], "member_id": coop.seller_id},
        coop.emails[Role.FEED]: {"roles": ["feed"]},
        coop.neighbours_email: {"roles": ["member"], "member_id": coop.neighbour_id},
    }
    for email, account in accounts.items():
        await api.call("PUT", f"/community/accounts/{email}", json=account)
        await platform.give_password(email, PASSWORD)
    member = api.as_account(coop.emails[Role.MEMBER], PASSWORD)
    replies = f"/community/gatherings/{coop.made_ids['gathering_id']}/replies"
    await member.call("PUT", f"{replies}/{coop.seller_id}", json={"answer": "yes"})
    feed = await member.call("POST", "/community/me/calendar-feeds", json={"label": "Telephone"})
    coop.made_ids["feed_id"] = feed["id"]


async def _let_in(platform: Platform, api: Api, coop: Coop) -> None:
    """Who is invited, who asks to join, who else organises, and an entry that is declared."""
    operation = f"/community/operations/{coop.operation_id}"
    body = {"role": "organiser", "operation_ids": [coop.operation_id]}
    invited = {**body, "email": new_address()}
    invitation = await api.call("POST", "/community/invitations", json=invited)
    second, account = new_address(), {"roles": ["organiser"], "operations": [coop.operation_id]}
    path = f"/community/accounts/{second}"
    account_id = (await api.call("PUT", path, json=account))["id"]
    coop.made_ids.update({"invitation_id": invitation["id"], "account_id": account_id})
    async with (
        platform.client() as anybody,
        coop.client(platform, Role.OPERATOR) as operator,
        coop.client(platform, Role.ORGANISER) as organiser,
    ):
        door = Door(anybody, operator, organiser, coop.operation_id)
        coop.made_ids["sign_up_id"] = await door.given(name=coop.words[2])
        await given_signed_prospect(
            operator, operation_id=coop.operation_id, member_id=coop.neighbour_id
        )
    coop.made_ids["declaration_id"] = _id()
    path = f"{operation}/declarations/{coop.made_ids['declaration_id']}"
    declaration = await api.call("PUT", path, json={"day": str(today())})
    assert declaration["lines"], "nothing is declared"


async def _push_october(feed: Api, coop: Coop) -> None:
    """Readings of all points, and one record that stays in quarantine."""
    content = r63(
        [
            r63_row(stamp, str(power_w), prm=prm, direction=direction)
            for prm, direction, powers_w in (
                (coop.roof, "PROD", [900] * 50),
                (coop.home, "CONS", [HOMES_POWER_W] * 50),
                (coop.neighbours_home, "CONS", coop.neighbours_powers_w),
            )
            for day in MONTH.days
            for stamp, power_w in zip(naive(day_ends(str(day), 30)), powers_w, strict=False)
        ]
        + [r63_row("2026-10-12 12:00:00", "many", prm=coop.home)]
    )
    delivery = await feed.call("POST", "/ingest/deliveries", files={"file": ("r63.csv", content)})
    coop.made_ids.update(
        {"delivery_id": delivery["id"], "sha256": hashlib.sha256(content).hexdigest()}
    )
    path = f"/ingest/deliveries/{delivery['id']}"

    async def recorded() -> bool:
        return bool((await feed.call("GET", path))["status"] == "recorded")

    await until("the file is recorded", recorded)
    assert await feed.call("GET", f"{path}/quarantine"), "nothing is in quarantine"


async def _share(api: Api, coop: Coop) -> None:
    """A key in force, the month settled, and a what-if."""
    base = f"/allocation/operations/{coop.operation_id}"
    definition = {"type": "default_dynamic"}
    for method, path, body in key_requests(
        coop.operation_id, date.fromisoformat(_FIRST_DAY), definition
    ):
        if path.endswith("/approval"):
            coop.made_ids["key_id"] = path.split("/")[-2]
        await when_it_can(api, method, path, json=body)

    async def allocated() -> bool:
        days = (await api.call("GET", f"{base}/days", params={"month": str(MONTH)}))["days"]
        return all(day["status"] == "allocated" for day in days)

    await until("October is allocated", allocated)
    await when_it_can(api, "POST", f"{base}/settlements", json={"month": str(MONTH)})
    path = f"/allocation/settlements/{coop.operation_id}/{MONTH}/1"
    settlement = await api.call("GET", path)
    coop.made_ids["input_hash"] = settlement["inputs"]["days"][str(MONTH.days[0])]
    schema = whole_document()["components"]["schemas"]["SimulationIn"]
    body = {**schema["examples"][0], "operation_id": coop.operation_id}
    simulation = await api.call("POST", "/allocation/simulations", json=body)
    coop.made_ids["simulation_id"] = simulation["id"]


async def _invoice(api: Api, coop: Coop) -> None:
    base = f"/billing/operations/{coop.operation_id}"
    profile = f"/billing/issuers/{coop.seller_id}/profile"
    await when_it_can(api, "PUT", f"{base}/prices", json={"entries": [price()]})
    await when_it_can(api, "PUT", profile, json={**PROFILE, "payment_terms_days": 0})
    await when_it_can(api, "PUT", f"{base}/accise-regime", json=EXEMPT)
    drafted = await when_it_can(api, "POST", f"{base}/months/{MONTH}/drafts")
    ids = [invoice["id"] for invoice in drafted["invoices"]]
    coop.made_ids.update({"invoice_id": ids[0], "invoice_ids": ids, "credit_id": ids[0]})
    body = {"invoice_ids": ids, "issue_date": str(today())}
    await when_it_can(api, "POST", "/billing/invoices/issue", json=body)
    body = {"operation_id": coop.operation_id, "period": str(MONTH)}
    coop.made_ids["run_id"] = (await api.call("POST", "/billing/runs", json=body))["id"]


async def _collect(api: Api, coop: Coop) -> None:
    base = f"/billing/issuers/{coop.seller_id}"
    own_iban, theirs = coop.ibans
    body = creditor(name=coop.words[1], iban=own_iban)
    await api.call("PUT", f"{base}/creditor", json=body)
    coop.made_ids.update({"mandate_id": _id(), "collection_id": _id()})
    body = mandate(UUID(coop.neighbour_id), holder=coop.words[2], iban=theirs)
    await api.call("PUT", f"{base}/mandates/{coop.made_ids['mandate_id']}", json=body)
    body = {"collection_date": str(collection_day()), "notified_on": str(today())}
    path = f"{base}/collections/{coop.made_ids['collection_id']}"
    await api.call("PUT", path, json=body)
    collection = await api.call("GET", path)
    coop.made_ids["item_id"] = collection["items"][0]["id"]
    other = creditor(name=coop.words[1])
    asked = await api.call("PUT", f"{base}/creditor", json=other)
    coop.made_ids["change_id"] = asked["change"]["id"]


async def when_it_can(api: Api, method: str, path: str, **options: Any) -> Any:  # noqa: ANN401 - JSON
    """Once the service has heard what it needs from the others."""

    async def answered() -> httpx.Response:
        answer = await api.answer(method, path, **options)
        assert answer.is_success or answer.status_code in {403, 404, 409}, answer.text
        return answer

    what = f"{method} {path} is answered"
    answer = await until(what, answered, lambda response: response.is_success)
    return answer.json()
