-- The passwords of the services' roles, from the environment (INGEST_PASSWORD …), or from the files that it names
-- (INGEST_PASSWORD_FILE …). A role that is given none keeps its own.
-- For psql, by a superuser, after postgres.sql.

\set ingest `cat "${INGEST_PASSWORD_FILE:-/dev/null}"`
\set allocation `cat "${ALLOCATION_PASSWORD_FILE:-/dev/null}"`
\set billing `cat "${BILLING_PASSWORD_FILE:-/dev/null}"`
\set community `cat "${COMMUNITY_PASSWORD_FILE:-/dev/null}"`
\getenv ingest INGEST_PASSWORD
\getenv allocation ALLOCATION_PASSWORD
\getenv billing BILLING_PASSWORD
\getenv community COMMUNITY_PASSWORD

SELECT format('ALTER ROLE %I PASSWORD %L', role, password)
FROM (VALUES
    ('ingest', :'ingest'), ('allocation', :'allocation'), ('billing', :'billing'), ('community', :'community')
) AS given (role, password)
WHERE password <> '' \gexec
