# Where bash looks for completions.
mkdir -p ~/.local/share/bash-completion/completions
