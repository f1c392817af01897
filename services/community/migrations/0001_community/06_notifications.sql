-- Notifications to members, their channels and digests.

CREATE TABLE notification (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    member_id uuid REFERENCES member ON DELETE CASCADE,
    kind text NOT NULL,
    about_id uuid NOT NULL,
    operation_id text,
    title text NOT NULL CHECK (title !~ '[\r\n]'),
    text text NOT NULL,
    link text NOT NULL CHECK (link ~ '^/[^\s]*$'),
    channel text NOT NULL CHECK (channel IN ('email', 'daily', 'weekly', 'in_app')),
    created_at timestamptz NOT NULL,
    seen_at timestamptz,
    mailed_at timestamptz,
    account_id uuid REFERENCES account ON DELETE CASCADE,
    -- In which it was written, for who hears it read.
    language text NOT NULL CHECK (language IN ('fr', 'en')),
    CHECK (num_nonnulls(member_id, account_id) = 1),
    UNIQUE (member_id, kind, about_id),
    UNIQUE (account_id, kind, about_id)
);
CREATE INDEX notification_member ON notification (member_id, created_at, id);
CREATE INDEX notification_unseen ON notification (member_id) WHERE seen_at IS NULL;
CREATE INDEX notification_created ON notification (created_at);
CREATE INDEX notification_about ON notification (about_id);
CREATE INDEX notification_due ON notification (channel, created_at)
WHERE mailed_at IS NULL AND channel <> 'in_app';
-- What was seen is in no digest: it would be passed over each second, for years.
CREATE INDEX notification_digest ON notification (channel, created_at)
WHERE mailed_at IS NULL AND channel <> 'in_app' AND seen_at IS NULL;
CREATE INDEX notification_account ON notification (account_id, created_at, id);

CREATE TABLE notification_channel (
    member_id uuid REFERENCES member ON DELETE CASCADE,
    kind text NOT NULL,
    channel text NOT NULL
        CHECK (channel IN ('email', 'daily', 'weekly', 'in_app', 'none')),
    account_id uuid REFERENCES account ON DELETE CASCADE,
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    CHECK (num_nonnulls(member_id, account_id) = 1),
    UNIQUE (member_id, kind),
    UNIQUE (account_id, kind)
);
SELECT audit.watch('notification_channel');

CREATE TABLE digest (
    member_id uuid REFERENCES member ON DELETE CASCADE,
    digest text NOT NULL CHECK (digest IN ('daily', 'weekly')),
    day date NOT NULL CHECK (digest = 'daily' OR extract(isodow FROM day) = 1),
    account_id uuid REFERENCES account ON DELETE CASCADE,
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    CHECK (num_nonnulls(member_id, account_id) = 1),
    UNIQUE (member_id, digest, day),
    UNIQUE (account_id, digest, day)
);
CREATE INDEX digest_day ON digest (day);
