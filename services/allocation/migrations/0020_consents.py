"""What members say about being shown to their organiser; looks at one point say which."""

from alembic import op

revision = "allocation_0020"
down_revision = "allocation_0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("""
        CREATE TABLE consent_list (
            member_id uuid PRIMARY KEY,
            revision integer NOT NULL CHECK (revision > 0),
            prms text[] NOT NULL,
            consents jsonb NOT NULL
        )
    """)
    op.execute("CREATE INDEX consent_list_prms ON consent_list USING gin (prms)")
    op.execute("ALTER TABLE share_access ADD COLUMN prm text")
