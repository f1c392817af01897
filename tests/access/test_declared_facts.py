"""Whatever an organiser declares of what is another operation's: it stays the others'.

Each place is tried in which a route for organisers names something, by the documents, with
all else the organiser's own: points, members, gatherings, documents, issuers, and the rest.
"""

from collections.abc import Mapping

from libs.common.auth.principals import Role
from tests.access.conftest import Coops
from tests.access.coops import MONTH
from tests.access.naming import Naming, namings
from tests.support.auditing import audit_lines
from tests.support.platform import Platform
from tests.support.routes import all_routes

_NOT_MADE = {
    "estimation_id",
    "mailing_id",
    "mandate_request_id",
    "payout_id",
    "re_request_id",
    "refund_id",
    "transaction_id",
    "write_off_id",
}
"""The others have none: test_neighbours.py says why."""
_NARROWS = "which of the operation's own gaps are meant: of what is no point of it there is none"
_ABOUT_NOTHING_OF_THEIRS: Mapping[str, str] = {
    "POST /allocation/simulations": "of a what-if: any digits, and nothing is read of them",
    "POST /ingest/operations/{operation_id}/estimations": _NARROWS,
    "POST /ingest/operations/{operation_id}/re-requests": _NARROWS,
    "PUT /billing/operations/{operation_id}/prices": "of what the operation itself shares: what"
    " takes no part in it is never billed by it",
}
"""Routes whose bodies may name points and members of anybody."""
_ANOTHER_OF_ITS_NAME = "a key's id is one in its operation: there it is another key"
_OWN_NOTE = "a note on an own key: a poll adopts none but its operation's"
_KEYS = "/allocation/operations/{operation_id}/keys"
_POLLS = "/community/operations/{operation_id}/polls"
_NOT_THEIRS: Mapping[str, str] = {
    f"PUT {_KEYS}/{{key_id}} key_id": _ANOTHER_OF_ITS_NAME,
    f"DELETE {_KEYS}/{{key_id}} key_id": _ANOTHER_OF_ITS_NAME,
    f"PUT {_POLLS}/{{poll_id}} body/key_id": _ANOTHER_OF_ITS_NAME,
    f"PUT {_KEYS}/{{key_id}} body/poll_id": _OWN_NOTE,
}
"""Places where what has the others' id is the organiser's own."""
_LEAST = 100


async def test_what_is_anothers_is_refused_wherever_an_organiser_names_it(
    platform: Platform, coops: Coops
) -> None:
    """H1 of the security review, and all else that is declared: nothing changes by it."""
    ours, theirs = coops.ours, coops.theirs
    let_in, changed = {}, {}
    async with (
        ours.client(platform, Role.ORGANISER) as organiser,
        ours.client(platform, Role.OPERATOR) as operator,
    ):
        for naming in _namings():
            answer = await naming.ask(organiser, ours, theirs.known[naming.called])
            if answer.status_code not in {403, 404, 409}:
                let_in[naming.name] = answer.text
            service = naming.route.path.split("/")[1]
            request_id = answer.headers["x-request-id"]
            if lines := await audit_lines(operator, service, request_id=request_id):
                changed[naming.name] = lines
        period = {"from_day": str(MONTH.days[0]), "to_day": str(MONTH.days[1])}
        curve = await organiser.get(f"/ingest/points/{theirs.home}/load-curve", params=period)

    assert let_in == {}
    assert changed == {}
    assert curve.status_code == 403


def _namings() -> list[Naming]:
    organisers_namings = [
        naming
        for route in all_routes()
        if route.method != "GET" and Role.ORGANISER in (route.roles or ())
        for naming in namings(route)
        if naming.called not in _NOT_MADE
        and not naming.route.path.startswith("/community/me/")
        and not (naming.is_in_body and _is_about_nothing_of_theirs(naming))
        and naming.name not in _NOT_THEIRS
    ]
    assert len(organisers_namings) >= _LEAST
    return organisers_namings


def _is_about_nothing_of_theirs(naming: Naming) -> bool:
    return naming.route.name in _ABOUT_NOTHING_OF_THEIRS and naming.called != "operation_id"
