# The two releases of the page about releases.
. "$REPOSITORY/tests/cmd/RELEASES/setup.sh"
