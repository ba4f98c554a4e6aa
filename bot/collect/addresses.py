"""Which network addresses may be reached: public ones, so that no name leads inside.

A person names an instance, a server names a redirect, and a name may resolve to one address when it
is looked at and to another when it is used. So the check stands where the connection is made.
"""

from __future__ import annotations

import errno
import ipaddress
import socket
from typing import TypeAlias

Address: TypeAlias = ipaddress.IPv4Address | ipaddress.IPv6Address

_NAT64 = ipaddress.ip_network("64:ff9b::/96")
"""RFC 6052: the last 32 bits are an IPv4 address, which such a gateway connects to."""


class PrivateAddress(OSError):
    """A connection to an address that is not public was refused before it was made."""

    def __init__(self) -> None:
        super().__init__(errno.EACCES, "not a public address")


def is_public(written: str) -> bool:
    """Whether an IP address belongs to the public internet; names and nonsense do not.

    >>> [is_public(one) for one in ("9.9.9.9", "10.0.0.1", "::ffff:127.0.0.1", "100.64.0.1")]
    [True, False, False, False]
    """
    try:
        address: Address = ipaddress.ip_address(written.partition("%")[0])
    except ValueError:
        return False
    if isinstance(address, ipaddress.IPv6Address):
        if address.sixtofour or address.teredo or address.is_site_local:
            return False  # tunnels of another age, which hide an IPv4 address
        if address in _NAT64:
            address = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
        elif address.ipv4_mapped:
            address = address.ipv4_mapped
    return address.is_global and not address.is_multicast and not address.is_reserved


def public_socket(
    info: tuple[socket.AddressFamily | int, socket.SocketKind | int, int, str, tuple[object, ...]],
) -> socket.socket:
    """A socket for the address that is about to be connected to; raises `PrivateAddress`."""
    family, kind, proto, _, address = info
    if not is_public(str(address[0])):
        raise PrivateAddress
    return socket.socket(family, kind, proto)
