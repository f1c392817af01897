"""Days and months that earlier versions left as they were, and should not have."""

from alembic import op

revision = "allocation_0009"
down_revision = "allocation_0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Nothing that they depend on will change, so nobody else would have them looked at again.
    _days_that_wait_for_ten_minute_meters()
    _months_whose_days_were_allocated_again()


def _days_that_wait_for_ten_minute_meters() -> None:
    op.execute("""
        INSERT INTO stale_day (operation_id, day)
        SELECT DISTINCT operation_id, day
        FROM day_status JOIN reading_block USING (operation_id, day)
        WHERE day_status.status = 'incomplete' AND reading_block.step_min = 10
        ON CONFLICT DO NOTHING
    """)


def _months_whose_days_were_allocated_again() -> None:
    """Perhaps energy only moved within a day, which made no new settlement."""
    op.execute("""
        INSERT INTO stale_settlement (operation_id, month)
        SELECT DISTINCT last.operation_id, last.month
        FROM (
            SELECT DISTINCT ON (operation_id, month) operation_id, month, status, revisions
            FROM settlement
            ORDER BY operation_id, month, number DESC
        ) AS last
        JOIN day_status ON day_status.operation_id = last.operation_id
            AND to_char(day_status.day, 'YYYY-MM') = last.month
        WHERE last.status = 'provisional'
            AND CAST(day_status.revision AS text)
                <> last.revisions ->> to_char(day_status.day, 'YYYY-MM-DD')
        ON CONFLICT DO NOTHING
    """)
