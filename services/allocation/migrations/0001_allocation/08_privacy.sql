-- Who looked at shares, and which months were purged.

CREATE TABLE share_access (
    number bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    operation_id text NOT NULL,
    read_at timestamptz NOT NULL DEFAULT now(),
    subject text NOT NULL,
    role text NOT NULL,
    route text NOT NULL,
    prm text
);
CREATE INDEX share_access_operation ON share_access (operation_id, number);
CREATE INDEX share_access_read_at ON share_access (read_at);

-- Curves that are too old are taken away month by month, and it is noted which.
CREATE TABLE purge (
    operation_id text NOT NULL,
    month text NOT NULL,
    purged_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    readings bigint NOT NULL CHECK (readings >= 0),
    shares bigint NOT NULL CHECK (shares >= 0),
    dso_results bigint NOT NULL CHECK (dso_results >= 0),
    PRIMARY KEY (operation_id, month)
);
CREATE INDEX purge_purged_at ON purge (purged_at);
