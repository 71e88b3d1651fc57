"""What all tests share: how far hypothesis looks, ``--bless``, and an empty case."""

from __future__ import annotations

import pytest
from case import Case
from hypothesis import settings

# The same examples on every run; `--hypothesis-profile long` looks further.
settings.register_profile("short", derandomize=True, max_examples=60, deadline=None, database=None)
settings.register_profile("long", derandomize=True, max_examples=600, deadline=None, database=None)
settings.load_profile("short")


@pytest.fixture
def case() -> Case:
    """An empty content folder."""
    return Case()


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add ``--bless``."""
    parser.addoption("--bless", action="store_true", help="write the goldens anew, and remove orphans")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out the long runs unless they are asked for with ``-m long``."""
    if not config.option.markexpr:
        long = [item for item in items if item.get_closest_marker("long")]
        config.hook.pytest_deselected(items=long)
        items[:] = [item for item in items if item not in set(long)]
