-- What services may use.

REVOKE ALL ON ALL FUNCTIONS IN SCHEMA eventlog FROM PUBLIC;
GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA eventlog TO ingest, allocation, billing, community;
-- How much there is, who reads it and how far; no record.
GRANT SELECT ON partition, progress, member, alive TO ingest, allocation, billing, community;
GRANT USAGE ON SCHEMA eventlog TO ingest, allocation, billing, community;
