"""The tables of the event log in PostgreSQL: the SQL files of the folder beside, by subject."""

from pathlib import Path

from libs.common.database.migrations import execute_files

revision = "eventlog_0001"
down_revision = None
branch_labels = ("eventlog",)
depends_on = None


def upgrade() -> None:
    execute_files(Path(__file__).with_suffix(""))
