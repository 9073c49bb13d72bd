# An export, and a workbook.
printf 'Organization,Email\nHarbor Readers,rosa@harbor.example\n' > export.csv
cp "$REPOSITORY/tests/cli/import/fixtures/responses.xlsx" .
