#!/bin/sh
# Find the browser for the journeys, or install Debian's Chromium when we may; else say plainly what to do.
find_browser() {
    if [ -n "${LUOTSI_BROWSER:-}" ]; then [ -x "$LUOTSI_BROWSER" ]; return; fi
    for name in chromium chromium-browser google-chrome google-chrome-stable; do
        command -v "$name" >/dev/null 2>&1 && return 0
    done
    return 1
}
find_browser && exit 0
if [ -n "${LUOTSI_BROWSER:-}" ]; then
    echo "LUOTSI_BROWSER=$LUOTSI_BROWSER is not a program that can be run. Name Chromium or Chrome, or unset it."
    exit 1
fi
if command -v apt-get >/dev/null 2>&1 && [ "$(id -u)" = 0 ]; then
    echo "Installing Chromium for the journeys (apt-get install chromium) …"
    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium >/dev/null && find_browser && exit 0
fi
echo "The journeys need a browser: install Chromium (Debian, Ubuntu: sudo apt-get install chromium)"
echo "or name one: LUOTSI_BROWSER=/path/to/chrome make test. Everything else runs without: make test TESTS='tests/domain tests/content …'"
exit 1
