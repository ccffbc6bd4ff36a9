"""Pages: whole for a visit, only what changed for htmx."""

import json
from collections.abc import Mapping
from datetime import datetime
from functools import partial
from secrets import token_urlsafe
from urllib.parse import quote
from uuid import UUID

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined, pass_context
from jinja2.runtime import Context
from markupsafe import Markup

from geo_service.web import notes, words
from geo_service.web.assets import Assets
from geo_service.web.cookies import session_token
from geo_service.web.csrf import word_for
from geo_service.web.i18n import Language, language_of, same_page_in, translations_into
from geo_service.web.reading import TextSize, text_size_of

CHANGED = "changed"
"""The block of a page that htmx asks for: all that a new question changes."""

Templates = Mapping[Language, Environment]


def load_templates(assets: Assets, *packages: str, official_site: bool = False) -> Templates:
    """Templates of the named packages, each in its own `templates/` folder, in every language."""
    loader = ChoiceLoader([PackageLoader(package) for package in packages])
    return {
        language: _environment(language, loader, assets, official_site=official_site)
        for language in Language
    }


def _environment(
    language: Language, loader: ChoiceLoader, assets: Assets, *, official_site: bool
) -> Environment:
    environment = Environment(
        loader=loader,
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    # Jinja's extension adds these methods to the environment when it is installed.
    environment.install_gettext_translations(translations_into(language), newstyle=True)  # type: ignore[attr-defined]
    environment.filters |= {
        "number": partial(words.number, language=language),
        "won": partial(words.won, language=language),
        "metres": partial(words.metres, language=language),
        "as_moment": datetime.fromisoformat,
        "as_day": words.korean_day,
        "as_uuid": UUID,
        "moment": partial(words.moment, language=language),
        "clock": partial(words.clock, language=language),
        "deadline": partial(words.deadline, language=language),
        "day": partial(words.day, language=language),
        "days": partial(words.days, language=language),
        "time_of_day": words.time_of_day,
        "telephone": words.telephone,
        "path_piece": partial(quote, safe=""),
    }
    environment.globals |= {
        "asset": assets.address,
        "csrf_word": _csrf_word,
        "fresh_key": partial(token_urlsafe, 16),
        "home": language.prefix,
        "language": language,
        "in_korean": "" if language is Language.KO else Markup(' lang="ko"'),
        "note": notes.note,
        "official_site": official_site,
        "same_page_in": _same_page_in,
        "Language": Language,
        "TextSize": TextSize,
    }
    return environment


@pass_context
def _same_page_in(context: Context, language: Language) -> str:
    return same_page_in(context["request"], language)


@pass_context
def _csrf_word(context: Context) -> str:
    """The proof that a form is ours; nothing to prove for who is not signed in."""
    token = session_token(context["request"])
    return word_for(token) if token else ""


def json_in_html(document: object) -> Markup:
    """JSON for a `<script>` of data: nothing in it can end the element or begin another."""
    written = json.dumps(document, ensure_ascii=False)
    return Markup(  # noqa: S704 - every sign that could leave the script is written as a number
        written.translate({ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"})
    )


def page(request: Request, template: str, *, status: int = 200, **context: object) -> HTMLResponse:
    """Render `template`, or only what changed when htmx asked for a part."""
    templates: Templates = request.app.state.templates
    found = templates[language_of(request)].get_template(template)
    scope = found.new_context(
        {"request": request, "text_size": text_size_of(request), "status": status, **context}
    )
    part = request.headers.get("HX-Request-Type") == "partial" and CHANGED in found.blocks
    html = found.blocks[CHANGED](scope) if part else found.root_render_func(scope)
    headers = {
        "Vary": "HX-Request-Type, Cookie",
        "Cache-Control": "private, no-cache",
        "Content-Language": language_of(request).value,
    }
    answer = HTMLResponse("".join(html), status_code=status, headers=headers)
    if notes.is_waiting(request) and not part:
        notes.clear(answer)
    return answer
