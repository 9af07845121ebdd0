"""The explorer: the runs of a log over HTTP, for browsers and for programs. It only reads."""
