"""Deliveries and their files, day blocks of readings, and what was published to whom."""

from alembic import op

revision = "ingest_0001"
down_revision = None
branch_labels = ("ingest",)
depends_on = None


def upgrade() -> None:
    op.execute("""
        CREATE TABLE delivery (
            id uuid PRIMARY KEY,
            sha256 text NOT NULL UNIQUE CHECK (sha256 ~ '^[0-9a-f]{64}$'),
            file_name text NOT NULL,
            byte_count integer NOT NULL,
            senders text[] NOT NULL CHECK (cardinality(senders) > 0),
            received_at timestamptz NOT NULL,
            status text NOT NULL CHECK (status IN ('received', 'recorded', 'refused', 'failed')),
            formats text[] NOT NULL,
            problem text,
            attempts integer NOT NULL,
            recorded_at timestamptz,
            records integer NOT NULL,
            accepted integer NOT NULL,
            duplicate integer NOT NULL,
            quarantined integer NOT NULL,
            held integer NOT NULL,
            CHECK (records = accepted + duplicate + quarantined),
            CHECK (held BETWEEN 0 AND accepted)
        )
    """)
    op.execute("CREATE INDEX delivery_received_at ON delivery (received_at, id)")
    op.execute("""
        CREATE INDEX delivery_waiting ON delivery (received_at, id) WHERE status = 'received'
    """)
    op.execute("""
        CREATE TABLE delivery_file (
            delivery_id uuid PRIMARY KEY REFERENCES delivery,
            content bytea NOT NULL
        )
    """)
    # The content is compressed already.
    op.execute("ALTER TABLE delivery_file ALTER content SET STORAGE EXTERNAL")
    op.execute("""
        CREATE TABLE quarantined_record (
            delivery_id uuid NOT NULL REFERENCES delivery,
            number integer NOT NULL,
            position text NOT NULL,
            reason text NOT NULL,
            record text NOT NULL,
            PRIMARY KEY (delivery_id, number)
        )
    """)
    # Rows are never changed: the block of a point, direction, day and step is its last revision.
    op.execute("""
        CREATE TABLE reading_block (
            prm text NOT NULL CHECK (prm ~ '^[0-9]{14}$'),
            direction text NOT NULL CHECK (direction IN ('consumption', 'production')),
            day date NOT NULL,
            step_min smallint NOT NULL CHECK (step_min IN (5, 10, 15, 30, 60)),
            revision integer NOT NULL CHECK (revision > 0),
            power_w integer[] NOT NULL,
            natures text NOT NULL CHECK (length(natures) = cardinality(power_w)),
            doubtful boolean[] NOT NULL CHECK (cardinality(doubtful) = cardinality(power_w)),
            delivery_id uuid NOT NULL REFERENCES delivery,
            PRIMARY KEY (prm, direction, day, step_min, revision)
        )
    """)
    op.execute("""
        CREATE TABLE held_block (
            prm text NOT NULL,
            direction text NOT NULL,
            day date NOT NULL,
            step_min smallint NOT NULL,
            PRIMARY KEY (prm, direction, day, step_min)
        )
    """)
    op.execute("""
        CREATE TABLE published_block (
            operation_id text NOT NULL,
            prm text NOT NULL,
            direction text NOT NULL,
            day date NOT NULL,
            step_min smallint NOT NULL,
            revision integer NOT NULL,
            PRIMARY KEY (operation_id, prm, direction, day, step_min, revision)
        )
    """)
    op.execute("""
        CREATE TABLE published_day (
            operation_id text NOT NULL,
            day date NOT NULL,
            revision integer NOT NULL,
            PRIMARY KEY (operation_id, day)
        )
    """)
    op.execute("""
        CREATE TABLE perimeter (
            operation_id text PRIMARY KEY,
            revision integer NOT NULL
        )
    """)
    op.execute("""
        CREATE TABLE participation (
            operation_id text NOT NULL REFERENCES perimeter,
            prm text NOT NULL,
            direction text NOT NULL,
            member_id uuid NOT NULL,
            valid_from date NOT NULL,
            valid_to date,
            PRIMARY KEY (operation_id, prm, direction, valid_from)
        )
    """)
    op.execute("CREATE INDEX participation_prm ON participation (prm)")
