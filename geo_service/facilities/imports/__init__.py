"""Rows of official files become spaces: recognised, interpreted, doubted, matched, decided."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import PurePath
from unicodedata import normalize

from sqlalchemy.orm import Session

from geo_service.facilities import queries, workflow
from geo_service.facilities.files import Table, read_table
from geo_service.facilities.imports.datasets import NAMES, Dataset, recognise
from geo_service.facilities.imports.deciding import decide, tell_differences
from geo_service.facilities.imports.neighbours import (
    doubt_dragged,
    doubt_points_apart,
    doubt_stand_ins,
)
from geo_service.facilities.imports.places import judge_places
from geo_service.facilities.imports.providers import ProviderUnknown, day_in, provider_in
from geo_service.facilities.imports.rows import drafts_of
from geo_service.facilities.schemas import Draft, Plan, Report
from geo_service.heap import nothing_to_collect

STEPS = ("읽기", "좌표 확인", "비교", "저장")
"""What is done with a file, in this order; a dry run ends before the last."""

Progress = Callable[[str], None]
"""Is told which of the steps begins now."""

Count = Callable[[int], None]
"""Is told how many rows are written, again and again."""


@dataclass(frozen=True)
class Source:
    """Where a table comes from."""

    name: str
    sha256: str
    provider: str | None = None
    """Who published it, where neither its rows nor its name say."""

    @property
    def stem(self) -> str:
        """Its name without the ending, syllables put together."""
        return PurePath(normalize("NFC", self.name)).stem


@dataclass(frozen=True)
class Upload:
    """A file as somebody sent it."""

    name: str
    data: bytes
    provider: str | None = None
    """As its source tells it."""

    @property
    def source(self) -> Source:
        """Where its table comes from."""
        return Source(self.name, sha256(self.data).hexdigest(), self.provider)


def import_file(
    session: Session,
    upload: Upload,
    *,
    dry_run: bool = False,
    progress: Progress = lambda _: None,
) -> Report:
    """Take a file in as one batch, in the transaction of `session`, or say what would be.

    Raises: Unreadable, UnknownColumns, ProviderUnknown.
    """
    progress("읽기")
    table = read_table(upload.data, NAMES)
    report, _ = import_table(session, table, upload.source, dry_run=dry_run, progress=progress)
    return report


@nothing_to_collect()
def import_table(  # noqa: PLR0913 (an import has as many sides as it has)
    session: Session,
    table: Table,
    source: Source,
    *,
    dry_run: bool = False,
    progress: Progress = lambda _: None,
    count: Count = lambda _: None,
) -> tuple[Report, Sequence[Draft]]:
    """The same for what was read before; the drafts tell its rows without personal numbers.

    Raises: UnknownColumns, ProviderUnknown.
    """
    dataset = recognise(table)
    drafts = _drafts(table, dataset, source)
    workflow.expect_many(session)
    if not dry_run:
        workflow.take_turns(session)
    progress("좌표 확인")
    _doubt(session, table, dataset, drafts)
    progress("비교")
    plan = _plan(session, dataset, drafts)
    batch = None
    if dry_run:
        for decision in plan.new:
            decision.settle()
    else:
        progress("저장")
        batch = workflow.take_in(session, plan, source.name, source.sha256, count)
    report = Report(
        file=source.name,
        dataset=dataset.name,
        dry_run=dry_run,
        entries=[decision.entry for decision in plan.decisions],
        vanished=[each.known.title for each in plan.vanished],
        batch=batch,
    )
    return report, drafts


def _drafts(table: Table, dataset: Dataset, source: Source) -> list[Draft]:
    provider = source.provider or provider_in(source.stem)
    fields = dataset.columns_of(table)
    if provider is None and "provider" not in fields and "sigungu" not in fields:
        raise ProviderUnknown(
            "제공기관을 알 수 없습니다. 파일 이름을 ‘서울특별시_강남구_….csv’처럼 하거나"
            " --provider ‘서울특별시 강남구’를 붙여 주세요."
        )
    day = day_in(source.stem)
    return list(drafts_of(table, dataset, provider=provider, reference_on=day))


def _doubt(session: Session, table: Table, dataset: Dataset, drafts: list[Draft]) -> None:
    """What only other rows or the map can say against a row's point."""
    fields = dataset.columns_of(table)
    if "lat" in fields and "lng" in fields:
        lat, lng = (table.columns[fields[name][0]] for name in ("lat", "lng"))
        doubt_dragged(
            drafts, [(draft.original.get(lat, ""), draft.original.get(lng, "")) for draft in drafts]
        )
    doubt_stand_ins(drafts)
    judge_places(session, drafts)
    doubt_points_apart(drafts)


def _plan(session: Session, dataset: Dataset, drafts: list[Draft]) -> Plan:
    providers = {draft.provider_key for draft in drafts if draft.provider_key}
    if len(providers) > 1:
        known = queries.known_of_dataset(session, dataset.name)
    else:
        known = queries.known_of_providers(session, dataset.name, providers)
    listed = queries.listed_under(session, {draft.name_key for draft in drafts})
    plan = decide(dataset.name, drafts, known, listed)
    described = [d.known.id for d in plan.decisions if d.writes and d.known]
    tell_differences(plan, queries.originals(session, described))
    return plan
