"""`mingjing serve`, `mingjing clock`, `mingjing migrate`: the running house."""

from __future__ import annotations

import argparse
import os
import signal
import socket
import sys
import time
from datetime import date
from functools import partial

from mingjing.cli.arguments import Commands, Parser
from mingjing.cli.beside import Apart, ClockBeside
from mingjing.cli.demo import make_and_print
from mingjing.cli.starting import load_application, load_pages, loading, prepare, start_django
from mingjing.domain.reasons import Refusal

IDLE_SECONDS = 2.0
LOOPBACK = ("127.0.0.1", "localhost", "::1")


class PortTaken(Refusal):
    """Something else listens at the address."""

    code = "port-taken"


class DemoInTheOpen(Refusal):
    """Logins whose password everybody knows would be reachable by others."""

    code = "demo-in-the-open"


def add_commands(commands: Commands[Parser]) -> None:
    """Add ``serve``, ``clock`` and ``migrate``."""
    serve = commands.add_parser(
        "serve", help="启动网页与时钟", description="建好数据库，启动网页服务和时钟进程。"
    )
    serve.add_argument("--demo", action="store_true", help="用演示法院：首次运行时生成，登录页列出演示账号")
    serve.add_argument(
        "--demo-open",
        action="store_true",
        help="明知演示口令公开，仍让别的机器访问演示法院（只给隔离的网络用）",
    )
    serve.add_argument("--host", default="127.0.0.1", help="监听地址（默认 127.0.0.1，只有本机能访问）")
    serve.add_argument("--port", type=int, default=8000, help="端口（默认 8000）")
    serve.add_argument("--workers", type=int, default=1, help="网页进程数（默认 1）")
    serve.add_argument("--no-clock", action="store_true", help="不带时钟进程（另行运行 mingjing clock）")
    serve.set_defaults(run=run_serve)
    clock = commands.add_parser(
        "clock", help="时钟进程：到点提醒、升级、核查", description="让时间起作用的进程。"
    )
    clock.add_argument("--once", action="store_true", help="只走一遍就结束")
    clock.add_argument(
        "--on", type=date.fromisoformat, default=None, help="按这一天计算（只能与 --once 同用）"
    )
    clock.set_defaults(run=run_clock)
    migrate = commands.add_parser("migrate", help="把数据库升级到本版本", description="建立或升级数据表。")
    migrate.set_defaults(run=run_migrate)


def run_migrate(_: argparse.Namespace) -> int:
    """Bring the tables to this version."""
    start_django()
    prepare()
    print("数据库已是本版本。")
    return 0


def run_serve(args: argparse.Namespace) -> int:
    """Serve pages until interrupted; the clock runs beside them and ends with them."""
    if args.demo:
        os.environ["MINGJING_DEMO"] = "是"
    demo = os.environ.get("MINGJING_DEMO", "").strip().lower() in ("是", "1", "true", "yes", "on")
    if demo and args.host not in LOOPBACK and not args.demo_open:
        raise DemoInTheOpen(
            f"演示法院的口令是公开的，不能在 {args.host} 上让别的机器访问。",
            allowed=LOOPBACK,
            example="确实要开放的：mingjing serve --demo --demo-open --host 0.0.0.0",
        )
    _require_free(args.host, args.port)
    with loading():
        start_django()
        ready = Apart(partial(_make_ready, args))
        load_pages()
        code = ready.code()
        if code:
            return code
        load_application()
    from django.conf import settings

    print(f"\n明镜已启动：http://{args.host}:{args.port}/")
    print(f"数据目录：{settings.CONFIGURATION.data}\n按 Ctrl+C 停止。", flush=True)
    clock = None if args.no_clock else ClockBeside(keep_time)
    try:
        return _pages(args.host, args.port, args.workers)
    finally:
        if clock is not None:
            clock.end()


def _make_ready(args: argparse.Namespace) -> int:
    """The tables of this version, and the demonstration where one is asked for."""
    prepare()
    if args.demo:
        make_and_print()
    require_no_demo_logins()
    return 0


def require_no_demo_logins() -> None:
    """Refuse the data of a demonstration outside a demonstration.

    Raises
    ------
    DemoInTheOpen   the log says that demonstration courts were made here
    """
    from django.conf import settings

    from mingjing.services.demo.mark import is_demonstration

    if is_demonstration() and not settings.CONFIGURATION.demo:
        raise DemoInTheOpen(
            f"数据目录 {settings.CONFIGURATION.data} 里是演示法院，账号口令人人知道，不能当正式系统启动。",
            example="看演示：mingjing serve --demo；正式使用：换一个空的 MINGJING_DATA",
        )


def _pages(host: str, port: int, workers: int) -> int:
    """Granian in this process; several of its workers share the port."""
    from granian.constants import Interfaces
    from granian.log import LogLevels
    from granian.server import Server

    server = Server(
        "mingjing.site.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=1,
        log_access=False,
        log_level=LogLevels.warning,
    )
    server.serve()
    return 0


def _require_free(host: str, port: int) -> None:
    """Refuse a port already in use: the server could otherwise share it silently with a forgotten one.

    Raises
    ------
    PortTaken   something listens there
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.settimeout(1)
        if probe.connect_ex((host, port)) == 0:
            raise PortTaken(f"{host}:{port} 已有程序在用。", example=f"mingjing serve --port {port + 1}")


def run_clock(args: argparse.Namespace) -> int:
    """Apply what time does, once or until stopped. A stop between two cases loses nothing."""
    if args.on is not None and not args.once:
        print("--on 只能与 --once 同用。例如：mingjing clock --once --on 2026-09-30", file=sys.stderr)
        return 2
    start_django()
    from mingjing.services.installation import today
    from mingjing.services.tick import run

    if args.once:
        passed = run(args.on or today())
        print(
            f"{args.on or today()}：看了 {passed.cases} 件，新提醒 {passed.alerts} 条，"
            f"督办升级 {passed.escalations} 件，新核查 {passed.findings} 条。"
        )
        return 0
    return keep_time()


def keep_time() -> int:
    """Every two seconds: waiting imports, and whatever has come due."""
    from mingjing.services.worker import step

    stopped = False

    def stop(*_: object) -> None:
        nonlocal stopped
        stopped = True

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    while not stopped:
        if not step():
            time.sleep(IDLE_SECONDS)
    return 0
