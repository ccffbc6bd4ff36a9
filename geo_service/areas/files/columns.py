"""Which column of a map file holds the code, and which the name."""

from collections.abc import Sequence

from geo_service.errors import Invalid

CODE_COLUMNS = (
    "adm_cd2",
    "adm_dr_cd",
    "hjd_cd",
    "행정동코드",
    "emd_cd",
    "bjd_cd",
    "법정동코드",
    "sig_cd",
    "sgg_cd",
    "시군구코드",
    "ctprvn_cd",
    "sido_cd",
    "시도코드",
    "adm_cd",
    "code",
)
"""What publishers call the official code, the surest first: where `adm_cd2` is given, `adm_cd`
is the code of Statistics Korea, which numbers the country in its own way."""

NAME_COLUMNS = (
    "adm_nm",
    "adm_dr_nm",
    "hjd_nm",
    "행정동명",
    "emd_kor_nm",
    "emd_nm",
    "bjd_nm",
    "법정동명",
    "읍면동명",
    "sig_kor_nm",
    "sgg_nm",
    "시군구명",
    "ctp_kor_nm",
    "sido_nm",
    "시도명",
    "name",
    "이름",
)
"""What publishers call the name."""


class NoSuchColumn(Invalid):
    """The file has no column of that name."""


class NoCodeColumn(Invalid):
    """No column of the file is known to hold the official code."""


class NoNameColumn(Invalid):
    """No column of the file is known to hold the name."""


def code_column(columns: Sequence[str], named: str | None) -> str:
    """The column with the code: the one that was named, or the best that is known.

    Raises: NoSuchColumn, NoCodeColumn.
    """
    return _pick(columns, named, CODE_COLUMNS) or _refuse(
        NoCodeColumn, "행정구역 코드", "official code", "--code-column", columns
    )


def name_column(columns: Sequence[str], named: str | None) -> str:
    """The column with the name, found likewise. Raises: NoSuchColumn, NoNameColumn."""
    return _pick(columns, named, NAME_COLUMNS) or _refuse(
        NoNameColumn, "이름", "name", "--name-column", columns
    )


def _pick(columns: Sequence[str], named: str | None, known: Sequence[str]) -> str | None:
    written = {column.casefold(): column for column in columns}
    if named is None:
        return next((written[each] for each in known if each in written), None)
    if named.casefold() not in written:
        raise NoSuchColumn(
            f"파일에 '{named}' 열이 없습니다. 있는 열: {', '.join(columns)}. "
            f"There is no column “{named}” in the file."
        )
    return written[named.casefold()]


def _refuse(
    problem: type[Invalid], korean: str, english: str, option: str, columns: Sequence[str]
) -> str:
    raise problem(
        f"{korean} 열을 찾지 못했습니다. {option} 으로 알려 주세요. 있는 열: {', '.join(columns)}. "
        f"Say with {option} which column holds the {english}."
    )
