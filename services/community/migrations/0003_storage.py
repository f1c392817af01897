"""A point may take part on both sides of an operation: storage charges and discharges."""

from alembic import op

revision = "community_0003"
down_revision = "community_0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("ALTER TABLE participation DROP CONSTRAINT participation_pkey")
    op.execute("ALTER TABLE participation ADD PRIMARY KEY (operation_id, prm, direction, valid_from)")
    op.execute("ALTER TABLE participation DROP CONSTRAINT participation_once_at_a_time")
    # A number for each point and side; that both are in one operation is checked under the
    # locks of the points, as GiST has no "another operation" without btree_gist.
    op.execute("""
        ALTER TABLE participation ADD CONSTRAINT participation_once_at_a_time EXCLUDE USING gist (
            int8range(
                prm::bigint * 2 + (direction = 'production')::integer,
                prm::bigint * 2 + (direction = 'production')::integer,
                '[]'
            ) WITH &&,
            daterange(valid_from, valid_to) WITH &&
        )
    """)
