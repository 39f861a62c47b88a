"""Looking in one's leads: the key first, and the words in no address."""

from __future__ import annotations

from django.urls import reverse

from tests.services.leads.conftest import PASSPHRASE, Office, Reporting
from tests.web.leads.test_nobody_else_sees_it import signed_in


def test_the_page_needs_the_key_and_takes_words_by_post_only(office: Office, reported: Reporting) -> None:
    lead = reported().lead
    client = signed_in(office.chief)
    assert client.get(reverse("lead-find")).status_code == 302
    client.post(reverse("lead-keys"), {"passphrase": PASSPHRASE})
    assert lead.number not in client.get(reverse("lead-find"), {"words": "红包"}).content.decode()
    assert lead.number in client.post(reverse("lead-find"), {"words": "红包"}).content.decode()
