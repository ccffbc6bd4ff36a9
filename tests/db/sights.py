"""What each standing sees behind the walls and may do there: everything else is refused."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

from psycopg.errors import InsufficientPrivilege
from sqlalchemy import Connection, TextClause, bindparam, text
from sqlalchemy.dialects.postgresql import BYTEA
from sqlalchemy.exc import ProgrammingError

from tests.db.walls import Scene, as_nobody

TABLES = (
    "report",
    "message",
    "photo",
    "draft",
    "case_file",
    "step",
    "handover",
    "survey_round",
    "household",
    "survey_visit",
    "survey_list",
    "look",
    "sealing",
    "stage_of",
)
_NAMED_BY = {"look": "centre_id", "sealing": "number", "stage_of": "report_id"}

_ALL_OF_A_CENTRE = (
    "case_file",
    "step",
    "survey_round",
    "household",
    "survey_visit",
    "survey_list",
    "look",
    "message",
    "photo",
)

SEEN: dict[str, dict[str, set[str]]] = {
    "nobody": {},
    "the owner": {},
    "reporter of A": {"report": {"A"}, "message": {"A"}, "photo": {"A"}, "stage_of": {"A"}},
    "reporter of something new": {"draft": {"draft"}},
    "caseworker of A": {
        **{table: {"A"} for table in (*_ALL_OF_A_CENTRE, "handover")},
        "report": {"A", "border"},
    },
    "caseworker of B": {
        **{table: {"B"} for table in _ALL_OF_A_CENTRE},
        "report": {"B", "border"},
    },
    "caseworker of C": {
        table: {"A"} for table in ("report", "message", "photo", "case_file", "step", "handover")
    },
    "lead of A": {"look": {"A"}},
    "clockwork": {"sealing": {"the first"}},
    "a function": {
        **{table: {"A", "B"} for table in _ALL_OF_A_CENTRE},
        "report": {"A", "B", "border"},
        "handover": {"A"},
        "draft": {"draft"},
        "sealing": {"the first"},
    },
}
"""By whom, in which table. `the owner` is the login itself, `a function` one of its own."""

REFUSED = "refused"

_TELL = "INSERT INTO reports.report (id, number, told_at, centre_id, routing, categories) VALUES"
_SAY = "INSERT INTO reports.message (id, report_id, said_by, said_at, text_sealed) VALUES"
_SHOW = "INSERT INTO reports.photo (id, report_id, position, image_sealed) VALUES"
_BEGIN = "INSERT INTO reports.draft (id, word_hash, answers_sealed, step, expires_at) VALUES"
_OPEN = (
    "INSERT INTO reports.case_file (id, number, centre_id, stage, opened_at, stage_since) VALUES"
)
_TRY = "INSERT INTO reports.step (id, case_id, rung) VALUES"
_OFFER = (
    "INSERT INTO reports.handover (id, case_id, from_centre_id, to_centre_id, asked_by, asked_at)"
    " VALUES"
)
_LOOK = "INSERT INTO reports.look (person_id, standing, thing, purpose) VALUES"
_SEAL = "INSERT INTO reports.sealing (number, first_id, last_id, looks, hash, sealed_at) VALUES"
_ROUND = (
    "INSERT INTO reports.survey_round (id, centre_id, title, season, starts_on, ends_on, made_at)"
    " VALUES"
)
_LIST = (
    "INSERT INTO reports.household (id, centre_id, listed_at, name_sealed, address_sealed) VALUES"
)
_STILL_OVER = "reports.is_still_over('report', :report_b, 'infinity', 'infinity')"
_EVER = "'infinity', 'infinity'"
_ESCALATE = f"SELECT count(*) FROM reports.escalate_idle({_EVER}, now())"  # noqa: S608
_IDLE = f"SELECT count(*) FROM reports.idle({_EVER})"  # noqa: S608
_NEWS = "(:new, 'R-NEW000', now(), :a, 'sure', '{alone}')"

DONE: tuple[tuple[str, str, int | str], ...] = (
    ("reporter of something new", f"{_TELL} {_NEWS}", 1),
    ("reporter of A", f"{_TELL} {_NEWS}", REFUSED),
    ("caseworker of A", f"{_TELL} {_NEWS}", REFUSED),
    ("lead of A", f"{_TELL} {_NEWS}", REFUSED),
    ("reporter of A", f"{_SAY} (:new, :report_a, 'reporter', now(), :sealed)", 1),
    ("reporter of A", f"{_SAY} (:new, :report_a, 'centre', now(), :sealed)", REFUSED),
    ("reporter of A", f"{_SAY} (:new, :report_b, 'reporter', now(), :sealed)", REFUSED),
    ("caseworker of A", f"{_SAY} (:new, :report_a, 'centre', now(), :sealed)", 1),
    ("caseworker of A", f"{_SAY} (:new, :report_a, 'reporter', now(), :sealed)", REFUSED),
    ("caseworker of B", f"{_SAY} (:new, :report_a, 'centre', now(), :sealed)", REFUSED),
    ("reporter of A", f"{_SHOW} (:new, :report_a, 2, :sealed)", 1),
    ("caseworker of A", f"{_SHOW} (:new, :report_a, 2, :sealed)", REFUSED),
    ("reporter of something new", f"{_BEGIN} (:new, sha256('x'), :sealed, 'where', now())", 1),
    ("reporter of A", f"{_BEGIN} (:new, sha256('x'), :sealed, 'where', now())", REFUSED),
    ("reporter of something new", "UPDATE reports.draft SET step = 'what'", 1),
    ("reporter of A", "UPDATE reports.draft SET step = 'what'", 0),
    ("reporter of A", "DELETE FROM reports.draft", 0),
    ("caseworker of A", "UPDATE reports.report SET version = 9", 7),
    ("caseworker of B", "UPDATE reports.report SET version = 9", 3),
    ("caseworker of C", "UPDATE reports.report SET version = 9", REFUSED),
    ("caseworker of C", "UPDATE reports.report SET centre_id = :c, routing = 'handed'", 1),
    ("caseworker of A", "UPDATE reports.report SET centre_id = :c, routing = 'border'", REFUSED),
    ("reporter of A", "UPDATE reports.report SET version = 9", 0),
    ("lead of A", "UPDATE reports.report SET version = 9", 0),
    ("clockwork", "UPDATE reports.report SET version = 9", 0),
    ("caseworker of A", "DELETE FROM reports.report", REFUSED),
    ("caseworker of A", "UPDATE reports.message SET said_at = now()", REFUSED),
    ("caseworker of A", f"{_OPEN} (:new, 'C-NEW000', :a, 'new', now(), now())", 1),
    ("caseworker of A", f"{_OPEN} (:new, 'C-NEW000', :b, 'new', now(), now())", REFUSED),
    ("caseworker of A", "UPDATE reports.case_file SET version = 9", 2),
    ("caseworker of A", "UPDATE reports.case_file SET centre_id = :b", REFUSED),
    ("caseworker of C", "UPDATE reports.case_file SET centre_id = :c", 1),
    ("reporter of A", "UPDATE reports.case_file SET version = 9", 0),
    ("caseworker of A", f"{_TRY} (:new, :case_a, 'visit')", 1),
    ("caseworker of B", f"{_TRY} (:new, :case_a, 'visit')", REFUSED),
    ("caseworker of A", "UPDATE reports.step SET outcome = NULL", 2),
    ("reporter of A", "UPDATE reports.step SET outcome = NULL", 0),
    ("caseworker of C", f"{_TRY} (:new, :case_a, 'visit')", REFUSED),
    ("caseworker of C", "UPDATE reports.step SET outcome = NULL", 0),
    ("caseworker of B", f"{_OFFER} (:new, :case_b, :b, :a, :new, now())", 1),
    ("caseworker of A", f"{_OFFER} (:new, :case_b, :a, :c, :new, now())", REFUSED),
    ("caseworker of A", f"{_OFFER} (:new, :case_b, :b, :c, :new, now())", REFUSED),
    ("caseworker of C", "UPDATE reports.handover SET accepted = true, answered_at = now()", 1),
    ("caseworker of B", "UPDATE reports.handover SET accepted = true, answered_at = now()", 0),
    (
        "caseworker of A",
        "UPDATE reports.handover SET accepted = true, answered_at = now()",
        REFUSED,
    ),
    ("caseworker of A", "UPDATE reports.handover SET accepted = false, answered_at = now()", 1),
    ("caseworker of C", "UPDATE reports.handover SET to_centre_id = :b", REFUSED),
    ("caseworker of C", "UPDATE reports.handover SET case_id = :case_b", REFUSED),
    ("caseworker of A", f"{_ROUND} (:new, :a, 'x', 'winter', now(), now(), now())", 1),
    ("caseworker of B", f"{_ROUND} (:new, :a, 'x', 'winter', now(), now(), now())", REFUSED),
    ("caseworker of A", "UPDATE reports.survey_round SET title = 'x'", 1),
    ("caseworker of A", f"{_LIST} (:new, :a, now(), :sealed, :sealed)", 1),
    ("caseworker of B", f"{_LIST} (:new, :a, now(), :sealed, :sealed)", REFUSED),
    ("caseworker of A", "DELETE FROM reports.household", 1),
    ("caseworker of A", "DELETE FROM reports.survey_visit", 1),
    ("caseworker of A", "UPDATE reports.survey_list SET expires_at = 'infinity'", 1),
    ("caseworker of A", "UPDATE reports.survey_list SET rows_sealed = NULL", REFUSED),
    ("lead of A", "UPDATE reports.survey_list SET expires_at = 'infinity'", 0),
    ("caseworker of A", "DELETE FROM reports.survey_list", 1),
    ("reporter of A", "DELETE FROM reports.survey_list", 0),
    ("caseworker of A", f"{_LOOK} (:me, 'caseworker', 'case', 'x')", 1),
    ("caseworker of A", f"{_LOOK} (:new, 'caseworker', 'case', 'x')", REFUSED),
    ("caseworker of A", f"{_LOOK} (:me, 'lead', 'case', 'x')", REFUSED),
    ("caseworker of A", "UPDATE reports.look SET purpose = 'x'", REFUSED),
    ("caseworker of A", "DELETE FROM reports.look", REFUSED),
    ("clockwork", "DELETE FROM reports.look", REFUSED),
    ("clockwork", f"{_SEAL} (2, 900000, 900000, 1, sha256('x'), now())", 1),
    ("caseworker of A", f"{_SEAL} (2, 900000, 900000, 1, sha256('x'), now())", REFUSED),
    ("clockwork", "UPDATE reports.sealing SET looks = 9", REFUSED),
    ("caseworker of A", "SELECT inner_pad FROM reports.claim_key", REFUSED),
)
"""Who tries what, and how many rows it reaches."""

ANSWERED: tuple[tuple[str, str, Any], ...] = (
    ("reporter of A", "SELECT count(*) FROM reports.reports_of(:reporter)", 1),
    ("caseworker of A", "SELECT count(*) FROM reports.reports_of(:reporter)", 0),
    ("reporter of A", "SELECT reports.report_of_receipt(:receipt) IS NOT NULL", True),
    ("caseworker of A", "SELECT reports.report_of_receipt(:receipt) IS NOT NULL", False),
    ("reporter of A", "SELECT reports.draft_of(:word) IS NOT NULL", True),
    ("caseworker of A", "SELECT reports.draft_of(:word) IS NOT NULL", False),
    ("clockwork", "SELECT count(*) FROM reports.forget_drafts('infinity')", 1),
    ("reporter of A", "SELECT count(*) FROM reports.forget_drafts('infinity')", 0),
    ("caseworker of A", "SELECT reports.step_back(:border)", True),
    ("caseworker of C", "SELECT reports.step_back(:border)", False),
    ("reporter of A", "SELECT reports.step_back(:border)", False),
    ("clockwork", "SELECT count(*) FROM reports.about_to_go('infinity')", 1),
    ("caseworker of A", "SELECT count(*) FROM reports.about_to_go('infinity')", 0),
    ("caseworker of B", "SELECT reports.note_warning(ARRAY[:report_b], now())", 0),
    ("clockwork", "SELECT reports.note_warning(ARRAY[:report_b], now())", 1),
    ("clockwork", "SELECT count(*) FROM reports.over('infinity', 'infinity')", 3),
    ("clockwork", "SELECT count(*) FROM reports.over('today', 'infinity')", 0),
    ("clockwork", "SELECT count(*) FROM reports.over('infinity', 'yesterday')", 2),
    ("caseworker of B", "SELECT count(*) FROM reports.over('infinity', 'infinity')", 0),
    ("caseworker of B", f"SELECT {_STILL_OVER}", None),
    ("clockwork", f"SELECT {_STILL_OVER}", True),
    ("caseworker of B", "SELECT reports.bury('report', :report_b, now())", False),
    ("clockwork", "SELECT reports.bury('report', :report_b, now())", True),
    ("clockwork", "SELECT count(*) FROM reports.looks_after(0, 9)", 2),
    ("caseworker of A", "SELECT count(*) FROM reports.looks_after(0, 9)", 0),
    ("lead of A", "SELECT count(*) FROM reports.looks_after(0, 9)", 0),
    ("clockwork", "SELECT reports.forget_reporter(:reporter)", 1),
    ("caseworker of A", "SELECT reports.forget_reporter(:reporter)", 0),
    ("caseworker of A", "SELECT reports.is_our_case(:case_a, :a)", True),
    ("caseworker of C", "SELECT reports.is_our_case(:case_a, :a)", False),
    ("clockwork", "SELECT count(*) FROM reports.escalate_steps('infinity', now())", 1),
    ("caseworker of A", "SELECT count(*) FROM reports.escalate_steps('infinity', now())", 0),
    ("clockwork", "SELECT count(*) FROM reports.escalate_reports(:day, :day, :day, now())", 1),
    ("lead of A", "SELECT count(*) FROM reports.escalate_reports(:day, :day, :day, now())", 0),
    ("clockwork", "SELECT count(*) FROM reports.follow_ups('infinity', now())", 1),
    ("caseworker of A", "SELECT count(*) FROM reports.follow_ups('infinity', now())", 0),
    ("caseworker of A", "SELECT count(*) FROM reports.looks_at(ARRAY[:report_a])", 1),
    ("caseworker of B", "SELECT count(*) FROM reports.looks_at(ARRAY[:report_a])", 0),
    ("lead of A", "SELECT count(*) FROM reports.looks_at(ARRAY[:report_a])", 0),
    ("clockwork", "SELECT count(*) FROM reports.forget_lists('infinity')", 2),
    ("caseworker of A", "SELECT count(*) FROM reports.forget_lists('infinity')", 0),
    ("lead of A", "SELECT sum(reports) FROM reports.sums('centre', '2000-1-1', 'infinity')", 7),
    ("caseworker of A", "SELECT count(*) FROM reports.sums('centre', '2000-1-1', 'infinity')", 0),
    ("clockwork", "SELECT sum(told) FROM reports.told_by_fives(:month)", 5),
    ("clockwork", _ESCALATE, 3),
    ("caseworker of A", _ESCALATE, 0),
    ("lead of A", _IDLE, 2),
    ("caseworker of A", _IDLE, 0),
    ("lead of A", "SELECT count(*) FROM reports.ending('infinity')", 0),
    ("caseworker of B", "SELECT count(*) FROM reports.ending('infinity')", 0),
    ("lead of A", "SELECT sum(told) FROM reports.told_by_fives(:month)", None),
    ("lead of A", "SELECT count(*) FROM reports.late('infinity')", 1),
    ("caseworker of A", "SELECT count(*) FROM reports.late('infinity')", 0),
    ("lead of A", "SELECT count(*) FROM reports.progress('2000-1-1')", 1),
    ("caseworker of A", "SELECT count(*) FROM reports.progress('2000-1-1')", 0),
)
"""Who asks which function, and what it answers."""


_EVERYTHING = text(
    " UNION ALL ".join(
        f"SELECT '{table}', {_NAMED_BY.get(table, 'id')}::text FROM reports.{table}"  # noqa: S608
        for table in TABLES
    )
)


class Sights:
    """Looks at a scene with the eyes of everybody."""

    def __init__(self, scene: Scene, logins: tuple[Connection, ...]) -> None:
        self.scene = scene
        self.app, self.reports, self.owner, _ = logins
        self._names = {str(key): name for key, name in scene.names.items()}

    def check(self, about: str = "") -> None:
        """Everybody sees and does exactly what they may; only what names `about` is tried.

        Raises: AssertionError.
        """
        for who, expected in SEEN.items():
            with self._as(who) as login:
                assert self._seen(login) == expected, who
                for person, sql, outcome in DONE:
                    if person == who and about in sql:
                        assert self._outcome(login, sql) == outcome, f"{who}: {sql}"
                for person, sql, answer in ANSWERED:
                    if person == who and about in sql:
                        assert self._answer(login, sql) == answer, f"{who}: {sql}"
        for table in TABLES:
            query = f"SELECT count(*) FROM reports.{table}"  # noqa: S608
            assert self._answer(self.app, query) == REFUSED, table

    @contextmanager
    def _as(self, who: str) -> Iterator[Connection]:
        """The connection as theirs, undone in the end."""
        login = self.owner if who in {"the owner", "a function"} else self.reports
        claims = self.scene.personas.get("clockwork" if who == "a function" else who)
        with login.begin_nested() as everything:
            as_nobody(login) if claims is None else self.scene.vault.say(login, claims)
            yield login
            everything.rollback()

    def _seen(self, login: Connection) -> dict[str, set[str]]:
        seen: dict[str, set[str]] = {}
        for table, key in login.execute(_EVERYTHING):
            seen.setdefault(table, set()).add(self._names.get(key, "something else"))
        return seen

    def _outcome(self, login: Connection, sql: str) -> Any:
        return self._tried(login, sql, lambda result: result.rowcount)

    def _answer(self, login: Connection, sql: str) -> Any:
        return self._tried(login, sql, lambda result: result.scalar())

    def _tried(self, login: Connection, sql: str, told: Callable[[Any], Any]) -> Any:
        """What comes of it; afterwards it is as if it had never been tried."""
        statement, values = _statement(sql), self.scene.values
        used = {name: values[name] for name in statement.compile().params}
        with login.begin_nested() as attempt:
            try:
                return told(login.execute(statement, used))
            except ProgrammingError as error:
                if isinstance(error.orig, InsufficientPrivilege):
                    return REFUSED
                raise
            finally:
                attempt.rollback()


@cache
def _statement(sql: str) -> TextClause:
    sealed = [bindparam("sealed", type_=BYTEA)] if ":sealed" in sql else []
    return text(sql).bindparams(*sealed)
