-- Challenges of members, and what their entries have come to.

CREATE TABLE challenge (
    id uuid PRIMARY KEY,
    operation_id text NOT NULL,
    revision integer NOT NULL CHECK (revision > 0),
    half_hours integer[] NOT NULL,
    weekdays integer[] NOT NULL,
    with_shares boolean NOT NULL
);
CREATE INDEX challenge_operation ON challenge (operation_id);

CREATE TABLE challenge_entry (
    id uuid PRIMARY KEY,
    challenge_id uuid NOT NULL REFERENCES challenge ON DELETE CASCADE,
    prm text NOT NULL,
    first_day date NOT NULL,
    end_day date NOT NULL,
    revision integer NOT NULL CHECK (revision >= 0),
    days jsonb NOT NULL
);
CREATE INDEX challenge_entry_challenge ON challenge_entry (challenge_id);
