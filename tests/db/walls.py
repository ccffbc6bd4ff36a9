"""A scene behind the walls, and all that may be seen and done there, by whom."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Connection, text

from geo_service.cases.models import SurveyList
from geo_service.clock import KOREA, now
from geo_service.confidential.checkpoints import Checkpoints
from geo_service.confidential.claims import Claims
from geo_service.confidential.looks import look
from geo_service.confidential.sealing import seal_for
from geo_service.confidential.session import Vault
from geo_service.geo.cells import cell_of
from geo_service.reports.models import CaseFile, Draft, Report, Routing, Stage
from geo_service.reports.workflow.drafts import NOBODYS
from tests.factories import HOME
from tests.reports import (
    CLOCKWORK,
    a_case,
    a_handover,
    a_message,
    a_photo,
    a_report,
    a_step,
    a_visit,
    caseworker,
    lead,
    reporter,
)

THIS_MONTH = now().astimezone(KOREA).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
REPORTER_HASH, RECEIPT_HASH, WORD_HASH = b"p" * 32, b"r" * 32, b"w" * 32


@dataclass(frozen=True)
class Scene:
    """Three dong centres: A has offered its case to C, B has closed its own; one report is both."""

    vault: Vault
    a: UUID
    b: UUID
    c: UUID
    report_a: Report
    report_b: Report
    border: Report
    case_a: CaseFile
    case_b: CaseFile
    draft: UUID
    new: UUID
    personas: dict[str, Claims]
    names: dict[Any, str]
    """What the rows are called here, by their ids."""

    @property
    def values(self) -> dict[str, Any]:
        """For statements."""
        return {
            "a": self.a,
            "b": self.b,
            "c": self.c,
            "new": self.new,
            "report_a": self.report_a.id,
            "report_b": self.report_b.id,
            "border": self.border.id,
            "case_a": self.case_a.id,
            "case_b": self.case_b.id,
            "me": self.personas["caseworker of A"].person_id,
            "sealed": self.report_a.story_sealed,
            "reporter": REPORTER_HASH,
            "receipt": RECEIPT_HASH,
            "word": WORD_HASH,
            "month": THIS_MONTH,
            "day": now().date() + timedelta(days=9),
        }


def a_scene(vault: Vault, app: Connection) -> Scene:
    """One of everything that is told, at A; and much of it at B."""
    a, b, c = uuid4(), uuid4(), uuid4()
    report_a = a_report(vault, a, reporter_hash=REPORTER_HASH, receipt_hash=RECEIPT_HASH)
    report_b, border = (
        a_report(vault, b),
        a_report(vault, a, second_centre_id=b, routing=Routing.BORDER),
    )
    again_b = a_report(vault, b)
    today = now().date()
    case_a = a_case(vault, a, report_a, follow_up_on=today)
    case_b = a_case(vault, b, report_b, again_b)
    made = {
        "A": [a_message(vault, report_a), a_photo(vault, report_a), a_step(vault, case_a)],
        "B": [a_message(vault, report_b), a_photo(vault, report_b), a_step(vault, case_b)],
    }
    made["A"] += _a_neighbourhood(vault, app, a)
    made["A"] += [a_step(vault, case_a, done_at=None, due_on=today)]
    made["A"] += [report_a, case_a, a_handover(vault, case_a, c), *_survey(vault, a)]
    made["B"] += [report_b, again_b, case_b, *_survey(vault, b)]
    personas = {
        "reporter of A": reporter(report_a.id),
        "reporter of something new": reporter(draft := uuid4(), new := uuid4()),
        "caseworker of A": caseworker(a),
        "caseworker of B": caseworker(b),
        "caseworker of C": caseworker(c),
        "lead of A": lead(a),
        "clockwork": CLOCKWORK,
    }
    with vault.opened(personas["reporter of something new"]) as session:
        session.add(_a_draft(vault, draft))
    names = {row.id: name for name, rows in made.items() for row in rows}
    names |= {border.id: "border", draft: "draft", a: "A", b: "B", 1: "the first"}
    for office, report in ((a, report_a), (b, report_b)):
        who = personas[f"caseworker of {names[report.id]}"]
        with vault.opened(who) as session:
            look(session, who, "report", report.id, office)
    Checkpoints(vault).seal(at=now())
    with vault.opened(personas["caseworker of B"]) as session:
        closed = session.get_one(CaseFile, case_b.id)
        closed.stage, closed.closed_at = Stage.CLOSED, now()
    with vault.opened(CLOCKWORK) as session:
        warned = text("SELECT reports.note_warning(ARRAY[:id], now())")
        session.execute(warned, {"id": report_b.id})
    return Scene(
        vault, a, b, c, report_a, report_b, border, case_a, case_b, draft, new, personas, names
    )


def _a_neighbourhood(vault: Vault, app: Connection, centre_id: UUID) -> list[Any]:
    """Enough homes and reports of a month that is over for one of the public's fives."""
    home = {"cell": cell_of(HOME), "id": cell_of(HOME)}
    app.execute(text("INSERT INTO neighbourhood (id, homes, name) VALUES (:id, 500, 'x')"), home)
    homes = "INSERT INTO homes_in_cell (cell, homes, neighbourhood_id) VALUES (:cell, 500, :id)"
    app.execute(text(homes), home)
    case = a_case(vault, centre_id, stage=Stage.CONTACTED)
    told = {"cell": cell_of(HOME, 10), "told_at": THIS_MONTH - timedelta(days=9)}
    return [case, *(a_report(vault, centre_id, case_id=case.id, **told) for _ in range(5))]


def _a_draft(vault: Vault, draft_id: UUID) -> Draft:
    seal = seal_for(vault.ring, NOBODYS, draft_id)
    return Draft(
        id=draft_id,
        word_hash=WORD_HASH,
        answers_sealed=seal.close("answers", '{"whom": "이웃이에요"}'),
        step="where",
        expires_at=now() - timedelta(hours=1),
        photo_sealed=seal.close("photo", b"a photo"),
    )


def _survey(vault: Vault, centre_id: UUID) -> list[Any]:
    """A round, its household and the visit there, and a list of others."""
    visit = a_visit(vault, centre_id)
    list_id = uuid4()
    rows = seal_for(vault.ring, centre_id, list_id).close("rows", '["박이웃"]')
    sent = SurveyList(
        id=list_id, round_id=visit.round_id, rows_sealed=rows, expires_at=now() + timedelta(days=1)
    )
    with vault.opened(caseworker(centre_id)) as session:
        session.add(sent)
    return [visit, sent, *(_Named(id=each) for each in (visit.round_id, visit.household_id))]


@dataclass
class _Named:
    id: UUID


def as_nobody(login: Connection) -> None:
    """Claim nothing, whatever was claimed before on this connection."""
    said = "SELECT set_config('reports.claims', '', true), set_config('reports.proof', '', true)"
    login.execute(text(said))
