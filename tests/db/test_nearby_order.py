"""The order of an answer is the question's, not that of whichever plan PostgreSQL chose."""

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from geo_service.listings.models import Kind
from geo_service.listings.queries import Search
from tests.db.test_nearby import Everything, by_the_oracle, found, scatter
from tests.factories import HOME

PLANS = {
    "as it likes": {},
    "in parallel": {
        "max_parallel_workers_per_gather": "4",
        "parallel_setup_cost": "0",
        "parallel_tuple_cost": "0",
        "min_parallel_table_scan_size": "0",
        "min_parallel_index_scan_size": "0",
    },
    "by hash": {"enable_sort": "off", "enable_mergejoin": "off", "enable_nestloop": "off"},
    "by merge": {"enable_hashjoin": "off", "enable_nestloop": "off", "enable_hashagg": "off"},
    "without indexes": {
        "enable_indexscan": "off",
        "enable_bitmapscan": "off",
        "enable_indexonlyscan": "off",
    },
    "without reading whole tables": {"enable_seqscan": "off"},
    "in little memory": {"work_mem": "64kB"},
}

QUESTIONS = {
    "along the plane": (Search(HOME, limit=9), None),
    "one kind along the plane": (Search(HOME, kinds=(Kind.JOB,), limit=9), None),
    "by cells": (Search(HOME, kinds=(Kind.JOB,), limit=9), Everything()),
    "by words": (Search(HOME, words="행정복지센터", limit=9), None),
}
"""Each way to the candidates, over several pages."""


@pytest.mark.parametrize("question", QUESTIONS)
@pytest.mark.parametrize("plan", PLANS)
def test_the_order_is_right_under_any_plan(session: Session, plan: str, question: str) -> None:
    search, counted = QUESTIONS[question]
    scatter(session, HOME, 70, 900, seed=17)
    expected = [title for title, _ in by_the_oracle(session, HOME, search.within_m)]
    for setting, value in PLANS[plan].items():
        session.execute(text(f"SET LOCAL {setting} = '{value}'"))
    assert found(session, search, counted) == expected
    assert len(expected) > 3 * search.limit
