-- Who was shown what is kept of a member.

CREATE TABLE member_access (
    number bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    read_at timestamptz NOT NULL DEFAULT now(),
    subject text NOT NULL,
    role text NOT NULL CHECK (role IN ('operator', 'organiser')),
    route text NOT NULL,
    member_ids uuid[] NOT NULL CHECK (cardinality(member_ids) > 0)
);
CREATE INDEX member_access_members ON member_access USING gin (member_ids);
CREATE INDEX member_access_read_at ON member_access (read_at);
