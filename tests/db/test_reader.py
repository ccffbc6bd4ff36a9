"""The fast path keeps answers apart, whatever happens to questions and connections."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import anyio
import psycopg
import pytest
from sqlalchemy import Engine, text

from geo_service.db import line
from geo_service.db.reader import CONNECTIONS, PooledReader, ReaderIsBusy
from geo_service.db.session import open_engine


def reading(engine: Engine, story: Callable[[PooledReader], Awaitable[Any]]) -> Any:
    """What a story that reads comes to."""

    async def tell() -> Any:
        reader = PooledReader(engine.url.render_as_string(hide_password=False))
        try:
            return await story(reader)
        finally:
            await reader.close()

    return anyio.run(tell)


def test_more_questions_than_connections_each_get_their_own_answer(engine: Engine) -> None:
    async def ask_all(reader: PooledReader) -> list[list[tuple[int]]]:
        asked = [reader.rows("SELECT %(n)s::int", {"n": n}) for n in range(5 * CONNECTIONS)]
        return await asyncio.gather(*asked)

    assert reading(engine, ask_all) == [[(n,)] for n in range(5 * CONNECTIONS)]


def test_a_question_given_up_does_not_answer_the_next(engine: Engine) -> None:
    async def give_up(reader: PooledReader) -> list[tuple[str]]:
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.05):
                await reader.rows("SELECT 'late' FROM pg_sleep(0.2)", {})
        await asyncio.sleep(0.3)
        return await reader.rows("SELECT 'mine'", {})

    assert reading(engine, give_up) == [("mine",)]


@pytest.mark.parametrize("notice", [True, False])
def test_a_connection_that_the_server_ends_is_replaced(engine: Engine, notice: bool) -> None:
    async def lose_one(reader: PooledReader) -> list[tuple[int]]:
        ((pid,),) = await reader.rows("SELECT pg_backend_pid()", {})
        with psycopg.connect(
            host=engine.url.query["host"],
            port=engine.url.query["port"],
            user="geo_app",
            dbname=engine.url.database,
        ) as other:
            other.execute("SELECT pg_terminate_backend(%s, 5000)", [pid])
        if notice:
            await asyncio.sleep(0.1)
        return await reader.rows("SELECT 1", {})

    assert reading(engine, lose_one) == [(1,)]


def test_a_complaint_is_told_by_its_kind_and_harms_nobody(engine: Engine) -> None:
    async def complain(reader: PooledReader) -> list[tuple[int]]:
        with pytest.raises(psycopg.errors.DivisionByZero):
            await reader.rows("SELECT 1 / %(n)s::int", {"n": 0})
        with pytest.raises(psycopg.errors.SyntaxError):
            await reader.rows("SELEKT", {})
        return await reader.rows("SELECT 2", {})

    assert reading(engine, complain) == [(2,)]


def test_many_kinds_of_question_do_not_pile_up(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(line, "PREPARED", 3)

    async def ask_much(reader: PooledReader) -> list[tuple[int]]:
        for n in range(10):
            assert await reader.rows(f"SELECT {n}", {}) == [(n,)]
        return await reader.rows("SELECT count(*) FROM pg_prepared_statements", {})

    ((kept,),) = reading(engine, ask_much)
    assert kept <= 3


def test_whoever_waits_too_long_is_told_to_come_again(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("geo_service.db.reader.PATIENCE_S", 0.05)

    async def crowd(reader: PooledReader) -> list[Any]:
        asked = [reader.rows("SELECT 1 FROM pg_sleep(0.5)", {}) for _ in range(CONNECTIONS + 1)]
        return await asyncio.gather(*asked, return_exceptions=True)

    *served, last = reading(engine, crowd)
    assert served == [[(1,)]] * CONNECTIONS
    assert isinstance(last, ReaderIsBusy)


def test_percent_signs_and_types_survive(engine: Engine) -> None:
    async def ask(reader: PooledReader) -> tuple[Any, ...]:
        values = {"word": "50%", "n": 2**40}
        question = "SELECT '100%%', %(word)s::text, %(n)s::bigint"
        (first,) = await reader.rows(question, values)
        (second,) = await reader.rows(question, {"word": "", "n": 1})
        return *first, *second

    assert reading(engine, ask) == ("100%", "50%", 2**40, "100%", "", 1)


def test_a_turn_of_somebody_who_has_gone_is_passed_on(engine: Engine) -> None:
    async def story(reader: PooledReader) -> Any:
        reader._turns = 0  # noqa: SLF001 (the moment between two steps of the loop)
        gone, last = (asyncio.create_task(reader.rows("SELECT 1", {})) for _ in range(2))
        await asyncio.sleep(0)  # both wait now
        reader._pass_on()  # noqa: SLF001 (the same)
        gone.cancel()  # in the same step: it was given a turn, and has not noticed
        return await asyncio.gather(gone, last, return_exceptions=True)

    gone, last = reading(engine, story)
    assert last == [(1,)]
    assert isinstance(gone, asyncio.CancelledError)


def test_text_is_utf_8_whatever_encoding_the_machine_prefers(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PGCLIENTENCODING", "EUC_KR")

    async def ask(reader: PooledReader) -> list[tuple[bytes]]:
        return await reader.rows("SELECT textsend('광주')", {})

    assert reading(engine, ask) == [("광주".encode(),)]
    other = open_engine(engine.url.render_as_string(hide_password=False))
    with other.connect() as connection:
        assert connection.scalar(text("SHOW client_encoding")) == "UTF8"
    other.dispose()
