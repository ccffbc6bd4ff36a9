"""Codes and names as publishers write them."""

import pytest

from geo_service.areas.files.columns import NoCodeColumn, NoSuchColumn, code_column, name_column
from geo_service.areas.files.latin import in_latin
from geo_service.areas.files.standard import codes_of_districts, dongs
from geo_service.areas.imports.codes import district_name, official_code, own_name
from geo_service.areas.models import Level, Register, search_words, searchable


@pytest.mark.parametrize(
    ("typed", "compared"),
    [
        ("광산구 송정 1동", "광산구송정1동"),
        ("창신제1동", "창신1동"),
        ("종로1·2·3·4가동", "종로1.2.3.4가동"),
        ("제주시", "제주시"),
        ("ＳＯＮＧ Jeong", "songjeong"),
        ("100%_\\", "100"),
    ],
)
def test_names_are_compared_without_what_people_leave_out(typed: str, compared: str) -> None:
    assert searchable(typed) == searchable(compared)
    assert searchable(typed).isalnum()


def test_search_words_stand_between_spaces_and_once() -> None:
    korean, latin = "동구 광주동구", "donggu gwangjudonggu donggugwangju"
    assert search_words("동구", "광주 동구", ["광주 동구", "동구"]) == f" {korean} {latin} "


@pytest.mark.parametrize(
    ("name", "latin"),
    [
        ("광산구 수완동", "gwangsangu suwandong"),
        ("송정1동", "songjeong1dong"),
        ("본량동", "bollyangdong"),
        ("임곡동", "imgokdong"),
        ("비아동", "biadong"),
        ("종로구", "jongnogu"),
        ("북동", "bukdong"),
        ("압구정동", "apgujeongdong"),
        ("별내면", "byeollaemyeon"),
        ("속리산면", "songnisanmyeon"),
        ("합덕읍", "hapdeokeup"),
        ("독립문", "dongnimmun"),
        ("신라", "silla"),
        ("백마", "baengma"),
        ("대관령", "daegwallyeong"),
        ("구미", "gumi"),
        ("영동", "yeongdong"),
        ("묵호", "mukho"),
        ("월곶", "wolgot"),
        ("벚꽃", "beotkkot"),
        ("Songjeong 7", "Songjeong 7"),
    ],
)
def test_names_are_written_in_latin_letters_as_road_signs_write_them(name: str, latin: str) -> None:
    """Most are examples of the rules themselves."""
    assert in_latin(name) == latin


@pytest.mark.parametrize(
    ("written", "level", "register", "code"),
    [
        ("2920051500", Level.DONG, Register.ADMINISTRATIVE, "2920051500"),
        ("29200101", Level.DONG, Register.LEGAL, "2920010100"),
        ("2405051", Level.DONG, Register.ADMINISTRATIVE, None),
        ("24050510", Level.DONG, Register.ADMINISTRATIVE, None),
        ("29200", Level.SIGUNGU, Register.BOTH, "29200"),
        ("2920000000", Level.SIGUNGU, Register.BOTH, "29200"),
        ("2920051500", Level.SIGUNGU, Register.BOTH, None),
        ("11", Level.SIDO, Register.BOTH, "11"),
        ("1", Level.SIDO, Register.BOTH, None),
    ],
)
def test_codes_get_the_digits_of_their_level(
    written: str, level: Level, register: Register, code: str | None
) -> None:
    assert official_code(written, level, register) == code


def test_a_dong_is_named_by_its_last_word_and_its_district_by_what_stands_before() -> None:
    assert own_name("경기도 수원시 장안구 파장동", Level.DONG) == "파장동"
    assert district_name("경기도 수원시 장안구 파장동") == "수원시 장안구"
    assert district_name("세종특별자치시 조치원읍") == "세종특별자치시"
    assert district_name("파장동") is None
    assert own_name("경기도 광주시", Level.SIGUNGU, ["경기도", "경기"]) == "광주시"
    assert own_name("수원시 장안구", Level.SIGUNGU, ["경기도", "경기"]) == "수원시 장안구"


def test_the_official_code_is_preferred_to_that_of_the_statistics_office() -> None:
    assert code_column(["ADM_CD", "adm_cd2", "adm_nm"], None) == "adm_cd2"
    assert code_column(["ADM_CD", "adm_nm"], None) == "ADM_CD"
    assert code_column(["adm_cd", "내코드"], "내코드") == "내코드"
    assert name_column(["EMD_CD", "EMD_ENG_NM", "EMD_KOR_NM"], None) == "EMD_KOR_NM"


def test_a_file_without_codes_is_told_which_columns_it_has() -> None:
    with pytest.raises(NoCodeColumn, match="색깔"):
        code_column(["색깔", "adm_nm"], None)
    with pytest.raises(NoSuchColumn, match="행정코드"):
        code_column(["adm_cd"], "행정코드")


def test_the_tables_of_the_project_hold_together() -> None:
    codes = {row.code for row in codes_of_districts()}
    assert {row.now for row in codes_of_districts()} <= codes
    known = dongs()
    legal = {dong.code for dong in known if dong.register == "legal"}
    gwangsan = [dong for dong in known if dong.code.startswith("29200")]
    ours = [dong for dong in gwangsan if dong.register == "administrative"]
    assert (len(ours), len(gwangsan) - len(ours)) == (21, 79)
    assert all(set(dong.legal_dongs) <= legal for dong in known)
    shares = [part for dong in ours for part in dong.legal_dongs]
    assert sum(shares.count(part) > 1 for part in set(shares)) == 17
