"""What the lines of a list of members say together, of whom, and what the law says of it."""

import re
from datetime import timedelta

import httpx

from services.community.domain.members.member_list import MEMBER_COLUMNS
from services.community.schemas.members.registry import MemberIn
from tests.community.coop import given_operation, logged_in, new_prm, put, today
from tests.community.member_lists import (
    ask_import,
    import_list,
    list_file,
    list_line,
    preview_list,
)
from tests.community.test_feasibility import BASIS, given_place
from tests.support.places import ROOT
from tests.support.platform import Platform

_STORAGE_HEADER = (
    "reference;kind;name;address;prm;label;subscribed_power_va;installed_power_w;"
    "production_kind;direction;valid_from"
)


def _storage_line(
    prm: str,
    *,
    label: str = "",
    subscribed: str = "",
    installed: str = "",
    kind: str = "",
    direction: str = "",
) -> str:
    participation = f"{direction};{'2026-02-01' if direction else ''}"
    cells = f"{prm};{label};{subscribed};{installed};{kind};{participation}"
    return f"M-1;company;Batterie d’Aurelle;1 rue;{cells}"


def test_a_list_has_a_column_for_all_that_is_recorded_of_a_member() -> None:
    assert set(MEMBER_COLUMNS) == MemberIn.model_fields.keys()


async def test_the_example_of_the_page_is_imported_by_staff(operator: httpx.AsyncClient) -> None:
    page = (ROOT / "docs" / "use" / "members.md").read_text(encoding="utf-8")
    (example,) = re.findall(r"```csv\n(.*?)```", page, re.DOTALL)
    prms = {prm: new_prm() for prm in re.findall(r"\b99\d{12}\b", example)}
    for prm, free_prm in prms.items():  # other tests have points of their own by these numbers
        example = example.replace(prm, free_prm)
    operation_id = await given_operation(operator)

    imported = await import_list(operator, operation_id, example.encode())

    facts = [
        (effect["reference"], effect["member"], effect["point"], effect["participation"])
        for effect in imported["effects"]
    ]
    assert facts == [
        ("M-014", "added", "added", "added"),
        ("M-015", "added", "added", "added"),
    ]
    operation = (await operator.get(f"/community/operations/{operation_id}")).json()
    begun = {stay["prm"]: stay["valid_from"] for stay in operation["participations"]}
    assert begun == dict.fromkeys(prms.values(), "2026-01-01")


async def test_lines_about_a_point_fill_each_others_empty_cells(
    operator: httpx.AsyncClient,
) -> None:
    operation_id, prm = await given_operation(operator), new_prm()
    content = list_file(
        _storage_line(prm, label="Batterie", subscribed="36000", direction="soutirage"),
        _storage_line(prm, installed="30000", kind="solar", direction="injection"),
        header=_STORAGE_HEADER,
    )

    await import_list(operator, operation_id, content)
    point = (await operator.get(f"/community/points/{prm}")).json()
    operation = (await operator.get(f"/community/operations/{operation_id}")).json()
    again = await import_list(operator, operation_id, content)

    assert point == {
        "prm": prm,
        "label": "Batterie",
        "subscribed_power_va": 36000,
        "installed_power_w": 30000,
        "production_kind": "solar",
    }
    assert len(operation["participations"]) == 2
    for effect in again["effects"]:
        facts = (effect["member"], effect["point"], effect["participation"])
        assert facts == ("unchanged", "unchanged", "unchanged")
    assert (await operator.get(f"/community/points/{prm}")).json() == point
    assert (await operator.get(f"/community/operations/{operation_id}")).json() == operation


async def test_lines_that_contradict_each_other_about_a_point_are_refused(
    operator: httpx.AsyncClient,
) -> None:
    operation_id, prm = await given_operation(operator), new_prm()
    content = list_file(
        _storage_line(prm, label="Batterie", subscribed="36000"),
        _storage_line(prm, installed="30000"),
        _storage_line(prm, subscribed="36000", installed="9000"),
        _storage_line(prm, label="Toit"),
        header=_STORAGE_HEADER,
    )

    preview = await preview_list(operator, operation_id, content)

    assert [effect["line"] for effect in preview["effects"]] == [2, 3]
    assert preview["refused"] == [
        {
            "line": number,
            "detail": f"Line {source} describes point {prm} differently; make both lines agree.",
        }
        for number, source in ((4, 3), (5, 2))
    ]


async def test_a_list_shows_what_law_does_not_allow(operator: httpx.AsyncClient) -> None:
    operation_id, refusing_id = await given_operation(operator), await given_operation(operator)
    near, far = await given_place(operator, 0), await given_place(operator, 2500)
    for id_, policy in ((operation_id, "warn"), (refusing_id, "refuse")):
        await put(operator, f"/operations/{id_}/legal-basis", BASIS | {"policy": policy})
    lines = [list_line(near, first_day="2026-01-01"), list_line(far, first_day="2026-06-01")]

    refused = await preview_list(operator, refusing_id, list_file(*lines))
    faulty = await preview_list(operator, operation_id, list_file(*lines, "M-2;robot;A;B"))
    preview = await preview_list(operator, operation_id, list_file(*lines))
    imported = await import_list(operator, operation_id, list_file(*lines))
    again = await import_list(operator, operation_id, list_file(*lines))

    (breach,) = preview["breaches"]
    assert (breach["day"], breach["lack"]) == ("2026-06-01", "too_far")
    assert imported["breaches"] == [breach]
    assert again["breaches"] == refused["breaches"] == faulty["breaches"] == []
    (refusal,) = refused["refused"]
    assert breach["detail"] in refusal["detail"]


async def test_participations_that_begin_before_today_are_for_staff_to_import(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    operation_id, prm = await given_operation(operator), new_prm()
    days = [today() - timedelta(days=1), today()]
    begun, current = [list_file(list_line(prm, first_day=str(day))) for day in days]
    without_days = list_file(
        f"M-2;household;Zoé;2 rue;{new_prm()};Maison",
        header="reference;kind;name;address;prm;label",
    )

    async with logged_in(platform, operator, "organiser", operations=[operation_id]) as organiser:
        preview = await preview_list(organiser, operation_id, begun)
        refused = await ask_import(organiser, operation_id, begun, preview["preview"])
        await import_list(organiser, operation_id, without_days)
        allowed = await preview_list(organiser, operation_id, current)
    by_staff = await import_list(operator, operation_id, begun)

    (refusal,) = preview["refused"]
    assert f"The member was recorded on {today()}, after {days[0]}." in refusal["detail"]
    assert refused.json()["detail"] == (
        "1 line is refused. Correct or remove it; the preview says which and why."
    )
    assert allowed["refused"] == []
    assert by_staff["effects"][0]["participation"] == "added"


async def test_an_empty_language_leaves_the_language_of_a_member(
    operator: httpx.AsyncClient,
) -> None:
    operation_id = await given_operation(operator)
    header = "reference;kind;name;address;language"
    first, emptied, changed = [
        list_file(f"M-1;household;Zoé;1 rue;{language}", header=header)
        for language in ("en", "", "fr")
    ]

    (effect,) = (await import_list(operator, operation_id, first))["effects"]
    (left,) = (await import_list(operator, operation_id, emptied))["effects"]
    (turned,) = (await import_list(operator, operation_id, changed))["effects"]

    assert [effect["member"], left["member"], turned["member"]] == ["added", "unchanged", "changed"]
    member = (await operator.get(f"/community/members/{effect['member_id']}")).json()
    assert member["language"] == "fr"


async def test_numbers_that_cannot_be_are_refused_in_words(operator: httpx.AsyncClient) -> None:
    operation_id = await given_operation(operator)
    content = list_file(
        "M-1;company;Fournil;1 rue;123456789;FR00123456789;de",
        header="reference;kind;name;address;siren;vat_number;language",
    )

    preview = await preview_list(operator, operation_id, content)

    (refusal,) = preview["refused"]
    assert refusal["detail"] == (
        "siren: not a SIREN; compare each of its nine digits. vat_number: not a VAT number;"
        " a French one is FR, a key of two characters and the SIREN. language: fr or en."
    )
