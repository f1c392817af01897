-- Outbox, inbox and parked events.

CREATE TABLE outbox (
    position bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    event_id uuid NOT NULL,
    type text NOT NULL,
    topic text NOT NULL,
    key text NOT NULL,
    time timestamptz NOT NULL,
    value bytea NOT NULL
);
-- Events leave it soon: to compress them took longer than all else that is done here.
ALTER TABLE outbox ALTER COLUMN value SET STORAGE EXTERNAL;

CREATE TABLE inbox (
    event_id uuid PRIMARY KEY,
    received_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE parked (
    event_id uuid PRIMARY KEY,
    type text NOT NULL,
    topic text NOT NULL,
    key text NOT NULL,
    value bytea NOT NULL,
    error text NOT NULL,
    attempts integer NOT NULL,
    parked_at timestamptz NOT NULL DEFAULT now()
);
