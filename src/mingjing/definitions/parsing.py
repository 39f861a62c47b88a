"""YAML text → located nodes. Only the plain core of YAML 1.2 is taken: no tags, anchors or merge keys.

Scalars stay text: what a text means is decided by the shape that reads it, so ``on``, ``no``, ``1:30`` or
``2024-03-01`` never turn into something else.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from sys import intern

import yaml

from mingjing.definitions.nodes import ListNode, MapNode, Node, ScalarNode
from mingjing.definitions.notes import Notes
from mingjing.definitions.slips import say_hidden_characters, say_syntax_error

MOST_DEPTH = 16
_GLUED = re.compile(r"(?P<before>.?)(?P<sign>[#＃])(?P<rest>.*)", re.DOTALL)
_PARSER = yaml.CLoader if yaml.__with_libyaml__ else yaml.SafeLoader


@dataclass(slots=True)
class _Open:
    """A list or mapping not yet closed; ``key`` is the key waiting for its value."""

    node: ListNode | MapNode
    key: ScalarNode | None = None
    at_key: bool = True


class _GivenUpError(Exception):
    """Reading on would only repeat the problem already noted."""


def parse(text: str, notes: Notes) -> MapNode | None:
    """The outermost mapping of the file, or None after noting why there is none.

    Duplicate keys, anchors, aliases, tags and merge keys are noted one by one and reading goes on, so
    a returned mapping may come with problems in ``notes``.
    """
    if say_hidden_characters(text, notes):
        return None
    builder = _Builder(notes)
    try:
        for event in yaml.parse(text, Loader=_PARSER):
            builder.take(event)
    except _GivenUpError:
        return None
    except yaml.YAMLError as error:
        say_syntax_error(error, notes)
        return None
    if builder.borrowed:
        return None
    root = builder.root
    if root is None or (isinstance(root, ScalarNode) and root.plain and not root.text):
        notes.say((1, 1), "empty-file", "文件里没有内容。", example="id: deadline.civil.summary")
        return None
    if not isinstance(root, MapNode):
        notes.say(
            root,
            "not-a-mapping",
            "制度文件的最外层应为“键: 值”的形式。",
            example="id: deadline.civil.summary",
        )
        return None
    return root


class _Builder:
    """Events in, nodes out; keeps its own stack so that deep nesting cannot exhaust Python's."""

    def __init__(self, notes: Notes) -> None:
        self.notes = notes
        self.root: Node | None = None
        self.borrowed = False
        self._stack: list[_Open] = []
        self._documents = 0

    def take(self, event: yaml.Event) -> None:
        """Add one event to the tree."""
        if isinstance(event, yaml.ScalarEvent):
            self._refuse_extras(event)
            place = _place(event)
            block = event.style in ("|", ">")
            self._refuse_glued_comment(event)
            # The same words stand in file after file: they are kept once.
            self._put(ScalarNode(intern(event.value), *place, plain=not event.style, block=block))
        elif isinstance(event, yaml.MappingStartEvent):
            self._refuse_extras(event)
            self._open(MapNode({}, *_place(event)))
        elif isinstance(event, yaml.SequenceStartEvent):
            self._refuse_extras(event)
            self._open(ListNode([], *_place(event)))
        elif isinstance(event, (yaml.MappingEndEvent, yaml.SequenceEndEvent)):
            self._stack.pop()
        elif isinstance(event, yaml.AliasEvent):
            self._say_anchor(event, f"*{event.anchor}")
            self.borrowed = True
            self._put(ScalarNode("", *_place(event), plain=False))
        elif isinstance(event, yaml.DocumentStartEvent):
            self._documents += 1
            if self._documents > 1:
                cause = "一个文件只能有一份制度，这里的“---”开始了第二份。请拆成两个文件。"
                self.notes.say(_place(event), "several-documents", cause)
                raise _GivenUpError

    def _open(self, node: ListNode | MapNode) -> None:
        self._put(node)
        if len(self._stack) >= MOST_DEPTH:
            self.notes.say(node, "too-deep", f"嵌套太深，最多 {MOST_DEPTH} 层。")
            raise _GivenUpError
        self._stack.append(_Open(node))

    def _put(self, node: Node) -> None:
        if not self._stack:
            self.root = node
            return
        top = self._stack[-1]
        if isinstance(top.node, ListNode):
            top.node.items.append(node)
        elif top.at_key:
            top.key, top.at_key = self._key(node, top.node), False
        else:
            if top.key is not None:
                top.node.entries[top.key.text] = node
                top.node.keys[top.key.text] = top.key
            top.key, top.at_key = None, True

    def _key(self, node: Node, mapping: MapNode) -> ScalarNode | None:
        """The key to file the next value under, or None when that value must be left out."""
        if not isinstance(node, ScalarNode) or not node.text:
            self.notes.say(
                node,
                "bad-key",
                "这里应当是一个键（一个词），不能是列表、表格或空白。",
                example="limit: 3 个月",
            )
            return None
        if node.text == "<<":
            self.notes.say(node, "yaml-merge", "不支持合并键“<<”。请把内容写全，让读的人一眼看完。")
            return None
        if (first := mapping.keys.get(node.text)) is not None:
            cause = f"键“{node.text}”写了两次，第一次在第 {first.line} 行。请删去一处。"
            self.notes.say(node, "duplicate-key", cause)
            return None
        return node

    def _refuse_extras(self, event: yaml.ScalarEvent | yaml.CollectionStartEvent) -> None:
        if event.anchor is not None:
            self._say_anchor(event, f"&{event.anchor}")
        if event.tag is not None:
            shown = str(event.tag).replace("tag:yaml.org,2002:", "!!")
            self.notes.say(
                _place(event),
                "yaml-tag",
                f"不支持类型标签“{shown}”。请只写内容本身。",
                example="limit: 3 个月",
            )

    def _refuse_glued_comment(self, event: yaml.ScalarEvent) -> None:
        """A remark right behind a Chinese word is no remark to YAML, and would be read as part of the word.

        Behind a digit or a letter the sign is meant (3#楼, C#).
        """
        glued = None if event.style else _GLUED.search(event.value)
        if glued is None:
            return
        before = glued["before"]
        if glued["sign"] == "#" and before.isascii() and before.isalnum():
            return
        cause = (
            f"“{glued['sign']}{glued['rest'][:12]}”连着前面的字，当成了内容，不是批注。批注用半角的 #，"
            "前面空一格；真是内容的，请给整段加上英文引号。"
        )
        self.notes.say(_place(event), "glued-comment", cause, example="label: 会议室借用登记  # 给人看的说明")

    def _say_anchor(self, event: yaml.NodeEvent, shown: str) -> None:
        cause = f"不支持锚点和引用“{shown}”。请把内容写全；若内容本身以“&”或“*”开头，请加英文引号。"
        self.notes.say(_place(event), "yaml-anchor", cause)


def _place(event: yaml.Event) -> tuple[int, int]:
    mark = event.start_mark
    return (1, 1) if mark is None else (mark.line + 1, mark.column + 1)
