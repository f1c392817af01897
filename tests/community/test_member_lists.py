"""Members, points and participations from a list: the preview, and the import."""

from typing import Any
from uuid import UUID

import httpx
import pytest

from tests.community.coop import (
    enrol,
    given_member,
    given_operation,
    given_point,
    logged_in,
    new_prm,
    participation,
    today,
)
from tests.support.platform import Platform

_HEADER = "reference;kind;name;address;email;prm;label;subscribed_power_va;direction;valid_from"
_CSV = {"content-type": "text/csv"}


def _line(
    prm: str = "", reference: str = "M-1", *, name: str = "Lucie Brindille", first_day: str = ""
) -> str:
    point = f"{prm};École;36000;{'soutirage' if first_day else ''};{first_day}" if prm else ";;;;"
    return f'{reference};household;{name};"14 rue\n99110 Aurelle";{reference}@example.org;{point}'


def _file(*lines: str, header: str = _HEADER) -> bytes:
    return "\r\n".join([header, *lines]).encode()


def _path(operation_id: str, ending: str) -> str:
    return f"/community/operations/{operation_id}/members/{ending}"


async def _previewed(client: httpx.AsyncClient, operation_id: str, content: bytes) -> Any:  # noqa: ANN401 - JSON
    answer = await client.post(_path(operation_id, "preview"), content=content, headers=_CSV)
    assert answer.status_code == 200, answer.text
    return answer.json()


async def _imported(
    client: httpx.AsyncClient, operation_id: str, content: bytes, preview: str
) -> httpx.Response:
    path = _path(operation_id, "import")
    return await client.post(path, content=content, headers=_CSV, params={"preview": preview})


async def _import(client: httpx.AsyncClient, operation_id: str, content: bytes) -> Any:  # noqa: ANN401 - JSON
    preview = (await _previewed(client, operation_id, content))["preview"]
    answer = await _imported(client, operation_id, content, preview)
    assert answer.status_code == 200, answer.text
    return answer.json()


async def test_a_list_makes_members_points_and_participations_and_again_makes_nothing(
    operator: httpx.AsyncClient,
) -> None:
    operation_id, home, school = await given_operation(operator), new_prm(), new_prm()
    lines = [_line(home, first_day="01/02/2026"), _line(school), _line("", "M-2", name="Zoé")]
    content = _file(*lines)

    preview = await _previewed(operator, operation_id, content)
    unknown = await operator.get(f"/community/points/{home}")
    imported = await _import(operator, operation_id, content)
    again = await _import(operator, operation_id, content)

    assert unknown.status_code == 404
    kinds = [(one["member"], one["point"], one["participation"]) for one in preview["effects"]]
    assert kinds == [
        ("added", "added", "added"),
        ("unchanged", "added", None),
        ("added", None, None),
    ]
    previewed_effects = [effect | {"member_id": None} for effect in imported["effects"]]
    assert (preview["refused"], preview["effects"]) == ([], previewed_effects)
    lucie, _, zoe = imported["effects"]
    shown = (await operator.get(f"/community/members/{lucie['member_id']}")).json()
    assert (shown["address"], shown["email"]) == ("14 rue\n99110 Aurelle", "m-1@example.org")
    assert (await operator.get(f"/community/members/{zoe['member_id']}")).json()["name"] == "Zoé"
    assert (await operator.get(f"/community/points/{school}")).json()["label"] == "École"
    operation = (await operator.get(f"/community/operations/{operation_id}")).json()
    (only,) = operation["participations"]
    assert (only["prm"], only["member_id"]) == (home, lucie["member_id"])
    assert only["valid_from"] == "2026-02-01"
    assert {one[what] for one in again["effects"] for what in ("member", "point")} == {
        "unchanged",
        None,
    }
    assert again["effects"][0]["participation"] == "unchanged"
    after = (await operator.get(f"/community/operations/{operation_id}")).json()
    assert after["revision"] == operation["revision"]


async def test_a_column_that_is_not_there_leaves_what_is_recorded(
    operator: httpx.AsyncClient,
) -> None:
    operation_id = await given_operation(operator)
    (effect,) = (await _import(operator, operation_id, _file(_line())))["effects"]
    path = f"/community/members/{effect['member_id']}"

    short = _file("M-1;household;Lucie Ramille;1 rue", header="reference;kind;name;address")
    await _import(operator, operation_id, short)
    kept = (await operator.get(path)).json()
    emptied = _file(
        "M-1,household,Lucie Ramille,1 rue,", header="reference,kind,name,address,email"
    )
    await _import(operator, operation_id, emptied)

    assert (kept["name"], kept["email"]) == ("Lucie Ramille", "m-1@example.org")
    assert (await operator.get(path)).json()["email"] is None


async def test_lines_that_cannot_be_are_refused_each_with_its_reason(
    operator: httpx.AsyncClient,
) -> None:
    operation_id, elsewhere = await given_operation(operator), await given_operation(operator)
    taken = await given_point(operator)
    await enrol(operator, elsewhere, participation(taken, await given_member(operator)))
    good, twice = new_prm(), new_prm()
    cases = {
        _line(good, "M-0", first_day="2026-02-01"): "",
        _line(good, "M-0", name="Another"): "Line 2 says something else of M-0",
        _line("9.9E+13", "M-1"): "14 digits",
        "M-2;robot;A;1 rue;;;;;;": "kind",
        "M-3;household;A;1 rue;no address;;;;;": "email",
        "M-4;household;A;;;;;;;": "address",
        f"M-5;household;A;1 rue;;{new_prm()};École;-3;;": "subscribed_power_va",
        f"M-6;household;A;1 rue;;{new_prm()};;;;": "label",
        "M-7;household;A;1 rue;;;École;;;": "say which",
        f"M-8;household;A;1 rue;;{new_prm()};École;;soutirage;": "give both",
        f"M-9;household;A;1 rue;;{new_prm()};École;;both;2026-01-01": "direction",
        f"M-10;household;A;1 rue;;{new_prm()};École;;production;2026-13-01": "valid_from",
        f"M-11;household;A;1 rue;;{taken};École;;soutirage;2026-02-01": "takes part",
        _line(twice, "M-12", first_day="2026-02-01"): "",
        _line(twice, "M-13", first_day="2026-03-01"): "",
        ";household;A;1 rue;;;;;;": "reference",
        "M-14;household;A": "3 cells",
    }
    content = _file(*cases)

    preview = await _previewed(operator, operation_id, content)
    imported = await _imported(operator, operation_id, content, preview["preview"])

    refused = {one["line"]: one["detail"] for one in preview["refused"]}
    numbers = _numbers(cases)
    for line, why in cases.items():
        if why:
            assert why in refused.get(numbers[line], ""), line
    assert numbers[_line(good, "M-0", first_day="2026-02-01")] not in refused
    assert imported.json()["type"] == "/problems/lines-refused"
    assert imported.json()["lines"] == sorted(refused)
    assert (await operator.get(f"/community/points/{good}")).status_code == 404


def _numbers(cases: dict[str, str]) -> dict[str, int]:
    """Where each line begins: those with an address of two lines take two."""
    numbers, number = {}, 2
    for line in cases:
        numbers[line] = number
        number += 1 + line.count("\n")
    return numbers


async def test_a_preview_of_other_facts_is_outdated(operator: httpx.AsyncClient) -> None:
    operation_id, prm = await given_operation(operator), new_prm()
    content = _file(_line(prm))
    preview = (await _previewed(operator, operation_id, content))["preview"]

    other = await _imported(operator, operation_id, content + b"\r\n\r\n", preview)
    await _import(operator, operation_id, content)
    outdated = await _imported(operator, operation_id, content, preview)

    for answer in (other, outdated):
        assert (answer.status_code, answer.json()["type"]) == (409, "/problems/preview-outdated")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "lacks these columns: reference, kind, name, address"),
        (b"\x00\x01", "lacks"),
        (b"reference;kind;name;address;mail\n", "may name each of these once"),
        (b"reference;kind;name;name;address\n", "may name each of these once"),
        (f"{_HEADER}\nM-1;household;Zoé".encode("latin-1"), "Line 2 is not UTF-8"),
        (f'{_HEADER}\nM-1;household;"Zoé;1 rue;;;;;;\n'.encode(), "Are all quotes closed?"),
        (f"{_HEADER}\n{'x' * 200_000}".encode(), "field larger"),
        (f"{_HEADER}\n".encode() + b"x\n" * 501, "more than 500 lines"),
    ],
)
async def test_what_is_no_list_of_members_is_refused(
    operator: httpx.AsyncClient, content: bytes, words: str
) -> None:
    path = _path(await given_operation(operator), "preview")

    answer = await operator.post(path, content=content, headers=_CSV)

    assert (answer.status_code, answer.json()["type"]) == (409, "/problems/member-list-unreadable")
    assert words in answer.json()["detail"]


async def test_a_byte_order_mark_and_quotes_are_read(operator: httpx.AsyncClient) -> None:
    operation_id = await given_operation(operator)
    line = 'M-1,company,"Soleils ""d\'Aurelle"", SAS","1 rue, au fond"'
    content = _file(line, header='"Reference",KIND,name,address').decode().encode("utf-8-sig")

    (effect,) = (await _import(operator, operation_id, content))["effects"]

    member = (await operator.get(f"/community/members/{effect['member_id']}")).json()
    assert (member["name"], member["address"]) == ('Soleils "d\'Aurelle", SAS', "1 rue, au fond")


async def test_more_than_a_mebibyte_is_refused(operator: httpx.AsyncClient) -> None:
    path = _path(await given_operation(operator), "preview")

    answer = await operator.post(path, content=b"x" * (1024**2 + 1), headers=_CSV)

    assert (answer.status_code, answer.json()["type"]) == (413, "/problems/body-too-large")


async def test_an_organiser_imports_what_single_routes_let_them_record(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    here, there = await given_operation(operator), await given_operation(operator)
    foreign, own = await given_point(operator), new_prm()
    await enrol(operator, there, participation(foreign, await given_member(operator)))
    await _import(operator, there, _file(_line(new_prm(), "M-1")))
    before = (await operator.get(f"/community/points/{foreign}")).json()
    lines = [
        _line(own, "M-1", first_day=str(today())),
        _line(foreign, "M-2"),
        _line(new_prm(), "M-3", first_day="2025-01-01"),
    ]

    async with logged_in(platform, operator, "organiser", operations=[here]) as organiser:
        preview = await _previewed(organiser, here, _file(*lines))
        refused = await _imported(organiser, here, _file(*lines), preview["preview"])
        strange = await organiser.post(_path(there, "preview"), content=_file(*lines), headers=_CSV)
        unknown = _path(there, "import")
        aside = await organiser.post(
            unknown, content=_file(*lines), headers=_CSV, params={"preview": preview["preview"]}
        )
        await _import(organiser, here, _file(lines[0]))

    (effect,) = preview["effects"]
    assert (effect["line"], effect["member"], effect["participation"]) == (2, "added", "added")
    details = [one["detail"] for one in preview["refused"]]
    assert ["Only staff may record this point" in details[0], "begins on" in details[1]] == [
        True,
        True,
    ]
    assert refused.json()["type"] == "/problems/lines-refused"
    assert [strange.status_code, aside.status_code] == [403, 403]
    assert (await operator.get(f"/community/points/{foreign}")).json() == before
    (only,) = (await operator.get(f"/community/operations/{here}")).json()["participations"]
    assert only["prm"] == own


async def test_an_operation_that_is_not_there_is_404(operator: httpx.AsyncClient) -> None:
    answer = await operator.post(
        _path("ACC99999999", "preview"), content=_file(_line()), headers=_CSV
    )

    assert (answer.status_code, answer.json()["type"]) == (404, "/problems/operation-unknown")


async def test_nobody_can_foresee_whose_id_a_member_of_a_list_will_have(
    operator: httpx.AsyncClient,
) -> None:
    """Whoever foresaw it could record the member first, and log in as them later (H2)."""
    first, second = await given_operation(operator), await given_operation(operator)

    member_ids = [
        UUID((await _import(operator, operation_id, _file(_line())))["effects"][0]["member_id"])
        for operation_id in (first, second)
    ]

    assert len(set(member_ids)) == 2
    assert {member_id.version for member_id in member_ids} == {4}


async def test_an_old_list_does_not_bring_back_a_member_who_was_erased(
    operator: httpx.AsyncClient,
) -> None:
    operation_id, content = await given_operation(operator), _file(_line())
    (effect,) = (await _import(operator, operation_id, content))["effects"]
    erasure = f"/community/members/{effect['member_id']}/erasure"
    (await operator.put(erasure)).raise_for_status()
    executed = await operator.post(f"{erasure}/execution", json={"nothing_is_owed": True})
    executed.raise_for_status()

    preview = await _previewed(operator, operation_id, content)

    assert (preview["effects"], [line["line"] for line in preview["refused"]]) == ([], [2])
    assert "member_reference" in executed.text
