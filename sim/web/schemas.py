"""The schemas of all answers, as OpenAPI has them."""

from sim.report.json_form import Json

TEXT: Json = {"type": "string"}
WHOLE: Json = {"type": "integer"}
NUMBER: Json = {"type": "number"}
YES: Json = {"type": "boolean"}
STAMP: Json = {"type": "string", "format": "date-time"}
ANY: Json = {}


def maybe(schema: Json) -> Json:
    """That, or null."""
    return {"anyOf": [schema, {"type": "null"}]}


def many(schema: Json) -> Json:
    """A list of those."""
    return {"type": "array", "items": schema}


def form(fields: Json, *left_out: str) -> Json:
    """An object with these keys and no others, of which those `left_out` are not always there."""
    needed = [name for name in fields if name not in left_out]
    return {"type": "object", "properties": fields, "required": needed, "additionalProperties": False}


PAGE = form({"number": WHOLE, "size": WHOLE, "pages": WHOLE, "items": WHOLE, "next": maybe(TEXT)})
SCENARIO = form(
    {"title": TEXT, "start": STAMP, "end": STAMP, "fingerprint": TEXT, "seed": WHOLE, "as_known": STAMP}, "as_known"
)
LOG = form({"url": maybe(TEXT), "run": maybe(TEXT), "events": WHOLE, "head": maybe(TEXT)})
BOUNDS: Json = {"low": WHOLE, "high": maybe(WHOLE)}
HELD: Json = {"strength": WHOLE, **BOUNDS}
GROUNDS: Json = {"sources": many(TEXT), "because": maybe(TEXT)}
GROUP: Json = {
    "side": TEXT, "kind": TEXT, "in_transit": YES, "place": maybe(TEXT), "country": maybe(TEXT), "unit": maybe(TEXT),
    "readiness": maybe(TEXT), "origin": maybe(TEXT),
}  # fmt: skip
FIELDS = ("place", "country", "unit", "side", "readiness", "origin")
ROW = form(
    {
        "unit": TEXT, "place": TEXT, "country": maybe(TEXT), "side": TEXT, "origin": TEXT, "readiness": TEXT,
        "kind": TEXT, **HELD, "basis": maybe(TEXT),
    }
)  # fmt: skip
CLAIM: Json = {
    "id": TEXT, "says": maybe(TEXT), "source": TEXT, "kind": TEXT, "at": maybe(STAMP),
    "expected": maybe(form({**BOUNDS, "wording": TEXT})), "actual": maybe(form(HELD)), "verdict": TEXT,
    "distance": maybe(WHOLE), "given": YES, "disputed": maybe(TEXT), "per": maybe(TEXT),
    "could_be": form(BOUNDS), "there": WHOLE, "corrected_by": many(TEXT), "speaker": maybe(TEXT),
}  # fmt: skip
OPEN_CLAIM = form(CLAIM, "could_be", "there", "corrected_by", "speaker")
LEDGER: Json = {"type": "object", "additionalProperties": maybe(TEXT)}
ACCOUNT = form({"place": TEXT, "readiness": TEXT})
ENTRY = form(
    {
        "position": WHOLE, "at": STAMP, "event": TEXT, "unit": TEXT, "strength": WHOLE, "change": WHOLE,
        "from": maybe(ACCOUNT), "to": ACCOUNT, "order": maybe(TEXT), "basis": maybe(TEXT), **GROUNDS,
    }
)  # fmt: skip
FIGURE = form(
    {
        "kind": TEXT, **HELD, "basis": maybe(TEXT),
        "shares": many(form({"basis": maybe(TEXT), "in_part": YES, "strength": WHOLE})),
        "rows": many(ROW), "missing": many(ROW),
        "history": many(form({"at": STAMP, "strength": WHOLE})), "elsewhere": many(ROW), "entries": many(ENTRY),
    }
)  # fmt: skip
SOURCE = form(
    {
        "id": TEXT, "outlet": TEXT, "title": maybe(TEXT), "published": maybe(STAMP), "published_as": {"const": "month"},
        "url": maybe(TEXT), "archived": maybe(TEXT), "relays": many(TEXT), "origins": many(TEXT),
    },
    "published_as",
)  # fmt: skip
RUN_ROW = form(
    {
        "run": TEXT, "scenario": TEXT, "seed": maybe(WHOLE), "events": WHOLE, "finished": YES, "head": maybe(TEXT),
        "program": maybe(TEXT),
    }
)  # fmt: skip


def _paged(fields: Json, *left_out: str) -> Json:
    return form({**fields, "page": PAGE}, "page", *left_out)


ERROR = form({"error": form({"code": TEXT, "message": TEXT, "remedy": maybe(TEXT), "retry": maybe(WHOLE)})})

ENSEMBLE_ROW = form(
    {
        "ensemble": TEXT,
        "scenario": maybe(TEXT),
        "against": maybe(TEXT),
        "seed": maybe(WHOLE),
        "runs": maybe(WHOLE),
        "kept": YES,
    }
)

RUNS = _paged(
    {
        "log": form({"url": TEXT, "runs": WHOLE, "events": WHOLE}),
        "runs": many(RUN_ROW),
        "ensembles": many(ENSEMBLE_ROW),
    }
)

RUN = form(
    {
        "run": RUN_ROW,
        "scenario": maybe(form({**SCENARIO["properties"], "end_minute": WHOLE, "timezone": TEXT}, "as_known")),
        "log": LOG,
        "album": YES,
    }
)

KNOWN = _paged(
    {
        "scenario": SCENARIO,
        "known": many(form({"at": STAMP, "published": many(TEXT)})),
        "undated": many(TEXT),
    }
)

SNAPSHOT = _paged(
    {
        "scenario": SCENARIO,
        "snapshots": many(
            form(
                {
                    "at": STAMP,
                    "rows": many(ROW),
                    "totals": many(form({"kind": TEXT, **HELD})),
                    "sides": many(form({"side": TEXT, "kind": TEXT, **HELD, "basis": maybe(TEXT)})),
                    "groups": many(form({**GROUP, **HELD, "basis": maybe(TEXT)}, *FIELDS)),
                },
                "groups",
            )
        ),
        "log": LOG,
    }
)

HAPPENING = form(
    {
        "at": STAMP, "event": TEXT, "unit": maybe(TEXT), "order": maybe(TEXT), **GROUNDS, "units": many(TEXT),
        "strength": maybe(WHOLE), "place": maybe(TEXT), "to": maybe(TEXT), "before": maybe(TEXT), "after": maybe(TEXT),
        "basis": maybe(TEXT), "reason": maybe(TEXT), "load": WHOLE, "cause": TEXT, "minutes": maybe(WHOLE),
    },
    "load", "cause", "minutes",
)  # fmt: skip

TIMELINE = _paged(
    {
        "scenario": SCENARIO,
        "timeline": many(HAPPENING),
        "left_behind": many(form({"order": TEXT, "unit": TEXT, "place": TEXT, "loads": WHOLE, "strength": WHOLE})),
        "log": LOG,
    },
    "left_behind",
)

SERIES = _paged(
    {
        "scenario": SCENARIO,
        "by": many(TEXT),
        "times": many(STAMP),
        "every_change": YES,
        "lines": many(form({**GROUP, "held": many(form({**HELD, "basis": maybe(TEXT)}))}, *FIELDS)),
        "log": LOG,
    }
)

CLAIMS = _paged(
    {
        "scenario": SCENARIO,
        "questions": many(
            form(
                {
                    "number": WHOLE,
                    "label": TEXT,
                    "claims": many(TEXT),
                    "sources": WHOLE,
                    "origins": WHOLE,
                    "conflicts": many(form({"claims": many(TEXT), "against": many(TEXT)})),
                }
            )
        ),
        "claims": many(OPEN_CLAIM),
        "ledger": LEDGER,
        "readings": many({"type": "object"}),
        "failures": many({"type": "object"}),
        "failures_left_out": WHOLE,
        "log": LOG,
    },
    "failures_left_out",
)

EXPLANATION = form(
    {
        "scenario": SCENARIO,
        "at": maybe(STAMP),
        "selectors": many({"type": "object"}),
        "exactly": YES,
        "label": TEXT,
        "claim": maybe(OPEN_CLAIM),
        "figures": many(FIGURE),
        "units": many({"type": "object", "required": ["id", "name", "kind", "strength", "reported"]}),
        "orders": many({"type": "object", "required": ["id", "at", "action", "units", "sources"]}),
        "lift": many({"type": "object"}),
        "ports": many({"type": "object"}),
        "capacity": many({"type": "object"}),
        "claims": many(OPEN_CLAIM),
        "ledger": LEDGER,
        "rests_on": many(TEXT),
        "sources": many(SOURCE),
        "relayed": many(SOURCE),
        "log": LOG,
    },
    "lift",
    "ports",
    "capacity",
)

_SIDE = form({"scenario": SCENARIO, "at": STAMP, "log": LOG})
_CHANGE: Json = {"strength": WHOLE, "low": maybe(WHOLE), "high": maybe(WHOLE)}

DIFFERENCE = _paged(
    {
        "first": _SIDE,
        "second": _SIDE,
        "by": many(TEXT),
        "changes": many(
            form(
                {
                    **GROUP,
                    "before": form({**HELD, "basis": maybe(TEXT)}),
                    "after": form({**HELD, "basis": maybe(TEXT)}),
                    "change": form(_CHANGE),
                    "orders": many(TEXT),
                },
                *FIELDS,
            )
        ),
        "unchanged": WHOLE,
        "totals": many(
            form({"side": TEXT, "kind": TEXT, "before": form(HELD), "after": form(HELD), "change": form(_CHANGE)})
        ),
        "definitions": many(
            form({"section": TEXT, "id": maybe(TEXT), "change": TEXT, "key": maybe(TEXT), "before": ANY, "after": ANY})
        ),
    }
)

UNITS = _paged(
    {
        "scenario": SCENARIO,
        "units": many(
            form(
                {
                    "id": TEXT, "name": TEXT, "side": TEXT, "kind": TEXT, "origin": TEXT, "place": TEXT,
                    "part_of": maybe(TEXT), "strength": WHOLE, "reported": form({**BOUNDS, "wording": TEXT}), **GROUNDS,
                }
            )
        ),
    }
)  # fmt: skip

ORDERS = _paged(
    {
        "scenario": SCENARIO,
        "orders": many(
            form(
                {
                    "id": TEXT, "at": STAMP, "action": TEXT, "to": maybe(TEXT), "cancels": maybe(TEXT),
                    "units": many(TEXT), **GROUNDS,
                }
            )
        ),
    }
)  # fmt: skip

PLACES = _paged(
    {
        "scenario": SCENARIO,
        "places": many(
            form(
                {
                    "id": TEXT, "name": TEXT, "within": maybe(TEXT), "country": maybe(TEXT), "lat": maybe(NUMBER),
                    "lon": maybe(NUMBER),
                }
            )
        ),
    }
)  # fmt: skip

SOURCES = _paged({"scenario": SCENARIO, "sources": many(SOURCE)})

ALBUM: Json = {"type": "object", "required": ["album", "scenario", "log", "known", "pictures", "left_out"]}

PICTURE: Json = {"type": "object", "required": ["sentences", "units", "orders", "turns", "lines", "claims"]}
