# What a form handed out, and again on Tuesday.
mkdir Downloads
printf 'Organization,State,Email\nHarbor Readers,CA,a@harbor.example\nAlder Street Clinic,OH,b@alder.example\n' > Downloads/responses.csv
cp Downloads/responses.csv Downloads/responses-tuesday.csv
echo 'Birch Hill Union,OH,c@birch.example' >> Downloads/responses-tuesday.csv
