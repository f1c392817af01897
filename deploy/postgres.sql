-- A role and a schema per service, and the schema of the event log. Run by a superuser, as often
-- as one likes; passwords come from the environment (INGEST_PASSWORD …) when they are set there.
-- No service may read another's schema: tests/common/test_schemas.py tries.

\set QUIET on
SET client_min_messages = warning;

SELECT format('CREATE ROLE %I LOGIN', name)
FROM unnest(ARRAY['ingest', 'allocation', 'billing', 'community']) AS name
WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = name)
\gexec

CREATE SCHEMA IF NOT EXISTS ingest AUTHORIZATION ingest;
CREATE SCHEMA IF NOT EXISTS allocation AUTHORIZATION allocation;
CREATE SCHEMA IF NOT EXISTS billing AUTHORIZATION billing;
CREATE SCHEMA IF NOT EXISTS community AUTHORIZATION community;

-- The event log of the embedded mode belongs to all four; with Kafka it stays empty.
SELECT 'CREATE ROLE eventlog'
WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'eventlog')
\gexec
GRANT eventlog TO ingest, allocation, billing, community;
CREATE SCHEMA IF NOT EXISTS eventlog AUTHORIZATION eventlog;

REVOKE ALL ON SCHEMA public FROM PUBLIC;

\getenv ingest_password INGEST_PASSWORD
\getenv allocation_password ALLOCATION_PASSWORD
\getenv billing_password BILLING_PASSWORD
\getenv community_password COMMUNITY_PASSWORD
\if :{?ingest_password}
ALTER ROLE ingest PASSWORD :'ingest_password';
\endif
\if :{?allocation_password}
ALTER ROLE allocation PASSWORD :'allocation_password';
\endif
\if :{?billing_password}
ALTER ROLE billing PASSWORD :'billing_password';
\endif
\if :{?community_password}
ALTER ROLE community PASSWORD :'community_password';
\endif
