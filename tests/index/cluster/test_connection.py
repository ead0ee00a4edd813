"""What a person is told of a cluster that cannot be used. Needs no Ray."""

import socket

import pytest

from index.cluster.pipeline import connected
from index.errors import ClusterFailed


@pytest.fixture
def installed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("index.cluster.pipeline.find_spec", lambda name: object())
    for name in ("RAY_USAGE_STATS_ENABLED", "RAY_ENABLE_WINDOWS_OR_OSX_CLUSTER"):
        monkeypatch.setenv(name, "")


def test_without_the_extra_it_is_told_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("index.cluster.pipeline.find_spec", lambda name: None)
    with pytest.raises(ClusterFailed, match=r"hemeroteca\[ray\]"), connected("local"):
        pass


@pytest.mark.parametrize("address", ["nowhere", "host:port", ":6379"])
@pytest.mark.usefixtures("installed")
def test_what_is_no_address_is_told(address: str) -> None:
    with pytest.raises(ClusterFailed, match="HOST:PORT"), connected(address):
        pass


@pytest.mark.usefixtures("installed")
def test_an_address_where_nothing_listens_is_told_at_once() -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        address = f"127.0.0.1:{closed.getsockname()[1]}"
    with pytest.raises(ClusterFailed, match="ray start --head"), connected(address):
        pass
