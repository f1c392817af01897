"""What allocation keeps: copies of perimeters and readings, keys, shares of days, settlements."""

from alembic import op

revision = "allocation_0001"
down_revision = None
branch_labels = ("allocation",)
depends_on = None


def upgrade() -> None:
    _create_copies()
    _create_keys()
    _create_days()
    _create_settlements()


def _create_copies() -> None:
    op.execute("""
        CREATE TABLE perimeter (
            operation_id text PRIMARY KEY,
            revision integer NOT NULL,
            name text NOT NULL,
            organiser_id uuid NOT NULL,
            step_min integer NOT NULL CHECK (step_min > 0),
            participations jsonb NOT NULL
        )
    """)
    op.execute("""
        CREATE TABLE reading_block (
            operation_id text NOT NULL,
            day date NOT NULL,
            prm text NOT NULL,
            direction text NOT NULL CHECK (direction IN ('consumption', 'production')),
            step_min integer NOT NULL CHECK (step_min > 0),
            revision integer NOT NULL,
            power_w integer[] NOT NULL,
            PRIMARY KEY (operation_id, day, prm, direction, step_min)
        )
    """)
    op.execute("""
        CREATE TABLE stale_day (
            operation_id text NOT NULL,
            day date NOT NULL,
            marked_at timestamptz NOT NULL DEFAULT now(),
            PRIMARY KEY (operation_id, day)
        )
    """)
    op.execute("CREATE INDEX stale_day_turn ON stale_day (marked_at, operation_id, day)")


def _create_keys() -> None:
    # A range of one number stands for equality, which GiST has for scalars only with btree_gist.
    op.execute("""
        CREATE TABLE sharing_key (
            operation_id text NOT NULL CHECK (operation_id ~ '^ACC[0-9]{8}$'),
            valid_from date NOT NULL,
            valid_to date,
            open_ended boolean NOT NULL,
            definition jsonb NOT NULL,
            PRIMARY KEY (operation_id, valid_from),
            CHECK (valid_from < valid_to),
            CHECK (open_ended OR valid_to IS NOT NULL),
            CONSTRAINT sharing_key_overlap EXCLUDE USING gist (
                int8range(
                    substr(operation_id, 4)::bigint, substr(operation_id, 4)::bigint, '[]'
                ) WITH &&,
                daterange(valid_from, valid_to) WITH &&
            )
        )
    """)


def _create_days() -> None:
    op.execute("""
        CREATE TABLE day_status (
            operation_id text NOT NULL,
            day date NOT NULL,
            status text NOT NULL
                CHECK (status IN ('allocated', 'incomplete', 'no_key', 'failed')),
            revision integer NOT NULL CHECK (revision >= 0),
            inputs_hash text,
            production_wmin bigint,
            consumption_wmin bigint,
            allocated_wmin bigint,
            missing jsonb NOT NULL,
            failure text CHECK ((failure IS NOT NULL) = (status = 'failed')),
            PRIMARY KEY (operation_id, day),
            CONSTRAINT day_status_allocated_has_result CHECK (
                num_nonnulls(inputs_hash, production_wmin, consumption_wmin, allocated_wmin)
                    = CASE status WHEN 'allocated' THEN 4 ELSE 0 END
            ),
            CONSTRAINT day_status_conserves_energy CHECK (
                allocated_wmin BETWEEN 0 AND least(production_wmin, consumption_wmin)
            )
        )
    """)
    op.execute("""
        CREATE TABLE point_day (
            operation_id text NOT NULL,
            day date NOT NULL,
            prm text NOT NULL,
            direction text NOT NULL,
            metered_wmin bigint NOT NULL,
            shared_wmin bigint NOT NULL CHECK (shared_wmin BETWEEN 0 AND metered_wmin),
            PRIMARY KEY (operation_id, day, prm, direction)
        )
    """)
    op.execute("""
        CREATE TABLE share_block (
            operation_id text NOT NULL,
            day date NOT NULL,
            producer text NOT NULL,
            consumer text NOT NULL,
            step_min integer NOT NULL,
            energy_wmin bigint[] NOT NULL,
            day_wmin bigint NOT NULL CHECK (day_wmin > 0),
            PRIMARY KEY (operation_id, day, producer, consumer)
        )
    """)


def _create_settlements() -> None:
    # The content is text, not jsonb: its bytes are what the hash vouches for.
    op.execute("""
        CREATE TABLE settlement (
            operation_id text NOT NULL,
            month text NOT NULL,
            number integer NOT NULL CHECK (number > 0),
            status text NOT NULL CHECK (status IN ('provisional', 'definitive')),
            closed_at timestamptz NOT NULL,
            revisions jsonb NOT NULL,
            content text NOT NULL,
            content_hash text NOT NULL,
            PRIMARY KEY (operation_id, month, number),
            CONSTRAINT settlement_hash_is_of_content CHECK (
                content_hash = encode(sha256(convert_to(content, 'UTF8')), 'hex')
            )
        )
    """)
    op.execute("""
        CREATE FUNCTION refuse_change_of_settlement() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            RAISE EXCEPTION 'settlements never change: a new one supersedes them'
                USING ERRCODE = 'restrict_violation';
        END
        $$
    """)
    op.execute("""
        CREATE TRIGGER settlement_frozen BEFORE UPDATE OR DELETE OR TRUNCATE ON settlement
        FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_settlement()
    """)
