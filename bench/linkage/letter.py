#!/usr/bin/env python3
"""Writes a list like those of sign-on letters: 1,000 names, most of them different.

    letter.py [SEED] [NAMES] > letter.csv

The names are put together from parts, with a seed, so that the same list comes each
time. About one name in sixteen is another spelling of one before it, as signers type
them: a legal form, "&", an acronym, capitals, an abbreviation, a slip, a remark. Some
national organizations sign with several chapters, some unions with several locals.
Columns are those of `score.py`.
"""

import csv
import random
import sys

PLACES = """Akron Albany Albuquerque Ames Amherst Arcata Asheville Ashland Athens Austin Bakersfield Baltimore Beloit
Bend Berkeley Billings Boise Boulder Bozeman Brattleboro Brownsville Buffalo Burlington Canton Cedar_Falls Chattanooga
Chelsea Chico Cleveland Clovis Concord Corvallis Dallas Dayton Denver Dubuque Duluth Durham Elgin El_Paso Erie Eugene
Evanston Fargo Flagstaff Flint Fresno Gainesville Gallup Grand_Rapids Greeley Green_Bay Hartford Helena Houston
Iowa_City Ithaca Jackson Kalamazoo Kenosha Lafayette Lansing Laredo Las_Cruces Lawrence Lincoln Long_Beach Lowell
Lubbock Madison Marquette Memphis Merced Milwaukee Missoula Modesto Mobile Moline Nampa Nashua Nashville New_Haven
Oakland Ogden Olympia Omaha Oxnard Pasco Peoria Phoenix Pittsburgh Portland Provo Pueblo Racine Reno Richmond Roanoke
Rochester Sacramento Saginaw Salem Salinas San_Antonio Santa_Fe Savannah Scranton Seattle Selma Sioux_Falls Spokane
Springfield Stockton Syracuse Tacoma Tampa Toledo Topeka Trenton Tucson Tulsa Utica Waco Waterloo Wichita Worcester
Yakima Yonkers Youngstown Yuma""".split()
STATES = """Alabama Arizona Arkansas Colorado Connecticut Florida Georgia Idaho Illinois Indiana Iowa Kansas Kentucky
Louisiana Maine Maryland Massachusetts Michigan Minnesota Mississippi Missouri Montana Nebraska Nevada New_Mexico
North_Carolina Ohio Oklahoma Oregon Pennsylvania Tennessee Texas Utah Vermont Virginia Washington Wisconsin""".split()
CODES = {"Alabama": "AL", "Arizona": "AZ", "Colorado": "CO", "Connecticut": "CT", "Florida": "FL", "Georgia": "GA",
         "Illinois": "IL", "Iowa": "IA", "Massachusetts": "MA", "Michigan": "MI", "Minnesota": "MN", "New Mexico": "NM",
         "North Carolina": "NC", "Ohio": "OH", "Pennsylvania": "PA", "Tennessee": "TN", "Texas": "TX", "Virginia": "VA"}
OWN = """Bright Horizon|Clear Creek|Common Ground|Copper Door|Crossroads|Dovetail|Evergreen|Fireside|Four Winds|Good Neighbor
Harbor Light|Hearthstone|Heron|Keystone|Lantern|Laurel|Lighthouse|Mariposa|Milagro|Monarch|Mosaic|New Leaf|Nueva Luz
Open Table|Paloma|Prairie|Quilted|Red Cedar|Redwood|Rising Tide|Riverbend|Rootstock|Safe Harbor|Sagebrush|Semillas
Stepping Stone|Sunflower|Tamarack|Tierra Nueva|Turning Point|Two Rivers|Wildflower|Windsong|Woven|Yarrow""".replace("\n", "|").split("|")
CAUSES = """Immigrant Rights|Farmworker Justice|Housing Justice|Tenant Rights|Refugee Resettlement|Legal Aid|Worker Rights
Food Justice|Climate Justice|Civil Rights|Family Unity|Language Access|Migrant Health|Community Health|Youth Leadership
Restorative Justice|Interfaith Action|Voter Engagement|Public Interest Law|Day Laborer|Asylum Support|Domestic Violence
Reproductive Justice|Racial Equity|Disability Rights|Senior Services|Adult Literacy|Fair Housing""".replace("\n", "|").split("|")
SORTS = "Coalition Alliance Network Project Center Collective Initiative Partnership Committee Council".split()
ORDERS = ["Sisters of St. Joseph of {}", "Dominican Sisters of {}", "Franciscan Friars of {}", "Benedictine Sisters of {}"]
CHURCHES = ["First Presbyterian Church of {}", "{} Friends Meeting", "Unitarian Universalist Congregation of {}",
            "St. Mary's Catholic Church, {}", "Temple Beth Shalom, {}", "{} Mennonite Church", "Islamic Center of {}",
            "First United Methodist Church of {}", "Trinity Lutheran Church, {}", "Congregation Emanu-El of {}"]
LOCAL = ["{} Immigrant Welcome Center", "Legal Aid of {}", "{} Tenants Union", "{} Interfaith Alliance", "YWCA {}",
         "Catholic Charities of {}", "Jewish Family Services of {}", "{} Workers Center", "{} Community Clinic",
         "University of {} School of Law", "{} Bar Association", "{} Food Bank", "Mujeres Unidas de {}"]
STATEWIDE = ["{} Immigrant Rights Coalition", "{} Council of Churches", "{} Education Association", "{} Voices for Children",
             "{} Justice Center", "ACLU of {}", "League of Women Voters of {}", "{} Nurses Association", "Disability Rights {}"]
NATIONAL = ["Third Act", "Indivisible", "Showing Up for Racial Justice", "Veterans for Peace", "Jobs with Justice",
            "Sunrise Movement", "Bend the Arc", "National Council of Jewish Women", "Pax Christi", "Amnesty International"]
UNIONS = ["SEIU Local {}", "UFCW Local {}", "Communications Workers of America Local {}", "AFSCME Council {}",
          "IBEW Local {}", "Teamsters Local {}", "UNITE HERE Local {}"]
FAMILIES = """Abbott Alvarez Baca Becker Castillo Chen Delgado Eaton Fuentes Garza Hale Ibarra Jensen Keller Lozano Mercer
Nakamura Ochoa Park Quintero Reyes Salazar Tran Underwood Vega Whitfield Ybarra Zamora""".split()


def names(chance, count):
    """Yields different names, until there are enough."""
    seen = set()

    def new(name):
        key = name.casefold().replace("&", "and")
        fresh = key not in seen
        seen.add(key)
        return fresh

    def place():
        return chance.choice(PLACES).replace("_", " ")

    def state():
        return chance.choice(STATES).replace("_", " ")

    for name in NATIONAL:
        if chance.random() < 0.5 and new(name):
            yield name
        for where in sorted({chance.choice([place, state])() for _ in range(chance.choice([0, 1, 2, 4, 9]))}):
            chapter = chance.choice([f"{name} {where}", f"{name} - {where}", f"{name}, {where} Chapter"])
            if new(chapter):
                yield chapter
    while len(seen) < count:
        kind = chance.random()
        if kind < 0.25:
            name = f"{chance.choice(OWN)} {chance.choice(CAUSES)} {chance.choice(SORTS)}"
        elif kind < 0.45:
            name = chance.choice(LOCAL).format(place())
        elif kind < 0.58:
            name = chance.choice(CHURCHES).format(place())
        elif kind < 0.70:
            name = chance.choice(STATEWIDE).format(state())
        elif kind < 0.78:
            name = f"{place()} {chance.choice(CAUSES)} {chance.choice(SORTS)}"
        elif kind < 0.84:
            name = f"{chance.choice(OWN)} {chance.choice(['Foundation', 'Ministries', 'Farm', 'Books', 'Consulting', 'Studio'])}"
        elif kind < 0.90:
            one, other = chance.sample(FAMILIES, 2)
            form = chance.choice(["LLP", "Law Group", "Immigration Law"])
            if not new(f"law {min(one, other)} {max(one, other)}"):
                continue
            name = f"{one} {chance.choice(['&', 'and'])} {other} {form}"
        elif kind < 0.95:
            name = chance.choice(UNIONS).format(chance.randrange(3, 2500))
        else:
            name = chance.choice(ORDERS).format(place())
        if new(name):
            yield name


def respelled(chance, name):
    """Returns the name as somebody else types it."""
    words = name.split()

    def slip():
        long = [at for at, word in enumerate(words) if len(word) > 7 and word.isalpha()]
        if not long:
            return name.upper()
        at = chance.choice(long)
        to = chance.randrange(2, len(words[at]) - 2)
        word = words[at]
        changed = words[:at] + [word[:to] + word[to + 1] + word[to] + word[to + 2:]] + words[at + 1:]
        return " ".join(changed)

    def code():
        for state, short in CODES.items():
            if name.endswith(state):
                return name[:-len(state)] + short
        return name + ", Inc."

    def acronym():
        letters = "".join(word[0] for word in words if word[0].isupper())
        return f"{name} ({letters})" if len(letters) > 2 else f"The {name}"

    return chance.choice([
        lambda: name + ", Inc.",
        lambda: "The " + name,
        lambda: name.upper(),
        lambda: name.replace(" and ", " & ") if " and " in name else name.replace(" & ", " and ") + " ",
        lambda: name.replace("Center", "Ctr.").replace("Association", "Assn.").replace("St. ", "Saint "),
        acronym,
        code,
        slip,
        lambda: name + " (co-sponsor)",
        lambda: name.replace(" of ", " Of ").replace(",", ""),
    ])()


def main():
    """Prints the list."""
    seed = sys.argv[1] if len(sys.argv) > 1 else "1"
    count = int(sys.argv[2]) if len(sys.argv) > 2 else 1000
    chance = random.Random(seed)
    different = list(names(chance, 2 * count))[:count - count // 16]
    rows = [(name, str(at)) for at, name in enumerate(different)]
    rows += [(respelled(chance, name), cluster) for name, cluster in chance.sample(rows, count - len(rows))]
    chance.shuffle(rows)
    out = csv.writer(sys.stdout, lineterminator="\n")
    out.writerow(["name", "gold_cluster"])
    out.writerows(rows)


if __name__ == "__main__":
    main()
