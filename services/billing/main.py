"""The billing service, and the application that runs it alone."""

from pathlib import Path

from libs.common.app import Service, create_app
from services.billing.api import router
from services.billing.handlers import HANDLERS
from services.billing.workers import workers

service = Service(
    name="billing",
    router=router,
    migrations=Path(__file__).parent / "migrations",
    handlers=HANDLERS,
    workers=workers,
)
app = create_app(service)
