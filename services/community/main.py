"""The community service: ``uvicorn services.community.main:app``."""

from pathlib import Path

from libs.common.app import Service, create_app
from libs.common.database import Database
from libs.common.settings import Settings
from services.community import commands
from services.community.api import router


async def _on_start(database: Database, settings: Settings) -> None:
    async with database.transaction() as session:
        await commands.ensure_signing_key(session)
        if settings.operator_password is not None:
            await commands.ensure_operator(
                session,
                email=settings.operator_email,
                password=settings.operator_password.get_secret_value(),
            )


service = Service(
    name="community",
    router=router,
    migrations=Path(__file__).parent / "migrations",
    on_start=_on_start,
)
app = create_app(service)
