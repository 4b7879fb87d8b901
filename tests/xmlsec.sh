#!/bin/sh
# Find xmlsec1, with which SAML messages are signed and read, or install Debian's when we may; else say what to do.
command -v xmlsec1 >/dev/null 2>&1 && exit 0
if command -v apt-get >/dev/null 2>&1 && [ "$(id -u)" = 0 ]; then
    echo "Installing xmlsec1 for the sign-in tests (apt-get install xmlsec1) …"
    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq xmlsec1 >/dev/null
    command -v xmlsec1 >/dev/null 2>&1 && exit 0
fi
echo "The sign-in tests need xmlsec1 (Debian, Ubuntu: sudo apt-get install xmlsec1; Fedora: sudo dnf install xmlsec1 xmlsec1-openssl)."
echo "Everything else runs without: make test TESTS='tests/domain tests/content tests/rooms …'"
exit 1
