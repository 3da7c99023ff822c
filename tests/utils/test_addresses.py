"""Addresses: networks, and which of them only this machine reaches."""

from typing import Any

import pytest

from minidemo.errors import ConfigurationError
from minidemo.utils.addresses import is_in, is_loopback, network, networks


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("192.0.2.1", "192.0.2.1"),
        ("::ffff:192.0.2.1", "192.0.2.1"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("testclient", "testclient"),
        ("", ""),
    ],
)
def test_network(address: str, expected: str) -> None:
    assert network(address) == expected


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "127.8.0.1", "::1", "::ffff:127.0.0.1"])
def test_this_machine(host: str) -> None:
    assert is_loopback(host)


@pytest.mark.parametrize("host", ["", "0.0.0.0", "::", "192.0.2.1", "example.org", "localhost.example.org"])
def test_other_machines(host: str) -> None:
    assert not is_loopback(host)


@pytest.mark.parametrize(
    ("text", "address", "expected"),
    [
        ("", "127.0.0.1", False),
        ("*", "192.0.2.1", True),
        ("*", "2001:db8::1", True),
        ("*", "no address", False),
        ("10.0.0.0/8, ::1", "10.1.2.3", True),
        ("10.0.0.0/8, ::1", "::ffff:10.1.2.3", True),
        ("10.0.0.0/8, ::1", "11.1.2.3", False),
        (["10.0.0.1", "::1"], "::1", True),
    ],
)
def test_networks(text: Any, address: str, expected: bool) -> None:
    assert is_in(address, networks("trusted_proxies", text)) is expected


@pytest.mark.parametrize("value", ["nginx", ["127.0.0.1", "10.0.0.1/8"], [7], 7])
def test_what_is_no_address_is_told(value: Any) -> None:
    with pytest.raises(ConfigurationError, match=r"trusted_proxies is .*; expected addresses such as"):
        networks("trusted_proxies", value)
