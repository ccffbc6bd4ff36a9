-- Cases: what happens to them by itself, and what leads may read of them. Each function asks for
-- its standing; none returns a word of what was told.

GRANT SELECT, INSERT, UPDATE (expires_at), DELETE ON reports.survey_list TO geo_reports;
ALTER TABLE reports.survey_list ENABLE ROW LEVEL SECURITY;
ALTER TABLE reports.survey_list FORCE ROW LEVEL SECURITY;
CREATE POLICY by_function ON reports.survey_list TO geo_owner
    USING ((SELECT reports.standing()) IS NOT NULL)
    WITH CHECK ((SELECT reports.standing()) IS NOT NULL);
CREATE POLICY centre_sends ON reports.survey_list TO geo_reports USING (
    EXISTS (SELECT FROM reports.survey_round WHERE survey_round.id = round_id)
);

-- By itself -----------------------------------------------------------------------------------

CREATE FUNCTION reports.escalate_steps(today date, at timestamptz)
RETURNS TABLE (number text, centre_id uuid, due_on date)
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    WITH late AS (
        UPDATE reports.step SET escalated_at = at FROM reports.case_file
        WHERE step.case_id = case_file.id AND case_file.closed_at IS NULL
            AND step.done_at IS NULL AND step.due_on < today AND step.escalated_at IS NULL
            AND reports.standing() = 'clockwork'
        RETURNING case_file.number, case_file.centre_id, step.due_on
    ) SELECT late.number::text, late.centre_id, late.due_on FROM late ORDER BY 3, 1
$$;
COMMENT ON FUNCTION reports.escalate_steps IS 'Steps that are late, each told once.';

CREATE FUNCTION reports.escalate_reports(
    told_today date, told_soon date, told_usual date, at timestamptz
)
RETURNS TABLE (number text, centre_id uuid, told_at timestamptz, urgency text)
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    WITH late AS (
        UPDATE reports.report SET escalated_at = at
        WHERE report.case_id IS NULL AND report.escalated_at IS NULL
            AND report.shredded_at IS NULL AND reports.standing() = 'clockwork'
            AND (report.told_at AT TIME ZONE 'Asia/Seoul')::date <= CASE report.urgency
                WHEN 'today' THEN told_today WHEN 'soon' THEN told_soon ELSE told_usual END
        RETURNING report.number, report.centre_id, report.told_at, report.urgency
    ) SELECT late.number::text, late.centre_id, late.told_at, late.urgency::text
    FROM late ORDER BY 3, 1
$$;
COMMENT ON FUNCTION reports.escalate_reports IS
    'Reports that nobody took up, told on or before the day that goes with their urgency.';

CREATE FUNCTION reports.follow_ups(today date, at timestamptz)
RETURNS TABLE (number text, centre_id uuid, assigned_to uuid)
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    WITH due AS (
        UPDATE reports.case_file SET reminded_at = at
        WHERE case_file.follow_up_on <= today AND case_file.reminded_at IS NULL
            AND reports.standing() = 'clockwork'
        RETURNING case_file.number, case_file.centre_id, case_file.assigned_to
    ) SELECT due.number::text, due.centre_id, due.assigned_to FROM due ORDER BY 1
$$;
COMMENT ON FUNCTION reports.follow_ups IS 'Cases to be looked at again, each told once.';

CREATE FUNCTION reports.forget_lists(at timestamptz) RETURNS SETOF uuid
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    DELETE FROM reports.survey_list
    WHERE expires_at <= at AND reports.standing() = 'clockwork' RETURNING id
$$;

-- Who looked ----------------------------------------------------------------------------------

CREATE FUNCTION reports.looks_at(things uuid[])
RETURNS TABLE (at timestamptz, thing text, purpose text, person_id uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    WITH RECURSIVE ours AS (
        SELECT case_file.id FROM reports.case_file
        WHERE case_file.id = ANY (things)
            AND case_file.centre_id = ANY (reports.offices_as('caseworker'))
        UNION SELECT gone.id FROM reports.case_file AS gone JOIN ours ON gone.merged_into_id = ours.id
    ), seen AS (
        SELECT ours.id FROM ours
        UNION SELECT report.id FROM reports.report
        WHERE report.id = ANY (things)
            AND report.centre_id = ANY (reports.offices_as('caseworker'))
    )
    SELECT look.at, look.thing::text, look.purpose::text, look.person_id
    FROM reports.look JOIN seen ON seen.id = look.thing_id
    WHERE look.standing = 'caseworker' ORDER BY look.id
$$;
COMMENT ON FUNCTION reports.looks_at IS
    'Which staff of any centre looked at what is ours now, also at cases that became one of ours.';

-- For leads -----------------------------------------------------------------------------------

CREATE FUNCTION reports.sums(by text, first date, after date)
RETURNS TABLE (name text, reports bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    WITH told AS (
        SELECT report.centre_id, report.categories, report.told_at,
            coalesce(case_file.stage, 'new') AS stage
        FROM reports.report LEFT JOIN reports.case_file ON case_file.id = report.case_id
        WHERE report.centre_id = ANY (reports.offices_as('lead'))
            AND report.told_at >= first::timestamp AT TIME ZONE 'Asia/Seoul'
            AND report.told_at < after::timestamp AT TIME ZONE 'Asia/Seoul'
    ), named AS (
        SELECT told.centre_id::text AS name FROM told WHERE by = 'centre'
        UNION ALL SELECT told.stage FROM told WHERE by = 'stage'
        UNION ALL SELECT unnest(told.categories) FROM told WHERE by = 'category'
        UNION ALL SELECT to_char(told.told_at AT TIME ZONE 'Asia/Seoul', 'YYYY-MM')
            FROM told WHERE by = 'month'
    ) SELECT named.name, count(*) FROM named GROUP BY 1 ORDER BY 1
$$;
COMMENT ON FUNCTION reports.sums IS
    'How many reports, by one thing at a time: centre, stage, category or month. Never crossed.';

CREATE FUNCTION reports.late(today date)
RETURNS TABLE (number text, centre_id uuid, since date)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT case_file.number::text, case_file.centre_id, min(step.due_on)
    FROM reports.step JOIN reports.case_file ON case_file.id = step.case_id
    WHERE step.done_at IS NULL AND step.due_on < today AND case_file.closed_at IS NULL
        AND case_file.centre_id = ANY (reports.offices_as('lead'))
    GROUP BY 1, 2
    UNION ALL
    SELECT report.number::text, report.centre_id,
        (report.escalated_at AT TIME ZONE 'Asia/Seoul')::date
    FROM reports.report
    WHERE report.case_id IS NULL AND report.escalated_at IS NOT NULL
        AND report.shredded_at IS NULL AND report.centre_id = ANY (reports.offices_as('lead'))
    ORDER BY 3, 1
$$;
COMMENT ON FUNCTION reports.late IS 'What is overdue: numbers, centres and since when.';

CREATE FUNCTION reports.progress(since date)
RETURNS TABLE (
    centre_id uuid, title text, season text, starts_on date, households bigint, done bigint
)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT survey_round.centre_id, survey_round.title::text, survey_round.season::text,
        survey_round.starts_on, count(survey_visit.id),
        count(survey_visit.id) FILTER (
            WHERE survey_visit.result IN ('well', 'needs_help', 'moved')
        )
    FROM reports.survey_round
    LEFT JOIN reports.survey_visit ON survey_visit.round_id = survey_round.id
    WHERE survey_round.ends_on >= since
        AND survey_round.centre_id = ANY (reports.offices_as('lead'))
    GROUP BY survey_round.id ORDER BY survey_round.starts_on DESC, 1
$$;
COMMENT ON FUNCTION reports.progress IS 'How far the surveys of each centre are.';

DO $$
DECLARE each regprocedure;
BEGIN
    FOREACH each IN ARRAY ARRAY[
        'reports.escalate_steps(date, timestamptz)',
        'reports.escalate_reports(date, date, date, timestamptz)',
        'reports.follow_ups(date, timestamptz)',
        'reports.forget_lists(timestamptz)',
        'reports.looks_at(uuid[])',
        'reports.sums(text, date, date)',
        'reports.late(date)',
        'reports.progress(date)'
    ]::regprocedure[] LOOP
        EXECUTE format('REVOKE ALL ON FUNCTION %s FROM PUBLIC', each);
        EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO geo_reports', each);
    END LOOP;
END
$$;
