"""The whole platform in one process: the same services, the same wiring."""

from libs.common.app import create_app
from services.allocation.main import service as allocation
from services.billing.main import service as billing
from services.community.main import service as community
from services.ingest.main import service as ingest

SERVICES = (community, ingest, allocation, billing)

app = create_app(*SERVICES)
