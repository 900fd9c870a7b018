"""Operations of the document: standard templates filled for an entity, and its own paths.

Every operation gets what follows from its path and its x-mock without saying so: path id, headers, error answers,
tag and entity.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mockserver.document.answers import HEADERS, answer
from mockserver.document.bodies import forms_apart
from mockserver.document.errors import DocumentError, did_you_mean
from mockserver.document.naming import context
from mockserver.document.render import render

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mockserver.document.catalog import Catalog

Entity = dict[str, Any]
Operation = dict[str, Any]
Found = tuple[str, str, Operation]
METHODS = ("get", "put", "post", "delete", "patch", "options", "head")
PASSWORD = ("Password", "PasswordBase64", "PasswordOauth")
"""Headers that confirm who calls."""
_OWN_KEYS = ("x-mock", "x-answers", "x-answer-about", "x-errors")
_MOCK_OVERRIDES = ("password", "needs", "behaviour", "public", "action", "unmasked", "with")


def entity_operations(entity: Entity, catalog: Catalog) -> Iterator[Found]:
    """(path, method, operation) of all operations of one entity, standard ones first."""
    where = f"entities/{entity['entity']}.yaml"
    words = context(entity, catalog.sources)
    done: list[Found] = []
    for name, overrides in entity.get("operations", {}).items():
        templates = catalog.sources.operations
        if name not in templates:
            raise DocumentError(
                f"{where}: operations.{name}", f"`{name}`", "a file of operations/", did_you_mean(name, templates)
            )
        filled = render(templates[name], words, f"operations/{name}.yaml")
        done += _overridden(list(_each(filled)), overrides or {}, _usual_answers(name, entity["facts"]))
    done += _each(render(entity.get("paths", {}), words, f"{where}: paths"))
    for path, method, operation in done:
        yield path, method, complete((path, method, operation), entity, catalog, f"{where}: {method} {path}")


def file_operations(name: str, content: dict[str, Any], catalog: Catalog) -> Iterator[Found]:
    """(path, method, operation) of a file of paths/, whose operations belong to no entity."""
    for path, method, operation in _each(content["paths"]):
        tagged = {"tags": [content["tag"]], **operation}
        where = f"paths/{name}.yaml: {method} {path}"
        yield path, method, complete((path, method, tagged), None, catalog, where)


def complete(found: Found, entity: Entity | None, catalog: Catalog, where: str) -> Operation:
    """The operation with everything that follows from its path and its x-mock filled in, in a fixed key order."""
    path, method, operation = found
    mock = operation.get("x-mock")
    if mock is None:
        raise DocumentError(where, "no x-mock", "x-mock: {behaviour: NAME}", "name the behaviour that answers it")
    unknown = sorted(key for key in operation if key.startswith("x-") and key not in _OWN_KEYS)
    if unknown:
        raise DocumentError(
            where, f"the unknown key `{unknown[0]}`", "a key that is read", did_you_mean(unknown[0], _OWN_KEYS)
        )
    mock = {"behaviour": mock["behaviour"], **({"entity": entity["entity"]} if entity else {}), **mock}
    if "{id}" in path and "entity" in mock and "locate" not in mock:
        mock["locate"] = True
    throttle = catalog.sources.shared.get("throttles", {}).get(f"{method} {path}")
    if throttle is not None:
        mock["throttle"] = throttle
    schema = entity["schema"] if entity else ""
    result: Operation = {
        "operationId": operation["operationId"],
        "summary": operation.get("summary", ""),
        "description": str(operation.get("description", "")).strip(),
        "tags": operation.get("tags") or [entity["tag"] if entity else ""],
    }
    if mock.get("public"):
        result["security"] = operation.get("security", [])  # none, or the key of a shop or contact
    result["parameters"] = _parameters(path, operation.get("parameters", []), mock)
    if "requestBody" in operation:
        result["requestBody"] = forms_apart(operation["requestBody"])
    responses = dict(operation.get("responses", {}))
    if "x-answers" in operation:
        responses = {
            "200": answer(
                operation["x-answers"], schema, operation.get("x-answer-about", "What the call came to."), where
            ),
            **responses,
        }
    result["responses"] = _responses(responses, (path, method, operation), mock, catalog, where)
    result["x-mock"] = {key: value for key, value in mock.items() if value not in (False, None)}
    extra = {
        key: value
        for key, value in operation.items()
        if key not in result and not key.startswith("x-") and key != "security"
    }
    return {**result, **extra}


def _each(paths: dict[str, Any]) -> Iterator[Found]:
    for path, item in paths.items():
        shared = item.get("parameters", [])
        for method, operation in item.items():
            if method in METHODS:
                yield path, method, {**operation, "parameters": [*shared, *operation.get("parameters", [])]}


def _overridden(found: list[Found], overrides: dict[str, Any], usual: list[str] | None) -> list[Found]:
    """Words of the overrides go to the first operation of a template, facts to all of them."""
    result = []
    wanted = overrides.get("methods", METHODS)
    for number, (path, method, operation) in enumerate(each for each in found if each[1] in wanted):
        operation["x-mock"] = {
            **operation["x-mock"],
            **{key: overrides[key] for key in _MOCK_OVERRIDES if key in overrides},
        }
        if not number:
            for key, target in (("id", "operationId"), ("summary", "summary"), ("about", "description")):
                operation[target] = overrides.get(key, operation.get(target))
        if "note" in overrides:
            operation["description"] = f"{str(operation['description']).strip()} {overrides['note']}"
        operation["parameters"] += overrides.get("parameters", [])
        answers = overrides.get("answers", usual)
        if answers:
            operation["x-answers"] = answers
        extra = overrides.get("responses", [])
        if isinstance(extra, dict):
            operation.setdefault("responses", {}).update(extra)
            if "200" in extra:
                operation.pop("x-answers", None)
        else:
            operation["x-errors"] = [*operation.get("x-errors", []), *extra]
        result.append((path, method, operation))
    return result


def _usual_answers(template: str, facts: dict[str, Any]) -> list[str] | None:
    """What 200 carries where the facts say so; None leaves it to the template."""
    if template == "delete" and facts.get("delete") == "remove":
        return ["message"]
    if template == "bulk" and "bulk_none" in facts:
        return ["list", "message"]
    return None


def _parameters(path: str, own: list[Any], mock: dict[str, Any]) -> list[Any]:
    result = [{"$ref": "#/components/parameters/RequestedWith"}]
    if "{id}" in path and not any(each.get("name") == "id" for each in own):
        result.append({"$ref": "#/components/parameters/id"})
    if mock.get("password"):
        result += [{"$ref": f"#/components/parameters/{name}"} for name in PASSWORD]
    for each in own:
        if each in result:
            continue
        # A parameter of the same name and place that comes later takes the place of the earlier one.
        result = [
            other
            for other in result
            if "name" not in each or (other.get("name"), other.get("in")) != (each["name"], each["in"])
        ]
        result.append(each)
    return result


def _responses(
    responses: dict[str, Any], found: Found, mock: dict[str, Any], catalog: Catalog, where: str
) -> dict[str, Any]:
    """Own responses plus the named shared errors and those that follow from the request chain, by status."""
    _, method, operation = found
    shared = catalog.sources.shared.get("responses", {})
    names = list(operation.get("x-errors", []))
    if not mock.get("public"):
        names.append("Forbidden")
    if not mock.get("public") or mock.get("throttle"):
        names.append("TooManyRequests")
    if method not in ("get", "head"):
        names += ["BadRequest", "PayloadTooLarge"]  # a body may come with it, wanted or not
    if mock.get("password"):
        names.append("PreconditionFailed")
    for name in names:
        if name not in shared:
            raise DocumentError(
                f"{where}: responses", f"`{name}`", "a response of shared/responses.yaml", did_you_mean(name, shared)
            )
        responses.setdefault(str(shared[name]["status"]), {"$ref": f"#/components/responses/{name}"})
    return {status: _with_versions(responses[status]) for status in sorted(responses)}


def _with_versions(response: dict[str, Any]) -> dict[str, Any]:
    """Every answer names the versions in its headers (R-AUTH-17), said or not."""
    if "$ref" in response:
        return response
    rest = {key: value for key, value in response.items() if key not in ("description", "headers")}
    return {"description": response["description"], "headers": {**HEADERS, **response.get("headers", {})}, **rest}
