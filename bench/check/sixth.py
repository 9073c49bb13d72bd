"""A sixth set of cases, written and committed before it was run. `kinds.py` hands its helpers
over; see there.
"""


def add_sixth(k):
    B, E, H, HE, W, ROW, RL, L, C, R, S, en, es, rl, ENT = (
        k[name] for name in "B E H HE W ROW RL L C R S en es rl ENT".split()
    )

    def group(name, pairs, make=B):
        for at, pair in enumerate(pairs):
            first = "dup-sixth" if name.startswith("dup") else "sixth"
            make(f"{first}-{name}-{at}-{pair[0][:24]}", *pair)

    rows = [
        ("Federal Housing Finance Agency", "Federal Way Tenants Union"),
        ("Blue Mesa Renters (will sign if revised)", "Blue Mesa Renters"),
        ("Org name here", "Orange Name Tenants"),
        ("Rep. Ana Ruiz (TX-16)", "Rep. Street Tenants League"),
        ("xxxx", "Twenty Oaks Tenants"),
        ("Secretary Whitfield", "Whitfield Street Tenants"),
    ]
    for at, (bad, clean) in enumerate(rows):
        ROW(f"sixth-list-{at}-{bad[:20]}", f"{bad},organization,national,,confirmed", f"{clean},organization,national,,confirmed")
    group("ph", [
        ("Rents rose by [percentage] in [year].", "Rents rose by 4 percent in 2024."),
        ("More than N,NNN families wait.", "More than 1,200 families wait."),
        ("Our coalition has (number) members.", "Our coalition has forty members."),
        ("<Insert quote from a tenant>", "A quotation from a tenant follows."),
        ("In FY20XX, the program ended.", "In FY2024, the program ended."),
        ("The hearing of DATE TBD will decide.", "The hearing of March 3, 2027, will decide."),
        ("Families in [STATE] wait for help.", "Families in Ohio wait for help."),
    ])
    group("rem", [
        ("[Note: legal has not signed off on this paragraph]", "Legal aid has signed the letter."),
        ("Families wait for months (source?).", "Families wait for months (in Ohio)."),
        ("^ move this up?", "Move families up the list."),
        ("Sure! Here is a revised version of the paragraph:", "Here is what a revised rule would do."),
        ("TODO: add the Ohio story", "There is much to do in Ohio."),
        ("DO NOT CIRCULATE – working draft 11/30", "We circulate the working paper."),
        ("Alternate language: families cannot wait.", "An alternate plan exists."),
        ("Jen to confirm before we send.", "Jen confirmed the count."),
    ])
    group("remes", [
        ("[Nota: falta la cita]", "La nota dice lo mismo."),
        ("Versión preliminar, no publicar", "La versión final se publicó."),
    ], E)
    group("bill", [
        ("Pass the Roofs Act (S. 1234). The House must take up the Roofs Act (S. 1243).", "Pass the Roofs Act (S. 1234). The Senate must take up the Roofs Act (S. 1234)."),
        ("Title 42 C.F.R. § 982.4 and 24 C.F.R. § 982.4 say so.", "24 C.F.R. § 982.4 and 24 C.F.R. § 982.5 say so."),
        ("The Stable Homes Act, introduced as S. 55, passed the House as S. 55.", "The Stable Homes Act, introduced as S. 55, passed the Senate."),
    ])
    group("addr", [
        ("Thank you, Secretary Whitman, for your attention.", "Thank you, Secretary Whitfield, for your attention."),
        ("Mr. Whitfield, Madam Secretary, act today.", "Madam Secretary, act today."),
        ("We ask that you, as Chairwoman, hold a hearing.", "We ask that you, as Secretary, hold a meeting."),
    ])
    H("sixth-addr-h-0", {"salutation": '"Dear Secretary Dana:"'}, {}, "salutation")
    H("sixth-addr-h-1", {"salutation": '"Dear Sectretary Whitfield:"'}, {}, "salutation")
    group("dup", [
        ("Rents have risen faster than wages in nearly every county where our members work. Families who fall one month behind are often in court the next.", "Wages have not kept up with rents."),
    ])
    group("ord", [
        ("We ask for four things:\n\n1. Keep the money.\n2. Keep the staff.\n3. Keep the rule.", "We ask for three things:\n\n1. Keep the money.\n2. Keep the staff.\n3. Keep the rule."),
        ("Firstly, keep the money. Thirdly, keep the staff.", "Firstly, keep the money. Secondly, keep the staff.", "Thirdly"),
        ("Both requests are urgent: keep the money, keep the staff, and keep the rule.", "All requests are urgent: keep the money, keep the staff, and keep the rule."),
    ])
    group("xref", [
        ("See Appendix C for the names.", "See the appendix of the rule for the names."),
        ("As the chart below shows, rents rise.", "As the chart of 2024 shows, rents rise."),
        ("Footnote 9 has the source.", "The footnote of the rule has the source."),
    ])
    group("num", [
        ("Half of families (60 percent) wait.", "Half of families (50 percent) wait."),
        ("Rents doubled, from $800 to $1,200.", "Rents doubled, from $800 to $1,600."),
        ("Of 200 families, 120 wait and 90 do not.", "Of 210 families, 120 wait and 90 do not."),
        ("Two hundred (20) families wait.", "Two hundred (200) families wait."),
        ("It costs $3 billion, or $30 for each of 10 million families.", "It costs $300 million, or $30 for each of 10 million families."),
    ])
    group("date", [
        ("On Monday, December 8, 2026, courts open.", "On Tuesday, December 8, 2026, courts open."),
        ("The comment period closed on January 4, 2027.", "The comment period closes on January 4, 2027."),
        ("Sign on by December 2 using the form.", "The rule ends on December 2."),
        ("On February 30, 2027, the rule ends.", "On February 28, 2027, the rule ends."),
        ("From 2024 to 2021, rents rose.", "From 2021 to 2024, rents rose."),
    ])
    group("priv", [
        ("Her A-number is A098765432.", "Her number is public."),
        ("Join by Zoom: meeting ID 812 3456 7890, passcode 4411.", "Join by Zoom or in person."),
        ("Write to ana.ruiz1984@gmail.com with questions.", "Write to press@housedtogether.example with questions."),
    ])
    group("lnk", [
        ("Read [https://a.example/plan](https://b.example/plan).", "Read [https://a.example/plan](https://a.example/plan)."),
        ("Read [the data](https://drive.google.com/file/d/1abc/view?usp=sharing).", "Read [the data](https://a.example/data)."),
        ("Write to [the press desk](mailto:press@housedtogether,example).", "Write to [the press desk](mailto:press@housedtogether.example)."),
    ])
    group("off", [
        ("The Senate Committee on Banking, Housing and Urban Affair heard us.", "The Senate Committee on Banking, Housing, and Urban Affairs heard us."),
        ("The Departement of Justice wrote it.", "The Department of Justice wrote it."),
        ("The Office of Management and the Budget wrote it.", "The Office of Management and Budget wrote it."),
    ])
    group("count", [
        ("The 41 undersigned organizations thank you.", "The 40 undersigned organizations thank you."),
        ("Nearly sixty organizations join this letter.", "Nearly forty organizations join this letter."),
    ])
    for at, title in enumerate(["Copy of Letter", "HUD letter v4 CLEAN"]):
        H(f"sixth-meta-{at}", {"title": f'"{title}"'}, {"title": '"Homes are final"'}, "title")
    group("typ", [
        ("The Department should of acted.", "The Department should have acted."),
        ("Families loose their homes.", "Families lose their homes."),
        ("This effects every family.", "This affects every family."),
        ("Its time to act.", "It is time to act."),
        ("The goverment must act.", "The government must act."),
    ])
    RL("sixth-rel-0", "Thirty organizations signed the letter to the Secretary.", "Forty organizations signed the letter to the Secretary.")
    RL("sixth-rel-1", "The letter of December 6 asks for help.", "The letter of December 7 asks for help.")
