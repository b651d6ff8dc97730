"""The slips of a hand or a keyboard that make one number of another."""

from __future__ import annotations

FACTORS = {10: "ten", 100: "a hundred", 1_000: "a thousand", 1_000_000: "a million"}
NEIGHBOURS = 3  # digits beside each other that may have moved


def slip(written: int, meant: int) -> str:
    """The known slip that makes `written` of `meant`, in words; empty where it is none.

    Both are whole numbers in units of the last place that is shown, so that their digits are those on the page.
    """
    if written == -meant:
        return "the sign the wrong way round"
    if (written < 0) != (meant < 0) or 0 in (written, meant):
        return ""
    for factor, words in FACTORS.items():
        if written * factor == meant:
            return f"too small by a factor of {words}"
        if written == meant * factor:
            return f"too large by a factor of {words}"
    return _of_digits(str(abs(written)), str(abs(meant)))


def _of_digits(written: str, meant: str) -> str:
    """The slip that makes some digits of others."""
    if len(written) + 1 == len(meant):
        return "a digit lost" if written in _one_less(meant) else ""
    if len(written) == len(meant) + 1:
        return "a digit added" if meant in _one_less(written) else ""
    if len(written) != len(meant):
        return ""
    apart = [at for at, (one, other) in enumerate(zip(written, meant, strict=True)) if one != other]
    if len(apart) == 1:
        return "one digit mistyped"
    first, last = apart[0], apart[-1]
    if len(apart) == 2 and (written[first], written[last]) == (meant[last], meant[first]):
        return "two digits swapped"
    if last - first < NEIGHBOURS and _one_less(written) & _one_less(meant):
        return "neighbouring digits moved"
    return ""


def _one_less(digits: str) -> set[str]:
    """The digits with each of them left out in turn."""
    return {digits[:at] + digits[at + 1 :] for at in range(len(digits))}
