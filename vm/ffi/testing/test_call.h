// What the tests of calls share: native types of C's own, and calls whose values lie in memory.

#ifndef FART_VM_FFI_TESTING_TEST_CALL_H_
#define FART_VM_FFI_TESTING_TEST_CALL_H_

#include <cstdint>
#include <cstring>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "heap/base/check.h"
#include "vm/ffi/call_plan.h"
#include "vm/ffi/callback_stubs.h"
#include "vm/ffi/native_type.h"
#include "vm/ffi/signature.h"
#include "vm/ffi/struct_layout.h"

namespace fart::ffi {

// Keeps what it makes.
class TestTypes {
 public:
  const NativeType* Struct(const std::vector<const NativeType*>& fields,
                           std::uint32_t packing = 0) {
    return Compound(NativeKind::kStruct, fields, packing);
  }
  const NativeType* Union(const std::vector<const NativeType*>& fields) {
    return Compound(NativeKind::kUnion, fields, 0);
  }
  const NativeType* Array(const NativeType* element, std::int64_t length) {
    return Keep(NewArrayType(element, length, &error_));
  }
  const Signature& Of(const NativeType* result, const std::vector<const NativeType*>& parameters,
                      std::size_t fixed = kNoVariableArguments) {
    const Signature* const signature = signatures_.Find({result, parameters, fixed}, &error_);
    if (signature == nullptr) FatalError(error_.c_str());
    return *signature;
  }

 private:
  const NativeType* Compound(NativeKind kind, const std::vector<const NativeType*>& fields,
                             std::uint32_t packing) {
    std::vector<FieldDeclaration> declarations;
    for (const NativeType* const type : fields) {
      declarations.push_back({"f" + std::to_string(declarations.size()), type});
    }
    return Keep(
        NewCompound(kind, "C" + std::to_string(kept_.size()), declarations, packing, &error_));
  }
  const NativeType* Keep(std::unique_ptr<const NativeType> type) {
    if (type == nullptr) FatalError(error_.c_str());
    kept_.push_back(std::move(type));
    return kept_.back().get();
  }

  std::vector<std::unique_ptr<const NativeType>> kept_;
  SignatureTable signatures_;
  std::string error_;
};

// A scalar in memory as the word of a call, and back.
inline std::uint64_t WordOfScalar(NativeKind kind, const void* value) {
  std::uint64_t word = 0;
  std::memcpy(&word, value, SizeOf(kind));
  const bool is_floating = kind == NativeKind::kFloat || kind == NativeKind::kDouble;
  return is_floating ? word : static_cast<std::uint64_t>(Narrowed(kind, word));
}

enum class CallWay {
  kOfPlan,
  kFartFfiCall,  // Also where FartFfiJump would do.
};
// Values are as C has them in memory; so is the result.
inline void CallInMemory(const Signature& signature, const void* function,
                         const std::vector<const void*>& values, void* result,
                         CallWay way = CallWay::kOfPlan) {
  const CallPlan& plan = signature.plan;
  FART_CHECK(values.size() == plan.arguments.size());
  std::vector<std::uint64_t> block(plan.block_words, 0xdead'beef'dead'beef);
  for (std::size_t i = 0; i < values.size(); ++i) {
    const ArgumentStep& step = plan.arguments[i];
    if (signature.types.parameters[i]->IsCompound()) {
      StoreCompound(plan, step, values[i], block.data());
    } else {
      block[step.word] = WordOfScalar(step.kind, values[i]);
    }
  }
  auto* const registers = reinterpret_cast<Registers*>(block.data());
  registers->floating_used = plan.floating_used;
  if (plan.result == ResultWay::kIndirect) {
    block[plan.result_address_word] = reinterpret_cast<std::uintptr_t>(result);
  }
  if (way == CallWay::kOfPlan) {
    CallByPlan(plan, function, registers);
  } else {
    FartFfiCall(function, registers, block.data() + kFirstStackWord, plan.stack_words);
  }
  switch (plan.result) {
    case ResultWay::kNone:
    case ResultWay::kIndirect:
      break;
    case ResultWay::kInteger: {
      const std::int64_t narrowed = Narrowed(plan.result_kind, registers->result_integer[0]);
      std::memcpy(result, &narrowed, SizeOf(plan.result_kind));
      break;
    }
    case ResultWay::kFloat:
    case ResultWay::kDouble:
      std::memcpy(result, registers->result_floating, SizeOf(plan.result_kind));
      break;
    case ResultWay::kRegisters:
      LoadResult(plan, block.data(), result);
      break;
  }
}

// A function of C that does what `body` says with values in memory.
class TestCallback {
 public:
  using Body = std::function<void(const std::vector<const void*>& values, void* result)>;

  TestCallback(const Signature& signature, Body body)
      : signature_(signature), body_(std::move(body)) {
    const auto id = OpenStub({.run = Run, .data = this});
    FART_CHECK(id.has_value());
    id_ = *id;
  }
  ~TestCallback() { CloseStub(id_); }
  TestCallback(const TestCallback&) = delete;
  TestCallback& operator=(const TestCallback&) = delete;

  const void* address() const { return AddressOf(id_); }
  StubId id() const { return id_; }

 private:
  static void Run(void* data, Registers* registers, const std::uint64_t* stack) {
    static_cast<TestCallback*>(data)->Run(registers, stack);
  }
  void Run(Registers* registers, const std::uint64_t* stack) {
    const CallPlan& plan = signature_.plan;
    std::vector<std::vector<char>> memory;
    std::vector<const void*> values;
    for (std::size_t i = 0; i < plan.arguments.size(); ++i) {
      const NativeType& type = *signature_.types.parameters[i];
      std::vector<char>& value = memory.emplace_back(type.size);
      if (type.IsCompound()) {
        LoadCallbackArgument(plan, plan.arguments[i], registers, stack, value.data());
      } else {
        std::memcpy(value.data(), CallbackWord(registers, stack, plan.arguments[i].word),
                    type.size);
      }
      values.push_back(value.data());
    }
    const NativeType& type = *signature_.types.result;
    std::vector<char> result(type.size == 0 ? 1 : type.size);
    body_(values, result.data());
    switch (plan.result) {
      case ResultWay::kNone:
        break;
      case ResultWay::kInteger:
        registers->result_integer[0] = WordOfScalar(plan.result_kind, result.data());
        break;
      case ResultWay::kFloat:
      case ResultWay::kDouble:
        registers->result_floating[0] = WordOfScalar(plan.result_kind, result.data());
        break;
      case ResultWay::kRegisters:
        StoreCallbackResult(plan, result.data(), registers);
        break;
      case ResultWay::kIndirect: {
        const std::uint64_t address = *CallbackWord(registers, stack, plan.result_address_word);
        std::memcpy(reinterpret_cast<void*>(address), result.data(), type.size);
        registers->result_integer[0] = address;
        break;
      }
    }
  }

  const Signature& signature_;
  const Body body_;
  StubId id_;
};

}  // namespace fart::ffi

#endif  // FART_VM_FFI_TESTING_TEST_CALL_H_
