"""A fourth set of cases of the same kinds, in longer sentences, worst first, written as those
before it without looking at what the rules find. `kinds.py` hands its helpers over; see there.
"""


def add_fourth(k):
    B, E, H, HE, W, ROW, RL, L, C, R, S, en, es, rl, ENT = (
        k[name] for name in "B E H HE W ROW RL L C R S en es rl ENT".split()
    )

    def group(name, pairs, make=B):
        for at, pair in enumerate(pairs):
            first = "dup-fourth" if name.startswith("dup") else "fourth"
            make(f"{first}-{name}-{at}-{pair[0][:24]}", *pair)

    rows = [
        ("Centers for Medicare & Medicaid Services", "Center for Medicare Rights of Dayton"),
        ("White House Domestic Policy Council", "White Hall Housing Council"),
        ("U.S. House of Representatives", "House of Ruth Dayton"),
        ("Rep. Luz Ortega (OH-12)", "Representatives of Renters Ohio"),
        ("Governor Pat Lowell", "Governor Street Tenants"),
        ("Federal Housing Administration", "Federation of Housing Administrators"),
        ("Blue Mesa Renters [confirm logo]", "Blue Mesa Renters"),
        ("Blue Mesa Renters?", "Blue Mesa Renters"),
        ("Blue Mesa Renters - withdrew 11/30", "Blue Mesa Renters"),
        ("Blue Mesa Renters ASK ANA", "Ask Ana Community Clinic"),
        ("Blue Mesa Renters (signing as individual)", "Blue Mesa Renters"),
        ("see attached", "Attached Houses Tenants Union"),
        ("ditto", "Ditto Street Neighbors"),
        ("Myself", "Speak for Myself Coalition"),
        ("private citizen", "Private Citizens for Public Homes"),
        ("Retired teacher", "Retired Teachers Union of Ohio"),
        ("Organización de prueba", "Organización de Vecinas de Dayton"),
        ("Ninguna", "Ninguna Familia Sin Casa"),
        ("My organization would like to sign", "My Organization Matters"),
        ("Blue Mesa Renters info@bluemesa.example", "Blue Mesa Renters"),
    ]
    for at, (bad, clean) in enumerate(rows):
        ROW(f"fourth-list-{at}-{bad[:20]}", f"{bad},organization,national,,confirmed", f"{clean},organization,national,,confirmed")

    group("ph", [
        ("In our state, [NUMBER] households received help, and [NUMBER] were turned away.", "In our state, 400 households received help, and 90 were turned away."),
        ("According to a study by [University], every dollar saves three.", "According to a study by Ohio State University, every dollar saves three."),
        ("Last month a family in [City, State] was told to leave.", "Last month a family in Dayton, Ohio, was told to leave."),
        ("Since [date], the Department has not answered.", "Since March 3, the Department has not answered."),
        ("Please contact [name] at [email] with any questions.", "Please contact Robin Vale at press@housedtogether.example with any questions."),
        ("In fiscal year 20__, Congress gave $___ million.", "In fiscal year 2024, Congress gave $300 million."),
        ("The program has helped TKTK families so far.", "The program has helped 900 families so far."),
        ("The program, which began in YEAR, has helped many.", "The program, which began in the year 2020, has helped many."),
        ("For more, see <insert link>.", "For more, see <https://housedtogether.example/report>."),
        ("The number of evictions rose by ?? percent.", "The number of evictions rose by 12 percent."),
        ("Courts in XX County are closed.", "Courts in Knox County are closed."),
        ("“QUOTE HERE,” said Ana Ruiz of Roofs for All.", "“Quote the law here,” said Ana Ruiz of Roofs for All."),
        ("We urge you to support H.R. XXXX without delay.", "We urge you to support H.R. 4120 without delay."),
        ("Your office can reach us at (XXX) XXX-XXXX.", "Your office can reach us at (202) 555-0142."),
        ("<<First_Name>> <<Last_Name>> waited two years.", "Ana Ruiz waited two years."),
    ])
    group("phes", [
        ("Según un estudio de [universidad], cada dólar ahorra tres.", "Según un estudio de la universidad, cada dólar ahorra tres."),
        ("En el condado de XXXX cerraron los juzgados.", "En el condado de Knox cerraron los juzgados."),
        ("PENDIENTE: dato de Ohio", "Está pendiente el dato de Ohio."),
        ("Para más información, llame a [nombre] al [teléfono].", "Para más información, llame a Robin Vale al 202-555-0142."),
    ], E)
    group("rem", [
        ("PRE-DECISIONAL – FOR COALITION REVIEW ONLY – NOT FOR PUBLIC RELEASE", "The coalition asks for a public review."),
        ("Families wait for months [AR: can we say years?] and courts are full.", "Families wait for months [sic] and courts are full."),
        ("We demand // request that the Department act.", "We request that the Department act."),
        ("Families wait for months (I think this is from the Urban report? will check).", "Families wait for months (this is from the Urban report)."),
        ("Ana – is this the newest number? – Leo", "Ana and Leo have the newest number."),
        ("Sure, here’s the revised paragraph with a warmer tone:", "Here is what the revised rule says."),
        ("Would you like me to also draft a press release?", "Would you like to meet with us?"),
        ("[This paragraph still needs sign-off from legal]", "This paragraph of the rule needs a fix."),
        ("Edits from the 11/28 call are in red.", "The edits of the rule are public."),
        ("TODO cite the GAO study", "The GAO study says it."),
        ("Formatted: Font: 12 pt", "The form is one page."),
        ("To: coalition-leads@housedtogether.example", "To coalition leads, this is no news."),
        ("You received this message because you are subscribed to the Google Groups “housing leads” group.", "You received our message of March."),
        ("--- cut here? ---", "Cut here, and families fall."),
        ("Language above is from the 2024 letter, please update.", "The language above is from the 2024 rule."),
        ("*Not yet approved by steering committee*", "*Approved by the committee*"),
        ("## Version 4 (clean)", "## A clean start"),
        ("REMOVE IF SENATOR COSPONSORS", "Remove the rule."),
    ])
    group("remes", [
        ("Ana: ¿tenemos fuente para esto?", "Ana tiene una fuente para esto."),
        ("[Falta la aprobación del comité]", "El comité dio su aprobación."),
        ("BORRADOR 3 - 28/11", "El borrador es público."),
        ("¡Por supuesto! A continuación le presento el texto traducido:", "A continuación presentamos lo que pedimos."),
    ], E)
    group("bill", [
        ("We support the Stable Homes Act (H.R. 2210). When H.R. 2210 passed, S. 2210 did not; the Stable Homes Act (H.R. 2201) must move.", "We support the Stable Homes Act (H.R. 2210). H.R. 2210 must move."),
        ("Senator Diaz introduced H.R. 914 in May.", "Senator Diaz introduced S. 914 in May."),
        ("Public Law 116-136 began it. Without P.L. 116-163, families fall.", "Public Law 116-136 began it. Without P.L. 116-136, families fall."),
        ("See 24 CFR Part 982. Under 24 CFR Part 928, courts decide.", "See 24 CFR Part 982. Under 24 CFR Part 982, courts decide."),
        ("The House should pass S. 77, which Representative Ortega wrote.", "The Senate should pass S. 77."),
    ])
    group("billes", [
        ("Apoyamos el proyecto H.R. 2210. Sin el H.R. 2201, las familias caen.", "Apoyamos el proyecto H.R. 2210. Sin el H.R. 2210, las familias caen."),
    ], E)
    group("addr", [
        ("Thank you, Senator Whitfield, for your leadership.", "Thank you, Secretary Whitfield, for your leadership."),
        ("We are grateful to Secretary Witfield for her time in June.", "We are grateful to Secretary Whitfield for her time in June."),
        ("Secretary Whitmore has the power to act now.", "Secretary Whitfield has the power to act now."),
        ("Your constituents in Ohio deserve your vote on this bill.", "Constituents in Ohio deserve a vote on this bill."),
        ("We ask the Department of Housing and Urban Renewal to act.", "We ask the Department of Housing and Urban Development to act."),
        ("Attorney General Whitfield can settle the case today.", "The attorney general can settle the case today."),
        ("Sec. Dana Whitefield said so in May.", "Sec. Dana Whitfield said so in May."),
    ])
    H("fourth-addr-h-0", {"salutation": '"Dear Secretary Whitfeild:"'}, {}, "salutation")
    H("fourth-addr-h-1", {"salutation": '"Dear Senator Whitfield:"'}, {}, "salutation")
    H("fourth-addr-h-2", {"salutation": '"Dear Mr. Secretary and Members of the Committee:"'}, {}, "salutation")
    H("fourth-addr-h-3", {"salutation": '"Dear Secretary Dana:"'}, {}, "salutation")
    H("fourth-addr-h-4", {"salutation": '"Dear Attorney General Garland:"'}, {}, "salutation")
    group("addres", [
        ("Secretario Whitfield, usted puede actuar hoy.", "Secretaria Whitfield, usted puede actuar hoy."),
        ("Senadora Whitfield, le damos las gracias.", "Secretaria Whitfield, le damos las gracias."),
    ], E)
    HE("fourth-addres-h-0", {"salutation": '"Estimado Secretaria Whitfield:"'}, {}, "salutation")
    group("two", [
        ("“Rents rise,” said Leo Diaz, executive director of Roofs for All. Leo Diaz, deputy director of Roofs for All, testified in May.", "“Rents rise,” said Leo Diaz, executive director of Roofs for All. Leo Diaz testified in May."),
        ("Maria Lopez of Roofs for All lost her home. “I waited,” said Mary Lopez of Roofs for All.", "Maria Lopez of Roofs for All lost her home. “I waited,” said Maria Lopez of Roofs for All."),
        ("Dr. Zoe Park treats families. “I see it daily,” said Mr. Zoe Park.", "Dr. Zoe Park treats families. “I see it daily,” said Dr. Zoe Park."),
        ("Ana Ruiz lost his home after her rent rose; he and she both called Ana Ruiz a friend. Ms. Ruiz waits. Mr. Ruiz waits.", "Ana Ruiz lost her home. Ms. Ruiz waits."),
    ])
    group("dup", [
        ("We would welcome a meeting with you and your staff, and we thank you for your attention.", "We would welcome an answer before the hearing.", "We would welcome a meeting with you and your staff"),
        ("Rents have risen faster than wages in nearly every county where our members work.", "Rents have risen in many counties, and wages have not."),
        ("Amberfield Tenants Union\nBeacon Hollow Legal Aid\nBridgewater Housing Partnership\nCedar Crossing Community Land Trust", "Four groups of Ohio and Minnesota work on it."),
        ("Respectfully,\n\nThe undersigned", "We submit this respectfully."),
    ])
    group("dupes", [
        ("Las familias con las que trabajamos no pueden esperar otro estudio.", "Las familias necesitan una respuesta."),
    ], E)
    group("ord", [
        ("First, keep the money whole.\n\nSecond, keep the staff.\n\nFourth, keep the rule.", "First, keep the money whole.\n\nSecond, keep the staff.\n\nThird, keep the rule.", "Fourth, keep"),
        ("We ask for five changes: keep the money, keep the staff, keep the rule, and publish the data.", "We ask for four changes: keep the money, keep the staff, keep the rule, and publish the data."),
        ("Our four requests are these:\n\n- Keep the money.\n- Keep the staff.\n- Keep the rule.", "Our three requests are these:\n\n- Keep the money.\n- Keep the staff.\n- Keep the rule.", "four requests"),
        ("On the one hand, there are three problems. The first is rent. The second is wages. We ask you to solve both.", "There are two problems. The first is rent. The second is wages. We ask you to solve both."),
        ("Request 1: Keep the money.\n\nRequest 2: Keep the staff.\n\nRequest 2: Keep the rule.", "Request 1: Keep the money.\n\nRequest 2: Keep the staff.\n\nRequest 3: Keep the rule.", "Request 2: Keep the rule"),
        ("A. Keep the money.\n\nB. Keep the staff.\n\nD. Keep the rule.", "A. Keep the money.\n\nB. Keep the staff.\n\nC. Keep the rule.", "D. Keep"),
    ])
    group("ordes", [
        ("Pedimos cuatro cambios:\n\n- Mantener la ayuda.\n- Mantener al personal.\n- Mantener la regla.", "Pedimos tres cambios:\n\n- Mantener la ayuda.\n- Mantener al personal.\n- Mantener la regla.", "cuatro cambios"),
        ("En primer lugar, mantenga la ayuda. En tercer lugar, mantenga la regla.", "En primer lugar, mantenga la ayuda. En segundo lugar, mantenga la regla."),
    ], E)
    group("xref", [
        ("As Section 7 of this letter explains, courts are full.", "As Section 7 of the Act explains, courts are full."),
        ("Enclosed please find stories of twelve families.", "The report has stories of twelve families."),
        ("The map below shows where shelters closed.", "The map of the report shows where shelters closed."),
        ("A full list of citations is in Appendix A.", "A full list of citations is in the report."),
        ("See Table 3 for rents by county.", "See the Census for rents by county."),
        ("As recommendation 9 makes clear, data matter.", "As recommendation 9 of the GAO report makes clear, data matter."),
        ("See the attached fact sheet.", "See the fact sheet of the Department."),
        ("See infra, Part IV.", "See the report, Part IV."),
    ])
    group("num", [
        ("The program needs $2.4 billion; last year’s $2.4 million was not enough, and the $2.4 billion must be kept.", "The program needs $2.4 billion; last year’s $2.1 billion was not enough."),
        ("Of the 300 families in the study, 340 lost a home.", "Of the 300 families in the study, 140 lost a home."),
        ("About 55 percent rent, 35 percent own, and 20 percent live with kin.", "About 55 percent rent, 35 percent own, and 10 percent live with kin."),
        ("One in four families (40 percent) pays half of its income.", "One in four families (25 percent) pays half of its income."),
        ("Evictions doubled from 1,000 in 2020 to 1,200 in 2023.", "Evictions doubled from 1,000 in 2020 to 2,000 in 2023."),
        ("The money was cut by 140 percent.", "The money grew by 140 percent."),
        ("We ask for thirty (20) more judges.", "We ask for thirty (30) more judges."),
        ("Wages fell 3 percent, from $18 to $19 an hour.", "Wages rose, from $18 to $19 an hour."),
        ("| Year | Cost |\n| --- | --- |\n| 2023 | $1.5 million |\n| 2024 | $2.5 million |\n| Total | $5 million |", "| Year | Cost |\n| --- | --- |\n| 2023 | $1.5 million |\n| 2024 | $2.5 million |\n| Total | $4 million |", "| Total"),
        ("Between 80 and 60 families wait each night.", "Between 60 and 80 families wait each night."),
        ("It costs $12 per family, or $12,000 for 100 families.", "It costs $12 per family, or $1,200 for 100 families."),
    ])
    group("numes", [
        ("Dos de cada tres familias (45 por ciento) esperan.", "Dos de cada tres familias (67 por ciento) esperan."),
        ("Veinte (30) familias esperan.", "Veinte (20) familias esperan."),
    ], E)
    group("acro", [
        ("The Low-Income Housing Tax Credit (LIHCT) built most of them.", "The Low-Income Housing Tax Credit (LIHTC) built most of them."),
        ("The Fair Housing Act (FHA) helps. So do loans of the Federal Housing Administration (FHA).", "The Fair Housing Act helps. So do loans of the Federal Housing Administration (FHA)."),
        ("The Housing Choice Voucher (HCV) works. Each HVC holder knows it.", "The Housing Choice Voucher (HCV) works. Each HCV holder knows it."),
    ])
    group("date", [
        ("The hearing is set for Thursday, January 14, 2027, and closes Friday, January 16, 2027.", "The hearing is set for Thursday, January 14, 2027, and closes Friday, January 15, 2027."),
        ("On February 29, 2026, the office closed.", "On February 28, 2026, the office closed."),
        ("We look forward to the hearing on September 8, 2026.", "We remember the hearing on September 8, 2026."),
        ("Organizations may add their names by COB Wednesday.", "Organizations may add their names on the page."),
        ("The rule was published in 2062.", "The rule was published in 2026."),
        ("Later this year, in March 2026, the money ends.", "Next year, in March 2027, the money ends."),
        ("The program ran from 2023 to 2019.", "The program ran from 2019 to 2023."),
        ("Yesterday, December 5, 2026, courts closed.", "Yesterday, December 6, 2026, courts closed."),
        ("EMBARGOED UNTIL December 7, 2025, 9 a.m.", "The rule was embargoed in no way."),
        ("We expect an answer by November 30, 2026.", "We expect an answer by December 30, 2026."),
    ])
    group("datees", [
        ("La audiencia será el viernes 15 de octubre de 2026.", "La audiencia fue el jueves 15 de octubre de 2026."),
        ("Firme antes del 2 de diciembre.", "Firmamos antes del amanecer."),
        ("Esperamos su respuesta antes del 30 de noviembre de 2026.", "Esperamos su respuesta antes del 30 de diciembre de 2026."),
    ], E)
    group("priv", [
        ("Her Social Security number ends in 078-05-1120.", "Her Social Security check is late."),
        ("Call her on her cell, 614-555-0188, after 6 p.m.", "Call the hotline, 614-555-0188, at any time."),
        ("Ana Ruiz, A# 204-118-733, waits in Dayton.", "Ana Ruiz waits in Dayton."),
        ("The password for the call is Homes2026.", "A password is not needed for the call."),
        ("Ana Ruiz lives at 418 Elm Street, Apt. 3B, Dayton, OH 45402, with her two children.", "Ana Ruiz lives on Elm Street in Dayton with her two children."),
        ("Join the call: https://meet.google.com/abc-defg-hij", "Join the hearing."),
        ("Her account number is 4417 1234 5678 9113.", "Her account is closed."),
    ])
    group("lnk", [
        ("Sign [here](https://forms.gle/aBcD1234).", "Read it [here in full](https://housedtogether.example/letter)."),
        ("Read [the report](https://housedtogether.example/report?fbclid=IwAR0abc).", "Read [the report](https://housedtogether.example/report)."),
        ("Read [the report](https://urldefense.com/v3/__https://a.example__;!!abc).", "Read [the report](https://a.example/report)."),
        ("Read [the report](https://www.dropbox.com/s/abc/report.docx?dl=0).", "Read [the report](https://a.example/report.pdf)."),
        ("Read [www.roofsforall.example](https://www.roofforall.example).", "Read [www.roofsforall.example](https://www.roofsforall.example)."),
        ("Write to [press@housedtogether.example](mailto:ana@housedtogether.example).", "Write to [press@housedtogether.example](mailto:press@housedtogether.example)."),
        ("Read [the report](C:\\\\Users\\\\ana\\\\report.pdf).", "Read [the report](https://a.example/r.pdf)."),
        ("Read [the report](https://housedtogether.example/wp-admin/post.php?post=12&action=edit).", "Read [the report](https://housedtogether.example/post)."),
        ("Read [the report](https://staging.housedtogether.example/report?preview=true).", "Read [the report](https://housedtogether.example/stage)."),
        ("Read [the report](htps://a.example/report).", "Read [the report](https://a.example/report)."),
    ])
    group("off", [
        ("The Department of Health and Humane Services agrees.", "The Department of Health and Human Services agrees."),
        ("The Senate Judicial Committee heard us.", "The Senate Judiciary Committee heard us."),
        ("The Office of Budget and Management wrote it.", "The Office of Management and Budget wrote it."),
        ("Customs and Border Patrol closed it.", "Customs and Border Protection closed it."),
        ("The House Committee on Financial Service heard us.", "The House Committee on Financial Services heard us."),
        ("The Equal Opportunity Employment Commission wrote it.", "The Equal Employment Opportunity Commission wrote it."),
        ("The Department of Labour wrote it.", "The Department of Labor wrote it."),
        ("The Centers for Disease Control and Protection wrote it.", "The Centers for Disease Control and Prevention wrote it."),
        ("The National Labor Relation Board ruled.", "The National Labor Relations Board ruled."),
    ])
    group("offes", [
        ("El Departamento de Seguridad Interior lo escribió.", "El Departamento de Seguridad Nacional lo escribió."),
    ], E)
    group("count", [
        ("This letter is signed by 42 organizations from across the country.", "This letter is signed by 40 organizations from across the country."),
        ("We are more than fifty organizations that work with renters.", "We are forty organizations that work with renters."),
        ("Hundreds of organizations have signed on to this letter.", "Dozens of organizations have signed on to this letter."),
        ("As 39 organizations, we speak with one voice.", "As 40 organizations, we speak with one voice."),
        ("The forty-one undersigned groups speak with one voice.", "The forty undersigned groups speak with one voice."),
        ("Together, our 44 organizations serve every state.", "Together, our 40 organizations serve every state."),
    ])
    for at, title in enumerate(["Copy of HUD letter", "HUD sign-on letter v2 - AR edits", "Microsoft Word - HUD letter.docx", "Letter to HUD 12.1.26 clean", "New Document"]):
        H(f"fourth-meta-{at}", {"title": f'"{title}"'}, {"title": '"A letter for clean homes"'}, "title")
    group("lang", [
        ("Las familias con las que trabajamos no pueden esperar otro estudio, y los juzgados de nuestra ciudad están llenos.", "“Las familias no pueden esperar,” said Ana Ruiz of Roofs for All."),
    ])
    group("langes", [
        ("Rents have risen faster than wages in every county where our members live and work.", "«We can’t wait», dijo Ana Ruiz."),
    ], E)
    group("typ", [
        ("We write to express our strong support for pubic housing.", "We write to express our strong support for public housing."),
        ("The Department must insure that families are not evicted form their homes.", "The Department must ensure that families are not evicted from their homes."),
        ("We ask that you fund the program fully and that you keep", "We ask that you fund the program fully and that you keep it."),
        ("Families should of been told.", "Families should have been told."),
        ("The Untied States has 40 million renters.", "The United States has 40 million renters."),
        ("Families wait , and courts are full.", "Families wait, and courts are full."),
        ("We thank you for your for your attention.", "We thank you for your attention."),
        ("“Rents rise,” said Ana Ruiz. “We can’t wait.", "“Rents rise,” said Ana Ruiz. “We can’t wait.”"),
        ("The goverment must act.", "The government must act."),
        ("We are asking for you to to act.", "We are asking for you to act."),
        ("Families were evicted, homes were lost, and,", "Families were evicted, and homes were lost."),
        ("The affect of the rule is clear.", "The effect of the rule is clear."),
    ])
    group("types", [
        ("Pedimos que que actúe.", "Pedimos que actúe."),
        ("Le pedimos que mantenga la ayuda (véase el informe.", "Le pedimos que mantenga la ayuda (véase el informe)."),
        ("Las organisaciones firmantes piden ayuda.", "Las organizaciones firmantes piden ayuda."),
    ], E)
    group("near", [
        ("Staff of Pathways Out of Shelters met with you.", "Staff of Pathways Out of Shelter met with you."),
        ("The Juniper Valley Disability Right Center met with you.", "The Juniper Valley Disability Rights Center met with you."),
        ("Our member Copperline Worker Association met with you.", "Our member Copperline Workers Association met with you."),
    ])
    RL("fourth-rel-0", "Thirty-five organizations signed the letter.", "Forty organizations signed the letter.")
    RL("fourth-rel-1", "In a letter to Secretary Dana Whitmore, the groups ask for help.", "In a letter to Secretary Dana Whitfield, the groups ask for help.")
    RL("fourth-rel-2", "The letter, sent on December 8, asks for help.", "The letter, sent on December 7, asks for help.")
    RL("fourth-rel-3", "The letter makes five recommendations.", "The letter makes three recommendations.", x="We make three recommendations:\n\n1. Keep the money.\n2. Keep the staff.\n3. Keep the rule.")
    RL("fourth-rel-4", "“Rents rise,” said Zoe Park, director of Roof for All.", "“Rents rise,” said Zoe Park, director of Roofs for All.")
    RL("fourth-rel-5", "For interviews, contact [NAME].", "For interviews, contact Robin Vale.")
    RL("fourth-rel-6", "### FOR IMMEDIATE RELEASE – HOLD", "More is on the page.", "HOLD")
    W("fourth-ev-0", {L: en(), R: rl(rep=[("202-555-0100", "202-555-010")])}, {L: en(), R: rl()}, R, "202-555-010")
    W("fourth-ev-1", {L: en(), R: rl(rep=[("press@housedtogether.example", "press@housedtogether")])}, {L: en(), R: rl()}, R, "press@housedtogether")
    W("fourth-ev-2", {L: en(rep=[("Washington, DC 20410", "Washington, DC 2041")])}, {L: en()}, L, "2041")
    W("fourth-ev-3", {L: en(h={"enclosures": '["Fact sheet (TK)"]'})}, {L: en(h={"enclosures": '["Fact sheet"]'}, x="A fact sheet is enclosed.")}, L, "TK")
    W("fourth-ev-4", {L: en(rep=[('heading = "Signatories"', 'heading = "Signatories (45)"')])}, {L: en(rep=[('heading = "Signatories"', 'heading = "Signatories (40)"')])}, L, "Signatories (45)")
