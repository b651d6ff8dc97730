"""SSDA903 returns: the codes of the statutory return on looked after children, in words, and its columns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from reportgen.cells.kinds import Category, Code, Date
from reportgen.datasets.base import Dataset, Field
from reportgen.datasets.placements import LOCATIONS, PROVIDERS, TYPES

Codes = Mapping[str, tuple[str, ...]]

PLACES: Codes = {
    "relative or friend, long term": ("U1",),
    "relative or friend, fostering for adoption": ("U2",),
    "relative or friend, other": ("U3",),
    "other foster carer, long term": ("U4",),
    "other foster carer, fostering for adoption": ("U5",),
    "other foster carer, other": ("U6",),
    "adoption with consent, current foster carer": ("A3",),
    "adoption with consent, new carer": ("A4",),
    "adoption by placement order, current foster carer": ("A5",),
    "adoption by placement order, new carer": ("A6",),
    "own parents": ("P1",),
    "independent living": ("P2",),
    "residential employment": ("P3",),
    "secure children's home": ("K1",),
    "children's home": ("K2",),
    "supported accommodation, registered": ("K3",),
    "residential accommodation outside children's homes regulations": ("H5",),
    "residential care home": ("R1",),
    "NHS or health trust": ("R2",),
    "family centre or mother and baby unit": ("R3",),
    "young offender institution": ("R5",),
    "residential school": ("S1",),
    "temporary move": ("T0", "T1", "T2", "T3", "T4"),
    "other placement": ("Z1",),
}
SHORT_BREAK, TEMPORARY = "short break", "temporary placement"
LEGAL: Codes = {
    "interim care order": ("C1",),
    "full care order": ("C2",),
    "freeing order": ("D1",),
    "placement order": ("E1",),
    "youth justice": ("J1", "J2", "J3"),
    "protection or assessment order": ("L1", "L2", "L3"),
    "accommodated under section 20": ("V2",),
    SHORT_BREAK: ("V3", "V4"),
}
NEEDS: Codes = {
    "N1 abuse or neglect": ("N1",),
    "N2 child's disability": ("N2",),
    "N3 parent's illness or disability": ("N3",),
    "N4 family in acute stress": ("N4",),
    "N5 family dysfunction": ("N5",),
    "N6 socially unacceptable behaviour": ("N6",),
    "N7 low income": ("N7",),
    "N8 absent parenting": ("N8",),
}
BEGINNINGS: Codes = {
    "started to be looked after": ("S",),
    "legal status changed": ("L",),
    "placement and carer changed": ("P",),
    "placement changed, same carer": ("T",),
    "legal status, placement and carer changed": ("B",),
    "legal status and placement changed, same carer": ("U",),
}
CONTINUES = "the next episode follows"
ENDINGS: Codes = {
    "returned home": ("E4A", "E4B"),
    "adopted": ("E11", "E12"),
    "special guardianship": ("E45", "E46", "E47", "E48"),
    "child arrangements order": ("E41",),
    "independence or adult life": ("E5", "E6", "E7", "E15", "E17"),
    "another authority": ("E3",),
    "custody": ("E9",),
    "other reason": ("E2", "E8", "E13", "E14", "E16", "E4"),
    CONTINUES: ("X1",),
}
PRIOR: Codes = {
    "child protection": ("child protection plan", "cp", "cpp"),
    "child in need": ("child in need plan", "cin"),
    "neither": ("none", "no plan"),
}


@dataclass(frozen=True)
class Valid:
    """The collection years, by that in which they begin, in which a code may be used."""

    first: int = 0
    last: int = 9999


# H5 and P2 were retired when supported accommodation had to be registered, for which K3 stands.
VALID: Mapping[str, Valid] = {"K3": Valid(first=2023), "H5": Valid(last=2022), "P2": Valid(last=2022)}


@dataclass(frozen=True)
class Coded:
    """A column of codes: its heading, what it holds in words, the category of each code, and when codes are valid."""

    heading: str
    expected: str
    words: Codes
    valid: Mapping[str, Valid] = field(default_factory=dict)
    needed: bool = True  # whether a blank is worth telling

    def category(self) -> Category:
        """The column's categories as a kind of column."""
        return Category(self.expected, self.words, f"unknown-{self.heading.lower().replace('_', '-')}")


CODED = {
    "beginning": Coded("RNE", "a reason for a new episode", BEGINNINGS),
    "legal": Coded("LS", "a legal status", LEGAL),
    "need": Coded("CIN", "a category of need", NEEDS),
    "place": Coded("PLACE", "a placement code", PLACES, VALID),
    "provider": Coded("PLACE_PROVIDER", "a placement provider", PROVIDERS, needed=False),
    "ending": Coded("REC", "a reason for the end of an episode", ENDINGS, needed=False),
    "location": Coded("PL_LOCATION", "inside or outside", LOCATIONS, needed=False),
    "prior": Coded("PRIOR_STATUS", "a status before care", PRIOR, needed=False),
}
# The Department for Education's heading under which it publishes each detailed kind of placement.
HEADING_OF = {
    words: next(kind for kind, aliases in TYPES.items() if codes[0] in aliases) for words, codes in PLACES.items()
}

DATASET = Dataset(
    name="returns",
    title="SSDA903 returns",
    about="The statutory returns on looked after children of several years, as they are sent in: for each year a file "
    "with the episodes, one with the header and one with the unaccompanied asylum seeking children (UASC), or one "
    "workbook with these sheets. The file's name holds the year in which the collection begins, as in "
    "2017-episodes.csv for 1 April 2017 to 31 March 2018. They are told by their headings and joined into one history "
    "a child; what is repaired in them is listed in the audit folder.",
    fields=(
        Field("child", Code("the child's number"), about="In all three files. It is compared, never printed.",
              example="A1042"),
        Field("decom", Date(), about="Episodes: the day on which the episode began.", example="14/03/2017"),
        Field("rne", CODED["beginning"].category(), about="Episodes: why it began.", example="S"),
        Field("ls", CODED["legal"].category(), about="Episodes: the legal status.", example="C2"),
        Field("cin", CODED["need"].category(), about="Episodes: the category of need.", example="N1"),
        Field("place", CODED["place"].category(), about="Episodes: the placement.", example="U4"),
        Field("place_provider", CODED["provider"].category(), blank=True, about="Episodes: who provides it.",
              example="PR1"),
        Field("dec", Date(), blank=True, about="Episodes: the day on which it ended, blank while it lasts.",
              example="02/05/2017"),
        Field("rec", CODED["ending"].category(), blank=True, about="Episodes: why it ended.", example="E4A"),
        Field("pl_location", CODED["location"].category(), required=False, blank=True,
              about="Episodes: whether the placement is inside the authority, where an extract says so.", example="IN"),
        Field("prior_status", CODED["prior"].category(), required=False, blank=True,
              about="Episodes: what the child was before coming into care, where an extract says so.",
              example="child in need"),
        Field("dob", Date(), about="Header: the date of birth.", example="09/11/2009"),
        Field("ethnic", Code(), about="Header: its presence tells the file; it isn't used.", example="WBRI"),
        Field("sex", Code(), required=False, about="Header: 1 or 2.", example="1"),
        Field("duc", Date(), blank=True, about="UASC: the day on which that status ceased or will.",
              example="17/05/2021"),
    ),
    key=("child", "decom"),
    identifies="child",
    joined=True,
)  # fmt: skip
