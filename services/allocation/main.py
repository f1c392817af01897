"""The allocation service, and the application that runs it alone."""

from pathlib import Path

from libs.common.app import Service, create_app
from services.allocation.api import SUBJECTS
from services.allocation.commands.today import list_waiting
from services.allocation.handlers import HANDLERS
from services.allocation.workers import workers

service = Service(
    name="allocation",
    subjects=SUBJECTS,
    migrations=Path(__file__).parent / "migrations",
    handlers=HANDLERS,
    workers=workers,
    list_waiting=list_waiting,
)
app = create_app(service)
