"""No cell is so long that more than its own row suffers."""

import pytest

from geo_service.facilities.imports.fees import read_fee
from geo_service.facilities.imports.sizes import read_number
from tests.facility_rows import draft

DIGITS = "1" * 5_000


@pytest.mark.parametrize("fee", [DIGITS, f"{DIGITS}원", "1" + ",000" * 2_000, f"2시간 {DIGITS}원"])
def test_a_fee_of_thousands_of_digits_is_only_words(fee: str) -> None:
    for found in (read_fee("Y", "2", fee), read_fee("Y", DIGITS, "5000", DIGITS, fee)):
        assert found.minutes is None
        assert len(found.words) <= 500


@pytest.mark.parametrize("column", ["수용가능인원수", "면적", "사용료", "위도", "데이터기준일자"])
def test_a_row_with_thousands_of_digits_is_read(column: str) -> None:
    assert draft(**{column: DIGITS}).title == "해오름주민센터 회의실"
    assert read_number(DIGITS) is not None
