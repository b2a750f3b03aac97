"""What a structured answer has to look like: a JSON Schema, or a list of fields.

Two schemas come of it: `wanted`, which the result satisfies, and `asked`, which the model writes
under. In `asked` every field may be null unless it is required, so that the model need not invent
what the sources do not give; references are written out, and lists and strings end.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from jsonschema import Draft202012Validator
from jsonschema.exceptions import SchemaError

from strongroom_engine.errors import SchemaUnusable
from strongroom_engine.sentences import reasons

Node = dict[str, Any]

LIMIT_CHARACTERS = 20_000
LIMIT_FIELDS = 20
LIMIT_PARTS = 400
LIMIT_DEPTH = 16
MOST_ITEMS = 12
"""Of a list, in one answer of the model, where the schema does not say: small models repeat
themselves without end."""
MOST_CHARACTERS = 200
"""Likewise of a string."""

_FIELD = re.compile(r"[^\x00-\x1f:,;{}\[\]\"]{1,60}")
_TYPES = {
    "": "string",
    "text": "string",
    "date": "string",
    "string": "string",
    "number": "number",
    "integer": "integer",
    "boolean": "boolean",
}
_ANNOTATIONS = {"$schema", "$id", "$comment", "$defs", "definitions"} | {
    "default",
    "examples",
    "deprecated",
    "readOnly",
    "writeOnly",
}
_SUPPORTED = (
    {"title", "description", "type", "enum", "const", "anyOf", "oneOf"}
    | {"properties", "required", "additionalProperties"}
    | {"items", "minItems", "maxItems", "uniqueItems"}
    | {"minLength", "maxLength", "pattern", "format"}
    | {"minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"}
)
_FORMATS = frozenset({"date", "time", "date-time", "uuid"})
_SCALARS = ("string", "number", "boolean", "null")
_NULL: Node = {"type": "null"}


@dataclass(frozen=True, slots=True)
class Schema:
    """`outline` shows a model (or a reader) in a line what is wanted."""

    wanted: Node
    asked: str
    outline: str

    @property
    def collects(self) -> bool:
        """Whether it asks for a list somewhere, so that there is always more to find."""
        return any(_kinds(part) & {"array"} for part in _parts(self.wanted))

    @property
    def subjects(self) -> tuple[str, ...]:
        """What each field is about, in words to search with: its description, or its name."""
        row = self.wanted.get("items", self.wanted)
        return tuple(
            str(part.get("description") or name).replace("_", " ")
            for name, part in row.get("properties", {}).items()
        )


def read_schema(text: str) -> Schema:
    """A JSON Schema, or 'author, year, amount:number': a list of objects with these fields.

    Raises `SchemaUnusable` with the reason.
    """
    if len(text) > LIMIT_CHARACTERS:
        raise SchemaUnusable(why=reasons.TOO_LONG(n=LIMIT_CHARACTERS))
    wanted = _read(text) if text.lstrip()[:1] in ("{", "[", '"') else _of_fields(text)
    return Schema(wanted, json.dumps(_asked(wanted), ensure_ascii=False), _outline(wanted))


def problems(value: Any, wanted: Node) -> Iterator[Any]:
    """What keeps a value from satisfying a schema, as jsonschema's errors. No reference is left in `wanted` that it could follow."""
    yield from Draft202012Validator(wanted).iter_errors(value)


def allows_null(part: Node) -> bool:
    return not any(problems(None, part))


def is_choice(wanted: Node, pointer: str) -> bool:
    """Whether the value at a JSON Pointer is one of those that the schema lists."""
    part = wanted
    for step in pointer.split("/")[1:]:
        name = step.replace("~1", "/").replace("~0", "~")
        part = part.get("properties", {}).get(name) or part.get("items") or {}
    return "enum" in part or "const" in part


# --- reading -------------------------------------------------------------------------------------


def _of_fields(text: str) -> Node:
    properties: dict[str, Node] = {}
    for written in filter(str.strip, re.split(r"[,;\n]", text)):
        name, _, kind = (part.strip() for part in written.partition(":"))
        if not _FIELD.fullmatch(name):
            raise SchemaUnusable(why=reasons.NO_FIELD(name=written.strip()[:60]))
        if kind.lower() not in _TYPES:
            known = ", ".join(filter(None, _TYPES))
            raise SchemaUnusable(why=reasons.NO_TYPE(name=kind[:60], known=known))
        if name in properties:
            raise SchemaUnusable(why=reasons.TWICE(name=name))
        properties[name] = {"type": [_TYPES[kind.lower()], "null"]}
    if not properties:
        raise SchemaUnusable(why=reasons.NO_FIELDS(n=LIMIT_FIELDS))
    if len(properties) > LIMIT_FIELDS:
        raise SchemaUnusable(why=reasons.TOO_MANY_FIELDS(total=len(properties), n=LIMIT_FIELDS))
    row = {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }
    return {"type": "array", "items": row}


def _read(text: str) -> Node:
    try:
        schema = json.loads(text)
        if not isinstance(schema, dict):
            raise SchemaUnusable(why=reasons.NO_OBJECT())
        Draft202012Validator.check_schema(schema)
        plain = _Inliner(schema).plain(schema, 0)
    except json.JSONDecodeError as exc:
        raise SchemaUnusable(why=reasons.NO_JSON(report=exc)) from exc
    except SchemaError as exc:
        raise SchemaUnusable(why=" ".join(exc.message.split())[:200]) from exc
    except RecursionError as exc:
        raise SchemaUnusable(why=reasons.TOO_DEEP(n=LIMIT_DEPTH)) from exc
    if not plain:
        raise SchemaUnusable(why=reasons.SAYS_NOTHING())
    return plain


class _Inliner:
    """Writes references out, and refuses what the result could not be held to."""

    def __init__(self, root: Node) -> None:
        self._root, self._parts = root, 0

    def plain(self, part: Any, depth: int) -> Node:
        self._parts += 1
        if depth > LIMIT_DEPTH:
            why = reasons.TOO_DEEP_OR_CIRCULAR(n=LIMIT_DEPTH)
            raise SchemaUnusable(why=why)
        if self._parts > LIMIT_PARTS:
            raise SchemaUnusable(why=reasons.TOO_MANY_PARTS(n=LIMIT_PARTS))
        if part is True:
            return {}
        if not isinstance(part, dict):
            raise SchemaUnusable(why=reasons.ALLOWS_NOTHING())
        if "$ref" in part:
            return self.plain(self._referred(part["$ref"]), depth + 1)
        plain = {
            key: self._inside(key, value, depth + 1)
            for key, value in part.items()
            if key not in _ANNOTATIONS
        }
        return _typed(plain)

    def _inside(self, key: str, value: Any, depth: int) -> Any:
        if key not in _SUPPORTED:
            raise SchemaUnusable(why=reasons.NOT_SUPPORTED(name=key[:60]))
        if key == "properties":
            return {name: self.plain(part, depth) for name, part in value.items()}
        if key in {"anyOf", "oneOf"}:
            return [self.plain(part, depth) for part in value]
        if key == "items" or (key == "additionalProperties" and isinstance(value, dict)):
            return self.plain(value, depth)
        return value

    def _referred(self, reference: str) -> Any:
        if reference.partition("/")[0] != "#":
            raise SchemaUnusable(why=reasons.IS_OUTSIDE(name=reference[:60]))
        found: Any = self._root
        steps = reference.split("/")[1:]
        for name in (step.replace("~1", "/").replace("~0", "~") for step in steps):
            if not isinstance(found, dict) or name not in found:
                raise SchemaUnusable(why=reasons.IS_NOT_IN_IT(name=reference[:60]))
            found = found[name]
        return found


def _typed(part: Node) -> Node:
    """The part with the type that is meant: without one 'properties' would allow a number."""
    kinds = _kinds(part)
    if "type" not in part and len(kinds) == 1:
        part = {"type": kinds.pop(), **part}
    return {**part, "items": {}} if part.get("type") == "array" and "items" not in part else part


# --- what the model writes under -----------------------------------------------------------------


def _kinds(part: Node) -> set[str]:
    """The types a part allows, as far as it says."""
    kind = part.get("type")
    if isinstance(kind, str):
        return {kind}
    if kind:
        return set(kind)
    if "properties" in part or "additionalProperties" in part:
        return {"object"}
    return {"array"} if "items" in part else set()


def _parts(part: Node) -> Iterator[Node]:
    yield part
    inside = [*part.get("properties", {}).values(), part.get("items")]
    inside += [*part.get("anyOf", ()), *part.get("oneOf", ()), part.get("additionalProperties")]
    for each in inside:
        if isinstance(each, dict):
            yield from _parts(each)


def _asked(part: Node) -> Node:
    if choices := part.get("anyOf") or part.get("oneOf"):
        return {"anyOf": [_asked(choice) for choice in choices]}
    if "const" in part:
        return {"enum": [part["const"]]}
    if "enum" in part:
        return {"enum": part["enum"]}
    kinds = sorted(_kinds(part)) or list(_SCALARS)
    made = [_of_kind(part, kind) for kind in kinds]
    return made[0] if len(made) == 1 else {"anyOf": made}


def _of_kind(part: Node, kind: str) -> Node:
    if kind == "object":
        return _object(part)
    if kind == "array":
        most = min(part.get("maxItems", MOST_ITEMS), max(MOST_ITEMS, part.get("minItems", 0)))
        items = _asked(part.get("items", {}))
        return {
            "type": "array",
            "items": items,
            "minItems": part.get("minItems", 0),
            "maxItems": most,
        }
    return _string(part) if kind == "string" else {"type": kind}


def _object(part: Node) -> Node:
    properties = part.get("properties")
    if not properties:
        others = part.get("additionalProperties")
        values = _asked(others) if isinstance(others, dict) else _asked({})
        return {"type": "object", "additionalProperties": values}
    required = part.get("required", ())
    return {
        "type": "object",
        "properties": {
            name: _asked(each) if name in required else _or_null(_asked(each))
            for name, each in properties.items()
        },
        "required": list(properties),
        "additionalProperties": False,
    }


def _or_null(part: Node) -> Node:
    if allows_null(part):
        return part
    choices = part.get("anyOf", [part])
    return {"anyOf": [*choices, _NULL]}


def _string(part: Node) -> Node:
    pattern = part.get("pattern", "")
    if pattern.startswith("^") and pattern.endswith("$"):
        return {"type": "string", "pattern": pattern}
    if part.get("format") in _FORMATS:
        return {"type": "string", "format": part["format"]}
    least = part.get("minLength", 0)
    most = min(part.get("maxLength", MOST_CHARACTERS), max(MOST_CHARACTERS, least))
    return {"type": "string", "minLength": least, "maxLength": most}


# --- in a line -----------------------------------------------------------------------------------


def _outline(part: Node, *, may_be_null: bool = False) -> str:
    """'[{"author": text or null, "year": number or null}, …]'."""
    if choices := part.get("anyOf") or part.get("oneOf"):
        said = [_outline(choice) for choice in choices]
    elif "enum" in part or "const" in part:
        values = part.get("enum", [part.get("const")])
        said = [json.dumps(value, ensure_ascii=False) for value in values]
    else:
        said = [_kind_said(part, kind) for kind in sorted(_kinds(part) or {"string"}, reverse=True)]
        said.sort(key="null".__eq__)
    if may_be_null and "null" not in said:
        said.append("null")
    about = " ".join(str(part.get("description", "")).split())[:100]
    return " or ".join(said) + (f" ({about})" if about else "")


def _kind_said(part: Node, kind: str) -> str:
    if kind == "array":
        return f"[{_outline(part.get('items', {}))}, …]"
    if kind != "object":
        return {"string": "text"}.get(kind, kind)
    properties: Mapping[str, Node] = part.get("properties", {})
    fields = [
        f"{json.dumps(name, ensure_ascii=False)}: "
        + _outline(each, may_be_null=name not in part.get("required", ()))
        for name, each in properties.items()
    ]
    return "{" + ", ".join(fields or ["…"]) + "}"
