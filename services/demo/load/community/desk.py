"""The organiser's desk: conventions, papers, moves in and out, invitations."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from services.demo.api import Api
from services.demo.cooperative import Cooperative, DemoMember, DemoOperation
from services.demo.load.community.papers import pdf_of
from services.demo.load.people import NEWCOMER, People, demo_id

_TO_SIGN = demo_id("documents/agreement-of-the-newcomer")
_NEW_POINT = "99110000000113"
_LEAVING = "marius.lanterne@example.org"
_INVITED = "odette.girouette@example.org"


async def agree_conventions(api: Api, cooperative: Cooperative) -> None:
    for number, operation in enumerate(cooperative.operations, start=123):
        convention = {
            "dso_contract_id": f"CAC-2025-{number:06}",
            "signed_on": "2025-10-06",
            "valid_from": str(operation.valid_from),
            "valid_to": None,
            "entry_notice_working_days": 10,
            "exit_notice_working_days": 10,
            "coefficients_due_working_days": None,
            "closing_due_working_days": 15,
            "declared_by": "organiser",
        }
        path = f"/community/operations/{operation.id}/convention"
        await api.call("PUT", path, json=convention)


async def keep_documents(people: People, operation: DemoOperation) -> None:
    """Sign the convention and the first member's agreement; send the newcomer's."""
    api, first = people.organiser, people.person(people.log_ins.member)
    newcomer = people.person(NEWCOMER)
    title = f"Convention d’ACC de {operation.name}"
    convention = {"kind": "convention", "title": title, "member_id": None}
    signed = [("signed", "2025-10-06", "Les Volts d’Aurelle")]
    await _keep(api, operation, demo_id("documents/convention"), convention, signed)
    signed = [("sent", "2025-10-08", first.name), ("signed", "2025-10-12", first.name)]
    agreement_id = demo_id("documents/agreement-of-the-first")
    await _keep(api, operation, agreement_id, _agreement(first), signed)
    sent = [("sent", "2026-11-04", newcomer.name)]
    await _keep(api, operation, _TO_SIGN, _agreement(newcomer), sent)


async def plan_moves(people: People, operation: DemoOperation, today: date) -> None:
    """Staff plan the entry of the newcomer, whom they recorded; another member asks to leave."""
    api, soon = people.organiser, today + timedelta(days=60)
    home = {
        "label": "Maison neuve",
        "subscribed_power_va": None,
        "installed_power_w": None,
        "production_kind": None,
    }
    await api.call("PUT", f"/community/points/{_NEW_POINT}", json=home)
    entry = {
        "prm": _NEW_POINT,
        "direction": "consumption",
        "member_id": str(people.person(NEWCOMER).id),
        "valid_from": str(soon),
    }
    base = f"/community/operations/{operation.id}/enrolments"
    entry_path = f"{base}/{demo_id('enrolments/newcomer')}"
    if not await api.is_there(entry_path):
        await people.staff.call("PUT", entry_path, json=entry)
    point = operation.point_of(people.person(_LEAVING).id)
    former = point.model_dump(mode="json", include={"prm", "direction", "member_id", "valid_from"})
    path = f"{base}/{demo_id('enrolments/leaving')}"
    if await api.is_there(path):
        return
    enrolment = await api.call("PUT", path, json=former)
    step = {
        "step": "leave",
        "day": str(today),
        "valid_to": str(soon),
        "after_step": enrolment["steps"][-1]["number"],
    }
    await api.call("POST", f"{path}/steps", json=step)


async def invite_a_member(people: People) -> None:
    """Invite a member, who has not answered yet."""
    invitations = await people.organiser.call("GET", "/community/invitations")
    if not any(invitation["email"] == _INVITED for invitation in invitations):
        member_id = str(people.person(_INVITED).id)
        body = {"email": _INVITED, "role": "member", "member_id": member_id}
        await people.organiser.call("POST", "/community/invitations", json=body)


def _agreement(member: DemoMember) -> dict[str, Any]:
    return {
        "kind": "participation_agreement",
        "title": f"Accord de participation de {member.name}",
        "member_id": str(member.id),
    }


async def _keep(
    api: Api,
    operation: DemoOperation,
    document_id: UUID,
    document: dict[str, Any],
    signatures: list[tuple[str, str, str]],
) -> None:
    """Keep a document. signatures: the states of its version, with day and party."""
    path = f"/community/operations/{operation.id}/documents/{document_id}"
    if await api.is_there(path):
        return
    validity = {"valid_from": str(operation.valid_from), "valid_to": None}
    await api.call("PUT", path, json=document | validity)
    content = pdf_of(document["title"], operation.name)
    headers = {"Content-Type": "application/octet-stream"}
    await api.call("POST", f"{path}/versions", content=content, headers=headers)
    for state, day, party in signatures:
        signature = {"version": 1, "state": state, "day": day, "party": party}
        await api.call("POST", f"{path}/signatures", json=signature)
