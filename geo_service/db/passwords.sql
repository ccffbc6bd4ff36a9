-- Where roles sign in over a network: their passwords, from the environment of psql 15 or newer.
-- Run it after bootstrap.sql; run it again to change them. A missing variable stops it.

\set ON_ERROR_STOP on
\getenv owner_password GEO_OWNER_PASSWORD
\getenv app_password GEO_APP_PASSWORD
\getenv reports_password GEO_REPORTS_PASSWORD
ALTER ROLE geo_owner PASSWORD :'owner_password';
ALTER ROLE geo_app PASSWORD :'app_password';
ALTER ROLE geo_reports PASSWORD :'reports_password';
