"""A third set of cases of the same kinds, written without looking at what the rules find, to
see how far they reach. `kinds.py` hands its helpers over; see there.
"""


def add_blind(k):
    B, E, H, HE, W, ROW, RL, L, C, R, S, en, es, rl, ENT = (
        k[name] for name in "B E H HE W ROW RL L C R S en es rl ENT".split()
    )

    def group(name, pairs, make=B):
        for at, pair in enumerate(pairs):
            # What is said again is found where it stands last.
            first = "dup-blind" if name.startswith("dup") else "blind"
            make(f"{first}-{name}-{at}-{pair[0][:24]}", *pair)

    rows = [
        ("Internal Revenue Service", "Iron Range Service League"),
        ("Social Security Administration", "Social Workers for Homes"),
        ("City of Dayton Housing Department (awaiting approval)", "City Housing Friends of Dayton"),
        ("Organization TBD", "Organization of Tenants"),
        ("(blank)", "Blank Slate Housing"),
        ("Same organization as last time", "Same Street Neighbors"),
        ("Dept. of Housing and Urban Development", "Department Store Workers United"),
        ("Secretary of Housing and Urban Development", "Secretaries for Housing"),
        ("Congressional Progressive Caucus", "Progressive Renters Caucus of Ohio"),
        ("Senate Banking Committee", "Banking on Homes Committee"),
        ("Blue Mesa Renters - pls remove", "Blue Mesa Renters"),
        ("Blue Mesa Renters (verbal yes from Ana)", "Blue Mesa Renters (Arizona)"),
        ("Blue Mesa Renters / sent follow-up 12/1", "Blue Mesa Renters"),
        ("Blue Mesa Renters (duplicate?)", "Blue Mesa Renters"),
        ("Your Mom's House", "Mothers’ House of Dayton"),
        ("Organization Name Here", "Here Together"),
        ("Ministerio de Vivienda (pendiente)", "Ministerio de la Vivienda Digna"),
        ("en representación propia", "Representación Popular"),
        ("I don't represent an organization", "We Represent Renters"),
        ("#N/A", "Number One Tenants"),
    ]
    for at, (bad, clean) in enumerate(rows):
        ROW(f"blind-list-{at}-{bad[:20]}", f"{bad},organization,national,,confirmed", f"{clean},organization,national,,confirmed")

    group("ph", [
        ("The [agency] should act.", "The agency should act."),
        ("In [month, year], rents rose.", "In May 2024, rents rose."),
        ("Rents rose by $X.X billion.", "Rents rose by $4.2 billion."),
        ("The bill, H.R. [NUMBER], helps.", "The bill, H.R. 4120, helps."),
        ("Our coalition of ## groups agrees.", "Our coalition of 40 groups agrees."),
        ("According to [CITE], courts are full.", "According to the Census, courts are full."),
        ("We met with ________ in March.", "We met with Ana Ruiz in March."),
        ("The report (add link here) says so.", "The report says so."),
        ("Renters in <state> wait.", "Renters in Ohio wait."),
        ("Rents rose xx% in a year.", "Rents rose 9% in a year."),
        ("As stated by {{speaker_name}}, rents rise.", "As stated by Ana Ruiz, rents rise."),
        ("Figures are to follow from Leo.", "Figures are as follows in the report."),
        ("[Optional: add a story from your state.]", "A story from Ohio helps."),
        ("QUOTE FROM DIRECTOR TO BE ADDED", "A quotation of the director helps."),
    ])
    group("phes", [
        ("La oficina de [ciudad] cerró.", "La oficina de Dayton cerró."),
        ("Más de XXX familias esperan.", "Más de 300 familias esperan."),
        ("(agregar enlace)", "(con enlace)"),
        ("El proyecto de ley H.R. ____ ayuda.", "El proyecto de ley H.R. 4120 ayuda."),
    ], E)
    group("rem", [
        ("CONFIDENTIAL - DO NOT CIRCULATE", "Records stay confidential."),
        ("Draft as of 12/3, edits due Friday", "A draft rule is due Friday."),
        ("(Leo, is this right?)", "(Leo says so.)"),
        ("Families wait.[LD3]", "Families wait."),
        ("[MOVE THIS UP]", "Move up the date."),
        ("We [strongly] [urge/request] action.", "We urge action."),
        ("@Leo Diaz pls fix the number", "Leo Diaz fixed the number."),
        ("Certainly! Here is the letter you asked for:", "Here is what the letter asks for."),
        ("#VALUE!", "A value."),
        ("From: Ana Ruiz <ana@roofs.example>", "From Ana Ruiz came the first report."),
        ("[image: logo.png]", "A picture."),
        ("Reviewed by counsel 11/30 - ok to send", "Counsel reviewed the rule."),
        ("Delete before sending.", "Delete the rule."),
        ("Suggested change: strike the second sentence.", "A suggested change helps."),
        ("【4:0†source】", "The source is the Census."),
    ])
    group("remes", [
        ("CONFIDENCIAL: NO CIRCULAR", "Los datos son confidenciales."),
        ("(Leo: ¿es correcto?)", "(Leo lo dice.)"),
        ("Claro, aquí está la carta revisada:", "Aquí está lo que pide la carta."),
        ("[REVISAR]", "Revisar la regla."),
    ], E)
    group("bill", [
        ("Pass H.R. 5512. We thank the sponsors of H.R. 5521.", "Pass H.R. 5512. We thank the sponsors of H.R. 5512."),
        ("The Stable Homes Act (S. 1180) helps. Pass the Stable Homes Act (S. 1108).", "The Stable Homes Act (S. 1180) helps. Pass the Stable Homes Act (S. 1180)."),
        ("The Senate passed H.Res. 88 last year.", "The House passed H.Res. 88 last year."),
        ("Senator Diaz’s bill, H.R. 88, helps.", "Senator Diaz’s bill, S. 88, helps."),
        ("Executive Order 14110 hurts. Revoke Executive Order 14101.", "Executive Order 14110 hurts. Revoke Executive Order 14110."),
        ("The rule (Docket HUD-2026-0031) hurts. Withdraw HUD-2026-0013.", "The rule (Docket HUD-2026-0031) hurts. Withdraw HUD-2026-0031."),
    ])
    group("addr", [
        ("We thank you, Secretary Whitfeld, for your time.", "We thank you, Secretary Whitfield, for your time."),
        ("Administrator Whitfield, we ask you to act.", "Secretary Whitfield, we ask you to act."),
        ("Secretary Daniel Whitfield has said so.", "Secretary Dana Whitfield has said so."),
        ("As a member of the House, you can act.", "Members of the House can act."),
        ("Your colleagues in the Senate need your vote for the bill, Senator.", "Senators need to vote for the bill."),
                ("Mr. President, we ask you to act.", "The President can act."),
    ])
    group("addres", [
        ("Secretaria Whitfeld, le pedimos que actúe.", "Secretaria Whitfield, le pedimos que actúe."),
        ("Señor Secretario, le pedimos que actúe.", "Señora Secretaria, le pedimos que actúe."),
    ], E)
    group("two", [
        ("“Rents rise,” said Ana Ruiz, president of Roofs for All.\n\n“Courts are full,” said Ana Ruiz, policy director of Roofs for All.",
         "“Rents rise,” said Ana Ruiz, president of Roofs for All.\n\n“Courts are full,” said Ruiz.", "“Courts are full,”"),
        ("Ana Ruiz, a nurse, waits. Anna Ruiz lost her home.", "Ana Ruiz, a nurse, waits. Ana Ruiz lost her home."),
    ])
    group("dup", [
        ("Dear Secretary Whitfield:\n\nWe write again.", "We write again."),
        ("Families who fall one month behind are often in court the next.", "Families who fall behind may be in court soon."),
        ("Sincerely,\n\nThe undersigned organizations", "The undersigned organizations agree."),
        ("On behalf of the undersigned organizations, we write to ask the Department of Housing and Urban Development to keep emergency rental assistance whole.",
         "On behalf of families, we ask."),
    ])
    group("ord", [
        ("We make two requests. First, keep the money. Second, keep the staff. Third, keep the rule.", "We make three requests. First, keep the money. Second, keep the staff. Third, keep the rule."),
        ("First, keep the money. Third, keep the staff.", "First, keep the money. Second, keep the staff."),
        ("We ask for four steps:\n\n1. Keep the money.\n2. Keep the staff.\n3. Keep the rule.", "We ask for three steps:\n\n1. Keep the money.\n2. Keep the staff.\n3. Keep the rule.", "four steps"),
        ("There are two reasons: rents, wages, and courts.", "There are three reasons: rents, wages, and courts."),
        ("(i) Keep the money; (ii) keep the staff; (iv) keep the rule.", "(i) Keep the money; (ii) keep the staff; (iii) keep the rule."),
        ("The six recommendations below matter:\n\n- Keep the money.\n- Keep the staff.\n- Keep the rule.\n- Act.\n- Report.", "The five recommendations below matter:\n\n- Keep the money.\n- Keep the staff.\n- Keep the rule.\n- Act.\n- Report.", "six recommendations"),
    ])
    group("ordes", [
        ("Hay dos razones: las rentas, los salarios y los juicios.", "Hay tres razones: las rentas, los salarios y los juicios."),
        ("Primero, mantenga la ayuda. Tercero, mantenga al personal.", "Primero, mantenga la ayuda. Segundo, mantenga al personal."),
    ], E)
    group("xref", [
        ("See Exhibit C.", "See the report."),
        ("The chart above shows it.", "The report shows it."),
        ("As note 9 says, rents rise.", "As the report says, rents rise."),
        ("Part VII says more.", "The report says more."),
        ("A list of cases is attached to this letter.", "A list of cases is public."),
        ("See page 12 of this letter.", "See page 12 of the report."),
    ])
    group("num", [
        ("Of 900 families, 400 won and 600 lost.", "Of 900 families, 400 won and 500 lost."),
        ("The rule costs $3 million. These $3 billion are lost.", "The rule costs $3 million. These $3 million are lost."),
        ("Rents fell from 900 to 950 dollars.", "Rents rose from 900 to 950 dollars."),
        ("Some 112 percent of renters wait.", "Some 12 percent of renters wait."),
        ("Twelve (21) families wait.", "Twelve (12) families wait."),
        ("Half of renters, or 65 percent, wait.", "Half of renters, or 50 percent, wait."),
        ("| State | Families |\n| --- | --- |\n| Ohio | 200 |\n| Maine | 300 |\n| Total | 600 |", "| State | Families |\n| --- | --- |\n| Ohio | 200 |\n| Maine | 300 |\n| Total | 500 |", "| Total"),
        ("The cost is $1,00,000.", "The cost is $1,000,000."),
        ("Two in three renters (46 percent) wait.", "Two in three renters (67 percent) wait."),
    ])
    group("acro", [
        ("The Emergency Rental Assistance Program (ERPA) works.", "The Emergency Rental Assistance Program (ERAP) works."),
        ("The Housing Trust Fund (HTF) works. The Housing Trust Fund (NHTF) grows.", "The Housing Trust Fund (HTF) works. The HTF grows."),
    ])
    group("date", [
        ("The hearing is on Monday, December 8, 2026.", "The hearing is on Tuesday, December 8, 2026."),
        ("Send your names by December 1.", "Names are public."),
        ("From June 9 to June 2, courts were shut.", "From June 2 to June 9, courts were shut."),
        ("On June 31, 2025, courts shut.", "On June 30, 2025, courts shut."),
        ("Next month, in November 2026, courts open.", "Next month, in January 2027, courts open."),
        ("The rule takes effect on January 5, 2026, and we ask you to delay it before then.", "The rule took effect on January 5, 2026."),
        ("Courts opened on March 3, 2202.", "Courts opened on March 3, 2022."),
        ("The vote will be held on October 4, 2026.", "The vote was held on October 4, 2026."),
        ("At a hearing at 14:30 p.m., families spoke.", "At a hearing at 2:30 p.m., families spoke."),
    ])
    group("datees", [
        ("La audiencia es el lunes 8 de diciembre de 2026.", "La audiencia es el martes 8 de diciembre de 2026."),
        ("El 31 de junio de 2025 cerraron los juzgados.", "El 30 de junio de 2025 cerraron los juzgados."),
    ], E)
    group("priv", [
        ("Her number is 123-45-6788.", "Her number is public."),
        ("The client’s A-number is A 087 654 321.", "The client’s case is A-21."),
        ("Join at https://zoom.us/j/91234567890?pwd=abcDEF123.", "Join at the hall."),
        ("Write to leo.diaz84@yahoo.com.", "Write to press@housedtogether.example."),
        ("Meeting ID: 912 3456 7890, passcode 443322", "The meeting has its own room."),
        ("Ana was born on 03/14/1987 and waits.", "Ana was born in Dayton and waits."),
    ])
    group("lnk", [
        ("See [the report](https://docs.google.com/document/d/1AbC/edit?usp=sharing).", "See [the report](https://housedtogether.example/report)."),
        ("See [it](https://bit.ly/3xYz).", "See [it](https://housedtogether.example/a)."),
        ("See [it](https://a.example/report?utm_source=newsletter).", "See [it](https://a.example/report)."),
        ("See [housedtogether.example/report](https://evil.example/report).", "See [housedtogether.example/report](https://housedtogether.example/report)."),
        ("See [it](https://nam02.safelinks.protection.outlook.com/?url=x).", "See [it](https://a.example/x)."),
        ("Write to [us](mailto:press@housedtogether,example).", "Write to [us](mailto:press@housedtogether.example)."),
        ("See [it](http://localhost:8080/a).", "See [it](https://a.example/a)."),
        ("See [it](file:///Users/ana/report.pdf).", "See [it](https://a.example/report.pdf)."),
        ("See https//a.example/report for more.", "See https://a.example/report for more."),
    ])
    group("off", [
        ("The Environment Protection Agency agrees.", "The Environmental Protection Agency agrees."),
        ("The Department of Homeland Securities agrees.", "The Department of Homeland Security agrees."),
        ("The Senate Committee on Banking, Housing and Urban Development agrees.", "The Senate Committee on Banking, Housing, and Urban Affairs agrees."),
        ("The House Committee on Appropriation agrees.", "The House Committee on Appropriations agrees."),
        ("The Government Accounting Office agrees.", "The Government Accountability Office agrees."),
        ("The Department of Veteran Affairs agrees.", "The Department of Veterans Affairs agrees."),
        ("The House Judicial Committee agrees.", "The House Judiciary Committee agrees."),
        ("Immigration and Custom Enforcement agrees.", "Immigration and Customs Enforcement agrees."),
    ])
    group("count", [
        ("The 38 organizations signing this letter agree.", "The 40 organizations signing this letter agree."),
        ("We, 41 organizations, agree.", "We, 40 organizations, agree."),
        ("Nearly 50 groups have signed this letter.", "Nearly 41 groups have signed this letter."),
        ("All fifty of the undersigned agree.", "All forty of the undersigned agree."),
        ("More than 100 organizations have joined this letter.", "More than 30 organizations have joined this letter."),
    ])
    group("countes", [
        ("Somos 38 organizaciones firmantes.", "Somos organizaciones firmantes."),
        ("Más de cien organizaciones firmamos esta carta.", "Organizaciones firmamos esta carta."),
    ], lambda name, bad, clean: W(name, {C: es(bad, {"signatories": '["../signatories/list.csv"]'})}, {C: es(clean)}, C, bad))
    for at, title in enumerate(["HUD letter FINAL FINAL", "letter (2)", "[DRAFT] HUD letter", "untitled-1", "Letter_clean_v7"]):
        H(f"blind-meta-{at}", {"title": f'"{title}"'}, {"title": '"Homes now"'}, "title")
    group("typ", [
        ("The public defender told the pubic.", "The public defender told the public."),
        ("“Rents rise, she said.", "“Rents rise,” she said."),
        ("Rents rise (in Ohio.", "Rents rise (in Ohio)."),
        ("We ask congress to act.", "We ask Congress to act."),
        ("Rents rise,, and families wait.", "Rents rise, and families wait."),
        ("Families families wait.", "Families wait."),
        ("We urge you too act.", "We urge you to act."),
        ("The Unitied States acts.", "The United States acts."),
        ("Its time to act.", "It’s time to act."),
        ("Families loose their homes.", "Families lose their homes."),
        ("The committe met.", "The committee met."),
        ("Assistence ends.", "Assistance ends."),
    ])
    group("types", [
        ("«Suben las rentas, dice Ana.", "«Suben las rentas», dice Ana."),
        ("Las familias esperan en la la corte.", "Las familias esperan en la corte."),
        ("Como estan las familias?", "¿Cómo están las familias?"),
        ("La adminstración no actúa.", "La administración no actúa."),
    ], E)
    group("near", [
        ("As Tenant Together Across America found, rents rise.", "As Tenants Together Across America found, rents rise."),
        ("The Beacon Hollow Legal Aide found it.", "Beacon Hollow Legal Aid found it."),
        ("Leaders of Granite State Renter’s met.", "Leaders of Granite State Renters met."),
        ("Delta Mother United found it.", "Delta Mothers United found it."),
    ])
    RL("blind-rel-0", "The letter, dated December 4, went to the Secretary.", "The letter, dated December 7, went to the Secretary.")
    RL("blind-rel-1", "The letter is addressed to Secretary Diana Whitfield.", "The letter is addressed to Secretary Dana Whitfield.")
    RL("blind-rel-2", "More than 60 organizations signed the letter.", "The 40 organizations signed the letter.")
    RL("blind-rel-3", "“Rents rise,” said Zoe Park, director of the Ocean Mapping Society, which signed the letter.", "“Rents rise,” said Zoe Park, director of Roofs for All.")
    W("blind-ev-0", {L: en("![Photo: TBD](chart.png)"), "letters/chart.png": ""}, {L: en()}, L, "TBD")
    W("blind-ev-1", {L: en(h={"closing": '"[Closing],"'})}, {L: en()}, L, "[Closing]")
    W("blind-ev-2", {L: en(h={"subject": '"Rental asistance in the 2027 budget XX"'})}, {L: en()}, L, "XX")
