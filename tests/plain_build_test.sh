#!/bin/bash
# An extension built with two plain commands, from a source that knows nothing of this project but
# its header, is loaded by `fart` from the folder of the library that imports it.
#
#   plain_build_test.sh FART dart_api.h
set -euo pipefail
fart=$PWD/$1
header=$PWD/$2

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

cat >dice_extension.cc <<'SOURCE'
#include <string.h>
#include "dart_api.h"

Fart_NativeFunction ResolveName(Fart_Handle name, int argc, bool* auto_setup_scope);

DART_EXPORT Fart_Handle dice_extension_Init(Fart_Handle parent_library) {
  if (Fart_IsError(parent_library)) return parent_library;
  Fart_Handle result = Fart_SetNativeResolver(parent_library, ResolveName, NULL);
  if (Fart_IsError(result)) return result;
  return Fart_Null();
}

Fart_Handle Checked(Fart_Handle handle) {
  if (Fart_IsError(handle)) Fart_PropagateError(handle);
  return handle;
}

void Roll(Fart_NativeArguments arguments) {
  Fart_SetReturnValue(arguments, Checked(Fart_NewInteger(rand() % 6 + 1)));
}

void Shake(Fart_NativeArguments arguments) {
  bool done = false;
  Fart_Handle seed = Checked(Fart_GetNativeArgument(arguments, 0));
  if (Fart_IsInteger(seed)) {
    bool fits;
    Checked(Fart_IntegerFitsIntoInt64(seed, &fits));
    if (fits) {
      int64_t value;
      Checked(Fart_IntegerToInt64(seed, &value));
      srand(static_cast<unsigned>(value));
      done = true;
    }
  }
  Fart_SetReturnValue(arguments, Checked(Fart_NewBoolean(done)));
}

Fart_NativeFunction ResolveName(Fart_Handle name, int argc, bool* auto_setup_scope) {
  if (!Fart_IsString(name)) return NULL;
  Fart_NativeFunction result = NULL;
  const char* cname;
  Checked(Fart_StringToCString(name, &cname));
  if (strcmp("Roll", cname) == 0) result = Roll;
  if (strcmp("Shake", cname) == 0) result = Shake;
  return result;
}
SOURCE

cat >dice.dart <<'SOURCE'
library dice;
import 'dart-ext:dice_extension';
// Top-level functions that C implements.
int roll() native "Roll";
bool shake(int seed) native "Shake";
SOURCE

cat >main.dart <<'SOURCE'
import 'dice.dart';

main() {
  print(shake(17));
  var first = [roll(), roll(), roll(), roll()];
  print(shake(17));
  for (var i = 0; i < 4; i = i + 1) print(roll() == first[i]);
  print(shake("a word"));
}
SOURCE

include=$(dirname "$header")
g++ -fPIC -I"$include" -DDART_SHARED_LIB -c dice_extension.cc
gcc -shared -Wl,-soname,libdice_extension.so -o libdice_extension.so dice_extension.o

expected=$'true\ntrue\ntrue\ntrue\ntrue\ntrue\nfalse'
for flags in "" "--gc-stress=1 --verify-heap"; do
  # From another folder, so that the library is found beside its importer only.
  output=$(cd / && "$fart" $flags "$work/main.dart" </dev/null)
  if [[ $output != "$expected" ]]; then
    printf 'FAILED with flags "%s":\n%s\n' "$flags" "$output"
    exit 1
  fi
done
