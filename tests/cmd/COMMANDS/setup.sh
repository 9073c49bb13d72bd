# What the examples of the help name. The samples are not needed.
rm -r letters signatories boilerplate examples
mkdir -p made/letters made/signatories signatories stand-ins Downloads
mkdir -p ~/.local/share/bash-completion/completions
# Drafts: a letter as a Word file.
cat > made/letters/budget.md <<'END'
+++
kind = "letter"
title = "Keep the library open"
date = 2021-03-01
subject = "Opening hours"
salutation = "Dear Mayor Ortiz:"
closing = "Sincerely,"
signatories = ["../signatories/budget.csv"]

[[to]]
name = "The Honorable Ana Ortiz"
title = "Mayor of Springfield"

[roll]
heading = "Signatories"
+++
We ask that the library stay open on Sundays.
END
printf 'name\nHarbor Readers\nAlder Street Clinic\n' > made/signatories/budget.csv
(cd made && undersigned release letters/budget.md --quiet)
cp made/output/budget/releases/1/letter.docx 'Budget letter v7.docx'
cp 'Budget letter v7.docx' v7.docx
# Copies to verify.
cp made/output/budget/releases/1/letter.pdf Downloads
cp made/output/budget/releases/1/letter.pdf made/output/budget/releases/1/manifest.toml .
cp letter.pdf data.pdf
# Exports and lists.
printf 'name,email\nHarbor Readers,a@harbor.example\nAlder Street Clinic,b@alder.example\n' > export.csv
cp "$REPOSITORY/tests/cli/import/fixtures/responses.xlsx" .
printf '#!/bin/sh\nprintf "name\\nRiver Tenants\\n"\n' > stand-ins/pbpaste
chmod +x stand-ins/pbpaste
printf 'name\nHarbor Readers\n' > signatories/monday.csv
printf 'name\nHarbor Readers\nBirch Hill Union\n' > signatories/friday.csv
cp signatories/monday.csv old.csv
cp signatories/friday.csv new.csv
printf 'name,email\nOak Hall,oak@oak.example\n' > signatories/invited.csv
printf 'UndocuBlack\tUndocuBlack Network\n' > pairs.tsv
# What colleagues answered.
printf 'name\nUndocuBlack\nUndocuBlack Network\n' > made/signatories/pairs.csv
(cd made && undersigned questions signatories/pairs.csv --out ana.xlsx --quiet)
mv made/ana.xlsx .
cp "$REPOSITORY/tests/cmd/QUESTIONS/answers-ana.json" answers-ben.json
rm -r made
# Another letter, with a question that is open.
mkdir letters
cat > letters/open.md <<'END'
+++
kind = "letter"
title = "Restore the bus"
date = 2021-03-01
signatories = ["../signatories/open.csv"]
+++
We ask that the bus run on Sundays.
END
printf 'name\nUndocuBlack\nUndocuBlack Network\n' > signatories/open.csv
