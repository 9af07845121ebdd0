"""Paging: a long answer in pieces."""

from collections.abc import Sequence
from typing import TypeVar

from attrs import frozen

from sim.report.json_form import Json
from sim.web.question import Form, Parameter, Question
from sim.web.refusal import Refusal, Why

SIZE, SIZE_MAX = 200, 1_000
"""How many items a page has, and may have."""

PAGE_MAX = 100_000_000

PAGING = (
    Parameter("page", "which page of the answer, from 1", Form.NUMBER, most=PAGE_MAX),
    Parameter("size", f"how many items a page has, {SIZE} where nothing is said", Form.NUMBER, most=SIZE_MAX),
)

_Item = TypeVar("_Item")


@frozen
class Paging:
    """Which page of an answer to a question is asked for."""

    question: Question
    number: int
    size: int

    def cut(self, items: Sequence[_Item]) -> Sequence[_Item]:
        """The items of the page."""
        return items[(self.number - 1) * self.size : self.number * self.size]

    def told(self, count: int) -> Json:
        """What is said of an answer of so many items: nothing where one page has all. Raises Refusal past the last."""
        pages = max(1, -(-count // self.size))
        if self.number > pages:
            there = "is 1 page" if pages == 1 else f"are {pages:,} pages"
            raise Refusal(Why.BAD_QUESTION, f"there is no page {self.number:,}", f"There {there} of {self.size}.")
        if pages == 1:
            return {}
        after = self.question.instead("page", str(self.number + 1)) if self.number < pages else None
        return {
            "page": {"number": self.number, "size": self.size, "pages": pages, "items": count, "next": after},
        }


def paging_of(question: Question) -> Paging:
    """The page that a question asks for: the first where it does not say."""
    return Paging(question, question.number("page", 1), question.number("size", SIZE))
