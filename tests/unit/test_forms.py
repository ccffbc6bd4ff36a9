"""What people type becomes a model, or a complaint that the page can tell."""

from datetime import UTC, date, datetime, time
from typing import Annotated
from uuid import UUID

import pytest
from fastapi import UploadFile
from pydantic import Field
from starlette.datastructures import FormData

from geo_service.web import fields
from geo_service.web.asking import rules_of
from geo_service.web.fields import FormModel, Line, Telephone, When, Whole, Won
from geo_service.web.forms import LONGEST, MOST, blank, filled
from tests.samples import GOOD, Dong, Kind, OfferIn


def test_a_good_form_becomes_a_model() -> None:
    said = FormData(
        [*GOOD.items(), ("weekdays", "0"), ("weekdays", "2"), ("until", "2026-12-01T09:30")]
    )
    form = filled(OfferIn, said)
    assert form.is_good
    assert form.value is not None
    assert form.value.pay_won == 11_500
    assert form.value.kind is Kind.ONCE
    assert form.value.weekdays == [0, 2]
    assert form.value.until == datetime(2026, 12, 1, 0, 30, tzinfo=UTC)
    assert form.value.seats == 1


def test_nothing_typed_is_nothing_said() -> None:
    said = FormData({**GOOD, "body": " \r\n ", "email": "", "day": "", "weekdays": "", "seats": ""})
    value = filled(OfferIn, said).value
    assert value is not None
    assert value.body is value.email is value.day is None
    assert value.weekdays == []
    assert value.seats == 1


def test_a_box_that_is_not_ticked_is_not_sent() -> None:
    class News(FormModel):
        wanted: bool = True

    assert filled(News, FormData({"wanted": "true"})).value == News(wanted=True)
    assert filled(News, FormData()).value == News(wanted=False)


def test_an_upload_can_be_asked_for() -> None:
    class Import(FormModel):
        table: UploadFile

    form = filled(Import, FormData({"table": "not a file"}))
    assert form.value is None
    assert filled(Import, FormData()).errors["table"].kind == "missing"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("11500", 11_500), ("11,500원", 11_500), ("１１，５００ 원", 11_500), ("₩ 11 500", 11_500)],
)
def test_money_may_be_written_as_people_write_it(typed: str, meant: int) -> None:
    class Pay(FormModel):
        won: Won

    assert filled(Pay, FormData({"won": typed})).value == Pay(won=meant)


@pytest.mark.parametrize("typed", ["-1", "1.5", "만원", "9" * 20, "1" * 5000])
def test_what_is_no_number_is_refused_and_shown_again(typed: str) -> None:
    class Pay(FormModel):
        won: Won

    form = filled(Pay, FormData({"won": typed}))
    assert form.value is None
    assert list(form.errors) == ["won"]
    assert form.given["won"] == [typed]


@pytest.mark.parametrize(
    "typed", ["010-1234-5678", "010 1234 5678", "+82 10 1234 5678", "０１０１２３４５６７８"]
)
def test_a_telephone_is_kept_in_one_way(typed: str) -> None:
    class Call(FormModel):
        phone: Telephone

    assert filled(Call, FormData({"phone": typed})).value == Call(phone="+821012345678")


@pytest.mark.parametrize("typed", ["a", "a@b", "a b@example.org", "a@example..org", "@example.org"])
def test_what_mail_cannot_reach_is_refused(typed: str) -> None:
    assert "email" in filled(OfferIn, FormData({**GOOD, "email": typed})).errors


@pytest.mark.parametrize("typed", ["a\x00b", "\ud800"])
def test_what_the_database_cannot_keep_is_refused_and_not_shown_again(typed: str) -> None:
    form = filled(OfferIn, FormData({**GOOD, "title": typed}))
    assert form.errors["title"].kind == "unfit_signs"
    "".join(form.given["title"]).encode()
    assert "\x00" not in "".join(form.given["title"])


def test_nothing_is_longer_than_forms_are() -> None:
    class Free(FormModel):
        words: str
        many: list[str] = []

    assert filled(Free, FormData({"words": "가" * LONGEST})).is_good
    assert "words" in filled(Free, FormData({"words": "가" * (LONGEST + 1)})).errors
    many = FormData([("words", "x"), *[("many", "x")] * (MOST + 1)])
    assert "many" in filled(Free, many).errors


def test_lines_end_in_one_way() -> None:
    assert filled(OfferIn, FormData({**GOOD, "body": "가\r\n나"})).value.body == "가\n나"  # type: ignore[union-attr]


def test_limits_are_read_from_the_model() -> None:
    rules = rules_of(OfferIn)
    assert rules["title"].max_length == 20
    assert (rules["seats"].minimum, rules["seats"].maximum) == (1, 20)
    assert not rules["title"].optional
    assert rules["email"].optional
    assert rules["email"].max_length == 254
    assert rules["weekdays"].many
    assert rules["agreed"].tick
    assert rules["dong"].chosen


def test_a_choice_by_number_is_chosen_where_the_model_says_so() -> None:
    class Pick(FormModel):
        office: UUID
        dong: Annotated[int | None, Field(json_schema_extra={"chosen": True})] = None
        kind: Kind | None = None
        name: Line | None = None

    rules = rules_of(Pick)
    assert [rules[name].chosen for name in ("office", "dong", "kind", "name")] == [1, 1, 1, 0]


def test_what_is_there_is_shown_to_be_edited() -> None:
    class Edit(FormModel):
        name: Line
        at: When
        starts: fields.TimeOfDay
        day: fields.Day | None
        dongs: list[Dong]
        seats: Whole
        news: bool = False

    there = Edit(
        name="책방",
        at=datetime(2026, 12, 1, 0, 30, tzinfo=UTC),
        starts=time(9),
        day=date(2026, 12, 1),
        dongs=[Dong.DOSAN, Dong.SONGJEONG],
        seats=0,
        news=True,
    )
    form = blank(Edit, of=there, name="새 책방")
    assert form.given == {
        "name": ["새 책방"],
        "at": ["2026-12-01T09:30"],
        "starts": ["09:00"],
        "day": ["2026-12-01"],
        "dongs": ["dosan", "songjeong"],
        "seats": ["0"],
        "news": ["true"],
    }
    assert form.status == 200
    again = filled(Edit, FormData([(k, v) for k, vs in form.given.items() for v in vs]))
    assert again.value == there.model_copy(update={"name": "새 책방"})
