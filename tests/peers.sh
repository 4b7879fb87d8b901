#!/bin/sh
# Install the other machines that the tests speak with (an OpenID Connect server, a renderer of questionnaires), beside
# the tests; else say plainly what to do. Needs Node.js 20 or newer. What stands already is not fetched again, so that it works without a network.
cd "$(dirname "$0")/peers" || exit 1
newest=node_modules/.package-lock.json
renderer="lforms@$(sed -n 's/^ *"lforms": "\(.*\)",*$/\1/p' packed.json)"
[ -f "$newest" ] && [ -z "$(find package-lock.json -newer "$newest")" ] && [ -d "node_modules/.packed/$renderer" ] && exit 0
# A package whose built files are enough: fetched as it is, checked, unpacked without the hundreds that it was built from.
unpack() {
    mkdir -p node_modules/.packed || return 1
    npm pack --silent --pack-destination node_modules/.packed "$1" >/dev/null || return 1
    node -e '
        const fs = require("fs"), crypto = require("crypto"), [file, said] = process.argv.slice(1);
        const found = "sha512-" + crypto.createHash("sha512").update(fs.readFileSync(file)).digest("base64");
        process.exit(found === said ? 0 : 1)' "node_modules/.packed/$2" "$3" || { echo "$1 is not the one we know"; return 1; }
    mkdir -p "node_modules/.packed/$1.part" && tar -xzf "node_modules/.packed/$2" -C "node_modules/.packed/$1.part" \
        --strip-components 1 --exclude '*.map' && mv "node_modules/.packed/$1.part" "node_modules/.packed/$1"
    rm -f "node_modules/.packed/$2"
}
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
npm ci --ignore-scripts --no-audit --no-fund --loglevel=error >/dev/null &&
    unpack "$renderer" "$(echo "$renderer" | tr @ -).tgz" "$(sed -n 's/^ *"sha512": "\(.*\)",*$/\1/p' packed.json)" &&
    touch "$newest" && exit 0
echo "npm could not fetch what tests/peers/package-lock.json names. Is there a network? Try again: make peers"
exit 1
