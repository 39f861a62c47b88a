"""The reference of definition kinds and the JSON Schemas for editors, written from the kinds themselves."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from mingjing.cli.markdown import WRITTEN, table
from mingjing.definitions.kinds.kind import Kind
from mingjing.definitions.kinds.table import KINDS

_TYPES = {
    "string": "文字",
    "number": "数",
    "integer": "整数",
    "array": "列表",
    "object": "键: 值",
    "boolean": "是、否",
}


def definitions_page() -> str:
    """Every kind of definition with every key it may hold."""
    return (
        f"{WRITTEN}\n# 制度文件\n\n"
        "每份文件回答一个问题，第一行用注释写出这个问题。键用英文，其余用中文。"
        "`a.b` 是 a 里面的 b，`a[].b` 是列表 a 每一项里的 b，`…` 是自定的名称。\n\n"
        "在编辑器里随写随查：把 `schema/` 里对应的文件配给 YAML 插件，或在文件第二行写 "
        "`# yaml-language-server: $schema=…/docs/reference/schema/deadline.json`。\n\n"
        + "\n".join(kind_section(kind) for kind in KINDS.values())
    )


def kind_section(kind: Kind[Any]) -> str:
    """One kind: its question and the table of its keys."""
    rows = [(f"`{key}`", says, needed, how) for key, says, needed, how in keys(kind.schema(), "")]
    return f"## `{kind.name}` {kind.title}\n\n{kind.question}\n\n" + table(
        ("键", "含义", "必填", "写法"), rows
    )


def keys(schema: Mapping[str, Any], prefix: str) -> Iterator[tuple[str, str, str, str]]:
    """Key, meaning, 是 when required, and how it is written, the keys inside it following."""
    required = schema.get("required", ())
    for key, inner in schema.get("properties", {}).items():
        name = f"{prefix}{key}"
        yield name, inner.get("description", ""), "是" if key in required else "", written(inner)
        yield from inside(inner, name)
    free = schema.get("additionalProperties")
    if isinstance(free, Mapping) and free.get("properties"):
        yield from keys(free, f"{prefix}….")


def inside(schema: Mapping[str, Any], name: str) -> Iterator[tuple[str, str, str, str]]:
    """The keys below ``name``, once, whichever of several forms holds them."""
    seen = set()
    for form in (schema, *schema.get("oneOf", ()), *schema.get("anyOf", ())):
        below = [(form, f"{name}.")]
        if isinstance(form.get("items"), Mapping):
            below.append((form["items"], f"{name}[]."))
        for part, prefix in below:
            for row in keys(part, prefix):
                if (same := row[0].replace("[]", "")) not in seen:
                    seen.add(same)
                    yield row


def written(schema: Mapping[str, Any]) -> str:
    """How a value is written: the words there are, or an example, or its type."""
    if "enum" in schema:
        return "、".join(f"`{word}`" for word in schema["enum"] if isinstance(word, str))
    if schema.get("examples"):
        return "例：" + "、".join(f"`{str(example).strip()}`" for example in schema["examples"])
    if "items" in schema:
        item = written(schema["items"])
        return f"列表；每项{item}" if item not in _TYPES.values() else f"列表；每项为{item}"
    forms = [*schema.get("oneOf", ()), *schema.get("anyOf", ())]
    if forms:
        return "；或".join(dict.fromkeys(written(form) for form in forms))
    types = schema.get("type", ())
    return "、".join(_TYPES[one] for one in ([types] if isinstance(types, str) else types))


def schemas() -> Mapping[str, str]:
    """File name → JSON Schema of one kind."""
    return {
        f"schema/{kind.name}.json": json.dumps(kind.schema(), ensure_ascii=False, indent=2) + "\n"
        for kind in KINDS.values()
    }
