import pytest

from search import spelling


@pytest.fixture(autouse=True)
def empty_vocabulary(monkeypatch):
    """Words that one test keeps by heart are not another's."""
    monkeypatch.setattr(spelling, "_kept", (0, 0.0, {}))
