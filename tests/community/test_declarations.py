"""Declarations to the DSO: the file, and the steps that it stands for."""

import asyncio
import csv
import hashlib
import io
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import httpx
import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from services.community.domain.enrolments.working_days import latest_declaration
from tests.community.coop import given_operation, logged_in, member_body, put, today
from tests.community.enrolling import (
    Enrolling,
    ahead,
    given_active,
    given_prospect,
    given_signed_prospect,
)
from tests.community.papers import given_signed
from tests.community.test_feasibility import BASIS, location_body
from tests.support.platform import Platform


def _leaving_on() -> date:
    return today() + timedelta(days=70)


async def _given_desk(operator: httpx.AsyncClient) -> tuple[Enrolling, Enrolling, Enrolling]:
    """One who enters, one who leaves, and one whose notice is too short."""
    operation_id = await given_operation(operator)
    entering = await given_signed_prospect(operator, operation_id=operation_id)
    leaving = await given_active(operator, operation_id=operation_id)
    await leaving.taken("leave", valid_to=_leaving_on().isoformat())
    late = await given_signed_prospect(
        operator, operation_id=operation_id, valid_from=today() + timedelta(days=3)
    )
    await given_prospect(operator, operation_id=operation_id)
    return entering, leaving, late


def _path(operation_id: str, declaration_id: str | None = None) -> str:
    return f"/operations/{operation_id}/declarations/{declaration_id or uuid4()}"


async def _declared(client: httpx.AsyncClient, operation_id: str) -> tuple[str, Any]:
    path = _path(operation_id)
    return f"/community{path}", await put(client, path, {"day": today().isoformat()})


def _rows(content: bytes) -> Sequence[dict[str, str]]:
    assert content.startswith("\ufeff".encode())
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))


async def test_what_can_be_declared_is_shown_before_with_what_is_left_out(
    operator: httpx.AsyncClient,
) -> None:
    entering, leaving, late = await _given_desk(operator)

    path = f"/community/operations/{entering.operation_id}/declarations/next"
    shown = (await operator.get(path)).json()

    ids = [enrolment.path.rsplit("/", 1)[-1] for enrolment in (entering, leaving, late)]
    lines = {line["enrolment_id"]: (line["movement"], line["day"]) for line in shown["lines"]}
    assert lines == {
        ids[0]: ("entry", ahead().isoformat()),
        ids[1]: ("exit", _leaving_on().isoformat()),
    }
    assert [
        (left_enrolment["enrolment_id"], left_enrolment["why"])
        for left_enrolment in shown["left_out"]
    ] == [(ids[2], "conditions-missing")]
    assert (await entering.shown())["phase"] == "signed"


async def test_a_declaration_makes_the_file_and_takes_the_steps(
    operator: httpx.AsyncClient,
) -> None:
    entering, leaving, late = await _given_desk(operator)
    name = {"name": "=Brindille; fille", "delivery_address": "2 rue\n99110 Aurelle"}
    await put(operator, f"/members/{entering.member_id}", member_body(**name))
    powers = {"label": "Maison", "subscribed_power_va": 6000}
    await put(operator, f"/points/{entering.prm}", powers)

    path, declared = await _declared(operator, entering.operation_id)
    content = (await operator.get(f"{path}/file")).content

    assert declared["sha256"] == hashlib.sha256(content).hexdigest()
    entry, leave = _rows(content)
    assert entry == {
        "operation": entering.operation_id,
        "mouvement": "ENTREE",
        "date_effet": f"{ahead():%d/%m/%Y}",
        "prm": entering.prm,
        "sens": "SOUTIRAGE",
        "titulaire": "'=Brindille; fille",
        "siren": "",
        "adresse": "2 rue, 99110 Aurelle",
        "puissance_souscrite_va": "6000",
        "puissance_installee_w": "",
        "declare_le": f"{today():%d/%m/%Y}",
    }
    assert (leave["mouvement"], leave["prm"]) == ("SORTIE", leaving.prm)
    assert leave["date_effet"] == f"{_leaving_on():%d/%m/%Y}"
    phases = [(await enrolment.shown())["phase"] for enrolment in (entering, leaving, late)]
    assert phases == ["declared", "leaving", "signed"]
    ends = {
        participation["prm"]: participation["valid_to"]
        for participation in await entering.perimeter()
    }
    assert ends == {entering.prm: None, leaving.prm: _leaving_on().isoformat()}


async def test_a_file_that_is_downloaded_again_is_the_same_and_says_so(
    operator: httpx.AsyncClient,
) -> None:
    entering, *_ = await _given_desk(operator)
    path, _ = await _declared(operator, entering.operation_id)

    first, second = [await operator.get(f"{path}/file") for _ in range(2)]

    assert first.content == second.content
    assert "copy" not in first.headers["content-disposition"]
    assert "-copy2.csv" in second.headers["content-disposition"]
    downloads = (await operator.get(path)).json()["downloads"]
    assert len(downloads) == 2
    assert all(download["downloaded_by"] for download in downloads)


async def test_the_same_declaration_again_changes_nothing_and_another_finds_nothing(
    operator: httpx.AsyncClient,
) -> None:
    entering, *_ = await _given_desk(operator)
    path, first = await _declared(operator, entering.operation_id)

    again = await operator.put(path, json={"day": today().isoformat()})
    other = await operator.put(
        f"/community{_path(entering.operation_id)}", json={"day": today().isoformat()}
    )
    listed = await operator.get(f"/community/operations/{entering.operation_id}/declarations")

    assert again.json() == first
    assert other.json()["type"] == "/problems/nothing-to-declare"
    assert other.json()["left_out"] == 1
    assert [{**declaration, "breaches": []} for declaration in listed.json()] == [first]


async def test_of_several_declarations_at_once_one_has_the_lines(
    operator: httpx.AsyncClient,
) -> None:
    entering, *_ = await _given_desk(operator)

    answers = await asyncio.gather(
        *(
            operator.put(
                f"/community{_path(entering.operation_id)}", json={"day": today().isoformat()}
            )
            for _ in range(5)
        )
    )

    assert sorted(answer.status_code for answer in answers) == [200] + [409] * 4


async def test_what_was_told_the_dso_in_time_can_be_declared_later(
    operator: httpx.AsyncClient,
) -> None:
    entering = await given_signed_prospect(operator, valid_from=today() + timedelta(days=2))
    told_on = latest_declaration(today() + timedelta(days=2), 10)

    path = f"/community{_path(entering.operation_id)}"
    refused = await operator.put(path, json={"day": today().isoformat()})
    to_come = await operator.put(path, json={"day": ahead().isoformat()})
    declared = await operator.put(path, json={"day": told_on.isoformat()})

    assert refused.json()["type"] == "/problems/nothing-to-declare"
    assert to_come.json()["type"] == "/problems/step-day-unfit"
    assert declared.json()["declared_on"] == told_on.isoformat()


async def test_an_organiser_declares_for_their_own_operation_only(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    entering, *_ = await _given_desk(operator)
    here = await given_operation(operator)
    path, _ = await _declared(operator, entering.operation_id)
    mixed = f"/community{_path(here, path.rsplit('/', 1)[-1])}"

    async with logged_in(platform, operator, "organiser", operations=[here]) as organiser:
        refused = [
            await organiser.get(path),
            await organiser.get(f"{path}/file"),
            await organiser.put(path, json={"day": today().isoformat()}),
            await organiser.get(f"{mixed}/file"),
            await organiser.put(mixed, json={"day": today().isoformat()}),
        ]

    assert [answer.status_code for answer in refused] == [403, 403, 403, 404, 409]


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE declaration SET declared_on = '2020-01-01'",
        "DELETE FROM declaration_line",
        "DELETE FROM declaration_download",
    ],
)
async def test_the_database_itself_keeps_what_the_dso_was_told(
    platform: Platform, operator: httpx.AsyncClient, change: str
) -> None:
    entering = await given_signed_prospect(operator)
    await _declared(operator, entering.operation_id)

    async with platform.database("community") as database, database.engine.begin() as connection:
        with pytest.raises(IntegrityError, match="what the DSO was told stays"):
            await connection.execute(text(change))


async def test_an_entry_that_does_not_fit_beside_the_others_is_left_out_and_stops_none(
    operator: httpx.AsyncClient,
) -> None:
    operation_id = await given_operation(operator)
    await put(operator, f"/operations/{operation_id}/legal-basis", BASIS)
    entering = [await given_signed_prospect(operator, operation_id=operation_id) for _ in range(3)]
    for prospect, north_m in zip(entering, (0, 2500, 500), strict=True):
        await put(operator, f"/points/{prospect.prm}/location", location_body(north_m))

    shown = (await operator.get(f"/community{_path(operation_id, 'next')}")).json()
    path, made = await _declared(operator, operation_id)

    assert len(shown["lines"]) == len(made["lines"]) == 2
    assert [left_enrolment["why"] for left_enrolment in shown["left_out"]] == ["perimeter-unfit"]
    left_out = shown["left_out"][0]["enrolment_id"]
    assert left_out == (await entering[1].shown())["id"]  # who signed first goes in
    phases = {
        enrolment.path.rsplit("/", 1)[-1]: (await enrolment.shown())["phase"]
        for enrolment in entering
    }
    assert phases.pop(left_out) == "signed"
    assert set(phases.values()) == {"declared"}
    rows = _rows((await operator.get(f"{path}/file")).content)
    assert len(rows) == 2
    perimeter = (await operator.get(f"/community/operations/{operation_id}")).json()
    assert {participation["prm"] for participation in perimeter["participations"]} == {
        row["prm"] for row in rows
    }
    # What was tried is undone: each change of the perimeter was told once.
    assert perimeter["revision"] == 2


async def test_of_two_entries_that_do_not_fit_together_the_one_signed_first_goes_in(
    operator: httpx.AsyncClient,
) -> None:
    """Whenever that was entered here, and whatever was changed since."""
    operation_id = await given_operation(operator)
    await put(operator, f"/operations/{operation_id}/legal-basis", BASIS)
    later, first = [await given_prospect(operator, operation_id=operation_id) for _ in range(2)]
    for prospect, days, north_m in ((later, 10, 0), (first, 20, 2500)):
        await given_signed(operator, operation_id, prospect.member_id, valid_from="2024-01-01")
        await put(operator, f"/points/{prospect.prm}/location", location_body(north_m))
        await prospect.taken("sign", today() - timedelta(days=days))
    plan = {"prm": first.prm, "direction": "consumption", "member_id": first.member_id}
    changed = plan | {"valid_from": str(ahead() + timedelta(days=1))}
    await put(operator, first.path.removeprefix("/community"), changed)

    shown = (await operator.get(f"/community{_path(operation_id, 'next')}")).json()

    assert [line["enrolment_id"] for line in shown["lines"]] == [(await first.shown())["id"]]
    assert [left_enrolment["enrolment_id"] for left_enrolment in shown["left_out"]] == [
        (await later.shown())["id"]
    ]


async def test_an_entry_takes_the_place_of_an_exit_of_the_same_file(
    operator: httpx.AsyncClient,
) -> None:
    operation_id = await given_operation(operator)
    leaving = await given_active(operator, operation_id=operation_id)
    await leaving.taken("leave", valid_to=ahead().isoformat())
    entering = await given_signed_prospect(operator, operation_id=operation_id)
    far = await given_signed_prospect(operator, operation_id=operation_id)
    for prospect, north_m in ((leaving, 0), (entering, 2500), (far, 6000)):
        await put(operator, f"/points/{prospect.prm}/location", location_body(north_m))
    await put(operator, f"/operations/{operation_id}/legal-basis", BASIS)

    _, made = await _declared(operator, operation_id)

    assert sorted(line["movement"] for line in made["lines"]) == ["entry", "exit"]
