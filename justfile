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
