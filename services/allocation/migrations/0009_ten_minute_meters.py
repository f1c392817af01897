"""Days that lacked readings because meters of 10 minutes could not take part in quarter-hours."""

from alembic import op

revision = "allocation_0009"
down_revision = "allocation_0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Nothing that they depend on will change, so nobody else would have them allocated again.
    op.execute("""
        INSERT INTO stale_day (operation_id, day)
        SELECT DISTINCT operation_id, day
        FROM day_status JOIN reading_block USING (operation_id, day)
        WHERE day_status.status = 'incomplete' AND reading_block.step_min = 10
        ON CONFLICT DO NOTHING
    """)
