-- Services come to the log by functions that know what each may do; its tables are not theirs.
-- The functions belong to eventlog, a role without members, and run as it. Who may act as that
-- role, a superuser who deploys, say, may do everything by them.

CREATE TABLE permission (
    service text NOT NULL,
    topic text NOT NULL,
    action text NOT NULL CHECK (action IN ('append', 'read')),
    PRIMARY KEY (service, topic, action)
);

-- Who asks, and not as whom a function runs.
CREATE FUNCTION caller() RETURNS text LANGUAGE sql STABLE AS $$
    SELECT coalesce(nullif(current_setting('role'), 'none'), session_user)
$$;

CREATE FUNCTION check_topics(wanted text, topics text[]) RETURNS void
LANGUAGE plpgsql STABLE SET search_path = eventlog, pg_catalog, pg_temp AS $$
BEGIN
    IF caller() <> 'eventlog' AND EXISTS (
        SELECT FROM unnest(topics) AS one (topic)
        WHERE topic NOT IN (
            SELECT permission.topic FROM permission
            WHERE service = caller() AND action = wanted
        )
    ) THEN
        RAISE EXCEPTION '% may not % some of %', caller(), wanted, topics
            USING ERRCODE = 'insufficient_privilege';
    END IF;
END $$;

CREATE FUNCTION check_group(name text) RETURNS void
LANGUAGE plpgsql STABLE SET search_path = eventlog, pg_catalog, pg_temp AS $$
BEGIN
    IF caller() NOT IN ('eventlog', name) THEN
        RAISE EXCEPTION '% is not of the group %', caller(), name
            USING ERRCODE = 'insufficient_privilege';
    END IF;
END $$;
