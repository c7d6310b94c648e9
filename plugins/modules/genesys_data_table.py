#!/usr/bin/python
# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: genesys_data_table
short_description: Manages a data table of a Genesys Cloud org, with its columns and rows
description:
  - Creates, updates and removes one data table of the API C(platform), with its columns and its rows. Changes
    only what differs.
  - The columns of a data table only grow. A task that removes a column or gives it another type fails before
    any write and names the column. Titles, defaults and the order of columns can change.
  - Rows are found by their keys and compared with all their values, digit by digit. A value that a row does
    not give is false, an empty text or 0, or the default of its column. Each of them counts as equal.
  - Rows are read only if the task gives O(rows) or O(rows_path), or removes the data table.
  - The API has no lock for data tables. The data table and each row are read again right before their change,
    and all of it is compared after the change.
  - A data table that flows use is not removed. The error names the flows.
  - A rollback restores columns and rows, but it cannot remove a new column. With a journal, the task warns of
    that before the write. A removed data table comes back under another ID, which flows do not know.
author:
  - genesys.cloud contributors (@genesys-cloud-collection)
version_added: 1.0.0
extends_documentation_fragment:
  - genesys.cloud.auth
  - genesys.cloud.reporting
  - genesys.cloud.verify_audit
  - genesys.cloud.attributes
notes:
  - >-
    The OAuth client needs a role with these permissions in the API C(platform):
    C(architect:dependencyTracking:view), C(architect:datatable:view), C(architect:datatable:add),
    C(architect:datatable:edit), C(architect:datatable:delete), C(architect:datatable:view) or
    C(architect:datatableRow:view), C(architect:datatable:add) or C(architect:datatableRow:add),
    C(architect:datatable:edit) or C(architect:datatableRow:edit), C(architect:datatable:delete) or
    C(architect:datatableRow:delete), C(architect:datatable:edit) or C(architect:datatableRow:add).
options:
  name:
    description:
      - Exact name of the data table, which is unique in the org. With O(id), a different name renames it.
      - One of O(name) and O(id) is required. O(name) is required to create a data table.
    type: str
  id:
    description:
      - ID of an existing data table. An unknown ID is an error. With O(state=absent) it is no change.
    type: str
  state:
    description:
      - V(present) creates or updates the data table, V(absent) removes it with its rows.
      - V(validated) checks the options offline, without credentials and without a request.
    type: str
    choices: [present, absent, validated]
    default: present
  division:
    description:
      - Name of the division. A new data table is in the home division by default. V(null) is the home
        division.
    type: str
  description:
    description:
      - Description of the data table. V(null) removes it.
    type: str
  key_title:
    description:
      - Title of the column of keys, C(key) by default.
    type: str
  columns:
    description:
      - The columns besides the key, in the order of the console. The list must have every column of the data
        table, because the API removes none.
    type: list
    elements: dict
    suboptions:
      name:
        description: Name of the column, by which flows use it.
        type: str
        required: true
      type:
        description: Type of the values.
        type: str
        choices: [boolean, integer, number, string]
        required: true
      title:
        description: Title in the console. The name by default. An omitted title keeps the current one.
        type: str
      default:
        description:
          - Value of new rows that do not give one. An omitted default keeps the current one, V(null) removes
            it.
        type: raw
  rows:
    description:
      - The rows. Each is a dictionary with its C(key) and with values by the names of columns.
      - Keys are texts of 1 to 256 characters. A number such as V(1) is the key V("1").
      - Whole numbers keep all their digits. Quote a decimal with more than 15 digits, because YAML would
        round it.
      - Rows that the list does not have stay, unless O(prune_rows) removes them.
    type: list
    elements: dict
  rows_path:
    description:
      - CSV file with the rows, on the host that runs the module, in place of O(rows). It is in UTF-8, and its
        first line has C(key) and names of columns.
      - An empty value is no value, except in a column of texts.
    type: path
  prune_rows:
    description:
      - How to remove rows that O(rows) or O(rows_path) does not have.
    type: dict
    suboptions:
      enabled:
        description: Whether undeclared rows are removed.
        type: bool
        default: false
      protect:
        description: Shell patterns of keys that are never removed, case-sensitive.
        type: list
        elements: str
        default: []
      max:
        description: Largest number of rows to remove. With more, the task fails before any write.
        type: int
        default: 10
  bulk_threshold:
    description:
      - Number of rows from which an import job of the API writes them, in place of a request for each row.
        Without it, no import job is used.
      - New rows are appended by a job. If O(prune_rows) leaves no row that the task does not have, a job can
        also replace all rows. Any other change has a request for each row.
      - All rows are read right before the job. A change of another client since the first read aborts it.
      - The file goes to the address that the API gives, on another host, which does not get the token.
    type: int
  on_conflict:
    description:
      - How to handle a conflict, which is a change of a declared option or row by another client between the
        read and the write.
      - V(fail) writes nothing and reports both values. V(overwrite) writes the values of the task.
    type: str
    choices: [fail, overwrite]
    default: fail
  verify:
    description:
      - Whether the data table and its declared rows are read back after a write and compared with the values
        sent.
    type: bool
    default: true
seealso:
  - module: genesys.cloud.genesys_data_table_info
"""

EXAMPLES = r"""
- name: Create the data table of opening hours
  genesys.cloud.genesys_data_table:
    name: Opening hours
    division: Sales
    key_title: Site
    columns:
      - {name: open, type: boolean, title: Is open, default: true}
      - {name: hotline, type: string, title: Hotline}
      - {name: wait, type: integer, title: Longest wait (s), default: 120}
    rows:
      - {key: Berlin, hotline: "+49301234567"}
      - {key: Hamburg, hotline: "+49401234567", open: false}

- name: Keep the rows as in a file, and remove up to 50 others
  genesys.cloud.genesys_data_table:
    name: Prices
    rows_path: prices.csv
    prune_rows:
      enabled: true
      max: 50

- name: Remove it
  genesys.cloud.genesys_data_table:
    name: Prices
    state: absent
"""

RETURN = r"""
record:
  description:
    - The data table after the task, in the form of the module's options. Its rows are V(null) if the task
      does not read them.
    - V(null) after a removal, and if there was nothing to remove.
  returned: success, unless O(state=validated)
  type: dict
  sample:
    id: 0c3f5d3e-9a4b-4d39-8f2c-6a1f6f0f4b11
    name: Prices
    division: Home
    description: ""
    key_title: SKU
    columns:
      - {name: price, type: number, title: Price, default: null}
    rows:
      - {key: A-1, price: 9.95}
plan:
  description: The action that the task took, or would take in check mode.
  returned: success
  type: str
  sample: update
  choices: [none, create, update, delete]
snapshot:
  description: The data table before the change, V(null) if the task created it.
  returned: when the task changes something
  type: dict
audit_record:
  description: The org's audit record of the change, see M(genesys.cloud.genesys_audit_info).
  returned: when O(verify_audit) is set and the task changed something
  type: dict
api:
  description: Statistics of the task's API requests.
  returned: success, unless O(state=validated)
  type: dict
  contains:
    profile:
      description: The API that the task used, V(platform) or V(reference).
      type: str
    requests:
      description: Number of HTTP requests, including token requests and retries.
      type: int
    retries:
      description: Number of retries among them.
      type: int
    latency_ms:
      description: Time spent waiting for responses, summed over all calls (milliseconds).
      type: int
    correlation_ids:
      description: The API's correlation IDs of writes and of failed calls, for the vendor's support.
      type: list
      elements: str
"""

from ansible_collections.genesys.cloud.plugins.module_utils._module.resource import run_resource
from ansible_collections.genesys.cloud.plugins.module_utils._resources.data_table.kind import DATA_TABLE


def main() -> None:
    run_resource(DATA_TABLE)


if __name__ == "__main__":
    main()
