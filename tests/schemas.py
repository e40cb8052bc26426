"""Documents beside a schema: what it finds wrong with them."""

from typing import Any

from jsonschema import Draft202012Validator


def validator(schema: dict[str, Any], name: str = "") -> Draft202012Validator:
    """Return what finds the faults of a document, or of a part of one that has a definition.

    Each reference is written out beforehand: to follow them takes half of the time.
    """
    whole = schema["$defs"][name] if name else {k: v for k, v in schema.items() if k != "$defs"}
    return Draft202012Validator(
        _written_out(whole, schema["$defs"]), format_checker=Draft202012Validator.FORMAT_CHECKER
    )


def _written_out(value: Any, definitions: dict[str, Any]) -> Any:
    match value:
        case {"$ref": str(reference), **beside}:
            meant = _written_out(definitions[reference.removeprefix("#/$defs/")], definitions)
            return {**_written_out(beside, definitions), "allOf": [meant]} if beside else meant
        case dict():
            return {key: _written_out(item, definitions) for key, item in value.items()}
        case list():
            return [_written_out(item, definitions) for item in value]
    return value
