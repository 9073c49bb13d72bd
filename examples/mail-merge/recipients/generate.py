#!/usr/bin/env python3
"""Writes congress.csv: 535 recipients, as many as Congress has voting members.

The states and the numbers of their seats are real (apportionment of 2020); the
people are not. Their names are put together from syllables that say so, and their
e-mail addresses end in .example, which RFC 2606 keeps for this.
"""

import csv
import pathlib

SEATS = {
    "AL": 7, "AK": 1, "AZ": 9, "AR": 4, "CA": 52, "CO": 8, "CT": 5, "DE": 1, "FL": 28, "GA": 14,
    "HI": 2, "ID": 2, "IL": 17, "IN": 9, "IA": 4, "KS": 4, "KY": 6, "LA": 6, "ME": 2, "MD": 8,
    "MA": 9, "MI": 13, "MN": 8, "MS": 4, "MO": 8, "MT": 2, "NE": 3, "NV": 4, "NH": 2, "NJ": 12,
    "NM": 3, "NY": 26, "NC": 14, "ND": 1, "OH": 15, "OK": 5, "OR": 6, "PA": 17, "RI": 2, "SC": 7,
    "SD": 1, "TN": 9, "TX": 38, "UT": 4, "VT": 1, "VA": 11, "WA": 10, "WV": 2, "WI": 8, "WY": 1,
}
FIRST = ["Alpha", "Bravo", "Charlie", "Delta", "Echo", "Foxtrot", "Golf", "Hotel", "India", "Juliett", "Kilo", "Lima",
         "Mike", "Oscar", "Papa", "Quebec", "Romeo", "Sierra", "Tango", "Victor"]
HEADS = ["Sample", "Specimen", "Mock", "Proto", "Draft", "Demo", "Test", "Proof", "Stand-in", "Trial", "Exámple"]
TAILS = ["ton", "field", "worth", "man", "son", "ley", "ham", "ski", "berg", "wick", "dóttir", "ez", "ström"]
PARTIES = ["Heron", "Otter", "Lynx"]  # no party of these names stands for Congress
OFFICES = {"Senate": "United States Senate", "House": "United States House of Representatives"}
ZIPS = {"Senate": "20510", "House": "20515"}


def people():
    number = 0
    for chamber in ("Senate", "House"):
        for state, seats in SEATS.items():
            for seat in range(1, (2 if chamber == "Senate" else seats) + 1):
                first = FIRST[number % len(FIRST)]
                last = HEADS[number % len(HEADS)] + TAILS[number % len(TAILS)]
                district = "" if chamber == "Senate" else ("at large" if seats == 1 else str(seat))
                yield {
                    "first_name": first,
                    "last_name": last,
                    "chamber": chamber,
                    "party": PARTIES[number % len(PARTIES)],
                    "state": state,
                    "district": district,
                    "office": OFFICES[chamber],
                    "address": f"Washington, DC {ZIPS[chamber]}",
                    "email": f"member{number:03}@congress.example",
                }
                number += 1


def main():
    rows = list(people())
    assert len(rows) == 535
    path = pathlib.Path(__file__).with_name("congress.csv")
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


if __name__ == "__main__":
    main()
