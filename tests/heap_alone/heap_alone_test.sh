#!/bin/bash
# The library of the heap alone has nothing of others in it, and hosts in C and C++ that link nothing
# else run on it, plain and under stress. What needs a program is not there when they are linked.
#
#   heap_alone_test.sh LIBFARTHEAP.SO LIBFARTHEAP.A LIBFART.SO HEADER...
set -euo pipefail
hosts=$PWD/tests/heap_alone
shared=$PWD/$1
static=$PWD/$2
whole=$PWD/$3
include=$TEST_TMPDIR/include
mkdir "$include"
cp -L "${@:4}" "$include/"
cd "$TEST_TMPDIR"
cp -L "$shared" libfartheap.so
soname=$(readelf -d libfartheap.so | sed -n 's/.*soname: \[\(.*\)\]/\1/p')
ln -s libfartheap.so "$soname"
failed=0
report() {
  if [[ -n $2 ]]; then
    printf '%s:\n%s\n' "$1" "$2"
    failed=1
  fi
}

# ---- What is in it: the licences of GMP and PCRE2 ask nothing of who hands it on.

needed() { readelf -d "$1" | sed -n 's/.*NEEDED.*\[\(.*\)\]/\1/p'; }
own='^(libstdc\+\+|libm|libgcc_s|libc|libdl|libpthread|ld-linux-[a-z0-9-]+)\.so\.[0-9]+$'
report 'libfartheap.so needs more than the runtime of C++' "$(needed "$shared" | grep -vE "$own" || true)"
# As it should be seen where they are.
[[ $(needed "$whole" | grep -cE '^lib(gmp|pcre2)') = 2 ]] || report 'libfart.so needs' "$(needed "$whole")"
others='gmp|mpn_|mpz_|pcre'
report 'libfartheap.so has of others' "$(nm -D "$shared" | grep -iE "$others" || true)"
report 'libfartheap.a has of others' "$(nm "$static" | grep -iE "$others" || true)"
undefined=$(nm -u "$static" | awk '{ print $2 }' | c++filt | grep -E '^(fart::|_?Fart_)' || true)
report 'libfartheap.a misses of its own' "$undefined"
report 'libfartheap.a shows more than the interface' \
  "$(nm -g --defined-only "$static" | awk 'NF == 3 { print $3 }' | grep -vE '^_?Fart_' || true)"

# ---- Hosts

gcc -std=c11 -Wall -Wextra -Werror -O1 -I "$include" -c "$hosts/host.c" -o c.o
g++ -std=c++17 -Wall -Wextra -Werror -O1 -I "$include" -c "$hosts/host.cc" -o cc.o
gcc c.o -L. -lfartheap -o c_shared
g++ cc.o -L. -lfartheap -o cc_shared
gcc c.o "$static" -rdynamic -Wl,-z,nodelete -lstdc++ -lm -ldl -pthread -o c_static
g++ cc.o "$static" -rdynamic -Wl,-z,nodelete -lm -ldl -pthread -o cc_static
export LD_LIBRARY_PATH=$PWD
for host in c_shared cc_shared c_static cc_static; do
  for flags in "${FART_FLAGS:-}" '--gc-stress=1 --verify-heap' '--gc-stress=3 --gc-slices=3' --checked-handles; do
    said=$(FART_FLAGS=$flags "./$host" 2>&1) || said+=" (status $?)"
    if [[ $said != 'the heap alone' ]]; then report "$host with '$flags'" "$said"; fi
  done
done

# Not silent: the name of what is not there.
echo '#include "dart_api.h"
int main(void) { return Fart_Invoke(NULL, NULL, 0, NULL) != NULL; }' >needs_program.c
if gcc -I "$include" needs_program.c -L. -lfartheap -o needs_program 2>linked; then
  report 'a host that needs programs was linked' "$(nm -D needs_program)"
fi
grep -q 'undefined reference to .Fart_Invoke' linked || report 'the linker said' "$(cat linked)"
exit "$failed"
