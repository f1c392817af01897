"""Chorus Pro, through its API on PISTE: deposit a Factur-X file and query its status.

The addresses and fields are those of the Swagger documents of « Factures » and « Transverses »
v1.0.0 (deposerFluxFacture, consulterCRDetaille) and of AIFE's page « Submit flow invoice »; the
states are those seen by public clients. See docs/use/e-invoicing.md.
"""

import asyncio
import base64
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from http import HTTPStatus

import httpx
from pydantic import BaseModel, ConfigDict, Field, SecretStr, TypeAdapter, ValidationError

from libs.common.outgoing import open_client
from libs.common.settings import Settings
from services.billing.domain.e_invoicing.submissions import (
    PlatformAnswer,
    SubmissionEnvelope,
    SubmissionState,
)

_DEPOSIT = "/cpro/factures/v1/deposer/flux"
_REPORT = "/cpro/transverses/v1/consulterCRDetaille"
_FACTUR_X = "IN_DP_E2_CII_FACTURX"
_STATES: Mapping[str, SubmissionState] = {
    "IN_INTEGRE": SubmissionState.DELIVERED,
    "IN_REJETE": SubmissionState.REJECTED,
    "IN_INCIDENTE": SubmissionState.REJECTED,  # to be sent again as a whole
    "IN_INTEGRE_PARTIEL": SubmissionState.REJECTED,  # our files have one document
}
_NOT_TAKEN = {
    HTTPStatus.UNAUTHORIZED,
    HTTPStatus.FORBIDDEN,
    HTTPStatus.TOO_MANY_REQUESTS,
    HTTPStatus.SERVICE_UNAVAILABLE,
}
_NEVER_ARRIVED = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout)
_PATIENCE_S = 90.0
_RENEWED_BEFORE_S = 60.0
_LONGEST_REASON = 500


class _Token(BaseModel):
    access_token: SecretStr = Field(min_length=1)
    expires_in: float = Field(3600, ge=0, le=10**8, description="seconds")


class _Reply(BaseModel):
    model_config = ConfigDict(strict=True)

    code: int = Field(alias="codeRetour")
    label: str | None = Field(None, alias="libelle")


class _Deposited(_Reply):
    receipt: str | None = Field(None, alias="numeroFluxDepot", min_length=1)


class _Error(BaseModel):
    document_text: str | None = Field(None, alias="libelleErreurDP")
    file_text: str | None = Field(None, alias="libelleErreur")


class _Reported(_Reply):
    state: str | None = Field(None, alias="etatCourantDepotFlux")
    document_errors: list[_Error] | None = Field(None, alias="listeErreurDP")
    file_errors: list[_Error] | None = Field(None, alias="listeErreurTechnique")

    @property
    def reason(self) -> str | None:
        errors = [*(self.file_errors or ()), *(self.document_errors or ())]
        texts = [text for error in errors if (text := error.file_text or error.document_text)]
        return "; ".join(texts)[:_LONGEST_REASON] or None


@dataclass
class ChorusPro:
    """One technical account under one application of PISTE; its token is kept in memory.

    As far as we know, sending a document twice is not harmless there: a submission that may have
    arrived is never repeated automatically.
    """

    api_url: str
    token_url: str
    client_id: SecretStr
    client_secret: SecretStr
    login: SecretStr
    password: SecretStr
    silence_s: float = 30.0
    name: str = "chorus_pro"
    may_repeat: bool = False
    _token: SecretStr | None = field(default=None, repr=False)
    _ends_at_s: float = 0.0

    async def submit(self, envelope: SubmissionEnvelope, content: bytes) -> PlatformAnswer:
        body = {
            "fichierFlux": base64.b64encode(content).decode(),
            "nomFichier": envelope.file_name,
            "syntaxeFlux": _FACTUR_X,
            "avecSignature": False,
        }
        response = await self._post(_DEPOSIT, body)
        if isinstance(response, PlatformAnswer):
            return response
        try:
            reply = _Deposited.model_validate_json(response.content)
        except ValidationError:
            return _unsure("the answer was cut off or is not the documented one")
        if reply.code != 0:
            return PlatformAnswer(
                SubmissionState.REJECTED, platform_code=str(reply.code), reason=_short(reply.label)
            )
        if reply.receipt is None:
            return _unsure("the answer has no number of the deposit")
        return PlatformAnswer(SubmissionState.DEPOSITED, receipt=reply.receipt)

    async def status(self, receipt: str) -> PlatformAnswer:
        response = await self._post(_REPORT, {"numeroFluxDepot": receipt})
        if isinstance(response, PlatformAnswer):
            return PlatformAnswer(SubmissionState.DEPOSITED, retry_after=response.retry_after)
        try:
            reply = _Reported.model_validate_json(response.content)
        except ValidationError:
            return PlatformAnswer(SubmissionState.DEPOSITED)
        if reply.code != 0 or reply.state is None:  # not known to Chorus Pro yet
            return PlatformAnswer(SubmissionState.DEPOSITED)
        state = _STATES.get(reply.state, SubmissionState.DEPOSITED)
        return PlatformAnswer(state, platform_code=reply.state, reason=reply.reason)

    async def _post(self, path: str, body: Mapping[str, object]) -> httpx.Response | PlatformAnswer:
        """The successful response of Chorus Pro, or else the answer that stands for the failure."""
        try:
            async with asyncio.timeout(_PATIENCE_S), self._open() as client:
                refusal = await self._renew(client)
                if refusal is not None:
                    return refusal
                response = await client.post(
                    self.api_url.rstrip("/") + path, json=body, headers=self._headers()
                )
        except _NEVER_ARRIVED as error:
            return _not_taken(type(error).__name__)
        except (httpx.HTTPError, TimeoutError) as error:
            return _unsure(type(error).__name__)
        if response.is_success:
            return response
        if response.status_code == HTTPStatus.UNAUTHORIZED:
            self._token = None  # it may have been withdrawn: the next attempt takes a new one
        return _failure(response)

    def _open(self) -> httpx.AsyncClient:
        return open_client(silence_s=self.silence_s, headers={"Accept": "application/json"})

    def _headers(self) -> dict[str, str]:
        assert self._token is not None
        account = f"{self.login.get_secret_value()}:{self.password.get_secret_value()}"
        return {
            "Authorization": f"Bearer {self._token.get_secret_value()}",
            "cpro-account": base64.b64encode(account.encode()).decode(),
        }

    async def _renew(self, client: httpx.AsyncClient) -> PlatformAnswer | None:
        """Get a token; None on success. A failure can be retried, as nothing was sent yet."""
        now_s = time.monotonic()
        if self._token is not None and now_s < self._ends_at_s:
            return None
        form = {
            "grant_type": "client_credentials",
            "client_id": self.client_id.get_secret_value(),
            "client_secret": self.client_secret.get_secret_value(),
            "scope": "openid",
        }
        try:
            response = await client.post(self.token_url, data=form)
        except httpx.HTTPError as error:
            return _not_taken(f"PISTE: {type(error).__name__}")
        if not response.is_success:
            return _not_taken(f"PISTE gives no token ({response.status_code})", response)
        try:
            token = TypeAdapter(_Token).validate_json(response.content)
        except ValidationError:
            return _not_taken("PISTE: no token in the answer")
        self._token = token.access_token
        self._ends_at_s = now_s + token.expires_in - _RENEWED_BEFORE_S
        return None


def open_chorus_pro(settings: Settings) -> ChorusPro | None:
    """The platform, None without credentials."""
    if not settings.chorus_pro_client_id.get_secret_value():
        return None
    return ChorusPro(
        api_url=settings.chorus_pro_url,
        token_url=settings.chorus_pro_token_url,
        client_id=settings.chorus_pro_client_id,
        client_secret=settings.chorus_pro_client_secret,
        login=settings.chorus_pro_login,
        password=settings.chorus_pro_password,
    )


def _failure(response: httpx.Response) -> PlatformAnswer:
    status = response.status_code
    if status in _NOT_TAKEN:
        return _not_taken(f"Chorus Pro accepts nothing at present ({status})", response)
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return _unsure(f"its servers have a problem ({status})")
    return PlatformAnswer(
        SubmissionState.REJECTED, platform_code=str(status), reason="Chorus Pro refuses the file."
    )


def _not_taken(reason: str, response: httpx.Response | None = None) -> PlatformAnswer:
    text = response.headers.get("Retry-After", "") if response is not None else ""
    retry_after = timedelta(seconds=min(int(text), 86_400)) if text.isdecimal() else None
    return PlatformAnswer(SubmissionState.QUEUED, reason=f"{reason}.", retry_after=retry_after)


def _unsure(reason: str) -> PlatformAnswer:
    return PlatformAnswer(
        SubmissionState.UNSURE,
        reason=f"Chorus Pro may have it: {reason}. Check there before you submit it again.",
    )


def _short(text: str | None) -> str | None:
    return text[:_LONGEST_REASON] if text else None
