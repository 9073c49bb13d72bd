#!/usr/bin/env python3
"""Says how well the probabilities of `undersigned explain --pairs` are calibrated.

  reliability.py BINARY PAIRS.csv ...   columns: name_a,name_b,label (1 same, 0 different)

Prints a Markdown table: of the pairs given a probability in a range, how many there are, the mean probability, and the
share that are the same by their label. A second table gives the same for each rule, for the pairs it is weightiest of."""
import collections, csv, json, os, subprocess, sys, tempfile
binary, files = sys.argv[1], sys.argv[2:]
EDGES = [0, .02, .08, .2, .4, .6, .8, .9, .985, 1.01]
pairs = []
for name in files:
    rows = list(csv.DictReader(open(name, newline='')))
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, 'pairs.tsv')
        clean = lambda text: ' '.join(text.split())
        with open(path, 'w') as f:
            f.write(''.join(f"{clean(r['name_a'])}\t{clean(r['name_b'])}\n" for r in rows))
        out = subprocess.run([binary, 'explain', '--pairs', path, '--format', 'json'], capture_output=True, text=True, check=True)
    judged = [json.loads(line) for line in out.stdout.splitlines()]
    assert len(judged) == len(rows)
    pairs += [(float(j['probability']), r['label'] == '1', j['zone'], j['evidence']) for r, j in zip(rows, judged)]
print('| probability | pairs | mean probability | share the same |\n|---|---|---|---|')
for low, high in zip(EDGES, EDGES[1:]):
    inside = [p for p in pairs if low <= p[0] < high]
    if inside:
        mean = sum(p[0] for p in inside) / len(inside)
        share = sum(p[1] for p in inside) / len(inside)
        print(f'| {low:.3f} to {min(high, 1):.3f} | {len(inside)} | {mean:.3f} | {share:.3f} |')
print('\n| lowest finding of a question | same | different |\n|---|---|---|')
count = collections.defaultdict(lambda: [0, 0])
for _, same, zone, evidence in pairs:
    if zone == 'review':
        rule = min(evidence, key=lambda e: e['weight'])['rule']
        count[rule][0 if same else 1] += 1
for rule, (same, different) in sorted(count.items(), key=lambda item: -sum(item[1])):
    print(f'| {rule} | {same} | {different} |')
