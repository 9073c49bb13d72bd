"""More cases of the same kinds, written after the rules had been made, to see whether the
rules cure kinds or cases. `kinds.py` hands its helpers over; see there.
"""


def add_all(k):
    B, E, H, HE, W, ROW, RL, L, C, R, S, en, es, rl, LIST, ENT = (
        k[name] for name in "B E H HE W ROW RL L C R S en es rl LIST ENT".split()
    )

    def group(name, pairs, make=B):
        for at, pair in enumerate(pairs):
            make(f"more-{name}-{at}-{pair[0][:24]}", *pair)

    # Entries of the roll that are no signatories.
    for at, name in enumerate("""Ku Klux Klan|n/a|none|TBD|self|???|test|-|N.A.|to be confirmed|Name of organization|Department of Homeland Security
U.S. Environmental Protection Agency|Office of Senator Ruiz|Rep. Ana Ruiz|Congressman Leo Diaz|HUD|White House|U.S. Senate|Dana Whitfield
Mickey Mouse Club|Deez Nuts|blah blah|xxx|Same|ditto|see above|My organization|I am an individual|Just me|Unaffiliated|Retired
Blue Mesa Renters (pending board approval)|Blue Mesa Renters (do not list)|Blue Mesa Renters - awaiting confirmation|Blue Mesa Renters*|Blue Mesa Renters (OVTC|Maria Gonzalez - Executive Director|BLUE MESA TENANTS LEAGUE
Blue Mesa Renters?|Blue Mesa Renters (need logo)|Blue Mesa Renters [confirmed by phone]|Blue Mesa Renters (check spelling)|Please add us|Signed|No|Sí|ninguno|pendiente|Departamento de Vivienda|Oficina de la Senadora Ruiz|Blue Mesa Renters (por confirmar)|Hitler Youth|Al Qaeda""".replace("\n", "|").split("|")):
        cell = f'"{name}"' if "," in name or '"' in name else name
        clean = ["Pine Hollow Tenants League", "Nobody Leaves Mid-Hudson", "Test Valley Tenants", "None Without a Home", "ACORN"][at % 5]
        ROW(f"more-list-{at}-{name[:20]}", f"{cell},organization,national,,confirmed", f"{clean},organization,national,,confirmed")

    group("ph", [
        ("The bill is S. ____ this year.", "The bill is S. 412 this year."),
        ("The rule costs $xx a year.", "The rule costs $12 a year."),
        ("The rule costs $___ a year.", "The rule costs $12 a year."),
        ("Congress passed H.R. XXXX for this.", "Congress passed H.R. 4120 for this."),
        ("As [name] says, courts are full.", "As Ana Ruiz says, courts are full [emphasis added]."),
        ("We met in [City, State] with renters.", "We met in Dayton, Ohio, with renters."),
        ("Support [Bill number] today.", "Support H.R. 4120 today."),
        ("Rents rose [source?] last year.", "Rents rose last year."),
        ("Rents rose (citation needed) last year.", "Rents rose (Census 2020) last year."),
        ("Rents rose [X] percent last year.", "Rents rose 4 percent last year."),
        ("Contact %%first_name%% for more.", "Contact Robin Vale for more."),
        ("Contact *|FNAME|* for more.", "Contact Robin Vale for more."),
        ("Contact <<First Name>> for more.", "Contact Robin Vale for more."),
        ("Contact [[contact name]] for more.", "Contact Robin Vale for more."),
        ("Contact {first_name} for more.", "Contact Robin Vale for more."),
        ("Contact {{ contact.first }} for more.", "Contact Robin Vale for more."),
        ("(insert quote from a tenant)", "(A tenant said so.)"),
        ("INSERT ORG DESCRIPTION", "Our organizations describe it."),
        ("The total is tbd.", "The total is twelve."),
        ("The speaker is TBA.", "The speaker is Ana Ruiz."),
        ("TKTK families wait.", "Many families wait."),
        ("Families in ??? counties wait.", "Families in two counties wait. Do you know why?"),
        ("On [DATE], the rule ends.", "On March 3, 2027, the rule ends."),
        ("On ____ ___, 2026, the rule ended.", "On March 3, 2026, the rule ended."),
        ("Our contact is . . . . . . . .", "Our contact is Robin Vale."),
        ("Our contact is @@@.", "Our contact is Robin Vale."),
        ("Families pay ## dollars.", "Families pay 12 dollars."),
        ("NAME, TITLE, ORGANIZATION", "Names and titles matter to an organization."),
        ("[Your organization] joins us.", "Roofs for All joins us."),
        ("[Organization] is a group of renters.", "Roofs for All is a group of renters."),
        ("[●] percent of renters wait.", "Most renters wait."),
        ("[Insert statistic about evictions]", "Evictions rise."),
        ("Rents rose by NN percent.", "Rents rose by 9 percent."),
        ("Rents rose by YY% in 20YY.", "Rents rose by 9% in 2020."),
        ("Write to name@domain.com.", "Write to press@housedtogether.example."),
        ("Write to email@email.com.", "Write to info@housedtogether.example."),
        ("Call (XXX) XXX-XXXX.", "Call (202) 555-0142."),
        ("See www.website.com for more.", "See www.housedtogether.example for more."),
        ("ADD STORY HERE", "A story is here."),
        ("Story goes here.", "A story goes far."),
        ("[Logo]", "A logo is above."),
        ("We at <org> agree.", "We at Roofs for All agree."),
        ("Signature: ____________", "A signature is above."),
    ])
    group("phes", [
        ("Como dice [nombre], los juzgados están llenos.", "Como dice Ana Ruiz, los juzgados están llenos."),
        ("El total está por confirmar.", "El total está confirmado."),
        ("[INSERTAR DATO]", "Un dato."),
        ("Escriba a «correo».", "Escriba a «La Voz»."),
        ("Las rentas subieron un XX por ciento.", "Las rentas subieron un 4 por ciento."),
        ("El [fecha] termina la regla.", "El 3 de marzo de 2027 termina la regla."),
        ("Pendiente de confirmar con Ana.", "Los casos están pendientes."),
        ("(falta la cita)", "(falta vivienda)"),
    ], E)

    # Left-overs of editing.
    group("rem", [
        ("DRAFT - NOT FOR DISTRIBUTION", "The draft rule is for distribution."),
        ("PRIVILEGED AND CONFIDENTIAL", "Records are private and confidential."),
        ("INTERNAL ONLY", "Internal rules are only for staff."),
        ("Draft 4/12/26", "The draft of April is long."),
        ("v2 clean", "A clean rule is best."),
        ("CONFIDENTIAL – DELIBERATIVE", "Deliberation is confidential."),
        ("(check with Maria before sending)", "(Maria checked it before sending.)"),
        ("(Maria to confirm)", "(Maria confirmed it.)"),
        ("[Maria – is this ok?]", "Maria is here."),
        ("@maria please confirm", "Maria confirmed it."),
        ("@Leo: update the number", "Leo updated the number."),
        ("[a]can we get a source for this?", "A source is here."),
        ("Families wait.[c]", "Families wait."),
        ("Families wait [MG1] for months.", "Families wait for months."),
        ("Suggested edit: cut this.", "The edit is done."),
        ("Suggestion: say homes instead.", "A suggestion is made."),
        ("We [strongly] [urge] the Department to act.", "We strongly urge the Department to act."),
        ("We [request|demand] action.", "We request action."),
        ("#REF! families wait.", "Many families wait."),
        ("#N/A families wait.", "Many families wait."),
        ("Click or tap here to enter text.", "Tap water is safe here."),
        ("Choose an item.", "Families choose a home."),
        ("Type here", "A type of home is here."),
        ("Here is a revised version of your letter:", "Here is the letter that families wrote."),
        ("Certainly! Here is the paragraph you asked for.", "Certainly, here is a paragraph."),
        ("Sure, here's a stronger version:", "Surely families are stronger."),
        ("Families wait. :contentReference[oaicite:0]", "Families wait."),
        ("Families wait.【4†source】", "Families wait."),
        ("Would you like me to shorten this letter?", "Would you like to meet us?"),
        ("On Mon, Mar 2, 2026, Maria Ortega <m@example.org> wrote:", "On Monday, March 2, 2026, Maria Ortega wrote to us."),
        ("[EXTERNAL] Re: letter", "An external letter."),
        ("From: Maria Ortega", "From Maria Ortega we heard it."),
        ("Subject: Re: sign-on letter", "The subject is homes."),
        ("-----Original Message-----", "The original message was clear."),
        ("Get Outlook for iOS", "The outlook for homes is bad."),
        ("> > Families wait.", "Families wait."),
        ("TODO: add the numbers", "There is much to do."),
        ("FIXME", "Fix the rule."),
        ("XX CHECK THIS XX", "Check this rule."),
        ("~~Families wait~~ Renters wait.", "Renters wait."),
        ("{++Families++} wait.", "Families wait."),
        ("[This paragraph is optional.]", "The program is optional."),
        ("[OPTIONAL: mention the report]", "The report is optional."),
        ("DELETE BEFORE SENDING", "They delete files."),
        ("Formatted: Font: 12 pt", "The form is formatted."),
        ("[JV: I would cut this]", "JV Homes would cut this."),
        ("(JV)", "(HUD)"),
        ("Edits by Jen welcome!", "Your edits are welcome."),
        ("Last edited by Jen on Tuesday", "The last edition is from Tuesday."),
        ("Page 1 of 3", "Page one of the rule is long."),
        ("See comment above re: wording.", "See the comment of the court."),
        ("Need to fact check this.", "Facts need a check."),
        ("Is this true?", "Is this fair?"),
        ("not final", "The rule is final."),
    ])
    group("remes", [
        ("BORRADOR – CONFIDENCIAL", "El borrador es confidencial."),
        ("Confidencial: no compartir", "Los datos son confidenciales."),
        ("[Ana: revisar]", "Ana lo revisó."),
        ("@ana por favor confirma", "Ana lo confirma."),
        ("El lunes, 2 mar 2026, Ana <a@example.org> escribió:", "El lunes Ana escribió a su madre."),
        ("Claro, aquí tienes una versión más formal:", "Claro que aquí tienen una carta."),
        ("Haga clic o pulse aquí para escribir texto.", "Haga clic aquí para leer la carta."),
        ("PENDIENTE DE REVISIÓN", "La revisión está hecha."),
    ], E)

    group("bill", [
        ("Pass H.R. 1234 now. Pass H.R. 1324 soon.", "Pass H.R. 1234 now. Pass H.R. 5678 soon."),
        ("Pass S.1234 now. Pass S.1243 soon.", "Pass S.1234 now. Pass S. 1234 soon."),
        ("Pass A.B. 512 now. We need A.B. 521.", "Pass A.B. 512 now. We need A.B. 512."),
        ("Pass HB 1450. HB 1540 is the answer.", "Pass HB 1450. HB 1450 is the answer."),
        ("Pass the Roofs Act (S. 100). The Roofs Act (S. 101) is needed.", "Pass the Roofs Act (S. 100). The Roofs Act is needed."),
        ("Pass the Roofs Act (S. 412) and the Doors Act (S. 412).", "Pass the Roofs Act (S. 412) and the Doors Act (S. 907)."),
        ("Pass the Stable Homes Act. The Stabile Homes Act is needed.", "Pass the Stable Homes Act. The Stable Homes Act is needed."),
        ("We ask the Senate to vote on H.R. 2468, Senate bill of Senator Ruiz.", "We ask the House to vote on H.R. 2468, a bill of Congresswoman Ruiz."),
        ("The Roofs Act of 2021 helps. The Roofs Act of 2012 is good.", "The Roofs Act of 2021 helps. The Roofs Act of 2021 is good."),
        ("Congresswoman Ruiz’s bill, S. 900, helps.", "Congresswoman Ruiz’s bill, H.R. 900, helps."),
        ("Executive Order 14015 helps. E.O. 14051 is good.", "Executive Order 14015 helps. E.O. 14015 is good."),
        ("Docket HUD-2026-0012 is open; see HUD-2026-0021.", "Docket HUD-2026-0012 is open; see HUD-2026-0012."),
        ("H.Res. 412 helps. H. Res. 421 is good.", "H.Res. 412 helps. H. Res. 412 is good."),
    ])
    group("billes", [
        ("Aprueben el proyecto H.R. 1234. El proyecto H.R. 1243 ayuda.", "Aprueben el proyecto H.R. 1234. El proyecto H.R. 1234 ayuda."),
        ("Aprueben la Ley de Techos (S. 100). La Ley de Techos (S. 101) ayuda.", "Aprueben la Ley de Techos (S. 100). La Ley de Techos ayuda."),
    ], E)

    group("addr", [
        ("We thank you, Secretary Whitfeld, for this.", "We thank you, Secretary Whitfield, for this."),
        ("Secretary Whitfields letter was kind.", "Secretary Whitfield’s letter was kind."),
        ("As you said, Director Whitfield, rents rise.", "As you said, Secretary Whitfield, rents rise."),
        ("Secretary Diana Whitfield knows this.", "Secretary Dana Whitfield knows this."),
        ("Mr. Secretary, please act. Mrs. Secretary, families wait.", "Mr. Secretary, please act. Families wait, Mr. Secretary."),
        ("We urge you, Senator, to act.", "We urge you to ask each Senator to act."),
        ("As Governor, you can act.", "As Secretary, you can act."),
        ("In your role as Attorney General, you can act.", "In your role as Secretary, you can act."),
        ("We urge the Commission to use its authority; you, Commissioner, can lead.", "We urge the Department to use its authority; you, Secretary, can lead."),
        ("Your vote, Representative, matters.", "Your voice, Secretary, matters."),
        ("Dear Secretary Whitfield, families wait.", "Secretary Whitfield, families wait."),
        ("Secretary Whitfeild and her staff know this.", "Secretary Whitfield and her staff know this."),
        ("Secretary Dana Whitfield has acted. He should act again, and Ms. Whitfield knows.", "Secretary Dana Whitfield has acted. The Secretary should act again."),
    ])
    H("more-addr-h-0", {"salutation": '"Dear Secretary Whitfeild:"'}, {}, "Dear Secretary")
    H("more-addr-h-1", {"salutation": '"Dear Attorney General Whitfield:"'}, {}, "Dear Attorney")
    H("more-addr-h-2", {"salutation": '"Dear Secretary Dana:"'}, {"salutation": '"Dear Dana:"'}, "Dear Secretary")
    H("more-addr-h-3", {"salutation": '"To Whom It May Concern:"'}, {}, "To Whom")
    H("more-addr-h-4", {"salutation": '"Dear Sir or Madam:"'}, {}, "Dear Sir")
    H("more-addr-h-5", {"salutation": '"Dear Secretary,:"'}, {}, "Dear Secretary")
    H("more-addr-h-6", {"salutation": '"Dear Senators:"'}, {}, "Dear Senators")
    H("more-addr-h-7", {"salutation": '"Dear Friend:"'}, {"salutation": '"Dear Madam Secretary:"'}, "Dear Friend")
    HE("more-addres-0", {"salutation": '"Estimado Secretario Whitfield:"'}, {}, "Estimado")
    HE("more-addres-1", {"salutation": '"Estimada Secretaría Whitfield:"'}, {}, "Estimada")
    HE("more-addres-2", {"salutation": '"Estimada Secretaria Whitfeild:"'}, {}, "Estimada")
    HE("more-addres-3", {"salutation": '"Estimadas Secretaria Whitfield:"'}, {}, "Estimadas")

    group("two", [
        ("“Rents rise,” said Leo Diaz, organizer with Roofs for All.\n\n“Courts are full,” Leo Diaz, the executive director of Roofs for All, said.", "“Rents rise,” said Leo Diaz, organizer with Roofs for All.\n\n“Courts are full,” Leo Diaz said."),
        ("“Rents rise,” said Leo Diaz, president of Roofs for All.\n\nLeo Diaz, vice president of Roofs for All, agrees.", "“Rents rise,” said Leo Diaz, president of Roofs for All.\n\nLeo Diaz, president of Roofs for All, agrees."),
        ("Rev. Leo Diaz of Roofs for All agrees. Dr. Leo Diaz of Roofs for All knows why.", "Rev. Leo Diaz of Roofs for All agrees. Rev. Leo Diaz of Roofs for All knows why."),
        ("Executive Director Leo Diaz agrees. Policy Director Leo Diaz knows why.", "Executive Director Leo Diaz agrees. Executive Director Leo Diaz knows why."),
    ], lambda name, bad, clean: B(name, bad, clean, bad))
    E("more-two-es", "«Suben las rentas», dijo Leo Díaz, directora de Roofs for All.\n\n«Hay juicios», dijo Leo Díaz, portavoz de Roofs for All.", "«Suben las rentas», dijo Leo Díaz, portavoz de Roofs for All.\n\n«Hay juicios», dijo Leo Díaz.", "«Suben las rentas», dijo Leo Díaz, directora de Roofs for All.\n\n«Hay juicios», dijo Leo Díaz, portavoz de Roofs for All.")

    asks = "We ask for these three changes:\n\n1. Keep the money.\n2. Keep the staff.\n3. Keep the rule."
    for at, (bad, clean) in enumerate([
        ("The letter calls for five changes.", "The letter calls for three changes."),
        ("The four recommendations in the letter are clear.", "The three recommendations in the letter are clear."),
        ("The letter lays out seven steps.", "The letter lays out three steps."),
        ("The coalition sent the letter on December 5, 2026.", "The coalition sent the letter on December 7, 2026."),
        ("The letter to Secretary Dan Whitfield is public.", "The letter to Secretary Dana Whitfield is public."),
        ("The letter to HUD Secretary Dana Whitefield is public.", "The letter to HUD Secretary Dana Whitfield is public."),
        ("The letter, signed by 45 groups, is public.", "The letter, signed by 40 groups, is public."),
        ("More than 50 organizations signed the letter.", "More than 30 organizations signed the letter."),
        ("In their letter to the Department of Health and Human Services, the groups ask for action.", "In their letter to the Department of Housing and Urban Development, the groups ask for action."),
        ("“Families cannot wait for another study of the matter,” the groups wrote in the letter.", "“Families who fall one month behind are often in court the next,” the groups wrote in the letter."),
        ("The letter to Attorney General Dana Whitfield is public.", "The letter to Secretary Dana Whitfield is public."),
    ]):
        RL(f"more-rel-{at}", bad, clean, x=asks)

    group("dup", [
        ("We thank you for your attention to families who are one bill away from losing their homes.", "We thank you for your work."),
        ("The people we work with cannot wait for another round of study.", "The people we work with are tired."),
        ("To: The Honorable Dana Whitfield", "The Honorable Dana Whitfield spoke."),
        ("Re: Emergency rental assistance in the 2027 budget", "Rental assistance helps."),
        ("Thank you, and respectfully,", "Thank you, and respectfully so."),
        ("Signed,\n\nAmberfield Tenants Union\n\nBeacon Hollow Legal Aid\n\nCedar Crossing Community Land Trust", "Signed and sealed, the rule stays."),
        ("Families wait for months. Families wait for months.", "Families wait for months. Families wait for years."),
        ("We ask the Department to act to act now.", "We ask the Department to act now."),
        ("We ask that you we ask that you act now.", "We ask that you act now."),
        ("The Honorable Dana Whitfield\\\nSecretary\\\nU.S. Department of Housing and Urban Development", "The Secretary knows."),
    ], lambda name, bad, clean: B(name.replace("more-dup", "dup-more"), bad, clean))
    group("dupes", [
        ("Estimada Secretaria Whitfield:", "Estimada por todos, la Secretaria sabe."),
        ("Agradecemos su atención y quedamos a su disposición para una reunión. Gracias.", "Agradecemos su trabajo."),
        ("Atentamente,", "Atentamente leímos su carta."),
    ], lambda name, bad, clean: E(name.replace("more-dup", "dup-more"), bad, clean))

    group("ord", [
        ("First, rents rise. Third, courts are full.", "First, rents rise. Second, courts are full."),
        ("Firstly, rents rise. Secondly, courts are full. Fourthly, families wait.", "Firstly, rents rise. Secondly, courts are full. Thirdly, families wait."),
        ("We have five asks: keep the money, keep the staff, and keep the rule.", "We have three asks: keep the money, keep the staff, and keep the rule."),
        ("Two facts stand out. First, rents rise. Second, courts are full. Third, wages fall.", "Three facts stand out. First, rents rise. Second, courts are full. Third, wages fall."),
        ("We ask for (1) money, (2) staff, and (4) time.", "We ask for (1) money, (2) staff, and (3) time."),
        ("We ask for (i) money, (ii) staff, and (iv) time.", "We ask for (i) money, (ii) staff, and (iii) time."),
        ("We ask for a) money, b) staff, and d) time.", "We ask for a) money, b) staff, and c) time."),
        ("There are four reasons.\n\nFirst, rents rise.\n\nSecond, courts are full.\n\nThird, wages fall.", "There are three reasons.\n\nFirst, rents rise.\n\nSecond, courts are full.\n\nThird, wages fall."),
        ("Both of these three steps are cheap.", "All of these three steps are cheap."),
        ("Reason one: rents rise. Reason three: courts are full.", "Reason one: rents rise. Reason two: courts are full."),
        ("## 1. Rents\n\nRents rise.\n\n## 3. Courts\n\nCourts are full.", "## 1. Rents\n\nRents rise.\n\n## 2. Courts\n\nCourts are full."),
        ("**1.** Rents rise.\n\n**2.** Courts are full.\n\n**4.** Wages fall.", "**1.** Rents rise.\n\n**2.** Courts are full.\n\n**3.** Wages fall."),
        ("The five steps below cost little:\n\n- Keep the money.\n- Keep the staff.", "The two steps below cost little:\n\n- Keep the money.\n- Keep the staff."),
        ("- Keep the money.\n- Keep the staff.\n\nWe ask for all four of these steps.", "- Keep the money.\n- Keep the staff.\n\nWe ask for both of these steps."),
        ("- Keep the money.\n- Keep the staff.\n- Keep the rule.\n\nThe seven changes above cost little.", "- Keep the money.\n- Keep the staff.\n- Keep the rule.\n\nThe three changes above cost little."),
    ], lambda name, bad, clean: B(name, bad, clean, bad))
    group("ordes", [
        ("Hay cuatro razones: suben las rentas, hay juicios y bajan los sueldos.", "Hay tres razones: suben las rentas, hay juicios y bajan los sueldos."),
        ("Primera, suben las rentas. Tercera, hay juicios.", "Primera, suben las rentas. Segunda, hay juicios."),
        ("Pedimos (1) dinero, (2) personal y (4) tiempo.", "Pedimos (1) dinero, (2) personal y (3) tiempo."),
        ("Las cinco medidas siguientes cuestan poco:\n\n- Mantener el dinero.\n- Mantener al personal.", "Las dos medidas siguientes cuestan poco:\n\n- Mantener el dinero.\n- Mantener al personal."),
    ], lambda name, bad, clean: E(name, bad, clean, bad))

    group("xref", [
        ("See Appendix A.", "See Appendix A of the rule."),
        ("See Annex 2 for details.", "See Annex 2 of the report for details."),
        ("See Section 3 below.", "See Section 3 of the Act."),
        ("See item 7 below.", "See item 7 of the agenda."),
        ("See note 9.", "See a note of the court."),
        ("See Table 2 below.", "See Table 2 of the Census report."),
        ("As the following table shows, rents rise.", "As a table of the Census shows, rents rise."),
        ("The graph below shows rents.", "The graph of the Census shows rents."),
        ("Attached are our comments.", "Our comments are long."),
        ("Please find attached a report.", "Please find time for a report."),
        ("We enclose a report on rents.", "We wrote a report on rents."),
        ("A copy of the report is enclosed.", "A copy of the report is public."),
        ("The attached map shows rents.", "The map shows rents."),
        ("See Attachment 1.", "See the attachment of wages."),
        ("See Exhibit B.", "See Exhibit B to the complaint."),
        ("Recommendation 6 is the most urgent.", "One recommendation is the most urgent."),
        ("As described in the box below, rents rise.", "As described, rents rise."),
        ("As we explain in Part IV, rents rise.", "As we explain in part, rents rise."),
        ("The photo above shows a tenant.", "The photo of a tenant is sad."),
        ("See endnote 4.", "See the end."),
        ("See the footnote below.", "See the rule below."),
        ("Our methods are in the appendix.", "Our methods are public."),
    ])
    group("xrefes", [
        ("Véase el Apéndice A.", "Véase el Apéndice A del informe."),
        ("Se adjunta un informe.", "Se publicó un informe."),
        ("Como muestra el gráfico de abajo, suben las rentas.", "Como muestra el gráfico del Censo, suben las rentas."),
        ("Véase la nota 7.", "Véase una nota del juez."),
        ("Véase la tabla 3.", "Véase la tabla 3 del informe."),
        ("El informe adjunto lo muestra.", "El informe público lo muestra."),
    ], E)

    group("num", [
        ("We ask for three (4) changes.", "We ask for three (3) changes."),
        ("We ask for twelve (21) counties.", "We ask for twelve (12) counties."),
        ("Some 134% of renters pay too much.", "Some 34% of renters pay too much."),
        ("Half of renters (32 percent) wait.", "Half of renters (50 percent) wait."),
        ("One third of renters (52%) wait.", "One third of renters (33%) wait."),
        ("Two in three renters (45 percent) wait.", "Two in three renters (66 percent) wait."),
        ("Three out of four renters (57%) wait.", "Three out of four renters (75%) wait."),
        ("Rents increased from 14 to 12 percent of wages.", "Rents increased from 12 to 14 percent of wages."),
        ("Evictions fell from 9,000 to 12,000.", "Evictions fell from 12,000 to 9,000."),
        ("Funding dropped from $3 million to $4 million.", "Funding dropped from $4 million to $3 million."),
        ("It was cut to $5 million from $4 million.", "It was cut to $4 million from $5 million."),
        ("The program costs $7.2 million. Its $7.2 billion is well spent.", "The program costs $7.2 million. Its $7.2 million is well spent."),
        ("It helped 1.4 million families. The 1.4 billion families are glad.", "It helped 1.4 million families. The 1.4 million families are glad."),
        ("It ran from June 12 to June 3.", "It ran from June 3 to June 12."),
        ("It ran from 2023 to 2019.", "It ran from 2019 to 2023."),
        ("It costs between $900 and $400.", "It costs between $400 and $900."),
        ("Of 40 families, 52 waited.", "Of 52 families, 40 waited."),
        ("Rents rose 10 percent, from $1,000 to $1,500.", "Rents rose 50 percent, from $1,000 to $1,500."),
        ("Rents halved, from $1,000 to $800.", "Rents halved, from $1,000 to $500."),
        ("We helped 100 families: 40 in Adams and 70 in Brown.", "We helped 110 families: 40 in Adams and 70 in Brown."),
        ("The $10 million ($6 million for rent and $5 million for courts) helps.", "The $11 million ($6 million for rent and $5 million for courts) helps."),
        ("The share is 45 percent men and 65 percent women.", "The share is 45 percent men and 55 percent women."),
        ("Twelve (12) counties and ten (11) cities agree.", "Twelve (12) counties and ten (10) cities agree."),
        ("It has 1,0000 units.", "It has 10,000 units."),
        ("It has 12.000 units.", "It has 12,000 units."),
        ("More than all (101%) of families rent.", "Nearly all (99%) families rent."),
        ("A minority (62 percent) rents.", "A minority (42 percent) rents."),
        ("A quarter (40%) of renters wait.", "A quarter (25%) of renters wait."),
    ])
    group("numes", [
        ("Pedimos cinco (6) cambios.", "Pedimos cinco (5) cambios."),
        ("La mitad de las familias (32 por ciento) espera.", "La mitad de las familias (50 por ciento) espera."),
        ("Los desalojos bajaron de 900 a 1,200.", "Los desalojos bajaron de 1,200 a 900."),
        ("Cuesta $7.2 millones. Los $7.2 mil millones ayudan.", "Cuesta $7.2 millones. Los $7.2 millones ayudan."),
        ("Duró de 2023 a 2019.", "Duró de 2019 a 2023."),
        ("Una de cada cuatro familias (40 por ciento) espera.", "Una de cada cuatro familias (25 por ciento) espera."),
    ], E)
    tables = [
        ("| County | Families |\n|---|---|\n| Total | 110 |\n| Adams | 40 |\n| Brown | 60 |", "| County | Families |\n|---|---|\n| Total | 100 |\n| Adams | 40 |\n| Brown | 60 |", "| Total"),
        ("| County | Men | Women | Total |\n|---|---|---|---|\n| Adams | 40 | 60 | 110 |\n| Brown | 20 | 30 | 50 |", "| County | Men | Women | Total |\n|---|---|---|---|\n| Adams | 40 | 60 | 100 |\n| Brown | 20 | 30 | 50 |", "| Adams"),
        ("| | Adams | Brown | Total |\n|---|---|---|---|\n| Families | 40 | 60 | 90 |", "| | Adams | Brown | Total |\n|---|---|---|---|\n| Families | 40 | 60 | 100 |", "| Families"),
        ("| Item | Cost |\n|---|---|\n| Rent | $4.5 million |\n| Courts | $2 million |\n| Total | $7.5 million |", "| Item | Cost |\n|---|---|\n| Rent | $4.5 million |\n| Courts | $2 million |\n| Total | $6.5 million |", "| Total"),
        ("| County | Families |\n|---|---|\n| Adams | 40 |\n| Brown | 60 |\n| Subtotal | 100 |\n| Clark | 10 |\n| Total | 120 |", "| County | Families |\n|---|---|\n| Adams | 40 |\n| Brown | 60 |\n| Subtotal | 100 |\n| Clark | 10 |\n| Total | 110 |", "| Total"),
        ("| County | Families |\n|---|---|\n| Adams | 40 families |\n| Brown | 60 families |\n| In all | 110 families |", "| County | Families |\n|---|---|\n| Adams | 40 families |\n| Brown | 60 families |\n| In all | 100 families |", "| In all"),
        ("| County | State | Families |\n|---|---|---|\n| Adams | OH | 40 |\n| Brown | OH | 60 |\n| | Total | 110 |", "| County | State | Families |\n|---|---|---|\n| Adams | OH | 40 |\n| Brown | OH | 60 |\n| | Total | 100 |", "| | Total"),
        ("| Share | |\n|---|---|\n| Rent | 60% |\n| Own | 50% |\n| Total | 100% |", "| Share | |\n|---|---|\n| Rent | 60% |\n| Own | 40% |\n| Total | 100% |", "| Total"),
        ("| Support | |\n|---|---|\n| Organizations that signed this letter | 52 |\n| States | 10 |", "| Support | |\n|---|---|\n| Organizations that signed this letter | 40 |\n| States | 10 |", "| Organizations"),
        ("| Signatories | Count |\n|---|---|\n| Organizations | 45 |\n| Total | 45 |", "| Signatories | Count |\n|---|---|\n| Organizations | 40 |\n| Total | 40 |", "| Organizations"),
        ("| Who | How many |\n|---|---|\n| Signatory organizations | 45 |\n| Days | 100 |", "| Who | How many |\n|---|---|\n| Signatory organizations | 40 |\n| Days | 100 |", "| Signatory"),
        ("| Groups that signed | Families |\n|---|---|\n| 45 | 900 |", "| Groups that signed | Families |\n|---|---|\n| 40 | 900 |", "| 45"),
        ("| At a glance | |\n|---|---|\n| 52 organizations | signed this letter |\n| 900 families | wait |", "| At a glance | |\n|---|---|\n| 40 organizations | signed this letter |\n| 900 families | wait |", "| 52"),
        ("| At a glance | |\n|---|---|\n| Endorsing organizations | more than 50 |", "| At a glance | |\n|---|---|\n| Endorsing organizations | more than 30 |", "| Endorsing"),
        ("| Signers by level | |\n|---|---|\n| National | 35 |\n| State | 15 |\n| Total | 50 |", "| Families by level | |\n|---|---|\n| National | 35 |\n| State | 15 |\n| Total | 50 |", "| Total"),
    ]
    for at, (bad, clean, mark) in enumerate(tables):
        B(f"more-table-{at}", bad, clean, mark)
    E("more-table-es0", "| Apoyo | |\n|---|---|\n| Organizaciones firmantes | 52 |\n| Estados | 10 |", "| Apoyo | |\n|---|---|\n| Organizaciones firmantes | 40 |\n| Estados | 10 |", "| Organizaciones")
    E("more-table-es1", "| Condado | Familias |\n|---|---|\n| Adams | 40 |\n| Brown | 60 |\n| Total | 120 |", "| Condado | Familias |\n|---|---|\n| Adams | 40 |\n| Brown | 60 |\n| Total | 100 |", "| Total")

    group("acro", [
        ("The Low-Income Housing Tax Credit (LIHTC) works. The LITHC needs money.", "The Low-Income Housing Tax Credit (LIHTC) works. The LIHTC needs money."),
        ("The Emergency Rental Assistance (EAR) program works.", "The Emergency Rental Assistance (ERA) program works."),
        ("The Public Housing Agency (PHA) acts. The Public Health Authority (PHA) waits.", "The Public Housing Agency (PHA) acts. The PHA waits."),
        ("The Community Land Trust (CLT) works. The Community Land Trust (“CLT”) needs money.", "The Community Land Trust (“CLT”) works. The CLT needs money."),
        ("The Community Land Trust (CLT) works. The Community Land Trust (CLTR) needs money.", "The Community Land Trust (CLT) works. The Community Land Trust needs money."),
        ("The RHSP is full, and the RHSP needs money.", "The Rural Housing Service Program (RHSP) is full, and HUD needs money."),
    ])

    group("date", [
        ("The hearing is on Fri., Jan. 14, 2027.", "The hearing is on Thu., Jan. 14, 2027."),
        ("The hearing is on Mon, Dec 15, 2026.", "The hearing is on Tue, Dec 15, 2026."),
        ("The hearing is on Thurs. 12/15/2026.", "The hearing is on Tues. 12/15/2026."),
        ("Please sign by Friday, December 4.", "Please answer by Friday, December 18."),
        ("Sign on by December 2 to be listed.", "Act by December 22 to be heard."),
        ("Organizations can add their names until December 2.", "Agencies can add their comments until December 22."),
        ("The deadline to sign is December 2, 2026.", "The deadline to comment is December 22, 2026."),
        ("To sign on, fill out this form.", "To comment, fill out the form."),
        ("We will testify on December 1, 2026.", "We testified on December 1, 2026."),
        ("The rule will take effect on November 15, 2026.", "The rule took effect on November 15, 2026."),
        ("The upcoming hearing on October 3, 2026, matters.", "The hearing on October 3, 2026, mattered."),
        ("Congress returns on November 12, 2026.", "Congress returned on November 12, 2026."),
        ("The rule took effect on January 15, 2027.", "The rule takes effect on January 15, 2027."),
        ("We met your staff on December 21, 2026.", "We will meet your staff on December 21, 2026."),
        ("Within 60 days, by January 6, 2027, the Department should act.", "Within 30 days, by January 6, 2027, the Department should act."),
        ("The period ran 60 days, from June 1, 2026, to June 30, 2026.", "The period ran 30 days, from June 1, 2026, to June 30, 2026."),
        ("On September 31, 2026, the rule ended.", "On September 30, 2026, the rule ended."),
        ("On June 31 the rule ends.", "On June 30 the rule ends."),
        ("On February 29, 2027, the rule ends.", "On February 29, 2028, the rule ends."),
        ("Ten years ago, in 2006, Congress acted.", "Twenty years ago, in 2006, Congress acted."),
        ("Yesterday, December 8, 2026, we met.", "Yesterday, December 6, 2026, we met."),
        ("This letter of November 7, 2026, asks for action.", "Your letter of November 7, 2026, asks for action."),
        ("Next year, in 2026, the aid ends.", "Next year, in 2027, the aid ends."),
        ("Last year, in 2026, the aid ended.", "Last year, in 2025, the aid ended."),
        ("Last month, in October 2026, rents rose.", "Last month, in November 2026, rents rose."),
        ("The meeting is December 9, 2026, at 14:30 p.m.", "The meeting is December 9, 2026, at 2:30 p.m."),
        ("The hearing on Decmber 9 matters.", "The hearing on December 9 matters."),
        ("On 2026-13-04 the rule ends.", "On 2026-12-31 the rule ends."),
    ])
    group("datees", [
        ("La audiencia es el vie. 14 de enero de 2027.", "La audiencia es el jue. 14 de enero de 2027."),
        ("La regla entrará en vigor el 15 de noviembre de 2026.", "La regla entró en vigor el 15 de noviembre de 2026."),
        ("La regla entró en vigor el 15 de enero de 2027.", "La regla entrará en vigor el 15 de enero de 2027."),
        ("Las organizaciones pueden firmar hasta el 2 de diciembre.", "Las agencias pueden opinar hasta el 22 de diciembre."),
        ("El 31 de junio termina.", "El 30 de junio termina."),
        ("Ayer, 8 de diciembre de 2026, nos reunimos.", "Ayer, 6 de diciembre de 2026, nos reunimos."),
        ("El año pasado, en 2026, terminó la ayuda.", "El año pasado, en 2025, terminó la ayuda."),
    ], E)
    W("more-date-undated", {L: en(h={"date": None})}, {L: en()}, L, "kind")

    group("priv", [
        ("Her SSN is 123 45 6789.", "Her case is 12."),
        ("SSN: 987-65-4321", "SSN letters are mailed."),
        ("His A# is 098-765-432.", "His case is known."),
        ("Her alien registration number is A098 765 432.", "Her registration is known."),
        ("Join at https://zoom.us/j/98765432101?pwd=Zm9v.", "Join at https://housedtogether.example/hall."),
        ("Meeting ID: 987 6543 2101", "Join the meeting."),
        ("Passcode: homes26", "A passcode is a secret."),
        ("https://meet.google.com/abc-defg-hij", "https://housedtogether.example/meet"),
        ("https://teams.microsoft.com/l/meetup-join/19%3ameeting", "https://housedtogether.example/teams"),
        ("Write to maria.ortega@yahoo.com.", "Write to info@housedtogether.example."),
        ("Write to leo_d@icloud.com.", "Write to leo@housedtogether.example."),
        ("Maria’s home address is 14 Oak Street, Dayton.", "Maria’s home is in Dayton."),
        ("Date of birth: March 3, 1984", "The date of the rule is March 3."),
        ("Her phone is 614-555-0182 (personal).", "The office phone is 614-555-0182."),
        ("Wi-Fi password: roofs4all", "Passwords are secrets."),
        ("Username: press, password: roofs", "A user has a name and a password."),
        ("Account number 123456789, routing number 021000021", "Accounts have numbers."),
        ("Card 4111 1111 1111 1111", "A card is fine."),
        ("Her passport number is 512345678.", "Her passport is valid."),
        ("Her driver’s license number is D1234567.", "Her license is valid."),
        ("Her date of birth is 3/4/88.", "Her birth was in Ohio."),
    ])
    group("prives", [
        ("Su fecha de nacimiento es 3/4/1988.", "Su fecha es clara."),
        ("ID de reunión: 812 3456 7890", "La reunión es a las doce."),
        ("Su número A es A098-765-432.", "Su caso es claro."),
        ("Su domicilio es Calle Roble 14, apto. 3.", "Su domicilio es conocido."),
    ], E)

    group("lnk", [
        ("Write to [us](mailto:press@housedtogether).", "Write to [us](mailto:info@housedtogether.example)."),
        ("Write to [us](mailto:press housedtogether.example).", "Write to [us](mailto:a.b@housedtogether.example)."),
        ("Write to [us](malto:press@housedtogether.example).", "Write to [us](mailto:press@housedtogether.example?subject=Hi)."),
        ("Write to [us](mailto:).", "Write to [us](mailto:p@housedtogether.example)."),
        ("See [www.housedtogether.example/a](https://www.housedtogether.example/b).", "See [www.housedtogether.example/a](https://www.housedtogether.example/a)."),
        ("See [housedtogether.example](https://housedtogehter.example).", "See [housedtogether.example](https://www.housedtogether.example/)."),
        ("See [it](https://a.example/p?mc_cid=12&mc_eid=34).", "See [it](https://a.example/p?id=12)."),
        ("See [it](https://a.example/p?gclid=abc).", "See [it](https://a.example/p?page=2)."),
        ("See [it](https://links.us1.mailchimp.com/track/click?u=1).", "See [it](https://a.example/track)."),
        ("See [it](https://us1.list-manage.com/track/click?u=1).", "See [it](https://a.example/list)."),
        ("See [it](https://ow.ly/abc).", "See [it](https://a.example/owl)."),
        ("See [it](https://goo.gl/abc).", "See [it](https://a.example/goo)."),
        ("See [it](https://lnkd.in/abc).", "See [it](https://a.example/lnk)."),
        ("See [it](https://docs.google.com/presentation/d/1A/edit).", "See [it](https://docs.google.com/presentation/d/e/2A/pub)."),
        ("See [it](https://docs.google.com/document/u/0/d/1A/edit?usp=sharing).", "See [it](https://a.example/usp)."),
        ("See [it](https://drive.google.com/file/d/1A/view).", "See [it](https://a.example/view)."),
        ("See [it](https://housedtogether.sharepoint.com/:w:/s/x/abc).", "See [it](https://a.example/w)."),
        ("See [it](https://www.notion.so/abc).", "See [it](https://a.example/notion)."),
        ("See [it](https://app.asana.com/0/1/2).", "See [it](https://a.example/asana)."),
        ("See [it](https://airtable.com/app1/tbl2).", "See [it](https://a.example/air)."),
        ("See [it](https://a.example/?p=123&preview=true).", "See [it](https://a.example/?p=123)."),
        ("See [it](http://localhost:8000/report).", "See [it](https://a.example/report)."),
        ("See [it](https://dev.housedtogether.example/report).", "See [it](https://housedtogether.example/dev)."),
        ("See [it](https://housedtogether.example/report .pdf).", "See [it](https://housedtogether.example/report.pdf)."),
        ("See [it](htps://housedtogether.example/).", "See [it](https://housedtogether.example/)."),
        ("See [it](https://https://housedtogether.example/).", "See [it](https://housedtogether.example/a)."),
        ("See [it](https:/housedtogether.example/).", "See [it](https://housedtogether.example/b)."),
        ("See [it](C:\\Users\\ana\\report.pdf).", "See [it](https://housedtogether.example/c)."),
        ("See [it](https://a.example/manage?email=ana%40b.example).", "See [it](https://a.example/manage)."),
        ("See [it](https://web.archive.org/save/https://a.example).", "See [it](https://web.archive.org/web/2020/https://a.example)."),
        ("See [it](#).", "See [it](https://a.example/d)."),
        ("See [it]().", "See [it](https://a.example/e)."),
        ("See [it](TK).", "See [it](https://a.example/f)."),
        ("See [it](https://link).", "See [it](https://a.example/g)."),
        ("See [it](https://a.example/report?share=ana).", "See [it](https://a.example/report)."),
        ("See [it](https://l.facebook.com/l.php?u=https://a.example).", "See [it](https://facebook.com/a)."),
        ("See [it](https://eur01.safelinks.protection.outlook.com/?url=x).", "See [it](https://a.example/h)."),
        ("See [it](https://protect-us.mimecast.com/s/abc).", "See [it](https://a.example/i)."),
        ("See [it](https://linkprotect.cudasvc.com/url?a=https).", "See [it](https://a.example/j)."),
        ("See https://housedtogether.example/a.pdf?utm_campaign=x for more.", "See https://housedtogether.example/a.pdf for more."),
    ])

    group("off", [
        ("The Environmental Protective Agency acts.", "The Environmental Protection Agency acts."),
        ("The Consumer Finance Protection Bureau acts.", "The Consumer Financial Protection Bureau acts."),
        ("The Bureau of Prison acts.", "The Bureau of Prisons acts."),
        ("The U.S. Marshall Service acts.", "The U.S. Marshals Service acts."),
        ("The General Accounting Office acts.", "The Government Accountability Office acts."),
        ("The Domestic Policy Counsel acts.", "The Domestic Policy Council acts."),
        ("The City Counsel acts.", "The City Council acts."),
        ("The Senate Committee on Ways and Means acts.", "The House Committee on Ways and Means acts."),
        ("The House Finance Committee acts.", "The Senate Finance Committee acts."),
        ("The House Committee on Foreign Relations acts.", "The House Committee on Foreign Affairs acts."),
        ("The Senate Committee on Foreign Affairs acts.", "The Senate Committee on Foreign Relations acts."),
        ("The House Committee on Appropriation acts.", "The House Committee on Appropriations acts."),
        ("The Senate Armed Service Committee acts.", "The Senate Armed Services Committee acts."),
        ("The House Committee on Judiciary acts.", "The House Committee on the Judiciary acts."),
        ("The House Energy and Commerce Committe acts.", "The House Energy and Commerce Committee acts."),
        ("The Department of Veteran Affairs acts.", "The Department of Veterans Affairs acts."),
        ("The Department of Health and Human Service acts.", "The Department of Health and Human Services acts."),
        ("The Department of Agricultural acts.", "The Department of Agriculture acts."),
        ("The Department of Interior acts.", "The Department of the Interior acts."),
        ("The Department of Treasury acts.", "The Department of the Treasury acts."),
        ("The Department of Educations acts.", "The Department of Education acts."),
        ("The Department of Homeland Securities acts.", "The Department of Homeland Security acts."),
        ("The Equal Employment Opportunities Commission acts.", "The Equal Employment Opportunity Commission acts."),
        ("The Federal Communication Commission acts.", "The Federal Communications Commission acts."),
        ("The Federal Emergency Management Administration acts.", "The Federal Emergency Management Agency acts."),
        ("The Immigration and Custom Enforcement acts.", "Immigration and Customs Enforcement acts."),
        ("Customs and Border Patrol acts.", "Customs and Border Protection acts."),
        ("The Center for Disease Control and Prevention acts.", "The Centers for Disease Control and Prevention acts."),
        ("The Securities and Exchanges Commission acts.", "The Securities and Exchange Commission acts."),
        ("The National Labor Relation Board acts.", "The National Labor Relations Board acts."),
        ("The Social Security Agency acts.", "The Social Security Administration acts."),
        ("The Occupational Health and Safety Administration acts.", "The Occupational Safety and Health Administration acts."),
        ("The Office for Civil Right acts.", "The Office for Civil Rights acts."),
        ("The Federal Housing Finance Administration acts.", "The Federal Housing Finance Agency acts."),
        ("The Executive Office of Immigration Review acts.", "The Executive Office for Immigration Review acts."),
        ("The Bureau of Labor Statistic acts.", "The Bureau of Labor Statistics acts."),
        ("The Senate Committee on Energy and Commerce acts.", "The Senate Committee on Energy and Natural Resources acts."),
        ("The House Committee on Banking, Housing, and Urban Affairs acts.", "The Senate Committee on Banking, Housing, and Urban Affairs acts."),
        ("The Office of the Inspector Generals acts.", "The Office of Inspector General acts."),
        ("The U.S. Supreme Court and the Attorney Generals Office act.", "The U.S. Supreme Court and the Attorney General’s Office act."),
        ("The House of Representative acts.", "The House of Representatives acts."),
        ("The Housing and Urban Development Department and the Departement of Labor act.", "The Department of Labor acts."),
    ])

    group("count", [
        ("All 45 of us agree.", "All 40 of us agree."),
        ("We, the 52 undersigned, ask for action.", "We, the 40 undersigned, ask for action."),
        ("The 45 undersigned groups ask for action.", "The 40 undersigned groups ask for action."),
        ("Joined by 52 other organizations, Roofs for All asks for action.", "Joined by 39 other organizations, Roofs for All asks for action."),
        ("Roofs for All and 52 other organizations ask for action in this letter.", "Roofs for All and 39 other organizations ask for action in this letter."),
        ("Hundreds of groups added their names to this letter.", "Dozens of groups added their names to this letter."),
        ("Nearly 60 organizations sign this letter.", "Nearly 42 organizations sign this letter."),
        ("This letter is signed by organizations from 30 states.", "This letter is signed by organizations from nine states."),
        ("The signatories come from 45 states.", "The signatories come from many states."),
        ("Forty-five businesses sign this letter.", "Forty organizations sign this letter."),
        ("Signed by 45 unions and companies.", "Signed by 40 organizations."),
        ("Signed by 12 scholars and 40 organizations.", "Signed by 40 organizations."),
        ("Our 45 signatories work in every state.", "Our 40 signatories work in every state."),
        ("With 45 signatories, this letter is clear.", "With 40 signatories, this letter is clear."),
        ("This letter has 45 signatures.", "This letter has 40 signatures."),
        ("The organizations below (45) agree.", "The organizations below (40) agree."),
        ("Signatories (45):", "Signatories (40)."),
        ("More than 50 groups endorse this letter.", "More than 35 groups endorse this letter."),
        ("A coalition of 45 groups sends this letter.", "A coalition of 40 groups sends this letter."),
        ("Over four dozen organizations sign this letter.", "Over three dozen organizations sign this letter."),
        ("Half a hundred groups sign this letter.", "Forty groups sign this letter."),
        ("This letter, from 45 organizations, is clear.", "This letter, from 40 organizations, is clear."),
        ("Fifty groups strong, we ask for action.", "Forty groups strong, we ask for action."),
        ("30 national organizations sign this letter.", "27 national organizations sign this letter."),
        ("We are more than 50 organizations.", "We are more than 30 organizations."),
        ("The number of organizations that signed this letter is 45.", "The number of organizations that signed this letter is 40."),
    ])
    group("countes", [
        ("Todas las 55 organizaciones firmantes piden acción.", "Todas las 40 organizaciones firmantes piden acción."),
        ("Un centenar de grupos suscribe esta carta.", "Unos cuarenta grupos suscriben esta carta."),
        ("Cientos han firmado esta carta.", "Decenas han firmado esta carta."),
        ("Las 52 organizaciones abajo firmantes piden acción.", "Las 40 organizaciones abajo firmantes piden acción."),
        ("Más de 50 organizaciones apoyan esta carta.", "Más de 30 organizaciones apoyan esta carta."),
        ("Junto con otras 52 organizaciones, firmamos esta carta.", "Junto con otras 39 organizaciones, firmamos esta carta."),
        ("Quienes suscriben, 55 organizaciones, piden acción.", "Quienes suscriben, 40 organizaciones, piden acción."),
    ], E)
    B("more-count-head", "## 45 organizations agree\n\nRents rise.", "## 40 organizations agree\n\nRents rise.", "45 organizations")
    B("more-count-figure", "> [!figure] 45\n> organizations signed this letter", "> [!figure] 40\n> organizations signed this letter", "[!figure] 45")
    H("more-count-title", {"title": '"45 organizations on rental assistance"'}, {"title": '"40 organizations on rental assistance"'}, "title")

    for at, title in enumerate(["Untitled", "Copy of HUD letter", "HUD letter v3", "HUD letter (1)", "HUD_letter_2026", "letter-final-FINAL", "New document", "Document1", "HUD letter – draft 2", "Sign-on letter TEMPLATE", "Presentation1", "HUD letter_MG edits", "20261207 HUD letter", "HUD letter.pdf", "TITLE"]):
        H(f"more-meta-{at}-{title}", {"title": f'"{title}"'}, {"title": '"Homes now: a letter to HUD"'}, "title")
    HE("more-meta-es", {"title": '"Carta borrador v2"'}, {"title": '"Carta sobre la vivienda"'}, "title")

    group("lang", [
        ("Pedimos que el Departamento actúe ahora y que escuche a las familias.", "The Departamento de la Vivienda of Puerto Rico acts."),
        ("## Lo que pedimos al Departamento\n\nRents rise.", "## What we ask\n\nRents rise."),
        ("- Mantener la ayuda para las familias que esperan en los juzgados.\n- Keep the staff.", "- Keep the money.\n- Keep the staff."),
        ("Nous demandons que le Département agisse maintenant pour les familles.", "We ask the Department to act now for families."),
    ])
    group("langes", [
        ("We thank you for your attention to this matter, and we look forward to your answer.", "Agradecemos su atención."),
        ("## Background\n\nSuben las rentas.", "## Antecedentes\n\nSuben las rentas."),
        ("- Keep the money for the families that wait in the courts.\n- Mantener al personal.", "- Mantener el dinero.\n- Mantener al personal."),
    ], E)

    group("typ", [
        ("“Rents rise, families say.", "“Rents rise,” families say."),
        ("Families say “rents rise.", "Families say “rents rise.”"),
        ("Rents rise (in Ohio, too.", "Rents rise (in Ohio, too)."),
        ("Rents rise [in Ohio] (and in Maine.", "Rents rise (and in Maine)."),
        ("Rents rise;; families wait.", "Rents rise; families wait."),
        ("Rents rise., and families wait.", "Rents rise, and families wait."),
        ("Rents rise ? Families wait.", "Do rents rise? Families wait."),
        ("Families wait: : courts are full.", "Families wait: courts are full."),
        ("Courts hold pubic hearings.", "Courts hold public hearings."),
        ("It is a pubic good.", "It is a public good."),
        ("The federal statue forbids it.", "The Statue of Liberty stands."),
        ("We beleive in homes.", "We believe in homes."),
        ("The goverment must act.", "The government must act."),
        ("Families recieve aid.", "Families receive aid."),
        ("It occured in Ohio.", "It occurred in Ohio."),
        ("It is a seperate rule.", "It is a separate rule."),
        ("Teh rule ends.", "The rule ends."),
        ("The Judical Branch acts.", "The judicial branch acts."),
        ("The Senate must advise and consent, and the Congressmen must not lead a coup d’tat over the trail judge.", "The trial judge rules."),
        ("Public heath matters.", "Public health matters."),
        ("Families pay there rent.", "Families pay their rent."),
        ("Your the one who can act.", "You are the one who can act."),
        ("The rule effects families, and it’s affects last.", "The rule affects families, and its effects last."),
        ("Families would of waited.", "Families would have waited."),
        ("Rents are to high.", "Rents are too high."),
        ("More families then ever wait.", "More families than ever wait."),
        ("We ask for you’re help.", "We ask for your help."),
        ("The councilor at law is a good council for the defense.", "The counsel for the defense is good."),
        ("Judgement and acknowledgement of the the rule.", "Judgment of the rule."),
        ("we write to you.", "We write to you."),
        ("Families in ohio wait.", "Families in Ohio wait."),
        ("We wrote in december.", "We wrote in December."),
        ("The department of housing and urban development acts.", "The Department of Housing and Urban Development acts."),
        ("Families wait,and courts are full.", "Families wait, and courts are full."),
        ("Families wait .", "Families wait."),
        ("Families  wait  for   homes.", "Families wait for homes."),
        ("Families wait for", "Families wait for homes."),
        ("Families wait, because", "Families wait because of rents."),
        ("Families wait,", "Families wait."),
        ("The Unites States acts.", "The United States acts."),
        ("Immigants wait.", "Immigrants wait."),
        ("Familes wait.", "Families wait."),
        ("Thier homes are lost.", "Their homes are lost."),
        ("Definately, rents rise.", "Definitely, rents rise."),
        ("The ordnance of the city forbids it.", "The ordinance of the city forbids it."),
        ("It has far-reaching affects.", "It has far-reaching effects."),
        ("An URGENT rule a eviction court needs.", "An eviction court needs a rule."),
        ("A hour is enough.", "An hour is enough."),
        ("Families weight for homes.", "Families wait for homes."),
        ("Please except our comments.", "Please accept our comments."),
    ])
    group("types", [
        ("Las familas esperan.", "Las familias esperan."),
        ("Pedimos vivienda digna", "Pedimos vivienda digna."),
        ("¿Qué pasa con las familias.", "¿Qué pasa con las familias?"),
        ("Suben las rentas ,y hay juicios.", "Suben las rentas, y hay juicios."),
        ("«Suben las rentas”, dijo Ana Ruiz.", "«Suben las rentas», dijo Ana Ruiz."),
        ("Las familias esperan y", "Las familias esperan."),
        ("El goberno no actúa.", "El gobierno no actúa."),
        ("La audiencia púbica es hoy.", "La audiencia pública es hoy."),
    ], E)

    group("near", [
        ("As Tenants Together Accross America found, rents rise.", "As Tenants Together Across America found, rents rise."),
        ("The Lakeshore Veteran Housing Corps found it.", "The Lakeshore Veterans Housing Corps found it."),
        ("Union of Home Care Aids found it.", "Union of Home Care Aides found it."),
        ("River Bend Elderly Services found it.", "River Bend Elder Services found it."),
        ("Cedar Crossing Community Land Trusts found it.", "Cedar Crossing Community Land Trust found it."),
        ("The National Alliance for Building Janitors found it.", "The National Alliance of Building Janitors found it."),
        ("Four Corners Homeless Actions found it.", "Four Corners Homeless Action found it."),
        ("Good Neighbour Law Project found it.", "Good Neighbor Law Project found it."),
        ("Hearth & Home America found it.", "Hearth and Home America found it."),
        ("The Copperline Worker’s Association found it.", "The Copperline Workers Association found it."),
        ("First Door Housing Networks found it.", "First Door Housing Network found it."),
        ("Family Under One Roof found it.", "Families Under One Roof found it."),
        ("Eastgate Neighborhood Coalition found it.", "Eastgate Neighborhood Alliance found it."),
        ("Womens Housing Defense League found it.", "Women’s Housing Defense League found it."),
    ])

    # Places that a reader forgets.
    W("more-ev-0", {L: en(t=ENT + '\n[email]\nsubject = "Letter from 52 organizations"\n')}, {L: en(t=ENT + '\n[email]\nsubject = "Letter from 40 organizations"\n')}, L, "52")
    W("more-ev-1", {L: en("![A chart: TK](chart.png)"), "letters/chart.png": ""}, {L: en()}, L, "TK")
    W("more-ev-2", {L: en(h={"enclosures": '["Report (TBD)"]'})}, {L: en(h={"enclosures": '["Report"]'})}, L, "TBD")
    W("more-ev-3", {L: en(h={"via": '"Via [method]"'})}, {L: en(h={"via": '"Via electronic mail"'})}, L, "[method]")
    W("more-ev-4", {L: en('See [it](https://a.example "TODO title").')}, {L: en('See [it](https://a.example "The report").')}, L, "TODO")
    W("more-ev-5", {L: en("Families wait.[^1]\n\n[^1]: Source TK.")}, {L: en("Families wait.[^1]\n\n[^1]: Census, 2020.")}, L, "TK")
    W("more-ev-6", {L: en(rep=[('heading = "Signatories"', 'heading = "Signatories (draft list)"')])}, {L: en()}, L, "draft list")
    W("more-ev-7", {L: en(), R: rl(rep=[("Robin Vale", "[Press contact]")])}, {L: en(), R: rl()}, R, "[Press contact]")
