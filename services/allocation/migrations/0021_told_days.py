"""Of whom the sums of a day were first told to somebody who sees no single curves."""

from alembic import op

revision = "allocation_0021"
down_revision = "allocation_0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("""
        CREATE TABLE told_day (
            operation_id text NOT NULL,
            day date NOT NULL,
            prms text[] NOT NULL,
            PRIMARY KEY (operation_id, day)
        )
    """)
