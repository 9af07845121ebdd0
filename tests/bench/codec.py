"""The row about the codec: events to bytes and back, by the log's own and by libraries that take attrs classes."""

import gc
from collections.abc import Callable

from sim.domain.event import UnitArrived, UnitClosed, UnitDeparted
from sim.engine import simulate
from sim.eventlog.decoding import decode, decode_strictly
from sim.eventlog.encoding import encode
from sim.eventlog.record import Record
from tests.bench.timing import cpu
from tests.bench.workload import shuttle_of

HOT = (UnitDeparted, UnitArrived, UnitClosed)
"""What the log of a run is full of."""

ROUNDS = 7


def codec(size: int, collecting: bool) -> str:
    """Microseconds an event; what the libraries write has other keys, and they take any text for an id."""
    from cattrs.preconf.msgspec import make_converter
    from msgspec.json import Decoder, Encoder

    events = [event for event in simulate(shuttle_of(size)) if isinstance(event, HOT)]
    write, convert = Encoder().encode, make_converter()
    read = {kind: Decoder(kind).decode for kind in HOT}
    records = [Record("", 0, event.at, *encode(event), b"") for event in events]
    plain = [(type(event), write(event)) for event in events]
    converted = [(convert.dumps(event), type(event)) for event in events]
    calls: dict[str, Callable[[], object]] = {
        "encode, ours": lambda: [encode(event) for event in events],
        "encode, msgspec": lambda: [write(event) for event in events],
        "encode, cattrs and msgspec": lambda: [convert.dumps(event) for event in events],
        "decode, ours": lambda: [decode(record) for record in records],
        "decode, ours the strict way": lambda: [decode_strictly(0, record.type, record.payload) for record in records],
        "decode, msgspec": lambda: [read[kind](payload) for kind, payload in plain],
        "decode, cattrs and msgspec": lambda: [convert.loads(payload, kind) for payload, kind in converted],
    }
    (gc.enable if collecting else gc.disable)()
    least = dict.fromkeys(calls, float("inf"))
    for _ in range(ROUNDS):
        for name, call in calls.items():
            gc.collect()
            least[name] = min(least[name], cpu(call))
    gc.enable()
    lines = [f"{seconds / len(events) * 1e6:6.2f} us  {name}" for name, seconds in least.items()]
    return f"{len(events):,} events, least of {ROUNDS}\n" + "\n".join(f"{'':14}{line}" for line in lines)
