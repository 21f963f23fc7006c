# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash
# What every script shares: where the repository is, and how a script speaks.

root=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/../.." && pwd)
build=$root/build
toolchain=$build/toolchain

say() { printf '%s\n' "tandem: $*"; }
fail() {
  printf '%s\n' "tandem: $*" >&2
  exit 1
}

# run_quietly LOG COMMAND…: shows the output only when the command fails, so that the one sentence
# that follows is not lost among the lines of a tool that worked.
run_quietly() {
  local log=$1
  shift
  mkdir -p -- "$(dirname -- "$log")"
  if "$@" >"$log" 2>&1; then return 0; fi
  tail -n 25 -- "$log" >&2
  return 1
}

# version_at_least HAVE WANT
version_at_least() { [ "$(printf '%s\n%s\n' "$2" "$1" | sort -V | head -n 1)" = "$2" ]; }

# in_workspaces SCRIPT: runs an npm script in each web package that has it, in the order in which
# they build on each other.
in_workspaces() {
  local name
  for name in package elements store backoffice; do
    [ -f "$root/web/$name/package.json" ] || continue
    npm run --prefix "$root/web/$name" --if-present --silent "$1" || return 1
  done
}
