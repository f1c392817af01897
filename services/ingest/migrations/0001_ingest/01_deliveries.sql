-- Files as they came, and what of them could not be taken.

CREATE TABLE delivery (
    id uuid PRIMARY KEY,
    sha256 text NOT NULL CHECK (sha256 ~ '^[0-9a-f]{64}$'),
    file_name text NOT NULL,
    byte_count bigint NOT NULL,
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
    -- In this order they are recorded: two times of arrival could be the same.
    number bigint NOT NULL UNIQUE GENERATED ALWAYS AS IDENTITY,
    superseding integer NOT NULL DEFAULT 0,
    outdated integer NOT NULL DEFAULT 0,
    notes text[] NOT NULL DEFAULT '{}',
    channel text NOT NULL DEFAULT 'push' CHECK (channel IN ('push', 'inbox', 'pull')),
    started_at timestamptz,
    parsing_ms integer CHECK (parsing_ms >= 0),
    recording_ms integer CHECK (recording_ms >= 0),
    -- When its values were published, if the file did not say: the same when it is read again.
    first_read_at timestamptz,
    reread_asked_at timestamptz,
    file_purged_at timestamptz,
    -- Of a file that an organiser pushed: who, and of whose points readings are recorded (ADR 39).
    organiser text,
    operations text[],
    UNIQUE NULLS NOT DISTINCT (sha256, organiser),
    CHECK ((organiser IS NULL) = (operations IS NULL)),
    CHECK (records = accepted + duplicate + quarantined),
    CHECK (held BETWEEN 0 AND accepted),
    CHECK (superseding BETWEEN 0 AND accepted),
    CHECK (outdated BETWEEN 0 AND duplicate)
);
CREATE INDEX delivery_waiting ON delivery (number) WHERE status = 'received';

-- Files of numbered series are counted, so that one that is missing is known.
CREATE TABLE delivery_sequence (
    -- In one order on every machine: the list is read page by page.
    series text COLLATE "C" NOT NULL,
    number integer NOT NULL CHECK (number >= 0),
    part integer NOT NULL,
    parts integer NOT NULL,
    delivery_id uuid NOT NULL REFERENCES delivery,
    PRIMARY KEY (series, number, part, delivery_id),
    CHECK (part BETWEEN 1 AND parts)
);
CREATE INDEX delivery_sequence_delivery ON delivery_sequence (delivery_id);

CREATE TABLE quarantined_record (
    delivery_id uuid NOT NULL REFERENCES delivery,
    number integer NOT NULL,
    position text NOT NULL,
    reason text NOT NULL,
    record text NOT NULL,
    id bigint GENERATED ALWAYS AS IDENTITY UNIQUE,
    code text NOT NULL,
    prm text,
    direction text,
    day date,
    start timestamptz,
    step_min smallint,
    power_w integer,
    nature text,
    doubtful boolean,
    published_us bigint,
    state text NOT NULL DEFAULT 'open'
        CHECK (state IN ('open', 'corrected', 'released', 'discarded')),
    decided_at timestamptz,
    decided_by text,
    decided_because text,
    replacement text,
    PRIMARY KEY (delivery_id, number),
    CHECK ((state = 'open') = (decided_at IS NULL)),
    CHECK ((state = 'open') = (decided_by IS NULL)),
    CHECK ((state = 'corrected') = (replacement IS NOT NULL)),
    CHECK (num_nulls(prm, direction, day, start, step_min, nature, doubtful,
        published_us) IN (0, 8))
);
CREATE INDEX quarantined_record_prm ON quarantined_record (prm) WHERE prm IS NOT NULL;
CREATE INDEX quarantined_record_open ON quarantined_record (id) WHERE state = 'open';
-- What was read, and to what it was corrected, is of a curve.
SELECT audit.watch(
    'quarantined_record',
    silent => '{position,reason,record,power_w,nature,doubtful,published_us,replacement}',
    people_only => true
);

-- Who had an event tried again; what it says, and why it failed, may be personal data.
SELECT audit.watch('parked', silent => '{value,error}', people_only => true);
