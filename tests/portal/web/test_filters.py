"""What templates call by a name means one thing: two parts of the house that each brought a filter
"pounds" once turned every amount in Arabic round, and nobody was told."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.templating import Environment

from portal.settings import Settings
from wsgi import create_app


class Named(dict[str, Any]):
    """Names that are given once."""

    def __setitem__(self, name: str, meaning: Any) -> None:
        known = self.get(name, meaning)
        if known is not meaning:
            raise AssertionError(f"two things for templates are called {name!r}: {known} {meaning}")
        super().__setitem__(name, meaning)

    def update(self, *others: Any, **more: Any) -> None:
        for name, meaning in dict(*others, **more).items():
            self[name] = meaning


class GivenOnce(Environment):
    """A template environment in which nothing takes the place of another."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.filters, self.tests = Named(self.filters), Named(self.tests)


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[[], Flask]:
    monkeypatch.setattr(Flask, "jinja_environment", GivenOnce)
    settings = Settings.for_tests(database_url="sqlite://", instance=tmp_path)
    return lambda: create_app(settings)


def test_no_two_filters_share_a_name(made: Callable[[], Flask]) -> None:
    filters = made().jinja_env.filters
    assert isinstance(filters, Named)
    assert "pounds" in filters


def test_a_second_filter_of_a_name_is_found(made: Callable[[], Flask]) -> None:
    with pytest.raises(AssertionError, match="'pounds'"):
        made().add_template_filter(str, "pounds")
