"""Compares the projection with PyPI's cs-demand-model on the same SSDA903 returns; exit status 1 where they differ
in a way that isn't accounted for.

    python benchmarks/demand_model.py RETURNS

RETURNS holds files named as 2017-episodes.csv and 2017-header.csv. The model needs pandas 1, so that it can't be
installed beside reportgen: it gets an environment of its own, which is made on the first run and kept.
"""

import argparse
import shutil
import subprocess
import sys
import tempfile
import venv
from pathlib import Path

import numpy as np
import pandas as pd

from reportgen.projection.ages import BANDS, Calendar, birthday
from reportgen.projection.course import Start, expected
from reportgen.projection.history import History, joined
from reportgen.projection.rates import Chances, Rates
from reportgen.projection.stays import EXITS, KINDS, NONE, OTHER_EXIT, Stays

PINNED = "cs-demand-model==0.5.1"
HERE = Path(__file__).parent
SINCE, UNTIL, DAYS = "2020-03-31", "2021-03-31", 30  # of the model's reference period; April has 30 days
THEIR_BANDS = ("BIRTH_TO_ONE", "ONE_TO_FIVE", "FIVE_TO_TEN", "TEN_TO_SIXTEEN", "SIXTEEN_TO_EIGHTEEN")
# The model knows no kinds of fostering: its fostering stands as ours in-house.
CATEGORIES = {"FOSTERING": 1, "RESIDENTIAL": 3, "SUPPORTED": 4, "OTHER": 5}
PLACES = {
    **dict.fromkeys(("U1", "U2", "U3", "U4", "U5", "U6"), "FOSTERING"),
    **dict.fromkeys(("K2", "R1"), "RESIDENTIAL"),
    **dict.fromkeys(("H5", "P2"), "SUPPORTED"),
}
NIGHT = np.timedelta64(1, "D")
EXACT = 1e-9  # children


def main() -> None:
    """Compares and prints."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("returns", type=Path)
    parser.add_argument("--environment", type=Path, default=Path(tempfile.gettempdir()) / "reportgen-demand-model")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="reportgen-demand-model-") as name:
        folder = Path(name)
        run_theirs(options.environment, options.returns, folder)
        episodes = under_their_definitions(options.returns)
        sound = [same_episodes(episodes, folder), same_stock(episodes, folder), same_steps(folder)]
    sys.exit(0 if all(sound) else 1)


def run_theirs(environment: Path, returns: Path, folder: Path) -> None:
    """Run the model in its own environment: it wants a folder a year."""
    python = environment / "bin" / "python"
    if not python.exists():
        print(f"Making an environment for {PINNED} in {environment} ...", file=sys.stderr)
        venv.create(environment, with_pip=True)
        subprocess.run([python, "-m", "pip", "install", "--quiet", PINNED], check=True, stderr=subprocess.DEVNULL)
    for file in sorted(returns.glob("*-*.csv")):
        year, _, kind = file.name.partition("-")
        (folder / "returns" / year).mkdir(parents=True, exist_ok=True)
        shutil.copy(file, folder / "returns" / year / kind)
    arguments = [str(folder / "returns"), str(folder), SINCE, UNTIL, str(DAYS)]
    subprocess.run([python, str(HERE / "demand_model_theirs.py"), *arguments], check=True)


def under_their_definitions(returns: Path) -> pd.DataFrame:
    """The episodes as the model defines them: of a child's that start on one day the one that ends last, of those that
    end on one day or are open the first, and each ends where the next begins if it is open or ends later.
    """
    episodes, header = (
        pd.concat([pd.read_csv(file, dtype=str) for file in sorted(returns.glob(f"*-{kind}.csv"))])
        for kind in ("episodes", "header")
    )
    born = header.drop_duplicates("CHILD")[["CHILD", "DOB"]]
    found = episodes[["CHILD", "DECOM", "DEC", "PLACE"]].merge(born, on="CHILD")
    for column in ("DECOM", "DEC", "DOB"):
        found[column] = pd.to_datetime(found[column], format="%d/%m/%Y")
    found = found.assign(number=found["CHILD"].astype(int))
    found = found.sort_values(["number", "DECOM", "DEC"], na_position="first", kind="stable")
    found = found.drop_duplicates(["CHILD", "DECOM"], keep="last").drop_duplicates(["CHILD", "DEC"], keep="first")
    after = found.groupby("CHILD")["DECOM"].shift(-1)
    cut = found["DEC"].isna() | (found["DEC"] > after)
    return found.assign(
        DEC=found["DEC"].where(~cut, after), category=found["PLACE"].map(PLACES).fillna("OTHER")
    ).reset_index(drop=True)


def same_episodes(ours: pd.DataFrame, folder: Path) -> bool:
    """Whether our reading of the definitions gives the model's own episodes."""
    theirs = pd.read_csv(folder / "episodes.csv", parse_dates=["DOB", "DECOM", "DEC"])
    columns = ["number", "DOB", "DECOM", "DEC", "category"]
    theirs = theirs.rename(columns={"CHILD": "number", "placement_type": "category"})[columns]
    own = ours[columns].sort_values(columns[:4]).reset_index(drop=True)
    same = own.astype(str).equals(theirs.sort_values(columns[:4]).reset_index(drop=True).astype(str))
    said = "the same" if same else "others"
    print(f"Episodes under its definitions: {len(ours):,} ours, {len(theirs):,} its own, {said}")
    return bool(same)


def dates(column: pd.Series) -> np.ndarray:
    """A column as days."""
    return column.to_numpy().astype("datetime64[D]")


def same_stock(episodes: pd.DataFrame, folder: Path) -> bool:
    """Whether our stock by day differs from the model's only by what is accounted for episode by episode."""
    theirs = pd.read_csv(folder / "stock.csv", index_col="date", parse_dates=True)
    days = theirs.index.to_numpy().astype("datetime64[D]")
    history, left_out = our_history(episodes, days)
    kinds = np.array([CATEGORIES[name.split("/")[1]] for name in theirs.columns])
    its = np.stack([theirs.to_numpy()[:, kinds == kind].sum(axis=1) for kind in range(len(KINDS))], axis=-1)
    gap = history.stock(days) - its
    causes = accounted(episodes, left_out, days)
    rest = gap - sum(days_by_kind for _, _, days_by_kind in causes)
    its_days, our_days = int(its.sum()), int(history.stock(days).sum())
    print(f"Stock on {len(days):,} days: {our_days:,} child-days ours, {its_days:,} its own; of them")
    for cause, number, by_kind in causes:
        print(f"  {int(by_kind.sum()):>+9,}  {cause}: {number:,} episodes")
    print(f"  {int(np.abs(rest).sum()):>9,}  not accounted for, over all days and kinds of care")
    older = other_band(episodes, days)
    print(f"  (of its own {its_days:,} child-days {older:,} stand in the band of the episode's start, not of the day)")
    return not rest.any()


def our_history(episodes: pd.DataFrame, days: np.ndarray) -> tuple[History, np.ndarray]:
    """Our history of the model's episodes, and which can be no stay: before birth, or ending before they start."""
    start, end, born = (dates(episodes[name]) for name in ("DECOM", "DEC", "DOB"))
    left_out = (start < born) | (end < start)
    own = episodes[~left_out]
    child = pd.factorize(own["CHILD"])[0].astype(np.int64)
    kind = own["category"].map(CATEGORIES).to_numpy(dtype=np.int64)
    # How an episode ended makes no difference to the stock.
    route = np.where(own["DEC"].isna(), NONE, OTHER_EXIT)
    first, last = days[0] - NIGHT, max(days[-1], start.max(), np.nanmax(end))
    return joined(Stays(child, born[~left_out], start[~left_out], end[~left_out], kind, route, first, last)), left_out


def accounted(episodes: pd.DataFrame, left_out: np.ndarray, days: np.ndarray) -> list[tuple[str, int, np.ndarray]]:
    """Each cause with its episodes and the child-days by which it makes our stock differ, by day and kind."""
    start, end, born = (dates(episodes[name]) for name in ("DECOM", "DEC", "DOB"))
    kind = episodes["category"].map(CATEGORIES).to_numpy()
    beyond = np.where(np.isnat(end), days[-1] + NIGHT, end)
    adult = birthday(born, 18)
    fine = ~left_out
    late = fine & (beyond > adult)
    after = episodes["CHILD"].eq(episodes["CHILD"].shift(-1)).to_numpy()
    following = np.append(start[1:], np.datetime64("NaT", "D"))
    night = fine & after & (following == end + NIGHT) & (end < adult) & (end > start)
    return [
        ("care beyond the 18th birthday, which we end", int(late.sum()),
         -spans(np.maximum(start, adult)[late], beyond[late], kind[late], days)),
        ("the night between an episode and the next, which we take for care", int(night.sum()),
         spans(end[night], following[night], kind[night], days)),
        ("episodes before birth or ending before they start, which we refuse", int(left_out.sum()),
         -spans(start[left_out], beyond[left_out], kind[left_out], days)),
    ]  # fmt: skip


def spans(start: np.ndarray, end: np.ndarray, kind: np.ndarray, days: np.ndarray) -> np.ndarray:
    """How many spans are open on each day, by kind; one that ends before it starts counts against it."""
    found = np.zeros((len(days), len(KINDS)), dtype=np.int64)
    for each in range(len(KINDS)):
        own = kind == each
        for at, sign in ((start, 1), (end, -1)):
            found[:, each] += sign * np.searchsorted(np.sort(at[own]), days, side="right")
    return found


def other_band(episodes: pd.DataFrame, days: np.ndarray) -> int:
    """The child-days on which a child has come to another band since the episode began."""
    start, end, born = (dates(episodes[name]) for name in ("DECOM", "DEC", "DOB"))
    beyond = np.minimum(np.where(np.isnat(end), days[-1] + NIGHT, end), birthday(born, 18))
    birthdays = [birthday(born, age) for age in (1, 5, 10, 16)]
    turn = np.min([np.where(reached > start, reached, beyond) for reached in birthdays], axis=0)
    return int(np.maximum((beyond - turn).astype(int), 0).sum())


def same_steps(folder: Path) -> bool:
    """Whether our steps of a day give the model's numbers, given its population, its rates and its entrants."""
    population, rates, entrants, stepped = (
        pd.read_csv(folder / f"{name}.csv", keep_default_na=False)
        for name in ("population", "rates", "entrants", "stepped")
    )
    its = {name: float(value) for name, value in zip(stepped["0"], stepped["value"], strict=True)}
    off, cells = 0.0, 0
    for band, name in enumerate(THEIR_BANDS):
        made = our_steps(band, name, population, rates, entrants)
        for category, kind in CATEGORIES.items():
            off, cells = max(off, abs(made[kind] - its.get(f"{name}/{category}", 0.0))), cells + 1
    print(
        f"{DAYS} steps of a day from {UNTIL} at its rates, without its ageing: {cells} bands and categories, "
        f"{sum(its.values()):.3f} children, largest difference {off:.1e}"
    )
    return off < EXACT


def our_steps(
    band: int, name: str, population: pd.DataFrame, rates: pd.DataFrame, entrants: pd.DataFrame
) -> np.ndarray:
    """The children of one band by kind after the steps; all are of an age at which no birthday comes within them."""
    leaving, entering = np.zeros((len(BANDS), len(KINDS), len(KINDS) + len(EXITS))), np.zeros((len(BANDS), len(KINDS)))
    for come, go, rate in rates.itertuples(index=False):
        (of, category), to = come.split("/"), go.split("/")[1]
        if of == name and category != to:
            way = CATEGORIES.get(to, len(KINDS) + OTHER_EXIT)
            leaving[band, CATEGORIES[category], way] += float(rate)
    for _, to, number in entrants.itertuples(index=False):
        if to.startswith(name):
            entering[band, CATEGORIES[to.split("/")[1]]] += float(number)
    age = (100, 800, 2500, 5000, 6000)[band]
    start, nothing = np.datetime64(UNTIL), np.zeros((len(BANDS), len(KINDS)), dtype=np.int64)
    calendar = Calendar.of(start, 1)
    here = [(CATEGORIES[bin_.split("/")[1]], int(float(number))) for bin_, number in population.itertuples(index=False)
            if bin_.startswith(name)]  # fmt: skip
    kind = np.repeat([k for k, _ in here], [n for _, n in here]).astype(np.int64)
    row = np.full(len(kind), calendar.row(np.array([start - age]))[0])
    ages = tuple(np.array([age] if each == band else [], dtype=np.int64) for each in range(len(BANDS)))
    given = Rates(1, nothing[..., None], nothing, nothing, ages, nothing, 0)
    return np.asarray(expected(Start(calendar, row, kind), given, Chances(leaving, entering)).stock[-1])


if __name__ == "__main__":
    main()
