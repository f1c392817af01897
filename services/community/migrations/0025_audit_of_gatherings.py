"""What people change of gatherings and calendar feeds leaves lines in the audit log."""

from alembic import op

revision = "community_0025"
down_revision = "community_0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for table in ("gathering_material", "gathering_minutes", "gathering_series"):
        op.execute(f"SELECT audit.watch('{table}')")
    op.execute("SELECT audit.watch('calendar_feed', silent => '{last_used_on,secret_sha256}')")
    # The seats are counted from the replies, and the reminder is the clock's.
    op.execute("SELECT audit.watch('gathering', silent => '{seats_taken,remind_at}')")
    # What is deleted after its months must not live on in lines about that.
    for table in ("gathering_reply", "gathering_attendance"):
        op.execute(f"SELECT audit.watch('{table}', people_only => true)")
