// Natives of dart:ffi: types, values, calls and libraries. Memory is in natives_ffi_memory.cc,
// texts are in natives_ffi_text.cc, structs in natives_ffi_struct.cc, what @Native is about in
// natives_ffi_native.cc.

#include <algorithm>
#include <bit>
#include <cstdint>
#include <cstring>
#include <limits>
#include <optional>
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
#include "vm/ffi/native_memory.h"
#include "vm/roots/execution_stack.h"
#include "vm/values/numbers.h"
#include "vm/values/strings.h"
#include "vm/values/typed_data.h"

namespace fart::lang {

namespace {

using ffi::NativeKind;
using ffi::NativeType;

// ---- Types

}  // namespace

TypeEntity* TargetOf(Interpreter& interpreter, ObjectPtr pointer) {
  const NoSafepointScope quiet;
  const TypeArguments* const arguments = interpreter.TypeArgumentsOf(pointer, quiet);
  return arguments == nullptr ? nullptr : arguments->types[0];
}

const NativeType* SizedTypeOf(Interpreter& interpreter, const TypeEntity& type,
                              std::string* error) {
  const NativeType* const native = ForeignState::Of(interpreter).NativeTypeOf(type, error);
  if (native == nullptr || native->size != 0) return native;
  *error = "'" + type.text + "' has no size";
  return nullptr;
}

const NativeType* ElementTypeOf(Interpreter& interpreter, ObjectPtr* arguments, Done* done) {
  const TypeEntity* const target = TargetOf(interpreter, arguments[0]);
  if (target != nullptr) [[likely]] {
    const NativeType* const known = ForeignState::Of(interpreter).KnownType(*target);
    if (known != nullptr && known->size != 0) [[likely]]
      return known;
  }
  std::string error = "its type is not known";
  const NativeType* const type =
      target == nullptr ? nullptr : SizedTypeOf(interpreter, *target, &error);
  if (type == nullptr) {
    *done = interpreter.Refuse(0, "must point to a native type that has values: " + error);
  }
  return type;
}

namespace {

Done SizeOf(Interpreter& interpreter, ObjectPtr* arguments) FART_MAY_COLLECT {
  std::string error;
  const NativeType* const type = SizedTypeOf(interpreter, *interpreter.TypeArgument(0), &error);
  if (type == nullptr) return RaiseUnsupported(interpreter, arguments, "sizeOf: " + error + ".");
  return Answer(arguments, ObjectPtr::FromSmi(static_cast<std::int64_t>(type->size)));
}

// ---- Values

FreshObject InitPointer(Interpreter& interpreter, const TypeEntity& type, FreshObject fresh,
                        ObjectPtr address) FART_NO_SAFEPOINT_ANALYSIS {
  const NoSafepointScope quiet;
  const ObjectPtr pointer = fresh.Get(quiet);
  Mutator& mutator = interpreter.mutator();
  mutator.InitField(pointer, SlotAt(pointer, kPointerAddress, quiet), address);
  mutator.InitField(pointer, SlotAt(pointer, kPointerOrigin, quiet), ObjectPtr::FromSmi(0));
  if (type.arguments != nullptr) {
    mutator.InitField(pointer, SlotAt(pointer, type.cls->types_offset, quiet),
                      AsWord(type.arguments));
  }
  return fresh;
}

// C has no memory there, but pointers: (void*)-1.
[[gnu::cold]] FreshObject NewWidePointer(Interpreter& interpreter, const TypeEntity& type,
                                         std::uint64_t address) FART_MAY_COLLECT {
  StackRoots<1> number(interpreter.stack());
  {
    const FreshObject fresh = NewInteger(interpreter.mutator(), static_cast<std::int64_t>(address));
    if (fresh.is_null()) return fresh;
    const NoSafepointScope quiet;
    number.Set(0, fresh.Get(quiet));
  }
  const FreshObject fresh = interpreter.mutator().Allocate(type.cls->shape);
  if (fresh.is_null()) return fresh;
  const NoSafepointScope quiet;
  return InitPointer(interpreter, type, fresh, number[0].Get(quiet));
}

// A new Pointer of type `type` (Pointer<...>).
FreshObject NewPointer(Interpreter& interpreter, TypeEntity& type,
                       std::uint64_t address) FART_MAY_COLLECT {
  if (!interpreter.linker().RegisterInstanceShape(type.cls)) return FreshObject();
  if (!ObjectPtr::IsSmiValue(static_cast<std::int64_t>(address))) {
    return NewWidePointer(interpreter, type, address);
  }
  const FreshObject fresh = interpreter.mutator().Allocate(type.cls->shape);
  if (fresh.is_null()) return fresh;
  return InitPointer(interpreter, type, fresh,
                     ObjectPtr::FromSmi(static_cast<std::int64_t>(address)));
}

Done AnswerWord(Interpreter& interpreter, ObjectPtr* arguments, const NativeType& type,
                TypeEntity& of_program, std::uint64_t word) FART_MAY_COLLECT {
  switch (type.kind) {
    case NativeKind::kVoid:
      return Answer(arguments, kNull);
    case NativeKind::kBool:
      return Answer(arguments, BoolObject(ffi::Narrowed(type.kind, word) != 0));
    case NativeKind::kFloat:
      return AnswerDouble(
          interpreter, arguments,
          static_cast<double>(std::bit_cast<float>(static_cast<std::uint32_t>(word))));
    case NativeKind::kDouble:
      return AnswerDouble(interpreter, arguments, std::bit_cast<double>(word));
    case NativeKind::kPointer:
      return Answer(interpreter, arguments, NewPointer(interpreter, of_program, word));
    default:
      return AnswerInteger(interpreter, arguments, ffi::Narrowed(type.kind, word));
  }
}

// Bits of a number that are stored, however many were given: as the language's typed data do.
// False: it is no value of that type; *rule says what it must be.
bool TakeWord(Interpreter& interpreter, const NativeType& type, ObjectPtr value,
              std::uint64_t* word, const char** rule) FART_NO_SAFEPOINT_ANALYSIS {
  const NoSafepointScope quiet;
  switch (type.kind) {
    case NativeKind::kBool:
      *rule = argument_rules::kBool;
      *word = value == kTrue ? 1 : 0;
      return IsBool(value);
    case NativeKind::kFloat:
    case NativeKind::kDouble: {
      *rule = argument_rules::kDouble;
      if (!IsDouble(value) && !IsInt64(value)) return false;
      const double number = IsDouble(value) ? DoubleValue(value, quiet)
                                            : static_cast<double>(IntegerValue(value, quiet));
      *word = type.kind == NativeKind::kDouble
                  ? std::bit_cast<std::uint64_t>(number)
                  : std::bit_cast<std::uint32_t>(static_cast<float>(number));
      return true;
    }
    case NativeKind::kPointer:
      *rule = "must be a Pointer";
      if (!IsPointer(interpreter, value)) return false;
      *word = PlaceOf(value, quiet).address;
      if (PlaceOf(value, quiet).origin != kTypedDataOrigin) return true;
      *rule = "must be a Pointer that has an address: typed data has one in calls only";
      return false;
    default:
      *rule = argument_rules::kInt;
      if (!IsInt64(value)) return false;
      *word = static_cast<std::uint64_t>(IntegerValue(value, quiet));
      return true;
  }
}

// ---- Access. arguments[0] is the pointer.

// Moves the place by so many elements. False: no address is that far away.
bool Move(Place* place, std::int64_t index, std::uint64_t size) {
  std::int64_t offset = 0;
  if (__builtin_mul_overflow(index, static_cast<std::int64_t>(size), &offset)) return false;
  place->address += static_cast<std::uint64_t>(offset);
  return true;
}

Done RefuseFar(Interpreter& interpreter) {
  return interpreter.Refuse(1, "must be the index of an element that has an address");
}

Done Load(Interpreter& interpreter, ObjectPtr* arguments, Place place,
          std::int64_t index) FART_MAY_COLLECT {
  Done done = Done::kRefused;
  const NativeType* const type = ElementTypeOf(interpreter, arguments, &done);
  if (type == nullptr) return done;
  if (!Move(&place, index, type->size)) return RefuseFar(interpreter);
  if (type->IsCompound()) {
    return AnswerCompoundAt(interpreter, arguments, *TargetOf(interpreter, arguments[0]), place);
  }
  if (!MayAccess(interpreter, arguments, place, type->size, &done)) return done;
  std::uint64_t word = 0;
  std::memcpy(&word, reinterpret_cast<const void*>(place.address), type->size);
  return AnswerWord(interpreter, arguments, *type, *TargetOf(interpreter, arguments[0]), word);
}

Done Store(Interpreter& interpreter, ObjectPtr* arguments, Place place, std::int64_t index,
           std::uint32_t which) FART_MAY_COLLECT {
  Done done = Done::kRefused;
  const NativeType* const type = ElementTypeOf(interpreter, arguments, &done);
  if (type == nullptr) return done;
  if (!Move(&place, index, type->size)) return RefuseFar(interpreter);
  if (type->IsCompound()) {
    return StoreCompoundAt(interpreter, arguments, *TargetOf(interpreter, arguments[0]), place,
                           which);
  }
  if (!MayAccess(interpreter, arguments, place, type->size, &done)) return done;
  std::uint64_t word = 0;
  const char* rule = nullptr;
  if (!TakeWord(interpreter, *type, arguments[which], &word, &rule)) {
    return interpreter.Refuse(which, rule);
  }
  std::memcpy(reinterpret_cast<void*>(place.address), &word, type->size);
  return Answer(arguments, arguments[which]);
}

Done PointerValue(Interpreter& interpreter, ObjectPtr* arguments,
                  PointerArg pointer) FART_MAY_COLLECT {
  return Load(interpreter, arguments, pointer.place, 0);
}
Done PointerSetValue(Interpreter& interpreter, ObjectPtr* arguments, PointerArg pointer,
                     AnyArg) FART_MAY_COLLECT {
  return Store(interpreter, arguments, pointer.place, 0, 1);
}
Done PointerAt(Interpreter& interpreter, ObjectPtr* arguments, PointerArg pointer,
               Int64Arg index) FART_MAY_COLLECT {
  return Load(interpreter, arguments, pointer.place, index.value);
}
Done PointerSetAt(Interpreter& interpreter, ObjectPtr* arguments, PointerArg pointer,
                  Int64Arg index, AnyArg) FART_MAY_COLLECT {
  return Store(interpreter, arguments, pointer.place, index.value, 2);
}

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
  const ObjectPtr value = arguments[1 + i];
  std::uint64_t word = 0;
  const char* rule = nullptr;
  if (!TakeWord(interpreter, type, value, &word, &rule)) [[unlikely]] {
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

// Calls with a block whose arguments are there. False: *done is the error. `is_leaf`: the target is
// known to be one.
template <bool is_leaf = false>
inline bool Call(Interpreter& interpreter, ForeignState& state, ObjectPtr* arguments,
                 const ForeignFunction& function, const ffi::ForeignTarget& target,
                 std::uint64_t* block, Done* done) FART_MAY_COLLECT {
  constexpr auto kCall = is_leaf ? ffi::CallLeafFunction : ffi::CallForeignFunction;
  const Outcome outcome =
      kCall(interpreter.isolate(), target, function.signature->plan, block, state.kept_errno());
  if (!outcome.IsError()) [[likely]]
    return true;
  const NoSafepointScope quiet;
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
  if (!Call(interpreter, ForeignState::Of(interpreter), arguments, function, target, block,
            &done)) {
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
  return AnswerWord(interpreter, arguments, *signature.types.result, type,
                    ResultWord(signature.plan, block));
}

template <bool is_leaf = false>
[[gnu::always_inline]] inline Done CallWithArguments(Interpreter& interpreter, ForeignState& state,
                                                     ObjectPtr* arguments,
                                                     const ForeignFunction& function,
                                                     const ffi::ForeignTarget& target,
                                                     std::uint64_t* block) FART_MAY_COLLECT {
  Done done = Done::kFailed;
  if (!Call<is_leaf>(interpreter, state, arguments, function, target, block, &done)) return done;
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
  return CallWithArguments(interpreter, ForeignState::Of(interpreter), arguments, function, target,
                           block);
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
    return CallWithArguments<is_leaf>(interpreter, state, arguments, function, target, block);
  }
  return CallAnyForeign(interpreter, arguments, function, target);
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

}  // namespace

FreshObject NewPointerTo(Interpreter& interpreter, TypeEntity& type, std::uint64_t address) {
  return NewPointer(interpreter, type, address);
}

Done LoadPointedTo(Interpreter& interpreter, ObjectPtr* arguments, const Place& place) {
  return Load(interpreter, arguments, place, 0);
}

Done StorePointedTo(Interpreter& interpreter, ObjectPtr* arguments, const Place& place) {
  return Store(interpreter, arguments, place, 0, 1);
}

bool TakeStoredWord(Interpreter& interpreter, const NativeType& type, ObjectPtr value,
                    std::uint64_t* word, const char** rule) {
  return TakeWord(interpreter, type, value, word, rule);
}

Done AnswerForeignWord(Interpreter& interpreter, ObjectPtr* arguments, const NativeType& type,
                       TypeEntity& of_program, std::uint64_t word) {
  return AnswerWord(interpreter, arguments, type, of_program, word);
}

bool TakeForeignWord(Interpreter& interpreter, const NativeType& type, ObjectPtr value,
                     std::uint64_t* word, std::string* rule) {
  const char* kind_rule = nullptr;
  if (!TakeWord(interpreter, type, value, word, &kind_rule)) {
    *rule = kind_rule;
    return false;
  }
  if (type.IsFloating() || type.kind == NativeKind::kBool) return true;
  if (type.kind == NativeKind::kPointer) {
    const NoSafepointScope quiet;
    const std::string why = WhyDead(ForeignState::Of(interpreter), PlaceOf(value, quiet));
    if (!why.empty()) *rule = "must be valid: " + why;
    return why.empty();
  }
  *word = static_cast<std::uint64_t>(ffi::Narrowed(type.kind, *word));
  return true;
}

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

namespace {

// ---- Libraries. A library is an int to the natives: an id of ForeignLibraries.

Done LibraryOpen(Interpreter& interpreter, ObjectPtr* arguments, StringArg) FART_MAY_COLLECT {
  std::string path;
  {
    const NoSafepointScope quiet;
    path = ToUtf8(arguments[0], quiet);
  }
  if (path.empty() || path.find('\0') != std::string::npos) {
    return interpreter.Refuse(0, "must be the name of a file");
  }
  std::string error;
  const auto id = ForeignState::Of(interpreter).libraries().Open(path, &error);
  if (!id) return AnswerText(interpreter, arguments, error);
  return Answer(arguments, ObjectPtr::FromSmi(*id));
}

Done LibraryProcess(Interpreter& interpreter, ObjectPtr* arguments) FART_MAY_COLLECT {
  const std::uint32_t id = ForeignState::Of(interpreter).libraries().OpenProcess();
  return Answer(arguments, ObjectPtr::FromSmi(id));
}

Done LibraryExecutable(Interpreter& interpreter, ObjectPtr* arguments) FART_MAY_COLLECT {
  const std::uint32_t id = ForeignState::Of(interpreter).libraries().OpenExecutable();
  return Answer(arguments, ObjectPtr::FromSmi(id));
}

struct LibraryArg {
  ffi::ForeignLibrary* library = nullptr;
  std::uint32_t id = 0;
  bool Take(const Taken& argument) {
    const ObjectPtr value = argument.value();
    if (value.IsSmi() && value.SmiValue() >= 0) {
      id = static_cast<std::uint32_t>(value.SmiValue());
      library = ForeignState::Of(argument.interpreter).libraries().Get(id);
    }
    return library != nullptr || argument.Refuse("must be a library that was opened here");
  }
};

Done RaiseClosed(Interpreter& interpreter, ObjectPtr* arguments,
                 const ffi::ForeignLibrary& library) FART_MAY_COLLECT {
  return RaiseState(interpreter, arguments,
                    "The library '" + library.name() + "' has been closed.");
}

// (library, symbol): its address; or a text, why there is none.
Done LibraryFind(Interpreter& interpreter, ObjectPtr* arguments, LibraryArg library,
                 StringArg) FART_MAY_COLLECT {
  if (!library.library->is_open()) return RaiseClosed(interpreter, arguments, *library.library);
  std::string symbol;
  {
    const NoSafepointScope quiet;
    symbol = ToUtf8(arguments[1], quiet);
  }
  void* address = nullptr;
  std::string error;
  if (symbol.find('\0') != std::string::npos || !library.library->Find(symbol, &address, &error)) {
    return AnswerText(interpreter, arguments, error.empty() ? "no symbol has such a name" : error);
  }
  return AnswerInteger(interpreter, arguments,
                       static_cast<std::int64_t>(reinterpret_cast<std::uintptr_t>(address)));
}

Done LibraryOrigin(Interpreter&, ObjectPtr* arguments, LibraryArg library) FART_MAY_COLLECT {
  return Answer(arguments, ObjectPtr::FromSmi(OriginOfLibrary(library.id)));
}

Done LibraryHandle(Interpreter& interpreter, ObjectPtr* arguments,
                   LibraryArg library) FART_MAY_COLLECT {
  if (!library.library->is_open()) return RaiseClosed(interpreter, arguments, *library.library);
  return AnswerInteger(
      interpreter, arguments,
      static_cast<std::int64_t>(reinterpret_cast<std::uintptr_t>(library.library->handle())));
}

Done LibraryClose(Interpreter& interpreter, ObjectPtr* arguments,
                  LibraryArg library) FART_MAY_COLLECT {
  std::string error;
  if (!ForeignState::Of(interpreter).libraries().Close(library.id, &error)) {
    return RaiseState(interpreter, arguments, error);
  }
  return Answer(arguments, kNull);
}

// ---- errno

Done Errno(Interpreter& interpreter, ObjectPtr* arguments) FART_MAY_COLLECT {
  return AnswerInteger(interpreter, arguments, *ForeignState::Of(interpreter).kept_errno());
}

Done SetErrno(Interpreter& interpreter, ObjectPtr* arguments,
              RangeArg<std::numeric_limits<int>::min(), std::numeric_limits<int>::max()> value)
    FART_MAY_COLLECT {
  *ForeignState::Of(interpreter).kept_errno() = static_cast<int>(value.value);
  return Answer(arguments, kNull);
}

constexpr IntrinsicEntry kEntries[] = {
    Native<SizeOf>("Ffi_sizeOf"),
    Native<Errno>("Ffi_errno"),
    Native<SetErrno>("Ffi_setErrno"),
    NativeWithQuickWay<QuickPointerValue, PointerValue>("Pointer_value"),
    NativeWithQuickWay<QuickPointerSetValue, PointerSetValue>("Pointer_setValue"),
    NativeWithQuickWay<QuickPointerAt, PointerAt>("Pointer_at"),
    NativeWithQuickWay<QuickPointerSetAt, PointerSetAt>("Pointer_setAt"),
    Native<AsFunction>("Pointer_asFunction"),
    Native<LibraryOpen>("DynamicLibrary_open"),
    Native<LibraryProcess>("DynamicLibrary_process"),
    Native<LibraryExecutable>("DynamicLibrary_executable"),
    Native<LibraryFind>("DynamicLibrary_find"),
    Native<LibraryOrigin>("DynamicLibrary_origin"),
    Native<LibraryHandle>("DynamicLibrary_handle"),
    Native<LibraryClose>("DynamicLibrary_close"),
};

}  // namespace

std::span<const IntrinsicEntry> FfiIntrinsics() { return kEntries; }

}  // namespace fart::lang
