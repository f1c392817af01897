"""What the plant behind a point runs on, for who wants to show an operation to the public."""

from alembic import op

revision = "community_0042"
down_revision = "community_0041"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("""
        ALTER TABLE point ADD production_kind text
            CHECK (production_kind IN ('solar', 'wind', 'hydro', 'biomass'))
    """)
