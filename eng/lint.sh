#!/usr/bin/env bash
# Checks form: shell scripts, white space of C#, the console. Compiler and analyzer warnings fail the build itself.
set -euo pipefail
# shellcheck source=eng/lib.sh
. "$(dirname -- "$0")/lib.sh"
cd "$root"

command -v shellcheck >/dev/null || die "shellcheck is missing; \"make install-deps\" installs it."
shellcheck --external-sources eng/*.sh eng/debian/{mayfly,mayflyd,postinst,prerm,postrm} bin/mayfly bin/mayflyd .ci/run
dotnet format whitespace Mayfly.slnx --verify-no-changes
npm --prefix console run lint
