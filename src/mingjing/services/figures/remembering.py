"""Lines that were worked out before: asked again over the very same cells, they are not worked out again."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable, Sequence
from threading import Lock
from typing import Any, Generic, TypeVar

Kind = TypeVar("Kind")


class Remembered(Generic[Kind]):
    """Answers by all that they follow from; the one not asked for longest goes first.

    ``held`` are what a key names by its identity: they live as long as the answer, so that no other can come
    to have the same.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._known: OrderedDict[Hashable, tuple[Kind, Sequence[Any]]] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Hashable, held: Sequence[Any], make: Callable[[], Kind]) -> Kind:
        """The answer of a key, made where it is not known."""
        with self._lock:
            if key in self._known:
                self._known.move_to_end(key)
                return self._known[key][0]
        made = make()
        with self._lock:
            self._known[key] = made, held
            self._known.move_to_end(key)
            while len(self._known) > self._most:
                self._known.popitem(last=False)
        return made
