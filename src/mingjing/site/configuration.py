"""The one typed reading of the environment. Unknown or malformed ``MINGJING_*`` variables stop the start."""

from __future__ import annotations

import difflib
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from mingjing.domain.reasons import Refusal

PROJECT = Path(__file__).resolve().parents[3]
LOOPBACK = ("127.0.0.1", "localhost", "::1")


class SettingError(Refusal):
    """A setting is wrong; the message names the variable, its value, what is allowed and an example."""

    code = "bad-setting"


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a setting came from: the variable, a file named by ``NAME_FILE``, or the default."""

    variable: str
    source: str
    meaning: str
    secret: bool = False


@dataclass(frozen=True, slots=True)
class Configuration:
    """Every setting of the installation, read once."""

    data: Path
    institutions: Path
    secret_key: str
    hosts: tuple[str, ...]
    https: bool
    debug: bool
    demo: bool
    time_zone: str
    database_url: str
    now: str
    email_host: str
    email_from: str
    email_port: int
    alert_budget: int
    upload_limit_mb: int
    evidence_max_mb: int
    hsts_seconds: int
    proxies: tuple[str, ...]
    oidc_issuer: str
    oidc_client_id: str
    oidc_client_secret: str
    oidc_label: str
    oidc_staff_claim: str
    oidc_court_claim: str
    oidc_create: bool
    ldap_url: str
    ldap_start_tls: bool
    ldap_ca_file: str
    ldap_user_dn: str
    ldap_staff_attribute: str
    testdata: str
    seeds: str
    ci: bool


@dataclass(frozen=True, slots=True)
class Setting:
    """One variable: its name, its kind, its default as text, and what it means."""

    field: str
    variable: str
    kind: str
    default: str
    meaning: str
    secret: bool = False


SETTINGS = (
    Setting("data", "MINGJING_DATA", "path", str(PROJECT / "var"), "数据目录：数据库、上传文件、生成的文书"),
    Setting("institutions", "MINGJING_INSTITUTIONS", "path", str(PROJECT / "institutions"), "制度文件目录"),
    Setting("secret_key", "MINGJING_SECRET_KEY", "secret", "", "签名密钥；留空时首次运行写入数据目录", True),
    Setting("hosts", "MINGJING_HOSTS", "list", "127.0.0.1,localhost,[::1]", "允许的主机名，逗号分隔"),
    Setting("https", "MINGJING_HTTPS", "bool", "否", "前面有 HTTPS 时填“是”，Cookie 只走加密连接"),
    Setting("debug", "MINGJING_DEBUG", "bool", "否", "出错时显示内部信息，只供开发"),
    Setting("demo", "MINGJING_DEMO", "bool", "否", "演示模式：登录页列出演示账号"),
    Setting("time_zone", "MINGJING_TIME_ZONE", "zone", "Asia/Shanghai", "本院所在时区"),
    Setting(
        "database_url",
        "DATABASE_URL",
        "text",
        "",
        "留空用 SQLite；postgresql://用户:口令@主机:端口/库名",
        True,
    ),
    Setting("now", "MINGJING_NOW", "moment", "", "演示与测试用的固定时刻，如 2026-09-30T09:00:00"),
    Setting("email_host", "MINGJING_EMAIL_HOST", "text", "", "邮件服务器；留空不发邮件"),
    Setting("email_port", "MINGJING_EMAIL_PORT", "int", "25", "邮件服务器端口"),
    Setting("email_from", "MINGJING_EMAIL_FROM", "text", "mingjing@localhost", "发件人地址"),
    Setting("alert_budget", "MINGJING_ALERT_BUDGET", "int", "20", "每人每天提醒上限，超过的合并成一条"),
    Setting("upload_limit_mb", "MINGJING_UPLOAD_LIMIT_MB", "int", "200", "上传文件大小上限，单位 MB"),
    Setting("evidence_max_mb", "MINGJING_EVIDENCE_MAX_MB", "int", "50", "单个附件大小上限，单位 MB"),
    Setting(
        "hsts_seconds", "MINGJING_HSTS_SECONDS", "int", "0", "HTTPS 时让浏览器记住只走加密连接的秒数；0 不发"
    ),
    Setting(
        "proxies",
        "MINGJING_PROXIES",
        "list",
        "",
        "前面代理的地址，逗号分隔；只信它们报的来访地址和协议。有 HTTPS 而留空的，只信本机",
    ),
    Setting("oidc_issuer", "MINGJING_OIDC_ISSUER", "text", "", "统一身份认证（OIDC）的签发者地址；留空不用"),
    Setting("oidc_client_id", "MINGJING_OIDC_CLIENT_ID", "text", "", "在统一身份认证登记的客户端编号"),
    Setting(
        "oidc_client_secret", "MINGJING_OIDC_CLIENT_SECRET", "text", "", "客户端密钥；公开客户端留空", True
    ),
    Setting("oidc_label", "MINGJING_OIDC_LABEL", "text", "统一身份认证", "登录页按钮上的名称"),
    Setting("oidc_staff_claim", "MINGJING_OIDC_STAFF_CLAIM", "text", "staff_number", "凭证里哪一项是工号"),
    Setting(
        "oidc_court_claim",
        "MINGJING_OIDC_COURT_CLAIM",
        "text",
        "",
        "凭证里哪一项是法院代字；几个法院同装时填",
    ),
    Setting("oidc_create", "MINGJING_OIDC_CREATE", "bool", "否", "名册里有人、没有账号时，自动开通账号"),
    Setting(
        "ldap_url",
        "MINGJING_LDAP_URL",
        "text",
        "",
        "统一目录（LDAP）地址，如 ldaps://ldap.court:636；留空不用",
    ),
    Setting(
        "ldap_start_tls", "MINGJING_LDAP_START_TLS", "bool", "否", "ldap:// 地址先 StartTLS 加密再发口令"
    ),
    Setting("ldap_ca_file", "MINGJING_LDAP_CA_FILE", "text", "", "签发目录证书的 CA 文件；留空用系统的"),
    Setting(
        "ldap_user_dn", "MINGJING_LDAP_USER_DN", "text", "", "人员条目，如 uid={账号},ou=people,dc=court"
    ),
    Setting(
        "ldap_staff_attribute", "MINGJING_LDAP_STAFF_ATTRIBUTE", "text", "employeeNumber", "哪个属性是工号"
    ),
    Setting("testdata", "MINGJING_TESTDATA", "text", "", "测试用真实数据目录，只供测试"),
    Setting("seeds", "MINGJING_SEEDS", "text", "", "需求原文目录，只供测试"),
    Setting("ci", "MINGJING_CI", "bool", "否", "持续集成：跳过的测试算失败"),
)

LOCAL_PROXY = ("127.0.0.1", "::1")
"""Who is believed where HTTPS stands in front and no proxy is named: ``serve`` listens to this one only."""
_TRUE = {"是", "1", "true", "yes", "on"}
_FALSE = {"否", "0", "false", "no", "off", ""}


def _convert(setting: Setting, text: str) -> object:
    """The typed value of ``text``; raises SettingError naming the allowed values."""
    name = setting.variable
    if setting.kind == "bool":
        if text.strip().lower() in _TRUE:
            return True
        if text.strip().lower() in _FALSE:
            return False
        raise SettingError(f"设置 {name} 的值“{text}”看不懂。可用：是、否。例如：{name}=是")
    if setting.kind == "int":
        if not text.strip().isdigit():
            raise SettingError(f"设置 {name} 的值“{text}”不是整数。例如：{name}={setting.default}")
        return int(text)
    if setting.kind == "path":
        return Path(text).expanduser().resolve()
    if setting.kind == "list":
        return tuple(part.strip() for part in text.split(",") if part.strip())
    if setting.kind == "zone":
        try:
            ZoneInfo(text)
        except (KeyError, ValueError, OSError):
            raise SettingError(f"设置 {name} 的时区“{text}”不存在。例如：{name}=Asia/Shanghai") from None
    if setting.kind == "moment" and text:
        try:
            datetime.fromisoformat(text)
        except ValueError:
            raise SettingError(
                f"设置 {name} 的时刻“{text}”看不懂。例如：{name}=2026-09-30T09:00:00"
            ) from None
    return text


def require_whole(values: Mapping[str, object]) -> None:
    """Refuse an identity server or a directory that is half set, or that would be spoken to in the clear.

    Raises
    ------
    SettingError   names the variable that is missing or wrong
    """
    issuer, url = str(values["oidc_issuer"]), str(values["ldap_url"])
    if issuer:
        if not values["oidc_client_id"]:
            raise SettingError(
                "写了 MINGJING_OIDC_ISSUER，没有写 MINGJING_OIDC_CLIENT_ID。"
                "例如：MINGJING_OIDC_CLIENT_ID=mingjing"
            )
        place = urlsplit(issuer)
        if place.scheme != "https" and not (place.scheme == "http" and place.hostname in LOOPBACK):
            raise SettingError(
                f"设置 MINGJING_OIDC_ISSUER 的“{issuer}”不是 https 地址。例如：MINGJING_OIDC_ISSUER=https://id.court"
            )
    if url:
        place, encrypted = urlsplit(url), bool(values["ldap_start_tls"])
        if place.scheme not in ("ldap", "ldaps"):
            raise SettingError(
                f"设置 MINGJING_LDAP_URL 的“{url}”看不懂。例如：MINGJING_LDAP_URL=ldaps://ldap.court:636"
            )
        if place.scheme == "ldap" and not encrypted and place.hostname not in LOOPBACK:
            raise SettingError(
                "设置 MINGJING_LDAP_URL 是 ldap://，口令会明文传送。"
                "请改用 ldaps://，或者 MINGJING_LDAP_START_TLS=是"
            )
        if "{账号}" not in str(values["ldap_user_dn"]):
            raise SettingError(
                "写了 MINGJING_LDAP_URL，MINGJING_LDAP_USER_DN 里没有“{账号}”。"
                "例如：MINGJING_LDAP_USER_DN=uid={账号},ou=people,dc=court"
            )
        if find_spec("ldap3") is None:
            raise SettingError(
                "写了 MINGJING_LDAP_URL，但没有安装 ldap3。请安装附加组件 ldap，或者不写这个设置。"
            )


def read_configuration(environment: Mapping[str, str]) -> tuple[Configuration, tuple[Origin, ...]]:
    """The configuration and where each value came from.

    Raises
    ------
    SettingError   an unknown ``MINGJING_*`` variable, or a value of the wrong form
    """
    known = {s.variable for s in SETTINGS} | {f"{s.variable}_FILE" for s in SETTINGS if s.secret}
    for variable in environment:
        if variable.startswith("MINGJING_") and variable not in known:
            near = difflib.get_close_matches(variable, known, n=1)
            hint = f"是不是 {near[0]}？" if near else ""
            raise SettingError(f"不认识的设置 {variable}。{hint}全部设置见 mingjing settings。")
    values: dict[str, object] = {}
    origins: list[Origin] = []
    for setting in SETTINGS:
        text, source = setting.default, "默认"
        if setting.variable in environment:
            text, source = environment[setting.variable], "环境变量"
        elif setting.secret and f"{setting.variable}_FILE" in environment:
            path = Path(environment[f"{setting.variable}_FILE"])
            try:
                text, source = path.read_text(encoding="utf-8").strip(), f"文件 {path}"
            except OSError as error:
                raise SettingError(
                    f"设置 {setting.variable}_FILE 指向的文件读不了：{path}（{error.strerror}）"
                ) from None
        values[setting.field] = _convert(setting, text)
        origins.append(Origin(setting.variable, source, setting.meaning, setting.secret))
    assert {f.name for f in fields(Configuration)} == set(values)
    require_whole(values)
    if values["https"] and not values["proxies"]:
        values["proxies"] = LOCAL_PROXY
    return Configuration(**values), tuple(origins)  # type: ignore[arg-type]


def secret_key_of(configuration: Configuration) -> str:
    """The signing key: as set, else kept in the data folder (written on first use, mode 0600)."""
    if configuration.secret_key:
        return configuration.secret_key
    path = configuration.data / "secret-key"
    if not path.exists():
        configuration.data.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(48), encoding="utf-8")
    return path.read_text(encoding="utf-8").strip()
