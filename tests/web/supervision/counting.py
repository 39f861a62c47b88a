"""How many SQL statements a page takes."""

from __future__ import annotations

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext


def statements(client: Client, path: str) -> int:
    """The statements of a page once nothing on it is new."""
    client.get(path)
    with CaptureQueriesContext(connection) as taken:
        response = client.get(path)
    assert response.status_code == 200, path
    return len(taken)
