-- The walls around `reports`: what PostgreSQL believes of whoever asks, and what it shows them.
--
-- Whoever asks has a standing, claimed in `reports.claims` and proven in `reports.proof` for one
-- transaction. Without good claims there is no standing, and nothing is seen: by nobody, the owner
-- of the tables included. Functions of the owner's (SECURITY DEFINER) answer what no row may.

-- Claims --------------------------------------------------------------------------------------

CREATE FUNCTION reports.claims() RETURNS jsonb
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    said text := current_setting('reports.claims', true);
    key reports.claim_key;
    told jsonb;
BEGIN
    IF said IS NULL OR said = '' THEN
        RETURN NULL;
    END IF;
    SELECT * INTO key FROM reports.claim_key;
    IF NOT found OR encode(sha256(key.outer_pad || sha256(key.inner_pad || convert_to(said, 'UTF8'))), 'hex')
        IS DISTINCT FROM current_setting('reports.proof', true)
    THEN
        RETURN NULL;
    END IF;
    told := said::jsonb;
    IF (told->>'backend')::int = pg_backend_pid()
        AND told->>'transaction' = extract(epoch FROM now())::text
        AND (told->>'until')::float8 > extract(epoch FROM clock_timestamp())
    THEN
        RETURN told;
    END IF;
    RETURN NULL;
END
$$;
COMMENT ON FUNCTION reports.claims IS
    'What is claimed in this transaction; NULL unless the service said so, here, and just now.';

CREATE FUNCTION reports.standing() RETURNS text
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp
AS $$ SELECT reports.claims()->>'role' $$;

CREATE FUNCTION reports.me() RETURNS uuid
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp
AS $$ SELECT (reports.claims()->>'person')::uuid $$;

CREATE FUNCTION reports.offices_as(VARIADIC standings text[]) RETURNS uuid[]
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT CASE WHEN told->>'role' = ANY (standings)
        THEN ARRAY(SELECT jsonb_array_elements_text(told->'offices')::uuid) ELSE '{}' END
    FROM reports.claims() AS told
$$;
COMMENT ON FUNCTION reports.offices_as IS 'The offices of whoever asks, in one of these standings.';

CREATE FUNCTION reports.reports_told() RETURNS uuid[]
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT CASE WHEN told->>'role' = 'reporter'
        THEN ARRAY(SELECT jsonb_array_elements_text(told->'reports')::uuid) ELSE '{}' END
    FROM reports.claims() AS told
$$;
COMMENT ON FUNCTION reports.reports_told IS 'The reports of a reporter who asks.';

-- Rows ----------------------------------------------------------------------------------------

GRANT USAGE ON SCHEMA reports TO geo_reports;
GRANT SELECT, INSERT, UPDATE ON reports.report, reports.case_file, reports.step,
    reports.survey_round TO geo_reports;
GRANT SELECT, INSERT, UPDATE (answered_at, accepted) ON reports.handover TO geo_reports;
GRANT SELECT, INSERT ON reports.message, reports.photo, reports.look, reports.sealing
    TO geo_reports;
GRANT SELECT, INSERT, UPDATE, DELETE ON reports.draft, reports.household, reports.survey_visit
    TO geo_reports;

DO $$
DECLARE each regclass;
BEGIN
    FOR each IN SELECT oid FROM pg_class
        WHERE relnamespace = 'reports'::regnamespace AND relkind = 'r' AND relname <> 'claim_key'
    LOOP
        EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', each);
        EXECUTE format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', each);
        -- What functions of the owner's see; the owner in person claims nothing, and sees nothing.
        EXECUTE format($policy$
            CREATE POLICY by_function ON %s TO geo_owner
                USING ((SELECT reports.standing()) IS NOT NULL)
                WITH CHECK ((SELECT reports.standing()) IS NOT NULL)
        $policy$, each);
    END LOOP;
END
$$;

CREATE POLICY centres_know ON reports.handover FOR SELECT TO geo_reports USING (
    from_centre_id = ANY ((SELECT reports.offices_as('caseworker'))::uuid[])
    OR to_centre_id = ANY ((SELECT reports.offices_as('caseworker'))::uuid[])
);
-- Who was asked answers as they like, who asked may only take it back; and each once.
CREATE POLICY centre_answers ON reports.handover FOR UPDATE TO geo_reports USING (
    answered_at IS NULL AND (
        from_centre_id = ANY ((SELECT reports.offices_as('caseworker'))::uuid[])
        OR to_centre_id = ANY ((SELECT reports.offices_as('caseworker'))::uuid[])
    )
) WITH CHECK (
    to_centre_id = ANY ((SELECT reports.offices_as('caseworker'))::uuid[])
    OR NOT accepted AND from_centre_id = ANY ((SELECT reports.offices_as('caseworker'))::uuid[])
);

CREATE POLICY centre_reads ON reports.case_file FOR SELECT TO geo_reports USING (
    centre_id = ANY ((SELECT reports.offices_as('caseworker'))::uuid[])
    OR id IN (
        SELECT case_id FROM reports.handover WHERE answered_at IS NULL
            AND to_centre_id = ANY ((SELECT reports.offices_as('caseworker'))::uuid[])
    )
);
CREATE POLICY centre_opens ON reports.case_file FOR INSERT TO geo_reports WITH CHECK (
    centre_id = ANY ((SELECT reports.offices_as('caseworker'))::uuid[])
);
CREATE POLICY centre_works ON reports.case_file FOR UPDATE TO geo_reports USING (
    centre_id = ANY ((SELECT reports.offices_as('caseworker'))::uuid[])
    OR id IN (
        SELECT case_id FROM reports.handover WHERE answered_at IS NULL
            AND to_centre_id = ANY ((SELECT reports.offices_as('caseworker'))::uuid[])
    )
) WITH CHECK (
    centre_id = ANY ((SELECT reports.offices_as('caseworker'))::uuid[])
);
-- A function, as the policies of cases read handovers in their turn.
CREATE FUNCTION reports.is_our_case(case_id uuid, centre_id uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT EXISTS (
        SELECT FROM reports.case_file WHERE id = $1 AND case_file.centre_id = $2
            AND case_file.centre_id = ANY (reports.offices_as('caseworker'))
    )
$$;
CREATE POLICY centre_offers ON reports.handover FOR INSERT TO geo_reports WITH CHECK (
    reports.is_our_case(case_id, from_centre_id)
);

-- A step is seen by whoever sees its case, and made by whose case it is.
CREATE POLICY centre_reads ON reports.step FOR SELECT TO geo_reports USING (
    EXISTS (SELECT FROM reports.case_file WHERE case_file.id = case_id)
);
CREATE POLICY centre_adds ON reports.step FOR INSERT TO geo_reports WITH CHECK (
    EXISTS (
        SELECT FROM reports.case_file WHERE case_file.id = case_id
            AND centre_id = ANY ((SELECT reports.offices_as('caseworker'))::uuid[])
    )
);
CREATE POLICY centre_works ON reports.step FOR UPDATE TO geo_reports USING (
    EXISTS (
        SELECT FROM reports.case_file WHERE case_file.id = case_id
            AND centre_id = ANY ((SELECT reports.offices_as('caseworker'))::uuid[])
    )
);

CREATE POLICY reporter_reads ON reports.report FOR SELECT TO geo_reports USING (
    id = ANY ((SELECT reports.reports_told())::uuid[])
);
CREATE POLICY reporter_tells ON reports.report FOR INSERT TO geo_reports WITH CHECK (
    id = ANY ((SELECT reports.reports_told())::uuid[])
);
CREATE POLICY centre_reads ON reports.report FOR SELECT TO geo_reports USING (
    centre_id = ANY ((SELECT reports.offices_as('caseworker'))::uuid[])
    OR second_centre_id = ANY ((SELECT reports.offices_as('caseworker'))::uuid[])
    OR case_id IN (
        SELECT case_id FROM reports.handover WHERE answered_at IS NULL
            AND to_centre_id = ANY ((SELECT reports.offices_as('caseworker'))::uuid[])
    )
);
CREATE POLICY centre_works ON reports.report FOR UPDATE TO geo_reports USING (
    centre_id = ANY ((SELECT reports.offices_as('caseworker'))::uuid[])
    OR second_centre_id = ANY ((SELECT reports.offices_as('caseworker'))::uuid[])
    OR case_id IN (
        SELECT case_id FROM reports.handover WHERE answered_at IS NULL
            AND to_centre_id = ANY ((SELECT reports.offices_as('caseworker'))::uuid[])
    )
) WITH CHECK (
    centre_id = ANY ((SELECT reports.offices_as('caseworker'))::uuid[])
    OR second_centre_id = ANY ((SELECT reports.offices_as('caseworker'))::uuid[])
);

-- A conversation belongs to whoever sees its report, and each speaks as who they are.
CREATE POLICY both_read ON reports.message FOR SELECT TO geo_reports USING (
    EXISTS (SELECT FROM reports.report WHERE report.id = report_id)
);
CREATE POLICY both_speak ON reports.message FOR INSERT TO geo_reports WITH CHECK (
    said_by = CASE (SELECT reports.standing())
        WHEN 'reporter' THEN 'reporter' WHEN 'caseworker' THEN 'centre' END
    AND EXISTS (SELECT FROM reports.report WHERE report.id = report_id)
);
CREATE POLICY both_see ON reports.photo FOR SELECT TO geo_reports USING (
    EXISTS (SELECT FROM reports.report WHERE report.id = report_id)
);
CREATE POLICY reporter_shows ON reports.photo FOR INSERT TO geo_reports WITH CHECK (
    report_id = ANY ((SELECT reports.reports_told())::uuid[])
);

CREATE POLICY reporter_writes ON reports.draft TO geo_reports USING (
    id = ANY ((SELECT reports.reports_told())::uuid[])
);

CREATE POLICY centre_leads ON reports.survey_round TO geo_reports USING (
    centre_id = ANY ((SELECT reports.offices_as('caseworker'))::uuid[])
);
CREATE POLICY centre_lists ON reports.household TO geo_reports USING (
    centre_id = ANY ((SELECT reports.offices_as('caseworker'))::uuid[])
);
CREATE POLICY centre_visits ON reports.survey_visit TO geo_reports USING (
    EXISTS (SELECT FROM reports.survey_round WHERE survey_round.id = round_id)
    AND EXISTS (SELECT FROM reports.household WHERE household.id = household_id)
);

CREATE POLICY whoever_looks ON reports.look FOR INSERT TO geo_reports WITH CHECK (
    standing = (SELECT reports.standing())
    AND person_id IS NOT DISTINCT FROM (SELECT reports.me())
);
-- That somebody came back to what they told is no office's business.
CREATE POLICY office_reviews ON reports.look FOR SELECT TO geo_reports USING (
    standing <> 'reporter'
    AND centre_id = ANY ((SELECT reports.offices_as('caseworker', 'lead'))::uuid[])
);
CREATE POLICY clockwork_seals ON reports.sealing TO geo_reports USING (
    (SELECT reports.standing()) = 'clockwork'
);

-- What functions answer -----------------------------------------------------------------------

CREATE VIEW reports.stage_of WITH (security_barrier) AS
    SELECT report.id AS report_id, coalesce(case_file.stage, 'new') AS stage,
           coalesce(case_file.stage_since, report.told_at) AS since
    FROM reports.report LEFT JOIN reports.case_file ON case_file.id = report.case_id
    WHERE report.id = ANY ((SELECT reports.reports_told())::uuid[]);
COMMENT ON VIEW reports.stage_of IS 'All that a reporter learns of what became of their report.';
GRANT SELECT ON reports.stage_of TO geo_reports;

CREATE FUNCTION reports.reports_of(reporter bytea) RETURNS SETOF uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT id FROM reports.report
    WHERE reporter_hash = reporter AND reports.standing() = 'reporter' ORDER BY told_at DESC
$$;
COMMENT ON FUNCTION reports.reports_of IS 'The reports of a person, by the digest of who they are.';

CREATE FUNCTION reports.report_of_receipt(receipt bytea) RETURNS uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT id FROM reports.report WHERE receipt_hash = receipt AND reports.standing() = 'reporter'
$$;

CREATE FUNCTION reports.draft_of(word bytea) RETURNS uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT id FROM reports.draft WHERE word_hash = word AND reports.standing() = 'reporter'
$$;

CREATE FUNCTION reports.forget_drafts(at timestamptz) RETURNS SETOF uuid
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    WITH gone AS (
        DELETE FROM reports.draft
        WHERE expires_at <= at AND reports.standing() = 'clockwork' RETURNING id, step
    ) SELECT id FROM gone WHERE step <> 'sent'
$$;
COMMENT ON FUNCTION reports.forget_drafts IS
    'Drafts whose time is over go; whose keys nothing else needs, as they became no report.';

CREATE FUNCTION reports.step_back(report uuid) RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE mine uuid[] := reports.offices_as('caseworker');
BEGIN
    UPDATE reports.report SET routing = 'sure', second_centre_id = NULL, version = version + 1,
        centre_id = CASE WHEN second_centre_id = ANY (mine) THEN centre_id ELSE second_centre_id END
    WHERE id = step_back.report AND case_id IS NULL AND second_centre_id IS NOT NULL
        AND (centre_id = ANY (mine) OR second_centre_id = ANY (mine));
    RETURN found;
END
$$;
COMMENT ON FUNCTION reports.step_back IS
    'At a border, leave the report to the other centre: it is no longer seen afterwards.';

-- Time ----------------------------------------------------------------------------------------

CREATE FUNCTION reports.set_time() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    NEW.shred_on := (NEW.closed_at AT TIME ZONE 'Asia/Seoul' + interval '1 year')::date;
    NEW.warned_at := NULL;
    UPDATE reports.report
        SET closed_at = NEW.closed_at, shred_on = NEW.shred_on, warned_at = NULL
        WHERE case_id = NEW.id;
    RETURN NEW;
END
$$;
CREATE TRIGGER case_file_time BEFORE UPDATE OF closed_at ON reports.case_file
    FOR EACH ROW WHEN (NEW.closed_at IS DISTINCT FROM OLD.closed_at)
    EXECUTE FUNCTION reports.set_time();

CREATE FUNCTION reports.about_to_go(until date) RETURNS TABLE (centre_id uuid, things uuid[])
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT ending.centre_id, array_agg(ending.id) FROM (
        SELECT report.centre_id, report.id FROM reports.report
        WHERE shred_on <= until AND warned_at IS NULL AND shredded_at IS NULL
        UNION ALL
        SELECT case_file.centre_id, case_file.id FROM reports.case_file
        WHERE shred_on <= until AND warned_at IS NULL AND shredded_at IS NULL
            AND merged_into_id IS NULL
    ) AS ending
    WHERE reports.standing() = 'clockwork' GROUP BY 1 ORDER BY 1
$$;
COMMENT ON FUNCTION reports.about_to_go IS
    'Reports and cases of whose end no centre was told yet.';

CREATE FUNCTION reports.note_warning(told uuid[], at timestamptz) RETURNS bigint
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    WITH warned AS (
        UPDATE reports.report SET warned_at = at
        WHERE id = ANY (told) AND closed_at IS NOT NULL
            AND reports.standing() = 'clockwork' RETURNING id
    ), cases AS (
        UPDATE reports.case_file SET warned_at = at
        WHERE id = ANY (told) AND closed_at IS NOT NULL
            AND reports.standing() = 'clockwork' RETURNING id
    ) SELECT (SELECT count(*) FROM warned) + (SELECT count(*) FROM cases)
$$;

CREATE FUNCTION reports.over(today date, warned_before timestamptz)
RETURNS TABLE (thing text, id uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    WITH RECURSIVE ending (id, merged) AS (
        SELECT case_file.id, 0 FROM reports.case_file
        WHERE shred_on <= today AND warned_at <= warned_before AND shredded_at IS NULL
            AND merged_into_id IS NULL
        UNION ALL
        -- What was merged into a case ends with it, and not before.
        SELECT case_file.id, ending.merged + 1
        FROM reports.case_file JOIN ending ON case_file.merged_into_id = ending.id
    )
    SELECT due.thing, due.id FROM (
        SELECT 'report' AS thing, report.id, 0 AS merged FROM reports.report
        WHERE shred_on <= today AND warned_at <= warned_before AND shredded_at IS NULL
        UNION ALL
        SELECT 'case', ending.id, ending.merged
        FROM ending JOIN reports.case_file ON case_file.id = ending.id
        WHERE case_file.shredded_at IS NULL
        UNION ALL
        SELECT 'household', household.id, 0 FROM reports.household
        WHERE today >= interval '1 year' + coalesce(
            (
                SELECT max(survey_round.ends_on) FROM reports.survey_visit
                JOIN reports.survey_round ON survey_round.id = survey_visit.round_id
                WHERE survey_visit.household_id = household.id
            ),
            (household.listed_at AT TIME ZONE 'Asia/Seoul')::date
        )
    ) AS due
    WHERE reports.standing() = 'clockwork' ORDER BY due.merged DESC
$$;
COMMENT ON FUNCTION reports.over IS
    'What is to be destroyed: reports and cases whose end was told, and households a year after'
    ' the last round that they were in.';

CREATE FUNCTION reports.is_still_over(
    thing text, thing_id uuid, today date, warned_before timestamptz
) RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF reports.standing() IS DISTINCT FROM 'clockwork' THEN
        RETURN NULL;
    END IF;
    -- First the case, as whoever opens it again locks it first.
    PERFORM FROM reports.case_file WHERE id IN (
        WITH RECURSIVE held (id) AS (
            SELECT coalesce((SELECT case_id FROM reports.report WHERE id = thing_id), thing_id)
            UNION
            SELECT merged_into_id FROM reports.case_file JOIN held USING (id)
        ) SELECT held.id FROM held
    ) FOR UPDATE;
    PERFORM FROM reports.report WHERE id = thing_id FOR UPDATE;
    PERFORM FROM reports.household WHERE id = thing_id FOR UPDATE;
    RETURN EXISTS (
        SELECT FROM reports.over(today, warned_before) AS due
        WHERE due.thing = is_still_over.thing AND due.id = thing_id
    );
END
$$;
COMMENT ON FUNCTION reports.is_still_over IS
    'The same of one thing, which nobody changes until the transaction ends.';

CREATE FUNCTION reports.bury(thing text, thing_id uuid, at timestamptz) RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF reports.standing() IS DISTINCT FROM 'clockwork' THEN
        RETURN false;
    ELSIF thing = 'report' THEN
        DELETE FROM reports.photo WHERE report_id = thing_id;
        DELETE FROM reports.message WHERE report_id = thing_id;
        UPDATE reports.report SET shredded_at = at, place_sealed = NULL, where_words_sealed = NULL,
            story_sealed = NULL, signs_sealed = NULL, subject_sealed = NULL, consent_sealed = NULL,
            contact_sealed = NULL, cell = NULL, reporter_hash = NULL, receipt_hash = NULL
            WHERE id = thing_id AND shredded_at IS NULL;
    ELSIF thing = 'household' THEN
        DELETE FROM reports.household WHERE id = thing_id;
    ELSE
        UPDATE reports.step SET words_sealed = NULL WHERE case_id = thing_id;
        UPDATE reports.case_file SET shredded_at = at, summary_sealed = NULL,
            connected_to_sealed = NULL, cell = NULL
            WHERE id = thing_id AND shredded_at IS NULL;
    END IF;
    RETURN found;
END
$$;
COMMENT ON FUNCTION reports.bury IS
    'Once the key is destroyed: what no key opens leaves its row, and sums keep their count.';

-- Looks ---------------------------------------------------------------------------------------

CREATE FUNCTION reports.looks_after(
    last bigint, at_most integer, are_sealed boolean DEFAULT false
) RETURNS SETOF reports.look
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF reports.standing() IS DISTINCT FROM 'clockwork' THEN
        RETURN;
    END IF;
    IF NOT are_sealed THEN
        -- Whoever is writing one has finished: no smaller number appears later.
        LOCK TABLE reports.look IN SHARE MODE;
    END IF;
    RETURN QUERY SELECT * FROM reports.look WHERE id > last ORDER BY id LIMIT at_most;
END
$$;
COMMENT ON FUNCTION reports.looks_after IS 'The next looks to be sealed, in their order.';

REVOKE ALL ON ALL FUNCTIONS IN SCHEMA reports FROM PUBLIC;
GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA reports TO geo_reports;
