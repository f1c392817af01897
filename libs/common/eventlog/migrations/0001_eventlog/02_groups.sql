-- Groups that read: how far they have come, and who of them is alive.

CREATE TABLE progress (
    "group" text NOT NULL,
    topic text NOT NULL,
    partition integer NOT NULL,
    next_offset bigint NOT NULL,
    PRIMARY KEY ("group", topic, partition)
);

-- Who lives holds an advisory lock: see the view alive.
CREATE TABLE member (
    "group" text NOT NULL,
    id uuid NOT NULL,
    topics text[] NOT NULL,
    PRIMARY KEY ("group", id)
);

-- The key of an advisory lock, as its view tells it: the halves of a bigint.
CREATE VIEW alive AS
SELECT "group", id, topics FROM member
WHERE hashtextextended(id::text, 0) IN (
    SELECT (classid::bigint << 32) | objid::bigint FROM pg_locks
    WHERE locktype = 'advisory' AND objsubid = 1 AND granted
        AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
);
