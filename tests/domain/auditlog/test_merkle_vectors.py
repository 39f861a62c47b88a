"""The public proof vectors, most of them mutated so as to be refused, behave as they are labelled."""

from __future__ import annotations

import base64
import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from mingjing.domain.auditlog import merkle


def _check(vector: dict[str, Any]) -> None:
    def read(name: str) -> bytes:
        return base64.b64decode(vector[name])

    proof = [base64.b64decode(step) for step in vector["proof"] or []]
    leaf = vector.get("leafIdx", 0)
    first, end = vector.get("start", 0), vector.get("end", 0)
    if "treeSize" in vector:
        merkle.check_inclusion(read("leafHash"), leaf, vector["treeSize"], proof, read("root"))
    elif "size1" in vector:
        merkle.check_consistency(vector["size1"], vector["size2"], read("root1"), read("root2"), proof)
    elif "leafIdx" in vector:
        merkle.check_subtree_inclusion(read("leafHash"), leaf, first, end, proof, read("root"))
    else:
        merkle.check_subtree(first, end, vector["size"], read("root1"), read("root2"), proof)


def test_all_518_vectors_behave_as_labelled(testdata: Path) -> None:
    with gzip.open(testdata / "merkle" / "proof_vectors.jsonl.gz", "rt", encoding="utf-8") as lines:
        vectors = [json.loads(line) for line in lines]
    wrong = []
    for vector in vectors:
        try:
            _check(vector)
            refused = False
        except merkle.ProofError:
            refused = True
        if refused != vector["wantErr"]:
            wrong.append(vector["name"])
    assert (len(vectors), wrong) == (518, [])


def test_a_digest_of_another_length_is_refused() -> None:
    with pytest.raises(merkle.ProofError, match="32 bytes"):
        merkle.check_inclusion(b"short", 0, 1, [], b"short")
