"""From now on, what people set, decide and ask for here leaves lines in the audit log."""

from alembic import op

revision = "ingest_0015"
down_revision = "ingest_0012"
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
    op.execute("SELECT audit.watch('validation')")
    # What the service does to these by itself is their own history, and what is purged must not
    # stay here (ADR 0019).
    for table in ("estimation", "pull_job", "purge", "re_request"):
        op.execute(f"SELECT audit.watch('{table}', people_only => true)")
    # What was read, and to what it was corrected, is of a curve.
    op.execute("""
        SELECT audit.watch(
            'quarantined_record',
            silent => '{position,reason,record,power_w,nature,doubtful,published_us,replacement}',
            people_only => true
        )
    """)
