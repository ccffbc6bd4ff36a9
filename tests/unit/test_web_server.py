"""Signals: one asks, two insist, and nothing interrupts the end."""

import signal
from signal import raise_signal

import pytest

from geo_service.web.server import STOP_SIGNALS, stop_signals


@pytest.mark.parametrize("number", STOP_SIGNALS)
def test_the_first_only_asks(number: signal.Signals) -> None:
    with stop_signals() as stop:
        raise_signal(number)
        assert stop.is_set()
        with pytest.raises(SystemExit) as left:
            stop.check()
    assert left.value.code == 0


def test_the_second_interrupts_a_step_that_does_not_notice() -> None:
    with stop_signals() as stop:
        raise_signal(signal.SIGINT)
        with pytest.raises(SystemExit) as left:
            raise_signal(signal.SIGINT)
        raise_signal(signal.SIGINT)  # the third finds the orderly end under way
        assert stop.is_noticed()
    assert left.value.code == 130


def test_nothing_interrupts_the_end_once_the_wish_was_noticed() -> None:
    with stop_signals() as stop:
        raise_signal(signal.SIGTERM)
        assert stop.is_noticed()
        for number in STOP_SIGNALS:
            raise_signal(number)


def test_nobody_asked() -> None:
    before = [signal.getsignal(number) for number in STOP_SIGNALS]
    with stop_signals() as stop:
        assert not stop.is_noticed()
        stop.check()
    assert [signal.getsignal(number) for number in STOP_SIGNALS] == before
