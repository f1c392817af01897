"""A seller's new account waits, for another person or for 72 hours."""

from alembic import op

revision = "billing_0021"
down_revision = "billing_0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("""
        CREATE TABLE creditor_change (
            member_id uuid PRIMARY KEY,
            id uuid NOT NULL,
            name text NOT NULL,
            iban text NOT NULL,
            bic text,
            ics text,
            collected_by uuid,
            edition smallint NOT NULL,
            notice_days smallint NOT NULL,
            asked_at timestamptz NOT NULL,
            asked_by text NOT NULL,
            asked_by_staff boolean NOT NULL
        )
    """)
    op.execute("CREATE INDEX creditor_change_asked_at ON creditor_change (asked_at)")
    op.execute("SELECT audit.watch('creditor_change')")
