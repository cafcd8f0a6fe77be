#!/bin/bash
# Hosts built by plain compilers against an installation: a library changes nothing in its host,
# whichever way the host takes it in.
#
#   hosts_test.sh INSTALL_FILES FART LIBFART.SO LIBFART.A LIBFARTHEAP.SO LIBFARTHEAP.A HEADER...
set -euo pipefail
hosts=$PWD/tests/hosts
prefix=$TEST_TMPDIR/prefix
"$PWD/$1" "$prefix" "${@:2}"
cd "$TEST_TMPDIR"
export PKG_CONFIG_PATH=$prefix/lib/pkgconfig
export LD_LIBRARY_PATH=$prefix/lib
read -ra cflags <<<"$(pkg-config --cflags fart)"
read -ra shared <<<"$(pkg-config --libs fart)"
read -ra static <<<"$(pkg-config --libs fart-static)"
failed=0

# says LINE PROGRAM ARG...: the program succeeds and its last line is LINE.
says() {
  local said
  if said=$("${@:2}" 2>&1) && [[ ${said##*$'\n'} = "$1" ]]; then return; fi
  printf '%s:\n%s\n' "${*:2}" "$said"
  failed=1
}

# ---- The installation

version=$("$prefix/bin/fart" --version | cut -d' ' -f2)
for name in libfart libfartheap; do
  soname=$(readelf -d "$prefix/lib/$name.so" | sed -n 's/.*soname: \[\(.*\)\]/\1/p')
  if [[ $soname != "$name.so.${version%.*}" || ! -e $prefix/lib/$soname ]]; then
    echo "the soname is '$soname' and the version $version"
    failed=1
  fi
done
outside=$(nm -g --defined-only "$prefix/lib/libfart.a" | awk 'NF == 3 { print $3 }' | grep -vE '^_?Fart_' || true)
if [[ -n $outside ]]; then
  printf 'libfart.a shows more than the interface:\n%s\n' "$(head <<<"$outside")"
  failed=1
fi

# What it does not call it cannot do to its host. (A C++ object of static or thread's life that has a
# destructor would call the two of them that begin with `__cxa`.)
meddling='atexit|on_exit|__cxa_(thread_)?atexit|signal|sigaction|setlocale|uselocale'
meddling+='|_ZNSt6locale6global.*|setenv|putenv|unsetenv|chdir|umask|fesetround|srand|srandom|mallopt'
for library in "$prefix"/lib/libfart.so "$prefix"/lib/libfartheap.so; do
  called=$(nm -D --undefined-only "$library" | awk '{ print $2 }' | sed 's/@.*//' |
    grep -xE "$meddling" || true)
  if [[ -n $called ]]; then
    printf '%s calls\n%s\n' "$library" "$called"
    failed=1
  fi
  if ! readelf -d "$library" | grep -q NODELETE; then
    echo "$library goes when it is closed"
    failed=1
  fi
  if readelf -d "$library" | grep -E 'NEEDED.*malloc'; then failed=1; fi
done

# ---- Hosts that look at themselves

compilers=("gcc -std=gnu11" "g++ -std=c++20 -x c++")
if command -v clang >/dev/null; then compilers+=("clang -std=gnu11" "clang++ -std=c++20 -x c++"); fi
sections=(-ffunction-sections -fdata-sections -Wl,--gc-sections)
host=$hosts/unchanged_host.c
number=0
for compiler in "${compilers[@]}"; do
  read -ra cc <<<"$compiler"
  number=$((number + 1))
  # `-x c++` is for the source only.
  "${cc[@]}" -O1 -w "${cflags[@]}" -c "$host" -o "host$number.o"
  "${cc[0]}" "host$number.o" "${shared[@]}" -lm -o "shared$number"
  "${cc[0]}" "host$number.o" "${static[@]}" -o "static$number"
  "${cc[0]}" "${sections[@]}" "host$number.o" "${static[@]}" -o "sections$number"
  for linked in shared static sections; do says unchanged "./$linked$number"; done
done
gcc -O1 -w -DBY_DLOPEN "${cflags[@]}" "$host" -o opened -lm -ldl
says unchanged ./opened "$prefix/lib/libfart.so"

# The host's own `malloc`, `new` and templates stay its own, and those of the library the library's.
g++ -std=c++20 -O1 "${cflags[@]}" "$hosts/counting_host.cc" "${static[@]}" -o counting_static
g++ -std=c++20 -O1 "${cflags[@]}" "$hosts/counting_host.cc" "${shared[@]}" -o counting_shared
for linked in static shared; do says counted "./counting_$linked"; done

# ---- What bursts leave

gcc -std=gnu11 -O1 "${cflags[@]}" "$hosts/memory_host.c" "${shared[@]}" -lpthread -o memory
says 'given back' ./memory

# ---- Hosts under a sanitizer

for compiler in g++ clang++; do
  if ! command -v "$compiler" >/dev/null; then continue; fi
  for linked in shared static; do
    declare -n libraries=$linked
    program=asan_${compiler}_$linked
    "$compiler" -std=c++20 -g -O1 -fno-omit-frame-pointer -fsanitize=address "${cflags[@]}" \
      "$hosts/unwinding_host.cc" "${libraries[@]}" -o "$program"
    says 'no report' "./$program"
    ASAN_OPTIONS=detect_stack_use_after_return=1 says 'no report' "./$program"
  done
done
exit "$failed"
