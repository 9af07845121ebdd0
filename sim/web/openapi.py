"""The description of all addresses, for programs: OpenAPI 3.1."""

from collections.abc import Iterable

from sim.report.json_form import Json
from sim.version import __version__
from sim.web import runs_view, schemas
from sim.web.question import SEARCH_MAX, VALUE_MAX, VALUES_MAX, Form, Parameter
from sim.web.refusal import Why
from sim.web.stream import FOLLOWING, KIND
from sim.web.views import VIEWS


def openapi() -> Json:
    """The whole description."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "sim explorer",
            "version": __version__,
            "description": "The runs of a log. Everything only reads; see docs/reference/explorer.md.",
        },
        "paths": dict(_paths()),
        "components": {
            "schemas": {"error": schemas.ERROR},
            "responses": {str(why.status): _refusal(why.status) for why in Why},
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
        },
        "security": [{}, {"token": []}],
    }


def _paths() -> Iterable[tuple[str, Json]]:
    yield "/runs.json", _path("the runs in the log", runs_view.RUNS, schemas.RUNS)
    yield "/runs/{run}.json", _path("what a run is", (), schemas.RUN, _RUN)
    for view in VIEWS.values():
        yield f"/runs/{{run}}/{view.name}.json", _path(view.about, view.parameters, view.schema, _RUN)
    yield "/runs/{run}/album.json", _path("the album, with its first picture alone", (), schemas.ALBUM, _RUN)
    yield "/runs/{run}/pictures/{number}.json", _path("a picture of the album", (), schemas.PICTURE, _RUN, _NUMBER)
    yield "/runs/{run}/report", _path("the page that report writes", (), None, _RUN)
    yield "/runs/{run}/events", _path("the run's records as they are written", FOLLOWING, None, _RUN, kind=KIND)
    yield "/events", _path("runs that begin, grow or end", (), None, kind=KIND)
    yield "/openapi.json", _path("this description", (), {"type": "object"})


_RUN: Json = {
    "name": "run",
    "in": "path",
    "required": True,
    "description": "a run's id, the beginning of one, or last",
    "schema": {"type": "string"},
}
_NUMBER: Json = {
    "name": "number",
    "in": "path",
    "required": True,
    "description": "which picture, from 0",
    "schema": {"type": "integer", "minimum": 0},
}


def _path(about: str, parameters: Iterable[Parameter], schema: Json | None, *of: Json, kind: str = "") -> Json:
    content = {
        kind or ("text/html" if schema is None else "application/json"): {"schema": schema or {"type": "string"}}
    }
    answers: Json = {"200": {"description": about, "content": content}, "304": {"description": "as it was"}}
    answers |= {str(why.status): {"$ref": f"#/components/responses/{why.status}"} for why in Why}
    return {"get": {"summary": about, "parameters": [*of, *map(_parameter, parameters)], "responses": answers}}


def _refusal(status: int) -> Json:
    codes = " or ".join(why.code for why in Why if why.status == status)
    content = {"application/json": {"schema": {"$ref": "#/components/schemas/error"}}}
    return {"description": codes, "content": content}


def _parameter(parameter: Parameter) -> Json:
    schema = _schema(parameter)
    if parameter.many:
        schema = {"type": "array", "items": schema, "maxItems": VALUES_MAX}
    return {
        "name": parameter.name,
        "in": "query",
        "required": False,
        "description": parameter.about,
        "schema": schema,
    }


def _schema(parameter: Parameter) -> Json:
    match parameter.form:
        case Form.NUMBER:
            return {"type": "integer", "minimum": parameter.least, "maximum": parameter.most}
        case Form.FLAG:
            return {"enum": ["true", "false"]}
        case Form.SEARCH:
            return {"type": "string", "maxLength": SEARCH_MAX}
        case Form.TEXT:
            return {"type": "string", "maxLength": VALUE_MAX}
