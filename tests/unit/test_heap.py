"""Garbage is not looked for where there is none."""

import gc

from geo_service.heap import keeping, nothing_to_collect


def test_nothing_is_looked_through_meanwhile() -> None:
    with nothing_to_collect():
        assert not gc.isenabled()
        with nothing_to_collect():
            pass
        assert not gc.isenabled(), "whoever began first ends last"
    assert gc.isenabled()


def test_what_stays_is_looked_through_no_more_and_the_rest_is() -> None:
    before = gc.get_freeze_count()
    try:
        with keeping():
            assert not gc.isenabled()
        assert gc.isenabled()
        assert gc.get_freeze_count() > before
    finally:
        gc.unfreeze()
        if before:  # the run's own
            gc.freeze()
