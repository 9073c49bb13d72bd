# A list of 41, and an export with one more.
mkdir -p signatories
head -n 43 signatories/dhs-100-days.csv | sed 31d > signatories/first-letter.csv
cp signatories/first-letter.csv responses.csv
echo 'Harwell Village Association,organization,local' >> responses.csv
