"""Every sentence of the pages exists in English, and numbers read as people write them."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

import geo_service
from geo_service.web import words
from geo_service.web.i18n import CATALOGUE, Language, translations_into

PACKAGE = Path(geo_service.__file__).parent
WEB = PACKAGE / "web"


def said() -> Iterator[str]:
    """Every sentence in the templates."""
    found = extract_from_dir(PACKAGE, [("**/templates/**.html", "jinja2.ext:babel_extract")])
    for _, _, message, _, _ in found:
        yield message[0] if isinstance(message, tuple) else message


def translated() -> dict[str, str | tuple[str, ...]]:
    """Every sentence in the catalogue."""
    with (WEB / CATALOGUE).open("rb") as file:
        catalogue = read_po(file)
    return {
        message.id[0] if isinstance(message.id, tuple) else message.id: message.string
        for message in catalogue
        if message.id
    }


def test_every_sentence_has_its_english() -> None:
    known = translated()
    assert [sentence for sentence in set(said()) if not known.get(sentence)] == []


def test_the_catalogue_holds_nothing_that_nobody_says() -> None:
    assert set(translated()) - set(said()) == set()


def test_placeholders_survive_translation() -> None:
    with (WEB / CATALOGUE).open("rb") as file:
        wrong = [message.id for message in read_po(file) for _ in message.check()]
    assert wrong == []


def test_korean_needs_no_catalogue_and_english_has_plurals() -> None:
    assert translations_into(Language.KO).gettext("도움말") == "도움말"
    english = translations_into(Language.EN)
    assert english.gettext("도움말") == "Help"
    assert english.ngettext("%(num)s곳", "%(num)s곳", 1) == "%(num)s place"
    assert english.ngettext("%(num)s곳", "%(num)s곳", 2) == "%(num)s places"


def test_money_has_its_own_sign_in_each_language() -> None:
    assert words.won(11_500, Language.KO) == "11,500원"
    assert words.won(11_500, Language.EN) == "₩11,500"


@pytest.mark.parametrize(
    ("distance_m", "shown"),
    [(0, "10m"), (94.9, "90m"), (699.9, "700m"), (994.9, "990m"), (995, "1km"), (1234, "1.2km")],
)
def test_distances_are_as_fine_as_feet_care_for(distance_m: float, shown: str) -> None:
    assert words.metres(distance_m, Language.KO) == shown


def test_moments_are_shown_in_korean_time() -> None:
    half_past_midnight = datetime(2026, 12, 1, 0, 30, tzinfo=UTC)
    assert words.moment(half_past_midnight, Language.KO) == "12월 1일(화) 오전 9:30"
    assert words.moment(half_past_midnight, Language.EN) == "Tue, Dec 1, 9:30 AM"


def test_days_say_their_year_only_in_another_one() -> None:
    late = datetime(2026, 11, 30, 15, 30, tzinfo=UTC)
    this_year, next_year = date(2026, 1, 1), date(2027, 1, 1)
    assert words.day(late, Language.KO, on=this_year) == "12월 1일(화)"
    assert words.day(late, Language.KO, on=next_year) == "2026년 12월 1일(화)"
    assert words.day(date(2026, 12, 1), Language.EN, on=this_year) == "Tue, Dec 1"
    assert words.day(date(2026, 12, 1), Language.EN, on=next_year) == "Tue, Dec 1, 2026"


def test_one_day_is_said_once() -> None:
    one, other = date(2026, 12, 1), date(2027, 1, 5)
    assert words.days(one, one, Language.KO, on=one) == "12월 1일(화)"
    assert words.days(one, other, Language.KO, on=one) == "12월 1일(화) – 2027년 1월 5일(화)"


def test_a_deadline_at_midnight_is_the_day_before() -> None:
    midnight, on = datetime(2026, 11, 30, 15, tzinfo=UTC), date(2026, 11, 1)
    assert words.deadline(midnight, Language.KO, on=on) == "11월 30일(월)"
    assert words.deadline(midnight, Language.EN, on=on) == "the end of Mon, Nov 30"
    noon = datetime(2026, 12, 1, 3, tzinfo=UTC)
    assert words.deadline(noon, Language.KO) == "12월 1일(화) 정오 12:00"


def test_the_end_of_a_day_is_written_24() -> None:
    assert words.time_of_day(570) == "09:30"
    assert words.time_of_day(1440) == "24:00"


@pytest.mark.parametrize(
    ("kept", "shown"),
    [("+82621234567", "062-123-4567"), ("+8215881234", "1588-1234"), ("문의", "문의")],
)
def test_telephones_are_written_as_people_dial_them(kept: str, shown: str) -> None:
    assert words.telephone(kept) == shown
