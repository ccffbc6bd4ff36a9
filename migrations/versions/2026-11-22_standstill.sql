-- What stands still, and what ends soon: told and shown to leads by number, never by a word.

CREATE FUNCTION reports.touch() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    NEW.touched_at := now();
    RETURN NEW;
END
$$;
COMMENT ON FUNCTION reports.touch IS 'Each deed raises the version of a case; then it was touched.';
CREATE TRIGGER case_file_touch BEFORE UPDATE OF version ON reports.case_file
    FOR EACH ROW WHEN (NEW.version IS DISTINCT FROM OLD.version)
    EXECUTE FUNCTION reports.touch();

CREATE FUNCTION reports.touch_by_message() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    UPDATE reports.case_file SET touched_at = now()
    FROM reports.report WHERE report.id = NEW.report_id AND case_file.id = report.case_id;
    RETURN NULL;
END
$$;
COMMENT ON FUNCTION reports.touch_by_message IS
    'Who writes, of either side, touches the case; its version stays, and so do forms on it.';
CREATE TRIGGER message_touch AFTER INSERT ON reports.message
    FOR EACH ROW EXECUTE FUNCTION reports.touch_by_message();

CREATE FUNCTION reports.idle_cases(today date, untouched timestamptz) RETURNS SETOF uuid
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT case_file.id FROM reports.case_file
    WHERE case_file.closed_at IS NULL AND case_file.touched_at <= untouched
        AND coalesce(case_file.due_on < today, true)
        AND coalesce(case_file.follow_up_on < today, true)
$$;
COMMENT ON FUNCTION reports.idle_cases IS
    'Open cases that nobody did anything with since a moment, and for which nothing is planned.';

CREATE FUNCTION reports.escalate_idle(today date, untouched timestamptz, at timestamptz)
RETURNS TABLE (number text, centre_id uuid, since timestamptz)
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    WITH cases AS (
        UPDATE reports.case_file SET idle_told_at = at
        WHERE case_file.id IN (SELECT reports.idle_cases(today, untouched))
            AND coalesce(case_file.idle_told_at <= untouched, true)
            AND reports.standing() = 'clockwork'
        RETURNING case_file.number, case_file.centre_id, case_file.touched_at AS since
    ), untaken AS (
        UPDATE reports.report SET idle_told_at = at
        WHERE report.case_id IS NULL AND report.shredded_at IS NULL
            AND report.told_at <= untouched
            AND coalesce(report.idle_told_at <= untouched, true)
            AND reports.standing() = 'clockwork'
        RETURNING report.number, report.centre_id, report.told_at AS since
    )
    SELECT each.number::text, each.centre_id, each.since
    FROM (SELECT * FROM cases UNION ALL SELECT * FROM untaken) AS each ORDER BY 3, 1
$$;
COMMENT ON FUNCTION reports.escalate_idle IS
    'What stands still, each told again only when it has stood still as long once more.';

CREATE FUNCTION reports.idle(today date, untouched timestamptz)
RETURNS TABLE (number text, centre_id uuid, since date)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT case_file.number::text, case_file.centre_id,
        (case_file.touched_at AT TIME ZONE 'Asia/Seoul')::date
    FROM reports.case_file
    WHERE case_file.id IN (SELECT reports.idle_cases(today, untouched))
        AND case_file.centre_id = ANY (reports.offices_as('lead'))
    ORDER BY 3, 1
$$;
COMMENT ON FUNCTION reports.idle IS
    'Cases that stand still: numbers, centres and since when. Reports that nobody took up are late.';

CREATE FUNCTION reports.ending(today date)
RETURNS TABLE (number text, centre_id uuid, ends_on date)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT case_file.number::text, case_file.centre_id, greatest(
        case_file.shred_on,
        coalesce((case_file.warned_at AT TIME ZONE 'Asia/Seoul')::date, ending.today) + 30
    )
    FROM reports.case_file
    WHERE case_file.shred_on <= ending.today + 30 AND case_file.shredded_at IS NULL
        AND case_file.merged_into_id IS NULL
        AND case_file.centre_id = ANY (reports.offices_as('lead'))
    ORDER BY 3, 1
$$;
COMMENT ON FUNCTION reports.ending IS
    'Closed cases that are destroyed within a month or so: numbers, centres and days.';

DO $$
DECLARE each regprocedure;
BEGIN
    FOREACH each IN ARRAY ARRAY[
        'reports.touch()',
        'reports.touch_by_message()',
        'reports.idle_cases(date, timestamptz)',
        'reports.escalate_idle(date, timestamptz, timestamptz)',
        'reports.idle(date, timestamptz)',
        'reports.ending(date)'
    ]::regprocedure[] LOOP
        EXECUTE format('REVOKE ALL ON FUNCTION %s FROM PUBLIC', each);
        EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO geo_reports', each);
    END LOOP;
END
$$;
