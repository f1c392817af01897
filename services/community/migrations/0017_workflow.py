"""Conventions with the DSO, enrolments and their steps, declarations, months."""

from alembic import op

revision = "community_0017"
down_revision = "community_0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _conventions()
    _enrolments()
    _steps()
    _declarations()
    _months()


def _conventions() -> None:
    op.execute("""
        CREATE TABLE convention (
            operation_id text PRIMARY KEY REFERENCES operation,
            dso_contract_id text,
            signed_on date,
            valid_from date,
            valid_to date,
            entry_notice_working_days smallint NOT NULL
                CHECK (entry_notice_working_days BETWEEN 0 AND 120),
            exit_notice_working_days smallint NOT NULL
                CHECK (exit_notice_working_days BETWEEN 0 AND 120),
            coefficients_due_working_days smallint
                CHECK (coefficients_due_working_days BETWEEN 1 AND 60),
            closing_due_working_days smallint NOT NULL
                CHECK (closing_due_working_days BETWEEN 1 AND 60),
            declared_by text NOT NULL CHECK (declared_by IN ('organiser', 'staff')),
            recorded_at timestamptz NOT NULL,
            recorded_by text NOT NULL,
            CHECK (valid_to > valid_from)
        )
    """)


def _enrolments() -> None:
    op.execute("""
        CREATE TABLE enrolment (
            id uuid PRIMARY KEY,
            operation_id text NOT NULL REFERENCES operation,
            prm text NOT NULL REFERENCES point,
            direction text NOT NULL CHECK (direction IN ('consumption', 'production')),
            member_id uuid NOT NULL REFERENCES member,
            valid_from date NOT NULL,
            valid_to date,
            state text NOT NULL CHECK (
                state IN ('prospect', 'signed', 'declared', 'leaving', 'exit_declared', 'withdrawn')
            ),
            CHECK (valid_to > valid_from),
            CHECK (state NOT IN ('leaving', 'exit_declared') OR valid_to IS NOT NULL)
        )
    """)
    op.execute("CREATE INDEX enrolment_operation ON enrolment (operation_id, id)")
    op.execute("CREATE INDEX enrolment_member ON enrolment (member_id)")
    # A participation has one enrolment at most, and so has one that is planned.
    op.execute("""
        CREATE UNIQUE INDEX enrolment_of_participation
        ON enrolment (operation_id, prm, direction, valid_from)
        WHERE state <> 'withdrawn'
    """)
    # It goes forwards only, and what was told to the DSO stays.
    op.execute("""
        CREATE FUNCTION keep_enrolment() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF (OLD.state, NEW.state) NOT IN (
                    ('prospect', 'prospect'), ('prospect', 'signed'), ('prospect', 'withdrawn'),
                    ('signed', 'signed'), ('signed', 'declared'), ('signed', 'withdrawn'),
                    ('declared', 'leaving'), ('declared', 'exit_declared'),
                    ('declared', 'withdrawn'),
                    ('leaving', 'leaving'), ('leaving', 'exit_declared'),
                    ('exit_declared', 'exit_declared')
                )
                OR (NEW.id, NEW.operation_id) <> (OLD.id, OLD.operation_id)
                OR OLD.state <> 'prospect'
                    AND (NEW.prm, NEW.direction, NEW.member_id)
                        <> (OLD.prm, OLD.direction, OLD.member_id)
                OR OLD.state NOT IN ('prospect', 'signed') AND NEW.valid_from <> OLD.valid_from
            THEN
                RAISE EXCEPTION 'an enrolment goes forwards only'
                    USING ERRCODE = 'integrity_constraint_violation';
            END IF;
            RETURN NEW;
        END $$
    """)
    op.execute("""
        CREATE TRIGGER enrolment_kept BEFORE UPDATE ON enrolment
        FOR EACH ROW EXECUTE FUNCTION keep_enrolment()
    """)


def _steps() -> None:
    op.execute("""
        CREATE TABLE enrolment_step (
            enrolment_id uuid NOT NULL REFERENCES enrolment,
            number smallint NOT NULL CHECK (number > 0),
            kind text NOT NULL CHECK (
                kind IN ('add', 'change', 'take_over', 'sign', 'declare', 'leave', 'declare_exit',
                    'withdraw', 'lose')
            ),
            day date NOT NULL,
            valid_from date NOT NULL,
            valid_to date,
            reason text,
            recorded_at timestamptz NOT NULL,
            recorded_by text NOT NULL,
            PRIMARY KEY (enrolment_id, number)
        )
    """)
    op.execute("""
        CREATE FUNCTION keep_enrolment_step() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            RAISE EXCEPTION 'steps are only added'
                USING ERRCODE = 'integrity_constraint_violation';
        END $$
    """)
    op.execute("""
        CREATE TRIGGER enrolment_step_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON enrolment_step
        FOR EACH STATEMENT EXECUTE FUNCTION keep_enrolment_step()
    """)


def _declarations() -> None:
    op.execute("""
        CREATE TABLE declaration (
            id uuid PRIMARY KEY,
            operation_id text NOT NULL REFERENCES operation,
            declared_on date NOT NULL,
            content bytea NOT NULL,
            sha256 text NOT NULL CHECK (sha256 = encode(sha256(content), 'hex')),
            made_at timestamptz NOT NULL,
            made_by text NOT NULL
        )
    """)
    op.execute("CREATE INDEX declaration_operation ON declaration (operation_id, id)")
    op.execute("""
        CREATE TABLE declaration_line (
            declaration_id uuid NOT NULL REFERENCES declaration,
            enrolment_id uuid NOT NULL REFERENCES enrolment,
            movement text NOT NULL CHECK (movement IN ('entry', 'exit')),
            day date NOT NULL,
            PRIMARY KEY (declaration_id, enrolment_id),
            UNIQUE (enrolment_id, movement)
        )
    """)
    op.execute("""
        CREATE TABLE declaration_download (
            declaration_id uuid NOT NULL REFERENCES declaration,
            number smallint NOT NULL CHECK (number > 0),
            downloaded_at timestamptz NOT NULL,
            downloaded_by text NOT NULL,
            PRIMARY KEY (declaration_id, number)
        )
    """)
    op.execute("""
        CREATE FUNCTION keep_declaration() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            RAISE EXCEPTION 'what the DSO was told stays'
                USING ERRCODE = 'integrity_constraint_violation';
        END $$
    """)
    for table in ("declaration", "declaration_line", "declaration_download"):
        op.execute(f"""
            CREATE TRIGGER {table}_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON {table}
            FOR EACH STATEMENT EXECUTE FUNCTION keep_declaration()
        """)


def _months() -> None:
    # What allocation has told of a month: a deadline that was met is none any more.
    op.execute("""
        CREATE TABLE month_progress (
            operation_id text NOT NULL,
            month text NOT NULL CHECK (month ~ '^[0-9]{4}-[0-9]{2}$'),
            is_settled boolean NOT NULL,
            coefficients_sent boolean NOT NULL,
            PRIMARY KEY (operation_id, month)
        )
    """)
