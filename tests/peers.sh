#!/bin/sh
# Install the other machines that the tests speak with (an OpenID Connect server), beside the tests; else say plainly
# what to do. Needs Node.js 20 or newer. What stands already is not fetched again, so that it works without a network.
cd "$(dirname "$0")/peers" || exit 1
newest=node_modules/.package-lock.json
[ -f "$newest" ] && [ -z "$(find package-lock.json -newer "$newest")" ] && exit 0
has_node() {
    command -v npm >/dev/null 2>&1 && node -e 'process.exit(process.versions.node.split(".")[0] < 20 ? 1 : 0)' 2>/dev/null
}
if ! has_node && command -v apt-get >/dev/null 2>&1 && [ "$(id -u)" = 0 ]; then
    echo "Installing Node.js for the tests (apt-get install nodejs npm) …"
    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq nodejs npm >/dev/null
fi
if ! has_node; then
    echo "The sign-in tests need Node.js 20 or newer and npm (Debian, Ubuntu: sudo apt-get install nodejs npm)."
    echo "Everything else runs without: .venv/bin/pytest tests/domain tests/content tests/rooms …"
    exit 1
fi
npm ci --ignore-scripts --no-audit --no-fund --loglevel=error >/dev/null && touch "$newest" && exit 0
echo "npm could not fetch what tests/peers/package-lock.json names. Is there a network? Try again: make peers"
exit 1
