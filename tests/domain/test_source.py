"""Sources: where news began."""

import pytest

from sim.domain.source import Source, origins

SOURCES = {
    source.id: source
    for source in (
        Source("briefing", "Briefing"),
        Source("officials", "Officials"),
        Source("cnn", "CNN", relays=("briefing",)),
        Source("beast", "Daily Beast", relays=("officials", "wsj")),
        Source("wsj", "WSJ"),
        Source("blog", "Blog", relays=("beast", "cnn")),
        Source("left", "Left", relays=("right",)),
        Source("right", "Right", relays=("left", "briefing")),
    )
}


@pytest.mark.parametrize(
    ("source", "begun"),
    [
        ("briefing", {"briefing"}),
        ("cnn", {"briefing"}),
        ("beast", {"officials", "wsj"}),
        ("blog", {"officials", "wsj", "briefing"}),
        ("left", {"briefing"}),
        ("right", {"briefing"}),
    ],
)
def test_origins(source: str, begun: set[str]) -> None:
    """What is relayed is followed to what relays nothing, which is its own origin; a circle ends where it closes."""
    assert origins(SOURCES, source) == begun
