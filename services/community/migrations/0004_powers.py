"""Points may say how much they can draw and produce."""

from alembic import op

revision = "community_0004"
down_revision = "community_0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("""
        ALTER TABLE point
            ADD COLUMN subscribed_power_va integer CHECK (subscribed_power_va > 0),
            ADD COLUMN installed_power_w integer CHECK (installed_power_w > 0)
    """)
