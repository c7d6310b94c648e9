# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Documentation of how resource modules report a change: the audit log, the journal, notifications."""

from __future__ import annotations


class ModuleDocFragment:
    """C(extends_documentation_fragment: genesys.cloud.reporting)."""

    DOCUMENTATION = r"""
options:
  audit_log:
    description:
      - A file that gets one line for each change that is made, fails or is planned in check mode, and none
        where nothing changes. Each line is a JSON object.
      - It has C(time) (UTC), C(org_id), C(org_name), C(kind), C(id) and C(name) of the object, C(action)
        (create, update, delete), C(status) (planned, applied, failed, rolled_back), C(check_mode),
        C(changed), C(latency_ms) of the task's API calls until then, C(correlation_id), C(actor) (the client
        ID, or C(token)), C(before_sha256), C(after_sha256), C(version), and C(message) after a failure.
      - C(changed) is whether the org was changed, V(null) where that is not known. C(version) is the last one
        that is known of the object.
      - The hashes are of the object without what the server owns, as JSON with sorted keys and without
        spaces, secret header values masked. C(after_sha256) is of the object as the server has it; where the
        change was only planned or failed, as it was to be; where it was rolled back, as before.
      - A task that fails before it is known what would change has no line.
      - An absolute path on the host that runs the task, which is the controller where the connection is
        local. The file is created with the mode 0600, missing folders above it with 0700; what exists keeps
        its mode. Any number of tasks may append to it at once.
      - A log that cannot be opened fails the task before it changes anything. Where a line cannot be written
        later, the task fails, and its result still has all that was done.
      - For all tasks of a play, set it in C(module_defaults) of the group C(group/genesys.cloud.resources).
    type: path
  journal:
    description:
      - A file that takes down every write before it is sent, with the object's state before, and what became
        of it. From it the role P(genesys.cloud.rollback#role) undoes what was done, also after a run that was
        killed.
      - An absolute path on the host that runs the task, which is the controller where the connection is
        local. The file is created with the mode 0600, missing folders above it with 0700. A file to which
        others than its owner have rights is refused. Any number of tasks may append to it at once.
      - Each line is a JSON object. A write is only sent when its line is on disk. A journal that cannot be
        opened fails the task before it changes anything.
      - Secrets (values of secret headers, of secret parameters and passwords in URLs) are never in it in
        clear. With O(journal_password) they are in it encrypted, otherwise they are left out. Of what could
        then not be restored, the task warns beforehand, in check mode too.
      - A task that changes nothing writes nothing to it.
    type: path
  journal_password:
    description:
      - Encrypts the secrets in the O(journal), in the format of C(ansible-vault) 1.2, so that a rollback can
        restore them. C(ansible-vault decrypt) reads them with the same password.
      - Needs the Python library C(cryptography) where the task runs.
    type: str
  notify:
    description:
      - Whom to tell of a change, or of its failure. The same JSON object as a line of O(audit_log) is sent
        with POST to an address outside of the org.
      - The credentials, certificates and the O(proxy) of the task are not used there. The environment's
        proxies (E(HTTPS_PROXY), E(HTTP_PROXY), E(ALL_PROXY), E(NO_PROXY)) count.
      - Every answer from 200 to 299 is a success, redirects are not followed. After a lost answer, a 408,
        425, 429, 500, 502, 503 or 504 it is sent again, three times at most, with the same
        C(Idempotency-Key) header, by which the receiver can tell a repetition.
    type: dict
    suboptions:
      url:
        description:
          - The address, which is kept secret, since that of an incoming hook is all one needs to call it.
        type: str
        required: true
      headers:
        description:
          - Headers to send. Values of those that look secret by their name are masked in all output.
        type: dict
      "on":
        description:
          - What is told. V(changed) is a change that was made, V(failed) one that failed, rolled back or not,
            V(rolled_back) only one that was rolled back, V(planned) what a task would change in check mode.
          - In check mode nothing is told unless V(planned) is among them.
          - YAML reads the bare word as V(true), which is accepted as well.
        type: list
        elements: str
        choices: [changed, failed, planned, rolled_back]
        default: [changed, failed]
        aliases: ["true"]
      on_failure:
        description:
          - Whether the task fails or warns when the notification cannot be delivered. The change stays, and
            the result has all that was done.
        type: str
        choices: [fail, warn]
        default: warn
      timeout:
        description: Seconds that the notification may take with its repetitions.
        type: float
        default: 10
      validate_certs:
        description: Whether the certificate of the receiver is verified.
        type: bool
        default: true
      ca_path:
        description:
          - A PEM file with the authorities to trust there, or a folder of hashed ones. By default those of
            the system are trusted.
        type: path
"""
