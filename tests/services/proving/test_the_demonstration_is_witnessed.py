"""The demonstration shows a countersigned day from its first page on."""

from __future__ import annotations

import pytest

from mingjing.services.demo.witnessing import be_witnessed, witness_folder
from mingjing.services.proving.checking import verify_log
from mingjing.storage.auditlog.models import Countersignature
from tests.services.builders import House
from tests.services.proving.conftest import some_acts

pytestmark = pytest.mark.django_db


def test_its_witness_has_a_folder_of_its_own_and_has_countersigned(log: House) -> None:
    some_acts(3)
    be_witnessed()
    signed = Countersignature.objects.get()
    assert (signed.witness.name, signed.checkpoint.size) == ("云溪市人民检察院（演示）", 4)
    assert [file.name for file in (witness_folder() / "signed").rglob("*.txt")] == ["4.txt"]
    assert verify_log().findings == []
