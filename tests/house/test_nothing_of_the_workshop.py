"""The product names no machine it was made on, no package host, and holds no secret."""

from __future__ import annotations

import re

import pytest

from tests.house.tree import files, lines_of, shown

# Written apart, so that this file passes its own rule.
WORKSHOP = re.compile(
    "|".join(
        (
            r"(?<![\w.$}/-])/(?:wo" r"rk|fa" r"rm|root)/",
            r"/tmp/[a-z]",
            "DEVELO" r"PERS\.md",
            "before-stop",
            r"\bBRIEF\.md",
            r"\bsub" r"-?agents?\b",
            r"\b(?:this|another|an earlier|the next) ses" r"sion\b",
            r"\bA[I] (?:assistant|agent)\b",
            r"\blanguage " r"model\b",
            r"\bCla" r"ude\b",
        )
    ),
    re.IGNORECASE,
)
PACKAGE_HOSTS = re.compile(
    r"py" r"pi\.org|pythonhosted" r"\.org|npm" r"js\.(?:org|com)|deb\.debian" r"\.org|proxy\.golang" r"\.org"
    r"|crates" r"\.io|mirrors?\.[a-z]+\.|--(?:extra-)?index" r"-url|find" r"-links",
    re.IGNORECASE,
)  # fmt: skip
SECRETS = re.compile(
    r"-----BEGIN [A-Z ]*PRIVATE " r"KEY-----|\bAK" r"IA[0-9A-Z]{16}\b|\bgh[pousr]_[A-Za-z0-9]{36}\b"
    r"|\bSECRET_KEY\s*=\s*[\"'][^\"']{12,}[\"']|postgres(?:ql)?://[\w.-]+:[A-Za-z0-9+/]{12,}@",
)  # fmt: skip
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
        ("workshop", "see /wo" "rk/shared", "src/work/notes.md and ../work/"),
        ("workshop", "as an earlier ses" "sion found", "django.contrib.sessions keeps a session"),
        ("workshop", "written by a sub" "agent", "the User-Agent header"),
        ("package host", "https://py" "pi.org/simple", "installed with pip"),
        ("package host", "--index" "-url x", "uv pip compile --no-emit-index" "-url"[:-4]),
        ("secret", "SECRET_KEY = 'abcdef" "abcdef123'", "SECRET_KEY = secret_key_of(CONFIGURATION)"),
        ("secret", "postgres://court:" "abcdefabcdef1@db/x", "postgresql://用户:口令@主机:端口/库名"),
    ],
)  # fmt: skip
def test_the_rule_tells_good_lines_from_bad(rule: str, bad: str, good: str) -> None:
    assert RULES[rule].search(bad)
    assert not RULES[rule].search(good)
