#!/bin/sh
# Installs what a lock file names, and this checkout itself, into .venv.
#
#   sh requirements/install.sh runtime     enough to run 明镜
#   sh requirements/install.sh dev         and to change and test it
#   sh requirements/install.sh all         and everything optional: Spark, LDAP
#
# Safe to repeat: nothing happens while the lock, pyproject.toml and the checkout's place are unchanged.
# Needs Python 3.11 with its venv module, or uv; needs neither git nor make.
set -eu
cd "$(dirname "$0")/.."

lock=${1:-runtime}
case $lock in
runtime | dev | all) ;;
*)
    echo "用法：sh requirements/install.sh runtime|dev|all" >&2
    exit 2
    ;;
esac

stop() { # Chinese, then English
    printf '\n%s\n\n%s\n\n' "$1" "$2" >&2
    exit 1
}

is_311() {
    "$1" -c 'import sys; sys.exit(sys.version_info[:2] != (3, 11))' >/dev/null 2>&1
}

find_python() {
    for name in ${PYTHON:-} python3.11 python3 python /usr/bin/python3.11 /usr/local/bin/python3.11 \
        /opt/homebrew/bin/python3.11; do
        if is_311 "$name"; then
            command -v "$name"
            return
        fi
    done
    stop "没有找到 Python 3.11。Debian 12 / Ubuntu 请执行：apt-get install python3 python3-venv；其他系统请先安装 Python 3.11，或写明它在哪里：PYTHON=/路径/python3.11 make setup。" \
        "Python 3.11 was not found. On Debian 12: apt-get install python3 python3-venv. Elsewhere install Python 3.11 first, or say where it is: PYTHON=/path/to/python3.11 make setup."
}

make_venv() {
    if [ -n "$uv" ]; then
        "$uv" venv --quiet --allow-existing --no-python-downloads --python "$python" .venv
    elif ! "$python" -m venv .venv; then
        rm -rf .venv
        stop "这台机器的 Python 缺少 venv 模块。Debian / Ubuntu 请执行：apt-get install python3-venv，然后重试。" \
            "This Python has no venv module. On Debian or Ubuntu: apt-get install python3-venv, then try again."
    fi
}

install() {
    if [ -n "$uv" ]; then
        "$uv" pip install --quiet --python .venv/bin/python "$@"
    else
        .venv/bin/python -m pip install --quiet --disable-pip-version-check "$@"
    fi
}

fingerprint() {
    printf '%s\n' "$PWD"
    cksum "requirements/$1.txt" pyproject.toml
}

stamp=.venv/.installed-$lock
if [ -x .venv/bin/mingjing ] && [ -f "$stamp" ] && [ "$(fingerprint "$lock")" = "$(cat "$stamp")" ]; then
    exit 0
fi

uv=$(command -v uv || true)
if [ -z "$uv" ] && [ -x .venv/bin/uv ] && .venv/bin/uv --version >/dev/null 2>&1; then uv=.venv/bin/uv; fi

# A .venv that was moved with its folder, or whose Python is gone, cannot be mended.
if [ -e .venv ]; then
    home=$(head -n 1 .venv/.installed-* 2>/dev/null | grep '^/' | head -n 1 || true)
    if ! is_311 .venv/bin/python || { [ -n "$home" ] && [ "$home" != "$PWD" ]; }; then
        case $uv in .venv/*) uv= ;; esac
        rm -rf .venv
    fi
fi
if [ ! -e .venv ]; then
    python=$(find_python)
    make_venv
elif [ -z "$uv" ] && ! .venv/bin/python -m pip --version >/dev/null 2>&1; then
    python=$(find_python)
    make_venv
fi

echo "正在安装依赖（requirements/$lock.txt）…… / Installing (requirements/$lock.txt) …"
install --require-hashes -r "requirements/$lock.txt" && install --no-deps --no-build-isolation --editable . ||
    stop "依赖没有装上，原因见上面几行。已装好的不会重装：网络或镜像恢复后再执行一次即可。" \
        "The dependencies were not installed; the lines above say why. Once the network or mirror is back, run this again."
# Read as they are, our own modules would be compiled anew at every start where Python may not write beside them.
.venv/bin/python -m compileall -q src/mingjing || true
fingerprint "$lock" >"$stamp"
# Each lock holds the ones before it.
case $lock in all) fingerprint dev >.venv/.installed-dev ;; esac
case $lock in all | dev) fingerprint runtime >.venv/.installed-runtime ;; esac
