# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tests of the GDPR rules on the resulting purpose, all reported before any request (S3.1)."""

from __future__ import annotations

import pytest

from unit.resources.privacy_purpose.conftest import PURPOSE, STORED

RULE = "[A-Z][a-zA-Z0-9_ ]{3,49}"
BASES = [
    "consent",
    "contract",
    "legal_obligation",
    "vital_interests",
    "public_task",
    "legitimate_interests",
]
NO_ORG = dict.fromkeys(("base_url", "client_id", "client_secret", "organization"))


@pytest.fixture
def judge(org, purpose):
    """Return a runner of `state: validated` without connection options; it returns the problems."""

    def run(**options):
        result = purpose(state="validated", **NO_ORG, **options)
        assert org.log() == []
        assert result.get("failed") or result["changed"] is False
        return result.get("problems", [])

    return run


@pytest.mark.parametrize("state", ["present", "validated"])
def test_every_violation_is_listed_at_once_before_any_request(org, purpose, state):
    """Cover S3.1."""
    wrong = {
        "name": "customer analytics",
        "description": " ",
        "retention": "400d",
        "legal_basis": "Legitimate-Interest",
        "active": "perhaps",
        "diversion_ids": ["d-1", " ", ["d-3"]],
        "name_rule": RULE,
        "retension": 5,
        "verify": "maybe",
        "on_conflict": "overwrit",
    }
    result = purpose(**wrong, state=state)
    assert result["failed"]
    for path in [*(option for option in wrong if option not in ("diversion_ids", "name_rule"))]:
        assert len([one for one in result["problems"] if one.startswith(f"{path}:")]) == 1, path
    assert [one for one in result["problems"] if one.startswith("diversion_ids[1]:")]
    assert [one for one in result["problems"] if one.startswith("diversion_ids[2]:")]
    assert len(result["problems"]) == 10
    assert org.log() == []


@pytest.mark.parametrize(
    ("retention", "options"),
    [
        ("1", {}),
        ("365d", {}),
        ("P730D", {"max_retention_days": 730}),
        (1, {"max_retention_days": 1}),
        (180.0, {}),
        ("180.00", {}),
    ],
)
def test_retentions_within_the_cap(judge, retention, options):
    """Check 1 to 365 days; the cap is an option (S3.1)."""
    assert judge(**{**PURPOSE, "retention": retention}, **options) == []


@pytest.mark.parametrize(
    ("retention", "options", "problem"),
    [
        (0, {}, "retention: is 0 days and must be 1 to 365 (max_retention_days)"),
        ("366", {}, "retention: is 366 days and must be 1 to 365 (max_retention_days)"),
        ("P999999999999999D", {}, "retention: is 999999999999999 days and must be 1 to 365"),
        ("31d", {"max_retention_days": 30}, "retention: is 31 days and must be 1 to 30"),
        (0, {"max_retention_days": "many"}, "retention: is 0 days and must be at least 1"),
        ("5", {"max_retention_days": 0}, "max_retention_days: "),
    ],
)
def test_retentions_beyond_the_cap(judge, retention, options, problem):
    """Cover S3.1."""
    assert [one for one in judge(**{**PURPOSE, "retention": retention}, **options) if one.startswith(problem)]


@pytest.mark.parametrize("retention", ["P6M", "P1Y", "p1y6m", "P1Y2M3D", "P0.5Y", "P1MT12H"])
def test_months_and_years_are_refused_with_the_reason(judge, retention):
    """Cover S3.1."""
    (problem,) = judge(**{**PURPOSE, "retention": retention})
    assert problem == (
        f"retention: {retention!r} counts months or years, which have no fixed length in days: give days, "
        "such as 180d"
    )


@pytest.mark.parametrize(
    "retention",
    ["P26W", "PT5M", "P", "PD", "d", "", "-5", "180.5", 180.5, "1e3", "six months", "P٣D", "9" * 19],
)
def test_what_is_no_number_of_days_says_what_to_write(judge, retention):
    """Cover S3.1."""
    (problem,) = judge(**{**PURPOSE, "retention": retention})
    assert problem == (
        f"retention: {str(retention)!r} is not a number of whole days: write 180, 180d or P180D"
    )


@pytest.mark.parametrize("retention", [True, ["180d"], {"days": 180}])
def test_a_retention_of_another_type(judge, retention):
    (problem,) = judge(**{**PURPOSE, "retention": retention})
    assert problem.startswith("retention: must be text")


@pytest.mark.parametrize("basis", BASES)
def test_the_six_legal_bases(judge, basis):
    """Check the legal bases of Article 6(1) of the GDPR (S3.1)."""
    assert judge(**{**PURPOSE, "legal_basis": basis}) == []


@pytest.mark.parametrize(
    ("basis", "meant"),
    [
        ("Consent", "consent"),
        ("legal_obligations", "legal_obligation"),
        ("vital_interest", "vital_interests"),
        ("legitimate-interest", "legitimate_interests"),
        ("public task", "public_task"),
    ],
)
def test_another_legal_basis_gets_a_suggestion(judge, basis, meant):
    """Cover S3.1."""
    (problem,) = judge(**{**PURPOSE, "legal_basis": basis})
    assert problem == f"legal_basis: {basis!r} is not one of the choices; did you mean {meant!r}?"


def test_a_legal_basis_like_no_other_gets_them_all(judge):
    (problem,) = judge(**{**PURPOSE, "legal_basis": "marketing"})
    assert all(basis in problem for basis in BASES)


@pytest.mark.parametrize("option", ["description", "retention", "legal_basis"])
@pytest.mark.parametrize("state", ["present", "validated"])
def test_what_a_purpose_cannot_be_without_cannot_be_null(org, purpose, state, option):
    """Cover S3.1."""
    result = purpose(**{**PURPOSE, option: None}, state=state)
    assert result["problems"] == [f"{option}: is required and cannot be null"]
    assert org.log() == []


@pytest.mark.parametrize("check_mode", [True, False])
def test_a_new_purpose_needs_them_all(org, purpose, check_mode):
    """Check that a new purpose reports every missing option (S3.1)."""
    result = purpose(name="New", check_mode=check_mode)
    assert [one.split(":")[0] for one in result["problems"]] == ["description", "retention", "legal_basis"]
    assert org.writes() == []


@pytest.mark.parametrize("held", ["", "  ", None])
@pytest.mark.parametrize("changes", [{}, {"active": False}], ids=["no change", "change"])
@pytest.mark.parametrize("check_mode", [True, False])
def test_no_purpose_ends_without_a_description(org, purposes, purpose, held, changes, check_mode):
    """Check that an update without a resulting description is refused, with and without a change (S3.1)."""
    purposes.seed({**STORED, "description": held})
    result = purpose(name=STORED["name"], check_mode=check_mode, **changes)
    assert result["problems"] == ["description: is required: the privacy purpose would be left without it"]
    assert org.writes() == []
    assert not purpose(name=STORED["name"], description="Now it has one", **changes).get("failed")


def test_what_breaks_a_rule_undeclared_is_warned_of_when_the_purpose_changes(purposes, purpose):
    (stored,) = purposes.seed({**STORED, "name": "old", "retentionPeriod": "P730D"})
    result = purpose(id=stored["id"], active=False, name_rule=RULE)
    assert result["changed"]
    shown = str(result["warnings"])
    assert f"name: 'old' does not fit name_rule {RULE!r}; this task leaves it as it is" in shown
    assert "retention: is 730 days and must be 1 to 365 (max_retention_days); this task leaves" in shown
    assert purposes.the_one()["retentionPeriod"] == "P730D"
    result = purpose(name="old", active=True, max_retention_days=730, name_rule="old|new")
    assert result["changed"]
    assert "warnings" not in result


@pytest.mark.parametrize(
    ("name", "rule", "fits"),
    [
        ("Support Analytics", RULE, True),
        ("Support Analytics", f"^{RULE}$", True),
        ("Sup", RULE, False),
        ("support Analytics", RULE, False),
        ("Support Analytics (EU)", RULE, False),  # the rule must match the whole name
        ("Support Analytics", "Support", False),
        ("GDPR-7", r"GDPR-\d+", True),
    ],
)
def test_the_name_rule(judge, name, rule, fits):
    """Cover S3.1."""
    problems = judge(**{**PURPOSE, "name": name}, name_rule=rule)
    assert problems == ([] if fits else [f"name: {name!r} does not fit name_rule {rule!r}"])


@pytest.mark.parametrize(
    ("rule", "words", "position"),
    [
        ("[A-Z][a-z", "unterminated character set", 5),
        ("(?P<n>a)(?P<n>b)", "redefinition", 12),
        ("*a", "nothing", 0),
    ],
)
def test_a_rule_that_is_no_regular_expression_points_at_the_character(judge, rule, words, position):
    (problem,) = judge(**PURPOSE, name_rule=rule)
    assert problem.startswith("name_rule: is not a regular expression: ") and words in problem
    line, caret = problem.splitlines()[-2:]
    assert line.strip() == rule
    assert caret.index("^") == line.index(rule) + position


@pytest.mark.parametrize("rule", ["a{99999999999999999999}", "(" * 20000])
def test_a_rule_beyond_all_measure_is_a_problem_not_a_crash(judge, rule):
    (problem,) = judge(**PURPOSE, name_rule=rule)
    assert problem.startswith("name_rule: ") and len(problem) < 400


def test_validated_reports_what_a_new_purpose_would_lack(org, purpose):
    """Check that missing options are reported apart from problems: the purpose may exist already (S3.1)."""
    result = purpose(name="Support Analytics", active=False, state="validated", **NO_ORG)
    assert (result["changed"], result["plan"]) == (False, "none")
    assert result["missing"] == ["description", "retention", "legal_basis"]
    assert purpose(**PURPOSE, state="validated", **NO_ORG)["missing"] == []
    assert purpose(id="p-1", active=False, state="validated", **NO_ORG)["missing"] == []
    assert org.log() == []


def test_what_breaks_the_rules_can_be_removed(purposes, purpose):
    purposes.seed({**STORED, "name": "bad", "description": ""})
    result = purpose(name="bad", description="", retention="999d", name_rule=RULE, state="absent")
    assert result["plan"] == "delete"
    assert purposes.all() == []
