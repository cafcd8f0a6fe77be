// Signature -- what a C function takes and gives, and the plan of a call of it.
//
// Signatures are interned: two with the same types are one object, so that functions of one
// signature share a plan, and asking whether two fit is comparing addresses. A table belongs to an
// isolate, as the compound types do that its signatures name.
//
// Invariants
//   VF-S1 callable  a Signature exists only of types that can be passed; what cannot is named by
//                   NewSignature's error.
//   VF-S2 once      of a result, parameters and a place where variable arguments begin there is one
//                   Signature in a table.
//
// Not here: from a program's types to these (lang/natives).

#ifndef FART_VM_FFI_SIGNATURE_H_
#define FART_VM_FFI_SIGNATURE_H_

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "vm/ffi/call_plan.h"
#include "vm/ffi/native_type.h"

namespace fart::ffi {

inline constexpr std::size_t kMaxParameters = 127;  // As many as every C compiler takes.

struct Signature {
  SignatureTypes types;
  CallPlan plan;
};

// "int32 (int32, double, ...)" for messages.
std::string TextOf(const SignatureTypes& types);

class SignatureTable {
 public:
  explicit SignatureTable(Abi abi = kHostAbi) : abi_(abi) {}
  SignatureTable(const SignatureTable&) = delete;
  SignatureTable& operator=(const SignatureTable&) = delete;

  // It lives as long as the table. Null: *error names the part that cannot be passed.
  const Signature* Find(const SignatureTypes& types, std::string* error);

 private:
  const Abi abi_;
  // By the addresses of the types, the result's first, and where variable arguments begin. (VF-S2)
  std::map<std::vector<std::uintptr_t>, std::unique_ptr<const Signature>> all_;
};

}  // namespace fart::ffi

#endif  // FART_VM_FFI_SIGNATURE_H_
