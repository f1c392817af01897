"""Where points are, and on which legal basis operations stand."""

from alembic import op

revision = "community_0011"
down_revision = "community_0010"
branch_labels = None
depends_on = None

_COMMUNE = "^([0-9]{2}|2[AB])[0-9]{3}$"


def upgrade() -> None:
    op.execute(f"""
        CREATE TABLE point_location (
            prm text PRIMARY KEY REFERENCES point,
            latitude_deg double precision NOT NULL CHECK (latitude_deg BETWEEN -90 AND 90),
            longitude_deg double precision NOT NULL CHECK (longitude_deg BETWEEN -180 AND 180),
            source text NOT NULL CHECK (source IN ('dso', 'surveyed', 'geocoded', 'declared')),
            voltage text NOT NULL CHECK (voltage IN ('low', 'medium')),
            commune text CHECK (commune ~ '{_COMMUNE}'),
            recorded_at timestamptz NOT NULL,
            recorded_by text NOT NULL
        )
    """)
    op.execute("""
        CREATE TABLE legal_basis (
            operation_id text PRIMARY KEY REFERENCES operation,
            basis text NOT NULL CHECK (
                basis IN (
                    'building', 'extended', 'derogation_10_km', 'derogation_20_km',
                    'public_bodies'
                )
            ),
            zone text NOT NULL CHECK (zone IN ('mainland', 'non_interconnected')),
            policy text NOT NULL CHECK (policy IN ('warn', 'refuse')),
            decision text,
            communes text[] NOT NULL,
            recorded_at timestamptz NOT NULL,
            recorded_by text NOT NULL
        )
    """)
