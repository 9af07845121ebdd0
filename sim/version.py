"""The version of this program, where every part can say it."""

__version__ = "0.1.0"
