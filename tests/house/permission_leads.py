"""A sealed lead for the table of permissions, and a key of which somebody keeps a half."""

from __future__ import annotations

from mingjing.services.leads.keys import ask_recovery, deposit, make_key, unlock_key
from mingjing.services.leads.receiving import Report, SealedFile, receive
from mingjing.storage.people.models import Person
from tests.services.builders import House, acting, hire

PASSPHRASE = "钥匙在山门外第三棵松树下"
QUICK = (1, 8 << 10)


def of_the_leads(house: House, inspector: Person) -> dict[str, object]:
    """A lead the inspector manages, with a file; a colleague who asks for a half back."""
    others = [hire(house.court, name, "督察员", house.office) for name in ("章牧", "赵棠")]
    for person in (inspector, *others):
        make_key(acting(person), PASSPHRASE, cost=QUICK)
    note = SealedFile("线索.txt", "text/plain", "转账记录".encode())
    lead = receive(Report(house.court, "收受红包", (house.judge.name,), files=(note,))).lead
    colleague = acting(others[0])
    deposit(colleague, unlock_key(colleague, PASSPHRASE), inspector, others[1])
    asked = ask_recovery(colleague, PASSPHRASE, cost=QUICK)
    return {
        "lead_id": lead.pk,
        "file_number": 1,
        "recovery_id": asked.pk,
        "check_number": 1,
        "other_id": lead.pk,
    }
