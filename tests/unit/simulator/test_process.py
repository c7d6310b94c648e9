# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The process of the simulator: its ready line, and its end with the parent process."""

from __future__ import annotations

import contextlib
import datetime
import ipaddress
import os
import pathlib
import signal
import socket
import ssl
import subprocess
import sys
import time
import urllib.parse

import httpx
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from simulator.control import Simulator
from simulator.process import running

TESTS = pathlib.Path(__file__).resolve().parents[2]
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(TESTS)}


def listening(url):
    address = urllib.parse.urlsplit(url)
    with contextlib.closing(socket.socket()) as probe:
        probe.settimeout(1)
        return probe.connect_ex((address.hostname, address.port)) == 0


def gone_within(url, seconds):
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if not listening(url):
            return True
        time.sleep(0.02)
    return False


def start(*arguments, **options):
    process = subprocess.Popen(
        [sys.executable, "-m", "simulator", *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=ENVIRONMENT,
        **options,
    )
    return process, process.stdout.readline().strip().removeprefix("Simulator ready at ")


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_signals_end_it_cleanly_even_with_a_request_in_flight(number):
    process, url = start()
    sim = Simulator(url)
    sim.create_org("dev")
    sim.fault("dev", delay=60)
    address = urllib.parse.urlsplit(url)
    with socket.create_connection((address.hostname, address.port)) as waiting:
        token = sim.token("dev")
        request = f"GET /api/v2/organizations/me HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {token}"
        waiting.sendall(f"{request}\r\n\r\n".encode())
        while not sim.log("dev"):
            time.sleep(0.01)
        process.send_signal(number)
        output, errors = process.communicate(timeout=600)
    assert process.returncode == 0
    assert output == ""
    assert "Traceback" not in errors
    assert not listening(url)


def test_it_ends_when_its_parent_is_killed():
    script = (
        "import time\nfrom simulator.process import running\n"
        "with running() as sim:\n    print(sim.base_url, flush=True)\n    time.sleep(60)\n"
    )
    parent = subprocess.Popen(
        [sys.executable, "-c", script], stdout=subprocess.PIPE, text=True, env=ENVIRONMENT
    )
    url = parent.stdout.readline().strip()
    assert listening(url)
    parent.kill()
    parent.wait()
    parent.stdout.close()
    assert gone_within(url, 30)


def test_it_ends_with_its_block_also_on_an_error():
    with pytest.raises(KeyError), running() as sim:
        assert listening(sim.base_url)
        raise KeyError
    assert not listening(sim.base_url)


def test_a_seed_file_is_there_from_the_start(tmp_path):
    seed = tmp_path / "seed.yml"
    seed.write_text("orgs: [{key: dev, objects: {data_actions: [{name: A, type: rest}]}}]")
    with running(arguments=["--seed", str(seed)]) as sim:
        assert [stored["name"] for stored in sim.objects("dev", "data_actions")] == ["A"]


def test_a_start_that_fails_says_why(tmp_path):
    with pytest.raises(RuntimeError, match="unicorns"), running(arguments=["--unicorns"]):
        pass
    seed = tmp_path / "seed.yml"
    seed.write_text("orgs: [{name: keyless}]")
    with pytest.raises(RuntimeError, match="key: Field required"), running(arguments=["--seed", str(seed)]):
        pass
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(RuntimeError, match="in use"), running(port=taken.getsockname()[1]):
            pass


@pytest.fixture
def own_certificate(tmp_path):
    """Return the paths of a self-signed certificate for 127.0.0.1 and of its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "simulator")])
    now = datetime.datetime.now(datetime.UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), False
        )
        .sign(key, hashes.SHA256())
    )
    (tmp_path / "certificate.pem").write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    (tmp_path / "key.pem").write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
    )
    return tmp_path / "certificate.pem", tmp_path / "key.pem"


def test_https_with_a_certificate_of_ones_own(own_certificate):
    certificate, key = own_certificate
    with running(arguments=["--certfile", str(certificate), "--keyfile", str(key)]) as sim:
        assert sim.base_url.startswith("https://127.0.0.1:")
        sim.create_org("dev")
        trusting = ssl.create_default_context(cafile=str(certificate))
        url = f"{sim.base_url}/api/v2/organizations/me"
        assert httpx.get(url, verify=trusting, trust_env=False).status_code == 401
        with pytest.raises(httpx.ConnectError, match="CERTIFICATE_VERIFY_FAILED"):
            httpx.get(url, trust_env=False)


def test_help_names_the_options():
    shown = subprocess.run(
        [sys.executable, "-m", "simulator", "--help"],
        capture_output=True,
        text=True,
        env=ENVIRONMENT,
        check=True,
    ).stdout
    for option in ("--host", "--port", "--seed", "--certfile", "--until-stdin-closes"):
        assert option in shown
