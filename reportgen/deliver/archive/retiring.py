"""Papers that leave: due at the end of their retention, withdrawn at once, disposed of for good."""

from __future__ import annotations

from reportgen.deliver.archive.adding import Keeper, enter
from reportgen.deliver.archive.asking import Standing, find
from reportgen.deliver.archive.entry import Disposal, Entry, Withdrawal
from reportgen.deliver.archive.errors import Refused, Unknown
from reportgen.deliver.archive.opening import TEXT, Archive, Opened

END, ORDER = "end of retention", "order to erase"


def due(opened: Opened, today: str) -> list[tuple[str, str, str, str]]:
    """Reference, last day of retention, committee and title of each paper whose retention has ended."""
    query = (
        "SELECT reference, retain_until, committee, CASE WHEN withdrawn THEN 'withdrawn' ELSE title END FROM standing "
        "WHERE NOT disposed AND retain_until <> '' AND retain_until < ? ORDER BY retain_until, number"
    )
    return opened.register.database.execute(query, [today]).fetchall()


def withdraw(archive: Archive, reference: str, reason: str, keeper: Keeper) -> Entry:
    """The entry that takes a paper out of every answer; its files are sealed. Raises Refused where it is out."""
    with archive.writing() as opened:
        standing = find(opened, reference)
        if standing.line:
            raise Refused(standing.line)
        said = Withdrawal(standing.paper.reference, _given(reason))
        return enter(opened, said, keeper, _contents(standing), unlisted=True)


def dispose(archive: Archive, reference: str, reason: str, keeper: Keeper, order: bool) -> Entry:
    """The entry that stays as the record of a paper whose files are deleted.

    `order` is an order to erase, which need not await the end of retention. Raises Refused where the retention hasn't
    ended, or the paper was disposed of before.
    """
    with archive.writing() as opened:
        standing = find(opened, reference)
        until = standing.paper.retain_until
        if standing.disposed:
            raise Refused(standing.line)
        if not order and (not until or until >= keeper.now[:10]):
            kept = f"until {until}" if until else "permanently"
            raise Refused(
                f"{standing.paper.reference} was not disposed of: it is to be kept {kept}. An order to erase it before "
                "that is carried out with --order."
            )
        said = Disposal(standing.paper.reference, _given(reason), ORDER if order else END)
        return enter(opened, said, keeper, [*_contents(standing), TEXT], unlisted=True)


def _contents(standing: Standing) -> list[str]:
    return [each.sha256 for each in standing.paper.files]


def _given(reason: str) -> str:
    """A reason in one line. Raises Unknown where it is empty."""
    if said := " ".join(reason.split()):
        return said
    raise Unknown("Give a reason: it stands in the register for as long as that is kept.")
