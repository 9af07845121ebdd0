"""Remarks: what the author of a scenario may want to put right, though it loads."""

from attrs import frozen

from sim.domain.pointer import Pointer


@frozen
class Remark:
    """One thing worth a look: where it is, what it is, and what to do; what was expected and found where that helps."""

    pointer: Pointer
    message: str
    remedy: str
    expected: str = ""
    found: str = ""
