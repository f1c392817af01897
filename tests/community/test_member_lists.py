"""Members, points and participations from a list: the preview, and the import."""

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
from tests.community.member_lists import (
    CSV,
    HEADER,
    ask_import,
    import_list,
    list_file,
    list_line,
    list_path,
    preview_list,
)
from tests.support.platform import Platform


async def test_a_list_makes_members_points_and_participations_and_again_makes_nothing(
    operator: httpx.AsyncClient,
) -> None:
    operation_id, home, school = await given_operation(operator), new_prm(), new_prm()
    lines = [
        list_line(home, first_day="01/02/2026"),
        list_line(school),
        list_line("", "M-2", name="Zoé"),
    ]
    content = list_file(*lines)

    preview = await preview_list(operator, operation_id, content)
    unknown = await operator.get(f"/community/points/{home}")
    imported = await import_list(operator, operation_id, content)
    again = await import_list(operator, operation_id, content)

    assert unknown.status_code == 404
    kinds = [
        (effect["member"], effect["point"], effect["participation"])
        for effect in preview["effects"]
    ]
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
    assert {effect[what] for effect in again["effects"] for what in ("member", "point")} == {
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
    (effect,) = (await import_list(operator, operation_id, list_file(list_line())))["effects"]
    path = f"/community/members/{effect['member_id']}"

    short = list_file("M-1;household;Lucie Ramille;1 rue", header="reference;kind;name;address")
    await import_list(operator, operation_id, short)
    kept = (await operator.get(path)).json()
    emptied = list_file(
        "M-1,household,Lucie Ramille,1 rue,", header="reference,kind,name,address,email"
    )
    await import_list(operator, operation_id, emptied)

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
        list_line(good, "M-0", first_day="2026-02-01"): "",
        list_line(good, "M-0", name="Another"): "Line 2 describes M-0 differently",
        list_line("9.9E+13", "M-1"): "14 digits",
        "M-2;robot;A;1 rue;;;;;;": "kind: household, company or public_body.",
        "M-3;household;A;1 rue;no address;;;;;": "email: not an e-mail address.",
        "M-4;household;A;;;;;;;": "address: must not be empty.",
        f"M-15;household;{'A' * 201};1 rue;;;;;;": "name: at most 200 characters.",
        "M-16;household;A\x07;1 rue;;;;;;": "name: cannot be read.",
        f"M-5;household;A;1 rue;;{new_prm()};École;-3;;": "va: a whole number from 1 to",
        f"M-6;household;A;1 rue;;{new_prm()};;;;": "label: must not be empty.",
        "M-7;household;A;1 rue;;;École;;;": "give its PRM",
        f"M-8;household;A;1 rue;;{new_prm()};École;;soutirage;": "give both",
        f"M-9;household;A;1 rue;;{new_prm()};École;;both;2026-01-01": "direction",
        f"M-10;household;A;1 rue;;{new_prm()};École;;production;2026-13-01": "valid_from",
        f"M-11;household;A;1 rue;;{taken};École;;soutirage;2026-02-01": "takes part",
        list_line(twice, "M-12", first_day="2026-02-01"): "",
        list_line(twice, "M-13", first_day="2026-03-01"): "",
        ";household;A;1 rue;;;;;;": "reference",
        "M\x001;household;A;1 rue;;;;;;": "reference",
        "M-14;household;A": "3 cells",
    }
    content = list_file(*cases)

    preview = await preview_list(operator, operation_id, content)
    imported = await ask_import(operator, operation_id, content, preview["preview"])

    refused = {refusal["line"]: refusal["detail"] for refusal in preview["refused"]}
    numbers = _numbers(cases)
    for line, why in cases.items():
        if why:
            assert why in refused.get(numbers[line], ""), line
    assert numbers[list_line(good, "M-0", first_day="2026-02-01")] not in refused
    assert imported.json()["type"] == "/problems/lines-refused"
    assert imported.json()["lines"] == sorted(refused)
    assert imported.json()["detail"] == (
        f"{len(refused)} lines are refused. Correct or remove them; the preview says which and why."
    )
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
    content = list_file(list_line(prm))
    preview = (await preview_list(operator, operation_id, content))["preview"]

    other = await ask_import(operator, operation_id, content + b"\r\n\r\n", preview)
    await import_list(operator, operation_id, content)
    outdated = await ask_import(operator, operation_id, content, preview)

    for answer in (other, outdated):
        assert (answer.status_code, answer.json()["type"]) == (409, "/problems/preview-outdated")
        assert answer.json()["title"] == "The effect of the file has changed"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "lacks these columns: reference, kind, name, address"),
        (b"\x00\x01", "lacks"),
        (b"reference;kind;name;address;mail\n", "may name each of these once"),
        (b"reference;kind;name;name;address\n", "may name each of these once"),
        (f"{HEADER}\nM-1;household;Zoé".encode("latin-1"), "Line 2 is not UTF-8"),
        (
            f'{HEADER}\nM-1;household;"Zoé;1 rue;;;;;;\nM-2\n'.encode(),
            "Line 2: unexpected end of data. Are all quotes closed?",
        ),
        (f"{HEADER}\n{'x' * 200_000}".encode(), "field larger"),
        (f"{HEADER}\n".encode() + b"x\n" * 501, "more than 500 lines"),
    ],
)
async def test_what_is_no_list_of_members_is_refused(
    operator: httpx.AsyncClient, content: bytes, words: str
) -> None:
    path = list_path(await given_operation(operator), "preview")

    answer = await operator.post(path, content=content, headers=CSV)

    assert (answer.status_code, answer.json()["type"]) == (409, "/problems/member-list-unreadable")
    assert words in answer.json()["detail"]


async def test_a_byte_order_mark_and_quotes_are_read(operator: httpx.AsyncClient) -> None:
    operation_id = await given_operation(operator)
    line = 'M-1,company,"Soleils ""d\'Aurelle"", SAS","1 rue, au fond"'
    content = list_file(line, header='"Reference",KIND,name,address').decode().encode("utf-8-sig")

    (effect,) = (await import_list(operator, operation_id, content))["effects"]

    member = (await operator.get(f"/community/members/{effect['member_id']}")).json()
    assert (member["name"], member["address"]) == ('Soleils "d\'Aurelle", SAS', "1 rue, au fond")


async def test_more_than_a_mebibyte_is_refused(operator: httpx.AsyncClient) -> None:
    path = list_path(await given_operation(operator), "preview")

    answer = await operator.post(path, content=b"x" * (1024**2 + 1), headers=CSV)

    assert (answer.status_code, answer.json()["type"]) == (413, "/problems/body-too-large")


async def test_an_organiser_imports_what_single_routes_let_them_record(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    here, there = await given_operation(operator), await given_operation(operator)
    foreign, home = await given_point(operator), new_prm()
    await enrol(operator, there, participation(foreign, await given_member(operator)))
    await import_list(operator, there, list_file(list_line(new_prm(), "M-1")))
    before = (await operator.get(f"/community/points/{foreign}")).json()
    lines = [
        list_line(home, "M-1", first_day=str(today())),
        list_line(foreign, "M-2"),
        list_line(new_prm(), "M-3", first_day="2025-01-01"),
    ]

    async with logged_in(platform, operator, "organiser", operations=[here]) as organiser:
        preview = await preview_list(organiser, here, list_file(*lines))
        refused = await ask_import(organiser, here, list_file(*lines), preview["preview"])
        strange = await organiser.post(
            list_path(there, "preview"), content=list_file(*lines), headers=CSV
        )
        unknown = list_path(there, "import")
        aside = await organiser.post(
            unknown, content=list_file(*lines), headers=CSV, params={"preview": preview["preview"]}
        )
        await import_list(organiser, here, list_file(lines[0]))

    (effect,) = preview["effects"]
    assert (effect["line"], effect["member"], effect["participation"]) == (2, "added", "added")
    details = [refusal["detail"] for refusal in preview["refused"]]
    assert ["Only staff may record this point" in details[0], "begins on" in details[1]] == [
        True,
        True,
    ]
    assert refused.json()["type"] == "/problems/lines-refused"
    assert [strange.status_code, aside.status_code] == [403, 403]
    assert (await operator.get(f"/community/points/{foreign}")).json() == before
    (only,) = (await operator.get(f"/community/operations/{here}")).json()["participations"]
    assert only["prm"] == home


async def test_an_operation_that_is_not_there_is_404(operator: httpx.AsyncClient) -> None:
    answer = await operator.post(
        list_path("ACC99999999", "preview"), content=list_file(list_line()), headers=CSV
    )

    assert (answer.status_code, answer.json()["type"]) == (404, "/problems/operation-unknown")


async def test_nobody_can_foresee_whose_id_a_member_of_a_list_will_have(
    operator: httpx.AsyncClient,
) -> None:
    """Whoever foresaw it could record the member first, and log in as them later (H2)."""
    first, second = await given_operation(operator), await given_operation(operator)

    member_ids = [
        UUID(
            (await import_list(operator, operation_id, list_file(list_line())))["effects"][0][
                "member_id"
            ]
        )
        for operation_id in (first, second)
    ]

    assert len(set(member_ids)) == 2
    assert {member_id.version for member_id in member_ids} == {4}


async def test_an_old_list_does_not_bring_back_a_member_who_was_erased(
    operator: httpx.AsyncClient,
) -> None:
    operation_id, content = await given_operation(operator), list_file(list_line())
    (effect,) = (await import_list(operator, operation_id, content))["effects"]
    erasure = f"/community/members/{effect['member_id']}/erasure"
    (await operator.put(erasure)).raise_for_status()
    executed = await operator.post(f"{erasure}/execution", json={"nothing_is_owed": True})
    executed.raise_for_status()

    preview = await preview_list(operator, operation_id, content)

    assert (preview["effects"], [line["line"] for line in preview["refused"]]) == ([], [2])
    assert "member_reference" in executed.text
