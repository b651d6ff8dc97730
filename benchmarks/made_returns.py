"""Writes SSDA903 returns of as many made-up children as wanted: a file of episodes, header and UASC for each year.

    python benchmarks/made_returns.py FOLDER --children 1000

The same number gives the same bytes. Children have five episodes each on average, of five collection years; the returns
repeat open episodes, end them later, and have some of each fault that joining repairs. All numbers are made up.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
import pandas as pd

FIRST_YEAR, YEARS = 2017, 5
EPISODES = 5  # of a child, on average
PLACES = np.array(["U1", "U3", "U4", "U5", "U6", "K2", "H5", "P1", "P2", "R1", "S1", "T0", "Z1"])
CHANCES = np.array([4, 8, 26, 8, 14, 12, 5, 6, 4, 3, 2, 5, 3]) / 100
LEGAL = np.array(["C1", "C2", "V2", "E1", "J1", "L1", "V4"])
LEAVING = np.array(["E4A", "E4B", "E11", "E45", "E41", "E5", "E17", "E3", "E8", "E9"])
TWICE, WRONG, GONE = 0.01, 0.003, 0.02  # shares of episodes repeated or overlapping, and of open ones that vanish


def main() -> None:
    """Writes the files."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--children", type=int, default=1_000)
    options = parser.parse_args()
    write(options.folder, options.children)


def write(folder: Path, children: int) -> list[Path]:
    """The files of all years, written into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    rng = np.random.default_rng(children)
    born, episodes = histories(rng, children)
    alone = rng.random(children) < 0.06
    files = []
    for year in range(FIRST_YEAR, FIRST_YEAR + YEARS):
        listed = in_year(rng, episodes, year)
        own = np.unique(listed["CHILD"].to_numpy())
        header = pd.DataFrame({
            "CHILD": own, "SEX": 1 + own % 2, "DOB": written(born[own]), "ETHNIC": "WBRI", "UPN": "", "MOTHER": "",
            "MC_DOB": "",
        })  # fmt: skip
        uasc = header.loc[alone[own], ["CHILD", "SEX", "DOB"]]
        adult = born[uasc["CHILD"].to_numpy()] + np.timedelta64(18 * 365 + 4, "D")
        for sort, table in (("episodes", listed), ("header", header), ("uasc", uasc.assign(DUC=written(adult)))):
            files.append(folder / f"{year}-{sort}.csv")
            table.assign(CHILD=[f"K{number:07}" for number in table["CHILD"]]).to_csv(files[-1], index=False)
    return files


def histories(rng: np.random.Generator, children: int) -> tuple[np.ndarray, pd.DataFrame]:
    """The days of birth, and a frame of all episodes in order of child and start; an open one ends in 2100."""
    number = rng.poisson(EPISODES - 1, children) + 1
    child = np.repeat(np.arange(children), number)
    first = np.append(True, np.diff(child) != 0)
    last = np.append(first[1:], True)
    came = np.datetime64("2017-01-01") + rng.integers(0, 365 * 3, children)
    born = came - rng.integers(30, 365 * 16, children)
    length = rng.integers(20, 260, len(child))
    before = np.cumsum(length) - length
    start = came[child] + (before - before[np.maximum.accumulate(np.where(first, np.arange(len(child)), 0))])
    place = rng.choice(PLACES, len(child), p=CHANCES)
    away = last & (rng.random(len(child)) < 0.7)
    return born, pd.DataFrame({
        "CHILD": child, "start": start, "RNE": np.where(first, "S", rng.choice(list("PPPLTBU"), len(child))),
        "LS": rng.choice(LEGAL, len(child)), "CIN": rng.choice([f"N{n}" for n in range(1, 9)], len(child)),
        "PLACE": place, "PLACE_PROVIDER": np.where(place == "P1", "PR0", rng.choice(["PR1", "PR4", "PR5"], len(child))),
        "end": np.where(last & ~away, np.datetime64("2100-01-01"), start + length),
        "REC": np.where(last, rng.choice(LEAVING, len(child)), "X1"),
    })  # fmt: skip


def in_year(rng: np.random.Generator, episodes: pd.DataFrame, year: int) -> pd.DataFrame:
    """The episodes as the return of a year has them, in its columns, with faults."""
    begin, after = np.datetime64(f"{year}-04-01"), np.datetime64(f"{year + 1}-04-01")
    found = episodes[(episodes["start"] < after) & (episodes["end"] >= begin)]
    is_open = (found["end"] >= after).to_numpy()
    kept = ~(is_open & (rng.random(len(found)) < GONE))
    found, is_open = found[kept], is_open[kept]
    end = found["end"].to_numpy() + np.where(rng.random(len(found)) < WRONG, 40, 0)
    made = pd.DataFrame({
        "CHILD": found["CHILD"], "DECOM": written(found["start"].to_numpy()),
        **{name: found[name] for name in ("RNE", "LS", "CIN", "PLACE", "PLACE_PROVIDER")},
        "DEC": np.where(is_open, "", written(end)), "REC": np.where(is_open, "", found["REC"]),
        "REASON_PLACE_CHANGE": "", "HOME_POST": "AB1 2CD", "PL_POST": "AB1 3EF", "URN": "1234567",
    })  # fmt: skip
    again = rng.random(len(made)) < TWICE
    return pd.concat([made, made[again]], ignore_index=True)


def written(days: np.ndarray) -> np.ndarray:
    """Days as returns write them, such as 01/04/2017."""
    numbers, at = np.unique(days.astype("datetime64[D]"), return_inverse=True)
    return np.array([f"{day.day:02}/{day.month:02}/{day.year}" for day in numbers.tolist()], dtype=object)[at]


if __name__ == "__main__":
    main()
