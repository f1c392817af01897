-- What a log-in opens, for people and programs, and the keys that sign tokens.

CREATE TABLE session (
    id uuid PRIMARY KEY,
    account_id uuid NOT NULL REFERENCES account,
    device text NOT NULL,
    began_at timestamptz NOT NULL,
    last_used_on date NOT NULL,
    expires_at timestamptz NOT NULL CHECK (expires_at > began_at),
    revoked_at timestamptz,
    -- Of a browser's cookie, which stands in place of refresh tokens (ADR 24).
    secret_sha256 text UNIQUE CHECK (secret_sha256 ~ '^[0-9a-f]{64}$'),
    -- When its person last showed who they are.
    stepped_up_at timestamptz NOT NULL
);
CREATE INDEX session_account ON session (account_id);
CREATE INDEX session_revoked ON session (revoked_at);
CREATE INDEX session_expires ON session (expires_at);

CREATE FUNCTION keep_session() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.revoked_at IS NOT NULL AND NEW.revoked_at IS DISTINCT FROM OLD.revoked_at THEN
        RAISE EXCEPTION 'a session that was revoked stays so'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER session_kept BEFORE UPDATE ON session
FOR EACH ROW EXECUTE FUNCTION keep_session();
-- What changes with each use is nobody's change.
SELECT audit.watch('session', silent => '{last_used_on}');

-- Those that were spent stay as long as the session: who comes with one again has stolen it,
-- or was robbed of it.
CREATE TABLE refresh_token (
    sha256 text PRIMARY KEY CHECK (sha256 ~ '^[0-9a-f]{64}$'),
    session_id uuid NOT NULL REFERENCES session ON DELETE CASCADE,
    spent_at timestamptz
);
CREATE INDEX refresh_token_session ON refresh_token (session_id);
CREATE UNIQUE INDEX refresh_token_unspent ON refresh_token (session_id)
WHERE spent_at IS NULL;

-- Sessions of browsers whose people log in at an issuer of the co-op's own (ADR 27).
CREATE TABLE issuer_session (
    id uuid PRIMARY KEY,
    subject text NOT NULL,
    secret_sha256 text NOT NULL UNIQUE CHECK (secret_sha256 ~ '^[0-9a-f]{64}$'),
    locked_tokens bytea NOT NULL,
    access_ends_at timestamptz NOT NULL,
    renewing_until timestamptz,
    expires_at timestamptz NOT NULL,
    -- No foreign key: the issuer may name a member that is not recorded here.
    member_id uuid
);
CREATE INDEX issuer_session_expires ON issuer_session (expires_at);
CREATE INDEX issuer_session_member ON issuer_session (member_id);
-- What changes with each renewal is nobody's change.
SELECT audit.watch('issuer_session', silent => '{locked_tokens,access_ends_at,renewing_until}');

-- Programs that push deliveries.
CREATE TABLE feed (
    id uuid PRIMARY KEY,
    name text NOT NULL,
    made_at timestamptz NOT NULL,
    made_by text NOT NULL,
    last_used_on date,
    revoked_at timestamptz
);
CREATE INDEX feed_revoked ON feed (revoked_at);
SELECT audit.watch('feed', silent => '{last_used_on}');

-- One that never ends would be forgotten in some program.
CREATE TABLE feed_secret (
    feed_id uuid REFERENCES feed,
    number integer CHECK (number > 0),
    secret_sha256 text NOT NULL UNIQUE CHECK (secret_sha256 ~ '^[0-9a-f]{64}$'),
    made_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    PRIMARY KEY (feed_id, number),
    CONSTRAINT feed_secret_ends CHECK (expires_at <= made_at + interval '401 days')
);
SELECT audit.watch('feed_secret');

CREATE TABLE signing_key (
    kid text PRIMARY KEY,
    public_jwk jsonb NOT NULL,
    secret bytea NOT NULL,
    -- The name of the key that the secret is kept under; null: there were no SECRET_KEYS.
    locked_under text,
    created_at timestamptz NOT NULL
);
SELECT audit.watch('signing_key', silent => '{locked_under}');
