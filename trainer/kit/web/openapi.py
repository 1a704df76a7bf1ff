"""The description of the API for programs, OpenAPI 3.1: ``GET /api/v1/openapi.json``.

Each route says beside its view, with :func:`describes`, what it takes and gives; here
that is put together with what the route says of itself elsewhere (address, method,
scope). A route for programs that says nothing fails a test.

Source: OpenAPI Specification 3.1.0; JSON Schema 2020-12.
"""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Iterator
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from typing import TypeVar
from typing import cast

from flask import Flask
from flask import Response
from flask import current_app
from sqlalchemy.orm import Session
from werkzeug.routing import Rule

from trainer.kit.web import api
from trainer.kit.web import current

Schema = Mapping[str, Any]
"""A JSON Schema; what it may hold is not ours to type."""

Codes = Callable[[Session], Mapping[str, Sequence[str]]]
"""Gives by the name of a schema the codes that the site knows at the moment."""

View = TypeVar("View", bound=Callable[..., object])

ADDRESS = f"{api.PREFIX}openapi.json"
DAY: Schema = {
    "type": "string",
    "format": "date",
    "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$",
}
REFUSALS = {
    "400": "A character that nobody can type, or another host",
    "401": "The token is missing, unknown, expired or revoked",
    "403": "The token is not for this, or the page is of an origin that is not listed",
    "422": "Something cannot be read; the sentence says what",
    "429": "Too many requests; Retry-After says in how many seconds to try again",
    "503": "Busy; try again after Retry-After seconds",
}
"""What every route may answer besides."""

ERROR: Schema = {
    "type": "object",
    "required": ["error"],
    "properties": {
        "error": {
            "type": "object",
            "required": ["code", "message"],
            "properties": {
                "code": {"type": "string", "description": "For the program"},
                "message": {
                    "type": "string",
                    "description": "For who looks after it, in Chinese",
                },
            },
        }
    },
}


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of an address."""

    name: str
    about: str
    schema: Schema
    required: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """What a route takes and gives.

    Attributes:
        summary: What it does, a line of English.
        parameters: What may stand in the address.
        body: Schema of the JSON that is sent; None where nothing is.
        answer: Schema of the JSON of status 200.
        refusals: Further statuses, with what they mean.
    """

    summary: str
    parameters: tuple[Parameter, ...] = ()
    body: Schema | None = None
    answer: Schema
    refusals: Mapping[str, str] | None = None


_OPERATIONS: dict[Callable[..., object], Operation] = {}


def describes(operation: Operation) -> Callable[[View], View]:
    """Say what a route takes and gives."""

    def said(view: View) -> View:
        _OPERATIONS[view] = operation
        return view

    return said


def install(app: Flask, codes: Codes) -> None:
    """Serve the description; ``codes`` are those that schemas refer to by name."""
    app.extensions["api_codes"] = codes
    app.add_url_rule(ADDRESS, "openapi", openapi)


@api.needs(api.ANY)
@describes(
    Operation(
        summary="This description",
        answer={"type": "object", "required": ["openapi", "paths"]},
    )
)
def openapi() -> Response:
    """Describe every route for programs, as it is on this site."""
    codes = cast("Codes", current_app.extensions["api_codes"])
    with current.reading() as session:
        known = codes(session)
    return api.answer(_document(_routes(current_app), known))


def _routes(app: Flask) -> Iterator[tuple[Rule, str, Operation | None]]:
    """Give the routes for programs with their methods and what they say."""
    for rule in sorted(app.url_map.iter_rules(), key=str):
        if rule.rule.startswith(api.PREFIX):
            for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
                yield rule, method, _OPERATIONS.get(app.view_functions[rule.endpoint])


def _document(
    routes: Iterator[tuple[Rule, str, Operation | None]],
    codes: Mapping[str, Sequence[str]],
) -> dict[str, Any]:
    paths: dict[str, dict[str, Any]] = {}
    for rule, method, operation in routes:
        if operation is not None:
            told = _operation(rule, operation)
            paths.setdefault(rule.rule, {})[method.lower()] = told
    schemas = {name: _codes(known) for name, known in codes.items()}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "公积金窗口助手",
            "version": "1",
            "description": "docs/api.md",
        },
        "paths": paths,
        "components": {
            "schemas": {"error": ERROR, **schemas},
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
        },
        "security": [{"token": []}],
    }


def _operation(rule: Rule, operation: Operation) -> dict[str, Any]:
    access = api.access_of(rule.endpoint)
    refusals = REFUSALS | dict(operation.refusals or {})
    told: dict[str, Any] = {
        "operationId": rule.endpoint,
        "summary": operation.summary,
        "description": _asks(access),
        "parameters": [_parameter(each, access) for each in operation.parameters],
        "responses": {
            "200": {"description": "Done", "content": _json(operation.answer)},
            **{status: _refusal(why) for status, why in sorted(refusals.items())},
        },
    }
    if operation.body is not None:
        told["requestBody"] = {"required": True, "content": _json(operation.body)}
    return told


def _asks(access: api.Access) -> str:
    return "Any token" if access.scope == api.ANY else f"Scope {access.scope}"


def _parameter(parameter: Parameter, access: api.Access) -> dict[str, Any]:
    scope = access.more.get(parameter.name)
    return {
        "name": parameter.name,
        "in": "query",
        "required": parameter.required,
        "description": parameter.about + (f"; scope {scope}" if scope else ""),
        "schema": parameter.schema,
    }


def _refusal(why: str) -> dict[str, Any]:
    return {"description": why, "content": _json(_ref("error"))}


def _json(schema: Schema) -> dict[str, Any]:
    return {"application/json": {"schema": schema}}


def _codes(known: Sequence[str]) -> Schema:
    return {"type": "string", "enum": [*known]} if known else {"type": "string"}


def _ref(name: str) -> Schema:
    return {"$ref": f"#/components/schemas/{name}"}


def codes(name: str) -> Schema:
    """Refer to the codes that the site gives by a name."""
    return _ref(name)
