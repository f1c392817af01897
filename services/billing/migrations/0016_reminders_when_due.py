"""Reminders that are made when they are due, without being asked for."""

from alembic import op

revision = "billing_0016"
down_revision = "billing_0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("""
        ALTER TABLE mail_policy ADD COLUMN reminders_when_due boolean NOT NULL DEFAULT false
    """)
