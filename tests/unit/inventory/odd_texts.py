# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Texts that YAML, Ansible or an editor may change, as the objects of an org may have them."""

from __future__ import annotations

from hypothesis import strategies as st

#: Words of YAML 1.1 and numbers in all of their forms.
WORDS = [
    *("on", "Off", "YES", "no", "y", "N", "true", "FALSE", "null", "Null", "~", "", "=", "<<"),
    *("1_000", "0x1F", "0o17", "017", "1e3", "1.5", ".inf", "-.INF", ".nan", "12:30:45", "2026-11-26", "+1"),
]
#: Delimiters of templates, and all that begins another node in YAML.
PARTS = [
    *(
        "{{ lookup('pipe', 'id') }}",
        "{{",
        "}}",
        "{%",
        "{#",
        "#{",
        "#jinja2: variable_start_string:'['",
        "${x}",
    ),
    *(
        "!vault |",
        "!unsafe",
        "&a",
        "*a",
        "? ",
        ": ",
        " #",
        "- ",
        "--- ",
        "...",
        "|",
        ">",
        "%YAML",
        "@",
        "`",
        ",",
    ),
    *('"', "'", "\\", "\\n", "[", "]", "{", "}", "/", "%", "café", "cafe\u0301", "日本語", "😀", "\u3000"),
]
#: Line ends, blanks, and invisible characters.
INVISIBLE = [
    *(
        " ",
        "  ",
        "\t",
        "\n",
        "\r\n",
        "\r",
        "\n\n",
        " \n",
        "\ufeff",
        "\x00",
        "\x07",
        "\x1b[31m",
        "\x7f",
        "\x85",
    ),
    *("\u2028", "\u2029", "\u200b", "\u202e", "\u00a0", "\u00ad", "\ufffe", "\U000e0041", "\U0010ffff"),
]
ODD_TEXTS = [*WORDS, *PARTS, *INVISIBLE]

#: One odd text, or several in a row with letters between them.
texts = st.sampled_from(WORDS) | st.lists(
    st.sampled_from([*PARTS, *INVISIBLE, "a", "b c", "9"]) | st.characters(exclude_categories=["Cs"]),
    max_size=9,
).map("".join)
