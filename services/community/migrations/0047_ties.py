"""Who a point was ever tied to, who made a member, and which enrolments staff looked at."""

from alembic import op

revision = "community_0047"
down_revision = "community_0046"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("""
        CREATE TABLE point_holder (
            prm text NOT NULL REFERENCES point,
            operation_id text NOT NULL REFERENCES operation,
            member_id uuid NOT NULL REFERENCES member,
            left_on date,
            PRIMARY KEY (prm, operation_id, member_id)
        )
    """)
    op.execute("CREATE INDEX point_holder_member ON point_holder (member_id)")
    op.execute("""
        INSERT INTO point_holder (prm, operation_id, member_id)
        SELECT DISTINCT prm, operation_id, member_id FROM participation
    """)
    # Of members that are there already nobody knows who made them: then staff did.
    op.execute("ALTER TABLE member ADD COLUMN made_in text[] NOT NULL DEFAULT '{}'")
    op.execute("ALTER TABLE member ADD COLUMN made_on date")
    op.execute("ALTER TABLE enrolment ADD COLUMN is_vouched boolean NOT NULL DEFAULT false")
