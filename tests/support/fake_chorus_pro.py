"""Chorus Pro and PISTE, faked from their Swagger documents and AIFE's page « Submit flow invoice ».

It takes deposits, tells of them what a test wants, and has the faults that a test asks for.
"""

import base64
import secrets
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from fastapi import FastAPI, Request, Response

from libs.common.ports import bound_socket, port_of
from services.cli.running import running
from tests.support.faults import Fault, faulty_answer, json_answer

CLIENT_ID = "an invented application of PISTE"
CLIENT_SECRET = "its invented secret"
LOGIN = "TECH_1_99@cpro.fr"
PASSWORD = "the invented password"


@dataclass
class FakeChorusPro:
    """deposits: bodies by their number. faults: of the next calls, one each."""

    url: str = ""
    deposits: dict[str, dict[str, Any]] = field(default_factory=dict)
    reports: dict[str, dict[str, Any]] = field(default_factory=dict)
    usual_report: dict[str, Any] = field(default_factory=dict)
    faults: deque[Fault] = field(default_factory=deque)
    token_faults: deque[Fault] = field(default_factory=deque)
    tokens: set[str] = field(default_factory=set)
    tokens_given: int = 0

    def reset(self) -> None:
        vars(self).update(vars(FakeChorusPro(self.url)))

    async def give_token(self, request: Request) -> Response:
        if self.token_faults:
            return await faulty_answer(self.token_faults.popleft(), request, b"")
        form = dict(await request.form())
        expected = {
            "grant_type": "client_credentials",
            "client_id": CLIENT_ID,
            "client_secret": CLIENT_SECRET,
            "scope": "openid",
        }
        if form != expected:
            return json_answer({"error": "invalid_client"}, 400)
        token = secrets.token_hex(8)
        self.tokens.add(token)
        self.tokens_given += 1
        return json_answer({"access_token": token, "token_type": "Bearer", "expires_in": 3600})

    async def deposit(self, request: Request) -> Response:
        return await self._answer(request, self._deposit)

    async def report(self, request: Request) -> Response:
        return await self._answer(request, self._report)

    async def _answer(self, request: Request, usual: Any) -> Response:  # noqa: ANN401 - a method
        account = base64.b64encode(f"{LOGIN}:{PASSWORD}".encode()).decode()
        headers = {f"Bearer {token}" for token in self.tokens}
        if request.headers.get("authorization") not in headers:
            return json_answer({"error": "invalid_token"}, 401)
        if request.headers.get("cpro-account") != account:
            return json_answer({"error": "unknown account"}, 403)
        fault = self.faults.popleft() if self.faults else None
        if fault and fault.status >= 400 and not fault.taken:
            return await faulty_answer(fault, request, b"")
        answer = usual(await request.json())
        return await faulty_answer(fault, request, answer.body) if fault else answer

    def _deposit(self, body: dict[str, Any]) -> Response:
        fields = {"fichierFlux", "nomFichier", "syntaxeFlux", "avecSignature"}
        if set(body) != fields or body["syntaxeFlux"] != "IN_DP_E2_CII_FACTURX":
            return json_answer({"codeRetour": 22, "libelle": "Paramètre invalide"})
        number = f"CPP{secrets.randbelow(10**22):022}"
        self.deposits[number] = body
        said = {"codeRetour": 0, "libelle": "", "numeroFluxDepot": number}
        return json_answer(said | {"dateDepot": "2026-11-05", "syntaxeFlux": body["syntaxeFlux"]})

    def _report(self, body: dict[str, Any]) -> Response:
        number = body["numeroFluxDepot"]
        if number not in self.deposits:
            return json_answer({"codeRetour": 20_000, "libelle": "Flux inconnu"})
        waiting = {"etatCourantDepotFlux": "IN_DEPOT_PORTAIL_EN_ATTENTE_TRAITEMENT_SE_CPP"}
        report = self.reports.get(number) or self.usual_report or waiting
        return json_answer({"codeRetour": 0, "libelle": ""} | report)


@asynccontextmanager
async def fake_chorus_pro() -> AsyncIterator[FakeChorusPro]:
    """The fake, served on this machine."""
    listener = bound_socket()
    fake = FakeChorusPro(f"http://127.0.0.1:{port_of(listener)}")
    app = FastAPI()
    app.add_api_route("/api/oauth/token", fake.give_token, methods=["POST"])
    app.add_api_route("/cpro/factures/v1/deposer/flux", fake.deposit, methods=["POST"])
    app.add_api_route("/cpro/transverses/v1/consulterCRDetaille", fake.report, methods=["POST"])
    async with running(app, listener):
        yield fake
