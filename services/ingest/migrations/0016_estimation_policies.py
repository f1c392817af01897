"""An operation says how its gaps may be filled."""

from alembic import op

revision = "ingest_0016"
down_revision = "ingest_0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("""
        CREATE TABLE estimation_policy (
            operation_id text PRIMARY KEY,
            methods text[] NOT NULL,
            interpolation_max_min smallint NOT NULL CHECK (interpolation_max_min >= 0)
        )
    """)
    op.execute("SELECT audit.watch('estimation_policy')")
