"""Questions: the parameters of an address, as far as the view that is asked takes them."""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from urllib.parse import urlencode

from attrs import frozen

from sim.web.refusal import Refusal, Why

VALUES_MAX = 20
"""How many values a parameter has at most."""

VALUE_MAX = 400
"""How long a value is at most, in characters."""

SEARCH_MAX = 100
"""How long words to look for are at most, in characters."""

_DIGITS_MAX = 9


class Form(StrEnum):
    """What the value of a parameter is."""

    TEXT = "text"
    SEARCH = "search"
    NUMBER = "number"
    FLAG = "flag"


@frozen
class Parameter:
    """A parameter that a view takes, once unless there may be `many`; a number is `least` to `most`."""

    name: str
    about: str
    form: Form = Form.TEXT
    many: bool = False
    least: int = 1
    most: int = 0


@frozen
class Question:
    """What was asked: the values of each parameter that was given, by its name."""

    values: Mapping[str, tuple[str, ...]]

    def all(self, name: str) -> tuple[str, ...]:
        """The values of a parameter, none where it was not given."""
        return self.values.get(name, ())

    def one(self, name: str) -> str | None:
        """The value of a parameter that is given once, None where it was not."""
        return next(iter(self.all(name)), None)

    def number(self, name: str, default: int) -> int:
        """The value of a parameter that is a number."""
        value = self.one(name)
        return default if value is None else int(value)

    def has(self, *names: str) -> bool:
        """Whether any of these parameters was given."""
        return any(name in self.values for name in names)

    @property
    def key(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """What tells this question from others to the same view."""
        return tuple(sorted(self.values.items()))

    def instead(self, name: str, value: str) -> str:
        """The query of an address that asks the same but for one parameter."""
        return "?" + urlencode({**self.values, name: (value,)}, doseq=True)


def question_of(parameters: Iterable[Parameter], given: Iterable[tuple[str, str]]) -> Question:
    """The question that these names and values are; empty values count as not given. Raises Refusal for others."""
    known = {parameter.name: parameter for parameter in parameters}
    values: dict[str, tuple[str, ...]] = {}
    for name, value in given:
        if name not in known:
            raise _bad(f"there is no parameter '{_cut(name)}' here", f"There are: {', '.join(known) or 'none'}.")
        if value:
            values[name] = (*values.get(name, ()), _checked(known[name], value))
            _check_number(known[name], len(values[name]))
    return Question(values)


def _check_number(parameter: Parameter, number: int) -> None:
    most = VALUES_MAX if parameter.many else 1
    if number > most:
        times = "once" if most == 1 else f"{most} times"
        raise _bad(f"{parameter.name} may be given {times} at most")


def _checked(parameter: Parameter, value: str) -> str:
    """The value of a parameter, written as all that mean the same are."""
    most = SEARCH_MAX if parameter.form is Form.SEARCH else VALUE_MAX
    if len(value) > most:
        raise _bad(f"{parameter.name} is {len(value):,} characters long", f"It may have {most}.")
    match parameter.form:
        case Form.NUMBER:
            number = int(value) if value.isascii() and value.isdigit() and len(value) <= _DIGITS_MAX else -1
            if not parameter.least <= number <= parameter.most:
                numbers = f"It is a number from {parameter.least} to {parameter.most:,}."
                raise _bad(f"{parameter.name} is '{_cut(value)}'", numbers)
            return str(number)
        case Form.FLAG:
            if value not in {"true", "false"}:
                raise _bad(f"{parameter.name} is '{_cut(value)}'", "It is true or false.")
            return value
        case Form.TEXT | Form.SEARCH:
            return value


def _bad(message: str, remedy: str = "") -> Refusal:
    return Refusal(Why.BAD_QUESTION, message, remedy)


def _cut(text: str) -> str:
    return text if len(text) <= 40 else text[:37] + "..."
