"""Outcomes: what replications come to is what it was, or the number of their rules is another."""

import json
from pathlib import Path
from typing import Any

import sim
from sim.ensemble import kept
from sim.ensemble.kept import Keeper
from sim.ensemble.plan import Plan
from sim.ensemble.question import VERDICTS, Dropped, Stands
from sim.ensemble.replication import Replications
from sim.ledger.claims import Verdict

HERE = Path(__file__).parent
SCENARIO, GOLDEN = HERE / "outcomes.yaml", HERE / "golden-tally.json"

RAISE = (
    "replications come to something else than they did, so that nobody may go on with what was kept: raise OUTCOMES in "
    "sim/ensemble/kept.py, and write this anew with --rewrite"
)

whole = sim.load(SCENARIO)
PLAN = Plan(whole, 7, whole.snapshots, sim.known(whole, "2022-02-08"))
TALLY = Replications(PLAN).tally(range(40))


def _told() -> dict[str, Any]:
    """The number of the rules, and what a log keeps of the tally but for what it was asked by."""
    keeper = Keeper("memory:", PLAN)
    keeper.keep(TALLY)
    form = json.loads((keeper._store.find(keeper.ensemble) or b"").partition(b"\n")[2])
    return {"outcomes": kept.OUTCOMES, "runs": form["runs"], "counts": form["counts"]}


def test_outcomes_are_what_they_were(rewrite: bool) -> None:
    """Under one number of the rules: there is no way to write them anew under the same."""
    told = _told()
    before = json.loads(GOLDEN.read_text(encoding="utf-8")) if GOLDEN.exists() else None
    if before is not None and before["outcomes"] == told["outcomes"]:
        assert told["counts"] == before["counts"], RAISE
    if rewrite:
        GOLDEN.write_text(_in_lines(told), encoding="utf-8", newline="\n")
    assert GOLDEN.read_text(encoding="utf-8") == _in_lines(told)


def _in_lines(form: dict[str, Any]) -> str:
    """One question a line."""
    parts = []
    for part, questions in form["counts"].items():
        lines = ",\n  ".join(json.dumps(question) for question in questions)
        parts.append(f'"{part}": [\n  {lines}\n]')
    return f'{{"outcomes": {form["outcomes"]}, "runs": {form["runs"]}, "counts": {{\n{",".join(parts)}\n}}}}\n'


def test_they_are_of_every_kind() -> None:
    """So that no rule can change unseen: each kind of question, with more than one answer, and each verdict."""
    questions = {question: set(values) for part in TALLY.counts for question, values in part.items()}
    asked = {
        kind: max(len(questions[each]) for each in questions if type(each) is kind) for kind in kept._KINDS.values()
    }
    assert {kind: answers > 1 for kind, answers in asked.items() if kind is not Dropped} == {
        kind: True for kind in kept._KINDS.values() if kind is not Dropped
    }
    verdicts = {
        VERDICTS[value]
        for each in questions
        if isinstance(each, Stands)
        for value in questions[each]
        if value is not None
    }
    assert verdicts == {Verdict.HOLDS, Verdict.COMPATIBLE, Verdict.CONTRADICTED, Verdict.OPEN}
