# `just ci` runs what must hold before anything lands.

default:
    @just --list

# Everything: installs what the checks need, then all of them.
ci:
    bash .ci/run

fmt:
    cargo fmt --all

clippy:
    cargo clippy --all-targets -- -D warnings

test:
    cargo test

doc:
    cargo doc --no-deps --document-private-items

# Sets every sample into output/.
samples:
    cargo run --release -- render

# Makes the README's pictures from the sample letter; needs poppler-utils.
pictures:
    cargo run --release -- render letters/dhs-100-days.md
    pdftoppm -r 70 -png -singlefile -f 1 -l 1 output/dhs-100-days/letter.pdf docs/images/page-1
    pdftoppm -r 70 -png -singlefile -f 3 -l 3 output/dhs-100-days/letter.pdf docs/images/roll
