"""From now on, what changes here leaves lines in the audit log."""

from alembic import op

revision = "community_0024"
down_revision = "community_0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("""
        DO $$ BEGIN
            IF to_regnamespace('audit') IS NULL THEN
                RAISE EXCEPTION 'run deploy/postgres.sql, or elocoop migrate, as a superuser first';
            END IF;
        END $$
    """)
    # tests/community/test_audit.py names those that are left out, and says why.
    for table in (
        "account",
        "article",
        "capital_movement",
        "consent",
        "convention",
        "declaration_line",
        "document",
        "document_signature",
        "document_version",
        "enrolment",
        "enrolment_step",
        "erasure",
        "invitation",
        "legal_basis",
        "member",
        "notification_channel",
        "operation",
        "organiser",
        "participation",
        "point",
        "point_location",
        "poll",
        "signing_key",
    ):
        op.execute(f"SELECT audit.watch('{table}')")
    op.execute("SELECT audit.watch('declaration', silent => '{content}')")
    op.execute("SELECT audit.watch('session', silent => '{last_used_on}')")
    # When somebody voted is nobody's to know.
    op.execute("SELECT audit.watch('poll_voter', silent => '{has_voted,proxies_held}')")
    # What became of it by itself is its own history.
    op.execute("""
        SELECT audit.watch(
            'message_recipient', silent => '{attempts,due_at}', people_only => true
        )
    """)
    # What the service does to these by itself leaves no line: that somebody failed is in the logs,
    # and what is purged because it is old must not stay here.
    for table in ("log_in_failure", "request", "request_note", "request_step"):
        op.execute(f"SELECT audit.watch('{table}', people_only => true)")
    # What the public sends is no change of ours, and what is purged must not live on here.
    for table in ("request_note", "request_step"):
        op.execute(f"SELECT audit.watch('{table}', people_only => true)")
    op.execute("SELECT audit.watch('request', silent => '{touched_at}', people_only => true)")
