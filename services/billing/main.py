"""The billing service, and the application that runs it alone."""

from collections.abc import Mapping
from pathlib import Path

from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.app import Service, create_app
from libs.common.database import Database
from libs.common.file_store import file_store
from libs.common.health.probes import Probe
from libs.common.settings import Settings
from services.billing.api import SUBJECTS
from services.billing.commands.today import list_waiting
from services.billing.handlers import HANDLERS
from services.billing.store.payments import locked_accounts
from services.billing.workers import workers


async def _on_start(database: Database, settings: Settings) -> None:
    keys = settings.account_keys
    if keys is not None:
        async with database.transaction() as session:
            await locked_accounts.keep_under_newest_key(session, keys)


async def _warn(session: AsyncSession, settings: Settings) -> Mapping[str, str | None]:
    """Warn about bank accounts that cannot be read, or that are readable in any backup."""
    keys = settings.account_keys
    unreadable = await locked_accounts.count_unreadable(session, keys.names if keys else ())
    if unreadable:
        warning = f"{unreadable} are kept under a key that SECRET_KEYS lacks: give it back."
    elif not keys and (clear := await locked_accounts.count_in_the_clear(session)):
        warning = f"{clear} are in the clear: set SECRET_KEYS."
    else:
        warning = None
    return {"bank accounts": warning}


def _components(settings: Settings) -> Mapping[str, Probe]:
    return {"files": file_store(settings).ask}


service = Service(
    name="billing",
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
