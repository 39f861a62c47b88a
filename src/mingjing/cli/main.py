"""`mingjing`: finds the groups of commands in this folder, runs one, and tells how it ended.

A group is a module with ``add_commands(commands)``; it gives each parser ``set_defaults(run=...)``, where
``run(args) -> int`` returns 0 when done and 1 when refused or when a check found something. Modules import
Django and the services inside ``run``, so that ``mingjing --help`` stays instant.
"""

from __future__ import annotations

import importlib
import pkgutil
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from mingjing import __version__
from mingjing.cli.arguments import Parser, subcommands
from mingjing.definitions.problems import DefinitionErrors
from mingjing.domain.reasons import Refusal

DONE, REFUSED, INTERRUPTED = 0, 1, 130


def build_parser() -> Parser:
    """The whole command line, every group in this folder included."""
    parser = Parser(
        prog="mingjing",
        description="明镜：法院清廉建设与审判监督平台，制度就是能运行的文件。",
        epilog="退出码：0 完成；1 被拒绝，或检查发现问题；2 命令写错。",
    )
    parser.add_argument("--version", action="version", version=f"明镜 {__version__}", help="显示版本号")
    commands = subcommands(parser)
    for found in sorted(pkgutil.iter_modules([str(Path(__file__).parent)]), key=lambda module: module.name):
        module = importlib.import_module(f"mingjing.cli.{found.name}")
        if hasattr(module, "add_commands"):
            module.add_commands(commands)
    return parser


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; see the module for what the returned code means."""
    args = build_parser().parse_args(argv)
    return told(lambda: args.run(args))


def told(run: Callable[[], int]) -> int:
    """The code of what was run; what kept it from ending well is told on the error output."""
    try:
        code = run()
    except Refusal as refusal:
        print(f"{refusal}（{refusal.code}）", file=sys.stderr)
        return REFUSED
    except DefinitionErrors as errors:
        print(errors, file=sys.stderr)
        return REFUSED
    except KeyboardInterrupt:
        print("已中断。", file=sys.stderr)
        return INTERRUPTED
    except BrokenPipeError:
        # The reader of our output (head, less) went away; nothing is left to say to it.
        sys.stderr.close()
        return DONE
    except OSError as error:
        place = f" {error.filename}" if error.filename else ""
        print(f"读写失败{place}：{error.strerror or error}", file=sys.stderr)
        return REFUSED
    except Exception as error:
        if not _is_of_the_database(error):
            raise
        print(
            f"数据库用不了：{error}\n还没有建表，或者不是本版本：请先执行 mingjing migrate。", file=sys.stderr
        )
        return REFUSED
    return code


def _is_of_the_database(error: Exception) -> bool:
    """Whether Django's database layer raised it; asked by name, since not every command loads Django."""
    return type(error).__module__ == "django.db.utils"


if __name__ == "__main__":
    raise SystemExit(main())
