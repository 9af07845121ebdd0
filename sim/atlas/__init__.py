"""The atlas: a run as one page for a browser, with a map that moves; see docs/decisions/0016-the-report.md."""
