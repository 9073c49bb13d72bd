# A letter with two releases, between which a group joined.
cat > letters/budget.md <<'END'
+++
kind = "letter"
title = "Keep the library open"
date = 2021-03-01
subject = "Opening hours"
salutation = "Dear Mayor Ortiz:"
closing = "Sincerely,"
signatories = ["../signatories/friday.csv"]
+++
All {{ signatories.count }} of us ask that the library stay open on Sundays.
END
printf 'name\nHarbor Readers\nAlder Street Clinic\n' > signatories/monday.csv
cp signatories/monday.csv signatories/friday.csv
undersigned release letters/budget.md
echo 'Birch Hill Union' >> signatories/friday.csv
undersigned release letters/budget.md
mkdir Downloads
cp output/budget/releases/2/letter.pdf Downloads
cp output/budget/releases/2/letter.pdf output/budget/releases/2/manifest.toml .
