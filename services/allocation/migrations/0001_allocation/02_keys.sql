-- Sharing keys from draft to successor, their coefficients, and the polls about them.

-- A range of one number stands for equality, which GiST has for scalars only with btree_gist.
CREATE TABLE sharing_key (
    operation_id text NOT NULL CHECK (operation_id ~ '^ACC[0-9]{8}$'),
    id uuid NOT NULL,
    number integer NOT NULL CHECK (number > 0),
    state text NOT NULL
        CHECK (state IN ('draft', 'approved', 'declared', 'active', 'superseded')),
    valid_from date NOT NULL,
    valid_to date CHECK (valid_from < valid_to),
    in_force_to date CHECK (valid_from <= in_force_to),
    definition jsonb NOT NULL,
    poll_id uuid,
    drafted_by text NOT NULL,
    drafted_at timestamptz NOT NULL,
    approved_by text,
    approved_at timestamptz,
    declared_by text,
    declared_on date,
    activated_by text,
    activated_at timestamptz,
    title text CHECK (length(title) <= 120),
    PRIMARY KEY (operation_id, id),
    UNIQUE (operation_id, number),
    CONSTRAINT sharing_key_says_who_and_when CHECK (
        num_nonnulls(
            approved_by, approved_at, declared_by, declared_on, activated_by, activated_at
        ) = CASE state WHEN 'draft' THEN 0 WHEN 'approved' THEN 2 WHEN 'declared' THEN 4
            ELSE 6 END
    ),
    CONSTRAINT sharing_key_overlap EXCLUDE USING gist (
        int8range(
            substr(operation_id, 4)::bigint, substr(operation_id, 4)::bigint, '[]'
        ) WITH &&,
        daterange(valid_from, in_force_to) WITH &&
    ) WHERE (state = 'active')
);
SELECT audit.watch('sharing_key');

CREATE TABLE key_coefficient (
    operation_id text NOT NULL,
    key_id uuid NOT NULL,
    day date NOT NULL,
    producer text NOT NULL,
    consumer text NOT NULL,
    step_min integer NOT NULL CHECK (step_min > 0),
    share_billionths bigint[] NOT NULL,
    PRIMARY KEY (operation_id, key_id, day, producer, consumer),
    FOREIGN KEY (operation_id, key_id) REFERENCES sharing_key ON DELETE CASCADE
);

-- Which files the coefficients of keys come from; the numbers themselves are in key_coefficient.
CREATE TABLE key_coefficient_file (
    operation_id text,
    key_id uuid,
    month text CHECK (month ~ '^[0-9]{4}-[0-9]{2}$'),
    producer text,
    sha256 text NOT NULL CHECK (sha256 ~ '^[0-9a-f]{64}$'),
    byte_count bigint NOT NULL CHECK (byte_count >= 0),
    set_at timestamptz NOT NULL,
    set_by text NOT NULL,
    PRIMARY KEY (operation_id, key_id, month, producer),
    FOREIGN KEY (operation_id, key_id) REFERENCES sharing_key ON DELETE CASCADE
);
SELECT audit.watch('key_coefficient_file');

-- What became of the keys that members adopted in a poll.
CREATE TABLE adoption (
    poll_id uuid PRIMARY KEY,
    operation_id text NOT NULL,
    key_id uuid NOT NULL,
    opened_at timestamptz NOT NULL,
    closed_at timestamptz NOT NULL,
    seal_hash text NOT NULL CHECK (seal_hash ~ '^[0-9a-f]{64}$'),
    state text NOT NULL CHECK (
        state IN (
            'approved', 'waiting', 'key_gone', 'key_not_a_draft', 'key_changed',
            'other_poll'
        )
    ),
    judged_at timestamptz NOT NULL
);
CREATE INDEX adoption_operation ON adoption (operation_id, closed_at);

-- Who is asked in polls about draft keys.
CREATE TABLE key_poll (
    poll_id uuid PRIMARY KEY,
    operation_id text NOT NULL,
    key_id uuid NOT NULL,
    opened_at timestamptz NOT NULL,
    voters uuid[] NOT NULL
);
CREATE INDEX key_poll_key ON key_poll (operation_id, key_id);

-- What a draft would have given those who are asked; a later poll has it tried anew.
CREATE TABLE key_preview (
    operation_id text NOT NULL,
    key_id uuid NOT NULL,
    asked_at timestamptz NOT NULL,
    waiting text[] NOT NULL,
    failure text,
    poll_id uuid NOT NULL REFERENCES key_poll ON DELETE CASCADE,
    PRIMARY KEY (operation_id, key_id),
    FOREIGN KEY (operation_id, key_id) REFERENCES sharing_key ON DELETE CASCADE
);
CREATE INDEX key_preview_turn ON key_preview (asked_at)
WHERE waiting <> '{}' AND failure IS NULL;
CREATE INDEX key_preview_poll ON key_preview (poll_id);

CREATE TABLE key_preview_part (
    operation_id text NOT NULL,
    key_id uuid NOT NULL,
    month text NOT NULL,
    prm text NOT NULL,
    member_id uuid NOT NULL,
    days integer NOT NULL CHECK (days > 0),
    consumption_wmin bigint NOT NULL,
    in_force_wmin bigint NOT NULL CHECK (in_force_wmin BETWEEN 0 AND consumption_wmin),
    draft_wmin bigint NOT NULL CHECK (draft_wmin BETWEEN 0 AND consumption_wmin),
    PRIMARY KEY (operation_id, key_id, month, prm, member_id),
    FOREIGN KEY (operation_id, key_id) REFERENCES key_preview ON DELETE CASCADE
);
