"""What becomes of each row: the outcome, and the reasons for it."""

from collections.abc import Iterable, Mapping, Sequence

from geo_service.facilities.imports.pairing import pair
from geo_service.facilities.imports.reasons import because
from geo_service.facilities.imports.twins import hold_back_twins
from geo_service.facilities.imports.vintages import Vintages
from geo_service.facilities.models import Outcome
from geo_service.facilities.schemas import Decision, Draft, Known, Plan, Reason


def decide(
    dataset: str, drafts: Sequence[Draft], known: Sequence[Known], listed: Iterable[Known]
) -> Plan:
    """The outcome of every draft, and the rooms that have vanished.

    `known` are the rooms of this dataset; `listed` are rooms of any dataset under the same names.
    New rooms are settled when they are written: that takes as long as PostgreSQL takes to write.
    """
    decisions = pair(drafts, known)
    vintages = Vintages(drafts, known)
    for decision in decisions:
        if decision.outcome is Outcome.ADDED:
            _judge(decision, vintages)
    vanished = vintages.vanished(known, decisions)
    gone = {each.known.id for each in vanished}
    hold_back_twins(decisions, (room for room in listed if room.id not in gone))
    return Plan(dataset, decisions, vanished)


def _judge(decision: Decision, vintages: Vintages) -> None:
    draft, known = decision.draft, decision.known
    same = known is not None and known.digest == decision.digest
    newest = vintages.newer_than(draft.provider_key)
    if same and known and known.gone_on is None:
        decision.outcome = Outcome.UNCHANGED
    elif draft.doubts:
        decision.outcome, decision.reasons = Outcome.HELD_BACK, draft.doubts
    elif newest:
        decision.outcome = Outcome.HELD_BACK
        decision.reasons = [because("older-vintage", newest=newest)]
    elif known and (doubt := _old_point(draft, known)):
        decision.outcome, decision.reasons = Outcome.HELD_BACK, [doubt]
    else:
        decision.outcome = Outcome.CHANGED if known else Outcome.ADDED
        if known and known.gone_on:
            decision.reasons.append(because("back-again"))
        if known:
            decision.settle()


def _old_point(draft: Draft, known: Known) -> Reason | None:
    """The address moved and the point did not."""
    moved = draft.door and known.door and draft.door != known.door
    if moved and draft.place == known.place:
        return because("old-point", before=known.door, after=draft.door)
    return None


def tell_differences(plan: Plan, originals: Mapping[int, dict[str, str]]) -> None:
    """Name the columns that differ from those a room was last described by."""
    for decision in plan.decisions:
        if decision.writes and decision.known:
            before, now = originals[decision.known.id], decision.draft.original
            columns = [name for name, cell in now.items() if before.get(name, "") != cell]
            if columns:
                decision.reasons.append(because("differs", columns=", ".join(columns)))
            elif not decision.reasons:
                decision.reasons.append(because("read-anew"))
