#!/bin/sh
# See that the system programs the tests use are there. As root on Debian or Ubuntu what is missing is installed;
# elsewhere it is named, and the tests that need it say so when they are skipped. With CI=true missing parts fail.
set -eu

missing=""
wants() { # wants NAME PACKAGE: a program and the Debian package it comes in
    command -v "$1" >/dev/null 2>&1 || missing="$missing $2"
}
wants_file() { # wants_file PACKAGE FILE...: any one of these files
    package=$1
    shift
    for file in "$@"; do
        [ -e "$file" ] && return 0
    done
    missing="$missing $package"
}

find_missing() {
    missing=""
    command -v chromium-browser >/dev/null 2>&1 || command -v google-chrome >/dev/null 2>&1 || wants chromium chromium
}

find_missing
[ -n "$missing" ] || exit 0

if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    echo "Installing what the tests use:$missing …" >&2
    # shellcheck disable=SC2086 # a list of package names
    { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing; } \
        >/dev/null 2>&1 || true
    find_missing
    [ -n "$missing" ] || exit 0
fi

echo "Some tests need system parts that are missing:$missing" >&2
echo "On Debian or Ubuntu: sudo apt-get install --no-install-recommends$missing" >&2
if [ "${CI:-}" = true ]; then
    exit 1
fi
echo "Those tests will be skipped, and say so." >&2
