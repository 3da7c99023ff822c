"""Which addresses the server may ask, by their text and by the IP addresses behind them."""

from dataclasses import replace
from typing import Any

import pytest

import minidemo as gr
from minidemo.stores.addresses import Address, AddressPolicy, is_public

PUBLIC = ["93.184.215.14", "1.1.1.1", "172.15.0.1", "192.167.0.1", "2606:2800:21f:cb07::1", "2a00::1"]
PRIVATE = [
    *("0.0.0.0", "0.1.2.3", "10.0.0.1", "100.64.0.1", "127.0.0.1", "127.255.0.1", "169.254.169.254", "172.16.0.1"),
    *("192.0.0.9", "192.0.2.1", "192.88.99.1", "192.168.1.250", "198.18.0.1", "198.51.100.1", "203.0.113.1"),
    *("224.0.0.1", "239.255.255.250", "240.0.0.1", "255.255.255.255"),
    *("::", "::1", "::ffff:7f00:1", "::ffff:10.0.0.1", "::ffff:93.184.215.14", "::7f00:1", "64:ff9b::7f00:1"),
    *("64:ff9b:1::1", "100::1", "2001::1", "2001:db8::1", "2002:7f00:1::", "3fff::1", "fc00::1", "fd00:ec2::254"),
    *("fe80::1", "fe80::1%eth0", "fec0::1", "ff02::1"),
]


@pytest.mark.parametrize("ip", PUBLIC)
def test_addresses_of_the_internet_are_public(ip: str) -> None:
    assert is_public(ip)


@pytest.mark.parametrize("ip", PRIVATE)
def test_addresses_of_this_machine_and_of_networks_are_not_public(ip: str) -> None:
    assert not is_public(ip)


def address(path: str = "/a.png", **more: Any) -> Address:
    return replace(Address(scheme="https", host="example.org", port=443, path=path), **more)


def test_without_a_list_all_are_listed_and_none_is_trusted() -> None:
    policy = AddressPolicy()
    assert policy.lists(address())
    assert not policy.trusts(address())


def test_an_empty_list_lists_none() -> None:
    assert not AddressPolicy([]).lists(address())


@pytest.mark.parametrize(
    "entry",
    [
        *("https://example.org", "HTTPS://EXAMPLE.org:443/", "https://example.org./", "https://example.org/pictures"),
        *("https://example.org/pictures/", "https://example.org/%70ictures", "https://example.org/pictures/a.png"),
    ],
)
def test_what_is_below_an_entry_is_listed_and_trusted(entry: str) -> None:
    policy = AddressPolicy(entry)
    assert policy.lists(address("/pictures/a.png"))
    assert policy.trusts(address("/pictures/a.png"))


@pytest.mark.parametrize(
    "other",
    [
        address("/pictures/a.png", scheme="http", port=80),
        address("/pictures/a.png", scheme="http"),
        address("/pictures/a.png", port=8443),
        address("/pictures/a.png", host="example.org.evil.example"),
        address("/pictures/a.png", host="cdn.example.org"),
        *map(address, ("/", "/pictures-of-others/a.png", "/pictures/../secret", "/pictures/..\\secret", "/PICTURES/a")),
    ],
)
def test_others_are_not(other: Address) -> None:
    policy = AddressPolicy(["https://example.org/pictures"])
    assert not policy.lists(other)
    assert not policy.trusts(other)


def test_an_entry_without_a_host_stands_for_all_public_hosts() -> None:
    policy = AddressPolicy(["https://", "http://nas.example:8000"])
    assert policy.lists(address("/x/../y"))
    assert not policy.trusts(address())
    assert not policy.lists(address(scheme="http", port=80))
    assert policy.trusts(address(scheme="http", host="nas.example", port=8000))


@pytest.mark.parametrize(
    "entry",
    [
        *(
            "",
            "example.org",
            "ftp://example.org",
            "//example.org",
            "http:/x",
            "https:///x",
            "https://:80",
            "http://[::1",
        ),
        *("http://a:b@example.org", "http://@example.org", "http://example.org?x", "http://example.org#x"),
        *("http://example.org:99999", "http://müller.example", 7, None),
    ],
)
def test_what_is_no_beginning_of_an_address_is_told(entry: Any) -> None:
    with pytest.raises(gr.ConfigurationError, match=r"allowed_urls has .*; expected the beginning of addresses"):
        AddressPolicy([entry])
    if entry is not None:
        with pytest.raises(gr.ConfigurationError):
            AddressPolicy(entry)
