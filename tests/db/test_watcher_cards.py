"""A card is read by anybody, forged by nobody, and counted without saying whose it is."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterator
from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from geo_service.accounts.workflow import Secret
from geo_service.areas.models import Area, Level, Register
from geo_service.clock import KOREA, now
from geo_service.errors import Conflict, NotFound
from geo_service.offices.models import OfficeKind
from geo_service.watchers.files.token import BYTES, Token
from geo_service.watchers.models import BenefitCount, BenefitMark, Card, CardKey, CardKind, Watcher
from geo_service.watchers.queries.benefits import benefits_for, uses_in
from geo_service.watchers.tasks import forget
from geo_service.watchers.workflow import keys, offering
from geo_service.watchers.workflow.cards import (
    SHOWN_FOR,
    NoCardToMake,
    make_card,
    replace_cards,
    show,
)
from geo_service.watchers.workflow.deciding import end
from geo_service.watchers.workflow.staying import leave, renew
from geo_service.watchers.workflow.verifying import (
    CardHasRunOut,
    CardIsRevoked,
    CardKeyIsRevoked,
    CardKeyIsUnknown,
    NotACard,
    read_card,
)
from tests.factories import an_office
from tests.people import a_person, on_staff
from tests.watchers import SECRET, a_benefit, a_card_shown, a_watcher

AT = now()


@pytest.fixture
def watcher(session: Session) -> Watcher:
    return a_watcher(session)


def test_a_card_tells_whose_it_is(session: Session, watcher: Watcher) -> None:
    assert read_card(session, a_card_shown(session, watcher, at=AT), at=AT) is watcher


def flipped(letters: str) -> Iterator[str]:
    """The same token with one bit turned, for every bit."""
    plain = urlsafe_b64decode(letters)
    for bit in range(8 * BYTES):
        spoilt = bytearray(plain)
        spoilt[bit // 8] ^= 1 << bit % 8
        yield urlsafe_b64encode(spoilt).decode()


def test_no_bit_of_a_card_may_be_turned(session: Session, watcher: Watcher) -> None:
    letters = a_card_shown(session, watcher, at=AT)
    keys.rotate(session, SECRET, at=AT)
    spoilt = list(flipped(letters))
    assert len(set(spoilt)) == 696
    for each in spoilt:
        with pytest.raises((NotACard, CardKeyIsUnknown)):
            read_card(session, each, at=AT)
    assert read_card(session, letters, at=AT) is watcher


@pytest.mark.parametrize("letters", ["", "나의 카드", "A" * 116, "../../etc/passwd", "A" * 5000])
def test_what_is_no_card_is_refused_in_plain_words(session: Session, letters: str) -> None:
    with pytest.raises((NotACard, CardKeyIsUnknown)) as refused:
        read_card(session, letters, at=AT)
    assert refused.value.korean


def test_a_telephone_shows_a_card_for_minutes_and_then_a_fresh_one(
    session: Session, watcher: Watcher
) -> None:
    letters = a_card_shown(session, watcher, at=AT)
    over = AT + SHOWN_FOR
    with pytest.raises(CardHasRunOut):
        read_card(session, letters, at=over)
    fresh = a_card_shown(session, watcher, at=over)
    assert fresh != letters
    assert read_card(session, fresh, at=over) is watcher


def test_paper_lasts_as_long_as_the_membership(session: Session, watcher: Watcher) -> None:
    assert show(session, SECRET, watcher, CardKind.PAPER, at=AT) is None
    make_card(session, SECRET, watcher, CardKind.PAPER, at=AT)
    letters = a_card_shown(session, watcher, CardKind.PAPER, at=AT)
    until = watcher.valid_until
    assert until is not None
    assert read_card(session, letters, at=until - timedelta(seconds=1)) is watcher
    with pytest.raises(CardHasRunOut):
        read_card(session, letters, at=until)


def test_a_replay_from_before_a_new_card_is_refused(session: Session, watcher: Watcher) -> None:
    make_card(session, SECRET, watcher, CardKind.PAPER, at=AT)
    old = [a_card_shown(session, watcher, kind, at=AT) for kind in CardKind]
    replace_cards(session, SECRET, watcher, at=AT)
    for letters in old:
        with pytest.raises(CardIsRevoked):
            read_card(session, letters, at=AT)
    assert read_card(session, a_card_shown(session, watcher, at=AT), at=AT) is watcher


def test_a_replay_from_before_the_renewal_is_refused(session: Session, watcher: Watcher) -> None:
    watcher.valid_until = AT + timedelta(days=20)
    make_card(session, SECRET, watcher, CardKind.PAPER, at=AT)
    letters = a_card_shown(session, watcher, CardKind.PAPER, at=AT)
    renew(session, SECRET, watcher, at=AT)
    with pytest.raises(CardIsRevoked):
        read_card(session, letters, at=AT)


def test_cards_of_who_left_or_was_ended_are_refused(session: Session, watcher: Watcher) -> None:
    other = a_watcher(session)
    cards = [a_card_shown(session, each, at=AT) for each in (watcher, other)]
    leave(session, SECRET, watcher, at=AT)
    end(session, other, "빌려주었어요", by_id=on_staff(session, other.office_id).id, at=AT)
    for letters in cards:
        with pytest.raises(CardIsRevoked):
            read_card(session, letters, at=AT)


def test_a_membership_that_is_over_shows_no_card(session: Session, watcher: Watcher) -> None:
    letters = a_card_shown(session, watcher, at=AT)
    watcher.valid_until = AT + timedelta(minutes=1)
    soon = AT + timedelta(minutes=2)
    with pytest.raises(CardIsRevoked):
        read_card(session, letters, at=soon)
    assert show(session, SECRET, watcher, CardKind.PHONE, at=soon) is None
    with pytest.raises(NoCardToMake):
        make_card(session, SECRET, watcher, CardKind.PHONE, at=soon)


def test_a_stranger_with_a_key_of_their_own_signs_nothing(
    session: Session, watcher: Watcher
) -> None:
    letters = a_card_shown(session, watcher, at=AT)
    told = Token.read(letters)
    assert told is not None
    forger = keys.Ed25519PrivateKey.generate()
    with pytest.raises(NotACard):
        read_card(session, Token(told.key_id, told.card_id, told.runs_out_at).signed(forger), at=AT)
    with pytest.raises(CardKeyIsUnknown):
        read_card(session, Token(60_000, told.card_id, told.runs_out_at).signed(forger), at=AT)
    mine = keys.ready_signer(session, SECRET, at=AT)
    with pytest.raises(CardIsRevoked):
        read_card(session, Token(mine.key_id, uuid4(), told.runs_out_at).signed(mine.key), at=AT)


def test_keys_are_rotated_and_revoked(session: Session, watcher: Watcher) -> None:
    before = a_card_shown(session, watcher, at=AT)
    first = keys.ready_signer(session, SECRET, at=AT).key_id
    second = keys.rotate(session, SECRET, at=AT).key_id
    after = a_card_shown(session, watcher, at=AT)
    told = Token.read(after)
    assert told is not None
    assert told.key_id == second != first
    assert read_card(session, before, at=AT) is watcher, "what was signed stays good"
    assert session.get_one(CardKey, first).sealed is None, "what signs no more is gone"
    keys.revoke(session, SECRET, first, at=AT)
    with pytest.raises(CardKeyIsRevoked):
        read_card(session, before, at=AT)
    assert read_card(session, after, at=AT) is watcher
    with pytest.raises(keys.NoSuchKey):
        keys.revoke(session, SECRET, 60_000, at=AT)


def test_a_revoked_key_has_a_next_one_and_paper_of_another_key_stays_good(
    session: Session, watcher: Watcher
) -> None:
    make_card(session, SECRET, watcher, CardKind.PAPER, at=AT)
    paper = a_card_shown(session, watcher, CardKind.PAPER, at=AT)
    stolen = keys.rotate(session, SECRET, at=AT).key_id
    keys.revoke(session, SECRET, stolen, at=AT)
    following = keys.signer(session, SECRET)
    assert following is not None
    assert following.key_id > stolen
    assert read_card(session, paper, at=AT) is watcher
    keys.revoke(session, SECRET, stolen, at=AT)
    assert keys.ready_signer(session, SECRET, at=AT).key_id == following.key_id, "one is enough"


def test_without_the_secret_nobody_signs(session: Session, watcher: Watcher) -> None:
    a_card_shown(session, watcher, at=AT)
    other = Secret(b"another secret of another machine, as long")
    assert keys.signer(session, other) is None
    assert show(session, other, watcher, CardKind.PHONE, at=AT) is None
    made = keys.ready_signer(session, other, at=AT)
    assert made.key_id != keys.ready_signer(session, SECRET, at=AT).key_id
    kept = session.scalars(select(CardKey.sealed).where(CardKey.id == made.key_id)).one()
    assert kept is not None
    assert made.key.private_bytes_raw() not in kept


def counted(session: Session) -> int:
    return session.scalar(select(func.coalesce(func.sum(BenefitCount.uses), 0))) or 0


def test_a_use_is_counted_once_for_what_is_shown(session: Session, watcher: Watcher) -> None:
    benefit = a_benefit(session, office_id=watcher.office_id)
    letters = a_card_shown(session, watcher, at=AT)
    assert offering.counted_already(session, SECRET, letters, [benefit], at=AT) == frozenset()
    tries = [offering.count_use(session, SECRET, letters, benefit.id, at=AT) for _ in range(3)]
    assert (tries, counted(session)) == ([True, False, False], 1)
    assert offering.counted_already(session, SECRET, letters, [benefit], at=AT) == {benefit.id}
    other = a_card_shown(session, watcher, at=AT + timedelta(minutes=5))
    assert offering.count_use(session, SECRET, other, benefit.id, at=AT + timedelta(minutes=5))
    assert counted(session) == 2
    month = AT.astimezone(KOREA).date().replace(day=1)
    found = session.execute(uses_in(month, {watcher.office_id})).all()
    assert [tuple(row) for row in found] == [(benefit.id, 2)]


def test_nothing_is_left_of_a_showing_once_it_is_over(session: Session, watcher: Watcher) -> None:
    benefit = a_benefit(session, office_id=watcher.office_id)
    letters = a_card_shown(session, watcher, at=AT)
    offering.count_use(session, SECRET, letters, benefit.id, at=AT)
    (mark,) = session.scalars(select(BenefitMark))
    assert mark.until <= AT + SHOWN_FOR
    forget(session, {}, AT + SHOWN_FOR)
    assert session.scalars(select(BenefitMark.mark)).all() == []
    assert counted(session) == 1


def test_what_a_telephone_shows_across_midnight_counts_once(
    session: Session, watcher: Watcher
) -> None:
    benefit = a_benefit(session, office_id=watcher.office_id)
    midnight = datetime.combine(AT.astimezone(KOREA).date(), datetime.min.time(), KOREA)
    before, after = midnight - timedelta(minutes=4), midnight + timedelta(minutes=4)
    letters = a_card_shown(session, watcher, at=before)
    assert offering.count_use(session, SECRET, letters, benefit.id, at=before)
    known = offering.counted_already(session, SECRET, letters, [benefit], at=after)
    assert known == {benefit.id}
    assert not offering.count_use(session, SECRET, letters, benefit.id, at=after)


def test_a_paper_card_counts_once_a_day(session: Session, watcher: Watcher) -> None:
    benefit = a_benefit(session, office_id=watcher.office_id)
    make_card(session, SECRET, watcher, CardKind.PAPER, at=AT)
    letters = a_card_shown(session, watcher, CardKind.PAPER, at=AT)
    noon = datetime.combine(AT.astimezone(KOREA).date(), datetime.min.time(), KOREA)
    for hours, is_new in ((24, True), (30, False), (49, True)):
        at = noon + timedelta(hours=hours)
        assert offering.count_use(session, SECRET, letters, benefit.id, at=at) is is_new


def test_nobody_counts_with_a_card_that_is_not_good(session: Session, watcher: Watcher) -> None:
    benefit = a_benefit(session, office_id=watcher.office_id)
    foreign = a_benefit(session)
    over = a_benefit(session, office_id=watcher.office_id)
    offering.end_offer(session, over, at=AT)
    letters = a_card_shown(session, watcher, at=AT)
    for each in (foreign, over):
        with pytest.raises(offering.NoSuchBenefit):
            offering.count_use(session, SECRET, letters, each.id, at=AT)
    with pytest.raises(offering.BenefitIsOver):
        offering.end_offer(session, over, at=AT)
    later = AT + SHOWN_FOR
    with pytest.raises((Conflict, NotFound)):
        offering.count_use(session, SECRET, letters, benefit.id, at=later)
    assert counted(session) == 0


def test_benefits_are_for_the_dong_or_the_district(session: Session, watcher: Watcher) -> None:
    province = Area(level=Level.SIDO, register=Register.BOTH, name="도", full_name="도")
    session.add(province)
    session.flush()
    said = {"register": Register.BOTH, "name": "구", "full_name": "구", "parent_id": province.id}
    district = Area(level=Level.SIGUNGU, **said)
    session.add(district)
    session.flush()
    watcher.office.area_id = district.id
    day = AT.astimezone(KOREA).date()
    library = an_office(session, kind=OfficeKind.LIBRARY, area_id=district.id)
    neighbour = an_office(session, name="이웃 동", area_id=district.id)
    own = a_benefit(session, office_id=watcher.office_id, title="가")
    ours = a_benefit(session, office_id=library.id, title="나")
    a_benefit(session, office_id=neighbour.id, title="다")
    a_benefit(session, title="라")
    a_benefit(session, office_id=library.id, good_from=day + timedelta(days=1))
    a_benefit(session, office_id=library.id, good_until=day - timedelta(days=1))
    assert session.scalars(benefits_for(watcher.office_id, day)).all() == [own, ours]


def test_cards_say_nothing_of_their_person(session: Session) -> None:
    person = a_person(session, name="버드나무", phone="+821099998888")
    watcher = a_watcher(session, person, name="골목지기")
    plain = urlsafe_b64decode(a_card_shown(session, watcher, at=AT))
    card = session.scalars(select(Card)).one()
    assert card.id.bytes in plain
    assert person.id.bytes not in plain
    assert watcher.id.bytes not in plain
