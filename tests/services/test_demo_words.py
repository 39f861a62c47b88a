"""The demonstration speaks in the words of the dictionaries: a word they do not know is counted nowhere."""

from __future__ import annotations

from mingjing.services.demo.stories import SECOND, STORIES
from mingjing.services.installation import registry
from tests.services.builders import House


def test_every_end_of_a_demonstrated_case_is_a_word_of_the_dictionary(house: House) -> None:
    known = set(registry(house.court).dictionary("dictionary.outcomes").keys)
    said = {word for story in (*STORIES, SECOND) for word, _ in story.outcomes}
    assert said - known == set()
