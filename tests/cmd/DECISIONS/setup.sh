# A list in which nothing is to be decided.
printf 'name\nHarbor Readers\nAlder Street Clinic\n' > signatories/budget.csv
