# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash
# Emscripten: the one on the PATH when it is new enough, else a private one inside the build folder.
# Debian 12's own is too old (no std::expected); the package of Debian 13 is independent of the
# architecture and runs on Debian 12's clang 19, so that package alone is fetched and unpacked. The
# system's package sources are read for the mirror's address and never changed.

emscripten_least=3.1.69
emscripten_suite=trixie
binaryen_version=120.0.0
acorn_version=8.15.0
emscripten_recipe=1  # raised when a line below changes what is set up

emscripten_on_path() {
  local version
  command -v em++ >/dev/null || return 1
  version=$(em++ --version 2>/dev/null | sed -n '1s/.* \([0-9][0-9.]*\)[^0-9.]*.*/\1/p')
  version_at_least "${version:-0}" "$emscripten_least"
}

# Prints `deb […] URI` for each Debian mirror that the system's own sources name.
system_mirrors() {
  local file
  for file in /etc/apt/sources.list /etc/apt/sources.list.d/*.list; do
    [ -r "$file" ] || continue
    sed -nE -e 's/[[:space:]]+/ /g' \
      -e 's/^ ?deb (\[([^]]*)\] )?([^ ]+) ([^ ]+) (.* )?main( .*)?$/\3|\4|\2/p' "$file"
  done
  for file in /etc/apt/sources.list.d/*.sources; do
    [ -r "$file" ] || continue
    awk '
      function flush(  n, uris, i) {
        if (enabled != "no" && types ~ /(^| )deb( |$)/ && components ~ /(^| )main( |$)/) {
          n = split(uri, uris, " ")
          for (i = 1; i <= n; i++) print uris[i] "|" suites "|" options
        }
        types = uri = suites = components = options = enabled = ""
      }
      /^#/ { next }
      /^[[:space:]]*$/ { flush(); next }
      /^[^[:space:]][^:]*:/ {
        name = tolower($0); sub(/:.*/, "", name)
        value = $0; sub(/^[^:]*:[[:space:]]*/, "", value)
        if (name == "types") types = value
        else if (name == "uris") uri = value
        else if (name == "suites") suites = value
        else if (name == "components") components = value
        else if (name == "enabled") enabled = tolower(value)
        else if (name == "signed-by" && value ~ /^\//) options = options " signed-by=" value
        else if (name == "trusted") options = options " trusted=" value
        else if (name == "check-valid-until") options = options " check-valid-until=" value
      }
      END { flush() }' "$file"
  done
}

# Turns those into source lines of the suite that is wanted. Security mirrors hold no such suite,
# and the keyring of Debian's own archive may sign where the system's entry names another one.
emscripten_sources() {
  local keyring=/usr/share/keyrings/debian-archive-keyring.gpg uri suites options word kept
  while IFS='|' read -r uri suites options; do
    case $uri in http://* | https://* | file:* | mirror*) ;; *) continue ;; esac
    case "$uri $suites" in *security*) continue ;; esac
    kept=
    for word in $options; do
      case $word in
        signed-by=*"$keyring"*) kept+=" $word" ;;
        signed-by=*)
          if [ -r "$keyring" ]; then kept+=" $word,$keyring"; else kept+=" $word"; fi ;;
        trusted=* | check-valid-until=*) kept+=" $word" ;;
      esac
    done
    printf 'deb %s%s %s main\n' "${kept:+[${kept# }] }" "$uri" "$emscripten_suite"
  done < <(system_mirrors) | awk '!seen[$0]++'
}

fetch_emscripten_package() {
  local work=$1 list=0 sources apt
  sources=$(emscripten_sources)
  [ -n "$sources" ] ||
    fail "/etc/apt names no Debian mirror, so Emscripten cannot be fetched;" \
      "put em++ $emscripten_least or newer on the PATH."
  # Each mirror is tried alone: one that has no such suite must not spoil the next.
  while IFS= read -r source_line; do
    list=$((list + 1))
    mkdir -p -- "$work/lists$list/partial" "$work/cache/archives/partial"
    printf '%s\n' "$source_line" >"$work/sources$list.list"
    apt=(-o "Dir::Etc::SourceList=$work/sources$list.list" -o Dir::Etc::SourceParts=/dev/null
      -o "Dir::State::Lists=$work/lists$list" -o "Dir::Cache=$work/cache"
      -o APT::Sandbox::User= -o APT::Get::List-Cleanup=0 -o Acquire::Retries=3
      -o Acquire::Languages=none)
    if run_quietly "$work/update.log" apt-get "${apt[@]}" --error-on=any update &&
      (cd -- "$work" && run_quietly "$work/download.log" apt-get "${apt[@]}" download emscripten)
    then return 0; fi
  done <<<"$sources"
  fail "Emscripten's package could not be downloaded from this system's mirror;" \
    "check the network, or put em++ $emscripten_least or newer on the PATH."
}

# Only what is used is unpacked: the libraries for threads, position-independent code and the
# graphics interfaces are four fifths of 1.6 GB.
unpack_emscripten_package() {
  local work=$1 into=$2
  mkdir -p -- "$work/tree"
  dpkg-deb --fsys-tarfile "$work"/emscripten_*.deb |
    tar -x -C "$work/tree" --exclude='*-mt.a' --exclude='*-mt-*.a' --exclude='*-ww.a' \
      --exclude='*-ww-*.a' --exclude='*/pic' --exclude='*/lto-pic' \
      --exclude='*/libGL-emu*' --exclude='*/libGL-webgl2*' --exclude='*/libSDL*' \
      --exclude='./usr/share/emscripten/test' --exclude='*/docs' --exclude='./usr/share/doc' \
      --exclude='./usr/share/man' ||
    fail "Emscripten's package could not be unpacked; is there 1 GB of room in build/?"
  rm -rf -- "$into"
  mv -- "$work/tree/usr/share/emscripten" "$into"
}

# Emscripten wants binaryen 120: the npm package has every tool but one, which is Debian's own.
install_binaryen() {
  local into=$1 tool
  mkdir -p -- "$into/npm" "$into/bin"
  run_quietly "$build/setup/binaryen.log" npm install --prefix "$into/npm" --no-save \
    --no-package-lock --ignore-scripts --no-audit --no-fund "binaryen@$binaryen_version" ||
    fail "the npm package binaryen could not be installed; check the network and npm's registry."
  for tool in "$into"/npm/node_modules/binaryen/bin/wasm*; do
    chmod +x -- "$tool"
    ln -sfn -- "../npm/node_modules/binaryen/bin/${tool##*/}" "$into/bin/${tool##*/}"
  done
  tool=$(command -v wasm-emscripten-finalize) ||
    fail "wasm-emscripten-finalize is missing; install the package binaryen."
  ln -sfn -- "$tool" "$into/bin/wasm-emscripten-finalize"
}

install_acorn() {
  run_quietly "$build/setup/acorn.log" npm install --prefix "$1" --no-save --no-package-lock \
    --ignore-scripts --no-audit --no-fund "acorn@$acorn_version" ||
    fail "the npm package acorn could not be installed; check the network and npm's registry."
}

# em++ reads the file `.emscripten` beside itself, so that nobody has to set a variable.
write_emscripten_config() {
  local llvm
  llvm=$(dirname -- "$(readlink -f -- "$(command -v clang-19)")")
  cat >"$toolchain/emscripten/.emscripten" <<EOF
LLVM_ROOT = '$llvm'
BINARYEN_ROOT = '$toolchain/binaryen'
NODE_JS = '$(command -v node)'
CACHE = '$toolchain/emscripten/cache'
FROZEN_CACHE = True
EOF
}

setup_emscripten() {
  local stamp=$toolchain/stamp want
  if emscripten_on_path; then return 0; fi
  want="$emscripten_recipe $emscripten_suite $binaryen_version $acorn_version $(command -v node)"
  want+=" $(readlink -f -- "$toolchain")"
  if [ -f "$stamp" ] && [ "$(cat -- "$stamp")" = "$want" ]; then return 0; fi
  [ ! -L "$toolchain" ] || fail "build/toolchain is a link to another folder's; run setup there."

  say "setting up Emscripten inside build/toolchain (237 MB are downloaded, once)"
  local work=$toolchain/work
  rm -rf -- "$work" "$stamp"
  mkdir -p -- "$work"
  fetch_emscripten_package "$work"
  unpack_emscripten_package "$work" "$toolchain/emscripten"
  rm -rf -- "$work"
  install_binaryen "$toolchain/binaryen"
  install_acorn "$toolchain/emscripten"
  write_emscripten_config
  "$root/scripts/check-emscripten" ||
    fail "Emscripten was set up but does not work; its words are above."
  printf '%s\n' "$want" >"$stamp"
}
