# A list with a private column.
printf 'name,email\nHarbor Readers,rosa@harbor.example\n' > signatories/budget.csv
