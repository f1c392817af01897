"""How operations want to be shared and settled."""

from alembic import op

revision = "allocation_0002"
down_revision = "allocation_0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("""
        CREATE TABLE policy (
            operation_id text PRIMARY KEY CHECK (operation_id ~ '^ACC[0-9]{8}$'),
            notice_days integer NOT NULL CHECK (notice_days >= 0),
            missing_readings text NOT NULL
                CHECK (missing_readings IN ('refuse', 'zero', 'estimate')),
            settle_from text NOT NULL CHECK (settle_from IN ('own_shares', 'dso_results')),
            tolerance_units integer NOT NULL CHECK (tolerance_units >= 0),
            coefficient_decimals integer NOT NULL CHECK (coefficient_decimals BETWEEN 0 AND 7),
            coefficient_step_min integer CHECK (coefficient_step_min > 0)
        )
    """)
