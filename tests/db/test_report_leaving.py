"""Who leaves is forgotten as a reporter; what they told stays, for whom it is about."""

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from geo_service.clock import now
from geo_service.confidential.sealing import seal_of
from geo_service.confidential.session import Vault
from geo_service.mail.models import Envelope
from geo_service.my.workflow import leave
from geo_service.reports.models import AnswerBy, Report, Stage
from geo_service.reports.workflow.noticing import tell_stage
from geo_service.reports.workflow.opening import opened
from geo_service.reports.workflow.telling import reporter_hash
from tests.factories import an_office
from tests.people import a_person
from tests.reports import SAID, a_report, caseworker, reporter


def test_who_leaves_is_forgotten_and_what_they_told_is_not(
    session: Session, vault: Vault, later_runs: Callable[[datetime], int]
) -> None:
    me, other, centre = a_person(session), a_person(session), an_office(session)
    mine = reporter_hash(vault.secret, me.id)
    theirs = reporter_hash(vault.secret, other.id)
    report = a_report(vault, centre.id, reporter_hash=mine, answer_by=AnswerBy.MAIL)
    kept = a_report(vault, centre.id, reporter_hash=theirs, answer_by=AnswerBy.MAIL)
    leave(session, me, at=now())
    later_runs(now())
    session.execute(delete(Envelope))
    with vault.opened(reporter()) as confidential:
        found = {
            who: list(confidential.scalars(select(func.reports.reports_of(who))))
            for who in (mine, theirs)
        }
    assert found == {mine: [], theirs: [kept.id]}
    with vault.opened(caseworker(centre.id)) as confidential:
        left = confidential.get_one(Report, report.id)
        told = opened(seal_of(vault.ring, report.id), left)
        assert (left.contact_sealed, left.answer_by) == (None, AnswerBy.NONE)
        assert (told.email, told.phone, told.story) == (None, None, SAID["story"])
        tell_stage(confidential, vault.ring, left, Stage.CLOSED)
    assert session.scalars(select(Envelope)).all() == []
