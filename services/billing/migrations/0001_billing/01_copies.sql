-- What other services tell: members, perimeters, settlements, and days that are held up.

CREATE TABLE member (
    member_id uuid PRIMARY KEY,
    revision integer NOT NULL,
    name text NOT NULL,
    address text NOT NULL,
    siren text,
    vat_number text,
    kind text NOT NULL CHECK (kind IN ('household', 'company', 'public_body')),
    language text NOT NULL,
    delivery_address text,
    is_erased boolean NOT NULL
);

CREATE TABLE perimeter (
    operation_id text PRIMARY KEY,
    revision integer NOT NULL,
    name text NOT NULL,
    organiser_id uuid NOT NULL,
    organiser_name text,
    participations jsonb NOT NULL
);

CREATE TABLE settlement (
    operation_id text NOT NULL,
    month text NOT NULL,
    number integer NOT NULL,
    status text NOT NULL,
    content_hash text NOT NULL,
    pairs jsonb NOT NULL,
    points jsonb NOT NULL,
    keys jsonb NOT NULL,
    PRIMARY KEY (operation_id, month)
);

CREATE TABLE settlement_detail (
    operation_id text NOT NULL,
    month text NOT NULL,
    number integer NOT NULL,
    part integer NOT NULL,
    parts integer NOT NULL,
    pairs bytea NOT NULL,
    -- The same by the hour: pictures need no more, and drafts shall not read megabytes for them.
    by_hour bytea NOT NULL,
    PRIMARY KEY (operation_id, month, number, part),
    CHECK (part BETWEEN 1 AND parts)
);
-- They are compressed already.
ALTER TABLE settlement_detail ALTER COLUMN pairs SET STORAGE EXTERNAL;

CREATE TABLE held_up_day (
    operation_id text,
    day date,
    told_at timestamptz NOT NULL,
    status text NOT NULL
        CHECK (status IN ('incomplete', 'no_key', 'key_incomplete', 'failed', 'allocated')),
    missing_points integer NOT NULL,
    missing jsonb NOT NULL,
    key_missing_steps integer NOT NULL,
    PRIMARY KEY (operation_id, day)
);

-- Who had an event tried again; what it says, and why it failed, may be personal data.
SELECT audit.watch('parked', silent => '{value,error}', people_only => true);
