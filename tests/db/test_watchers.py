"""Becoming a watcher, being one for a year, and stopping; and the plan that opens with enough."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from geo_service.areas.models import Area, Level, Register
from geo_service.clock import KOREA
from geo_service.offices.models import Office, OfficeKind, Role
from geo_service.watchers.models import Card, Enrolment, Part, Refusal, Watcher, WatcherState
from geo_service.watchers.queries import is_watcher
from geo_service.watchers.queries.members import membership_of, numbers_in, sums_under
from geo_service.watchers.tasks import turn_years
from geo_service.watchers.workflow import planning
from geo_service.watchers.workflow.deciding import (
    AlreadyDecided,
    confirm,
    decline,
    end,
    year_after,
)
from geo_service.watchers.workflow.enrolling import (
    AlreadyWatcher,
    NoSuchDong,
    Told,
    enrol,
    forget_old_drafts,
    said_so_far,
    save,
)
from geo_service.watchers.workflow.planning import Line
from geo_service.watchers.workflow.staying import NoLongerWatcher, NotYetToRenew, leave, renew
from geo_service.watchers.workflow.terms import held_terms, set_terms, terms_of
from tests.factories import an_office
from tests.letters import letters_to
from tests.people import a_person, on_staff
from tests.watchers import SECRET, a_watcher, an_activity

AT = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
YEAR_OVER = datetime(2027, 11, 22, tzinfo=KOREA)


@pytest.fixture
def centre(session: Session) -> Office:
    return an_office(session)


def told(centre: Office, name: str = "골목지기") -> Told:
    return Told(centre.id, "+821012345678", name)


def asked(session: Session, centre: Office) -> Watcher:
    return enrol(session, SECRET, a_person(session), told(centre), at=AT)


def subjects(session: Session, watcher: Watcher) -> list[str]:
    return [letter.subject for letter in letters_to(session, str(watcher.person.email))]


def watches(session: Session, watcher: Watcher, at: datetime) -> bool:
    return bool(session.scalar(is_watcher(watcher.person_id, at)))


def test_who_is_confirmed_is_a_watcher_for_a_year(session: Session, centre: Office) -> None:
    watcher = asked(session, centre)
    officer = on_staff(session, centre.id)
    assert (watcher.state, watches(session, watcher, AT)) == (WatcherState.WAITING, False)
    confirm(session, SECRET, watcher, by_id=officer.id, at=AT)
    assert watcher.valid_until == YEAR_OVER
    assert watches(session, watcher, YEAR_OVER - timedelta(seconds=1))
    assert not watches(session, watcher, YEAR_OVER)
    assert len(subjects(session, watcher)) == 2
    for deed in (confirm, decline):
        more = {"reason": "아니요"} if deed is decline else {"secret": SECRET}
        with pytest.raises(AlreadyDecided):
            deed(session, watcher=watcher, by_id=officer.id, at=AT, **more)


def test_a_leap_day_ends_on_the_first_of_march() -> None:
    assert year_after(datetime(2028, 2, 29, tzinfo=KOREA).date()) == datetime(
        2029, 3, 1, tzinfo=KOREA
    )


def test_who_is_turned_away_reads_why_and_may_ask_again(session: Session, centre: Office) -> None:
    watcher = asked(session, centre)
    decline(session, watcher, "아직 만나지 못했어요", by_id=on_staff(session, centre.id).id, at=AT)
    assert (watcher.phone, watcher.reason) == (None, "아직 만나지 못했어요")
    assert "까닭: 아직 만나지 못했어요" in letters_to(session, str(watcher.person.email))[-1].text
    set_terms(session, held_terms(session, centre.id), at_once=True, enough=10, at=AT)
    again = enrol(session, SECRET, watcher.person, told(centre), at=AT)
    assert again.state is WatcherState.WAITING, "people look, whatever the rule"


@pytest.mark.parametrize("state", [WatcherState.DECLINED, WatcherState.ENDED])
def test_who_was_turned_away_does_not_get_round_it_by_leaving(
    session: Session, centre: Office, state: WatcherState
) -> None:
    set_terms(session, held_terms(session, centre.id), at_once=True, enough=10, at=AT)
    watcher = a_watcher(session, office_id=centre.id, state=state)
    person = watcher.person
    for _ in range(2):
        leave(session, SECRET, watcher, at=AT)
        assert session.scalars(membership_of(person.id)).all() == []
        watcher = enrol(session, SECRET, person, told(centre), at=AT)
        assert watcher.state is WatcherState.WAITING, "people look"
    confirm(session, SECRET, watcher, by_id=on_staff(session, centre.id).id, at=AT)
    leave(session, SECRET, watcher, at=AT)
    assert enrol(session, SECRET, person, told(centre), at=AT).is_valid(AT), "they have said yes"


def test_that_somebody_was_turned_away_is_forgotten_after_a_year(
    session: Session, centre: Office
) -> None:
    set_terms(session, held_terms(session, centre.id), at_once=True, enough=10, at=AT)
    watcher = a_watcher(session, office_id=centre.id, state=WatcherState.DECLINED)
    person = watcher.person
    leave(session, SECRET, watcher, at=AT)
    (kept,) = session.scalars(select(Refusal))
    assert person.id.bytes not in kept.mark
    later = AT + timedelta(days=366)
    assert enrol(session, SECRET, person, told(centre), at=later).is_valid(later)
    turn_years(session, {}, later)
    assert session.scalars(select(Refusal.mark)).all() == []


def test_who_has_just_left_is_neither_decided_nor_renewed(session: Session, centre: Office) -> None:
    waits = a_watcher(session, office_id=centre.id, state=WatcherState.WAITING)
    watches = a_watcher(session, office_id=centre.id)
    session.execute(text("DELETE FROM watcher"))
    with pytest.raises(AlreadyDecided):
        confirm(session, SECRET, waits, by_id=waits.person_id, at=AT)
    with pytest.raises(AlreadyDecided):
        end(session, watches, "빌려주었어요", by_id=waits.person_id, at=AT)
    with pytest.raises(NoLongerWatcher):
        renew(session, SECRET, watches, at=AT)
    leave(session, SECRET, watches, at=AT)


def test_where_the_dong_says_so_one_is_a_watcher_at_once(session: Session, centre: Office) -> None:
    set_terms(session, held_terms(session, centre.id), at_once=True, enough=10, at=AT)
    watcher = asked(session, centre)
    assert watcher.is_valid(AT)
    assert subjects(session, watcher) == ["동네이음: 시민찾동이가 되셨어요"]


def test_one_is_a_watcher_once(session: Session, centre: Office) -> None:
    watcher = asked(session, centre)
    other = an_office(session, name="송정2동 행정복지센터")
    with pytest.raises(AlreadyWatcher):
        enrol(session, SECRET, watcher.person, told(other), at=AT)


def test_only_dong_centres_have_watchers(session: Session) -> None:
    library = an_office(session, kind=OfficeKind.LIBRARY)
    with pytest.raises(NoSuchDong):
        asked(session, library)


def test_what_was_begun_is_kept_until_it_is_sent_or_a_month_old(
    session: Session, centre: Office
) -> None:
    person, other = a_person(session), a_person(session)
    save(session, person.id, {"pledge": {"agreed": ["true"]}}, at=AT)
    save(session, person.id, {"name": {"name": ["골목"]}}, at=AT)
    save(session, other.id, {"name": {"name": ["지기"]}}, at=AT - timedelta(days=31))
    assert said_so_far(session, person.id).keys() == {"pledge", "name"}
    forget_old_drafts(session, at=AT)
    assert session.scalars(select(Enrolment.person_id)).all() == [person.id]
    enrol(session, SECRET, person, told(centre), at=AT)
    assert said_so_far(session, person.id) == {}


def test_who_leaves_leaves_nothing(session: Session) -> None:
    watcher = a_watcher(session)
    activity = an_activity(session, office_id=watcher.office_id)
    planning.join(session, activity, watcher, at=AT)
    leave(session, SECRET, watcher, at=AT)
    session.commit()
    left = (
        session.scalar(select(func.count()).select_from(each)) for each in (Watcher, Card, Part)
    )
    assert list(left) == [0, 0, 0]


def test_an_ended_membership_keeps_the_reason_alone(session: Session) -> None:
    watcher = a_watcher(session)
    officer = on_staff(session, watcher.office_id)
    activity = an_activity(session, office_id=watcher.office_id)
    planning.join(session, activity, watcher, at=AT)
    end(session, watcher, "카드를 빌려주었어요", by_id=officer.id, at=AT)
    session.commit()
    assert (watcher.state, watcher.phone, watcher.valid_until) == (WatcherState.ENDED, None, None)
    assert session.scalars(select(Card)).all() == []
    assert session.scalars(select(Part)).all() == []
    assert watcher.was_refused
    assert not watcher.is_live(AT)


def test_a_year_is_renewed_in_its_last_weeks_only(session: Session, centre: Office) -> None:
    set_terms(session, held_terms(session, centre.id), at_once=True, enough=10, at=AT)
    watcher = asked(session, centre)
    first = session.scalars(select(Card.id)).one()
    for early in (AT, YEAR_OVER - timedelta(days=61), YEAR_OVER):
        with pytest.raises(NotYetToRenew):
            renew(session, SECRET, watcher, at=early)
    renew(session, SECRET, watcher, at=YEAR_OVER - timedelta(days=59))
    assert watcher.valid_until == datetime(2028, 11, 22, tzinfo=KOREA)
    assert session.scalars(select(Card.id)).one() != first


def test_the_calendar_reminds_once_and_ends_what_nobody_renews(
    session: Session, centre: Office
) -> None:
    set_terms(session, held_terms(session, centre.id), at_once=True, enough=10, at=AT)
    watcher = asked(session, centre)
    for day in (31, 30, 29):
        turn_years(session, {}, YEAR_OVER - timedelta(days=day))
    assert subjects(session, watcher)[1:] == ["동네이음: 시민찾동이를 계속하시겠어요?"]
    turn_years(session, {}, YEAR_OVER)
    assert watcher.state is WatcherState.ENDED
    assert not watcher.was_refused
    assert subjects(session, watcher)[-1] == "동네이음: 시민찾동이 활동 기간이 끝났어요"
    again = enrol(session, SECRET, watcher.person, told(centre), at=YEAR_OVER)
    assert again.is_valid(YEAR_OVER)


def test_a_membership_that_ran_out_is_none_before_anybody_notices(
    session: Session, centre: Office
) -> None:
    watcher = a_watcher(session, office_id=centre.id, valid_until=AT)
    again = enrol(session, SECRET, watcher.person, told(centre), at=AT)
    assert again.state is WatcherState.WAITING
    assert session.scalars(membership_of(watcher.person_id)).all() == [again]


def test_the_plan_opens_with_enough_and_stays_open(session: Session, centre: Office) -> None:
    officer = on_staff(session, centre.id)
    lead = on_staff(session, centre.id, Role.DISTRICT_LEAD)
    set_terms(session, held_terms(session, centre.id), at_once=True, enough=2, at=AT)
    first = asked(session, centre)
    line = Line("골목 한 바퀴", "센터 앞", AT + timedelta(days=1), AT + timedelta(days=1, hours=2))
    with pytest.raises(planning.PlanIsNotOpen):
        planning.plan(session, centre.id, line, at=AT)
    asked(session, centre)
    assert terms_of(session, centre.id).plan_opened_at == AT
    assert len(letters_to(session, str(officer.email))) == 1
    assert letters_to(session, str(lead.email)) == []
    leave(session, SECRET, first, at=AT)
    activity = planning.plan(session, centre.id, line, at=AT)
    set_terms(session, held_terms(session, centre.id), at_once=True, enough=9, at=AT)
    assert terms_of(session, centre.id).plan_opened_at == AT
    assert len(letters_to(session, str(officer.email))) == 1
    assert activity.is_ahead(AT)


def test_a_lower_number_opens_the_plan_too(session: Session) -> None:
    watcher = a_watcher(session)
    terms = held_terms(session, watcher.office_id)
    set_terms(session, terms, at_once=False, enough=1, at=AT)
    assert terms.plan_opened_at == AT


def test_watchers_sign_up_for_seats_until_it_begins(session: Session, centre: Office) -> None:
    first, second = (a_watcher(session, office_id=centre.id) for _ in range(2))
    activity = an_activity(session, office_id=centre.id, seats=1, starts_at=AT)
    before = AT - timedelta(minutes=1)
    for _ in range(2):
        planning.join(session, activity, first, at=before)
    with pytest.raises(planning.NoSeatInActivity):
        planning.join(session, activity, second, at=before)
    planning.stay_away(session, activity, first, at=before)
    planning.join(session, activity, second, at=before)
    with pytest.raises(planning.ActivityHasBegun):
        planning.stay_away(session, activity, second, at=AT)


def test_an_activity_is_done_or_called_off_once(session: Session) -> None:
    watcher = a_watcher(session)
    done, dropped = (
        an_activity(session, office_id=watcher.office_id, starts_at=AT) for _ in range(2)
    )
    with pytest.raises(planning.NotBegunYet):
        planning.finish(session, done, came=3, words="", at=AT - timedelta(minutes=1))
    planning.finish(session, done, came=3, words="빈집 두 곳을 알렸어요", at=AT)
    planning.join(session, dropped, watcher, at=AT - timedelta(hours=1))
    planning.call_off(session, dropped, at=AT - timedelta(minutes=1))
    assert subjects(session, watcher)[-1].startswith("동네이음: 취소되었어요: 골목 한 바퀴")
    line = Line("다른 것", "거기", AT, AT + timedelta(hours=1))
    for activity in (done, dropped):
        with pytest.raises(planning.ActivityIsOver):
            planning.call_off(session, activity, at=AT)
        with pytest.raises(planning.ActivityIsOver):
            planning.change(session, activity, line)
        with pytest.raises(planning.ActivityIsOver):
            planning.join(session, activity, watcher, at=AT - timedelta(hours=1))


def test_another_time_or_place_is_told_to_who_signed_up(session: Session, centre: Office) -> None:
    comes, other = (a_watcher(session, office_id=centre.id) for _ in range(2))
    begins = AT + timedelta(days=1)
    activity = an_activity(session, office_id=centre.id, starts_at=begins)
    planning.join(session, activity, comes, at=AT)
    same = Line("골목 두 바퀴", activity.meet_at, begins, activity.ends_at, seats=9)
    planning.change(session, activity, same)
    assert subjects(session, comes) == []
    moved = Line("골목 두 바퀴", "도서관 앞", begins, activity.ends_at)
    later = Line("골목 두 바퀴", "도서관 앞", begins + timedelta(hours=1), activity.ends_at)
    for line in (moved, later):
        planning.change(session, activity, line)
    assert len(subjects(session, comes)) == 2
    assert "도서관 앞" in letters_to(session, str(comes.person.email))[-1].text
    assert subjects(session, other) == []


def test_a_new_activity_is_told_to_the_watchers_of_the_dong_alone(
    session: Session, centre: Office
) -> None:
    here = a_watcher(session, a_person(session, tongue="en"), office_id=centre.id)
    there = a_watcher(session)
    an_activity(session, office_id=centre.id)
    line = Line("골목 한 바퀴", "센터 앞", AT, AT + timedelta(hours=2))
    planning.plan(session, centre.id, line, at=AT)
    assert subjects(session, here) == ["Dongne-ieum: 골목 한 바퀴, Sun, Nov 22, 12:00 PM"]
    assert subjects(session, there) == []


def a_dong(session: Session, name: str, parent: Area) -> Office:
    said = {"register": Register.ADMINISTRATIVE, "full_name": name, "parent_id": parent.id}
    dong = Area(level=Level.DONG, name=name, **said)
    session.add(dong)
    session.commit()
    return an_office(session, name=f"{name} 행정복지센터", answers_for_id=dong.id)


def test_a_district_sees_sums_of_its_own_dongs(session: Session) -> None:
    province = Area(level=Level.SIDO, register=Register.BOTH, name="도", full_name="시험도")
    session.add(province)
    session.flush()
    here, there = (
        Area(
            level=Level.SIGUNGU,
            register=Register.BOTH,
            name=name,
            full_name=name,
            parent_id=province.id,
        )
        for name in ("이구", "저구")
    )
    session.add_all((here, there))
    session.flush()
    kind = OfficeKind.DISTRICT_OFFICE
    lead = an_office(session, kind=kind, name="이구청", area_id=here.id)
    first, second = a_dong(session, "가동", here), a_dong(session, "나동", here)
    elsewhere = a_dong(session, "다동", there)
    for office in (first, first, elsewhere):
        a_watcher(session, office_id=office.id)
    a_watcher(session, office_id=second.id, state=WatcherState.WAITING)
    an_activity(session, office_id=first.id, starts_at=AT)
    rows = session.execute(sums_under({lead.id}, at=AT)).all()
    assert [tuple(row) for row in rows] == [("가동", 2, 1, 0), ("나동", 0, 0, 0)]
    ((office, terms, waits, watch),) = session.execute(numbers_in({second.id, lead.id}, at=AT))
    assert (office, terms, waits, watch) == (second, None, 1, 0)
