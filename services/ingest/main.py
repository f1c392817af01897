"""The ingest service, and the application that runs it alone."""

from collections.abc import Mapping
from pathlib import Path

from libs.common.app import Service, create_app
from libs.common.file_store import file_store
from libs.common.health.probes import Probe
from libs.common.settings import Settings
from services.ingest.api import SUBJECTS
from services.ingest.commands.pulls.pulling import list_pull_warnings
from services.ingest.commands.today import list_waiting
from services.ingest.handlers import HANDLERS
from services.ingest.workers import workers


def _components(settings: Settings) -> Mapping[str, Probe]:
    return {"files": file_store(settings).ask}


service = Service(
    name="ingest",
    subjects=SUBJECTS,
    migrations=Path(__file__).parent / "migrations",
    handlers=HANDLERS,
    workers=workers,
    list_waiting=list_waiting,
    components=_components,
    warn=list_pull_warnings,
)
app = create_app(service)
