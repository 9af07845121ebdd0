"""How values are written: for each value of the scenario format, what the reference calls it, and a JSON Schema of it.

Patterns are such as JavaScript and Python read alike. An editor reads digits as a number, and `true` as neither number
nor text; to the loader all of these are text, so wherever text may look like that, they are allowed for.
"""

from collections.abc import Iterable
from typing import Any, Final

from attrs import frozen

from sim.domain.calendar import TIME_FORMS
from sim.domain.lift import Mode
from sim.domain.place import UNSTATED
from sim.domain.quantity import FORMS, NAMING_HEDGES, OTHER_HEDGES, QUANTITY_MAX, VAGUE_WORDS
from sim.domain.scenario import FORMAT
from sim.domain.vocabulary import Action, Basis, Kind, Readiness
from sim.loader.shape import Value
from sim.loader.written import ID as AN_ID

Json = dict[str, Any]


@frozen
class Written:
    """How a value is written: in words for the reference, which is in Markdown, and as a JSON Schema."""

    words: str
    schema: Json


_DAY: Final = "[0-9]{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])"
_OFFSET: Final = "(?:[Zz]|[+-](?:0[0-9]|1[0-4]):?[0-5][0-9])"
_INSTANT: Final = f"{_DAY}(?:[Tt ](?:[01][0-9]|2[0-3]):[0-5][0-9](?::00)?{_OFFSET}?)?"
_TIME: Final = rf"{_INSTANT}|[Dd]\+[0-9]{{1,6}}"
_MONTH: Final = "[0-9]{4}-(?:0[1-9]|1[0-2])"
_DURATION: Final = r"(?=[^1-9]*[1-9])(?:[0-9]{1,6}[Dd])?\s*(?:[0-9]{1,7}[Hh])?\s*(?:[0-9]{1,9}[Mm])?"
_SHARE: Final = r"(?:100(?:\.0{1,6})?|0?[0-9]{1,2}(?:\.[0-9]{1,6})?)\s*%"


def _in_any_case(wordings: Iterable[str]) -> str:
    """A pattern for any of some wordings, in any case of letters and with any blanks between words."""
    longest_first = sorted(wordings, key=lambda wording: (-len(wording), wording))
    return f"(?:{'|'.join(''.join(map(_in_either_case, wording)) for wording in longest_first)})"


def _in_either_case(char: str) -> str:
    if char == " ":
        return r"\s+"
    return f"[{char.upper()}{char}]" if char.isalpha() else char


_FIGURE: Final = "(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)"
_RANGE: Final = rf"{_FIGURE}\s*(?:[Tt][Oo]|[-\u2013])\s*{_FIGURE}"
_STRENGTH: Final = rf"{_in_any_case(NAMING_HEDGES - {''})}?\s*{_FIGURE}|{_RANGE}"
_VAGUE: Final = _in_any_case([*VAGUE_WORDS, *(words.replace("several ", "a few ") for words in VAGUE_WORDS)])
_QUANTITY: Final = rf"{_STRENGTH}|{_in_any_case(OTHER_HEDGES)}\s*{_FIGURE}|{_VAGUE}"
_REST: Final = "rest"


def _like(pattern: str, message: str, *examples: str | float, **more: Any) -> Json:
    """A text of a pattern, unless `more` says otherwise; `message` is what an editor says of a text that is not."""
    found = {"type": "string", "pattern": f"^(?:{pattern})$", **more, "patternErrorMessage": message}
    return {**found, "examples": list(examples)} if examples else found


def _in_blanks(pattern: str) -> str:
    return rf"\s*(?:{pattern})\s*"


def _time(pattern: str, forms: str, *examples: str) -> Json:
    return _like(_in_blanks(pattern), f"This is not {forms}.", *examples)


def _quantity(pattern: str, message: str, least: int = 1) -> Json:
    numbers = {"type": ["string", "integer"], "minimum": least, "maximum": QUANTITY_MAX}
    return _like(_in_blanks(pattern), message, **numbers)


def _figure(pattern: str, message: str, least: float, **more: Any) -> Json:
    """A figure in digits; an editor reads a number."""
    numbers = {"type": ["number", "string"], "minimum": least, **more}
    return _like(_in_blanks(pattern), message, **numbers)


_DIGITS: Final = r"(?:[0-9]{1,3}(?:,[0-9]{3}){1,3}|[0-9]{1,12})(?:\.[0-9]{1,40})?"
_DELAY: Final = rf"0{{1,6}}[DHMdhm]|{_DURATION}"
_CLOCK: Final = "(?:[01][0-9]|2[0-3]):[0-5][0-9]"


def _degrees(most: int, example: float) -> Json:
    message = "This is not a number of degrees, such as 35.139 or -79.006."
    numbers = {"type": ["number", "string"], "minimum": -most, "maximum": most}
    return _like(r"-?[0-9]{1,6}(?:\.[0-9]{1,20})?", message, example, **numbers)


def _named(id: Json) -> Json:
    """An id where it is named; where it is digits, an editor reads a number."""
    return _or_boolean({"type": ["string", "number"], "minimum": 0, **id})


def _or_boolean(found: Json) -> Json:
    """What may also be `true` or `false`, said in such a way that no editor proposes these two to anybody."""
    return {"anyOf": [found, {"not": {"type": ["string", "number", "array", "object", "null"]}}]}


def _word(*words: str) -> Written:
    quoted = [f"`{word}`" for word in words]
    return Written(" or ".join(filter(None, (", ".join(quoted[:-1]), quoted[-1]))), {"enum": list(map(str, words))})


_IS_AN_ID: Final = "An id is of lower-case letters, digits and '-', a letter or digit first"
ID: Final[Json] = {"pattern": f"^{AN_ID}$", "patternErrorMessage": f"{_IS_AN_ID}."}
"""An id where it is defined."""

PLACE_ID: Final[Json] = {
    "pattern": f"^(?!{UNSTATED}$){AN_ID}$",
    "patternErrorMessage": f"{_IS_AN_ID}; `{UNSTATED}` is built in.",
}
"""The id of a place where it is defined."""

_TEXT: Final[Json] = {"type": ["string", "number"], "pattern": r"\S", "patternErrorMessage": "This has no value."}
_NO_QUANTITY: Final = f"This is not a quantity. Write one of: {FORMS}."
_NO_STRENGTH: Final = (
    "This names no single number. Write one of: 1700, about 1700, at least 1700, up to 1700, '1500 to 1900'; "
    "or {is: nearly 5000, post: 4900, because: why this number}."
)
_MOMENT_FORMS: Final = f"start, end, {TIME_FORMS}"
_A_QUANTITY: Final = "a [quantity](#quantities)"
_A_TIME: Final = "a [time](#times)"

VALUES: Final[dict[Value, Written]] = {
    "text": Written("text", _or_boolean(_TEXT)),
    "format": Written(f"`{FORMAT}`", {"enum": [FORMAT, str(FORMAT)]}),
    "zone": Written(
        "an IANA name such as `Europe/Warsaw`",
        _like(r"\S+", "This is no name of a time zone.", "UTC", "America/New_York", "Europe/Warsaw"),
    ),
    "address": Written(
        "a web address",
        _like(_in_blanks(r"https?://\S+"), "This is not a web address: http://… or https://…, without spaces."),
    ),
    "symbol": Written(
        "20 or 30 digits, in quotes",
        _like("[0-9]{20}|[0-9]{30}", "A symbol code has 20 or 30 digits.", type=["string", "integer"], minimum=0),
    ),
    "quantity": Written(_A_QUANTITY, _quantity(_QUANTITY, _NO_QUANTITY, least=0)),
    "quantity or rest": Written(f"{_A_QUANTITY}, or `{_REST}`", _quantity(f"{_QUANTITY}|{_REST}", _NO_QUANTITY)),
    "strength": Written(f"{_A_QUANTITY} that has a nominal value", _quantity(_STRENGTH, _NO_STRENGTH)),
    "part": Written(
        f"{_A_QUANTITY} that has a nominal value, `{_REST}`", _quantity(f"{_STRENGTH}|{_REST}", _NO_STRENGTH)
    ),
    "number": Written(
        "a whole number",
        _like(
            "[0-9]{1,3}(?:,[0-9]{3}){1,4}|[0-9]{1,15}",
            "This is not a whole number in digits.",
            type=["integer", "string"],
            minimum=1,
            maximum=QUANTITY_MAX,
        ),
    ),
    "share": Written("a percentage", _like(_in_blanks(_SHARE), "Write a share of at most 100%, such as 10%.", "10%")),
    "latitude": Written("-90 to 90", _degrees(90, 35.139)),
    "longitude": Written("-180 to 180", _degrees(180, -79.006)),
    "instant": Written(f"{_A_TIME}, but for `D+n`", _time(_INSTANT, TIME_FORMS.removesuffix(" or D+3"), "2022-02-03")),
    "time": Written(_A_TIME, _time(_TIME, TIME_FORMS, "2022-02-03", "2022-02-03T08:00", "D+3")),
    "moment": Written(f"{_A_TIME}, `start` or `end`", _time(f"{_TIME}|start|end", _MOMENT_FORMS, "2022-02-03", "end")),
    "moment or always": Written(
        f"{_A_TIME}, `start`, `end` or `always`",
        _time(f"{_TIME}|start|end|always", f"always, {_MOMENT_FORMS}", "2022-02-03", "end", "always"),
    ),
    "publication": Written(
        f"{_A_TIME} or a month", _time(f"{_TIME}|{_MONTH}", f"a month (2022-02), {TIME_FORMS}", "2022-02-03", "2022-02")
    ),
    "duration": Written(
        "a [duration](#times)", _time(_DURATION, "a duration such as 12h, 2d, 90m or 1d12h", "12h", "2d", "1d12h")
    ),
    "count": Written("a whole number from 0 up", _figure(_DIGITS, "This is not a whole number from 0 up.", 0)),
    "some": Written("a whole number from 1 up", _figure(_DIGITS, "This is not a whole number from 1 up.", 0)),
    "above 0": Written("a number above 0", _figure(_DIGITS, "This is not a number above 0.", 0)),
    "hours": Written(
        "hours, or a [duration](#times)",
        _figure(f"{_DIGITS}|{_DELAY}", "Write hours such as 2.25, or a duration such as 2h15m.", 0),
    ),
    "delay": Written("a [duration](#times)", _time(_DELAY, "a duration such as 12h, 2d, 90m or 1d12h", "12h", "2d")),
    "hours a day": Written("hours, up to 24", _figure(_DIGITS, "Write hours, at most 24.", 0, maximum=24)),
    "opening hours": Written(
        "two times of day",
        _like(
            _in_blanks(rf"{_CLOCK}\s*[-\u2013]\s*(?:{_CLOCK}|24:00)"),
            "Write two times of day, in quotes.",
            "06:00-22:00",
        ),
    ),
    "detour": Written("a number from 1 up", _figure(_DIGITS, "Write a number from 1 up, such as 1.3.", 1)),
    "priority": Written(
        "a whole number",
        _like("-?[0-9]{1,9}", "This is not a whole number.", type=["integer", "string"]),
    ),
    "action": _word(*Action),
    "basis": _word(*Basis),
    "readiness": _word(*Readiness),
    "first readiness": _word(*(readiness for readiness in Readiness if readiness is not Readiness.IN_TRANSIT)),
    "kind": _word(*Kind),
    "refusal": _word("expected"),
    "mode": _word(*Mode),
    "source": Written("a source's id", _named(ID)),
    "place": Written(f"a place's id, or `{UNSTATED}`", _named(ID)),
    "defined place": Written("a place's id", _named(PLACE_ID)),
    "unit": Written("a unit's id", _named(ID)),
    "order": Written("an order's id", _named(ID)),
    "claim": Written("a claim's id", _named(ID)),
    "lift": Written("a lift's id", _named(ID)),
    "port": Written("a port's id", _named(ID)),
}
