#!/usr/bin/env bash
# The programs and the font that the tests use and that no Python package brings: a browser, LibreOffice,
# a PDF renderer, Japanese glyphs. Installs what is missing when it may (root on Debian), otherwise names it.
# With CI=true a missing one is a failure; elsewhere the tests that need it are skipped.
set -euo pipefail

has_command() { command -v "$1" >/dev/null 2>&1; }

has_font() { compgen -G '/usr/share/fonts/*/noto*/NotoSansCJK*' >/dev/null || { has_command fc-list && fc-list | grep -qi 'Noto Sans CJK'; }; }

find_missing() {
    missing=()
    has_command chromium || missing+=(chromium)
    has_command soffice || missing+=(libreoffice-calc-nogui)
    has_font || missing+=(fonts-noto-cjk)
    has_command pdftoppm || missing+=(poppler-utils)
}

install_missing() {
    export DEBIAN_FRONTEND=noninteractive
    apt-get update -qq && apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
}

find_missing
[ "${#missing[@]}" -gt 0 ] || exit 0

if [ "$(id -u)" -eq 0 ] && [ -e /etc/debian_version ] && has_command apt-get; then
    echo "Installing Debian packages: ${missing[*]}"
    install_missing || echo "apt-get failed; its messages stand above." >&2
    find_missing
fi
[ "${#missing[@]}" -gt 0 ] || exit 0

echo "Not installed: ${missing[*]}" >&2
echo "On Debian, install with: sudo apt-get update && sudo apt-get install ${missing[*]}" >&2
if [ "${CI:-}" = true ]; then
    echo "With CI=true every test runs, so this is a failure." >&2
    exit 1
fi
echo "Tests that need them are skipped." >&2
