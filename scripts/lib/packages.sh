# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash
# The system's packages. The list is written once; `a|b` means either will do, `a` is preferred.

debian_packages=(
  # Compilers and build tools.
  g++ cmake ninja-build ccache pkg-config python3 xz-utils brotli
  clang-19 lld-19 llvm-19 clang-tidy-19 clang-format-19 libclang-rt-19-dev binaryen
  # Libraries.
  'libboost1.81-dev|libboost-dev' nlohmann-json3-dev libcli11-dev libtomlplusplus-dev
  libspdlog-dev libfmt-dev libsqlite3-dev libpq-dev libsodium-dev libssl-dev libmimalloc-dev
  prometheus-cpp-dev libcurl4-openssl-dev
  # Tests start a PostgreSQL and a PgBouncer of their own; whether the system's run does not matter.
  postgresql pgbouncer
  # Tests: GoogleTest as sources too (it is compiled to WebAssembly), a browser, and fonts for the
  # languages of the shop page.
  googletest libgtest-dev libgmock-dev libbenchmark-dev librapidcheck-dev
  chromium fonts-dejavu-core fonts-noto-core
)

# Prints the wanted packages that are not installed, one per line.
missing_packages() {
  local installed wanted package
  installed=$(dpkg-query -W -f='${db:Status-Abbrev}${Package}\n' 2>/dev/null | sed -n 's/^ii *//p')
  for wanted in "${debian_packages[@]}"; do
    for package in ${wanted//|/ }; do
      if grep -qxF -- "$package" <<<"$installed"; then continue 2; fi
    done
    printf '%s\n' "$wanted"
  done
}

# Another program (unattended upgrades, for one) may hold a lock of apt's: wait, then say so.
apt_as_root() {
  local attempt
  for attempt in $(seq 60); do
    if run_quietly "$build/setup/apt.log" "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
      apt-get -qq -o DPkg::Lock::Timeout=600 "$@" 2>"$build/setup/apt.err"; then return 0; fi
    grep -q 'Could not get lock' "$build/setup/apt.log" || break
    [ "$attempt" -gt 1 ] || say "waiting for another program that is installing packages"
    sleep 5
  done
  cat -- "$build/setup/apt.err" >&2
  return 1
}

install_debian_packages() {
  local missing=() choice package picked=()
  mapfile -t missing < <(missing_packages)
  [ ${#missing[@]} -gt 0 ] || return 0

  as_root=()
  if [ "$(id -u)" -ne 0 ]; then
    as_root=(sudo -n)
    "${as_root[@]}" true 2>/dev/null ||
      fail "packages are missing and this user may not install them; run as root:" \
        "apt-get install ${missing[*]%%|*}"
  fi

  say "installing packages: ${missing[*]%%|*}"
  apt_as_root update ||
    fail "the lists of packages could not be fetched; check the network and /etc/apt."
  for choice in "${missing[@]}"; do
    for package in ${choice//|/ }; do
      if [ -n "$(apt-cache madison "$package" 2>/dev/null)" ]; then
        picked+=("$package")
        continue 2
      fi
    done
    fail "this system's package sources have no ${choice//|/ or }; README.md says what is needed."
  done
  apt_as_root install -y --no-install-recommends "${picked[@]}" ||
    fail "the packages above could not be installed; apt's own words are above."
}

# Systems without apt: nothing is installed, but what is missing is named once and completely.
check_tools_of_another_system() {
  local missing=() tool header
  for tool in c++ cmake ninja node npm python3; do
    command -v "$tool" >/dev/null || missing+=("$tool")
  done
  for tool in clang-tidy clang-format; do
    command -v "$tool" >/dev/null || command -v "$tool-19" >/dev/null || missing+=("$tool 19")
  done
  for header in boost/asio.hpp nlohmann/json.hpp CLI/CLI.hpp toml++/toml.h spdlog/spdlog.h \
    fmt/format.h sqlite3.h libpq-fe.h sodium.h openssl/ssl.h curl/curl.h prometheus/registry.h \
    gtest/gtest.h gmock/gmock.h benchmark/benchmark.h rapidcheck.h; do
    printf '#include <%s>\n' "$header" |
      c++ -std=c++23 -x c++ -E -I/usr/local/include -I/opt/homebrew/include - \
        >/dev/null 2>&1 || missing+=("<$header>")
  done
  emscripten_on_path || missing+=("Emscripten $emscripten_least or newer")
  [ ${#missing[@]} -gt 0 ] || return 0
  {
    say "this system has no apt-get, so these must be installed by hand: ${missing[*]}"
    say "macOS:  brew install cmake ninja ccache llvm@19 emscripten boost nlohmann-json cli11" \
      "tomlplusplus spdlog fmt sqlite postgresql pgbouncer libsodium openssl@3 curl" \
      "prometheus-cpp googletest google-benchmark rapidcheck chromium"
    say "Fedora: dnf install gcc-c++ cmake ninja-build ccache clang clang-tools-extra lld" \
      "emscripten boost-devel json-devel cli11-devel tomlplusplus-devel spdlog-devel fmt-devel" \
      "sqlite-devel libpq-devel postgresql-server pgbouncer libsodium-devel openssl-devel" \
      "libcurl-devel prometheus-cpp-devel gtest-devel gmock-devel google-benchmark-devel" \
      "rapidcheck-devel chromium"
    say "Any:    an own Emscripten serves when its em++ is on the PATH."
  } >&2
  exit 1
}
