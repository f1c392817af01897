"""Outbox, inbox and parked events, the same in each service's schema: the SQL file beside."""

from pathlib import Path

from libs.common.database.migrations import execute_files

revision = "messaging_0001"
down_revision = None
branch_labels = ("messaging",)
depends_on = None


def upgrade() -> None:
    execute_files(Path(__file__).with_suffix(""))
