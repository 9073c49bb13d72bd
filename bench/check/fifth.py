"""A fifth, small set of cases, written together with the fourth and run only after what the
fourth showed was cured. `kinds.py` hands its helpers over; see there.
"""


def add_fifth(k):
    B, E, H, HE, W, ROW, RL, L, C, R, S, en, es, rl, ENT = (
        k[name] for name in "B E H HE W ROW RL L C R S en es rl ENT".split()
    )

    def group(name, pairs, make=B):
        for at, pair in enumerate(pairs):
            first = "dup-fifth" if name.startswith("dup") else "fifth"
            make(f"{first}-{name}-{at}-{pair[0][:24]}", *pair)

    rows = [
        ("Bureau of Indian Affairs", "Bureau Street Tenants"),
        ("Blue Mesa Renters - need to confirm", "Blue Mesa Renters"),
        ("Blue Mesa Renters (previously signed)", "Blue Mesa Renters"),
        ("Volunteer", "Volunteer State Renters"),
        ("N.A.", "N.A. Tenants of Dayton"),
        ("No organization", "No Family Left Out"),
        ("Senator Luz Ortega", "Senator Street Neighbors"),
    ]
    for at, (bad, clean) in enumerate(rows):
        ROW(f"fifth-list-{at}-{bad[:20]}", f"{bad},organization,national,,confirmed", f"{clean},organization,national,,confirmed")
    group("ph", [
        ("In [insert county], rents rose by [X]%.", "In Knox County, rents rose by 9%."),
        ("We represent ### members in ## states.", "We represent 900 members in 12 states."),
        ("As (name of expert) has said, this works.", "As an expert has said, this works."),
        ("The vote is on [DAY], at [TIME].", "The vote is on Friday, at noon."),
        ("The Department’s letter of TBD says so.", "The Department’s letter of May says so."),
        ("Nearly X,XXX families wait.", "Nearly 1,400 families wait."),
    ])
    group("phes", [
        ("El secretario de [dependencia] no respondió.", "El secretario de la dependencia no respondió."),
        ("Completar: número de familias", "Es hora de completar la obra."),
    ], E)
    group("rem", [
        ("INTERNAL DRAFT: do not forward outside the steering committee.", "The steering committee sent it."),
        ("Families wait [LR to check w/ Ana] for months.", "Families wait for months."),
        ("(shorten?)", "(in short)"),
        ("Here’s the final version of the letter, ready to send:", "The final version of the rule is ready."),
        ("Ana, please add your stats here.", "Ana added her stats."),
        ("Comment by Leo Diaz on the second paragraph: too strong", "A comment by Leo Diaz in the Register is strong."),
        ("We believe/know that families can’t wait.", "We know that families can’t wait."),
    ])
    group("remes", [
        ("(Leo, favor de revisar)", "(Leo lo revisó)"),
        ("USO INTERNO – NO COMPARTIR", "El uso es público."),
    ], E)
    group("bill", [
        ("Cosponsor H.R. 6177. Without H.R. 6117, rents rise.", "Cosponsor H.R. 6177. Without H.R. 6177, rents rise."),
        ("Representative Ortega’s bill, S. 410, helps.", "Representative Ortega’s bill, H.R. 410, helps."),
    ])
    group("addr", [
        ("Secretary Whitfeild, you can act today.", "Secretary Whitfield, you can act today."),
        ("We thank Commissioner Whitfield for her work.", "We thank Secretary Whitfield for her work."),
    ])
    H("fifth-addr-h-0", {"salutation": '"Dear Secretary Winfield:"'}, {}, "salutation")
    H("fifth-addr-h-1", {"salutation": '"Dear Secretary Whitfield,:"'}, {}, "salutation")
    group("two", [
        ("“Rents rise,” said Zoe Park, policy director of Roofs for All. “Courts are full,” added Zoe Park, a board member of Roofs for All.", "“Rents rise,” said Zoe Park, policy director of Roofs for All. “Courts are full,” added Park."),
    ])
    group("dup", [
        ("On behalf of the undersigned organizations, we write to ask the Department of Housing and Urban Development to keep emergency rental assistance whole in its request for the coming year.", "We ask the Department to keep the assistance whole."),
    ])
    group("ord", [
        ("We ask for three things: first, keep the money; second, keep the staff.", "We ask for two things: first, keep the money; second, keep the staff."),
        ("Secondly, keep the staff.", "Second to none, keep the staff."),
        ("1. Keep the money.\n\n2. Keep the staff.\n\nOur three priorities above are urgent.", "1. Keep the money.\n\n2. Keep the staff.\n\nOur two priorities above are urgent.", "Our three"),
    ])
    group("xref", [
        ("See Attachment 2 for the list.", "See the attachment of the rule for the list."),
        ("Figure 4 shows the rise of rents.", "The figure shows the rise of rents."),
        ("We have attached our comments.", "We have published our comments."),
    ])
    group("num", [
        ("Rents rose 20 percent, from $1,000 to $1,500.", "Rents rose 50 percent, from $1,000 to $1,500."),
        ("Three in four families (65%) wait.", "Three in four families (75%) wait."),
        ("The grant is $5 million: $2 million for courts and $4 million for shelters.", "The grant is $6 million: $2 million for courts and $4 million for shelters."),
        ("Fifteen (50) families wait.", "Fifteen (15) families wait."),
    ])
    group("date", [
        ("The vote is on Wed., December 16, 2026, and the count on Thurs., December 18, 2026.", "The vote is on Wed., December 16, 2026, and the count on Thurs., December 17, 2026."),
        ("Please return your signature by Friday.", "Please return our call by Friday."),
        ("Next week, on November 3, 2026, courts open.", "Last month, on November 3, 2026, courts opened."),
        ("We will testify on June 4, 2026.", "We testified on June 4, 2026."),
    ])
    group("priv", [
        ("His SSN is 219-09-9999.", "His SSN is public to no one."),
        ("Dial in: 646-555-0123, access code 884412#.", "Dial in from anywhere."),
    ])
    group("lnk", [
        ("Read [the report](https://tinyurl.com/abc123).", "Read [the report](https://a.example/abc123)."),
        ("Read [the report](https://a.example/r?mc_cid=1a2b&mc_eid=3c4d).", "Read [the report](https://a.example/r?page=2)."),
        ("Read [the plan](https://docs.google.com/document/d/1x/edit#heading=h.1).", "Read [the plan](https://a.example/plan#heading)."),
    ])
    group("off", [
        ("The Department of Housing and Urban Developments wrote it.", "The Department of Housing and Urban Development wrote it."),
        ("The House Committee on Ways & Mean heard us.", "The House Committee on Ways & Means heard us."),
        ("The Immigration and Citizenship Services wrote it.", "Citizenship and Immigration Services wrote it."),
        ("The Consumer Protection Financial Bureau wrote it.", "The Consumer Financial Protection Bureau wrote it."),
    ])
    group("count", [
        ("On behalf of our 45 organizations, we thank you.", "On behalf of our 40 organizations, we thank you."),
        ("Over four dozen organizations signed this letter.", "Over three dozen organizations signed this letter."),
    ])
    for at, title in enumerate(["letter-final-2.docx", "Document1"]):
        H(f"fifth-meta-{at}", {"title": f'"{title}"'}, {"title": '"Homes are final"'}, "title")
    group("typ", [
        ("The Department must except our comments.", "The Department must accept our comments."),
        ("Families can’t wait any longer..", "Families can’t wait any longer."),
        ("“We wait, said Ana Ruiz, “and courts are full.”", "“We wait,” said Ana Ruiz, “and courts are full.”"),
        ("The recieving families wait.", "The receiving families wait."),
        ("We urge you act to keep the the money.", "We urge you to keep the money."),
    ])
    group("near", [
        ("Friends at First Door Housing Networks told us.", "Friends at First Door Housing Network told us."),
    ])
    RL("fifth-rel-0", "Fifty organizations signed the letter to the Secretary.", "Forty organizations signed the letter to the Secretary.")
    RL("fifth-rel-1", "A letter of December 9 asks for help.", "A letter of December 7 asks for help.")
