"""The DSO's own results, beside our shares: curves by day, energies by month."""

from alembic import op

revision = "allocation_0006"
down_revision = "allocation_0005"
branch_labels = None
depends_on = None

_QUANTITY = """
    direction text NOT NULL CHECK (direction IN ('consumption', 'production')),
    quantity text NOT NULL CHECK (
        quantity = 'self_consumed'
        OR (direction = 'consumption' AND quantity IN ('consumption', 'complement'))
        OR (direction = 'production' AND quantity IN ('production', 'surplus'))
    )
"""


def upgrade() -> None:
    op.execute("""
        CREATE TABLE dso_result_day (
            operation_id text NOT NULL,
            day date NOT NULL,
            revision integer NOT NULL CHECK (revision > 0),
            definitive boolean NOT NULL,
            PRIMARY KEY (operation_id, day)
        )
    """)
    op.execute(f"""
        CREATE TABLE dso_result_curve (
            operation_id text NOT NULL,
            day date NOT NULL,
            prm text NOT NULL,
            {_QUANTITY},
            step_min integer NOT NULL CHECK (step_min > 0),
            precision_wmin bigint NOT NULL CHECK (precision_wmin > 0),
            energy_wmin bigint[] NOT NULL,
            PRIMARY KEY (operation_id, day, prm, direction, quantity)
        )
    """)
    op.execute("""
        CREATE TABLE dso_result_month (
            operation_id text NOT NULL,
            month text NOT NULL CHECK (month ~ '^[0-9]{4}-[0-9]{2}$'),
            revision integer NOT NULL CHECK (revision > 0),
            definitive boolean NOT NULL,
            PRIMARY KEY (operation_id, month)
        )
    """)
    op.execute(f"""
        CREATE TABLE dso_result_energy (
            operation_id text NOT NULL,
            month text NOT NULL,
            prm text NOT NULL,
            {_QUANTITY},
            tariff_class text NOT NULL,
            precision_wmin bigint NOT NULL CHECK (precision_wmin > 0),
            energy_wmin bigint NOT NULL CHECK (energy_wmin >= 0),
            PRIMARY KEY (operation_id, month, prm, direction, quantity, tariff_class)
        )
    """)
