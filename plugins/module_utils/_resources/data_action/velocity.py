# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Scanner of Velocity templates: references, malformed placeholders, unbalanced directives (S1.2, P.11).

Private to the collection. The platform fills in URL, headers, body and success template with Velocity. A
reference is C(${name}) or C($!{name}), also with a method after the name, as in
C(${name.replace(' ', '%20')}), and with the platform's prefix: C(${input.name}), C($input.name) and
C($!input.name). No references are placeholders after a backslash, in comments (C(##) to the end of the line,
C(#* *#)) and in unparsed text (C(#[[ ]]#)). All work takes linear time.
"""

from __future__ import annotations

import re
import typing as t

_NAME = r"[^\W\d][\w-]*"
_ARGUMENTS = r"""\((?:[^()'"]|'[^']*'|"[^"]*"|\((?:[^()'"]|'[^']*'|"[^"]*")*\))*\)"""
_REFERENCE = re.compile(
    rf"""\$!?\{{(?P<prefix>input\.)?(?P<name>{_NAME})
         (?P<rest>(?:\.{_NAME}|{_ARGUMENTS}|\[[^\]{{}}]*\])*)(?P<end>\}}|\|)""",
    re.VERBOSE | re.IGNORECASE,
)
_SHORT_REFERENCE = re.compile(rf"\$!?(?P<prefix>input\.)(?P<name>{_NAME})", re.IGNORECASE)
_OPENING = re.compile(r"\$!?\{|\$!?input\.", re.IGNORECASE)
_LOCAL = re.compile(
    rf"#\{{?(?:set|foreach|define)\}}?\s*\(\s*\$!?\{{?({_NAME})|#\{{?macro\}}?\s*\(([^()]*)\)", re.IGNORECASE
)
_LOCAL_NAME = re.compile(rf"\$!?\{{?({_NAME})")
_START = re.compile(rf"(?:input\.)?{_NAME}", re.IGNORECASE)
_UNPARSED_OPENING = re.compile(r"##|#\*|#\[\[")
_LINE_BREAK = re.compile(r"[\r\n]")
_UNPARSED_CLOSING = {"#*": "*#", "#[[": "]]#"}
#: Malformed placeholders that are reported for one text.
_MOST_MALFORMED = 20
_STOP = re.compile(r"[}{$\"'\r\n]")  # the end of a placeholder, or a sign that the end is missing
#: Objects of Velocity besides the inputs (in lower case), if a method or field follows the name.
_TOOLS = frozenset(
    {
        "authresponse",
        "credentials",
        "encoding",
        "esc",
        "foreach",
        "loginurl",
        "math",
        "salesforce",
        "successtemplateutils",
        "urltool",
    }
)
_DIRECTIVE = re.compile(
    r"#(?:\{(?P<braced>if|foreach|macro|define|elseif|set|else|end)\}|(?P<block>@[A-Za-z_][\w-]*)(?=\()"
    r"|(?P<plain>if|foreach|macro|define|elseif|set|else|end)(?![\w-]))"
)
_PARENTHESIS = re.compile(r"\s*\(")
_IN_ARGUMENTS = re.compile(r"""[()"']""")
_BLOCKS = frozenset({"if", "foreach", "macro", "define"})
_CALLS = _BLOCKS | {"elseif", "set"}
_BARE = re.compile(rf"\$!?({_NAME})")
_TOOL_CALL = re.compile(rf"\$!?{_NAME}(?:\.{_NAME}(?:{_ARGUMENTS})?)*")


class Reference(t.NamedTuple):
    """One reference: C(kind) is input, tool, local or raw (the whole request).

    C(start) and C(name_start) are the offsets of the C($) and of the name, after the prefix if there is one.
    """

    name: str
    kind: str
    prefix: str
    start: int
    name_start: int
    quiet: bool
    braced: bool
    has_alternative: bool
    has_rest: bool

    def needs_prefix(self, local: t.Collection[str]) -> bool:
        """Return whether the reference would mean something else without its prefix, such as a tool."""
        lower = self.name.lower()
        return self.name in local or (self.has_rest and (lower in _TOOLS or lower == "input"))


class Malformed(t.NamedTuple):
    """A part of a text that Velocity cannot read: its offset and the reason."""

    position: int
    reason: str


def scan(text: str) -> tuple[list[Reference], list[Malformed]]:
    """Return the references and the malformed placeholders of a text, in their order."""
    if "$" not in text:
        return [], []
    text = without_unparsed(text)
    last_closing = text.rfind("}")
    local = local_names(text)
    references: list[Reference] = []
    malformed: list[Malformed] = []
    for opening in _OPENING.finditer(text):
        if _is_escaped(text, opening.start()):
            continue
        match = _REFERENCE.match(text, opening.start()) or _SHORT_REFERENCE.match(text, opening.start())
        if match is not None and match.groupdict().get("end") == "|" and last_closing < match.end():
            match = None  # the alternative is not closed
        if match is not None:
            references.append(_reference(match, local))
        elif opening.group().endswith("{") and len(malformed) < _MOST_MALFORMED:
            malformed.append(Malformed(opening.start(), _malformation(text, opening.end())))
    return references, malformed


def _reference(match: re.Match[str], local: set[str]) -> Reference:
    name, prefix, groups = match["name"], match["prefix"] or "", match.groupdict()
    lower = name.lower()
    kind = "input"
    if prefix:
        kind = "raw" if lower == "rawrequest" else kind
    elif lower in _TOOLS and groups.get("rest"):
        kind = "tool"
    elif name in local:
        kind = "local"
    return Reference(
        name=name,
        kind=kind,
        prefix=prefix,
        start=match.start(),
        name_start=match.start("name"),
        quiet=match.group().startswith("$!"),
        braced="end" in groups,
        has_alternative=groups.get("end") == "|",
        has_rest=bool(groups.get("rest")),
    )


def unbalanced(text: str) -> list[Malformed]:
    """Return the directives that are not closed, those that close nothing, and open parentheses."""
    if "#" not in text:
        return []
    text = without_unparsed(text)
    open_blocks: list[tuple[str, int]] = []
    found: list[Malformed] = []
    position = 0
    while (match := _DIRECTIVE.search(text, position)) is not None:
        position = match.end()
        name = match["braced"] or match["plain"] or match["block"]
        if _is_escaped(text, match.start()):
            continue
        if name in _CALLS or name.startswith("@"):
            parenthesis = _PARENTHESIS.match(text, position)
            if parenthesis is None:
                continue  # plain text such as "#if you like"
            end = _end_of_arguments(text, parenthesis.end())
            if end is None:
                found.append(Malformed(match.start(), f"#{name} has a parenthesis that is not closed"))
                return found
            position = end
        if name in _BLOCKS or name.startswith("@"):
            open_blocks.append((name, match.start()))
        elif name == "end" and open_blocks:
            open_blocks.pop()
        elif name == "end":
            found.append(
                Malformed(match.start(), "#end closes nothing: remove it, or add its #if or #foreach")
            )
        elif name in ("else", "elseif") and not open_blocks:
            found.append(Malformed(match.start(), f"#{name} stands outside of #if and #end"))
    found += [Malformed(start, f"#{name} has no #end") for name, start in open_blocks]
    return sorted(found)[:_MOST_MALFORMED]


def _end_of_arguments(text: str, position: int) -> int | None:
    """Return the offset after the parenthesis that closes the arguments, None if there is none."""
    depth, quote = 1, ""
    for match in _IN_ARGUMENTS.finditer(text, position):
        char = match.group()
        if quote:
            quote = "" if char == quote else quote
        elif char in "\"'":
            quote = char
        else:
            depth += 1 if char == "(" else -1
            if depth == 0:
                return match.end()
    return None


def bare_names(text: str) -> set[str]:
    """Return the names of references without braces, such as C($total)."""
    return set(_BARE.findall(without_unparsed(text)))


def filled(text: str, value: str) -> str | None:
    """Return the text with a value in the place of each reference, None if it has directives or escapes."""
    plain = without_unparsed(text)
    if plain != text or _DIRECTIVE.search(text) or "\\$" in text or "\\#" in text:
        return None
    # The inner references first: an outer one may have them in its arguments.
    done = _TOOL_CALL.sub(lambda match: value, _REFERENCE.sub(_filler(value), text))
    return None if f"{value}(" in done or "${" in done or "$!{" in done else done


def _filler(value: str) -> t.Callable[[re.Match[str]], str]:
    return lambda match: match.group() if match["end"] == "|" else value


def without_unparsed(text: str) -> str:
    """Return the text with blanks in the place of comments and unparsed text."""
    if "#" not in text:
        return text
    parts: list[str] = []
    unclosed: set[str] = set()
    done = position = 0
    while (opening := _UNPARSED_OPENING.search(text, position)) is not None:
        start, position = opening.span()
        if opening.group() == "##":
            line_break = _LINE_BREAK.search(text, position)
            end = len(text) if line_break is None else line_break.start()
        elif opening.group() in unclosed:
            continue
        else:
            closing = _UNPARSED_CLOSING[opening.group()]
            place = text.find(closing, position)
            if place < 0:
                unclosed.add(opening.group())  # no later one is closed either
                continue
            end = place + len(closing)
        parts += (text[done:start], " " * (end - start))
        done = position = end
    return "".join((*parts, text[done:]))


def local_names(text: str) -> set[str]:
    """Return the variables that the text itself sets."""
    names: set[str] = set()
    for match in _LOCAL.finditer(without_unparsed(text)):
        names.update([match[1]] if match[1] else _LOCAL_NAME.findall(match[2] or ""))
    return names


def _is_escaped(text: str, position: int) -> bool:
    backslashes = 0
    while text[position - 1 - backslashes : position - backslashes] == "\\":
        backslashes += 1
    return backslashes % 2 == 1


def _malformation(text: str, inside: int) -> str:
    """Return the reason why the placeholder whose content begins at C(inside) is malformed."""
    stop = _STOP.search(text, inside)
    if stop is None or stop.group() != "}":
        return "is not closed by }"
    if stop.start() == inside:
        return "has no name"
    start = _START.match(text, inside)
    end = start.end() if start is not None else inside
    return f"has {text[end]!r} in its name; a name is a letter, then letters, digits, _ and -"
