"""A Ray cluster to run on: one that is there, or one of this machine's own."""

import logging
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from ipaddress import ip_address

from index.errors import ClusterFailed

OWN = "local"
_SECONDS = 5  # until a head that does not answer is given up


@contextmanager
def connected(address: str) -> Iterator[int]:
    """While entered, this process drives the cluster; gives the number of its nodes.

    `address` is HOST:PORT of the cluster's head, or "local" for a cluster of this machine, which ends with the
    block. Raises ClusterFailed if Ray is not installed, or does not answer there.
    """
    if find_spec("ray") is None:
        raise ClusterFailed('Ray is not installed here: pip install "hemeroteca[ray]".')
    if address != OWN:
        _require_head(address)
    import ray

    try:
        ray.init(**_options(address))
    except (ConnectionError, RuntimeError, ValueError) as error:
        raise ClusterFailed(
            f"The Ray cluster at {address} cannot be used ({error}): check “ray status” there, and that it runs "
            "the same versions of Python and Ray."
        ) from error
    try:
        yield sum(node["Alive"] for node in ray.nodes())
    finally:
        ray.shutdown()


def _options(address: str) -> dict[str, object]:
    quiet: dict[str, object] = {"log_to_driver": False, "logging_level": logging.ERROR}
    if address != OWN:
        return {"address": address, **quiet}
    return {"address": OWN, "include_dashboard": False, "_node_ip_address": "127.0.0.1", **quiet}


def _require_head(address: str) -> None:
    """Raise ClusterFailed unless something listens there: Ray itself would try for minutes."""
    host, _, port = address.rpartition(":")
    if not host or not port.isdecimal():
        raise ClusterFailed(
            f"“{address}” is no address of a Ray cluster: give HOST:PORT, such as 10.0.0.5:6379."
        )
    try:
        socket.create_connection((host, int(port)), _SECONDS).close()
    except OSError as error:
        raise ClusterFailed(
            f"No Ray cluster answers at {address} ({error.strerror or error}): begin one with “ray start --head”, "
            "or run “hemeroteca index --ray local”."
        ) from error
    if _is_loopback(host):
        # Else Ray takes the machine's outer address instead, where a head bound to loopback does not listen.
        os.environ["RAY_ENABLE_WINDOWS_OR_OSX_CLUSTER"] = "0"


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
