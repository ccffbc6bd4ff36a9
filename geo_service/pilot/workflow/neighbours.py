"""Invented worries: told, sealed and followed up by the deeds that real ones go through."""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from geo_service.accounts.models import Person
from geo_service.cases.workflow.moving import enter, follow_up, move
from geo_service.cases.workflow.steps import note
from geo_service.cases.workflow.surveying import Listed, keep_list, make_round, take_in, visit
from geo_service.cases.workflow.taking_up import join, take_up
from geo_service.clock import KOREA, now
from geo_service.confidential.claims import Claims, Standing
from geo_service.confidential.sealing import seal_of
from geo_service.confidential.session import Vault
from geo_service.geo.cells import cells_within
from geo_service.geo.place import Place
from geo_service.neighbourhoods.files.figures import Figure
from geo_service.neighbourhoods.imports import take_in as take_in_homes
from geo_service.neighbourhoods.models import HomesInCell, Neighbourhood
from geo_service.neighbourhoods.queries import last_publication
from geo_service.neighbourhoods.workflow.publishing import publish
from geo_service.pilot.schemas.district import day_of
from geo_service.pilot.schemas.neighbours import (
    CaseEntry,
    HomesEntry,
    NeighboursFile,
    ReportEntry,
    SurveyEntry,
    moment_of,
)
from geo_service.pilot.workflow.loading import DATA
from geo_service.pilot.workflow.reading import read
from geo_service.pilot.workflow.rows import id_of
from geo_service.reports.files.told import Told, Way
from geo_service.reports.models import Household, Report, Stage, Step, SurveyVisit
from geo_service.reports.workflow.routing import route_to
from geo_service.reports.workflow.telling import NOBODY, Teller, tell
from geo_service.watchers.queries import is_watcher

MARK = " (데모)"
"""After the name of each neighbourhood whose homes are made up."""

_PURPOSE = "pilot"


def worry(session: Session, vault: Vault, data: Path = DATA, *, at: datetime | None = None) -> int:
    """Let neighbours tell of nobody, unless they did; how many reports are new.

    What they tell is committed by itself, and before the homes: whoever was interrupted between the
    two is given them here.
    The people of the pilot must be there. Raises: PilotIsMisspelt.
    """
    told = read(data / "pilot_neighbours.json", NeighboursFile)
    today = (at or now()).astimezone(KOREA)
    _settle(session, told.homes, today)
    ids = {each.key: id_of("report", each.key) for each in told.reports}
    tellers = Claims(Standing.REPORTER, reports=frozenset(ids.values()), purpose=_PURPOSE)
    with vault.opened(tellers) as walls:
        if walls.scalar(select(Report.id).limit(1)) is not None:
            return 0
        for each in told.reports:
            _tell(session, walls, vault, each, today)
        reports = {key: walls.get_one(Report, report_id) for key, report_id in ids.items()}
        for case in told.cases:
            _look_after(walls, vault, case, reports, today)
        _survey(walls, vault, told.survey, today)
    return len(ids)


def put_on_map(session: Session, vault: Vault, *, at: datetime | None = None) -> None:
    """Publish the last whole month, as a worker would tonight, unless something is published.

    After `worry` is committed.
    """
    if session.scalar(last_publication()) is None:
        session.info["vault"] = vault
        publish(session, at=at or now())


def _tell(
    session: Session, walls: Session, vault: Vault, entry: ReportEntry, today: datetime
) -> None:
    person = session.get(Person, id_of("person", entry.by)) if entry.by else None
    told = Told(
        whom=entry.whom,
        kinds=entry.kinds,
        story=entry.story,
        since=entry.since,
        knows=entry.knows,
        way=Way.ACCOUNT if person else Way.NONE,
        subject=entry.subject,
        place=entry.place,
        where_words=entry.where_words,
    )
    teller = NOBODY
    if person is not None:
        is_one = bool(session.scalar(is_watcher(person.id, today)))
        teller = Teller(person.id, person.email, str(person.tongue), is_one)
    route = route_to(session, entry.place, None)
    report_id, at = id_of("report", entry.key), moment_of(entry.told, today)
    tell(walls, vault.ring, vault.secret, report_id, told, route=route, teller=teller, at=at)


def _look_after(
    walls: Session, vault: Vault, entry: CaseEntry, reports: Mapping[str, Report], today: datetime
) -> None:
    first, *others = (reports[key] for key in entry.reports)
    by_id = _work(walls, vault, entry.who, first.centre_id)
    case = take_up(walls, vault.ring, first, by_id=by_id, at=moment_of(entry.taken, today))
    for other in others:
        join(walls, vault.ring, other, case)
    seal = seal_of(vault.ring, case.id)
    waiting = select(Step).where(Step.case_id == case.id, Step.done_at.is_(None)).limit(1)
    for done in entry.steps:
        at, step = moment_of(done.at, today), walls.scalars(waiting).one()
        to = note(walls, seal, case, step, done.outcome, done.words, by_id=by_id, at=at)
        if to is not None:
            enter(walls, vault.ring, case, to, at=at)
    for way in entry.moves:
        at = moment_of(way.at, today)
        if way.stage is Stage.CLOSED:
            follow_up(case)
        said = {"connected_to": way.connected_to, "words": way.words}
        move(walls, vault.ring, seal, case, way.stage, **said, at=at)


def _survey(walls: Session, vault: Vault, entry: SurveyEntry, today: datetime) -> None:
    centre_id = id_of("office", entry.office)
    by_id = _work(walls, vault, entry.who, centre_id)
    first, last = (day_of(day, today.date()) for day in (entry.starts, entry.ends))
    made = make_round(walls, centre_id, entry.season, first, last)
    listed = [Listed(each.name, each.address, "", each.note) for each in entry.households]
    kept = keep_list(walls, vault.ring, made, listed, [], [], at=today)
    take_in(walls, vault.ring, made, kept, at=today)
    rows = select(Household, SurveyVisit).join(
        SurveyVisit, SurveyVisit.household_id == Household.id
    )
    found = {}
    for household, its in walls.execute(rows.where(SurveyVisit.round_id == made.id)):
        seal = seal_of(vault.ring, household.id)
        found[seal.text("name", household.name_sealed)] = (seal, its)
    for each in entry.households:
        seal, its = found[each.name]
        if each.result is not None:
            visit(seal, its, each.result, each.words, by_id=by_id, at=today)
    walls.flush()


def _work(walls: Session, vault: Vault, who: str, centre_id: UUID) -> UUID:
    """From now on as a caseworker of a centre; who that is."""
    by_id = id_of("person", who)
    offices = frozenset({centre_id})
    vault.claim(walls, Claims(Standing.CASEWORKER, by_id, offices, purpose=_PURPOSE))
    return by_id


def _settle(session: Session, homes: HomesEntry, today: datetime) -> None:
    """Neighbourhoods, with names that say that their homes are made up.

    Where figures of homes were imported, they stay.
    """
    if session.scalar(select(HomesInCell.cell).limit(1)) is not None:
        return
    cells = cells_within(Place(homes.lat, homes.lng), homes.within_m)
    figures = [Figure(0, homes.each, cell=cell) for cell in cells]
    take_in_homes(session, figures, invented=True, at=today)
    session.execute(update(Neighbourhood).values(name=Neighbourhood.name + MARK))
