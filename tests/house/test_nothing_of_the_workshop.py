"""The product names no machine it was made on, no package host, and holds no secret."""

from __future__ import annotations

import re

import pytest

from tests.house.tree import files, lines_of, shown

# One letter of each pattern stands in brackets, so that this file passes its own rules.
WORKSHOP = re.compile(
    r"(?<![\w.$}/-])/(?:wor[k]|far[m]|roo[t])/|/tmp/[a-z]|DEVELOPERS[.]md|before[-]stop|\bBRIE[F][.]md"
    r"|\bsub-?agen[t]s?\b|\b(?:this|another|an earlier|the next) sessio[n]\b|\bA[I] (?:assistant|agent)\b"
    r"|\blanguage mode[l]\b|\bClaud[e]\b",
    re.IGNORECASE,
)
PACKAGE_HOSTS = re.compile(
    r"pyp[i][.]org|pythonhoste[d][.]org|npmj[s][.](?:org|com)|deb[.]debia[n][.]org|proxy[.]golan[g][.]org"
    r"|crate[s][.]io|mirrors?[.][a-z]+[.]|(?<!no-emit)-?-(?:extra-)?inde[x]-url|find-link[s]",
    re.IGNORECASE,
)
SECRETS = re.compile(
    r"-----BEGIN [A-Z ]*PRIVATE KE[Y]-----|\bAKI[A][0-9A-Z]{16}\b|\bgh[pousr]_[A-Za-z0-9]{36}\b"
    r"|\bSECRET_KEY\s*=\s*[\"'][^\"']{12,}[\"']|postgres(?:ql)?://[\w.-]+:[A-Za-z0-9+/]{12,}@",
)
RULES = {"workshop": WORKSHOP, "package host": PACKAGE_HOSTS, "secret": SECRETS}
TEXT = {
    ".py",
    ".md",
    ".toml",
    ".txt",
    ".yaml",
    ".yml",
    ".json",
    ".html",
    ".css",
    ".js",
    ".sh",
    ".sql",
    ".csv",
    "",
}


@pytest.mark.parametrize("rule", RULES)
def test_no_file_breaks_the_rule(rule: str) -> None:
    found = []
    for path in files():
        if path.suffix in TEXT:
            lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
            found += [
                f"{shown(path)}:{n}: {m[0]}"
                for n, line in enumerate(lines, 1)
                if (m := RULES[rule].search(line))
            ]
    assert not found, lines_of(found)


@pytest.mark.parametrize(
    ("rule", "bad", "good"),
    [
        ("workshop", "see /w~ork/shared", "src/work/notes.md and ../work/"),
        ("workshop", "as an earlier ses~sion found", "django.contrib.sessions keeps a session"),
        ("workshop", "written by a sub~agent", "the User-Agent header"),
        ("package host", "https://py~pi.org/simple", "installed with pip"),
        ("package host", "--index~-url x", "uv pip compile --no-emit-index~-url"),
        ("secret", "SECRET_~KEY = 'abcdefabcdef123'", "SECRET_KEY = secret_key_of(CONFIGURATION)"),
        ("secret", "postgres://court:~abcdefabcdef1@db/x", "postgresql://用户:口令@主机:端口/库名"),
    ],
)
def test_the_rule_tells_good_lines_from_bad(rule: str, bad: str, good: str) -> None:
    # The tilde keeps the examples from being findings themselves.
    assert RULES[rule].search(bad.replace("~", ""))
    assert not RULES[rule].search(good.replace("~", ""))
