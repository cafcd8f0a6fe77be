// Natives of dart:ffi: functions of C as closures of a program, and their calls.

#include <cstdint>
#include <string>
#include <vector>

#include "heap/heap.h"
#include "heap/pin_table.h"
#include "lang/interpreter/interpreter.h"
#include "lang/linker/layout.h"
#include "lang/natives/arguments.h"
#include "lang/natives/foreign_pointer.h"
#include "lang/natives/foreign_state.h"
#include "lang/natives/natives.h"
#include "lang/natives/natives_ffi.h"
#include "lang/natives/natives_ffi_struct.h"
#include "lang/natives/quick_calls.h"
#include "lang/natives/quick_foreign.h"
#include "vm/ffi/foreign_call.h"
#include "vm/roots/execution_stack.h"
#include "vm/values/typed_data.h"

namespace fart::lang {

namespace {

using ffi::NativeKind;
using ffi::NativeType;

// ---- Functions

// The closure of a foreign function, of the receiver's address. (pointer, is leaf, releases the
// isolate)
Done AsFunction(Interpreter& interpreter, ObjectPtr* arguments, PointerArg pointer, BoolArg is_leaf,
                BoolArg releases) FART_MAY_COLLECT {
  ForeignState& state = ForeignState::Of(interpreter);
  TypeEntity* const wanted = interpreter.TypeArgument(0);
  const TypeEntity* const target = TargetOf(interpreter, arguments[0]);
  if (target == nullptr || target->kind != TypeRef::Kind::kClass ||
      target->cls->compiled->name.text != "NativeFunction" || target->arguments == nullptr) {
    return interpreter.Refuse(0, "must point to a NativeFunction whose type is known");
  }
  if (pointer.place.address == 0) {
    return interpreter.Refuse(0, "must not be nullptr: there is no function");
  }
  if (pointer.place.address - kNullPage >= kMemoryEnd - kNullPage) {
    return interpreter.Refuse(
        0, "must be the address of a function, not " + Hex(pointer.place.address));
  }
  std::string error = WhyDead(state, pointer.place);
  if (!error.empty()) return RaiseState(interpreter, arguments, "asFunction: " + error + ".");
  if (is_leaf.value && releases.value) {
    return interpreter.Refuse(2, "must be false for a leaf call, in which nothing may run");
  }
  const ffi::CallKind kind = is_leaf.value    ? ffi::CallKind::kLeaf
                             : releases.value ? ffi::CallKind::kReleasing
                                              : ffi::CallKind::kOrdinary;
  ForeignFunction* const function =
      state.FunctionOf(interpreter, target->arguments->types[0], kind, &error);
  if (function == nullptr) {
    return interpreter.Refuse(0, "must point to a function that can be called: " + error);
  }
  if (!state.Fits(*function, *wanted, &error)) {
    return interpreter.Refuse(0, "must be called as what it is: " + error);
  }
  const FreshObject fresh =
      interpreter.mutator().Allocate(interpreter.linker().closure_shape(), 1 + kForeignCaptured);
  if (fresh.is_null()) return Answer(interpreter, arguments, fresh);
  const NoSafepointScope quiet;
  const ObjectPtr closure = fresh.Get(quiet);
  Mutator& mutator = interpreter.mutator();
  mutator.InitField(closure, SlotAt(closure, kClosureFunctionOffset, quiet),
                    AsWord<Function>(function));
  ObjectPtr* const captured = SlotAt(closure, kClosureCapturedOffset, quiet);
  mutator.InitField(closure, captured + kForeignAddress,
                    ObjectPtr::FromSmi(static_cast<std::int64_t>(pointer.place.address)));
  mutator.InitField(closure, captured + kForeignOrigin, ObjectPtr::FromSmi(pointer.place.origin));
  const ffi::ForeignLibrary* const library = LibraryOf(state, pointer.place);
  mutator.InitField(closure, captured + kForeignLibrary, AsWord(library));
  return Answer(arguments, closure);
}

// Typed data whose bytes C has while a call runs (H-Q1).
class LentData {
 public:
  explicit LentData(Interpreter& interpreter) : interpreter_(interpreter) {}
  ~LentData() {
    for (const Address pinned : pinned_) {
      static_cast<void>(Pins().Unpin(ObjectPtr::FromAddress(pinned)));
    }
  }
  LentData(const LentData&) = delete;
  LentData& operator=(const LentData&) = delete;

  void Add(ObjectPtr typed_data, const NoSafepointScope& quiet) {
    const ObjectPtr backing = TypedDataBacking(typed_data, quiet);
    pinned_.reserve(pinned_.size() + 1);
    Pins().Pin(backing);
    pinned_.push_back(backing.address());
  }

 private:
  PinTable& Pins() { return interpreter_.isolate().heap().pins(); }

  Interpreter& interpreter_;
  std::vector<Address> pinned_;
};

// Whether typed data may go where C takes a Pointer of that type; otherwise *rule says what may.
bool MayLend(Interpreter& interpreter, const TypeEntity& pointer, ObjectPtr typed_data,
             std::string* rule) {
  if (pointer.arguments == nullptr) return true;
  std::string ignored;
  const NativeType* const element =
      ForeignState::Of(interpreter).NativeTypeOf(*pointer.arguments->types[0], &ignored);
  if (element == nullptr || !element->IsScalar()) return true;
  const bool is_number =
      element->kind != NativeKind::kPointer && element->kind != NativeKind::kBool;
  if (is_number && ElementSizeOf(TypedDataTypeOf(typed_data)) == element->size) return true;
  *rule = "must be a Pointer" +
          (is_number ? ", or typed data of elements of " + std::to_string(element->size) +
                           (element->size == 1 ? " byte" : " bytes")
                     : std::string(", which typed data does not hold"));
  return false;
}

// What C gets of a Pointer, or of typed data. A leaf call moves nothing, others lend it. False:
// *done is the error.
bool TakePointer(Interpreter& interpreter, ObjectPtr* arguments, std::uint32_t which,
                 const ForeignFunction& function, LentData* lent, std::uint64_t* word,
                 Done* done) FART_NO_SAFEPOINT_ANALYSIS {
  const NoSafepointScope quiet;
  ObjectPtr data = arguments[which];
  std::uint64_t offset = 0;
  if (IsPointer(interpreter, data)) [[likely]] {
    const Place place = PlaceOf(data, quiet);
    *word = place.address;
    if (place.origin == kUnknownOrigin) return true;
    if (place.origin != kTypedDataOrigin) {
      const std::string why = WhyDead(ForeignState::Of(interpreter), place);
      if (why.empty()) return true;
      *done = interpreter.Refuse(which, "must be valid: " + why + HistoryInRule(place));
      return false;
    }
    data = *SlotAt(data, kPointerKeeper, quiet);
    offset = place.address;
  } else if (!data.IsHeapObject() || !IsTypedData(data)) {
    *done = interpreter.Refuse(which, "must be a Pointer");
    return false;
  } else {
    std::string rule;
    if (!MayLend(interpreter, *function.parameter_types[which - 1], data, &rule)) {
      *done = interpreter.Refuse(which, rule);
      return false;
    }
  }
  if (function.kind != ffi::CallKind::kLeaf) lent->Add(data, quiet);
  *word = reinterpret_cast<std::uintptr_t>(BytesOf(data, quiet).first) + offset;
  return true;
}

// The words of an argument that TakeQuickly does not know; false: *done is the error.
[[gnu::noinline]] bool TakeArgument(Interpreter& interpreter, ObjectPtr* arguments,
                                    const ForeignFunction& function, std::uint32_t i,
                                    std::uint64_t* block, LentData* lent,
                                    Done* done) FART_MAY_COLLECT {
  const ffi::Signature& signature = *function.signature;
  const ffi::ArgumentStep& step = signature.plan.arguments[i];
  const NativeType& type = *signature.types.parameters[i];
  if (type.IsCompound()) {
    const void* const bytes =
        TakeCompound(interpreter, arguments, 1 + i, type, *function.parameter_types[i], done);
    if (bytes == nullptr) return false;
    ffi::StoreCompound(signature.plan, step, bytes, block);
    return true;
  }
  if (type.kind == NativeKind::kPointer) {
    return TakePointer(interpreter, arguments, 1 + i, function, lent, &block[step.word], done);
  }
  if (type.kind == NativeKind::kHandle) return true;  // The call makes it (CallWithHandles).
  const ObjectPtr value = arguments[1 + i];
  std::uint64_t word = 0;
  const char* rule = nullptr;
  if (!TakeStoredWord(interpreter, type, value, &word, &rule)) [[unlikely]] {
    *done = interpreter.Refuse(1 + i, rule);
    return false;
  }
  if (!type.IsFloating()) {
    word = static_cast<std::uint64_t>(ffi::Narrowed(type.kind, word));
  }
  block[step.word] = word;
  return true;
}

// The words of the arguments; false: *done is the error.
bool TakeArguments(Interpreter& interpreter, ObjectPtr* arguments, const ForeignFunction& function,
                   std::uint64_t* block, LentData* lent, Done* done) FART_MAY_COLLECT {
  const ForeignState& state = ForeignState::Of(interpreter);
  std::uint32_t i = 0;
  for (const ffi::ArgumentStep& step : function.signature->plan.arguments) {
    if (!TakeQuickly(state, function, step, arguments[1 + i], block) &&
        !TakeArgument(interpreter, arguments, function, i, block, lent, done)) {
      return false;
    }
    ++i;
  }
  return true;
}

// Bytes of a struct that comes in registers: up to four doubles.
constexpr std::size_t kMostInRegisters = 32;

std::uint64_t ResultWord(const ffi::CallPlan& plan, const std::uint64_t* block) {
  switch (plan.result) {
    case ffi::ResultWay::kFloat:
    case ffi::ResultWay::kDouble:
      return block[ffi::kFirstResultFloating];
    default:
      return block[ffi::kFirstResultInteger];
  }
}

// What is known beforehand of a call.
enum class Known : std::uint8_t {
  kLeaf,   // It is one.
  kQuick,  // ForeignFunction::is_quick
  kNothing,
};

// Calls with a block whose arguments are there. False: *done is the error. A Handle that came back
// has become arguments[0].
template <Known known>
inline bool Call(Interpreter& interpreter, ForeignState& state, ObjectPtr* arguments,
                 const ForeignFunction& function, const ffi::ForeignTarget& target,
                 std::uint64_t* block, Done* done) FART_MAY_COLLECT {
  constexpr auto kCall = known == Known::kLeaf ? ffi::CallLeafFunction : ffi::CallForeignFunction;
  const ffi::CallPlan& plan = function.signature->plan;
  const bool has_handles = known == Known::kNothing && plan.has_handles;
  const Outcome outcome =
      has_handles
          ? ffi::CallWithHandles(interpreter.isolate(), target, plan, block, state.kept_errno(),
                                 Roots(arguments + 1, plan.arguments.size()))
          : kCall(interpreter.isolate(), target, plan, block, state.kept_errno());
  const NoSafepointScope quiet;
  if (!outcome.IsError()) [[likely]] {
    if (has_handles && plan.result_kind == NativeKind::kHandle) arguments[0] = outcome.Get(quiet);
    return true;
  }
  arguments[0] = outcome.Get(quiet);
  interpreter.stack().SetTop(arguments + 1);
  *done = Done::kFailed;
  return false;
}

// A struct or union that C writes where it is told to.
[[gnu::noinline]] Done CallForIndirect(Interpreter& interpreter, ObjectPtr* arguments,
                                       const ForeignFunction& function,
                                       const ffi::ForeignTarget& target,
                                       std::uint64_t* block) FART_MAY_COLLECT {
  const std::uint64_t size = function.signature->types.result->size;
  std::uint8_t small[64];
  std::vector<std::uint8_t> large;
  if (size > sizeof(small)) large.resize(size);
  std::uint8_t* const compound = large.empty() ? small : large.data();
  block[function.signature->plan.result_address_word] = reinterpret_cast<std::uintptr_t>(compound);
  Done done = Done::kFailed;
  if (!Call<Known::kNothing>(interpreter, ForeignState::Of(interpreter), arguments, function,
                             target, block, &done)) {
    return done;
  }
  return AnswerCompound(interpreter, arguments, *function.type->result(), compound, size);
}

[[gnu::noinline]] Done AnswerCall(Interpreter& interpreter, ObjectPtr* arguments,
                                  const ForeignFunction& function,
                                  const std::uint64_t* block) FART_MAY_COLLECT {
  const ffi::Signature& signature = *function.signature;
  TypeEntity& type = *function.type->result();
  if (signature.types.result->IsCompound()) {
    std::uint8_t compound[kMostInRegisters];
    ffi::LoadResult(signature.plan, block, compound);
    return AnswerCompound(interpreter, arguments, type, compound, signature.types.result->size);
  }
  return AnswerForeignWord(interpreter, arguments, *signature.types.result, type,
                           ResultWord(signature.plan, block));
}

template <Known known>
[[gnu::always_inline]] inline Done CallWithArguments(Interpreter& interpreter, ForeignState& state,
                                                     ObjectPtr* arguments,
                                                     const ForeignFunction& function,
                                                     const ffi::ForeignTarget& target,
                                                     std::uint64_t* block) FART_MAY_COLLECT {
  Done done = Done::kFailed;
  if (!Call<known>(interpreter, state, arguments, function, target, block, &done)) return done;
  if (AnswerQuickly(interpreter, arguments, function, block)) [[likely]]
    return Done::kResult;
  return AnswerCall(interpreter, arguments, function, block);
}

Done CallWithBlock(Interpreter& interpreter, ObjectPtr* arguments, const ForeignFunction& function,
                   const ffi::ForeignTarget& target, std::uint64_t* block) FART_MAY_COLLECT {
  Done done = Done::kRefused;
  LentData lent(interpreter);
  if (!TakeArguments(interpreter, arguments, function, block, &lent, &done)) return done;
  if (function.signature->plan.result == ffi::ResultWay::kIndirect) {
    return CallForIndirect(interpreter, arguments, function, target, block);
  }
  return CallWithArguments<Known::kNothing>(interpreter, ForeignState::Of(interpreter), arguments,
                                            function, target, block);
}

// Whatever the call is.
[[gnu::noinline]] Done CallAnyForeign(Interpreter& interpreter, ObjectPtr* arguments,
                                      const ForeignFunction& function,
                                      const ffi::ForeignTarget& target) FART_MAY_COLLECT {
  if (function.signature->plan.block_words > kUsualBlockWords) {
    std::vector<std::uint64_t> block(function.signature->plan.block_words);
    return CallWithBlock(interpreter, arguments, function, target, block.data());
  }
  std::uint64_t block[kUsualBlockWords];
  return CallWithBlock(interpreter, arguments, function, target, block);
}

template <bool is_leaf>
[[gnu::always_inline]] inline Done CallForeignInline(
    Interpreter& interpreter, ObjectPtr* arguments, const ForeignFunction& function,
    const ffi::ForeignTarget& target) FART_MAY_COLLECT {
  ForeignState& state = ForeignState::Of(interpreter);
  std::uint64_t block[kUsualBlockWords];
  if (function.is_quick && TakeAllQuickly(state, function, arguments, block)) [[likely]] {
    constexpr Known kKnown = is_leaf ? Known::kLeaf : Known::kQuick;
    return CallWithArguments<kKnown>(interpreter, state, arguments, function, target, block);
  }
  const ffi::ForeignTarget copy = target;  // So that the quick way of a leaf needs none in memory.
  return CallAnyForeign(interpreter, arguments, function, copy);
}

// The error, if what a foreign function's closure has kept is dead; else kResult.
[[gnu::noinline]] Done RefuseIfDead(Interpreter& interpreter, ObjectPtr* arguments,
                                    Place place) FART_MAY_COLLECT {
  const std::string why = WhyDead(ForeignState::Of(interpreter), place);
  if (why.empty()) return Done::kResult;
  return RaiseState(interpreter, arguments, "Call of a native function: " + why + ".");
}

template <bool is_leaf>
[[gnu::always_inline]] inline Done CallClosure(Interpreter& interpreter,
                                               ObjectPtr* arguments) FART_MAY_COLLECT {
  const ForeignFunction* function;
  Place place;
  ffi::ForeignLibrary* library;
  {
    const NoSafepointScope quiet;
    const ObjectPtr closure = arguments[0];
    function = static_cast<const ForeignFunction*>(
        FromWord<Function>(*SlotAt(closure, kClosureFunctionOffset, quiet)));
    const ObjectPtr* const captured = SlotAt(closure, kClosureCapturedOffset, quiet);
    place.address = static_cast<std::uint64_t>(captured[kForeignAddress].SmiValue());
    place.origin = captured[kForeignOrigin].SmiValue();
    library = FromWord<ffi::ForeignLibrary>(captured[kForeignLibrary]);
  }
  const bool is_closed = library != nullptr && !library->is_open();
  if (is_closed || place.IsInBlock()) [[unlikely]] {
    const Done done = RefuseIfDead(interpreter, arguments, place);
    if (done != Done::kResult) return done;
  }
  const ffi::ForeignTarget target = {.function = reinterpret_cast<const void*>(place.address),
                                     .library = library,
                                     .kind = function->kind};
  return CallForeignInline<is_leaf>(interpreter, arguments, *function, target);
}

constexpr IntrinsicEntry kEntries[] = {
    Native<AsFunction>("Pointer_asFunction"),
};

}  // namespace

Done CallForeign(Interpreter& interpreter, ObjectPtr* arguments, const ForeignFunction& function,
                 const ffi::ForeignTarget& target) {
  return CallForeignInline<false>(interpreter, arguments, function, target);
}

Done CallForeignClosure(Interpreter& interpreter, ObjectPtr* arguments) {
  return CallClosure<false>(interpreter, arguments);
}

Done CallLeafClosure(Interpreter& interpreter, ObjectPtr* arguments) {
  return CallClosure<true>(interpreter, arguments);
}

std::span<const IntrinsicEntry> FfiCallIntrinsics() { return kEntries; }

}  // namespace fart::lang
