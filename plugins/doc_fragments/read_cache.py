# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Documentation of the options for the read cache."""

from __future__ import annotations


class ModuleDocFragment:
    """Options for the read cache."""

    DOCUMENTATION = r"""
options:
  read_cache:
    description:
      - Absolute path of a folder on the host that runs the task. It is created if it does not exist. The task
        keeps digests of the data actions that it reads there, for the API V(platform).
      - A list of the API shows neither the definition nor the contract of a data action, so a run reads each
        of them by its ID, and its templates. If the digests show that a data action of the same org, ID and
        version is as declared, it is not read.
      - The files have no content of the data actions. The key of the digests is the content of
        O(hmac_key_file), else O(client_secret). Without a key, or with another one, each data action is read.
        A data action whose file is missing or damaged, belongs to another user, or was made for another
        object is read too.
      - The result of a data action that was not read has only the fields that the task declares and the list
        shows.
    type: path
  read_cache_in_check_mode:
    description:
      - Whether O(read_cache) is used in check mode too. It is not by default, so that the check of a pipeline
        compares with the org itself. Check mode never writes to the folder.
    type: bool
    default: false
"""
