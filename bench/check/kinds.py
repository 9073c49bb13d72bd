"""How many embarrassments `check` finds, and how many clean texts it flags.

    python3 bench/check/kinds.py [BINARY] [WORD...]

Each case is a letter of the same coalition with one thing that a press officer would have
caught, and the same letter without it, in English and Spanish. Prints what is not found in
its place, which clean letters are flagged, and both figures; then the alarms over the pages
of docs/, as the bodies of letters. WORD: only cases whose names contain it. The cases were
written before the rules; those that are not found are left as they are. Names are made up.
"""

import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile

from blind import add_blind
from fifth import add_fifth
from fourth import add_fourth
from more import add_all
from sixth import add_sixth

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
ARGUMENTS = sys.argv[1:]
BIN = os.path.abspath(ARGUMENTS.pop(0)) if ARGUMENTS and os.path.exists(ARGUMENTS[0]) else str(ROOT / "target/debug/undersigned")
LIST = (pathlib.Path(__file__).parent / "list.csv").read_text()
P1="On behalf of the undersigned organizations, we write to ask the Department of Housing and Urban Development to keep emergency rental assistance whole in its request for the coming year. The people we work with cannot wait for another round of study."
P2="Rents have risen faster than wages in nearly every county where our members work. Families who fall one month behind are often in court the next."
P3="We would welcome a meeting with you and your staff, and we thank you for your attention to families who are one bill away from losing their homes."
S1="En nombre de las organizaciones abajo firmantes, le pedimos que mantenga íntegra la ayuda de emergencia para el alquiler en la solicitud de presupuesto del próximo año. Las familias con las que trabajamos no pueden esperar otro estudio."
S3="Agradecemos su atención y quedamos a su disposición para una reunión."
EN={'kind':'"letter"','title':'"Protect emergency rental assistance in the 2027 budget"','date':'2026-12-07','language':'"en-US"','subject':'"Emergency rental assistance in the 2027 budget"','salutation':'"Dear Secretary Whitfield:"','closing':'"Respectfully,"','deadline':'2026-12-02','signatories':'["../signatories/list.csv"]'}
ENT='[letterhead]\nname = "Housed Together Coalition"\nlines = ["housedtogether.example"]\n\n[[to]]\nname = "The Honorable Dana Whitfield"\ntitle = "Secretary"\norganization = "U.S. Department of Housing and Urban Development"\naddress = ["451 Seventh Street SW", "Washington, DC 20410"]\n\n[roll]\nheading = "Signatories"\nstyle = "columns"\n'
ES={'kind':'"letter"','title':'"Proteger la ayuda de emergencia para el alquiler"','date':'2026-12-07','language':'"es-US"','subject':'"Ayuda de emergencia para el alquiler en el presupuesto de 2027"','salutation':'"Estimada Secretaria Whitfield:"','closing':'"Atentamente,"','deadline':'2026-12-02','signatories':'["../signatories/list.csv"]'}
EST='[letterhead]\nname = "Housed Together Coalition"\nlines = ["housedtogether.example"]\n\n[[to]]\nname = "Dana Whitfield"\ntitle = "Secretaria"\norganization = "Departamento de Vivienda y Desarrollo Urbano"\naddress = ["Washington, DC 20410"]\n\n[roll]\nheading = "Firmantes"\nstyle = "columns"\n'
RE={'kind':'"press-release"','title':'"Housing groups ask HUD to keep rental assistance whole"','subtitle':'"A letter to Secretary Dana Whitfield says what families need in the 2027 budget"','date':'2026-12-07','language':'"en-US"','place':'"WASHINGTON, D.C."','slug':'"Rental assistance"','signatories':'["../signatories/list.csv"]','letter':'"letter.md"'}
RET='[letterhead]\nname = "Housed Together Coalition"\nlines = ["housedtogether.example"]\n\n[[contact]]\nname = "Robin Vale"\ntitle = "Communications Director, Housed Together Coalition"\nemail = "press@housedtogether.example"\nphone = "202-555-0100"\n\n[roll]\nheading = "Signatories"\nstyle = "columns"\n'
R1="The Housed Together Coalition has asked the Secretary of Housing and Urban Development to keep emergency rental assistance whole in the 2027 budget request. A letter sent today says that families cannot wait for another round of study."
R3="The letter is on [the coalition’s page](https://housedtogether.example/letter)."
def doc(h,t,body): return '+++\n'+''.join(f'{k} = {v}\n' for k,v in h.items() if v is not None)+'\n'+t+'\n+++\n\n'+body+'\n'
def en(x='',h={},t=None,rep=()):
    T=t if t is not None else ENT
    for a,b in rep:
        assert a in T,a
        T=T.replace(a,b)
    return doc({**EN,**h},T,'\n\n'.join([P1,P2]+([x] if x else [])+[P3]))
def es(x='',h={},rep=()):
    T=EST
    for a,b in rep: assert a in T; T=T.replace(a,b)
    return doc({**ES,**h},T,'\n\n'.join([S1]+([x] if x else [])+[S3]))
def rl(x='',h={},rep=()):
    T=RET
    for a,b in rep: assert a in T; T=T.replace(a,b)
    return doc({**RE,**h},T,'\n\n'.join([R1]+([x] if x else [])+[R3]))
CASES=[]  # id, badfiles, cleanfiles, file, mark
def add(id,bad,clean,file,mark,codes=None): CASES.append((id,bad,clean,file,mark))
L='letters/letter.md';C='letters/carta.md';R='letters/release.md';S='signatories/list.csv'
def B(id,bad,clean,mark=None): add(id,{L:en(bad)},{L:en(clean)},L,mark or bad.split('\n')[0])
def E(id,bad,clean,mark=None): add(id,{C:es(bad)},{C:es(clean)},C,mark or bad.split('\n')[0])
def H(id,bad,clean,mark,rb=(),rc=(),x='',xc=None): add(id,{L:en(x,bad,rep=rb)},{L:en(x if xc is None else xc,clean,rep=rc)},L,mark)
def HE(id,bad,clean,mark,rb=(),rc=(),x='',xc=None): add(id,{C:es(x,bad,rep=rb)},{C:es(x if xc is None else xc,clean,rep=rc)},C,mark)
def W(id,bad,clean,file,mark): add(id,bad,clean,file,mark)
def ROW(id,bad,clean='Pine Hollow Tenants League,organization,national,,confirmed'): add(id,{L:en(),S:LIST+bad+'\n'},{L:en(),S:LIST+clean+'\n'},S,bad)
def RL(id,bad,clean,mark=None,x='',xc=None): add(id,{L:en(x),R:rl(bad)},{L:en(x if xc is None else xc),R:rl(clean)},R,mark or bad.split('\n')[0])
# --- roll entries
for i,(n,) in enumerate([("U.S. Department of Labor",),("Federal Trade Commission",),("Secretary Dana Whitfield",),("U.S. Department of Housing and Urban Development",),("Office of Congresswoman Ana Ruiz",),("pending",),("Blue Mesa Renters (pending)",),("Blue Mesa Renters (tentative)",),("BLUE MESA RENTERS UNION OF ARIZONA",),("Blue Mesa Renters,",),("\"Blue Mesa Renters (BMR\"",),("\"Blue Mesa Renters, Jane Ortega, Director\"",),("Maria Ortega",),("same as above",),("asdf asdf",),("http://bluemesa.example",),("director@bluemesa.example",),("Haywood Jablome Society",),("Anonymous",),("[Organization Name]",),("Blue Mesa Renters - DO NOT PUBLISH",),("I support this letter!",),("Blue Mesa Renters (waiting for board)",),("prueba",),("no aplica",),("Blue Mesa Renters TBC",),("American Nazi Party",),("Oficina del Senador Ruiz",),("Total",),("Yes",),]):
    ROW(f'list-{i}-{n[:18]}',f'{n},organization,national,,confirmed')
# clean names which look odd
ROW('list-clean-1','Santa Claus Inc,organization,national,,confirmed','AFL-CIO,organization,national,,confirmed')
ROW('list-clean-2','sdfgh,organization,national,,confirmed','None on Record,organization,national,,confirmed')
# --- placeholders
for i,(b,c) in enumerate([
 ("Last year, $XX million went to TK families.","Last year, $12 million went to 900 families."),
 ("As [Organization’s full name] has said, this works.","As Roofs for All has said, this works."),
 ("More than [●] families wait.","More than 900 families wait."),
 ("Families spend [$ amount] on rent.","Families spend $900 on rent."),
 ("INSERT STATE DATA HERE","Data of the states follow next week."),
 ("Contact «FirstName» for more.","Contact Robin Vale for more."),
 ("We thank ______ for this work.","We thank Robin Vale for this work."),
 ("Congress passed S. ### for this.","Congress passed S. 412 for this."),
 ("About XX percent of renters pay too much.","About 40 percent of renters pay too much."),
 ("About __% of renters pay too much.","About 40% of renters pay too much."),
 ("Lorem ipsum dolor sit amet, consectetur.","Renters wait for an answer, and hope."),
 ("The program helped 000,000 families.","The program helped 100,000 families."),
 ("The program began in 20XX.","The program began in 2020."),
 ("Call 555-555-5555 for more.","Call 202-555-0142 for more."),
 ("The deadline is Month XX.","The rule ends on March 3."),
 ("{{Name}} lost her home.","Ana lost her home."),
 ("{NAME} lost her home.","Ana lost her home."),
 ("$NAME lost her home.","Ana lost her home."),
 ("As the report (link) says, rents rise.","As the report (2024) says, rents rise."),
 ("As the report says (cite), rents rise.","As the report says (page 4), rents rise."),
 ("Rents rose by a lot (need source).","Rents rose by a lot (in Ohio)."),
 ("[insert story]","A story."),
 ("Rents rose ... in 2020 by ....... percent.","Rents rose in 2020 by 4 percent."),
 ("Name:","Names matter to us."),
 ("The figure is to be determined by us [TBC].","The figure is 12."),
 ("Quote from Maria to come.","Maria will come to the capitol."),
 ("QUOTE TK","A quotation."),
 ("ORG NAME joins us.","Roofs for All joins us."),
 ("The XYZ Coalition joins us.","The Oak Coalition joins us."),
 ("On MM/DD/YYYY the rule takes effect.","On March 3 the rule takes effect."),
]): B(f'ph-{i}-{b[:22]}',b,c)
for i,(b,c) in enumerate([
 ("Como ha dicho [nombre de la organización], esto funciona.","Como ha dicho Roofs for All, esto funciona."),
 ("INSERTAR CITA AQUÍ","Una cita."),
 ("Más de XX familias esperan.","Más de 900 familias esperan."),
 ("Falta fuente (citar).","Falta vivienda (en Ohio)."),
 ("El programa empezó en [año].","El programa empezó en 2020."),
 ("Por definir","Por la vivienda."),
]): E(f'phes-{i}-{b[:22]}',b,c)
H('ph-h-title',{'title':'"[TITLE] Protect rental assistance"'},{},'[TITLE]')
H('ph-h-sal',{'salutation':'"Dear [Title] [Last Name]:"'},{},'Dear [Title]')
H('ph-h-date',{'subject':'"RE: [SUBJECT LINE]"'},{},'[SUBJECT')
H('ph-h-addr',{},{},'Street Address',rb=[('451 Seventh Street SW','Street Address')],rc=[])
H('ph-h-zip',{},{},'City, ST 00000',rb=[('Washington, DC 20410','City, ST 00000')],rc=[])
H('ph-h-head',{},{},'Your Coalition',rb=[('Housed Together Coalition','Your Coalition Here')],rc=[])
# --- editing
for i,(b,c) in enumerate([
 ("DRAFT 3 - FOR REVIEW ONLY","A third draft was for review."),
 ("ATTORNEY-CLIENT PRIVILEGED","Attorneys and clients agree."),
 ("Privileged & Confidential / Attorney Work Product","Confidential records are kept."),
 ("EMBARGOED DRAFT – do not share","We share the draft with all."),
 ("Families wait.[b]","Families wait."),
 ("Families wait [JR2] for months.","Families wait for months."),
 ("@jen can you check this number?","Jen can check this number."),
 ("We [urge/call on] Congress to act.","We urge Congress to act."),
 ("We urge/ask Congress and/or HUD to act (pick one).","We urge Congress and/or HUD to act."),
 ("See Error! Bookmark not defined. for more.","See the page for more."),
 ("Here's a more polished version of your paragraph:","Here is what families say."),
 ("I hope this helps! Let me know if you'd like me to adjust the tone.","We hope this helps."),
 ("As an AI language model, I cannot verify this.","We cannot verify this."),
 ("On Tue, Mar 3, 2026 at 4:12 PM Jen Vale <jen@example.org> wrote:","On Tuesday, March 3, 2026, Jen Vale wrote to us."),
 ("CAUTION: This email originated from outside the organization.","Caution is in order."),
 ("Sent from my iPhone","Sent by mail."),
 ("Note to Ana: we need a better number here.","A note: we need a better number."),
 ("[Ana to add numbers]","Numbers follow."),
 ("(Ana: please verify)","(Ana verified it.)"),
 ("Families wait [is this still true?] for months.","Families wait for months."),
 ("Is this number right?? Families wait.","Is this right? Families wait."),
 ("***CHECK WITH LEGAL***","Check with your lawyers."),
 ("Comment [A1]: shorten this","A comment: shorten this."),
 ("Deleted: for months","They deleted it for months."),
 ("NOTE: cut this paragraph if too long.","Note that it is long."),
 ("Old version: Families waited.","An old version of the rule waited."),
 ("Option A: Families wait. Option B: Families despair.","The first option is to wait."),
 ("[Paragraph on costs goes here.]","Costs are low."),
 ("[end of draft]","The end."),
 ("<<<<<<< HEAD","Heads up."),
 ("---- Forwarded message ----","A forwarded message."),
 ("Unsubscribe | View in browser","Browse the view."),
 ("Click here to view this email in your browser","View it in a browser."),
 ("Talking points - internal","Talking points are internal to none."),
 ("Not sure if we want to say this.","We are not sure of it."),
 ("HOLD FOR JEN'S EDITS","Hold the line."),
 ("per Jen, softened this","Per person, rents are lower."),
]): B(f'rem-{i}-{b[:22]}',b,c)
for i,(b,c) in enumerate([
 ("BORRADOR – NO DIFUNDIR","Un borrador se difunde."),
 ("Nota para Ana: revisar este párrafo.","Una nota: este párrafo."),
 ("(Ana, por favor confirma)","(Ana confirma.)"),
 ("¡Error! No se encuentra el origen de la referencia.","No se encuentra el origen."),
 ("Aquí tienes una versión mejorada de tu carta:","Aquí tienen las familias una carta."),
 ("Enviado desde mi iPhone","Enviado por correo."),
 ("Le [pedimos/exigimos] que actúe.","Le pedimos que actúe."),
]): E(f'remes-{i}-{b[:22]}',b,c)
# --- bills
for i,(b,c) in enumerate([
 ("Pass H.R. 2468. Nothing less than H.R. 2648 will do.","Pass H.R. 2468. Nothing less than H.R. 2468 will do."),
 ("Pass the Homes Act (H.R. 2468). The Homes Act, H.R. 7193, works.","Pass the Homes Act (H.R. 2468). The Homes Act, H.R. 2468, works."),
 ("Pass the Homes Act (H.R. 2468) and the Roofs Act (H.R. 2468).","Pass the Homes Act (H.R. 2468) and the Roofs Act (H.R. 2469)."),
 ("The Senate should pass H.R. 2468, introduced by Senator Ruiz.","The Senate should pass S. 468, introduced by Senator Ruiz."),
 ("Representative Ruiz introduced S. 412 this year.","Representative Ruiz introduced H.R. 412 this year."),
 ("Pass the Fair Homes Act. The Fare Homes Act is needed.","Pass the Fair Homes Act. The Fair Homes Act is needed."),
 ("The Fair Housing Act of 1968 works. The Fair Housing Act of 1986 works.","The Fair Housing Act of 1968 works. The Fair Housing Act works."),
 ("Pass SB 123 now. We need SB 132.","Pass SB 123 now. We need SB 123."),
 ("Pub. L. 116-260 helps. So does P.L. 116-206.","Pub. L. 116-260 helps. So does P.L. 116-260."),
 ("See 42 U.S.C. § 1437f and 24 U.S.C. § 1437f.","See 42 U.S.C. § 1437f and 42 U.S.C. § 1437g."),
 ("Pass H.R. 99999 now.","Pass H.R. 9999 now."),
 ("House Bill S. 412 helps.","Senate bill S. 412 helps."),
]): B(f'bill-{i}-{b[:22]}',b,c)
# --- addressee in the body
for i,(b,c) in enumerate([
 ("Secretary Withfield, families count on you.","Secretary Whitfield, families count on you."),
 ("Secretary Mayorkas, families count on you.","Former Secretary Mayorkas counted on it."),
 ("Senator Whitfield, families count on you.","Secretary Whitfield, families count on you."),
 ("As a Senator, you know this.","As Secretary, you know this."),
 ("Mr. Secretary, families count on you. Madam Secretary, please act.","Madam Secretary, please act."),
 ("We urge you, Governor, to act.","We urge you, Secretary, to act."),
 ("Secretary Daniel Whitfield knows this.","Secretary Dana Whitfield knows this."),
 ("Under your leadership, the Department of Labor has acted well.","Under your leadership, the Department has acted well."),
 ("We urge your Committee to act.","We urge your Department to act."),
 ("Your constituents, Congressman, wait.","Your staff, Secretary, wait."),
 ("We thank Administrator Whitfield for this.","We thank Secretary Whitfield for this."),
]): B(f'addr-{i}-{b[:22]}',b,c)
H('addr-h-1',{'salutation':'"Dear Secretary Whitefield:"'},{},'Dear Secretary')
H('addr-h-2',{'salutation':'"Dear Senator Whitfield:"'},{},'Dear Senator')
H('addr-h-3',{'salutation':'"Dear Secretaries:"'},{},'Dear Secretaries')
H('addr-h-4',{'salutation':'"Dear Members of Congress:"'},{'salutation':'"Dear Secretary Whitfield and staff:"'},'Dear Members')
H('addr-h-5',{'salutation':'"Dear Mr. Whitfield and Ms. Lopez:"'},{},'Dear Mr.')
H('addr-h-6',{'salutation':'"Dear Chairman Whitfield:"'},{},'Dear Chairman')
H('addr-h-7',{'salutation':'"Dear Representatives:"'},{'salutation':'"Dear Senators:"'},'Dear Rep',rb=[('name = "The Honorable Dana Whitfield"\ntitle = "Secretary"\n',''),('U.S. Department of Housing and Urban Development','United States Senate')],rc=[('name = "The Honorable Dana Whitfield"\ntitle = "Secretary"\n',''),('U.S. Department of Housing and Urban Development','United States Senate')])
H('addr-h-8',{'salutation':'"Dear Senator Ruiz:"'},{'salutation':'"Dear Representative Ruiz:"'},'Dear Sen',rb=[('The Honorable Dana Whitfield','The Honorable Ana Ruiz'),('title = "Secretary"\n',''),('U.S. Department of Housing and Urban Development','U.S. House of Representatives')],rc=[('The Honorable Dana Whitfield','The Honorable Ana Ruiz'),('title = "Secretary"\n',''),('U.S. Department of Housing and Urban Development','U.S. House of Representatives')])
H('addr-h-9',{},{},'Department of Houseing',rb=[('Department of Housing and','Department of Houseing and')],rc=[])
H('addr-h-10',{'salutation':'"Dear  Secretary Whitfield"'},{'salutation':'"Dear Secretary Whitfield,"'},'Dear  Sec')
HE('addres-1',{'salutation':'"Estimado Secretaria Whitfield:"'},{},'Estimado')
HE('addres-2',{'salutation':'"Estimada Senador Whitfield:"'},{},'Estimada')
HE('addres-3',{'salutation':'"Estimada Secretaria Whitefield:"'},{},'Whitefield')
HE('addres-4',{'salutation':'"Dear Secretaria Whitfield:"'},{},'Dear')
E('addres-5',"Señor Secretario, las familias esperan.","Señora Secretaria, las familias esperan.")
E('addres-6',"La Secretaria Witfield lo sabe.","La Secretaria Whitfield lo sabe.")
# --- one person two titles
for i,(b,c) in enumerate([
 ("“Rents rise,” said Ana Ruiz, executive director of Roofs for All.\n\n“Courts are full,” said Ana Ruiz, policy director of Roofs for All.","“Rents rise,” said Ana Ruiz, executive director of Roofs for All.\n\n“Courts are full,” said Ana Ruiz of Roofs for All."),
 ("“Rents rise,” said Ana Ruiz of Roofs for All.\n\n“Courts are full,” said Ana Ruis of Roofs for All.","“Rents rise,” said Ana Ruiz of Roofs for All.\n\n“Courts are full,” said Ana Ruiz."),
 ("“Rents rise,” said Ana Ruiz, director of Roofs for All.\n\n“Courts are full,” said Ana Ruiz, director of Harbor Light Shelter.","“Rents rise,” said Ana Ruiz, director of Roofs for All.\n\n“Courts are full,” said Leo Ruiz, director of Harbor Light Shelter."),
]): B(f'two-{i}',b,c,b)
B('two-3',"> Rents rise.\n>\n> — Ana Ruiz, Executive Director, Roofs for All\n\nMore.\n\n> Courts are full.\n>\n> — Ana Ruiz, Deputy Director, Roofs for All","> Rents rise.\n>\n> — Ana Ruiz, Executive Director, Roofs for All\n\nMore.\n\n> Courts are full.\n>\n> — Leo Diaz, Deputy Director, Roofs for All","> Rents rise.\n>\n> — Ana Ruiz, Executive Director, Roofs for All\n\nMore.\n\n> Courts are full.\n>\n> — Ana Ruiz, Deputy Director, Roofs for All")
# --- release vs letter
LIST3="We ask for these three changes:\n\n1. Keep the money.\n2. Keep the staff.\n3. Keep the rule."
RL('rel-0',"The letter makes four demands.","The letter makes three demands.",x=LIST3)
RL('rel-1',"The letter, dated December 4, 2026, asks for action.","The letter, dated December 7, 2026, asks for action.")
RL('rel-2',"The letter to Secretary Donna Whitfield asks for action.","The letter to Secretary Dana Whitfield asks for action.")
RL('rel-3',"The groups outlined five recommendations in the letter.","The groups outlined three recommendations in the letter.",x=LIST3)
RL('rel-4',"In a letter to the Department of Labor today, the groups ask for action.","In a letter to the Department of Housing and Urban Development today, the groups ask for action.")
RL('rel-5',"In a letter sent on Tuesday, December 8, the groups ask for action.","In a letter sent on Monday, December 7, the groups ask for action.")
RL('rel-6',"The letter, signed by 52 organizations, asks for action.","The letter, signed by 40 organizations, asks for action.")
RL('rel-7',"The letter is addressed to Secretary Mayorkas.","The letter is addressed to Secretary Whitfield.")
RL('rel-8',"“The people we work with can not wait for yet another round of study,” the letter says.","“The people we work with cannot wait for another round of study,” the letter says.")
W('rel-9',{L:en(),R:rl('',{'subtitle':'"A letter to Secretary Dana Whitfeld says what families need"'})},{L:en(),R:rl()},R,'subtitle')
W('rel-10',{L:en(),R:rl('',{'embargo':'"2025-12-07 09:00 EST"'})},{L:en(),R:rl()},R,'embargo')
W('rel-11',{L:en(),R:rl('',{'date':'2026-12-01'})},{L:en(),R:rl()},R,'date')
W('rel-12',{L:en(),R:rl('',{'slug':'"52 groups on rental assistance"'})},{L:en(),R:rl()},R,'slug')
W('rel-13',{L:en(),R:rl('',{},[('202-555-0100','202-555-010')])},{L:en(),R:rl()},R,'phone')
W('rel-14',{L:en(),R:rl('',{},[('press@housedtogether.example','press@housedtogether')])},{L:en(),R:rl()},R,'email')
W('rel-15',{L:en(),R:rl('',{'place':'"[CITY]"'})},{L:en(),R:rl()},R,'place')
# twins
TWL=['"carta.md"','"letter.md"']
ESL="Pedimos estos tres cambios:\n\n1. Mantener el dinero.\n2. Mantener al personal.\n3. Mantener la regla."
def TW(id,b,c,mark=None,x=LIST3,hb={},hc={}):
    f=lambda y,h:{L:en(x,{'twins':'["carta.md"]'}),C:es(y,{'twins':'["letter.md"]',**h})}
    W(id,f(b,hb),f(c,hc),C,mark or b.split('\n')[0])
TW('twin-1',ESL.replace('3. Mantener la regla.','3. Mantener la regla.\n4. Mantener la fe.').replace('tres','cuatro'),ESL)
TW('twin-2',ESL,ESL,'date',hb={'date':'2026-12-08'})
TW('twin-3',ESL,ESL,'deadline',hb={'deadline':'2026-12-03'})
TW('twin-4','La ayuda termina el 4 de marzo de 2027.','La ayuda termina el 3 de marzo de 2027.',x='The aid ends on March 3, 2027.')
TW('twin-5','Unas 4,500 familias esperan.','Unas 5,400 familias esperan.',x='About 5,400 families wait.')
TW('twin-6','El programa costó $46 millones.','El programa costó $64 millones.',x='The program cost $64 million.')
TW('twin-7',"## Lo que pedimos\n\nMantener el dinero.","## Lo que pedimos\n\nMantener el dinero.\n\n## Por qué\n\nLas familias esperan.",x="## What we ask\n\nKeep the money.\n\n## Why\n\nFamilies wait.")
# --- repeats
B('dup-1',P2,'Rents have fallen in some counties, and our members ask why it is so there.',P2)
cases_dup="The undersigned organizations:\n\nAmberfield Tenants Union\\\nBeacon Hollow Legal Aid\\\nBridgewater Housing Partnership\\\nCedar Crossing Community Land Trust\\\nCoalition for Safe Homes"
B('dup-roll',cases_dup,"We thank Roofs for All.","Amberfield")
B('dup-roll2',"- Amberfield Tenants Union\n- Beacon Hollow Legal Aid\n- Bridgewater Housing Partnership\n- Cedar Crossing Community Land Trust\n- Coalition for Safe Homes\n- Delta Mothers United","- Families wait.\n- Courts are full.","- Amberfield")
B('dup-sal',"Dear Secretary Whitfield:","Dear families of our state know.")
B('dup-close',"Respectfully,","Respectfully, families ask.")
B('dup-close2',"Sincerely,\n\nRobin Vale","We are sincerely grateful.","Sincerely")
B('dup-date',"December 7, 2026","On December 7, 2026, we met.")
B('dup-sent',"Families cannot wait for another study of the rental market. Families cannot wait for another study of the rental market.","Families cannot wait for another study of the rental market. They need help.")
B('dup-near',P2.replace('nearly','almost'),'Rents have fallen in some counties, and our members ask why it is so there.',P2.replace('nearly','almost'))
E('dup-es',S1,'Las familias esperan.',S1)
B('dup-head',"## Why we write\n\nRents rise.\n\n## Why we write\n\nCourts are full.","## Why we write\n\nRents rise.\n\n## What we ask\n\nCourts are full.","## Why we write\n\nRents rise.\n\n## Why we write")
B('dup-phrase',"We ask that the Department we ask that the Department act.","We ask that the Department act.")
# --- ordinals and counts of reasons
for i,(b,c) in enumerate([
 ("First, rents rise. Second, courts are full. Fourth, families wait.","First, rents rise. Second, courts are full. Third, families wait."),
 ("We have three reasons. First, rents rise. Second, courts are full.","We have two reasons. First, rents rise. Second, courts are full."),
 ("We ask for four things: (1) money, (2) staff, and (3) time.","We ask for three things: (1) money, (2) staff, and (3) time."),
 ("We ask for (a) money, (b) staff, and (d) time.","We ask for (a) money, (b) staff, and (c) time."),
 ("There are two problems: rents, courts, and wages.","There are three problems: rents, courts, and wages."),
 ("First, rents rise.\n\nSecond, courts are full.\n\nSecond, families wait.","First, rents rise.\n\nSecond, courts are full.\n\nThird, families wait."),
 ("On the one hand, rents rise. First, courts are full. Finally, families wait. Third, wages fall.","First, courts are full. Finally, families wait."),
]): B(f'ord-{i}',b,c,b)
E('ord-es1',"Primero, suben las rentas. Segundo, hay juicios. Cuarto, las familias esperan.","Primero, suben las rentas. Segundo, hay juicios. Tercero, las familias esperan.")
E('ord-es2',"Hay tres razones. Primero, suben las rentas. Segundo, hay juicios.","Hay dos razones. Primero, suben las rentas. Segundo, hay juicios.")
E('ord-es3',"En primer lugar, suben las rentas. En tercer lugar, hay juicios.","En primer lugar, suben las rentas. En segundo lugar, hay juicios.")
B('ord-list',"1. Keep the money.\n2. Keep the staff.\n3. Keep the rule.\n\nThe fourth item is the most urgent.","1. Keep the money.\n2. Keep the staff.\n3. Keep the rule.\n\nThe third item is the most urgent.","The fourth")
B('ord-list2',"1. Keep the money.\n2. Keep the staff.\n3. Keep the rule.\n\nItem 7 above is the most urgent.","1. Keep the money.\n2. Keep the staff.\n3. Keep the rule.\n\nItem 3 above is the most urgent.","Item 7")
B('ord-list3',"1. Keep the money.\n2. Keep the staff.\n3. Keep the rule.\n\nThese five steps cost nothing.","1. Keep the money.\n2. Keep the staff.\n3. Keep the rule.\n\nThese three steps cost nothing.","These five")
B('ord-list4',"We make the following two requests:\n\n- Keep the money.\n- Keep the staff.\n- Keep the rule.","We make the following three requests:\n\n- Keep the money.\n- Keep the staff.\n- Keep the rule.")
# --- references
for i,(b,c) in enumerate([
 ("See Section 4 for details.","See Section 4 of the Act for details."),
 ("As Appendix B shows, rents rise.","As Appendix B of the report shows, rents rise."),
 ("The table below shows rents.","The table of the Census shows rents."),
 ("As the chart above shows, rents rise.","As the chart of the Census shows, rents rise."),
 ("See Figure 2.","We see figures."),
 ("See footnote 7.","See Congress."),
 ("See page 14 of this letter.","See page 14 of the report."),
 ("We attach our comments.","We stand by our comments."),
 ("Enclosed please find our comments.","Our comments speak for themselves."),
 ("The map on the next page shows it.","The map of the Census shows it."),
 ("The list of signatories is attached.","The list of signatories is long."),
 ("As discussed in Part II above, rents rise.","As discussed, rents rise."),
 ("See the attached report.","See the report."),
 ("Exhibit 3 shows it.","Exhibit 3 to the complaint shows it."),
 ("Our recommendations in the box at right matter.","Our recommendations matter."),
 ("As noted in the appendix, rents rise.","As noted, rents rise."),
]): B(f'xref-{i}-{b[:22]}',b,c)
E('xref-es1',"Véase el anexo B.","Véase el anexo B del informe.")
E('xref-es2',"La tabla siguiente lo muestra.","La tabla del Censo lo muestra.")
E('xref-es3',"Adjuntamos nuestros comentarios.","Reiteramos nuestros comentarios.")
E('xref-es4',"Véase la sección 4 más abajo.","Véase la sección 4 de la ley.")
# --- figures
for i,(b,c) in enumerate([
 ("Costs rose from $4.6 billion to $3.2 billion.","Costs rose from $3.2 billion to $4.6 billion."),
 ("The program cost $4.6 million. At $4.6 billion, it is cheap.","The program cost $4.6 million. At $4.6 million, it is cheap."),
 ("We asked four (5) times.","We asked five (5) times."),
 ("About 120 percent of families rent.","About 20 percent of families rent."),
 ("A majority (42 percent) rents.","A majority (62 percent) rents."),
 ("Most families, 38 percent, rent.","Most families, 68 percent, rent."),
 ("Some 60 percent rent, 30 percent own, and 20 percent do neither.","Some 60 percent rent, 30 percent own, and 10 percent do neither."),
 ("One in four families (40 percent) waits.","One in four families (25 percent) waits."),
 ("Rents doubled, from $800 to $1,000.","Rents doubled, from $800 to $1,600."),
 ("Rents tripled from $500 to $900.","Rents tripled from $500 to $1,500."),
 ("It costs $1,20 a day.","It costs $1.20 a day."),
 ("It cost 12,00 families their homes.","It cost 12,000 families their homes."),
 ("It helped 3 million people, 1.2 million adults and 2.8 million children.","It helped 4 million people, 1.2 million adults and 2.8 million children."),
 ("It lasted from 2024 to 2021.","It lasted from 2021 to 2024."),
 ("The office is open from 5 p.m. to 9 a.m. on weekdays from June 30 to June 3.","The office is open from 9 a.m. to 5 p.m. on weekdays from June 3 to June 30."),
 ("Over 5,400 families wait. The 4,500 families on the list need help.","Over 5,400 families wait. The 5,400 families on the list need help."),
 ("The cut is $12 millions.","The cut is $12 million."),
 ("It costs $5 dollars.","It costs $5."),
 ("A share of 30%% is enough.","A share of 30% is enough."),
 ("A share of 30 percent % is enough.","A share of 30 percent is enough."),
 ("Rents fell by 150 percent.","Rents rose by 150 percent."),
 ("Nine out of 8 families wait.","Seven out of 8 families wait."),
]): B(f'num-{i}-{b[:22]}',b,c)
E('num-es1',"Tres (4) familias esperan.","Tres (3) familias esperan.")
E('num-es2',"El 134 por ciento de las familias espera.","El 34 por ciento de las familias espera.")
E('num-es3',"La mayoría (42 por ciento) alquila.","La mayoría (62 por ciento) alquila.")
E('num-es4',"La renta subió de 900 a 800 dólares.","La renta subió de 800 a 900 dólares.")
B('num-t1',"| County | Families |\n|---|---|\n| Adams | 40 |\n| Brown | 60 |\n| Total | 110 |","| County | Families |\n|---|---|\n| Adams | 40 |\n| Brown | 60 |\n| Total | 100 |","| Total | 110 |")
B('num-t2',"| County | Families | Share |\n|---|---|---|\n| Adams | 4,000 | 40% |\n| Brown | 6,000 | 60% |\n| **All counties** | **11,000** | 100% |","| County | Families | Share |\n|---|---|---|\n| Adams | 4,000 | 40% |\n| Brown | 6,000 | 60% |\n| **All counties** | **10,000** | 100% |","| **All")
B('num-t3',"| County | Share |\n|---|---|\n| Adams | 40% |\n| Brown | 60% |\n| Clark | 20% |","| County | Share |\n|---|---|\n| Adams | 40% |\n| Brown | 40% |\n| Clark | 20% |","| Clark | 20% |")
# --- acronyms
for i,(b,c) in enumerate([
 ("The NHTF helps families.","The National Housing Trust Fund (NHTF) helps families. The NHTF works."),
 ("The National Housing Trust Fund (NHTF) works. The NHFT needs money.","The National Housing Trust Fund (NHTF) works. The NHTF needs money."),
 ("The Housing Choice Voucher (HVC) program works.","The Housing Choice Voucher (HCV) program works."),
 ("The National Housing Trust Fund (NHTF) works. The National Housing Trust Fund (NHTF) needs money.","The National Housing Trust Fund (NHTF) works. The NHTF needs money."),
 ("The Fair Market Rent (FMR) is low. The Family Median Revenue (FMR) is, too.","The Fair Market Rent (FMR) is low. The FMR falls."),
 ("The Department of Homeland Security (DHS) and HUD act. The Department of Homeland Security (“DHS”) acts.","The Department of Homeland Security (DHS) and HUD act."),
]): B(f'acro-{i}',b,c)
E('acro-es1',"El Fondo Fiduciario de Vivienda (FVF) funciona.","El Fondo Fiduciario de Vivienda (FFV) funciona.")
E('acro-es2',"El Programa de Ayuda de Emergencia (PAE) funciona. El Programa de Ayuda de Emergencia (PAE) necesita dinero.","El Programa de Ayuda de Emergencia (PAE) funciona. El PAE necesita dinero.")
# --- dates
for i,(b,c) in enumerate([
 ("We will meet on Tues., December 9, 2026.","We will meet on Wed., December 9, 2026."),
 ("Please sign by December 2, 2026.","Please act by December 31, 2026."),
 ("To add your organization, email Robin by Friday.","To reach us, email Robin."),
 ("Sign on here: https://housedtogether.example/sign","Read on here: https://housedtogether.example/more"),
 ("We will hold a rally on November 3, 2026.","We held a rally on November 3, 2026."),
 ("Next month, on November 20, 2026, the rule takes effect.","Last month, on November 20, 2026, the rule took effect."),
 ("On January 15, 2027, the Department announced a cut.","On January 15, 2026, the Department announced a cut."),
 ("The comment period is 30 days, from December 1, 2026, to December 20, 2026.","The comment period is 30 days, from December 1, 2026, to December 31, 2026."),
 ("Act within 30 days, by December 20, 2026.","Act within 30 days, by January 6, 2027."),
 ("On February 30, 2027, it ends.","On February 28, 2027, it ends."),
 ("On 13/45/2026 it ends.","On 12/31/2026 it ends."),
 ("Tomorrow, December 9, 2026, the Senate votes.","Tomorrow, December 8, 2026, the Senate votes."),
 ("Today, December 6, 2026, we write.","Today, December 7, 2026, we write."),
 ("We wrote on December 14, 2026, and had no answer.","We wrote on November 14, 2026, and had no answer."),
 ("In fiscal year 2072, the program ends.","In fiscal year 2027, the program ends."),
 ("Since March 2027, families have waited.","Since March 2026, families have waited."),
 ("The hearing is Monday, December 10.","The hearing is Thursday, December 10."),
 ("At 25:00 on December 9, the Senate votes.","At 15:00 on December 9, the Senate votes."),
 ("The hearing is at 13 p.m. on December 9.","The hearing is at 1 p.m. on December 9."),
 ("The law of June 31 helps.","The law of June 30 helps."),
 ("By the end of 2025, the Department should act.","By the end of 2027, the Department should act."),
 ("Twenty years ago, in 2012, Congress acted.","Fourteen years ago, in 2012, Congress acted."),
]): B(f'date-{i}-{b[:22]}',b,c)
for i,(b,c) in enumerate([
 ("La reunión es el lunes 9 de diciembre de 2026.","La reunión es el miércoles 9 de diciembre de 2026."),
 ("Por favor firme antes del 2 de diciembre.","Por favor actúe antes del 31 de diciembre."),
 ("El 30 de febrero de 2027 termina.","El 28 de febrero de 2027 termina."),
 ("El próximo mes, el 20 de noviembre de 2026, entra en vigor.","El mes pasado, el 20 de noviembre de 2026, entró en vigor."),
 ("Habrá una marcha el 3 de noviembre de 2026.","Hubo una marcha el 3 de noviembre de 2026."),
]): E(f'datees-{i}',b,c)
H('date-h-1',{'date':None},{},'kind')
# --- private
for i,(b,c) in enumerate([
 ("Her number is 123-45-6789.","Her number is 12."),
 ("His A-number is A 123 456 789.","His case is known."),
 ("Join: https://us02web.zoom.us/j/8123456789?pwd=abcDEF123","Join us at https://housedtogether.example/join"),
 ("Meeting ID: 812 3456 7890, Passcode: 123456","Meet us at noon."),
 ("Call Ana on her cell, 614-555-0182.","Call the office, 614-555-0182."),
 ("Write to ana.ruiz88@gmail.com.","Write to press@housedtogether.example."),
 ("Ana, born 03/04/1988, lost her home.","Ana, a mother of two, lost her home."),
 ("She lives at 1420 Elm Street, Apt. 4B, Columbus, OH 43215.","She lives in Columbus."),
 ("Dial-in: 605-313-5109, access code 123456#","Dial in with us."),
 ("The password is Homes2026!","The password is a secret."),
 ("DOB: 3/4/1988","DOB means nothing."),
 ("Her alien number (A-098765432) is known.","Her case is known."),
 ("Case No. 1:26-cv-00412, receipt number MSC2190012345","Case No. 1:26-cv-00412"),
 ("Contact the client's mother at (614) 555-0182.","Contact the office at (614) 555-0182."),
]): B(f'priv-{i}-{b[:22]}',b,c)
E('priv-es1',"Su número de Seguro Social es 123-45-6789.","Su número es 12.")
E('priv-es2',"Contraseña: Hogar2026","La contraseña es un secreto.")
E('priv-es3',"Escriba a ana.ruiz88@hotmail.com.","Escriba a press@housedtogether.example.")
# --- links
for i,(b,c) in enumerate([
 ("Write to [us](mailto:press@@housedtogether.example).","Write to [us](mailto:press@housedtogether.example)."),
 ("Write to [us](mailto:press@housedtogether,example).","Write to [us](mailto:press@housedtogether.example)."),
 ("Write to [us](mailto://press@housedtogether.example).","Write to [us](mailto:press@housedtogether.example)."),
 ("See [housedtogether.example/report](https://evil.example/report).","See [housedtogether.example/report](https://housedtogether.example/report)."),
 ("Write to [press@housedtogether.example](mailto:robin@other.example).","Write to [press@housedtogether.example](mailto:press@housedtogether.example)."),
 ("See [it](https://housedtogether.example/r?utm_source=mail).","See [it](https://housedtogether.example/r?id=4)."),
 ("See [it](https://nam02.safelinks.protection.outlook.com/?url=https%3A%2F%2Fa.example).","See [it](https://a.example)."),
 ("See [it](https://drive.google.com/drive/folders/1AbC).","See [it](https://housedtogether.example/1AbC)."),
 ("See [it](https://docs.google.com/document/d/1AbC/edit).","See [it](https://housedtogether.example/edit)."),
 ("See [it](https://bit.ly/3AbC).","See [it](https://housedtogether.example/3AbC)."),
 ("See [it](https://tinyurl.com/3AbC).","See [it](https://housedtogether.example/3AbC)."),
 ("See [it](https://t.co/3AbC).","See [it](https://housedtogether.example/t.co)."),
 ("See [it](https://www.google.com/url?q=https://a.example).","See [it](https://a.example)."),
 ("See [it](https://urldefense.com/v3/__https://a.example__;!!x).","See [it](https://a.example)."),
 ("See [it](https://a.example/page?preview=true).","See [it](https://a.example/page)."),
 ("See [it](https://a.example/wp-admin/post.php?post=4).","See [it](https://a.example/post)."),
 ("See [it](https://app.box.com/s/abc123).","See [it](https://a.example/abc)."),
 ("See [it](https://www.dropbox.com/s/abc/f.pdf?dl=0).","See [it](https://a.example/f.pdf)."),
 ("See [it](https://onedrive.live.com/edit.aspx?x).","See [it](https://a.example/x)."),
 ("See [it](file:///Users/ana/report.pdf).","See [it](https://a.example/report.pdf)."),
 ("See https://docs.google.com/document/d/1AbC/edit for more.","See https://a.example/more for more."),
 ("See [it](https://click.everyaction.com/k/123).","See [it](https://a.example/k)."),
 ("See [it](https://a.example/unsubscribe?email=ana@b.example).","See [it](https://a.example/b)."),
 ("See [it](https://outlook.office.com/mail/inbox/id/AA).","See [it](https://a.example/AA)."),
 ("See [it](https://mail.google.com/mail/u/0/#inbox/1).","See [it](https://a.example/1)."),
 ("See [it](https://example.com).","See [it](https://a.example)."),
 ("See [it](https://staging.housedtogether.example/report).","See [it](https://housedtogether.example/report)."),
 ("See [it](https://192.168.0.4/report).","See [it](https://a.example/report)."),
 ("See [it](https://housedtogether.example/report]).","See [it](https://housedtogether.example/report)."),
 ("See [click here](https://a.example/r).","See [the report](https://a.example/r)."),
 ("See [it](http://housedtogether.example/r).","See [it](https://housedtogether.example/r)."),
 ("See [the report](https://a.example/r?fbclid=IwAR0).","See [the report](https://a.example/r)."),
 ("See [the report](https://t.umblr.com/redirect?z=https).","See [the report](https://a.example/r)."),
 ("See [it](https://docs.google.com/spreadsheets/d/1AbC/edit#gid=0).","See [it](https://a.example/gid)."),
 ("See [it](https://docs.google.com/forms/d/1AbC/edit).","See [it](https://docs.google.com/forms/d/e/1AbC/viewform)."),
 ("Write to [us](mailto:press@housedtogether.example.).","Write to [us](mailto:press@housedtogether.example)."),
 ("Write to [us](press@housedtogether.example).","Write to [us](mailto:press@housedtogether.example)."),
 ("Call [us](tel:202-555-010).","Call [us](tel:202-555-0100)."),
]): B(f'lnk-{i}-{b[:40]}',b,c)
# --- offices
for i,(b,c) in enumerate([
 ("The Department of Housing and Urban Affairs acts.","The Department of Housing and Urban Development acts."),
 ("The Department of Housing & Urban Renewal acts.","The Department of Housing & Urban Development acts."),
 ("The Department of Justices acts.","The Department of Justice acts."),
 ("The Department of Labour acts.","The Department of Labor acts."),
 ("The Federal Reserves Board acts.","The Federal Reserve Board acts."),
 ("The Federal Housing Agency acts.","The Federal Housing Administration acts."),
 ("The Small Business Agency acts.","The Small Business Administration acts."),
 ("The Senate Committee on Banking, Housing, and Urban Development acts.","The Senate Committee on Banking, Housing, and Urban Affairs acts."),
 ("The House Committee on Finance Services acts.","The House Committee on Financial Services acts."),
 ("The House Oversight and Reform Committees act.","The House Oversight and Government Reform Committee acts."),
 ("The Office of Manpower and Budget acts.","The Office of Management and Budget acts."),
 ("The Government Accountability Agency acts.","The Government Accountability Office acts."),
 ("The Council of Environmental Quality acts.","The Council on Environmental Quality acts."),
 ("The Council on Economic Advisers acts.","The Council of Economic Advisers acts."),
 ("The House Committee on the Ways and Means acts.","The House Committee on Ways and Means acts."),
 ("The Senate Committee on Health, Education, Labor and Pension acts.","The Senate Committee on Health, Education, Labor and Pensions acts."),
 ("The Substance Abuse and Mental Health Service Administration acts.","The Substance Abuse and Mental Health Services Administration acts."),
 ("The Congressional Budget Bureau acts.","The Congressional Budget Office acts."),
 ("The U.S. Citizens and Immigration Services acts.","U.S. Citizenship and Immigration Services acts."),
 ("The Centers for Medicare and Medicare Services acts.","The Centers for Medicare & Medicaid Services acts."),
 ("The House Education and Workforces Committee acts.","The House Education and Workforce Committee acts."),
 ("The Senate Committee on Judiciary acts.","The Senate Committee on the Judiciary acts."),
 ("The Department of Energies acts.","The Department of Energy acts."),
 ("The Federal Energy Regulation Commission acts.","The Federal Energy Regulatory Commission acts."),
 ("The Nuclear Regulation Commission acts.","The Nuclear Regulatory Commission acts."),
 ("The National Institute of Health acts.","The National Institutes of Health act."),
 ("The Bureau of Land Managements acts.","The Bureau of Land Management acts."),
 ("The Veteran’s Administration Department acts.","The Department of Veterans Affairs acts."),
 ("The Interstate Agency Council on Homelessness acts.","The U.S. Interagency Council on Homelessness acts."),
 ("The Joint Committee of Taxation acts.","The Joint Committee on Taxation acts."),
 ("The Senate Homeland Security Committee acts on the Departement of Defense.","The Department of Defense acts."),
]): B(f'off-{i}-{b[:40]}',b,c)
E('off-es1',"El Departamento de Vivienda y Desarrollo Urbanos actúa.","El Departamento de Vivienda y Desarrollo Urbano actúa.")
E('off-es2',"El Departamento de Seguridad Nacionales actúa.","El Departamento de Seguridad Nacional actúa.")
# --- counts
for i,(b,c) in enumerate([
 ("All 45 signatories agree.","All 40 signatories agree."),
 ("All 45 organizations agree on this letter.","All 40 organizations agree on this letter."),
 ("Hundreds of organizations have signed this letter.","Dozens of organizations have signed this letter."),
 ("The 45 groups below agree.","The 40 groups below agree."),
 ("We represent 12 states.","We represent many states."),
 ("Joined by 52 other groups, we ask for action.","Joined by 39 other groups, we ask for action."),
 ("Our forty-five members sign this letter together.","Our forty organizations sign this letter together."),
 ("We, 45 businesses and unions, sign this letter.","We, 40 organizations, sign this letter."),
 ("The signatories, 45 in all, agree.","The signatories, 40 in all, agree."),
 ("As 45 organizations from across the country, we ask for action.","As 40 organizations from across the country, we ask for action."),
 ("Fifty-two organizations have added their names to this letter.","Forty organizations have added their names to this letter."),
 ("Hundreds have added their names to this letter.","Dozens have added their names to this letter."),
 ("Signed: 45 organizations","Signed: 40 organizations"),
 ("Our coalition of 45 organizations asks for action.","Our coalition of 40 organizations asks for action."),
 ("Endorsed by 45 faith, labor, and housing organizations.","Endorsed by 20 faith organizations."),
 ("More than three dozen and a half organizations (45) sign this letter.","More than three dozen organizations sign this letter."),
]): B(f'count-{i}-{b[:40]}',b,c)
for i,(b,c) in enumerate([
 ("Somos 55 organizaciones que trabajan por la vivienda.","Somos 40 organizaciones que trabajan por la vivienda."),
 ("Las 55 organizaciones que suscriben esta carta piden acción.","Las 40 organizaciones que suscriben esta carta piden acción."),
 ("Cientos de organizaciones firman esta carta.","Decenas de organizaciones firman esta carta."),
 ("Casi 60 organizaciones firman esta carta.","Casi 42 organizaciones firman esta carta."),
 ("Un centenar de organizaciones firma esta carta.","Unas cuarenta organizaciones firman esta carta."),
 ("Las 55 firmantes piden acción.","Las 40 firmantes piden acción."),
 ("Unas 60 organizaciones firman esta carta.","Unas 40 organizaciones firman esta carta."),
]): E(f'countes-{i}',b,c)
# --- metadata
H('meta-1',{'title':'"Untitled document"'},{},'title')
H('meta-2',{'title':'"Sign-on letter FINAL v3"'},{},'title')
H('meta-3',{'title':'"HUD letter_FINAL_clean (2)"'},{},'title')
H('meta-4',{'title':'"letter to HUD.docx"'},{},'title')
H('meta-5',{'title':'"DRAFT: Protect emergency rental assistance"'},{},'title')
H('meta-6',{'title':'"Letter"'},{},'title')
H('meta-7',{'title':'"Microsoft Word - HUD letter"'},{},'title')
HE('meta-8',{'title':'"Documento sin título"'},{},'title')
HE('meta-9',{'language':'"en-US"'},{},'language')
H('meta-10',{'language':'"es-US"'},{},'language')
H('meta-11',{'title':'"Protect emergency rental assistance in the 2026 budget"'},{},'title')
# --- mixed languages
B('lang-1',"Las familias con las que trabajamos no pueden esperar otro estudio, y le pedimos que actúe ya.","Families we work with cannot wait for another study, and we ask you to act now.")
E('lang-2',"The families we work with cannot wait for another study, and we ask you to act.","Las familias no pueden esperar, y le pedimos que actúe.")
HE('lang-3',{'closing':'"Sincerely,"'},{},'closing')
H('lang-4',{'closing':'"Atentamente,"'},{},'closing')
HE('lang-5',{},{},'Signatories',rb=[('"Firmantes"','"Signatories"')])
H('lang-6',{},{},'Firmantes',rb=[('"Signatories"','"Firmantes"')])
HE('lang-7',{'subject':'"Emergency rental assistance in the 2027 budget"'},{},'subject')
E('lang-8',"## What we ask of you\n\nLas familias esperan.","## Lo que pedimos\n\nLas familias esperan.")
E('lang-9',"La carta es del December 7, 2026.","La carta es del 7 de diciembre de 2026.")
# --- punctuation, spelling
for i,(b,c) in enumerate([
 ("“Rents rise, said Ana Ruiz.","“Rents rise,” said Ana Ruiz."),
 ("Rents rise,” said Ana Ruiz.","“Rents rise,” said Ana Ruiz."),
 ("Rents rise (see the report.","Rents rise (see the report)."),
 ("Rents rise see the report).","Rents rise (see the report)."),
 ("Rents rise.. Families wait.","Rents rise. Families wait."),
 ("Rents rise,, and families wait.","Rents rise, and families wait."),
 ("Rents rise,.","Rents rise."),
 ("Rents rise ; families wait.","Rents rise; families wait."),
 ("Do rents rise?.","Do rents rise?"),
 ("Rents rise.Families wait for homes.","Rents rise. Families wait for homes."),
 ("Rents rise ,families wait.","Rents rise, families wait."),
 ("We ask for pubic hearings.","We ask for public hearings."),
 ("It violates the statue.","It violates the statute."),
 ("The statue of limitations ends.","The statute of limitations ends."),
 ("Families loose their homes.","Families lose their homes."),
 ("This is a matter of principal for us.","This is a matter of principle for us."),
 ("The Trail Court ruled.","The trial court ruled."),
 ("Untied States law forbids it.","United States law forbids it."),
 ("We ask congress to act.","We ask Congress to act."),
 ("We ask the united states to act.","We ask the United States to act."),
 ("Families lose school, work, and","Families lose school and work."),
 ("We ask the Department to","We ask the Department to act."),
 ("its a matter of law.","It is a matter of law."),
 ("families wait for homes in our towns.","Families wait for homes in our towns."),
 ("Families wait for homes in our towns","Families wait for homes in our towns."),
 ("Martial law judges and the marital law panel.","Law judges and the panel."),
 ("We ask for an asses of the rule, and assess it.","We ask for an assessment of the rule."),
 ("They should of acted.","They should have acted."),
 ("Irregardless, rents rise.","Regardless, rents rise."),
 ("The Department of Heath must act.","The Department of Health must act."),
 ("We ask you too act.","We ask you to act."),
 ("Please contact us a the office.","Please contact us at the office."),
 ("“Rents rise”, said Ana Ruiz.","“Rents rise,” said Ana Ruiz."),
 ("Rents rise!! Families wait.","Rents rise! Families wait."),
 ("Rents rise [see the report.","Rents rise; see the report."),
 ("It's the the rule.","It's the rule."),
 ("Families wait, and and courts are full.","Families wait, and courts are full."),
 ("Families can not wait untill then.","Families cannot wait until then."),
 ("We ask you to be discrete.","We ask you to be discreet."),
 ("Families&nbsp;wait &amp;amp; courts are full.","Families wait & courts are full."),
 ("Families donâ€™t wait.","Families don’t wait."),
 ("Families don?t wait.","Families don’t wait."),
]): B(f'typ-{i}-{b[:30]}',b,c)
for i,(b,c) in enumerate([
 ("«Suben las rentas, dijo Ana Ruiz.","«Suben las rentas», dijo Ana Ruiz."),
 ("Qué pasa con las familias?","¿Qué pasa con las familias?"),
 ("Las familias esperan en en casa.","Las familias esperan en casa."),
 ("Suben las rentas (véase el informe.","Suben las rentas (véase el informe)."),
 ("La goverment no actúa, y los derechos pubicos tampoco.","El gobierno no actúa."),
 ("¡Actúe ya","¡Actúe ya!"),
]): E(f'types-{i}',b,c)
# --- near names
for i,(b,c) in enumerate([
 ("As Beacon Hallow Legal Aid has shown, courts are full.","As Beacon Hollow Legal Aid has shown, courts are full."),
 ("Bridgewater Housing Partners has shown it.","Bridgewater Housing Partnership has shown it."),
 ("Like Delta Mothers Unite, we ask for action.","Like Delta Mothers United, we ask for action."),
 ("The Lantern Youth Shelter Networks joins us.","The Lantern Youth Shelter Network joins us."),
 ("In a report, Women's Housing Defence League shows it.","In a report, Women's Housing Defense League shows it."),
 ("For Sister Agnes’ House, this is new.","For Sister Agnes House, this is new."),
 ("As Granite State Renter found, rents rise.","As Granite State Renters found, rents rise."),
 ("Whole Blocks Organizing found it.","Whole Block Organizing found it."),
 ("The Homestead Justice Foundation found it.","The Homestead Justice Fund found it."),
 ("As Greenway Institute on Housing Policy found, rents rise.","As Greenway Institute for Housing Policy found, rents rise."),
 ("As Roof for All found, rents rise.","As Roofs for All found, rents rise."),
 ("As the National Forum for Fair Housing found, rents rise.","As the National Forum on Fair Housing found, rents rise."),
]): B(f'near-{i}',b,c)
# --- everywhere
W('ev-email',{L:en(t=ENT+'\n[email]\nsubject = "Sign-on letter TBD"\n')},{L:en(t=ENT+'\n[email]\nsubject = "Sign-on letter"\n')},L,'TBD')
W('ev-head',{L:en(rep=[('lines = ["housedtogether.example"]','lines = ["Chair: TBD"]')])},{L:en()},L,'TBD')
W('ev-cc',{L:en('',{'cc':'["[Name], White House"]'})},{L:en('',{'cc':'["Domestic Policy Council"]'})},L,'[Name]')

add_all(globals())
add_blind(globals())
add_fourth(globals())
add_fifth(globals())
add_sixth(globals())


def workspace(files):
    """Runs `check` on files; returns what it says."""
    with tempfile.TemporaryDirectory() as folder:
        for name, text in {"undersigned.toml": "", S: LIST, **files}.items():
            path = pathlib.Path(folder, name)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
        run = subprocess.run([BIN, "check", "--format", "json"], cwd=folder, capture_output=True, text=True)
        if run.returncode > 1:
            sys.exit(run.stderr[:1000])
        said = [json.loads(line) for line in run.stderr.splitlines() if line.startswith("{")]
        return [one for one in said if one.get("code")]


def place(text, mark, last):
    at = text.rfind(mark) if last else text.find(mark)
    first = text[:at].count("\n") + 1
    return first, first + mark.count("\n")


def main():
    chosen = [case for case in CASES if not ARGUMENTS or any(word in case[0] for word in ARGUMENTS)]
    together = [case for case in chosen if set(case[1]) <= {L, S} or set(case[1]) <= {C}]
    alone = [case for case in chosen if case not in together]
    found = {}
    for start in range(0, len(together), 50):
        files, at = {}, {}
        for number, (name, bad, clean, file, mark) in enumerate(together[start : start + 50]):
            for version, texts in (("b", bad), ("c", clean)):
                letter, text = f"letters/x{number:02}{version}.md", texts.get(L) or texts.get(C)
                if S in texts:
                    rows = f"signatories/x{number:02}{version}.csv"
                    files[rows], text = texts[S], text.replace("list.csv", f"x{number:02}{version}.csv")
                    at[rows] = (name, version, file == S)
                files[letter] = text
                at[letter] = (name, version, file != S)
        said = [one for one in workspace(files) if one["code"] not in ("two-spellings", "excerpt-differs")]
        for number, (name, bad, clean, file, mark) in enumerate(together[start : start + 50]):
            folder = "signatories" if file == S else "letters"
            ending = "csv" if file == S else "md"
            target = f"{folder}/x{number:02}b.{ending}"
            first, last = place(files[target], mark, name.startswith("dup"))
            hits = [one for one in said if one.get("file") == target and first <= (one.get("line") or 0) <= last]
            flags = [one for one in said if at.get(one.get("file"), ("", "", 0))[:2] == (name, "c")]
            found[name] = (hits, flags)
    for name, bad, clean, file, mark in alone:
        first, last = place({S: LIST, **bad}[file], mark, name.startswith("dup"))
        said = workspace(bad)
        hits = [one for one in said if one.get("file") == file and first <= (one.get("line") or 0) <= last]
        found[name] = (hits, workspace(clean))
    for name, (hits, flags) in found.items():
        if not hits:
            print("not found:", name)
        for one in flags:
            print("flagged:", name, one["severity"], one["code"], one["message"])
    caught = sum(bool(hits) for hits, _ in found.values())
    flagged = sum(bool(flags) for _, flags in found.values())
    print(f"{caught} of {len(found)} found in their places; {flagged} clean letters flagged")
    if not ARGUMENTS:
        prose()


# True of documentation as such.
OF_PAGES = {
    "bad-link", "raw-html", "unknown-footnote", "unclosed-field", "unknown-field", "bad-field", "missing-image",
    "no-alternative", "hidden-comment", "loose-mark", "unsafe-path",
}


def prose():
    files, words = {}, 0
    for path in sorted((ROOT / "docs").glob("*.md")):
        # The pages on `check` and on its messages are full of what is found.
        if path.stem in ("CHECK", "MESSAGES"):
            continue
        text = re.sub(r"```.*?```", "", path.read_text(), flags=re.S).replace("+++", "")
        words += len(text.split())
        files[f"letters/{path.stem}.md"] = doc({"kind": '"letter"', "title": '"A page"', "date": "2021-03-01", "signatories": EN["signatories"]}, "", text)
    said = [one for one in workspace(files) if one["code"] not in OF_PAGES and one["severity"] != "note"]
    for one in said:
        print("alarm:", one.get("file"), one.get("line"), one["code"], one["message"])
    print(f"{len(said)} alarms in {words} words of documentation, {1000 * len(said) / words:.2f} in a thousand")


main()
