"""What each standing sees behind the walls and may do there: everything else is refused."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from psycopg.errors import InsufficientPrivilege
from sqlalchemy import Connection, bindparam, text
from sqlalchemy.dialects.postgresql import BYTEA
from sqlalchemy.exc import ProgrammingError
from sqlalchemy.orm import Session

from tests.db.walls import Scene, as_someone, nobody

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
    "case_file step survey_round household survey_visit survey_list look message photo"
).split()

SEEN: dict[str, dict[str, set[str]]] = {
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
    "nobody": {},
    "the owner": {},
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
    ("reporter of something new", f"{_BEGIN} (:new, sha256('x'), 'x', 'where', now())", 1),
    ("reporter of A", f"{_BEGIN} (:new, sha256('x'), 'x', 'where', now())", REFUSED),
    ("reporter of something new", "UPDATE reports.draft SET step = 'what'", 1),
    ("reporter of A", "UPDATE reports.draft SET step = 'what'", 0),
    ("reporter of A", "DELETE FROM reports.draft", 0),
    ("caseworker of A", "UPDATE reports.report SET version = 9", 2),
    ("caseworker of B", "UPDATE reports.report SET version = 9", 2),
    ("caseworker of C", "UPDATE reports.report SET version = 9", REFUSED),
    ("caseworker of C", "UPDATE reports.report SET centre_id = :c, routing = 'handed'", 1),
    ("caseworker of A", "UPDATE reports.report SET centre_id = :c, second_centre_id = :b", REFUSED),
    ("reporter of A", "UPDATE reports.report SET version = 9", 0),
    ("lead of A", "UPDATE reports.report SET version = 9", 0),
    ("clockwork", "UPDATE reports.report SET version = 9", 0),
    ("caseworker of A", "DELETE FROM reports.report", REFUSED),
    ("caseworker of A", "UPDATE reports.message SET said_at = now()", REFUSED),
    ("caseworker of A", f"{_OPEN} (:new, 'C-NEW000', :a, 'new', now(), now())", 1),
    ("caseworker of A", f"{_OPEN} (:new, 'C-NEW000', :b, 'new', now(), now())", REFUSED),
    ("caseworker of A", "UPDATE reports.case_file SET version = 9", 1),
    ("caseworker of A", "UPDATE reports.case_file SET centre_id = :b", REFUSED),
    ("caseworker of C", "UPDATE reports.case_file SET centre_id = :c", 1),
    ("reporter of A", "UPDATE reports.case_file SET version = 9", 0),
    ("caseworker of A", f"{_TRY} (:new, :case_a, 'visit')", 1),
    ("caseworker of B", f"{_TRY} (:new, :case_a, 'visit')", REFUSED),
    ("caseworker of A", "UPDATE reports.step SET outcome = NULL", 1),
    ("reporter of A", "UPDATE reports.step SET outcome = NULL", 0),
    ("caseworker of B", f"{_OFFER} (:new, :case_b, :b, :a, :new, now())", 1),
    ("caseworker of A", f"{_OFFER} (:new, :case_b, :a, :c, :new, now())", REFUSED),
    ("caseworker of A", f"{_OFFER} (:new, :case_b, :b, :c, :new, now())", REFUSED),
    ("caseworker of C", "UPDATE reports.handover SET accepted = true, answered_at = now()", 1),
    ("caseworker of B", "UPDATE reports.handover SET accepted = true, answered_at = now()", 0),
    ("caseworker of A", f"{_ROUND} (:new, :a, 'x', 'winter', now(), now(), now())", 1),
    ("caseworker of B", f"{_ROUND} (:new, :a, 'x', 'winter', now(), now(), now())", REFUSED),
    ("caseworker of A", "UPDATE reports.survey_round SET title = 'x'", 1),
    ("caseworker of A", f"{_LIST} (:new, :a, now(), :sealed, :sealed)", 1),
    ("caseworker of B", f"{_LIST} (:new, :a, now(), :sealed, :sealed)", REFUSED),
    ("caseworker of A", "DELETE FROM reports.household", 1),
    ("caseworker of A", "DELETE FROM reports.survey_visit", 1),
    ("caseworker of A", "DELETE FROM reports.survey_list", 1),
    ("reporter of A", "DELETE FROM reports.survey_list", 0),
    ("caseworker of A", f"{_LOOK} (:me, 'caseworker', 'case', 'x')", 1),
    ("caseworker of A", f"{_LOOK} (:new, 'caseworker', 'case', 'x')", REFUSED),
    ("caseworker of A", f"{_LOOK} (:me, 'lead', 'case', 'x')", REFUSED),
    ("caseworker of A", "UPDATE reports.look SET purpose = 'x'", REFUSED),
    ("caseworker of A", "DELETE FROM reports.look", REFUSED),
    ("clockwork", "DELETE FROM reports.look", REFUSED),
    ("clockwork", f"{_SEAL} (2, 9, 9, 1, sha256('x'), now())", 1),
    ("caseworker of A", f"{_SEAL} (2, 9, 9, 1, sha256('x'), now())", REFUSED),
    ("clockwork", "UPDATE reports.sealing SET looks = 9", REFUSED),
    ("caseworker of A", "SELECT inner_pad FROM reports.claim_key", REFUSED),
)
"""Who tries what, and how many rows it reaches."""

DAY = "date '9999-01-01'"
EVER = "timestamptz 'infinity'"
ANSWERED: tuple[tuple[str, str, Any], ...] = (
    ("reporter of A", "SELECT count(*) FROM reports.reports_of(:reporter)", 1),
    ("caseworker of A", "SELECT count(*) FROM reports.reports_of(:reporter)", 0),
    ("reporter of A", "SELECT reports.report_of_receipt(:receipt) IS NOT NULL", True),
    ("caseworker of A", "SELECT reports.report_of_receipt(:receipt) IS NOT NULL", False),
    ("reporter of A", "SELECT reports.draft_of(:word) IS NOT NULL", True),
    ("caseworker of A", "SELECT reports.draft_of(:word) IS NOT NULL", False),
    ("clockwork", f"SELECT reports.forget_drafts({EVER})", 1),
    ("reporter of A", f"SELECT reports.forget_drafts({EVER})", 0),
    ("caseworker of A", "SELECT reports.step_back(:border)", True),
    ("caseworker of C", "SELECT reports.step_back(:border)", False),
    ("reporter of A", "SELECT reports.step_back(:border)", False),
    ("clockwork", f"SELECT count(*) FROM reports.about_to_go({DAY})", 1),
    ("caseworker of A", f"SELECT count(*) FROM reports.about_to_go({DAY})", 0),
    ("clockwork", f"SELECT count(*) FROM reports.over({DAY}, {EVER})", 0),
    ("caseworker of B", "SELECT reports.bury('report', :report_b, now())", False),
    ("clockwork", "SELECT reports.bury('report', :report_b, now())", True),
    ("clockwork", "SELECT count(*) FROM reports.looks_after(0, 9)", 2),
    ("caseworker of A", "SELECT count(*) FROM reports.looks_after(0, 9)", 0),
    ("lead of A", "SELECT count(*) FROM reports.looks_after(0, 9)", 0),
)
"""Who asks which function, and what it answers."""


def _statement(sql: str) -> Any:
    said = text(sql)
    sent = [bindparam("sealed", type_=BYTEA)] if ":sealed" in sql else []
    return said.bindparams(*sent)


class Sights:
    """Looks at a scene with the eyes of everybody."""

    def __init__(self, scene: Scene, logins: tuple[Connection, ...]) -> None:
        self.scene = scene
        self.app, self.reports, self.owner = logins

    def check(self) -> None:
        """Everybody sees and does exactly what they may. Raises: AssertionError."""
        for who, expected in SEEN.items():
            with self._as(who) as session:
                seen = {table: self._seen(session, table) for table in TABLES}
            assert {table: names for table, names in seen.items() if names} == expected, who
        for who, sql, expected_rows in DONE:
            assert self._outcome(who, sql) == expected_rows, f"{who}: {sql}"
        for who, sql, answer in ANSWERED:
            assert self._answer(who, sql) == answer, f"{who}: {sql}"
        for table in TABLES:
            assert self._as_the_service(table) == REFUSED, table

    @contextmanager
    def _as(self, who: str) -> Iterator[Session]:
        """A session of theirs, undone in the end."""
        login = self.owner if who in {"the owner", "a function"} else self.reports
        with nobody(login) as session:
            if who == "a function":
                as_someone(self.scene.vault, session, self.scene.personas["clockwork"])
            elif who in self.scene.personas:
                as_someone(self.scene.vault, session, self.scene.personas[who])
            yield session
            session.rollback()

    def _seen(self, session: Session, table: str) -> set[str]:
        column = _NAMED_BY.get(table, "id")
        rows = session.scalars(text(f"SELECT {column} FROM reports.{table}"))  # noqa: S608
        return {self.scene.names.get(each, "something else") for each in rows}

    def _outcome(self, who: str, sql: str) -> int | str:
        with self._as(who) as session:
            return _or_refused(lambda: session.execute(_statement(sql), self._values(sql)).rowcount)

    def _answer(self, who: str, sql: str) -> Any:
        with self._as(who) as session:
            return _or_refused(lambda: session.scalar(_statement(sql), self._values(sql)))

    def _values(self, sql: str) -> dict[str, Any]:
        return {name: v for name, v in self.scene.values.items() if f":{name}" in sql}

    def _as_the_service(self, table: str) -> Any:
        with nobody(self.app) as session:
            query = text(f"SELECT count(*) FROM reports.{table}")  # noqa: S608
            found = _or_refused(lambda: session.scalar(query))
            session.rollback()
            return found


def _or_refused(attempt: Any) -> Any:
    try:
        return attempt()
    except ProgrammingError as error:
        if isinstance(error.orig, InsufficientPrivilege):
            return REFUSED
        raise
