"""The definitions in force: read again when edited, the last good set kept while a file is broken."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from pytest_django import Settings

from mingjing.definitions.problems import DefinitionErrors
from mingjing.definitions.reading import ReadFile, read_file
from mingjing.services import installation
from mingjing.services.installation import definition_problems, read_every_court, registry
from mingjing.storage.people.models import Court
from tests.house.tree import ROOT
from tests.services.builders import House


@pytest.fixture
def root(tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An installation with two dictionaries of its own, looked at again at every question."""
    dictionary = tmp_path / "institutions" / "cn" / "dictionary"
    dictionary.mkdir(parents=True)
    for name in ("posts.yaml", "tags.yaml"):
        shutil.copy(ROOT / "institutions" / "cn" / "dictionary" / name, dictionary / name)
    places = {"institutions": tmp_path / "institutions", "data": tmp_path / "data"}
    settings.CONFIGURATION = replace(settings.CONFIGURATION, **places)
    monkeypatch.setattr(installation, "LOOK_AGAIN", -1.0)
    yield tmp_path / "institutions"


def spoil(root: Path) -> None:
    """Misspell a key of the dictionary of posts."""
    path = root / "cn" / "dictionary" / "posts.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("owner:", "ownr:", 1), encoding="utf-8")


def test_an_edited_file_is_in_force_at_the_next_question(root: Path) -> None:
    assert "书记员" in registry().dictionary("dictionary.posts")
    path = root / "cn" / "dictionary" / "posts.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("书记员 ", "记录员 "), encoding="utf-8")
    assert "记录员" in registry().dictionary("dictionary.posts")
    assert definition_problems() == ()


def test_a_broken_file_leaves_the_last_good_set_in_force_and_is_named(root: Path) -> None:
    before = registry()
    spoil(root)
    assert registry() is before
    (problem, *_) = definition_problems()
    assert problem.path.name == "posts.yaml"
    assert "ownr" in problem.cause


def test_a_mended_file_comes_into_force_and_the_problems_go(root: Path) -> None:
    registry()
    path = root / "cn" / "dictionary" / "posts.yaml"
    good = path.read_text(encoding="utf-8")
    spoil(root)
    assert definition_problems()
    path.write_text(good + "\n", encoding="utf-8")
    assert definition_problems() == ()
    assert "书记员" in registry().dictionary("dictionary.posts")


def test_a_folder_that_vanishes_leaves_the_last_good_set_in_force(root: Path) -> None:
    before = registry()
    shutil.rmtree(root / "cn")
    assert registry() is before
    assert definition_problems()


def test_a_first_own_folder_with_a_broken_file_leaves_what_the_court_had_in_force(
    root: Path, house: House
) -> None:
    before = registry(house.court)
    good = (root / "cn" / "dictionary" / "tags.yaml").read_text(encoding="utf-8")
    published = installation.published_folder(house.court)
    published.mkdir(parents=True)
    (published / "tags.yaml").write_text(good.replace("owner:", "ownr:", 1), encoding="utf-8")
    assert registry(house.court) is before
    (problem, *_) = definition_problems(house.court)
    assert problem.path == published / "tags.yaml"
    (published / "tags.yaml").write_text(good, encoding="utf-8")
    assert "涉民企" in registry(house.court).dictionary("dictionary.tags")
    assert definition_problems(house.court) == ()


def test_without_any_good_set_nothing_runs(root: Path) -> None:
    spoil(root)
    with pytest.raises(DefinitionErrors):
        registry()


@pytest.mark.django_db
def test_every_court_is_read_at_the_start_so_that_its_good_set_is_known(root: Path) -> None:
    own = root / "river" / "dictionary"
    own.mkdir(parents=True)
    shutil.copy(root / "cn" / "dictionary" / "tags.yaml", own / "tags.yaml")
    court = Court.objects.create(
        code="云9801", name="清河区人民法院", short_name="清河", level="基层", folder="river"
    )
    read_every_court()
    spoil(root)
    assert registry(court).definition("dictionary.tags").layer == 1
    assert definition_problems(court)


@pytest.mark.django_db
def test_courts_share_the_nationwide_files_and_an_edit_reads_one(
    root: Path, house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[str] = []

    def counted(path: Path, layer: int = 0) -> ReadFile:
        read.append(path.name)
        return read_file(path, layer)

    monkeypatch.setattr(installation, "read_file", counted)
    own = root / "ours" / "dictionary"
    own.mkdir(parents=True)
    shutil.copy(root / "cn" / "dictionary" / "tags.yaml", own / "tags.yaml")
    Court.objects.filter(pk=house.court.pk).update(folder="ours")
    read_every_court()
    assert sorted(read) == ["posts.yaml", "tags.yaml", "tags.yaml"]
    path = root / "cn" / "dictionary" / "posts.yaml"
    path.write_text(path.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    read.clear()
    read_every_court()
    assert read == ["posts.yaml"]
