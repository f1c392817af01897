"""Members ask to leave by themselves; the organiser's step answers."""

from alembic import op

revision = "community_0041"
down_revision = "community_0040"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("""
        CREATE TABLE leave_request (
            enrolment_id uuid PRIMARY KEY REFERENCES enrolment,
            operation_id text NOT NULL REFERENCES operation,
            prm text NOT NULL REFERENCES point,
            member_id uuid NOT NULL REFERENCES member,
            wanted_on date NOT NULL,
            possible_on date NOT NULL,
            reason text,
            asked_at timestamptz NOT NULL
        )
    """)
    op.execute("CREATE INDEX leave_request_member ON leave_request (member_id)")
    op.execute("SELECT audit.watch('leave_request')")
