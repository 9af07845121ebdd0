"""The checks by name, and looking with them."""

from collections.abc import Callable, Collection, Iterator

from sim.lint.amendments import amended_at_once, amends_another, amends_nothing, corrects_another
from sim.lint.capacity import loaded_in_part, nothing_to_go_by, too_late_to_leave
from sim.lint.certainty import cannot_fail, tested_too_late, tests_itself
from sim.lint.claims import claim_without_words, not_relayed, repeated_claim, same_speaker
from sim.lint.distributions import piled_up_at_zero
from sim.lint.hedges import about_claimed_as_exact, about_posted_as_exact
from sim.lint.lift import unused_lift, unused_port, weight_without_limit
from sim.lint.names import same_place_name, same_unit_name
from sim.lint.orders import observed_too_early, ordered_too_late, untested_order
from sim.lint.places import unused_place
from sim.lint.remark import Remark
from sim.lint.route import begins_elsewhere
from sim.lint.selectors import selects_nothing
from sim.lint.sources import published_too_early, same_url, undated_source, unused_source
from sim.lint.subject import Subject

Check = Callable[[Subject], Iterator[Remark]]

CHECKS: dict[str, Check] = {
    "unused-source": unused_source,
    "undated-source": undated_source,
    "same-url": same_url,
    "published-too-early": published_too_early,
    "unused-place": unused_place,
    "same-place-name": same_place_name,
    "same-unit-name": same_unit_name,
    "unused-lift": unused_lift,
    "unused-port": unused_port,
    "nothing-to-go-by": nothing_to_go_by,
    "begins-elsewhere": begins_elsewhere,
    "too-late-to-leave": too_late_to_leave,
    "loaded-in-part": loaded_in_part,
    "weight-without-limit": weight_without_limit,
    "piled-up-at-zero": piled_up_at_zero,
    "about-posted-as-exact": about_posted_as_exact,
    "ordered-too-late": ordered_too_late,
    "observed-too-early": observed_too_early,
    "untested-order": untested_order,
    "claim-without-words": claim_without_words,
    "about-claimed-as-exact": about_claimed_as_exact,
    "not-relayed": not_relayed,
    "repeated-claim": repeated_claim,
    "same-speaker": same_speaker,
    "selects-nothing": selects_nothing,
    "cannot-fail": cannot_fail,
    "tested-too-late": tested_too_late,
    "tests-itself": tests_itself,
    "amends-nothing": amends_nothing,
    "amended-at-once": amended_at_once,
    "amends-another": amends_another,
    "corrects-another": corrects_another,
}
"""Every check by name, in the order in which they are asked."""


def look(subject: Subject, names: Collection[str] = tuple(CHECKS)) -> Iterator[tuple[str, Remark]]:
    """What the checks called `names` remark, each remark with the name of its check."""
    for name, check in CHECKS.items():
        if name in names:
            yield from ((name, remark) for remark in check(subject))
