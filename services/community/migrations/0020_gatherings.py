"""Gatherings, the replies of members to them, and what members are to be told of them."""

from alembic import op

revision = "community_0020"
down_revision = "community_0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _gatherings()
    _replies()
    _notices()


def _gatherings() -> None:
    op.execute("""
        CREATE TABLE gathering (
            id uuid PRIMARY KEY,
            operation_id text REFERENCES operation,
            kind text NOT NULL CHECK (kind IN ('assembly', 'workshop', 'visit', 'video_call')),
            title text NOT NULL,
            description text NOT NULL,
            agenda jsonb NOT NULL,
            place text NOT NULL,
            url text,
            starts_at timestamptz NOT NULL,
            ends_at timestamptz NOT NULL,
            day date NOT NULL,
            audience text NOT NULL CHECK (audience IN ('everybody', 'producers', 'consumers')),
            capacity integer CHECK (capacity > 0),
            max_guests smallint NOT NULL CHECK (max_guests >= 0),
            reply_by timestamptz CHECK (reply_by <= starts_at),
            facilitator_ids uuid[] NOT NULL CHECK (cardinality(facilitator_ids) <= 2),
            remind_days smallint CHECK (remind_days > 0),
            state text NOT NULL CHECK (state IN ('draft', 'announced', 'cancelled')),
            revision integer NOT NULL CHECK (revision >= 0),
            changed_at timestamptz NOT NULL,
            changed_by text NOT NULL,
            announced_at timestamptz,
            cancelled_at timestamptz,
            cancelled_reason text,
            remind_at timestamptz,
            seats_taken integer NOT NULL DEFAULT 0 CHECK (seats_taken >= 0),
            CHECK (ends_at > starts_at),
            CHECK ((state = 'draft') = (announced_at IS NULL)),
            CHECK (
                num_nulls(cancelled_at, cancelled_reason)
                = CASE WHEN state = 'cancelled' THEN 0 ELSE 2 END
            ),
            CONSTRAINT gathering_capacity CHECK (seats_taken <= capacity)
        )
    """)
    op.execute("CREATE INDEX gathering_starts ON gathering (starts_at, id)")
    op.execute("CREATE INDEX gathering_operation ON gathering (operation_id, starts_at)")
    op.execute("""
        CREATE INDEX gathering_to_remind ON gathering (remind_at) WHERE state = 'announced'
    """)
    # Who was invited stays so, and what was called off stays called off.
    op.execute("""
        CREATE FUNCTION keep_gathering() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF OLD.state <> 'draft' AND (
                NEW.state = 'draft'
                OR OLD.state = 'cancelled' AND NEW.state <> 'cancelled'
                OR (NEW.operation_id, NEW.audience)
                    IS DISTINCT FROM (OLD.operation_id, OLD.audience)
            ) THEN
                RAISE EXCEPTION 'a gathering that was announced stays for whom it was'
                    USING ERRCODE = 'integrity_constraint_violation';
            END IF;
            RETURN NEW;
        END $$
    """)
    op.execute("""
        CREATE TRIGGER gathering_kept BEFORE UPDATE ON gathering
        FOR EACH ROW EXECUTE FUNCTION keep_gathering()
    """)


def _replies() -> None:
    op.execute("""
        CREATE TABLE gathering_reply (
            gathering_id uuid NOT NULL REFERENCES gathering ON DELETE CASCADE,
            member_id uuid NOT NULL REFERENCES member,
            answer text NOT NULL CHECK (answer IN ('yes', 'no', 'maybe')),
            guests smallint NOT NULL CHECK (guests >= 0),
            is_seated boolean NOT NULL,
            waits_as integer CHECK (waits_as > 0),
            shows_name boolean NOT NULL,
            replied_at timestamptz NOT NULL,
            PRIMARY KEY (gathering_id, member_id),
            CHECK (answer = 'yes' OR guests = 0),
            CHECK (is_seated = (answer = 'yes' AND waits_as IS NULL)),
            CHECK (answer = 'yes' OR waits_as IS NULL)
        )
    """)
    op.execute("CREATE INDEX gathering_reply_member ON gathering_reply (member_id)")
    op.execute("""
        CREATE UNIQUE INDEX gathering_reply_queue ON gathering_reply (gathering_id, waits_as)
    """)
    # The seats are counted here, so that the capacity is a constraint of one row.
    op.execute("""
        CREATE FUNCTION count_seats() RETURNS trigger LANGUAGE plpgsql AS $$
        DECLARE
            more integer := 0;
        BEGIN
            IF TG_OP <> 'DELETE' AND NEW.is_seated THEN
                more := more + 1 + NEW.guests;
            END IF;
            IF TG_OP <> 'INSERT' AND OLD.is_seated THEN
                more := more - 1 - OLD.guests;
            END IF;
            IF more <> 0 THEN
                UPDATE gathering SET seats_taken = seats_taken + more
                WHERE id = coalesce(NEW.gathering_id, OLD.gathering_id);
            END IF;
            RETURN NULL;
        END $$
    """)
    op.execute("""
        CREATE TRIGGER gathering_reply_counted AFTER INSERT OR UPDATE OR DELETE ON gathering_reply
        FOR EACH ROW EXECUTE FUNCTION count_seats()
    """)


def _notices() -> None:
    op.execute("""
        CREATE TABLE gathering_notice (
            gathering_id uuid NOT NULL REFERENCES gathering ON DELETE CASCADE,
            member_id uuid NOT NULL REFERENCES member,
            kind text NOT NULL,
            asked_at timestamptz NOT NULL,
            PRIMARY KEY (gathering_id, member_id, kind)
        )
    """)
    op.execute("CREATE INDEX gathering_notice_asked ON gathering_notice (asked_at)")
