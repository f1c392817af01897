-- The passwords of the services' roles, from the environment (INGEST_PASSWORD …) where they are set there.
-- For psql, by a superuser, after postgres.sql.

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
