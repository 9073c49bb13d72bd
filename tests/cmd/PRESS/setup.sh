# The coordinator's list, and again on Tuesday.
mkdir Downloads
printf 'name\nHarbor Readers\nAlder Street Clinic\n' > Downloads/signatories.csv
cp Downloads/signatories.csv Downloads/signatories-tuesday.csv
echo 'Birch Hill Union' >> Downloads/signatories-tuesday.csv
