"""Whom Luotsi may call: hosts that the installation lists, at addresses that are really outside. Pure.

A name that points at our own network is the classic way to make a server fetch what only it can reach (OWASP:
server-side request forgery), so the address counts, not the name.
"""

from collections.abc import Collection
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address

_Address = IPv4Address | IPv6Address
_NAT64 = IPv6Network("64:ff9b::/96")


class NotAllowed(Exception):
    """The call may not be made. The sentence names the setting that would allow it."""


@dataclass(frozen=True)
class Allowed:
    """`outside`: hosts, port 443 unless written. `inside`: host:port in the county's own network, or on this machine.

    `plain` lets listed loopback addresses be called without TLS: in the demonstration and in tests.
    """

    outside: Collection[str] = ()
    inside: Collection[str] = ()
    plain: bool = False

    def check_host(self, scheme: str, host: str, port: int) -> None:
        """Raises NotAllowed unless the host is listed, and spoken to over TLS."""
        if scheme != "https" and not (self.plain and self._is_inside(host, port) and _is_here(host)):
            raise NotAllowed("the address does not begin with https://")
        if not (self._is_inside(host, port) or _named(host, port) in {_complete(one) for one in self.outside}):
            raise NotAllowed("it is not listed in LUOTSI_OUTBOUND")

    def check_address(self, host: str, port: int, address: str) -> None:
        """Raises NotAllowed when that is where the name leads and it is not really outside."""
        real = _unwrapped(ip_address(address.split("%")[0]))
        if real.is_link_local or real.is_multicast or real.is_unspecified:
            raise NotAllowed("it leads to an address that is never called")
        if not real.is_global and not self._is_inside(host, port):
            raise NotAllowed("it leads into our own network and is not listed in LUOTSI_OUTBOUND_INTERNAL")

    def _is_inside(self, host: str, port: int) -> bool:
        return _named(host, port) in {_complete(one) for one in self.inside}


def _is_here(host: str) -> bool:
    """Whether the host is this machine, by its written name."""
    bare = host.strip("[]").lower()
    try:
        return bare == "localhost" or ip_address(bare).is_loopback
    except ValueError:
        return False


def _named(host: str, port: int) -> str:
    return f"{host.strip('[]').rstrip('.').lower()}:{port}"


def _complete(entry: str) -> str:
    """An entry of the list with its port: "a.fi" is "a.fi:443"; an IPv6 address stands in brackets."""
    host, colon, port = entry.strip().rpartition(":")
    has_port = bool(colon) and port.isdigit() and not (":" in host and not host.endswith("]"))
    return _named(host, int(port)) if has_port else _named(entry.strip(), 443)


def _unwrapped(address: _Address) -> _Address:
    """The IPv4 address that travels inside an IPv6 one (mapped, 6to4, Teredo, NAT64), or the address itself."""
    if isinstance(address, IPv4Address):
        return address
    if address in _NAT64:
        return IPv4Address(int(address) & 0xFFFFFFFF)
    inner = address.ipv4_mapped or address.sixtofour or (address.teredo[1] if address.teredo else None)
    return inner or address
