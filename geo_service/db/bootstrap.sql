-- What only a superuser may do: roles, extensions, and who may do what in this database.
-- Run it in the database it is for; running it again changes nothing. The embedded cluster
-- does so at every start, a container once from its init directory, where passwords.sql follows.

BEGIN;
SELECT pg_advisory_xact_lock(hashtext('bootstrap'));

-- geo_owner makes and changes tables; geo_app serves requests with what each migration grants;
-- geo_reports alone enters the schema `reports`, where row level security binds it.
DO $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'geo_owner') THEN
        CREATE ROLE geo_owner LOGIN NOINHERIT;
    END IF;
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'geo_app') THEN
        CREATE ROLE geo_app LOGIN NOINHERIT;
    END IF;
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'geo_reports') THEN
        CREATE ROLE geo_reports LOGIN NOINHERIT;
    END IF;
END
$$;

DO $$
BEGIN
    EXECUTE format('ALTER DATABASE %I OWNER TO geo_owner', current_database());
    EXECUTE format('REVOKE ALL ON DATABASE %I FROM PUBLIC', current_database());
    EXECUTE format('GRANT CONNECT, TEMPORARY ON DATABASE %I TO geo_app', current_database());
    EXECUTE format('GRANT CONNECT ON DATABASE %I TO geo_reports', current_database());
END
$$;

ALTER SCHEMA public OWNER TO geo_owner;
REVOKE ALL ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO geo_app, geo_reports;

CREATE EXTENSION IF NOT EXISTS postgis SCHEMA public;     -- places, outlines, metres
CREATE EXTENSION IF NOT EXISTS pg_trgm SCHEMA public;     -- search in the middle of Korean words
CREATE EXTENSION IF NOT EXISTS btree_gist SCHEMA public;  -- "the same room" beside "overlapping time"

COMMIT;
