"""The ingest service, and the application that runs it alone."""

from pathlib import Path

from libs.common.app import Service, create_app
from services.ingest.api import SUBJECTS
from services.ingest.commands.pulls.pulling import list_pull_warnings
from services.ingest.handlers import HANDLERS
from services.ingest.workers import workers

service = Service(
    name="ingest",
    subjects=SUBJECTS,
    migrations=Path(__file__).parent / "migrations",
    handlers=HANDLERS,
    workers=workers,
    warn=list_pull_warnings,
)
app = create_app(service)
