"""The court's own directory (LDAP): a login without a password of ours is bound there with its own.

Nothing is read with a service account: the directory is asked as the person, with the password just typed.
"""

from __future__ import annotations

import ssl
from dataclasses import dataclass
from importlib.util import find_spec
from typing import Any

from django.conf import settings

from mingjing.domain.reasons import Refusal
from mingjing.storage.people.models import Account

TIMEOUT = 8


class DirectoryUnreachable(Refusal):
    """The directory does not answer, or not over a connection that can be trusted."""

    code = "directory-unreachable"


@dataclass(frozen=True, slots=True)
class Directory:
    """Where the directory is, how a person is named in it, which attribute is the staff number."""

    url: str
    start_tls: bool
    ca_file: str
    user_dn: str
    staff_attribute: str


def installed() -> bool:
    """Whether the optional library is there."""
    return find_spec("ldap3") is not None


def directory() -> Directory | None:
    """The directory that is set, or None."""
    known = settings.CONFIGURATION
    if not known.ldap_url:
        return None
    return Directory(
        known.ldap_url,
        known.ldap_start_tls,
        known.ldap_ca_file,
        known.ldap_user_dn,
        known.ldap_staff_attribute,
    )


def known_by_directory(username: str, password: str) -> Account | None:
    """The login whose person has the staff number the directory gives for this name and password.

    Only a login that exists and has no password of ours is opened; None where there is none, or the directory
    refuses the password. An empty password is never sent: many directories take it for a nameless visitor.

    Raises
    ------
    DirectoryUnreachable   no answer, or its certificate is not trusted
    """
    place = directory()
    if place is None or not username or not password:
        return None
    account = (
        Account.objects.select_related("person__court").filter(username=username, is_active=True).first()
    )
    if account is None or account.has_usable_password():
        return None
    number = _asked(place, username, password)
    return account if number and number == account.person.staff_number else None


def _asked(place: Directory, username: str, password: str) -> str:
    """Bind as the person and read their own staff number; empty where the bind is refused."""
    from ldap3 import BASE
    from ldap3.core.exceptions import LDAPException
    from ldap3.utils.dn import escape_rdn

    name = place.user_dn.replace("{账号}", escape_rdn(username))
    link: Any = None
    try:
        link = connect(place, name, password)
        if place.start_tls and not link.start_tls():
            raise DirectoryUnreachable(
                "统一目录不肯加密（StartTLS 失败），没有把口令发出去。请告诉系统管理员。"
            )
        if not link.bind():
            return ""
        link.search(name, "(objectClass=*)", BASE, attributes=[place.staff_attribute])
        values = link.entries[0][place.staff_attribute].values if link.entries else []
        return str(values[0]) if len(values) == 1 else ""
    except LDAPException:
        raise DirectoryUnreachable(
            "统一目录现在连不上，或者它的证书不可信。请稍后再试，仍不行请告诉系统管理员。"
        ) from None
    finally:
        if link is not None:
            link.unbind()


def connect(place: Directory, name: str, password: str) -> Any:
    """A connection that is not bound yet, over TLS (certificate checked) unless the url says so."""
    from ldap3 import Connection, Server, Tls

    tls = Tls(
        validate=ssl.CERT_REQUIRED, version=ssl.PROTOCOL_TLS_CLIENT, ca_certs_file=place.ca_file or None
    )
    server = Server(place.url, tls=tls, connect_timeout=TIMEOUT)
    return Connection(server, name, password, receive_timeout=TIMEOUT, read_only=True)
