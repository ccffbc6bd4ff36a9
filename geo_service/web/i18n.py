"""Korean first, English under `/en`: which language a visit is in, and its catalogue.

Korean sentences in the templates are the source; `locale/en/…/messages.po` translates them and
is compiled in memory at start, so that no binary catalogue can fall out of step.
"""

from collections.abc import Iterable
from enum import StrEnum
from functools import cache
from importlib.resources import files
from io import BytesIO
from urllib.parse import quote, urlencode

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import NullTranslations, Translations
from fastapi import Request

CATALOGUE = "locale/en/LC_MESSAGES/messages.po"

POSITION = ("lat", "lng")
ROUGH = 4
"""Decimals of a position that a link carries on: eleven metres."""


class Language(StrEnum):
    """A language that every page exists in."""

    KO = "ko"
    EN = "en"

    @property
    def prefix(self) -> str:
        """Where its pages live: Korean at the root, English below `/en`."""
        return "" if self is Language.KO else f"/{self.value}"


PREFIXES = tuple(language.prefix for language in Language)
"""The app opens every page once below each of these."""


def language_of(request: Request) -> Language:
    """The language of this visit: its address says it."""
    first = request.scope["path"].split("/", 2)[1:2]
    return Language.EN if first == [Language.EN] else Language.KO


def same_page_in(request: Request, language: Language) -> str:
    """The address of this very page, question included, in `language`.

    With one slash in front and every odd sign quoted: two slashes, or a backslash, would make
    browsers take the path for the name of another site. Positions are told to eleven metres.
    """
    path = request.scope["path"].removeprefix(language_of(request).prefix)
    question = question_of(request.query_params.multi_items())
    return f"{language.prefix}/{quote(path.lstrip('/'))}{question}"


def question_of(asked: Iterable[tuple[str, str]]) -> str:
    """What follows the path in a link: `?` and the pairs, or nothing. Positions are rough."""
    pairs = [(name, _roughly(said) if name in POSITION else said) for name, said in asked]
    return f"?{urlencode(pairs)}" if pairs else ""


def _roughly(degrees: str) -> str:
    """Four decimals at most; what is no number stays as it is."""
    try:
        return degrees if len(degrees.partition(".")[2]) <= ROUGH else f"{float(degrees):.{ROUGH}f}"
    except ValueError:
        return degrees


@cache
def translations_into(language: Language) -> NullTranslations:
    """The catalogue of `language`, read once; Korean needs none."""
    if language is Language.KO:
        return NullTranslations()
    with files(__package__).joinpath(CATALOGUE).open("rb") as source:
        catalogue = read_po(source, locale=language.value)
    compiled = BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return Translations(compiled)
