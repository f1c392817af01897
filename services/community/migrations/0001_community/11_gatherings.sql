-- Gatherings, who comes, who came, their minutes, and the calendars that show them.

CREATE TABLE gathering_series (
    id uuid PRIMARY KEY,
    operation_id text REFERENCES operation,
    asked_for jsonb NOT NULL,
    made_at timestamptz NOT NULL,
    made_by text NOT NULL
);
SELECT audit.watch('gathering_series');

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
    series_id uuid REFERENCES gathering_series,
    -- How many came, once nobody knows who.
    kept_counts jsonb,
    CHECK (ends_at > starts_at),
    CHECK ((state = 'draft') = (announced_at IS NULL)),
    CHECK (
        num_nulls(cancelled_at, cancelled_reason)
        = CASE WHEN state = 'cancelled' THEN 0 ELSE 2 END
    ),
    CONSTRAINT gathering_capacity CHECK (seats_taken <= capacity)
);
CREATE INDEX gathering_starts ON gathering (starts_at, id);
CREATE INDEX gathering_operation ON gathering (operation_id, starts_at);
CREATE INDEX gathering_to_remind ON gathering (remind_at) WHERE state = 'announced';
CREATE INDEX gathering_series_id ON gathering (series_id) WHERE series_id IS NOT NULL;
CREATE INDEX gathering_with_names ON gathering (ends_at) WHERE kept_counts IS NULL;

-- Who was invited stays so, and what was called off stays called off.
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
END $$;
CREATE TRIGGER gathering_kept BEFORE UPDATE ON gathering
FOR EACH ROW EXECUTE FUNCTION keep_gathering();
-- The seats are counted from the replies, and the reminder is the clock's.
SELECT audit.watch('gathering', silent => '{seats_taken,remind_at}');

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
);
CREATE INDEX gathering_reply_member ON gathering_reply (member_id);
CREATE UNIQUE INDEX gathering_reply_queue ON gathering_reply (gathering_id, waits_as);

-- The seats are counted here, so that the capacity is a constraint of one row.
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
END $$;
CREATE TRIGGER gathering_reply_counted AFTER INSERT OR UPDATE OR DELETE ON gathering_reply
FOR EACH ROW EXECUTE FUNCTION count_seats();
-- What is deleted after its months must not live on in lines about that.
SELECT audit.watch('gathering_reply', people_only => true);

CREATE TABLE gathering_notice (
    gathering_id uuid NOT NULL REFERENCES gathering ON DELETE CASCADE,
    member_id uuid NOT NULL REFERENCES member,
    kind text NOT NULL,
    asked_at timestamptz NOT NULL,
    -- A notice that cannot be written is tried again later, behind the others.
    due_at timestamptz NOT NULL,
    attempts integer NOT NULL DEFAULT 0,
    PRIMARY KEY (gathering_id, member_id, kind)
);
CREATE INDEX gathering_notice_due ON gathering_notice (due_at);

CREATE TABLE gathering_attendance (
    gathering_id uuid NOT NULL REFERENCES gathering ON DELETE CASCADE,
    member_id uuid NOT NULL REFERENCES member,
    guests smallint NOT NULL CHECK (guests >= 0),
    noted_at timestamptz NOT NULL,
    noted_by text NOT NULL,
    PRIMARY KEY (gathering_id, member_id)
);
CREATE INDEX gathering_attendance_member ON gathering_attendance (member_id);
-- What is deleted after its months must not live on in lines about that.
SELECT audit.watch('gathering_attendance', people_only => true);

CREATE TABLE gathering_minutes (
    gathering_id uuid NOT NULL REFERENCES gathering,
    version smallint NOT NULL CHECK (version > 0),
    content text NOT NULL,
    decisions jsonb NOT NULL,
    written_at timestamptz NOT NULL,
    written_by text NOT NULL,
    published_at timestamptz,
    published_by text,
    -- Who writes the minutes anew says which edit they have seen.
    edit integer NOT NULL DEFAULT 1,
    PRIMARY KEY (gathering_id, version),
    CHECK (num_nulls(published_at, published_by) IN (0, 2))
);
-- One draft at a time, after what is published, which stays as it was read.
CREATE UNIQUE INDEX gathering_minutes_draft ON gathering_minutes (gathering_id)
WHERE published_at IS NULL;

CREATE FUNCTION keep_gathering_minutes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.version <> 1 + (
            SELECT count(*) FROM gathering_minutes
            WHERE gathering_id = NEW.gathering_id AND published_at IS NOT NULL
        ) THEN
            RAISE EXCEPTION 'minutes are numbered without gaps'
                USING ERRCODE = 'integrity_constraint_violation';
        END IF;
        RETURN NEW;
    END IF;
    IF OLD.published_at IS NOT NULL THEN
        RAISE EXCEPTION 'published minutes stay: write another version'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN coalesce(NEW, OLD);
END $$;
CREATE TRIGGER gathering_minutes_kept BEFORE INSERT OR UPDATE OR DELETE
ON gathering_minutes
FOR EACH ROW EXECUTE FUNCTION keep_gathering_minutes();
SELECT audit.watch('gathering_minutes');

CREATE TABLE gathering_material (
    id uuid PRIMARY KEY,
    gathering_id uuid NOT NULL REFERENCES gathering ON DELETE CASCADE,
    title text NOT NULL,
    url text,
    sha256 text CHECK (sha256 ~ '^[0-9a-f]{64}$'),
    media_type text,
    byte_count bigint,
    added_at timestamptz NOT NULL,
    added_by text NOT NULL,
    CHECK (num_nulls(sha256, media_type, byte_count) IN (0, 3)),
    CONSTRAINT gathering_material_once CHECK (url IS NULL OR sha256 IS NULL)
);
CREATE INDEX gathering_material_gathering ON gathering_material (gathering_id);
SELECT audit.watch('gathering_material');

-- Secret addresses at which accounts read their calendars.
CREATE TABLE calendar_feed (
    id uuid PRIMARY KEY,
    account_id uuid NOT NULL REFERENCES account ON DELETE CASCADE,
    label text NOT NULL,
    secret_sha256 text NOT NULL UNIQUE CHECK (secret_sha256 ~ '^[0-9a-f]{64}$'),
    created_at timestamptz NOT NULL,
    last_used_on date
);
CREATE INDEX calendar_feed_account ON calendar_feed (account_id);
SELECT audit.watch('calendar_feed', silent => '{last_used_on,secret_sha256}');
