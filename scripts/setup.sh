#!/bin/sh
# Make .venv and install the locked requirements in it with plain pip: `sh scripts/setup.sh core|dev`.
# Called by make. GOLDTHREAD_PYTHON or PYTHON names the interpreter to use; else the first suitable one is taken.
set -eu
cd -- "$(dirname -- "$0")/.."
want=${1:-core}

say() { printf '%s\n' "$*" >&2; }

suitable() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; }

find_python() {
    for name in "${PYTHON:-}" python3 python3.14 python3.13 python3.12 python3.11 python; do
        [ -n "$name" ] || continue
        if suitable "$name"; then
            printf '%s' "$name"
            return 0
        fi
    done
    say "Goldthread needs Python 3.11 or newer, and none was found."
    say "Install one (https://www.python.org/downloads/, or your system's python3 package) and run make again,"
    say "or name it: make PYTHON=/path/to/python3.12 demo"
    return 1
}

# Debian and Ubuntu ship Python without the part that makes virtual environments.
can_make_venv() { "$1" -c 'import ensurepip, venv' 2>/dev/null; }

mend_venv() {
    package=$("$1" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])')
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
        say "Installing $package, which makes virtual environments …"
        apt-get update -qq >&2 && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq "$package" >&2 || true
    fi
    can_make_venv "$1" && return 0
    say "This Python cannot make virtual environments: its venv or ensurepip module is missing."
    say "On Debian or Ubuntu: sudo apt-get install $package   Then run make again."
    return 1
}

# The workbench is tested in a real browser.
have_browser() {
    [ -n "${GOLDTHREAD_CHROMIUM:-}" ] && return 0
    for name in chromium chromium-browser google-chrome google-chrome-stable chrome; do
        command -v "$name" >/dev/null 2>&1 && return 0
    done
    return 1
}

get_browser() {
    have_browser && return 0
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
        say "Installing Chromium, in which the workbench is tested …"
        apt-get update -qq >&2 && DEBIAN_FRONTEND=noninteractive \
            apt-get install -y -qq --no-install-recommends chromium >&2 || true
        have_browser && return 0
    fi
    say "No Chromium was found, so the tests of the workbench in a browser cannot run (under CI they fail)."
    say "On Debian or Ubuntu: sudo apt-get install chromium   Or name one: export GOLDTHREAD_CHROMIUM=/path/to/chrome"
    [ "${CI:-}" != true ]
}

pip() { .venv/bin/python -m pip --disable-pip-version-check --no-input "$@"; }

lean_pip() { pip install -qq --no-deps --require-hashes -r "$1"; }

if ! suitable .venv/bin/python || ! .venv/bin/python -m pip --version >/dev/null 2>&1; then
    python=$(find_python)
    can_make_venv "$python" || mend_venv "$python"
    rm -rf .venv
    "$python" -m venv .venv
fi

case $want in
core)
    say "Setting up .venv with the locked requirements (about a minute the first time) …"
    lean_pip requirements/build.txt
    lean_pip requirements/core.txt
    pip install -qq --no-deps --no-build-isolation --no-index --editable .
    .venv/bin/python -m compileall -q src
    ;;
dev)
    say "Adding what the tests and checks need …"
    lean_pip requirements/dev.txt
    get_browser
    ;;
*)
    say "setup.sh: say core or dev, not '$want'"
    exit 2
    ;;
esac
pwd -P >.venv/.place
: >".venv/.$want"
