"""XML is not read; it is told apart and refused, with the place where it breaks."""

from xml.parsers import expat

from geo_service.facilities.files.table import Unreadable


def refusal_of(data: bytes) -> Unreadable:
    """Why this XML (or HTML) cannot be used."""
    advice = "XML은 받지 않습니다. 같은 자료의 CSV나 XLSX를 내려받아 주세요."
    try:
        expat.ParserCreate().Parse(data, True)  # noqa: FBT003 (expat takes no keywords)
    except (expat.ExpatError, ValueError, LookupError) as error:
        line = getattr(error, "lineno", 1)
        return Unreadable(f"XML 문법이 틀렸습니다. {advice}", line=line)
    return Unreadable(advice)
