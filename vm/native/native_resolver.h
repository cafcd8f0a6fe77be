// Native resolver -- finds the native function of a declaration, by asking its library's resolver.
//
// The answer belongs to the declaration: whoever holds that keeps it and does not ask again.

#ifndef FART_VM_NATIVE_NATIVE_RESOLVER_H_
#define FART_VM_NATIVE_NATIVE_RESOLVER_H_

#include <string>
#include <string_view>

#include "heap/base/safepoint.h"
#include "vm/native/libraries.h"
#include "vm/native/native_call.h"
#include "vm/roots/rooted.h"

namespace fart {

class ObjectMemory;

// Asks the resolver of `library` for `name` with `argument_count` arguments, the receiver of a
// method included; `auto_setup_scope` is true for it to see. Success: kTrue, and *target is set.
// Errors: the library has no resolver; it does not know the name (both name library, native
// function and argument count); what the resolver propagated or threw.
Outcome ResolveNative(ObjectMemory& memory, const Library& library, std::string_view name,
                      int argument_count, NativeTarget* target) FART_MAY_COLLECT;

// What the library's symbolizer calls a function; empty where there is none or it does not know.
std::string NativeSymbolOf(const ObjectMemory& memory, const Library& library,
                           NativeFunction function);

}  // namespace fart

#endif  // FART_VM_NATIVE_NATIVE_RESOLVER_H_
