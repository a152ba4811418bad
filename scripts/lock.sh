#!/bin/sh
# Compile requirements/*.txt from pyproject.toml: every version and hash, for every platform and Python from 3.11,
# and no address in them. `UPGRADE=1 make lock` takes newer versions; otherwise what is locked stays.
set -eu
cd -- "$(dirname -- "$0")/.."

if command -v uv >/dev/null 2>&1; then
    uv() { command uv "$@"; }
else
    [ -x .venv/bin/python ] || sh scripts/setup.sh core
    .venv/bin/python -m uv --version >/dev/null 2>&1 || .venv/bin/python -m pip install --quiet 'uv>=0.8'
    uv() { .venv/bin/python -m uv "$@"; }
fi

compile() {
    out=requirements/$1.txt
    shift
    uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
        --no-emit-index-url --no-emit-find-links ${UPGRADE:+--upgrade} --output-file "$out" "$@"
}

compile core pyproject.toml
compile build requirements/build.in -c requirements/core.txt
compile dev pyproject.toml --extra dev -c requirements/core.txt -c requirements/build.txt
