"""Refusals: why a question gets no answer, in one shape whatever was asked."""

from enum import Enum

from attrs import define

from sim.errors import LogError, SimError
from sim.report.json_form import Json, json_text


class Why(Enum):
    """Why a question is refused: the word for programs, and the status of HTTP that fits it."""

    BAD_QUESTION = ("bad-question", 400)
    NO_TOKEN = ("no-token", 401)
    NOT_FOUND = ("not-found", 404)
    READ_ONLY = ("read-only", 405)
    UNFINISHED = ("unfinished", 409)
    TOO_LARGE = ("too-large", 413)
    TOO_LONG = ("too-long", 414)
    WRONG_HOST = ("wrong-host", 421)
    OUR_BUG = ("our-bug", 500)
    BAD_LOG = ("bad-log", 502)
    READING = ("reading", 503)
    BUSY = ("busy", 503)

    @property
    def code(self) -> str:
        return self.value[0]

    @property
    def status(self) -> int:
        return self.value[1]


@define
class Refusal(Exception):
    """A question that is not answered. `retry` is after how many seconds to ask again; None where that is no use."""

    why: Why
    message: str
    remedy: str = ""
    retry: int | None = None

    @property
    def body(self) -> str:
        """It as JSON text."""
        form: Json = {
            "code": self.why.code,
            "message": self.message,
            "remedy": self.remedy or None,
            "retry": self.retry,
        }
        return json_text({"error": form})


def refused(error: SimError, why: Why = Why.BAD_QUESTION) -> Refusal:
    """The refusal that an error of ours comes to; one of the log is the log's, whatever was asked."""
    return Refusal(Why.BAD_LOG if isinstance(error, LogError) else why, error.message, error.remedy)
