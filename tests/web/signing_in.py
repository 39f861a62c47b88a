"""Test clients signed in as the people of the fictional court."""

from __future__ import annotations

from django.test import Client

from mingjing.storage.people.models import Account, Person

BACKEND = "mingjing.services.sign_in.AccountBackend"


def signed_in(person: Person) -> Client:
    """A browser in which ``person`` is logged in."""
    account = Account.objects.filter(person=person).first()
    if account is None:
        account = Account.objects.create_account(f"u{person.pk}", "a-long-password", person)
    client = Client()
    client.force_login(account, backend=BACKEND)
    return client


def text_of(client: Client, path: str, status: int = 200) -> str:
    """The page at ``path`` as text, after checking its status."""
    response = client.get(path)
    assert response.status_code == status, f"{path}: {response.status_code}"
    return response.content.decode()
