"""Lists of households by their rules: seen by their centre, kept until taken in, then destroyed."""

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from geo_service.cases.models import SurveyList
from geo_service.cases.queries.surveys import the_list
from geo_service.cases.tasks import forget_lists
from geo_service.cases.workflow.surveying import read_list, take_in
from geo_service.clock import now
from geo_service.confidential.keys import Shredded
from geo_service.confidential.sealing import seal_of
from geo_service.confidential.session import Vault
from geo_service.reports.models import (
    SurveyRound,
)
from tests.cases import (
    Gu,
    a_list,
    told_to,
)
from tests.reports import CLOCKWORK, a_visit, caseworker, lead


def test_a_list_that_nobody_took_in_is_destroyed(session: Session, vault: Vault, gu: Gu) -> None:
    visit = a_visit(vault, gu.west.id)
    found = told_to(vault, gu.west.id, select(SurveyRound))[0]
    kept = a_list(vault, found)
    forget_lists(session, {}, kept.sent_at)
    assert vault.ring.has(kept.id)
    forget_lists(session, {}, kept.expires_at)
    assert told_to(vault, gu.west.id, select(SurveyList)) == []
    with pytest.raises(Shredded):
        seal_of(vault.ring, kept.id)
    assert vault.ring.has(visit.household_id)


class Killed(Exception):
    """Somebody pulled the plug."""


def test_a_list_outlives_taking_in_that_is_undone_and_no_key_outlives_its_list(
    session: Session, vault: Vault, gu: Gu, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_visit(vault, gu.west.id)
    found = told_to(vault, gu.west.id, select(SurveyRound))[0]
    kept = a_list(vault, found)

    def taking_in(*, killed: bool) -> None:
        with vault.opened(caseworker(gu.west.id)) as walls:
            mine, its = walls.merge(found), walls.merge(kept)
            take_in(walls, vault.ring, mine, its, at=now())
            if killed:
                raise Killed

    with pytest.raises(Killed):
        taking_in(killed=True)
    with vault.opened(caseworker(gu.west.id)) as walls:
        assert read_list(walls, vault.ring, found, kept).fresh
    taking_in(killed=False)
    assert told_to(vault, gu.west.id, the_list(found.id, kept.id, at=now())) == []

    def pull(_: object) -> None:
        raise Killed

    with monkeypatch.context() as plug:
        plug.setattr(vault.ring, "shred", pull)
        with pytest.raises(Killed):
            forget_lists(session, {}, now())
    assert vault.ring.has(kept.id)
    forget_lists(session, {}, now())
    assert told_to(vault, gu.west.id, select(SurveyList)) == []
    assert not vault.ring.has(kept.id)


def test_a_list_is_seen_by_its_own_centre_alone(vault: Vault, gu: Gu) -> None:
    a_visit(vault, gu.west.id)
    kept = a_list(vault, told_to(vault, gu.west.id, select(SurveyRound))[0])
    asked = select(SurveyList.id)
    assert told_to(vault, gu.west.id, asked) == [kept.id]
    assert told_to(vault, gu.east.id, asked) == []
    for claims in (lead(gu.west.id), CLOCKWORK):
        with vault.opened(claims) as session:
            assert session.scalars(asked).all() == []


def test_survey_list_ends_check(vault: Vault, gu: Gu) -> None:
    a_visit(vault, gu.west.id)
    kept = a_list(vault, told_to(vault, gu.west.id, select(SurveyRound))[0])
    with (
        pytest.raises(IntegrityError, match="survey_list_ends_check"),
        vault.opened(caseworker(gu.west.id)) as session,
    ):
        session.add(
            SurveyList(
                round_id=kept.round_id,
                rows_sealed=kept.rows_sealed,
                sent_at=kept.sent_at,
                expires_at=kept.sent_at,
            )
        )
