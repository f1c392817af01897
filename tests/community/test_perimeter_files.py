"""Perimeters as CSV files: the preview, and what is done when it is accepted."""

import time
from collections.abc import Iterable
from typing import Any

import httpx
import pytest
from sqlalchemy import text

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
from tests.community.enrolling import given_active
from tests.support.platform import Platform

_HEADER = "prm;direction;member_id;valid_from;valid_to"
_CSV = {"content-type": "text/csv"}


def _line(prm: str, member_id: str, valid_from: str = "2026-01-01", valid_to: str = "") -> str:
    return f"{prm};consumption;{member_id};{valid_from};{valid_to}"


def _file(lines: Iterable[str]) -> bytes:
    return "\r\n".join([_HEADER, *lines]).encode()


def _path(operation_id: str, ending: str) -> str:
    return f"/community/operations/{operation_id}/participations/{ending}"


async def _previewed(client: httpx.AsyncClient, operation_id: str, content: bytes) -> Any:  # noqa: ANN401 - JSON
    answer = await client.post(_path(operation_id, "preview"), content=content, headers=_CSV)
    assert answer.status_code == 200, answer.text
    return answer.json()


async def _imported(
    client: httpx.AsyncClient, operation_id: str, content: bytes, preview: str
) -> httpx.Response:
    path = _path(operation_id, "import")
    return await client.post(path, content=content, headers=_CSV, params={"preview": preview})


async def test_a_preview_tells_what_would_be_added_changed_ended_and_left(
    operator: httpx.AsyncClient,
) -> None:
    operation_id = await given_operation(operator)
    member_id, other_id = await given_member(operator), await given_member(operator)
    new, turned, ended, same = [await given_point(operator) for _ in range(4)]
    standing = [participation(prm, member_id) for prm in (turned, ended, same)]
    before = await enrol(operator, operation_id, *standing)
    content = _file(
        [
            _line(new, member_id, "01/03/2026"),
            _line(turned, other_id),
            _line(ended, member_id, valid_to="31/07/2026"),
            _line(same, member_id),
        ]
    )

    preview = await _previewed(operator, operation_id, content)
    untouched = (await operator.get(f"/community/operations/{operation_id}")).json()
    imported = await _imported(operator, operation_id, content, preview["preview"])

    assert {**untouched, "breaches": []} == before
    (added,), (changed,), (finished,) = preview["added"], preview["changed"], preview["ended"]
    assert (added["line"], added["prm"], added["valid_from"]) == (2, new, "2026-03-01")
    assert (changed["member_id"], changed["former_member_id"]) == (other_id, member_id)
    assert (finished["valid_to"], finished["former_valid_to"]) == ("2026-07-31", None)
    assert (preview["unchanged"], preview["refused"]) == (1, [])
    rows = {row["prm"]: row for row in imported.json()["participations"]}
    assert rows[new] == participation(new, member_id, "2026-03-01")
    assert rows[turned]["member_id"] == other_id
    assert rows[ended]["valid_to"] == "2026-07-31"
    assert imported.json()["revision"] == before["revision"] + 1


async def test_a_file_for_a_perimeter_that_changed_since_is_refused(
    operator: httpx.AsyncClient,
) -> None:
    operation_id = await given_operation(operator)
    member_id = await given_member(operator)
    first, second = await given_point(operator), await given_point(operator)
    content = _file([_line(first, member_id)])
    preview = (await _previewed(operator, operation_id, content))["preview"]

    other = await _imported(operator, operation_id, content + b"\r\n\r\n", preview)
    await enrol(operator, operation_id, participation(second, member_id))
    outdated = await _imported(operator, operation_id, content, preview)
    preview = (await _previewed(operator, operation_id, content))["preview"]
    accepted = await _imported(operator, operation_id, content, preview)

    for answer in (other, outdated):
        assert answer.json()["type"] == "/problems/preview-outdated"
    assert accepted.status_code == 200


async def test_lines_that_cannot_be_are_refused_each_with_its_reason(
    operator: httpx.AsyncClient,
) -> None:
    operation_id, elsewhere = await given_operation(operator), await given_operation(operator)
    member_id = await given_member(operator)
    prm, twice, taken = [await given_point(operator) for _ in range(3)]
    await enrol(operator, operation_id, participation(prm, member_id))
    await enrol(operator, elsewhere, participation(taken, member_id))
    enrolled = await given_active(operator, operation_id=operation_id)
    began = (await enrolled.perimeter())[0]
    (led,) = [row for row in await enrolled.perimeter() if row["prm"] == enrolled.prm]
    stranger = "00000000-0000-4000-8000-000000000000"
    cases = {
        _line("9.9E+13", member_id): "14 digits",
        _line(twice, member_id): "",
        _line(twice, member_id, valid_to="2027-01-01"): "line 3 says the same",
        _line(prm, member_id, "2026-05-01"): "overlaps the one that begins on 2026-01-01",
        _line(new_prm(), member_id): "record this point first",
        _line(twice, stranger, "2020-01-01", "2021-01-01"): "no member",
        _line(taken, member_id): "takes part elsewhere",
        _line(enrolled.prm, enrolled.member_id, led["valid_from"], "2030-01-01"): "enrolment",
        _line(twice, member_id, "2026-13-01"): "valid_from: a day",
        _line(twice, member_id, "2025-01-01", "2025-01-01"): "must be after",
        f"{twice};both;{member_id};2026-01-01;": "direction",
        f"{twice};consumption;me;2026-01-01;": "member_id",
        f"{twice};consumption": "2 cells",
    }

    preview = await _previewed(operator, operation_id, _file(cases))
    imported = await _imported(operator, operation_id, _file(cases), preview["preview"])

    assert began["member_id"]
    refused = {row["line"]: row["detail"] for row in preview["refused"]}
    for number, (line, why) in enumerate(cases.items(), start=2):
        assert why in refused.get(number, ""), line
    assert [row["line"] for row in preview["added"]] == [3]
    assert imported.json()["type"] == "/problems/lines-refused"
    assert imported.json()["lines"] == sorted(refused)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "latin-1"])
@pytest.mark.parametrize("delimiter", [";", ","])
async def test_spreadsheets_of_all_sorts_are_read(
    operator: httpx.AsyncClient, encoding: str, delimiter: str
) -> None:
    operation_id = await given_operation(operator)
    member_id, prm = await given_member(operator), await given_point(operator)
    lines = [_HEADER.upper(), f'"{prm}"; Soutirage ;{member_id};2026-01-01;', "é;é;é;é;é", ";;;;"]
    content = "\n".join(lines).replace(";", delimiter).encode(encoding)

    preview = await _previewed(operator, operation_id, content)

    assert [row["prm"] for row in preview["added"]] == [prm]
    assert [row["line"] for row in preview["refused"]] == [3]


async def test_a_line_with_a_line_break_in_a_cell_is_numbered_by_its_first(
    operator: httpx.AsyncClient,
) -> None:
    operation_id = await given_operation(operator)
    member_id, prm = await given_member(operator), await given_point(operator)
    accepted = f'{prm};"consumption\r\n";{member_id};2026-01-01;'
    refused = f'{prm};"both\r\nsides";{member_id};2026-01-01;'

    preview = await _previewed(operator, operation_id, _file([accepted, "", refused, "x"]))

    assert [row["line"] for row in preview["added"]] == [2]
    assert [row["line"] for row in preview["refused"]] == [5, 7]


async def test_an_unclosed_quote_is_refused_with_the_line_where_it_opens(
    operator: httpx.AsyncClient,
) -> None:
    operation_id = await given_operation(operator)
    member_id, prm = await given_member(operator), await given_point(operator)
    content = _file([_line(prm, member_id), f'"{_line(prm, member_id)}', _line(prm, member_id)])

    answer = await operator.post(_path(operation_id, "preview"), content=content, headers=_CSV)

    assert answer.status_code == 409
    assert answer.json()["type"] == "/problems/perimeter-file-unreadable"
    assert answer.json()["detail"] == "Line 3: unexpected end of data. Are all quotes closed?"


@pytest.mark.parametrize(
    ("content", "status", "slug"),
    [
        (b"", 409, "perimeter-file-unreadable"),
        (b"\x00\x01", 409, "perimeter-file-unreadable"),
        (b"prm;direction;member_id", 409, "perimeter-file-unreadable"),
        (f"{_HEADER};valid_too\n".encode(), 409, "perimeter-file-unreadable"),
        (f'"{_HEADER}\n'.encode(), 409, "perimeter-file-unreadable"),
        (f"{_HEADER}\n{'x' * 200_000}".encode(), 409, "perimeter-file-unreadable"),
        (f"{_HEADER}\n{'x;' * 3_000_000}".encode(), 413, "body-too-large"),
        (f"{_HEADER}\n{'x' * 5}\n".encode() + b"x\n" * 10_001, 413, "perimeter-file-too-large"),
    ],
)
async def test_what_is_no_table_of_participations_is_refused(
    operator: httpx.AsyncClient, content: bytes, status: int, slug: str
) -> None:
    operation_id = await given_operation(operator)

    answer = await operator.post(_path(operation_id, "preview"), content=content, headers=_CSV)

    assert (answer.status_code, answer.json()["type"]) == (status, f"/problems/{slug}")


async def test_an_organiser_imports_their_own_perimeter_and_no_strangers(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    here, elsewhere = await given_operation(operator), await given_operation(operator)
    stranger, own_id = await given_member(operator), await given_member(operator)
    await enrol(operator, elsewhere, participation(await given_point(operator), stranger))
    await enrol(operator, here, participation(await given_point(operator), own_id))
    prms = [await given_point(operator) for _ in range(2)]
    content = _file([_line(prms[0], own_id, str(today())), _line(prms[1], stranger)])

    async with logged_in(platform, operator, "organiser", operations=[here]) as organiser:
        preview = await _previewed(organiser, here, content)
        refused = await organiser.post(_path(elsewhere, "preview"), content=content, headers=_CSV)

    assert [row["line"] for row in preview["refused"]] == [3]
    assert "staff" in preview["refused"][0]["detail"]
    assert refused.status_code == 403


async def test_ten_thousand_lines_take_not_much_more_than_ten_times_a_thousand(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    operation_id, member_id = await given_operation(operator), await given_member(operator)
    prms = [f"9977{number:010}" for number in range(10_000)]
    async with platform.database("community") as database, database.engine.begin() as connection:
        await connection.execute(
            text("INSERT INTO point (prm, label) SELECT unnest(CAST(:prms AS text[])), 'Maison'"),
            {"prms": prms},
        )

    async def took_s(lines: int) -> float:
        """Of this process, where client and service both are; others may work meanwhile."""
        content = _file(_line(prm, member_id) for prm in prms[:lines])
        began_s = time.process_time()
        preview = await _previewed(operator, operation_id, content)
        assert len(preview["added"]) == lines
        return time.process_time() - began_s

    thousand_s = min([await took_s(1_000) for _ in range(3)])
    assert min([await took_s(10_000) for _ in range(3)]) < 20 * thousand_s
