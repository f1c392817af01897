-- A role and a schema per service, the schema of the event log, and the audit log. Run by a superuser,
-- as often as one likes, with psql or by `elocoop migrate`; so it is plain SQL. Passwords: passwords.sql.
-- No service may read another's schema, nor alter the audit log: tests/common/test_grants.py tries.

SET client_min_messages = warning;

DO $$
DECLARE
    name text;
BEGIN
    FOREACH name IN ARRAY ARRAY['ingest', 'allocation', 'billing', 'community'] LOOP
        IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = name) THEN
            EXECUTE format('CREATE ROLE %I LOGIN', name);
        END IF;
    END LOOP;
    FOREACH name IN ARRAY ARRAY['eventlog', 'audit'] LOOP
        IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = name) THEN
            EXECUTE format('CREATE ROLE %I', name);
        END IF;
    END LOOP;
END $$;

CREATE SCHEMA IF NOT EXISTS ingest AUTHORIZATION ingest;
CREATE SCHEMA IF NOT EXISTS allocation AUTHORIZATION allocation;
CREATE SCHEMA IF NOT EXISTS billing AUTHORIZATION billing;
CREATE SCHEMA IF NOT EXISTS community AUTHORIZATION community;

-- The event log in PostgreSQL; with Kafka it stays empty. It belongs to a role that nobody is a member
-- of, so no service can alter it. They append and read by its functions, which know their rights
-- (libs/common/eventlog/migrations).
CREATE SCHEMA IF NOT EXISTS eventlog AUTHORIZATION eventlog;

-- The audit log: what changed in the services' tables, and by whom (docs/adr/0015-audit-log.md).
-- It belongs to a role that nobody is a member of, so no service can alter it. A service
-- writes by triggers on its own tables, and reads its own lines.
CREATE SCHEMA IF NOT EXISTS audit AUTHORIZATION audit;
GRANT USAGE ON SCHEMA audit TO ingest, allocation, billing, community;
SET ROLE audit;

-- What is not there yet, and only then: to make a trigger or a policy anew waits for whoever reads.
DO $$
BEGIN
    IF to_regclass('audit.change') IS NOT NULL THEN
        RETURN;
    END IF;
    CREATE TABLE audit.change (
        position bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        at timestamptz NOT NULL DEFAULT now(),
        service text NOT NULL,
        subject text,
        roles text[] NOT NULL,
        route text,
        request_id text,
        action text NOT NULL CHECK (action IN ('insert', 'update', 'delete')),
        entity text NOT NULL,
        entity_id text NOT NULL,
        before jsonb,
        after jsonb
    );
    CREATE INDEX change_service ON audit.change (service, position);
    CREATE INDEX change_table ON audit.change (service, entity, position);
    CREATE INDEX change_entity ON audit.change (service, entity_id, position);
    CREATE INDEX change_subject ON audit.change (service, subject, position);
    CREATE INDEX change_request ON audit.change (service, request_id);
    GRANT SELECT ON audit.change TO ingest, allocation, billing, community;
    ALTER TABLE audit.change ENABLE ROW LEVEL SECURITY;
    -- In the collation of the column: with that of names no index is used for it.
    CREATE POLICY own_lines ON audit.change FOR SELECT
    USING (service = CAST(current_user AS text) COLLATE "default");

    CREATE FUNCTION audit.keep() RETURNS trigger LANGUAGE plpgsql AS $keep$
    BEGIN
        IF TG_OP = 'DELETE' AND current_setting('audit.purging', true) = 'on' THEN
            RETURN NULL;
        END IF;
        RAISE EXCEPTION 'the audit log does not change'
            USING ERRCODE = 'integrity_constraint_violation';
    END $keep$;
    CREATE TRIGGER kept BEFORE UPDATE OR DELETE OR TRUNCATE ON audit.change
    FOR EACH STATEMENT EXECUTE FUNCTION audit.keep();
END $$;

-- A value whose name says that it is a secret, or a bank account, is never written, though that it changed is.
CREATE OR REPLACE FUNCTION audit.without_secrets(content jsonb) RETURNS jsonb
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog AS $$
    SELECT jsonb_object_agg(
        key,
        CASE
            WHEN key ~ '(password|secret|private|token|iban)' AND value <> 'null' THEN '"(secret)"'
            ELSE value
        END
    )
    FROM jsonb_each(content)
$$;

-- A trigger. Its arguments: the columns of the primary key, and those that nobody follows.
CREATE OR REPLACE FUNCTION audit.note_change() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
    keys text[] := TG_ARGV[0];
    silent text[] := TG_ARGV[1];
    known jsonb := audit.without_secrets(
        CASE WHEN TG_OP = 'DELETE' THEN to_jsonb(OLD) ELSE to_jsonb(NEW) END
    );
    earlier jsonb := CASE WHEN TG_OP <> 'INSERT' THEN to_jsonb(OLD) - silent END;
    later jsonb := CASE WHEN TG_OP <> 'DELETE' THEN to_jsonb(NEW) - silent END;
    same text[];
BEGIN
    IF TG_OP = 'UPDATE' THEN
        same := ARRAY(
            SELECT key FROM jsonb_each(later) WHERE value IS NOT DISTINCT FROM earlier -> key
        );
        earlier := earlier - same;
        later := later - same;
        IF later = '{}' THEN
            RETURN NULL;
        END IF;
    END IF;
    INSERT INTO audit.change (
        service, subject, roles, route, request_id, action, entity, entity_id, before, after
    ) VALUES (
        TG_TABLE_SCHEMA,
        nullif(current_setting('audit.subject', true), ''),
        string_to_array(coalesce(current_setting('audit.roles', true), ''), ' '),
        nullif(current_setting('audit.route', true), ''),
        nullif(current_setting('audit.request_id', true), ''),
        lower(TG_OP),
        TG_TABLE_NAME,
        (SELECT string_agg(known ->> name, '/' ORDER BY place)
            FROM unnest(keys) WITH ORDINALITY AS key (name, place)),
        audit.without_secrets(earlier),
        audit.without_secrets(later)
    );
    RETURN NULL;
END $$;

-- For migrations: from now on, every change of this table of one's own leaves a line.
-- silent: columns that nobody follows. people_only: what the service does by itself leaves none.
CREATE OR REPLACE FUNCTION audit.watch(
    watched regclass, silent text[] DEFAULT '{}', people_only boolean DEFAULT false
) RETURNS void LANGUAGE plpgsql SET search_path = pg_catalog AS $$
DECLARE
    keys text[] := ARRAY(
        SELECT attname FROM pg_index, pg_attribute
        WHERE indrelid = watched AND indisprimary AND attrelid = watched AND attnum = ANY (indkey)
        ORDER BY array_position(indkey::int2[], attnum)
    );
BEGIN
    EXECUTE format(
        'CREATE OR REPLACE TRIGGER noted AFTER INSERT OR UPDATE OR DELETE ON %s FOR EACH ROW %s'
        ' EXECUTE FUNCTION audit.note_change(%L, %L)',
        watched,
        CASE WHEN people_only THEN 'WHEN (current_setting(''audit.subject'', true) <> '''')' END,
        keys,
        silent
    );
END $$;

-- The one way in which lines go: a service deletes its own, when they are old enough.
CREATE OR REPLACE FUNCTION audit.purge(before timestamptz, most integer) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
    caller text := coalesce(nullif(current_setting('role'), 'none'), session_user);
    deleted integer;
BEGIN
    IF purge.before > now() - interval '6 months' THEN
        RAISE EXCEPTION 'the audit log is kept for six months at least'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    PERFORM set_config('audit.purging', 'on', true);
    DELETE FROM audit.change WHERE position IN (
        SELECT position FROM audit.change AS one
        WHERE service = caller AND at < purge.before ORDER BY position LIMIT most
    );
    GET DIAGNOSTICS deleted = ROW_COUNT;
    PERFORM set_config('audit.purging', 'off', true);
    RETURN deleted;
END $$;
RESET ROLE;

REVOKE ALL ON SCHEMA public FROM PUBLIC;
