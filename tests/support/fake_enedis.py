"""Enedis' gateway, faked from the OpenAPI of Data Connect v5 and from docs/use/acc-api.md.

It holds a curve for every point and day that is over, answers as documented, and has the faults
that a test asks for.
"""

import base64
import re
import secrets
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from fastapi import FastAPI, Request, Response

from libs.common.ports import bound_socket, port_of
from services.cli.running import running
from tests.support.faults import Fault, faulty_answer, json_answer

CLIENT_ID = "an invented application"
CLIENT_SECRET = "the secret of an invented application"

_PARIS = ZoneInfo("Europe/Paris")
_CURVES = {
    "metering_data_clc/v5/consumption_load_curve": 300,
    "metering_data_plc/v5/production_load_curve": 700,
}
_RESULTS = re.compile(r"collective_self_consumption/v4/agreements/(ACC\d{8})/(\w+)(?:/(.+))?")
_HALF_HOUR = timedelta(minutes=30)


@dataclass(frozen=True)
class Call:
    path: str
    query: Mapping[str, str]
    at: datetime | None


@dataclass
class FakeEnedis:
    """calls: of the APIs, in order, tokens apart. faults: of the next calls, one each."""

    url: str = ""
    calls: list[Call] = field(default_factory=list)
    faults: deque[Fault] = field(default_factory=deque)
    token_faults: deque[Fault] = field(default_factory=deque)
    tokens: set[str] = field(default_factory=set)
    tokens_given: int = 0
    clock: Callable[[], datetime | None] = lambda: None
    without_consent: set[str] = field(default_factory=set)
    without_data: set[str] = field(default_factory=set)
    perimeter: list[dict[str, object]] = field(default_factory=list)
    meanwhile: Callable[[], Awaitable[None]] | None = None  # before the next call is answered
    power_w: int | None = None  # of every curve, instead of one by direction

    def reset(self) -> None:
        vars(self).update(vars(FakeEnedis(self.url)))

    async def give_token(self, request: Request) -> Response:
        if self.token_faults:
            return await faulty_answer(self.token_faults.popleft(), request, b"")
        credentials = base64.b64encode(f"{CLIENT_ID}:{CLIENT_SECRET}".encode()).decode()
        asked = (await request.body()).decode()
        if request.headers.get("authorization") != f"Basic {credentials}":
            return json_answer({"error": "invalid_client"}, 401)
        if asked != "grant_type=client_credentials":
            return json_answer({"error": "unsupported_grant_type"}, 400)
        token = secrets.token_hex(8)
        self.tokens.add(token)
        self.tokens_given += 1
        return json_answer({"access_token": token, "token_type": "Bearer", "expires_in": 12600})

    async def answer(self, path: str, request: Request) -> Response:
        query = dict(request.query_params)
        self.calls.append(Call(path, query, self.clock()))
        if request.headers.get("authorization") not in {f"Bearer {token}" for token in self.tokens}:
            return json_answer({"error": "invalid_token"}, 401)
        fault = self.faults.popleft() if self.faults else None
        if self.meanwhile is not None:
            meanwhile, self.meanwhile = self.meanwhile, None
            await meanwhile()
        if path in _CURVES:
            answer = self._curve(query, self.power_w or _CURVES[path])
        elif match := _RESULTS.fullmatch(path):
            answer = self._results(match[2], match[3], query)
        else:
            answer = json_answer({"error": "no such address"}, 404)
        return await faulty_answer(fault, request, answer.body) if fault else answer

    def _curve(self, query: dict[str, str], power_w: int) -> Response:
        prm = query.get("usage_point_id", "")
        problem = _malformed(prm, query)
        if problem:
            return json_answer({"error": "ADAM-ERR0123", "error_description": problem}, 400)
        if prm in self.without_consent:
            said = "No consent can be found for this customer and this usage point."
            return json_answer({"error": "ADAM_DC_0008", "error_description": said}, 403)
        if prm in self.without_data:
            said = f"no measure found for this usage point {prm}"
            return json_answer({"error": "no_data_found", "error_description": said}, 404)
        first, end = (_midnight(query[name]) for name in ("start", "end"))
        points = [
            {
                "value": f"{power_w}",
                "date": f"{stamp:%Y-%m-%d %H:%M:%S}",
                "interval_length": "PT30M",
                "measure_type": "B",
            }
            for stamp in _ends(first, end)
        ]
        reading = {
            "usage_point_id": prm,
            "start": query["start"],
            "end": query["end"],
            "quality": "BRUT",
            "reading_type": {"measurement_kind": "power", "unit": "W", "aggregate": "average"},
            "interval_reading": points,
        }
        return json_answer({"meter_reading": reading})

    def _results(self, resource: str, point: str | None, query: dict[str, str]) -> Response:
        if resource == "perimeter":
            return json_answer({"participants": self.perimeter})
        side, _, prm = (point or "").partition("/")
        if side not in {"cons", "prod"} or not re.fullmatch(r"\d{14}", prm):
            return json_answer({"error": "invalid_request"}, 400)
        start, end = (_instant(query[name]) for name in ("start", "end"))
        kinds = query["type"].split(",")
        if resource.endswith("load_curves"):
            return json_answer(_result_curves(side, prm, kinds, start, end))
        totals = [
            {"type": kind, "calendar_type": "DISTRIB", "quantities": [{"name": "P", "value": 7}]}
            for kind in kinds
        ]
        days = {"startDate": f"{start:%Y-%m-%d}", "endDate": f"{end:%Y-%m-%d}"}
        return json_answer({f"{side}_id": prm, **days, "unit": "kWh", "quantities": totals})


def _result_curves(
    side: str, prm: str, kinds: list[str], start: datetime, end: datetime
) -> dict[str, object]:
    points = [
        {"date": (stamp - _HALF_HOUR).astimezone(_PARIS).isoformat(), "value": 60}
        for stamp in _ends(start, end)
    ]
    curves = [{"type": kind, "points": points} for kind in kinds]
    return {f"{side}_id": prm, "unit": "W", "step": "PT30M", "quantities": curves}


def _malformed(prm: str, query: Mapping[str, str]) -> str:
    """What the OpenAPI says of its parameters."""
    if not re.fullmatch(r"\d{14}", prm):
        return "usage_point_id parameter must be 14 digits long"
    try:
        start, end = (date.fromisoformat(query.get(name, "")) for name in ("start", "end"))
    except ValueError:
        return "Start date parameter must be in the format YYYY-MM-DD"
    if start >= end:
        return "Start date should be before end date"
    if end - start > timedelta(days=7):
        return "The requested period must be less than 7 days for an access to the load curve"
    return ""


def _midnight(day: str) -> datetime:
    return datetime.fromisoformat(day).replace(tzinfo=_PARIS)


def _instant(stamp: str) -> datetime:
    return datetime.strptime(stamp, "%Y%m%dT%H%M%S%z").astimezone(_PARIS)


def _ends(start: datetime, end: datetime) -> list[datetime]:
    """The ends, local, of the half-hours of a period."""
    first = start.timestamp()
    count = round((end.timestamp() - first) / 1800)
    return [datetime.fromtimestamp(first + 1800 * step, _PARIS) for step in range(1, count + 1)]


@asynccontextmanager
async def fake_enedis() -> AsyncIterator[FakeEnedis]:
    """The fake, served on this machine."""
    listener = bound_socket()
    fake = FakeEnedis(f"http://127.0.0.1:{port_of(listener)}")
    app = FastAPI()
    app.add_api_route("/oauth2/v3/token", fake.give_token, methods=["POST"])
    app.add_api_route("/{path:path}", fake.answer)
    async with running(app, listener):
        yield fake
