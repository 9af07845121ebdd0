"""All views of a run, by name."""

from sim.web.claims_view import CLAIMS
from sim.web.diff_view import DIFF
from sim.web.explain_view import EXPLAIN
from sim.web.listings import KNOWN, ORDERS, PLACES, SOURCES, UNITS
from sim.web.series_view import SERIES
from sim.web.snapshot_view import SNAPSHOT
from sim.web.timeline_view import TIMELINE
from sim.web.view import View

VIEWS: dict[str, View] = {
    view.name: view
    for view in (SNAPSHOT, TIMELINE, SERIES, CLAIMS, EXPLAIN, DIFF, UNITS, ORDERS, PLACES, SOURCES, KNOWN)
}
