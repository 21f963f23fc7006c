# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash
# The npm workspace. package-lock.json decides; a checksum of it says when to install again.

node_least=20.19

check_node() {
  local version
  version=$(node --version 2>/dev/null) || fail "Node $node_least or newer is needed."
  version_at_least "${version#v}" "$node_least" ||
    fail "Node $node_least or newer is needed; this one is $version."
}

install_node_packages() {
  local stamp=$build/setup/npm.stamp want
  [ -f "$root/package-lock.json" ] || fail "package-lock.json is missing; run npm install."
  want=$(cd -- "$root" && { cat package-lock.json package.json web/*/package.json 2>/dev/null ||
    true; } | cksum)
  if [ -d "$root/node_modules" ] && [ -f "$stamp" ] && [ "$(cat -- "$stamp")" = "$want" ]; then
    return 0
  fi
  say "installing the npm packages"
  # Not `npm ci`: it refuses a lock file without the optional packages of every other platform,
  # which registries that hold this platform's alone cannot provide. `--no-save` keeps the lock.
  (cd -- "$root" && run_quietly "$build/setup/npm.log" \
    npm install --no-save --no-audit --no-fund --ignore-scripts) ||
    fail "the npm packages could not be installed; check the network and npm's registry."
  mkdir -p -- "$build/setup"
  printf '%s\n' "$want" >"$stamp"
}
