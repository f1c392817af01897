-- Requests for help to set an operation up, their steps and notes, and how many came today.

CREATE TABLE request (
    id uuid PRIMARY KEY,
    secret_sha256 text NOT NULL CHECK (secret_sha256 ~ '^[0-9a-f]{64}$'),
    received_at timestamptz NOT NULL,
    name text NOT NULL,
    email text NOT NULL,
    phone text,
    organisation text,
    siren text CHECK (siren ~ '^[0-9]{9}$'),
    commune text NOT NULL,
    address text,
    latitude_deg double precision CHECK (latitude_deg BETWEEN -90 AND 90),
    longitude_deg double precision CHECK (longitude_deg BETWEEN -180 AND 180),
    points jsonb NOT NULL,
    point_count integer NOT NULL CHECK (point_count > 0),
    plants_kwc numeric(8, 3)[] NOT NULL,
    kwc numeric(12, 3) NOT NULL CHECK (kwc >= 0),
    reason text NOT NULL,
    may_be_contacted boolean NOT NULL,
    stage text NOT NULL CHECK (
        stage IN ('received', 'qualified', 'study', 'agreed', 'operation', 'declined')
    ),
    stage_since timestamptz NOT NULL,
    assigned_to uuid REFERENCES account,
    next_action_on date,
    study_id uuid,
    operation_id text UNIQUE REFERENCES operation,
    touched_at timestamptz NOT NULL,
    CHECK (num_nulls(latitude_deg, longitude_deg) IN (0, 2)),
    CHECK ((stage = 'operation') = (operation_id IS NOT NULL))
);
CREATE INDEX request_received ON request (received_at, id);
CREATE INDEX request_stage ON request (stage, received_at, id);
CREATE INDEX request_assigned ON request (assigned_to, received_at, id);
CREATE INDEX request_touched ON request (touched_at);
-- What is purged must not live on in lines about it.
SELECT audit.watch('request', silent => '{touched_at}', people_only => true);

CREATE TABLE request_step (
    request_id uuid REFERENCES request ON DELETE CASCADE,
    number integer CHECK (number > 0),
    from_stage text NOT NULL,
    to_stage text NOT NULL,
    reason text,
    at timestamptz NOT NULL,
    by text NOT NULL,
    PRIMARY KEY (request_id, number),
    CHECK (to_stage <> 'declined' OR reason IS NOT NULL),
    CHECK (
        (from_stage, to_stage) IN (
            ('received', 'qualified'), ('qualified', 'study'), ('study', 'agreed'),
            ('agreed', 'operation'), ('declined', 'received'),
            ('received', 'declined'), ('qualified', 'declined'), ('study', 'declined'),
            ('agreed', 'declined')
        )
    )
);

-- They go with their request, which is gone by then, and never before.
CREATE FUNCTION keep_request_story() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' OR EXISTS (SELECT FROM request WHERE id = OLD.request_id) THEN
        RAISE EXCEPTION 'steps and notes of a request stay as they were written'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN OLD;
END $$;
CREATE TRIGGER request_step_kept BEFORE UPDATE OR DELETE ON request_step
FOR EACH ROW EXECUTE FUNCTION keep_request_story();
-- What is purged must not live on in lines about it.
SELECT audit.watch('request_step', people_only => true);

CREATE TABLE request_note (
    request_id uuid REFERENCES request ON DELETE CASCADE,
    id uuid,
    text text NOT NULL,
    at timestamptz NOT NULL,
    by text NOT NULL,
    PRIMARY KEY (request_id, id)
);
CREATE TRIGGER request_note_kept BEFORE UPDATE OR DELETE ON request_note
FOR EACH ROW EXECUTE FUNCTION keep_request_story();
-- What is purged must not live on in lines about it.
SELECT audit.watch('request_note', people_only => true);

-- A sender is an address, hashed with the day's address_key; an empty one is everybody.
CREATE TABLE request_count (
    day date,
    sender text,
    count integer NOT NULL CHECK (count > 0),
    PRIMARY KEY (day, sender)
);

CREATE TABLE request_purge (
    at timestamptz PRIMARY KEY,
    touched_before timestamptz NOT NULL,
    deleted integer NOT NULL CHECK (deleted > 0)
);
