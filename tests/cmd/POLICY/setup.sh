# A letter to two offices, and data for a docket.
cat > letters/budget.md <<'END'
+++
kind = "letter"
title = "Keep the library open"
date = 2026-03-02
subject = "Opening hours"
closing = "Sincerely,"
signatories = ["../signatories/budget.csv"]
to = "../recipients/congress.csv"
file_name = "{{ recipient.state }}-{{ recipient.last_name }}"
+++
We ask that the library stay open on Sundays.
END
mkdir recipients
cat > recipients/congress.csv <<'END'
name,last_name,title,organization,address,state,chamber
Ann Muster,Muster,Senator,United States Senate,"Washington, DC 20510",MN,Senate
Ben Sample,Sample,Representative,House of Representatives,"Washington, DC 20515",OH,House
END
printf 'name\nHarbor Readers\nAlder Street Clinic\n' > signatories/budget.csv
undersigned render letters/budget.md --to pdf --quiet
mv output/budget/letters.pdf data.pdf
rm -r output
