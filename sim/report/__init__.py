"""Reports: a run's answers as tables for people, and as JSON and CSV for other programs."""
