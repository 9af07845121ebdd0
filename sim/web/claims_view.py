"""Who says what in a run, and how it stands against the ledger."""

from attrs import evolve

from sim.ledger.claims import Judgement
from sim.posture.breakdown import Breakdown
from sim.report.claims_form import claims_form
from sim.report.inquiry import inquire
from sim.report.json_form import Json
from sim.web import schemas
from sim.web.explain_view import ENTRIES_MAX
from sim.web.paging import PAGING, paging_of
from sim.web.question import Parameter
from sim.web.told import Told
from sim.web.view import AS_KNOWN, Asked, View


def claims(asked: Asked) -> Json:
    """The claims that are asked about, a page of them, and the questions that these answer."""
    question, paging = asked.question, paging_of(asked.question)
    found = inquire(asked.told.answer, *(question.all(name) for name in ("question", "source", "verdict")))
    shown = tuple(paging.cut(found.judgements))
    told = paging.told(len(found.judgements))
    if told:
        ids = {judgement.claim.id for judgement in shown}
        topics = tuple(topic for topic in found.topics if any(each.claim.id in ids for each in topic.asked))
        found = evolve(found, judgements=shown, topics=topics)
    failures = _Failures(asked.told)
    return {**claims_form(found, failures.breakdown), **failures.told(), **told}


class _Failures:
    """Breaks claims down that failed, as long as there is room for all that their figures are made of."""

    def __init__(self, told: Told) -> None:
        self._told = told
        self._room = ENTRIES_MAX
        self._left_out = 0

    def breakdown(self, judgement: Judgement) -> Breakdown | None:
        """What the figure against a claim is made of; None where that would be too much beside the others."""
        entries = self._told.entries_behind(judgement)
        if entries > self._room:
            self._left_out += 1
            return None
        self._room -= entries
        return self._told.breakdown(judgement)

    def told(self) -> Json:
        """How many were left out, where any were."""
        return {"failures_left_out": self._left_out} if self._left_out else {}


CLAIMS = View(
    "claims",
    "who says what, and how it stands against the ledger",
    (
        Parameter("question", "its number, the id of a claim to it, or words that stand in it", many=True),
        Parameter("source", "said by this source, or by others from it: its id, letter or outlet", many=True),
        Parameter("verdict", "holds, compatible, open, contradicted, given, disputed, withdrawn or noted", many=True),
        AS_KNOWN,
        *PAGING,
    ),
    schemas.CLAIMS,
    claims,
)
