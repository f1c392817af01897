"""Counters that have no end in sight get room; notices that cannot be written wait; minutes count edits."""

from alembic import op

revision = "community_0034"
down_revision = "community_0033"
branch_labels = None
depends_on = None

_COUNTERS = {
    "enrolment_step": "number",
    "declaration_download": "number",
    "document_version": "number",
    "document_signature": "version",
    "feed_secret": "number",
}


def upgrade() -> None:
    # A smallint ends at 32,767, and what comes next was our mistake.
    for table, column in _COUNTERS.items():
        op.execute(f"ALTER TABLE {table} ALTER COLUMN {column} TYPE integer")
    # A notice that cannot be written is tried again later, behind the others.
    op.execute("ALTER TABLE gathering_notice ADD COLUMN due_at timestamptz")
    op.execute("UPDATE gathering_notice SET due_at = asked_at")
    op.execute("ALTER TABLE gathering_notice ALTER COLUMN due_at SET NOT NULL")
    op.execute("ALTER TABLE gathering_notice ADD COLUMN attempts integer NOT NULL DEFAULT 0")
    op.execute("DROP INDEX gathering_notice_asked")
    op.execute("CREATE INDEX gathering_notice_due ON gathering_notice (due_at)")
    # Who writes the minutes anew says which edit they have seen.
    op.execute("ALTER TABLE gathering_minutes ADD COLUMN edit integer NOT NULL DEFAULT 1")
