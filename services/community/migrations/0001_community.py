"""The tables of community: the SQL files of the folder beside, by subject."""

from pathlib import Path

from libs.common.database.migrations import execute_files

revision = "community_0001"
down_revision = None
branch_labels = ("community",)
# It has the changes of parked events followed.
depends_on = "messaging_0001"


def upgrade() -> None:
    execute_files(Path(__file__).with_suffix(""))
