"""What the lines of a list of members say together, of whom, and what the law says of it."""

import httpx

from tests.community.coop import given_operation, new_prm
from tests.community.member_lists import import_list, list_file, preview_list

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
