#include "vm/ffi/signature.h"

#include <utility>

namespace fart::ffi {

namespace {

// Empty: it can be passed.
std::string WhyNotPassed(const NativeType& type) {
  if (type.IsScalar() || type.IsCompound()) return {};
  if (type.kind == NativeKind::kArray) {
    return "is an array, which C passes as a pointer to its first element";
  }
  if (type.kind == NativeKind::kVoid) return "is Void, which has no values";
  return "is opaque: only a pointer to it can be passed";
}

}  // namespace

std::string TextOf(const SignatureTypes& types) {
  std::string text = types.result->name + " Function(";
  for (std::size_t i = 0; i < types.parameters.size(); ++i) {
    if (i > 0) text += ", ";
    if (i == types.fixed) text += "...";
    text += types.parameters[i]->name;
  }
  return text + ")";
}

const Signature* SignatureTable::Find(const SignatureTypes& types, std::string* error) {
  std::vector<std::uintptr_t> key;
  key.reserve(types.parameters.size() + 2);
  key.push_back(reinterpret_cast<std::uintptr_t>(types.result));
  key.push_back(types.fixed);
  for (const NativeType* const type : types.parameters) {
    key.push_back(reinterpret_cast<std::uintptr_t>(type));
  }
  const auto found = all_.find(key);
  if (found != all_.end()) return found->second.get();

  if (types.parameters.size() > kMaxParameters) {
    *error = "A native function takes at most " + std::to_string(kMaxParameters) +
             " arguments, this one " + std::to_string(types.parameters.size()) + ".";
    return nullptr;
  }
  for (std::size_t i = 0; i < types.parameters.size(); ++i) {
    const NativeType& type = *types.parameters[i];
    std::string why = WhyNotPassed(type);
    // C makes doubles of them on the way, so no function can take one.
    if (why.empty() && i >= types.fixed && type.kind == NativeKind::kFloat) {
      why = "is a variable argument: C passes a Double there";
    }
    if (!why.empty()) {
      *error = "Parameter " + std::to_string(i + 1) + " ('" + type.name +
               "') cannot be passed: it " + why + ".";
      return nullptr;
    }
  }
  if (types.result->kind != NativeKind::kVoid) {
    const std::string why = WhyNotPassed(*types.result);
    if (!why.empty()) {
      *error = "The result ('" + types.result->name + "') cannot be returned: it " + why + ".";
      return nullptr;
    }
  }
  auto signature = std::make_unique<Signature>();
  signature->types = types;
  if (!MakePlan(abi_, types, &signature->plan)) {
    *error = "The arguments or the result of '" + TextOf(types) + "' take more than " +
             std::to_string(kMaxCallWords * sizeof(std::uint64_t)) + " bytes.";
    return nullptr;
  }
  return all_.emplace(std::move(key), std::move(signature)).first->second.get();
}

}  // namespace fart::ffi
