# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Run the simulator: C(python -m simulator)."""

from __future__ import annotations

import argparse
import pathlib
import sys

from . import app, seeding, server


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        prog="python -m simulator",
        description="A stateful simulator of the Genesys Cloud API, reference and platform profile. "
        "Prints one line with its URL when it is ready, and stops on SIGINT or SIGTERM.",
        epilog="The control API is under /_simulator. Its client is simulator.control, its document "
        "control-openapi.yaml.",
    )
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default: %(default)s)")
    parser.add_argument("--port", type=int, default=0, help="port to listen on (default: a free port)")
    parser.add_argument(
        "--seed",
        type=pathlib.Path,
        metavar="FILE",
        help="YAML or JSON with the orgs to start with: {orgs: [{key, api, name, id, datasets, clients: "
        "[{client_id, client_secret, scopes or permissions}], token_lifetime, "
        "objects: {data_actions: [...]}}]}",
    )
    parser.add_argument("--certfile", help="serve HTTPS with this certificate (PEM)")
    parser.add_argument("--keyfile", help="private key of the certificate (PEM)")
    parser.add_argument(
        "--until-stdin-closes",
        action="store_true",
        help="also stop when standard input closes, which happens when the parent process dies",
    )
    options = parser.parse_args(arguments)
    world = app.new_world()
    if options.seed:
        try:
            seeding.load_seed_file(world, options.seed)
        except (OSError, ValueError) as error:
            parser.error(str(error))
    tls = options.certfile is not None
    api, storage = server.Origin(options.host, options.port, tls=tls), server.Origin(options.host, 0, tls=tls)
    world.storage_url = storage.url
    server.serve(
        app.build(world, storage_port=storage.port),
        [api, storage],
        until_stdin_closes=options.until_stdin_closes,
        certfile=options.certfile,
        keyfile=options.keyfile,
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
