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
    # All tables that there are; tests/community/test_audit.py says why these are left out.
    op.execute("""
        SELECT audit.watch(oid) FROM pg_class
        WHERE relnamespace = current_schema()::regnamespace AND relkind IN ('r', 'p')
            AND relname <> ALL ('{
                alembic_version, outbox, inbox, parked, ballot, poll_seal, message,
                message_attachment, notification, digest, refresh_token, log_in_link,
                address_key, request_count, request_purge, poll_reminder,
                month_progress, declaration_download, gathering_notice
            }')
    """)
    # What changes with each use is nobody's change, and a file is known by its hash.
    op.execute("SELECT audit.watch('session', silent => '{last_used_on}')")
    op.execute("SELECT audit.watch('calendar_feed', silent => '{last_used_on}')")
    op.execute("SELECT audit.watch('declaration', silent => '{content}')")
    # When somebody voted is nobody's to know.
    op.execute("SELECT audit.watch('poll_voter', silent => '{has_voted,proxies_held}')")
    # What the service does to these by itself leaves no line: of messages it is their own history;
    # what is purged must not stay here; that a log-in failed is in the logs.
    op.execute("""
        SELECT audit.watch(
            'message_recipient', silent => '{attempts,due_at}', people_only => true
        )
    """)
    for table in ("gathering_attendance", "log_in_failure", "request_note", "request_step"):
        op.execute(f"SELECT audit.watch('{table}', people_only => true)")
    op.execute("SELECT audit.watch('request', silent => '{touched_at}', people_only => true)")
