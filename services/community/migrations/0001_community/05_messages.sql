-- The outbox of e-mails.

CREATE TABLE message (
    id uuid PRIMARY KEY,
    member_id uuid REFERENCES member,
    operation_id text,
    kind text NOT NULL,
    language text NOT NULL CHECK (language IN ('fr', 'en')),
    subject text NOT NULL CHECK (subject !~ '[\r\n]'),
    body text,
    attachments jsonb NOT NULL,
    asked_at timestamptz NOT NULL,
    revision integer NOT NULL,
    is_secret boolean NOT NULL,
    is_reported boolean NOT NULL,
    CHECK (body IS NOT NULL OR is_secret),
    CHECK (NOT is_reported OR (member_id IS NOT NULL AND operation_id IS NOT NULL))
);
CREATE INDEX message_member ON message (member_id, asked_at);
CREATE INDEX message_operation ON message (operation_id, asked_at);
CREATE INDEX message_asked ON message (asked_at);

CREATE TABLE message_recipient (
    message_id uuid REFERENCES message ON DELETE CASCADE,
    number smallint CHECK (number > 0),
    address text,
    status text NOT NULL CHECK (status IN ('queued', 'sent', 'bounced', 'failed')),
    at timestamptz NOT NULL,
    reason text,
    attempts integer NOT NULL,
    due_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    PRIMARY KEY (message_id, number),
    CHECK (address IS NOT NULL OR status = 'failed'),
    CHECK (reason IS NOT NULL OR status IN ('queued', 'sent'))
);
CREATE INDEX message_recipient_due ON message_recipient (due_at) WHERE status = 'queued';
-- What the service does to these by itself is their own history.
SELECT audit.watch('message_recipient', silent => '{attempts,due_at}', people_only => true);

CREATE TABLE message_attachment (
    message_id uuid REFERENCES message ON DELETE CASCADE,
    sha256 text CHECK (sha256 = encode(sha256(content), 'hex')),
    content bytea NOT NULL CHECK (octet_length(content) <= 65536),
    PRIMARY KEY (message_id, sha256)
);
