"""Lists of households, working days, and counts that may be read."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo_service.cases.imports.households import BadRow, Fault, NoAddresses, read_households
from geo_service.cases.workflow.hiding import LEAST, hidden, hidden_marks
from geo_service.cases.workflow.working_days import working_day

HEAD = ["성명", "주소", "연락처", "비고", "순번"]


def test_a_list_is_read_by_the_names_of_its_columns() -> None:
    reading = read_households(
        [
            HEAD,
            ["김 하나", "광산로 70", "1012345678", "더위", "1"],
            [],
            ["이둘", "광산로 71", "", "", "2"],
        ]
    )
    first, second = reading.households
    assert (first.line, first.name, first.phone, first.note) == (
        2,
        "김 하나",
        "+821012345678",
        "더위",
    )
    assert (second.line, second.phone) == (4, "")
    assert (reading.bad, reading.ignored) == ([], ["순번"])


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        (["", "광산로 70"], Fault.NO_NAME),
        (["김하나", ""], Fault.NO_ADDRESS),
        (["김하나", "가" * 201], Fault.TOO_LONG),
        (["김하나", "광산로 70", "12"], Fault.BAD_PHONE),
        (["김하나", "광산로 70", "전화 없음"], Fault.BAD_PHONE),
        (["박 셋", "광산로  9"], Fault.TWICE),
    ],
)
def test_a_row_that_cannot_be_used_says_why(row: list[str], fault: Fault) -> None:
    reading = read_households([HEAD, ["박셋", "광산로 9"], row])
    assert reading.bad == [BadRow(3, fault)]
    assert len(reading.households) == 1


def test_a_list_without_addresses_is_refused() -> None:
    with pytest.raises(NoAddresses):
        read_households([["이름", "전화"], ["김하나", "010-1234-5678"]])


@pytest.mark.parametrize(
    ("start", "days", "due"),
    [
        (date(2026, 11, 20), 0, date(2026, 11, 20)),
        (date(2026, 11, 20), 1, date(2026, 11, 23)),
        (date(2026, 11, 22), 0, date(2026, 11, 23)),
        (date(2026, 12, 24), 1, date(2026, 12, 28)),
    ],
)
def test_nothing_is_due_on_a_day_off(start: date, days: int, due: date) -> None:
    assert working_day(start, days) == due


COUNTS = st.dictionaries(st.integers(0, 30), st.integers(0, 40), min_size=1, max_size=12)


@given(COUNTS)
def test_subtracting_what_is_shown_from_the_sum_leaves_no_small_count(
    counts: dict[int, int],
) -> None:
    told = hidden(counts)
    seen = {key: count for key, count in told.shown.items() if count is not None}
    secret = told.shown.keys() - seen.keys()
    assert all(count >= LEAST for count in seen.values())
    assert seen == {key: counts[key] for key in seen}
    if told.total is None:
        assert not seen
        assert sum(counts.values()) < LEAST
    elif secret:
        assert len(secret) > 1
        assert told.total - sum(seen.values()) >= LEAST


@given(COUNTS, st.integers(0, 60))
def test_marks_are_shown_from_five_on(counts: dict[int, int], whole: int) -> None:
    told = hidden_marks(counts, whole)
    assert all(count is None or count >= LEAST for count in told.shown.values())
    assert (told.total is None) == (whole < LEAST)


def test_no_more_is_hidden_than_must_be() -> None:
    assert hidden({"가": 3, "나": 7, "다": 9}).shown == {"가": None, "나": None, "다": 9}
    assert hidden({"가": 3, "나": 4, "다": 9}).shown == {"가": None, "나": None, "다": 9}
    assert hidden({"가": 5, "나": 9}).shown == {"가": 5, "나": 9}
