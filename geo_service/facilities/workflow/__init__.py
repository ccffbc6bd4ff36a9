"""Deeds on batches: take one in, undo one. Each is one transaction, and they take turns."""

from geo_service.facilities.workflow.taking_in import take_in
from geo_service.facilities.workflow.turns import expect_many, take_turns
from geo_service.facilities.workflow.undoing import (
    AlreadyUndone,
    BatchUnknown,
    LaterBatchTouched,
    undo,
)

__all__ = [
    "AlreadyUndone",
    "BatchUnknown",
    "LaterBatchTouched",
    "expect_many",
    "take_in",
    "take_turns",
    "undo",
]
