"""What keeps a paper from being final, in words."""

from __future__ import annotations

import datetime as dt

from reportgen.issuing import against_final, state_in_words, told
from reportgen.model import Acceptance, Clearance, Place, Problem, RoleState, Severity

GIVEN = Clearance("finance", "A Person", "Finance Manager", dt.date(2020, 4, 2), "a" * 64)
STATES = (RoleState("finance", GIVEN, True), RoleState("legal", GIVEN, False), RoleState("equality"))


def problem(line: int, severity: Severity = Severity.WARNING, accepted: Acceptance | None = None) -> Problem:
    return Problem("c", Place("a.md", line=line), "x", "y", severity=severity, accepted=accepted)


def test_notes_accepted_warnings_and_clearances_that_hold_keep_nothing_from_being_final() -> None:
    sound = [problem(1, Severity.NOTE), problem(2, accepted=Acceptance("A", "B"))]
    assert against_final(sound, STATES[:1], "meeting.toml", "a/p --month 2020-03") == []


def test_all_open_warnings_have_their_block_once_and_all_roles_their_command() -> None:
    same = Problem("c", Place("a.md", line=2), "x", "z", severity=Severity.WARNING)
    asked = "a/p --month 2020-03"
    assert against_final([problem(1), problem(2), same], STATES, "meeting.toml", asked) == [
        "3 warnings are neither mended nor accepted. Mend each, or paste into meeting.toml who accepts it and why:\n\n"
        "[[accept]]\ncode = \"c\"\nplace = 'a.md, line 1'\nwho = \"\"\nwhy = \"\"\n\n"
        "[[accept]]\ncode = \"c\"\nplace = 'a.md, line 2'\nwho = \"\"\nwhy = \"\"\n",
        "legal: void, cleared by A Person, Finance Manager on 02/04/2020; figures or words changed since. "
        f'Once it is cleared: reportgen clear {asked} --role legal --name "…"',
        f'equality: not cleared. Once it is cleared: reportgen clear {asked} --role equality --name "…"',
    ]


def test_a_state_in_words_and_for_a_script() -> None:
    assert state_in_words(STATES[0]) == "finance: cleared by A Person, Finance Manager on 02/04/2020"
    person = {"name": "A Person", "post": "Finance Manager", "date": "2020-04-02"}
    assert [told(each) for each in STATES] == [
        {"role": "finance", "state": "cleared", **person},
        {"role": "legal", "state": "void", **person},
        {"role": "equality", "state": "not cleared"},
    ]
