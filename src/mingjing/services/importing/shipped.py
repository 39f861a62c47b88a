"""The mappings that come with the installation: public families of logs, ready to choose."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from mingjing.domain.reasons import Refusal
from mingjing.imports.mapping import Mapping, load_mapping, plain_mapping
from mingjing.services.installation import institutions_folder
from mingjing.storage.batches.models import SavedMapping
from mingjing.storage.people.models import Court


class MappingUnknown(Refusal):
    """No mapping of that name: neither saved by the court, nor shipped, nor a file."""

    code = "mapping-unknown"


@dataclass(frozen=True, slots=True)
class Ready:
    """A mapping that can be chosen: ``key`` is the file's stem, ``why`` its first comment."""

    key: str
    name: str
    why: str
    mapping: Mapping


def shipped() -> Iterator[Ready]:
    """The mappings under ``institutions/mappings``, by file name; a broken file is left out."""
    for path in sorted((institutions_folder() / "mappings").glob("*.yaml")):
        text = path.read_text(encoding="utf-8")
        try:
            mapping = load_mapping(text)
        except Refusal:
            continue
        first = text.partition("\n")[0]
        yield Ready(path.stem, mapping.name, first.lstrip("# ") if first.startswith("#") else "", mapping)


def mapping_named(court: Court, name: str) -> dict[str, object]:
    """A mapping by the name the court saved it under, by that of a shipped one, or out of a YAML file.

    Raises
    ------
    MappingUnknown   nothing of that name; says what there is
    MappingWrong     the file is malformed
    """
    saved = SavedMapping.objects.filter(court=court, name=name).first()
    if saved is not None:
        return dict(saved.body)
    known = list(shipped())
    for ready in known:
        if name in (ready.key, ready.name):
            return plain_mapping(ready.mapping)
    path = Path(name)
    if path.suffix in (".yaml", ".yml"):
        if not path.is_file():
            raise MappingUnknown(f"没有列对应文件“{name}”。")
        return plain_mapping(load_mapping(path.read_text(encoding="utf-8-sig")))
    own = list(SavedMapping.objects.filter(court=court).values_list("name", flat=True))
    raise MappingUnknown(
        f"没有叫“{name}”的列对应。", allowed=[*own, *(ready.key for ready in known)], example="对应.yaml"
    )
