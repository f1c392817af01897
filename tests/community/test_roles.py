"""Who may call which route, and who sees whose records."""

import logging
import re
from collections.abc import Mapping
from uuid import uuid4

import httpx
import pytest

from tests.community.assembly import poll_body
from tests.community.coop import (
    beside,
    consent_body,
    enrol,
    given_member,
    given_operation,
    given_organiser,
    given_point,
    logged_in,
    member_body,
    new_prm,
    operation_body,
    participation,
    put,
    today,
)
from tests.support.platform import Platform

_PUBLIC = {
    ("post", "/community/token"),
    ("post", "/community/browser-session"),
    ("post", "/community/browser-session/renewal"),
    ("delete", "/community/browser-session"),
    ("get", "/community/oidc/log-in"),
    ("get", "/community/oidc/callback"),
    ("get", "/community/jwks.json"),
    ("get", "/community/revoked-sessions"),
    ("get", "/community/log-in-options"),
    ("post", "/community/log-in-links"),
    ("post", "/community/log-in-links/use"),
    ("post", "/community/invitations/preview"),
    ("post", "/community/invitations/acceptance"),
    ("post", "/community/email-changes/confirmation"),
    ("post", "/community/requests"),
    ("post", "/community/sign-ups"),
    ("post", "/community/sign-ups/confirmation"),
    ("get", "/community/public/operations"),
    ("get", "/community/public/operations/{operation_id}"),
    ("post", "/community/public/operations/{operation_id}/eligibility"),
    ("post", "/community/public/places"),
    ("get", "/community/requests/{request_id}/state"),
    ("get", "/community/calendars/{secret}.ics"),
}
_STAFF = {"operator"}
_RUNNERS = {"operator", "organiser"}
_PEOPLE = {"operator", "organiser", "member"}
_REASON = {"reason": "A mistake in it."}
_ACCOUNT = {"roles": ["feed"]}
_CONSENT = consent_body("")  # once: what was recorded before midnight is said again after it
_MATRIX = [
    ("GET", "/me", None, _PEOPLE | {"feed"}),
    ("GET", "/me/sessions", None, _PEOPLE | {"feed"}),
    ("PUT", "/accounts/matrix@example.org", _ACCOUNT, _STAFF),
    ("GET", "/accounts/matrix@example.org/sessions", None, _STAFF),
    ("DELETE", "/accounts/matrix@example.org/sessions", None, _STAFF),
    ("GET", "/accounts", None, _STAFF),
    ("GET", "/audit", None, _STAFF),
    ("GET", "/log-in-pauses", None, _STAFF),
    ("PUT", "/organisers/{organiser}", {"name": "Les Volts", "address": "1 place"}, _STAFF),
    ("GET", "/organisers/{organiser}", None, _PEOPLE),
    ("GET", "/organisers", None, _RUNNERS),
    ("PUT", "/members/{member}", member_body(), _RUNNERS),
    ("GET", "/members/{member}", None, _PEOPLE),
    ("GET", "/members/{stranger}", None, _STAFF),
    ("PUT", "/members/{stranger}", member_body(), _STAFF),
    ("GET", "/members?operation_id={operation}", None, _RUNNERS),
    ("GET", "/members?operation_id={elsewhere}", None, _STAFF),
    ("GET", "/members", None, _STAFF),
    ("GET", "/messages", None, _PEOPLE),
    ("GET", "/members/{member}/consents", None, _PEOPLE),
    ("GET", "/members/{stranger}/consents", None, _STAFF),
    ("PUT", "/members/{member}/consents/{consent}", _CONSENT | {"prm": "{prm}"}, _PEOPLE),
    (
        "PUT",
        "/members/{stranger}/consents/{their_consent}",
        _CONSENT | {"prm": "{their_prm}"},
        _STAFF,
    ),
    ("POST", "/members/{member}/consents/{consent}/withdrawal", None, _PEOPLE),
    ("POST", "/members/{stranger}/consents/{their_consent}/withdrawal", None, _STAFF),
    ("PUT", "/points/{prm}", {"label": "Toit"}, _RUNNERS),
    ("GET", "/points/{prm}", None, _PEOPLE),
    ("GET", "/points/{their_prm}", None, _STAFF),
    ("PUT", "/points/{their_prm}", {"label": "Toit"}, _STAFF),
    ("PUT", "/operations/{operation}", operation_body("{organiser}"), _STAFF),
    ("PUT", "/operations/{operation}/presentation", {}, _RUNNERS),
    ("PUT", "/operations/{elsewhere}/presentation", {}, _STAFF),
    ("GET", "/operations/{operation}/presentation", None, _RUNNERS),
    ("GET", "/operations/{elsewhere}/presentation", None, _STAFF),
    ("GET", "/operations", None, _PEOPLE),
    ("GET", "/operations/{operation}", None, _PEOPLE),
    ("GET", "/operations/{elsewhere}", None, _STAFF),
    ("GET", "/operations/ACC99999999", None, _STAFF),
    (
        "PUT",
        "/operations/{operation}/participations",
        [participation("{prm}", "{member}")],
        _RUNNERS,
    ),
    (
        "PUT",
        "/operations/{elsewhere}/participations",
        [participation("{their_prm}", "{stranger}")],
        _STAFF,
    ),
    (
        "PUT",
        "/operations/{operation}/participations/{prm}/2026-01-01",
        {"direction": "consumption", "member_id": "{member}"},
        _RUNNERS,
    ),
    ("GET", "/operations/{operation}/polls", None, _PEOPLE),
    ("GET", "/operations/{elsewhere}/polls", None, _STAFF),
    ("PUT", "/operations/{operation}/polls/{draft}", poll_body(), _RUNNERS),
    ("PUT", "/operations/{elsewhere}/polls/{their_draft}", poll_body(), _STAFF),
    ("POST", "/operations/{operation}/polls/{draft}/opening", None, _RUNNERS),
    ("POST", "/operations/{elsewhere}/polls/{their_draft}/opening", None, _STAFF),
    ("GET", "/operations/{operation}/polls/{poll}", None, _PEOPLE),
    ("GET", "/operations/{operation}/polls/{poll}/roll", None, _PEOPLE),
    ("PUT", "/operations/{operation}/polls/{poll}/ballots/{member}", {}, {"member"}),
    ("GET", "/operations/{operation}/polls/{poll}/ballots", None, _PEOPLE),
    ("POST", "/operations/{operation}/polls/{poll}/cancellation", _REASON, _RUNNERS),
    ("POST", "/operations/{elsewhere}/polls/{their_draft}/cancellation", _REASON, _STAFF),
    (
        "DELETE",
        "/operations/{elsewhere}/participations/{their_prm}/2026-01-01",
        None,
        _STAFF,
    ),
    (
        "DELETE",
        "/operations/{operation}/participations/{prm}/2026-01-01",
        None,
        _RUNNERS,
    ),
]


async def _given_two_operations(operator: httpx.AsyncClient) -> dict[str, str]:
    """One with our member and point, one elsewhere with a stranger and theirs."""
    names = {
        "organiser": await given_organiser(operator),
        "operation": await given_operation(operator),
        "elsewhere": await given_operation(operator),
        "member": await given_member(operator),
        "stranger": await given_member(operator),
        "prm": await given_point(operator),
        "their_prm": await given_point(operator),
    }
    await enrol(operator, names["operation"], participation(names["prm"], names["member"]))
    await enrol(operator, names["elsewhere"], participation(names["their_prm"], names["stranger"]))
    for member, prm, consent in (
        ("member", "prm", "consent"),
        ("stranger", "their_prm", "their_consent"),
    ):
        names[consent] = str(uuid4())
        path = f"/community/members/{names[member]}/consents/{names[consent]}"
        answer = await operator.put(path, json=_CONSENT | {"prm": names[prm]})
        assert answer.status_code == 201, answer.text
    names |= {"poll": str(uuid4()), "draft": str(uuid4()), "their_draft": str(uuid4())}
    path = f"/operations/{names['operation']}/polls/{names['poll']}"
    await put(operator, path, poll_body())
    opened = await operator.post(f"/community{path}/opening")
    assert opened.status_code == 200, opened.text
    return names


@pytest.mark.parametrize("role", ["operator", "organiser", "member", "feed"])
async def test_a_role_may_do_what_the_table_says_and_nothing_else(
    platform: Platform, operator: httpx.AsyncClient, role: str
) -> None:
    names = await _given_two_operations(operator)
    theirs, member_id = [names["operation"]], names["member"]

    async with logged_in(
        platform, operator, role, operations=theirs, member_id=member_id
    ) as client:
        for method, path, body, allowed in _MATRIX:
            url = f"/community{path.format(**names)}"
            answer = await client.request(method, url, json=_filled(body, names))
            expected = 200 if role in allowed else 403
            if "ACC99999999" in path and role in allowed:
                expected = 404
            assert answer.status_code == expected, f"{role}: {method} {path}: {answer.text}"


def _filled(value: object, names: Mapping[str, str]) -> object:
    if isinstance(value, dict):
        return {key: _filled(inner, names) for key, inner in value.items()}
    if isinstance(value, list):
        return [_filled(inner, names) for inner in value]
    return value.format(**names) if isinstance(value, str) else value


async def test_every_route_but_the_public_ones_needs_a_token(anonymous: httpx.AsyncClient) -> None:
    paths = (await anonymous.get("/community/openapi.json")).json()["paths"]
    routes = {(method, path) for path, methods in paths.items() for method in methods}
    assert routes >= _PUBLIC

    for method, path in routes - _PUBLIC:
        answer = await anonymous.request(method, re.sub(r"{\w+}", str(uuid4()), path))
        assert answer.status_code == 401, f"{method} {path}"
        assert answer.headers["www-authenticate"] == "Bearer"
        assert answer.json()["type"] == "/problems/token-refused"

    for path in ("/health", "/metrics", "/community/docs", "/community/jwks.json"):
        assert (await anonymous.get(path)).status_code == 200


async def test_a_member_sees_only_their_own_participations(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    names = await _given_two_operations(operator)
    neighbour, their_prm = await given_member(operator), await given_point(operator)
    await enrol(operator, names["operation"], participation(their_prm, neighbour))

    async with logged_in(platform, operator, "member", member_id=names["member"]) as member:
        shown = (await member.get(f"/community/operations/{names['operation']}")).json()
        listed = (await member.get("/community/operations")).json()

    assert [participation["prm"] for participation in shown["participations"]] == [names["prm"]]
    assert [operation["id"] for operation in listed] == [names["operation"]]


async def test_an_organiser_sees_their_operations(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    names = await _given_two_operations(operator)
    theirs = [names["operation"]]

    async with logged_in(platform, operator, "organiser", operations=theirs) as organiser:
        listed = (await organiser.get("/community/operations")).json()
        members = (await organiser.get(f"/community/members?operation_id={theirs[0]}")).json()

    assert [operation["id"] for operation in listed] == theirs
    assert [member["id"] for member in members] == [names["member"]]


async def test_an_organiser_records_and_enrols_new_members_but_no_strangers(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    names = await _given_two_operations(operator)
    theirs, newcomer, prm = [names["operation"]], str(uuid4()), new_prm()

    async with logged_in(platform, operator, "organiser", operations=theirs) as organiser:
        await put(organiser, f"/members/{newcomer}", member_body())
        await put(organiser, f"/points/{prm}", {"label": "Toit"})
        await enrol(organiser, theirs[0], participation(prm, newcomer, str(today())))
        enrolling = await organiser.put(
            f"/community/operations/{theirs[0]}/participations",
            json=[participation(prm, names["stranger"], "2025-01-01", "2026-01-01")],
        )

    assert enrolling.status_code == 403


async def test_an_organiser_enrols_a_shared_member_but_staff_changes_them(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    names = await _given_two_operations(operator)
    theirs, member, prm = [names["operation"]], names["member"], await given_point(operator)

    async with logged_in(platform, operator, "organiser", operations=theirs) as organiser:
        await put(organiser, f"/members/{member}", member_body(name="Lucie Ramille"))
        await enrol(operator, names["elsewhere"], participation(prm, member))
        other = await given_point(operator)
        await enrol(organiser, theirs[0], participation(other, member, str(today())))
        answer = await organiser.put(f"/community/members/{member}", json=member_body())
    both = [*theirs, names["elsewhere"]]
    async with logged_in(platform, operator, "organiser", operations=both) as of_both:
        await put(of_both, f"/members/{member}", member_body(name="Lucie Brin"))

    assert (answer.status_code, answer.json()["type"]) == (403, "/problems/forbidden")
    shown = (await operator.get(f"/community/members/{member}")).json()
    assert shown["name"] == "Lucie Brin"


async def test_a_member_who_asks_for_another_is_refused_and_logged(
    platform: Platform, operator: httpx.AsyncClient, caplog: pytest.LogCaptureFixture
) -> None:
    names = await _given_two_operations(operator)

    async with (
        beside(platform) as here,
        logged_in(here, operator, "member", member_id=names["member"]) as member,
    ):
        logging.getLogger().addHandler(caplog.handler)
        answer = await member.get(f"/community/members/{names['stranger']}")

    assert answer.status_code == 403
    assert answer.json()["type"] == "/problems/forbidden"
    refusals = [str(record.msg) for record in caplog.records if "access refused" in str(record.msg)]
    assert len(refusals) == 1
    assert names["stranger"] not in refusals[0]


async def test_an_organiser_who_changes_another_s_member_is_logged_with_their_roles(
    platform: Platform, operator: httpx.AsyncClient, caplog: pytest.LogCaptureFixture
) -> None:
    names = await _given_two_operations(operator)
    theirs = [names["operation"]]

    async with (
        beside(platform) as here,
        logged_in(here, operator, "organiser", operations=theirs) as organiser,
    ):
        logging.getLogger().addHandler(caplog.handler)
        path = f"/community/members/{names['stranger']}"
        answer = await organiser.put(path, json=member_body())

    assert answer.status_code == 403
    (line,) = [record.msg for record in caplog.records if "access refused" in str(record.msg)]
    assert isinstance(line, dict)
    assert line["subject"]
    assert line["roles"] == ["organiser"]
