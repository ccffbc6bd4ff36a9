"""A card's token is 87 bytes, and every bit counts; the training explains every wrong answer."""

from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as some
from pydantic import ValidationError

from geo_service.accounts.models import Person
from geo_service.watchers.files.token import BYTES, Token
from geo_service.watchers.files.training import Training, the_training
from geo_service.watchers.pages.steps import CHECK, CONTACT, DONG, NAME, PLEDGE, Steps

UNTIL = datetime(2026, 11, 22, 6, 0, tzinfo=UTC)
KEY = Ed25519PrivateKey.generate()


def test_a_token_says_what_was_signed_in_87_bytes() -> None:
    card = uuid4()
    letters = Token(7, card, UNTIL).signed(KEY)
    assert (BYTES, len(letters)) == (87, 116)
    told = Token.read(letters)
    assert told is not None
    assert (told.key_id, told.card_id, told.runs_out_at) == (7, card, UNTIL)
    assert told.is_signed_by(KEY.public_key())
    assert not told.is_signed_by(Ed25519PrivateKey.generate().public_key())


@given(key_id=some.integers(1, 65_535), card=some.uuids(), seconds=some.integers(0, 2**32 - 1))
def test_whatever_is_signed_is_read_again(key_id: int, card: UUID, seconds: int) -> None:
    token = Token(key_id, card, datetime.fromtimestamp(seconds, UTC))
    told = Token.read(token.signed(KEY))
    assert told is not None
    assert told.said == token.said
    assert told.is_signed_by(KEY.public_key())


@given(letters=some.text(max_size=200))
def test_what_is_no_token_is_not_read(letters: str) -> None:
    told = Token.read(letters)
    assert told is None or not told.is_signed_by(KEY.public_key())


@pytest.mark.parametrize("spoilt", ["", "A" * 115, "A" * 117, "A" * 115 + "=", "A" * 115 + "\n"])
def test_only_116_letters_are_a_token(spoilt: str) -> None:
    assert Token.read(spoilt) is None


def test_the_training_speaks_both_languages_and_explains_what_is_wrong() -> None:
    training = the_training()
    assert len(training.lessons) >= 3
    for lesson in training.lessons:
        assert training.lesson(lesson.key) is lesson
        assert [choice.right for choice in lesson.choices].count(True) == 1
        assert all(choice.right or choice.why for choice in lesson.choices)
    assert training.lesson("nowhere") is None


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"right": true', '"right": false'),
        ('"en": "Call 119"', '"english": "Call 119"'),
        ('"key": "notice"', '"key": "Notice 1"'),
    ],
)
def test_a_misspelt_training_is_refused(tmp_path: Path, old: str, new: str) -> None:
    told = Path("data/watcher_training.json").read_text("utf-8")
    file = tmp_path / "training.json"
    file.write_text(told.replace(old, new, 1), "utf-8")
    assert Training.model_validate_json(told)
    with pytest.raises(ValidationError):
        the_training(file)


def right(key: str) -> dict[str, list[str]]:
    """The right answer to a lesson, as a browser sends it."""
    lesson = the_training().lesson(key)
    assert lesson is not None
    return {"choice": [str([choice.right for choice in lesson.choices].index(True))]}


def test_nobody_gets_past_a_page_that_is_missing_or_wrong() -> None:
    lessons = [lesson.key for lesson in the_training().lessons]
    person = Person(name="김이웃")
    assert Steps(person, {}).names == [PLEDGE, *lessons, DONG, CONTACT, NAME, CHECK]
    assert Steps(person, {}).incomplete == PLEDGE
    said = {PLEDGE: {"agreed": ["true"]}, lessons[0]: {"choice": ["0"]}}
    steps = Steps(person, said)
    assert steps.incomplete == lessons[0]
    assert steps.may_ask(lessons[0])
    assert not steps.may_ask(lessons[1])
    assert steps.answered(lessons[0]).errors["choice"].korean
    beyond = Steps(person, said | {lessons[0]: {"choice": ["9"]}})
    assert beyond.answered(lessons[0]).errors["choice"].kind == "literal_error"
    assert Steps(person, said | {lessons[0]: right(lessons[0])}).incomplete == lessons[1]
    everything = said | {key: right(key) for key in lessons}
    everything |= {DONG: {"office_id": [str(uuid4())]}, CONTACT: {"phone": ["010-1234-5678"]}}
    assert Steps(person, everything).incomplete == NAME
    done = Steps(person, everything | {NAME: {"name": ["골목지기"]}})
    assert (done.incomplete, done.phone, done.name) == (None, "+821012345678", "골목지기")
    assert (done.before(PLEDGE), done.after(NAME)) == (None, CHECK)
