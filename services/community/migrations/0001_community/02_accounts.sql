-- Who may log in and how, and the log-ins that failed.

CREATE TABLE account (
    id uuid PRIMARY KEY,
    email text NOT NULL UNIQUE CHECK (email = lower(email)),
    password_hash text NOT NULL,
    roles text[] NOT NULL,
    operations text[] NOT NULL,
    member_id uuid REFERENCES member,
    disabled boolean NOT NULL
);
CREATE INDEX account_operations ON account USING gin (operations);
SELECT audit.watch('account');

CREATE TABLE invitation (
    id uuid PRIMARY KEY,
    email text NOT NULL CHECK (email = lower(email)),
    roles text[] NOT NULL CHECK (cardinality(roles) > 0),
    operations text[] NOT NULL,
    member_id uuid REFERENCES member,
    secret_sha256 text NOT NULL UNIQUE CHECK (secret_sha256 ~ '^[0-9a-f]{64}$'),
    invited_at timestamptz NOT NULL,
    invited_by text NOT NULL,
    expires_at timestamptz NOT NULL CHECK (expires_at > invited_at),
    accepted_at timestamptz,
    account_id uuid REFERENCES account,
    withdrawn_at timestamptz,
    CHECK ((accepted_at IS NULL) = (account_id IS NULL)),
    CHECK (accepted_at IS NULL OR withdrawn_at IS NULL)
);
CREATE INDEX invitation_invited ON invitation (invited_at, id);
CREATE INDEX invitation_email ON invitation (email);
SELECT audit.watch('invitation');

CREATE TABLE log_in_link (
    secret_sha256 text PRIMARY KEY CHECK (secret_sha256 ~ '^[0-9a-f]{64}$'),
    account_id uuid NOT NULL REFERENCES account ON DELETE CASCADE,
    expires_at timestamptz NOT NULL
);
CREATE INDEX log_in_link_account ON log_in_link (account_id, expires_at);
CREATE INDEX log_in_link_expires ON log_in_link (expires_at);

-- Authenticator apps.
CREATE TABLE totp (
    account_id uuid PRIMARY KEY REFERENCES account ON DELETE CASCADE,
    secret bytea NOT NULL CHECK (octet_length(secret) >= 20),
    confirmed_at timestamptz,
    last_step bigint NOT NULL DEFAULT 0,
    failures smallint NOT NULL DEFAULT 0,
    paused_until timestamptz,
    -- The name of the key that the secret is kept under.
    locked_under text NOT NULL
);
SELECT audit.watch('totp', silent => '{last_step,failures,locked_under}');

CREATE TABLE recovery_code (
    sha256 text PRIMARY KEY CHECK (sha256 ~ '^[0-9a-f]{64}$'),
    account_id uuid NOT NULL REFERENCES account ON DELETE CASCADE
);
CREATE INDEX recovery_code_account ON recovery_code (account_id);

-- Addresses that wait to be confirmed; the link of one that was taken back still counts.
CREATE TABLE email_change (
    secret_sha256 text PRIMARY KEY CHECK (secret_sha256 ~ '^[0-9a-f]{64}$'),
    member_id uuid NOT NULL REFERENCES member,
    email text NOT NULL CHECK (email = lower(email)),
    expires_at timestamptz NOT NULL,
    cancelled_at timestamptz
);
CREATE INDEX email_change_member ON email_change (member_id);

-- Of accounts that do not exist, too: whether one does is nobody's to know.
CREATE TABLE log_in_failure (
    key text PRIMARY KEY,
    count integer NOT NULL CHECK (count >= 0),
    last_at timestamptz NOT NULL,
    paused_until timestamptz NOT NULL
);
CREATE INDEX log_in_failure_last ON log_in_failure (last_at);
-- That a log-in failed is in the logs.
SELECT audit.watch('log_in_failure', people_only => true);

-- Addresses of senders are kept as hashes, under a key of the day.
CREATE TABLE address_key (
    day date PRIMARY KEY,
    key bytea NOT NULL DEFAULT sha256(
        uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid())
    )
);
