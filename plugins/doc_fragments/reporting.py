# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Documentation of the options for audit log, journal and notifications."""

from __future__ import annotations


class ModuleDocFragment:
    """C(extends_documentation_fragment: genesys.cloud.reporting)."""

    DOCUMENTATION = r"""
options:
  audit_log:
    description:
      - File to which the task appends one line for each change that is made, fails, or is planned in check
        mode. Objects that do not change have no line. Each line is a JSON object.
      - A change that was made has its line as soon as its write is confirmed. If a later step of the task
        fails, or if the change is rolled back, a second line has the outcome. If the task is stopped before
        the outcome of a write is known, the line has the status C(failed), and C(changed) is V(null).
      - The object has C(time) (UTC), C(org_id), C(org_name), C(kind), C(id) and C(name) of the object,
        C(action) (create, update, delete), C(status) (planned, applied, failed, rolled_back), C(check_mode),
        C(changed), C(latency_ms) of the task's API calls so far, C(correlation_id), C(actor) (the client ID,
        or C(token)), C(before_sha256), C(after_sha256), C(version), and C(message) after a failure.
      - C(changed) is whether the org was changed, V(null) if that is unknown. C(version) is the last known
        version of the object.
      - The hashes cover the object without the fields that the server owns, as JSON with sorted keys and
        without spaces, secret header values masked. C(after_sha256) covers the object on the server. If the
        change was planned or failed, it covers the intended object. If the change was rolled back, it covers
        the earlier object.
      - With O(journal), C(journal_entry) names the write in the journal. A run that was ended by kill -9 may
        lack the last line of each thread. The rollback of its journal adds these lines. Such a line has
        C(recovered) and the time of the rollback. Nothing is added for a run of which the log has no line.
      - A task that fails before its plan is known appends no line.
      - An absolute path on the host that runs the task. With a local connection that is the controller. The
        file is created with the mode 0600, missing parent folders with 0700. Existing files and folders keep
        their mode. Any number of tasks may append to the file concurrently.
      - Rejected are a symbolic link, a file of another user or one that other users can write to, and a file
        in a folder that every user can write to, unless the folder is sticky, such as C(/tmp). The task warns
        of a folder that belongs to another user, or that a group of users can write to.
      - If the log cannot be opened, the task fails before it changes anything. If a line cannot be written
        later, the task fails, and its result contains all changes.
      - For all tasks of a play, set it in C(module_defaults) of the group C(group/genesys.cloud.resources).
    type: path
  journal:
    description:
      - File that records every write before it is sent, with the earlier state of the object and the outcome.
        The role P(genesys.cloud.rollback#role) uses it to roll back these writes, also after a run that was
        killed.
      - An absolute path on the host that runs the task. With a local connection that is the controller. The
        file is created with the mode 0600, missing parent folders with 0700. A file that other users have
        rights to is rejected, and so are the files and folders that O(audit_log) rejects. Any number of tasks
        may append to the file concurrently.
      - A journal belongs to one org. A task for another org is rejected, and a rollback touches the runs of
        its own org alone. While a rollback runs, no task can use its journal, and no rollback can begin while
        a task uses it.
      - Each line is a JSON object. A write is sent only after its line is on disk. If the journal cannot be
        opened, the task fails before it changes anything.
      - Secrets (values of secret headers, of secret parameters and passwords in URLs) are never stored in
        clear text. They are masked in the stored objects. With O(journal_password) the line also has them
        encrypted, without it they cannot be restored. The task warns beforehand of values that could not be
        restored, in check mode too.
      - The journal also has HMACs of the secrets, under the key of O(hmac_key_file). A rollback without the
        password uses them, and the object's version or ETag, to find secrets that other users have changed
        since. Objects with such secrets, and those where neither can show a change, are left as they are and
        reported.
      - A task that changes nothing appends nothing. Check mode checks that the file can be used and creates
        nothing.
    type: path
  journal_password:
    description:
      - Password that encrypts the secrets in the O(journal), in the format of C(ansible-vault) 1.2, so that a
        rollback can restore them. C(ansible-vault decrypt) reads them with the same password.
      - It also authenticates the lines of the journal. A rollback with the password reports a line that was
        changed, and rolls nothing back. All tasks that use a journal with a password need the same one.
      - Requires the Python library C(cryptography) on the host that runs the task.
    type: str
  hmac_key_file:
    description:
      - File with the key for HMACs of secrets, by which secrets are compared that are stored nowhere. The
        O(journal) has such HMACs, and M(genesys.cloud.genesys_integration_credential) keeps them for
        C(update_secret=when_changed). Without the option, the key is O(client_secret). Without both, there
        are no HMACs.
      - Give it if O(client_secret) changes between a run and its rollback, or if the task has an
        O(access_token). A rollback needs the same key as the run.
      - An absolute path on the host that runs the task. The file belongs to the user who runs the task, has
        the mode 0600 and at least 16 bytes. C(openssl rand -hex 32) makes a key.
      - Taken from E(GENESYS_HMAC_KEY_FILE) when the task does not give it.
    type: path
  notify:
    description:
      - Notifies another system of a change or of a failed change. The same JSON object as a line of
        O(audit_log) is sent with POST to a URL outside of the org.
      - The credentials, certificates and the O(proxy) of the task are not used for it. The environment's
        proxies (E(HTTPS_PROXY), E(HTTP_PROXY), E(ALL_PROXY), E(NO_PROXY)) apply.
      - A status from 200 to 299 is a success. Redirects are not followed. After a lost response or the status
        408, 425, 429, 500, 502, 503 or 504 the notification is retried. It is sent at most three times. All
        attempts have the same C(Idempotency-Key) header, by which the receiver can recognise a retry.
    type: dict
    suboptions:
      url:
        description:
          - URL of the receiver. It is treated as a secret, because the URL of an incoming webhook is
            sufficient to call it.
        type: str
        required: true
      headers:
        description:
          - Headers to send. Values of headers with a secret name are masked in all output, and an empty value
            of them is an error.
          - Names that differ in case alone are the same header, which may be given once. Put numbers and
            booleans in quotes.
        type: dict
      "on":
        description:
          - Statuses to send. V(changed) is a change that was made. V(failed) is a change that failed, rolled
            back or not. V(rolled_back) is a change that was rolled back. V(planned) is a change that the task
            would make in check mode.
          - In check mode nothing is sent unless V(planned) is in the list.
          - YAML reads the unquoted key as V(true), which is accepted as well.
        type: list
        elements: str
        choices: [changed, failed, planned, rolled_back]
        default: [changed, failed]
        aliases: ["true"]
      on_failure:
        description:
          - Whether the task fails or warns if the notification cannot be delivered. The change is kept, and
            the result contains all changes.
        type: str
        choices: [fail, warn]
        default: warn
      timeout:
        description: Maximum time of the notification with its retries (seconds).
        type: float
        default: 10
      validate_certs:
        description: Whether the receiver's certificate is verified.
        type: bool
        default: true
      ca_path:
        description:
          - PEM file with CA certificates that are trusted for the receiver, or a folder of hashed CA
            certificates. The default is the system's CA certificates.
        type: path
"""
