"""The community service: ``uvicorn services.community.main:app``."""

from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlsplit

import structlog
from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.app import Service, create_app
from libs.common.database import Database
from libs.common.file_store import file_store
from libs.common.health.probes import Probe
from libs.common.http.plain_start import DoesNotStart
from libs.common.settings import Settings
from services.community import commands
from services.community.api import SUBJECTS
from services.community.commands.accounts import one_time_codes, signing_keys
from services.community.commands.accounts.one_time_codes import list_code_warnings
from services.community.commands.gatherings.notices import list_notice_warnings
from services.community.commands.messages.sending import list_mail_warnings
from services.community.commands.polls.sealing import list_poll_warnings
from services.community.commands.today import list_waiting
from services.community.handlers import HANDLERS
from services.community.mail.outlets import outlet_of
from services.community.schemas import PASSWORD_MIN_LENGTH
from services.community.workers import workers

_log = structlog.get_logger(__name__)
_THIS_MACHINE = {"localhost", "127.0.0.1", "::1"}


class OperatorPasswordTooShort(DoesNotStart):
    def __init__(self) -> None:
        super().__init__(
            f"OPERATOR_PASSWORD is too short: choose one of {PASSWORD_MIN_LENGTH} characters or"
            " more. The community service does not start before."
        )


class KeysMissing(DoesNotStart):
    def __init__(self) -> None:
        super().__init__(
            "AUTH_CLIENT_ID needs SECRET_KEYS, under which the issuer's tokens are kept: make a key"
            " with `openssl rand -base64 32 | tr +/ -_`. The community service does not start"
            " before."
        )


async def _on_start(database: Database, settings: Settings) -> None:
    password = settings.operator_password
    if password is not None and len(password.get_secret_value()) < PASSWORD_MIN_LENGTH:
        raise OperatorPasswordTooShort
    keys = settings.account_keys
    if settings.auth_client_id and keys is None:
        raise KeysMissing
    _warn_of_legal_notice(settings)
    async with database.transaction() as session:
        await signing_keys.ensure_signing_key(session, keys)
        if password is not None:
            await commands.ensure_operator(
                session,
                email=settings.operator_email,
                password=password.get_secret_value(),
            )
        if keys is not None:
            await one_time_codes.keep_under_newest_key(session, keys)
            await signing_keys.keep_under_newest_key(session, keys)


def _warn_of_legal_notice(settings: Settings) -> None:
    """The law requires it of every publisher: a page that others can reach is published."""
    required_names = ("legal_publisher", "legal_host", "contact_email")
    missing = [name.upper() for name in required_names if not getattr(settings, name)]
    if missing and urlsplit(settings.public_url).hostname not in _THIS_MACHINE:
        _log.warning("legal notice incomplete", missing=missing)


async def _warn(session: AsyncSession, settings: Settings) -> Mapping[str, str | None]:
    return {
        **await list_mail_warnings(session, settings),
        **await list_poll_warnings(session, settings),
        **await list_code_warnings(session, settings),
        **await list_notice_warnings(session, settings),
    }


def _components(settings: Settings) -> Mapping[str, Probe]:
    return {"files": file_store(settings).ask, "mail": outlet_of(settings).ask}


service = Service(
    name="community",
    subjects=SUBJECTS,
    migrations=Path(__file__).parent / "migrations",
    handlers=HANDLERS,
    workers=workers,
    list_waiting=list_waiting,
    components=_components,
    warn=_warn,
    on_start=_on_start,
)
app = create_app(service)
