"""What cs-demand-model makes of a folder of returns, as CSV files: run by demand_model.py, in its environment.

    python demand_model_theirs.py RETURNS OUT FROM UNTIL DAYS
"""

import sys
import warnings
from pathlib import Path

import pandas as pd
from cs_demand_model import DemandModellingDataContainer, PopulationStats
from cs_demand_model.config import Config
from cs_demand_model.datastore import fs_datastore
from cs_demand_model.prediction import transition_population

warnings.simplefilter("ignore")


def main() -> None:
    """Writes its episodes, its stock by day, its rates and entrants, and its population after some one-day steps."""
    returns, out, since, until, days = sys.argv[1:]
    config = Config()
    container = DemandModellingDataContainer(fs_datastore(returns), config)
    episodes = container.enriched_view
    stats = PopulationStats(episodes, config)
    folder = Path(out)
    told(episodes).to_csv(folder / "episodes.csv", index=False)
    stock = stats.stock
    stock.columns = [named(column) for column in stock.columns]
    stock.to_csv(folder / "stock.csv")
    rates = stats.raw_transition_rates(pd.Timestamp(since), pd.Timestamp(until)).copy()
    rates.index.names = ["from", "to"]
    entrants = stats.daily_entrants(pd.Timestamp(since), pd.Timestamp(until))
    population = stats.stock_at(pd.Timestamp(until))
    for name, series in (("rates", rates), ("entrants", entrants), ("population", population)):
        listed(series).to_csv(folder / f"{name}.csv", index=False)
    for _ in range(int(days)):
        population = transition_population(population, rates, entrants)
    listed(population).to_csv(folder / "stepped.csv", index=False)


def told(episodes: pd.DataFrame) -> pd.DataFrame:
    """The episodes with plain words for what is an object of the model's."""
    found = episodes[["CHILD", "DOB", "DECOM", "DEC"]].copy()
    found["band"] = [band.name for band in episodes["age_bin"]]
    for column in ("placement_type", "placement_type_before", "placement_type_after"):
        found[column] = [category.name for category in episodes[column]]
    return found


def named(column: tuple) -> str:
    """A band and a category in one word; outside care is nothing."""
    return "/".join(column)


def listed(series: pd.Series) -> pd.DataFrame:
    """A series with its index in words, a row a value."""
    frame = series.rename("value").reset_index()
    for column in frame.columns[:-1]:
        frame[column] = [named(value) if isinstance(value, tuple) else value for value in frame[column]]
    frame.columns = [*[str(n) for n in range(len(frame.columns) - 1)], "value"]
    return frame


if __name__ == "__main__":
    main()
