"""Every problem is named once and explains itself."""

from fastapi import FastAPI

from geo_service.errors import Problem


def every(root: type[Problem]) -> list[type[Problem]]:
    return [problem for child in root.__subclasses__() for problem in [child, *every(child)]]


def test_every_problem_has_its_own_type_and_title(app: FastAPI) -> None:
    assert app.title
    problems = every(Problem)
    assert len({problem.type() for problem in problems}) == len(problems)
    for problem in problems:
        assert problem.__doc__
        assert problem.title().endswith(".")
