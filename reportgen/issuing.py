"""How a paper is issued as final: as which version, and what keeps it from being final, all of it at once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator

from reportgen.accepting import UNUSED, block
from reportgen.cells.characters import named, unprintable
from reportgen.model import Clearance, Issue, Problem, RoleState
from reportgen.wording import printable
from reportgen.workspace import Misuse, PaperRef, Workspace, did_you_mean


def final_issue(workspace: Workspace, ref: PaperRef, month: str, reissue: str | None) -> Issue:
    """The final version that comes next, with why it is issued anew. Raises Misuse where that isn't as asked for."""
    versions, reason = workspace.finals(ref, month), " ".join(printable(reissue or "").split())
    if reissue is None and versions:
        folder = workspace.name(workspace.output_folder(ref, month) / Issue(versions[-1]).folder)
        raise Misuse(f'{ref} {month} is final already: {folder}. To issue it anew, say why: --reissue "…".')
    if reissue is not None and not versions:
        raise Misuse(f"{ref} {month} has no final version to issue anew: build it with --final alone.")
    if reissue is not None and not reason:
        raise Misuse("--reissue takes the reason, which the front sheet prints.")
    if character := unprintable(reason):
        raise Misuse(f"The reason for --reissue holds {named(character)}: write it in words.")
    return Issue(versions[-1] + 1 if versions else 1, reason)


def against_final(problems: Iterable[Problem], states: Iterable[RoleState], meeting_file: str, asked: str) -> list[str]:
    """Each reason why a sound paper can't be final yet: open warnings, roles that haven't cleared it. Empty if none.

    `asked` is how the paper and its month are named in a command.
    """
    found = [problem for problem in problems if problem.is_open]
    spare = [problem for problem in found if problem.code == UNUSED]
    reasons = []
    if number := len(found) - len(spare):
        many, each = (f"{number} warnings are", "each") if number > 1 else ("1 warning is", "it")
        head = f"{many} neither mended nor accepted. Mend {each}, or paste into {meeting_file} who accepts it and why:"
        blocks = dict.fromkeys(block(problem) for problem in found if problem.code != UNUSED)
        reasons.append("\n\n".join([head, *blocks]) + "\n")
    reasons += [f"{problem.place}: an acceptance fits no warning. Take it out." for problem in spare]
    return [*reasons, *_uncleared(states, asked)]


def _uncleared(states: Iterable[RoleState], asked: str) -> Iterator[str]:
    for state in states:
        if not state.holds:
            how = f'reportgen clear {asked} --role {state.role} --name "…"'
            yield f"{state_in_words(state)}. Once it is cleared: {how}"


def state_in_words(state: RoleState) -> str:
    """How far a role is with clearing the paper."""
    if state.clearance is None:
        return f"{state.role}: not cleared"
    given = f"cleared by {state.clearance.person} on {state.clearance.date:%d/%m/%Y}"
    return f"{state.role}: {given}" if state.holds else f"{state.role}: void, {given}; figures or words changed since"


def told(state: RoleState) -> dict[str, str]:
    """How far a role is, for a script."""
    how = "cleared" if state.holds else "void" if state.is_void else "not cleared"
    given = state.clearance
    if given is None:
        return {"role": state.role, "state": how}
    return {"role": state.role, "state": how, "name": given.name, "post": given.post, "date": given.date.isoformat()}


def clearance(
    ref: PaperRef, role: str, name: str, post: str, fingerprint: str, states: Iterable[RoleState]
) -> Clearance:
    """Today's clearance of what has the fingerprint. Raises Misuse where the paper has no such role, or for a name."""
    roles = [state.role for state in states]
    if role not in roles:
        known = f" The roles are: {', '.join(roles)}." if roles else " It names none: see clearance in its paper.toml."
        raise Misuse(f'No role "{role}" clears {ref}.{did_you_mean(role, roles)}{known}')
    said = [" ".join(printable(words).split()) for words in (name, post)]
    if not said[0]:
        raise Misuse("--name takes the name of who clears the paper.")
    if character := unprintable("".join(said)):
        raise Misuse(f"The name or post holds {named(character)}: write it in other letters.")
    return Clearance(role, said[0], said[1], dt.date.today(), fingerprint)
