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

# The library alone, without the program, and with the fonts that the packages add.
library:
    cargo test --no-default-features --features cjk --lib --test rules --test imports

# Draws new cases for the property tests, many times as many, for an hour or so.
explore times="50":
    UNDERSIGNED_EXPLORE={{times}} cargo test properties

# Cuts every command short at every call that changes a file; fifteen minutes or more in a build of the tests.
faults:
    tests/outside/faults.py target/debug/undersigned

# Searches one door of tests/fuzz/targets.rs for bytes that it does not hold against, for so
# many seconds; needs cargo-fuzz. What it tries further is kept in target/fuzz/corpus, what it
# finds in target/fuzz. Put that into tests/fuzz/corpus with its cure. `just fuzz csv 1800
# address` also watches the memory of other crates.
fuzz door="csv" seconds="1800" sanitizer="none":
    mkdir -p target/fuzz/corpus/{{door}}
    cp Cargo.lock tests/fuzz/Cargo.lock
    UNDERSIGNED_DOOR={{door}} RUSTC_BOOTSTRAP=1 cargo fuzz run --fuzz-dir tests/fuzz --sanitizer {{sanitizer}} doors \
        target/fuzz/corpus/{{door}} tests/fuzz/corpus/{{door}} -- -max_total_time={{seconds}} \
        -rss_limit_mb=2048 -timeout=60 -artifact_prefix=target/fuzz/{{door}}-

# Counts the instructions of a few jobs and compares them with bench/instructions/table.json;
# `just instructions --write` makes the table anew. Needs valgrind.
instructions *options:
    cargo build
    bench/instructions/run.py target/debug/undersigned {{options}}

# Puts small mistakes into files of the library, and names those that no test sees.
mutants files="src/store" count="100":
    tests/mutants/run.py --count {{count}} {{files}}

doc:
    cargo doc --no-deps --document-private-items

# Sets every sample into output/.
samples:
    cargo run --release -- render

# Makes the README's pictures from the samples; needs poppler-utils.
pictures:
    cargo run --release -- render letters/dhs-100-days.md
    pdftoppm -r 70 -png -singlefile -f 1 -l 1 output/dhs-100-days/letter.pdf docs/images/page-1
    pdftoppm -r 70 -png -singlefile -f 3 -l 3 output/dhs-100-days/letter.pdf docs/images/roll
    cargo run --release -- render letters/dhs-100-days-release.md letters/petition-100-days.md letters/action-plan.md letters/we-are-home.md
    pdftoppm -r 50 -png -singlefile -f 1 -l 1 output/dhs-100-days-release/press-release.pdf docs/images/release
    pdftoppm -r 50 -png -singlefile -f 1 -l 1 output/petition-100-days/petition.pdf docs/images/petition
    pdftoppm -r 50 -png -singlefile -f 1 -l 1 output/action-plan/plan.pdf docs/images/plan
    pdftoppm -r 50 -png -singlefile -f 1 -l 1 output/we-are-home/page.pdf docs/images/page
    for look in modern plain; do \
        rm -rf target/looks && mkdir -p target/looks && cp -r letters signatories target/looks && \
        printf '[style]\nlook = "%s"\n' $look > target/looks/undersigned.toml && \
        cargo run --release -- render target/looks/letters/petition-100-days.md && \
        pdftoppm -r 50 -png -singlefile -f 1 -l 1 target/looks/output/petition-100-days/petition.pdf docs/images/look-$look; \
    done

# Makes the desk's pictures; needs Node.js and Chromium.
desk-pictures:
    cargo build --release
    cd tests/desk && npm ci && node run.mjs ../../target/release/undersigned ../../docs/images && node story.mjs ../../target/release/undersigned ../../docs/images

# The packages that people install; see docs/INSTALL.md.
packages:
    packaging/wheel
    packaging/deb
    packaging/tarball

# The documentation as a book, in target/book; needs mdbook (`cargo install mdbook`).
book:
    mdbook build

# Holds the dependencies against deny.toml; needs cargo-deny (`cargo install cargo-deny`).
deny:
    cargo deny check licenses bans sources
