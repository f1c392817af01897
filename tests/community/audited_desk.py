"""Requests at the desk and of the public, each of which has to leave a line."""

from hashlib import sha256
from typing import Any
from uuid import uuid4

import httpx

from services.community.domain.enrolments.working_days import latest_declaration
from tests.community.assembly import member_client
from tests.community.audited_rights import Ask
from tests.community.coop import (
    enrol,
    given_member,
    given_operation,
    given_point,
    member_body,
    new_operation_id,
    new_prm,
    participation,
    put,
    today,
)
from tests.community.enrolling import ahead, given_signed_prospect
from tests.community.letterbox import read_secret
from tests.community.mailing import new_address
from tests.community.papers import PDF, document_body, signature_body
from tests.community.papers import send as send_version
from tests.community.test_feasibility import BASIS, location_body
from tests.community.test_requests import STEPS, send
from tests.support.platform import Platform

_OPERATION = "/operations/{operation_id}"
_DOCUMENT = f"{_OPERATION}/documents/{{document_id}}"
_LEAVE_REQUEST = f"{_OPERATION}/points/{{prm}}/leave-request"
_REQUEST = "/requests/{request_id}"
_SIGN_UP = f"{_OPERATION}/sign-ups/{{sign_up_id}}"


async def change_desk(
    platform: Platform, operator: httpx.AsyncClient, anybody: httpx.AsyncClient, ask: Ask
) -> None:
    names = {"operation_id": await given_operation(operator)}
    await ask(f"PUT {_OPERATION}/convention", {"dso_contract_id": "ENR-1"}, names=names)
    await ask(f"PUT {_OPERATION}/legal-basis", BASIS | {"policy": "warn"}, names=names)
    prm = await given_point(operator)
    await ask("PUT /points/{prm}/location", location_body(), names={"prm": prm})
    await _change_documents(platform, operator, ask, names)
    await _change_perimeter(platform, operator, ask, names)
    await _answer_requests(anybody, ask)
    await _answer_sign_ups(operator, anybody, ask, names)


async def _change_documents(
    platform: Platform, operator: httpx.AsyncClient, ask: Ask, names: dict[str, str]
) -> None:
    names = names | {"document_id": str(uuid4())}
    body = document_body(await given_member(operator))
    await ask(f"PUT {_DOCUMENT}", body, names=names)
    await ask(f"POST {_DOCUMENT}/versions", names=names, content=PDF)
    await ask(f"POST {_DOCUMENT}/signatures", signature_body(), names=names)

    own_names = names | {"document_id": str(uuid4())}
    member_id = await given_member(operator)
    await put(operator, _DOCUMENT.format(**own_names), document_body(member_id))
    await send_version(operator, f"/community{_DOCUMENT}".format(**own_names))
    await ask(f"POST {_DOCUMENT}/signatures", signature_body(state="sent"), names=own_names)
    read = {"sha256": sha256(PDF).hexdigest()}
    async with member_client(platform, member_id) as member:
        await ask(f"POST {_DOCUMENT}/signature", read, by=member, names=own_names)


async def _change_perimeter(
    platform: Platform, operator: httpx.AsyncClient, ask: Ask, names: dict[str, str]
) -> None:
    names = names | {"enrolment_id": str(uuid4()), "declaration_id": str(uuid4())}
    member_id, prm = await given_member(operator), await given_point(operator)
    body = {"prm": prm, "direction": "consumption", "member_id": member_id}
    enrolment = f"{_OPERATION}/enrolments/{{enrolment_id}}"
    await ask(f"PUT {enrolment}", body | {"valid_from": ahead().isoformat()}, names=names)
    step = {"step": "withdraw", "day": today().isoformat(), "after_step": 1, "reason": "moved"}
    await ask(f"POST {enrolment}/steps", step, names=names)
    await given_signed_prospect(operator, operation_id=names["operation_id"])
    leaving = participation(await given_point(operator), member_id)
    await enrol(operator, names["operation_id"], leaving)
    wish, prms = {"wanted_on": ahead().isoformat()}, names | {"prm": str(leaving["prm"])}
    async with member_client(platform, member_id) as member:
        await put(operator, f"/members/{member_id}", member_body(email=new_address()))
        question = {"text": "Why?"}
        await ask(f"POST {_OPERATION}/questions", question, by=member, names=names)
        await ask(f"PUT {_LEAVE_REQUEST}", wish, by=member, names=prms)
        await ask(f"DELETE {_LEAVE_REQUEST}", by=member, names=prms)
    day = {"day": min(today(), latest_declaration(ahead(), 10)).isoformat()}
    await ask(f"PUT {_OPERATION}/declarations/{{declaration_id}}", day, names=names)
    lines = ["prm;direction;member_id;valid_from", f"{prm};consumption;{member_id};2026-01-01"]
    file: dict[str, Any] = {
        "content": "\r\n".join(lines).encode(),
        "headers": {"content-type": "text/csv"},
    }
    path = f"/community{_OPERATION}/participations/preview".format(**names)
    preview = {"preview": (await operator.post(path, **file)).json()["preview"]}
    await ask(f"POST {_OPERATION}/participations/import", names=names, params=preview, **file)
    file["content"] = b"reference;kind;name;address\nM-1;household;Lucie;1 rue"
    path = f"/community{_OPERATION}/members/preview".format(**names)
    preview = {"preview": (await operator.post(path, **file)).json()["preview"]}
    await ask(f"POST {_OPERATION}/members/import", names=names, params=preview, **file)


async def _answer_requests(anybody: httpx.AsyncClient, ask: Ask) -> None:
    receipt = await send(anybody)
    names = {"request_id": receipt["id"], "note_id": str(uuid4())}
    for stage in STEPS:
        await ask(f"PUT {_REQUEST}/stage", {"stage": stage}, names=names)
    await ask(f"PUT {_REQUEST}/follow-up", {"next_action_on": "2026-12-01"}, names=names)
    await ask(f"PUT {_REQUEST}/notes/{{note_id}}", {"text": "Called."}, names=names)
    body = {"operation_id": new_operation_id(), "valid_from": "2027-01-01", "points": []}
    await ask(f"PUT {_REQUEST}/operation", body, names=names)


async def _answer_sign_ups(
    operator: httpx.AsyncClient, anybody: httpx.AsyncClient, ask: Ask, names: dict[str, str]
) -> None:
    for answer, body in (
        ("acceptance", {"valid_from": "2027-06-01"}),
        ("refusal", {"reason": "No room."}),
    ):
        email = new_address()
        form = {"kind": "household", "name": "Lucie", "address": "1 rue", "email": email}
        await anybody.post(
            "/community/sign-ups",
            json=form | {"operation_id": names["operation_id"], "prm": new_prm()},
        )
        secret = {"secret": await read_secret(operator, email)}
        await anybody.post("/community/sign-ups/confirmation", json=secret)
        path = f"/community{_OPERATION}/sign-ups".format(**names)
        waiting = (await operator.get(path, params={"state": "waiting"})).json()
        await ask(f"POST {_SIGN_UP}/{answer}", body, names=names | {"sign_up_id": waiting[0]["id"]})
