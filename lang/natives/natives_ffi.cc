// Natives of dart:ffi and package:ffi.
//
// A Pointer's fields are known here by their places (kPointerAddress and so on). Its origin says
// where the address comes from: a block of the table of native memory, a library that was opened
// here, or nowhere that anybody knows; and so what can be checked when it is used.

#include <algorithm>
#include <bit>
#include <cstdint>
#include <cstring>
#include <limits>
#include <optional>
#include <string>
#include <vector>

#include "lang/interpreter/interpreter.h"
#include "lang/linker/layout.h"
#include "lang/natives/arguments.h"
#include "lang/natives/foreign_state.h"
#include "lang/natives/natives.h"
#include "lang/natives/natives_ffi.h"
#include "vm/ffi/foreign_call.h"
#include "vm/ffi/native_memory.h"
#include "vm/platform/process_allocator.h"
#include "vm/values/numbers.h"
#include "vm/values/strings.h"

namespace fart::lang {

namespace {

using ffi::NativeKind;
using ffi::NativeType;

// ---- Pointers (lang/lib/ffi/pointer.dart)

constexpr std::uint32_t kPointerAddress = FieldOffset(0);
constexpr std::uint32_t kPointerOrigin = FieldOffset(1);

// Nothing lies in the first page: an address there is null and a field's offset.
constexpr std::uint64_t kNullPage = 4096;

// > 0: the id of a block; < 0: of library number -1 - origin; 0: unknown.
constexpr std::int64_t kUnknownOrigin = 0;
std::int64_t OriginOfLibrary(std::uint32_t library) { return -1 - std::int64_t{library}; }

struct Place {
  std::uint64_t address = 0;
  std::int64_t origin = kUnknownOrigin;
};

bool IsPointer(Interpreter& interpreter, ObjectPtr object) {
  if (!object.IsHeapObject()) return false;
  return ForeignState::Of(interpreter).IsPointerClass(*interpreter.ClassOf(object));
}

Place PlaceOf(ObjectPtr pointer, const NoSafepointScope& quiet) {
  return {static_cast<std::uint64_t>(IntegerValue(*SlotAt(pointer, kPointerAddress, quiet), quiet)),
          IntegerValue(*SlotAt(pointer, kPointerOrigin, quiet), quiet)};
}

struct PointerArg {
  Place place;
  bool Take(const Taken& argument) FART_NO_SAFEPOINT_ANALYSIS {
    if (!IsPointer(argument.interpreter, argument.value())) {
      return argument.Refuse("must be a Pointer");
    }
    const NoSafepointScope quiet;
    place = PlaceOf(argument.value(), quiet);
    return true;
  }
};

std::string Hex(std::uint64_t value) {
  constexpr char kDigits[] = "0123456789abcdef";
  std::string text;
  do {
    text.insert(text.begin(), kDigits[value % 16]);
    value /= 16;
  } while (value != 0);
  return "0x" + text;
}

Done RaiseState(Interpreter& interpreter, ObjectPtr* arguments,
                const std::string& message) FART_MAY_COLLECT {
  const FreshObject text = NewStringFromUtf8(interpreter.mutator(), message);
  if (text.is_null()) return Answer(interpreter, arguments, text);
  const NoSafepointScope quiet;
  return Raise(interpreter, arguments, Helper::kStateError, {text.Get(quiet)});
}

// What is wrong with using the place, apart from bounds; empty: nothing that is known.
std::string WhyDead(ForeignState& state, const Place& place) {
  if (place.origin > 0) {
    const ffi::BlockRange range = ffi::RangeOf(static_cast<ffi::BlockId>(place.origin));
    if (range.is_live) return {};
    return "the pointer " + Hex(place.address) + " is into native memory that has been freed";
  }
  if (place.origin < 0) {
    const auto number = static_cast<std::uint64_t>(-1 - place.origin);
    const ffi::ForeignLibrary* const library = state.libraries().Get(number);
    if (library == nullptr || library->is_open()) return {};
    return "the pointer " + Hex(place.address) + " is into the library '" + library->name() +
           "', which has been closed";
  }
  return {};
}

// Whether `size` bytes there may be accessed. Otherwise *done is the error: argument 0 is the
// pointer.
bool MayAccess(Interpreter& interpreter, ObjectPtr* arguments, const Place& place,
               std::uint64_t size, Done* done) FART_MAY_COLLECT {
  if (place.address < kNullPage) [[unlikely]] {
    *done = interpreter.Refuse(
        0, place.address == 0 ? "must not be nullptr"
                              : "must not be an address in the first page, " + Hex(place.address));
    return false;
  }
  if (place.origin == kUnknownOrigin) return true;
  if (place.origin > 0) {
    const auto block = static_cast<ffi::BlockId>(place.origin);
    if (ffi::IsWithin(block, place.address, size)) [[likely]]
      return true;
    const ffi::BlockRange range = ffi::RangeOf(block);
    if (range.is_live) {
      const auto offset = static_cast<std::int64_t>(place.address - range.address);
      *done = interpreter.RefusePlace(0, "must be used within its " + std::to_string(range.size) +
                                             " bytes, and not for " + std::to_string(size) +
                                             " bytes at " + std::to_string(offset));
      return false;
    }
  }
  const std::string why = WhyDead(ForeignState::Of(interpreter), place);
  if (why.empty()) return true;
  *done = RaiseState(interpreter, arguments, "Access of native memory: " + why + ".");
  return false;
}

// ---- Types

// The type argument of a Pointer; null: nobody has said it.
TypeEntity* TargetOf(Interpreter& interpreter, ObjectPtr pointer) FART_MAY_COLLECT {
  const NoSafepointScope quiet;
  const TypeArguments* const arguments = interpreter.TypeArgumentsOf(pointer, quiet);
  return arguments == nullptr ? nullptr : arguments->types[0];
}

// Of what can lie in memory: has a size. Null: *error is a rule for a type or pointer.
const NativeType* SizedTypeOf(Interpreter& interpreter, const TypeEntity& type,
                              std::string* error) {
  const NativeType* const native = ForeignState::Of(interpreter).NativeTypeOf(type, error);
  if (native == nullptr || native->size != 0) return native;
  *error = "'" + type.text + "' has no size";
  return nullptr;
}

// The type whose values a Pointer points to. Null: *done is the error.
const NativeType* ElementTypeOf(Interpreter& interpreter, ObjectPtr* arguments,
                                Done* done) FART_MAY_COLLECT {
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

Done SizeOf(Interpreter& interpreter, ObjectPtr* arguments) FART_MAY_COLLECT {
  std::string error;
  const NativeType* const type = SizedTypeOf(interpreter, *interpreter.TypeArgument(0), &error);
  if (type == nullptr) return RaiseUnsupported(interpreter, arguments, "sizeOf: " + error + ".");
  return Answer(arguments, ObjectPtr::FromSmi(static_cast<std::int64_t>(type->size)));
}

Done PointerTypeText(Interpreter& interpreter, ObjectPtr* arguments, PointerArg) FART_MAY_COLLECT {
  return AnswerText(interpreter, arguments, interpreter.RuntimeTypeOf(arguments[0])->text);
}

// ---- Values

// A new Pointer of type `type` (Pointer<...>).
FreshObject NewPointer(Interpreter& interpreter, TypeEntity& type,
                       std::uint64_t address) FART_MAY_COLLECT {
  if (!interpreter.linker().RegisterInstanceShape(type.cls)) return FreshObject();
  if (!ObjectPtr::IsSmiValue(static_cast<std::int64_t>(address))) return FreshObject();
  const FreshObject fresh = interpreter.mutator().Allocate(type.cls->shape);
  if (fresh.is_null()) return fresh;
  const NoSafepointScope quiet;
  const ObjectPtr pointer = fresh.Get(quiet);
  Mutator& mutator = interpreter.mutator();
  mutator.InitField(pointer, SlotAt(pointer, kPointerAddress, quiet),
                    ObjectPtr::FromSmi(static_cast<std::int64_t>(address)));
  mutator.InitField(pointer, SlotAt(pointer, kPointerOrigin, quiet), ObjectPtr::FromSmi(0));
  if (type.arguments != nullptr) {
    mutator.InitField(pointer, SlotAt(pointer, type.cls->types_offset, quiet),
                      AsWord(type.arguments));
  }
  return fresh;
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
      return true;
    default:
      *rule = argument_rules::kInt;
      if (!IsInt64(value)) return false;
      *word = static_cast<std::uint64_t>(IntegerValue(value, quiet));
      return true;
  }
}

// The values that keep every bit in `size` bytes, read with a sign or without.
bool KeepsBits(const NativeType& type, std::uint64_t word) {
  if (type.size == 8) return true;
  const auto value = static_cast<std::int64_t>(word);
  const int bits = static_cast<int>(8 * type.size);
  return value >= -(std::int64_t{1} << (bits - 1)) && value < (std::int64_t{1} << bits);
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
  if (pointer.place.address < kNullPage) {
    return interpreter.Refuse(0, "must not be nullptr: there is no function");
  }
  if (!ObjectPtr::IsSmiValue(static_cast<std::int64_t>(pointer.place.address))) {
    return interpreter.Refuse(0, "must be the address of a function");
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
  const ffi::ForeignLibrary* const library =
      pointer.place.origin < 0
          ? state.libraries().Get(static_cast<std::uint64_t>(-1 - pointer.place.origin))
          : nullptr;
  mutator.InitField(closure, captured + kForeignLibrary, AsWord(library));
  return Answer(arguments, closure);
}

// The words of the arguments; false: *done is the error.
bool TakeArguments(Interpreter& interpreter, ObjectPtr* arguments, const ffi::Signature& signature,
                   std::uint64_t* block, Done* done) FART_MAY_COLLECT {
  const std::vector<ffi::ArgumentStep>& steps = signature.plan.arguments;
  for (std::uint32_t i = 0; i < steps.size(); ++i) {
    const NativeType& type = *signature.types.parameters[i];
    const ObjectPtr value = arguments[1 + i];
    std::uint64_t word = 0;
    if (value.IsSmi() && steps[i].kind >= NativeKind::kInt8 &&
        steps[i].kind <= NativeKind::kUint64) {
      word = static_cast<std::uint64_t>(value.SmiValue());
      if (KeepsBits(type, word)) [[likely]] {
        block[steps[i].word] = static_cast<std::uint64_t>(ffi::Narrowed(steps[i].kind, word));
        continue;
      }
    }
    const char* rule = nullptr;
    if (!TakeWord(interpreter, type, value, &word, &rule)) [[unlikely]] {
      *done = interpreter.Refuse(1 + i, rule);
      return false;
    }
    if (type.kind == NativeKind::kPointer) {
      Place place;
      {
        const NoSafepointScope quiet;
        place = PlaceOf(value, quiet);
      }
      if (place.origin != kUnknownOrigin) {
        const std::string why = WhyDead(ForeignState::Of(interpreter), place);
        if (!why.empty()) {
          *done = interpreter.Refuse(1 + i, "must be valid: " + why);
          return false;
        }
      }
    } else if (!type.IsFloating() && type.kind != NativeKind::kBool && !KeepsBits(type, word))
        [[unlikely]] {
      const int bits = static_cast<int>(8 * type.size);
      *done = interpreter.RefuseRange(1 + i, -(std::int64_t{1} << (bits - 1)),
                                      (std::int64_t{1} << bits) - 1);
      return false;
    } else if (!type.IsFloating()) {
      word = static_cast<std::uint64_t>(ffi::Narrowed(type.kind, word));
    }
    block[steps[i].word] = word;
  }
  return true;
}

std::uint64_t ResultWord(const ffi::CallPlan& plan, const std::uint64_t* block) {
  switch (plan.result) {
    case ffi::ResultWay::kFloat:
    case ffi::ResultWay::kDouble:
      return block[ffi::kFirstResultFloating];
    default:
      return block[ffi::kFirstResultInteger];
  }
}

Done CallWithBlock(Interpreter& interpreter, ObjectPtr* arguments, const ForeignFunction& function,
                   const ffi::ForeignTarget& target, std::uint64_t* block) FART_MAY_COLLECT {
  const ffi::Signature& signature = *function.signature;
  Done done = Done::kRefused;
  if (!TakeArguments(interpreter, arguments, signature, block, &done)) return done;
  const Outcome outcome =
      ffi::CallForeignFunction(interpreter.isolate(), target, signature.plan, block,
                               ForeignState::Of(interpreter).kept_errno());
  if (outcome.IsError()) {
    const NoSafepointScope quiet;
    arguments[0] = outcome.Get(quiet);
    interpreter.stack().SetTop(arguments + 1);
    return Done::kFailed;
  }
  return AnswerWord(interpreter, arguments, *signature.types.result, *function.type->result(),
                    ResultWord(signature.plan, block));
}

}  // namespace

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
  if (!KeepsBits(type, *word)) {
    const auto bits = static_cast<unsigned>(8 * type.size);
    *rule = "must be from " + std::to_string(-(std::int64_t{1} << (bits - 1))) + " to " +
            std::to_string((std::int64_t{1} << bits) - 1);
    return false;
  }
  *word = static_cast<std::uint64_t>(ffi::Narrowed(type.kind, *word));
  return true;
}

Done CallForeignClosure(Interpreter& interpreter, ObjectPtr* arguments) {
  const ForeignFunction* function;
  ffi::ForeignTarget target;
  Place place;
  {
    const NoSafepointScope quiet;
    const ObjectPtr closure = arguments[0];
    function = static_cast<const ForeignFunction*>(
        FromWord<Function>(*SlotAt(closure, kClosureFunctionOffset, quiet)));
    const ObjectPtr* const captured = SlotAt(closure, kClosureCapturedOffset, quiet);
    place.address = static_cast<std::uint64_t>(captured[kForeignAddress].SmiValue());
    place.origin = captured[kForeignOrigin].SmiValue();
    target.library = FromWord<ffi::ForeignLibrary>(captured[kForeignLibrary]);
  }
  const bool is_closed = target.library != nullptr && !target.library->is_open();
  if (is_closed || place.origin > 0) [[unlikely]] {
    const std::string why = WhyDead(ForeignState::Of(interpreter), place);
    if (!why.empty()) {
      return RaiseState(interpreter, arguments, "Call of a native function: " + why + ".");
    }
  }
  target.function = reinterpret_cast<const void*>(place.address);
  target.kind = function->kind;
  // Most calls need no more; others are rare enough for an allocation.
  constexpr std::uint32_t kUsualWords = ffi::kFirstStackWord + 16;
  if (function->signature->plan.block_words <= kUsualWords) [[likely]] {
    std::uint64_t block[kUsualWords];
    return CallWithBlock(interpreter, arguments, *function, target, block);
  }
  std::vector<std::uint64_t> block(function->signature->plan.block_words);
  return CallWithBlock(interpreter, arguments, *function, target, block.data());
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

// ---- Memory

// (bytes, whether they are zeroed, a list for the address and the id of the block)
Done MemoryAllocate(Interpreter& interpreter, ObjectPtr* arguments, Int64Arg size,
                    BoolArg is_zeroed, ListArg) FART_MAY_COLLECT {
  if (size.value < 0) {
    return interpreter.RefuseRange(0, 0, std::numeric_limits<std::int64_t>::max());
  }
  const ffi::Allocation made =
      ffi::AllocateNative(static_cast<std::size_t>(size.value), is_zeroed.value);
  if (made.address == 0) return Answer(arguments, kFalse);
  const NoSafepointScope quiet;
  const ListElements elements = ElementsOf(arguments[2], quiet);
  if (elements.length < 2) return interpreter.Refuse(2, "must have room for two ints");
  elements.first[0] = ObjectPtr::FromSmi(static_cast<std::int64_t>(made.address));
  elements.first[1] = ObjectPtr::FromSmi(static_cast<std::int64_t>(made.block));
  return Answer(arguments, kTrue);
}

Done EndBlock(Interpreter& interpreter, ObjectPtr* arguments, const Place& place, const char* what,
              ffi::FreeOutcome (*end)(std::uintptr_t, ffi::BlockId)) FART_MAY_COLLECT {
  if (place.address == 0) return Answer(arguments, kNull);  // As in C.
  const std::string who = std::string(what) + " of the pointer " + Hex(place.address) + ": ";
  if (place.origin < 0) {
    return RaiseState(interpreter, arguments, who + "it comes from a library, not an allocator.");
  }
  const auto block = static_cast<ffi::BlockId>(place.origin);
  const ffi::BlockRange range = block == ffi::kNoBlock ? ffi::BlockRange() : ffi::RangeOf(block);
  switch (end(place.address, block)) {
    case ffi::FreeOutcome::kFreed:
      return Answer(arguments, kNull);
    case ffi::FreeOutcome::kDead:
      return RaiseState(interpreter, arguments, who + "its memory has been freed before.");
    case ffi::FreeOutcome::kInterior:
    case ffi::FreeOutcome::kOutside:
      break;
  }
  return RaiseState(interpreter, arguments,
                    who + "it is not the beginning of its memory, which is at " +
                        Hex(range.address) + ", " + std::to_string(range.size) + " bytes.");
}

Done MemoryFree(Interpreter& interpreter, ObjectPtr* arguments,
                PointerArg pointer) FART_MAY_COLLECT {
  return EndBlock(interpreter, arguments, pointer.place, "free", ffi::FreeNative);
}

Done MemoryDisown(Interpreter& interpreter, ObjectPtr* arguments,
                  PointerArg pointer) FART_MAY_COLLECT {
  return EndBlock(interpreter, arguments, pointer.place, "disown", ffi::DisownNative);
}

Done MemoryNativeFree(Interpreter& interpreter, ObjectPtr* arguments) FART_MAY_COLLECT {
  const ProcessAllocator* const process = ProcessAllocator::Get();
  const auto address = process == nullptr ? 0 : reinterpret_cast<std::uintptr_t>(process->free);
  return AnswerInteger(interpreter, arguments, static_cast<std::int64_t>(address));
}

Done Errno(Interpreter& interpreter, ObjectPtr* arguments) FART_MAY_COLLECT {
  return AnswerInteger(interpreter, arguments, *ForeignState::Of(interpreter).kept_errno());
}

Done SetErrno(Interpreter& interpreter, ObjectPtr* arguments,
              RangeArg<std::numeric_limits<int>::min(), std::numeric_limits<int>::max()> value)
    FART_MAY_COLLECT {
  *ForeignState::Of(interpreter).kept_errno() = static_cast<int>(value.value);
  return Answer(arguments, kNull);
}

// ---- Strings

// How many units lie before a zero one; nothing: *done is the error.
template <typename Unit>
std::optional<std::size_t> LengthOf(Interpreter& interpreter, ObjectPtr* arguments, Place place,
                                    Done* done) FART_MAY_COLLECT {
  if (!MayAccess(interpreter, arguments, place, sizeof(Unit), done)) return std::nullopt;
  std::size_t most = std::numeric_limits<std::size_t>::max();
  if (place.origin > 0) {
    const ffi::BlockRange range = ffi::RangeOf(static_cast<ffi::BlockId>(place.origin));
    most = (range.size - (place.address - range.address)) / sizeof(Unit);
  }
  const auto* const units = reinterpret_cast<const char*>(place.address);
  std::size_t length = 0;
  for (; length < most; ++length) {
    Unit unit;
    std::memcpy(&unit, units + length * sizeof(Unit), sizeof(Unit));
    if (unit == 0) return length;
  }
  *done = interpreter.RefusePlace(
      0, "a zero must end the text within its " + std::to_string(most * sizeof(Unit)) + " bytes");
  return std::nullopt;
}

// The length that was given, if so many units may be read; or what LengthOf says.
template <typename Unit>
std::optional<std::size_t> LengthToRead(Interpreter& interpreter, ObjectPtr* arguments,
                                        const Place& place, const OrNull<Int64Arg>& given,
                                        Done* done) FART_MAY_COLLECT {
  if (!given.is_given) return LengthOf<Unit>(interpreter, arguments, place, done);
  if (given.given.value < 0 || given.given.value > static_cast<std::int64_t>(kMaxStringLength)) {
    *done = interpreter.RefuseRange(1, 0, static_cast<std::int64_t>(kMaxStringLength));
    return std::nullopt;
  }
  const auto length = static_cast<std::size_t>(given.given.value);
  if (!MayAccess(interpreter, arguments, place, length * sizeof(Unit), done)) return std::nullopt;
  return length;
}

// (pointer)
template <typename Unit>
Done TextLength(Interpreter& interpreter, ObjectPtr* arguments,
                PointerArg pointer) FART_MAY_COLLECT {
  Done done = Done::kRefused;
  const auto length = LengthOf<Unit>(interpreter, arguments, pointer.place, &done);
  if (!length) return done;
  return AnswerInteger(interpreter, arguments, static_cast<std::int64_t>(*length));
}

// (pointer, length or null)
Done TextFromUtf8(Interpreter& interpreter, ObjectPtr* arguments, PointerArg pointer,
                  OrNull<Int64Arg> given) FART_MAY_COLLECT {
  Done done = Done::kRefused;
  const auto length = LengthToRead<char>(interpreter, arguments, pointer.place, given, &done);
  if (!length) return done;
  return AnswerText(interpreter, arguments,
                    {reinterpret_cast<const char*>(pointer.place.address), *length});
}

Done TextFromUtf16(Interpreter& interpreter, ObjectPtr* arguments, PointerArg pointer,
                   OrNull<Int64Arg> given) FART_MAY_COLLECT {
  Done done = Done::kRefused;
  const auto length = LengthToRead<char16_t>(interpreter, arguments, pointer.place, given, &done);
  if (!length) return done;
  // Copied first: it need not be aligned.
  std::vector<char16_t> units(*length);
  if (!units.empty()) {
    std::memcpy(units.data(), reinterpret_cast<const void*>(pointer.place.address),
                units.size() * sizeof(char16_t));
  }
  return Answer(interpreter, arguments, NewStringFromUtf16(interpreter.mutator(), units));
}

Done TextUtf8Length(Interpreter&, ObjectPtr* arguments, StringArg) FART_MAY_COLLECT {
  const NoSafepointScope quiet;
  return Answer(arguments,
                ObjectPtr::FromSmi(static_cast<std::int64_t>(Utf8Length(arguments[0], quiet))));
}

// (pointer, text): writes it and a zero.
Done TextToUtf8(Interpreter& interpreter, ObjectPtr* arguments, PointerArg pointer,
                StringArg) FART_MAY_COLLECT {
  std::size_t length;
  {
    const NoSafepointScope quiet;
    length = Utf8Length(arguments[1], quiet);
  }
  Done done = Done::kRefused;
  if (!MayAccess(interpreter, arguments, pointer.place, length + 1, &done)) return done;
  auto* const to = reinterpret_cast<char*>(pointer.place.address);
  const NoSafepointScope quiet;
  CopyToUtf8(arguments[1], to, quiet);
  to[length] = '\0';
  return Answer(arguments, kNull);
}

Done TextToUtf16(Interpreter& interpreter, ObjectPtr* arguments, PointerArg pointer,
                 StringArg) FART_MAY_COLLECT {
  const std::size_t length = StringLength(arguments[1]);
  Done done = Done::kRefused;
  if (!MayAccess(interpreter, arguments, pointer.place, (length + 1) * sizeof(char16_t), &done)) {
    return done;
  }
  auto* const to = reinterpret_cast<char*>(pointer.place.address);
  const NoSafepointScope quiet;
  for (std::size_t i = 0; i <= length; ++i) {
    const char16_t unit = i < length ? StringUnitAt(arguments[1], i, quiet) : u'\0';
    std::memcpy(to + i * sizeof(unit), &unit, sizeof(unit));
  }
  return Answer(arguments, kNull);
}

constexpr IntrinsicEntry kEntries[] = {
    Native<SizeOf>("Ffi_sizeOf"),
    Native<Errno>("Ffi_errno"),
    Native<SetErrno>("Ffi_setErrno"),
    Native<PointerTypeText>("Pointer_typeText"),
    Native<PointerValue>("Pointer_value"),
    Native<PointerSetValue>("Pointer_setValue"),
    Native<PointerAt>("Pointer_at"),
    Native<PointerSetAt>("Pointer_setAt"),
    Native<AsFunction>("Pointer_asFunction"),
    Native<LibraryOpen>("DynamicLibrary_open"),
    Native<LibraryProcess>("DynamicLibrary_process"),
    Native<LibraryExecutable>("DynamicLibrary_executable"),
    Native<LibraryFind>("DynamicLibrary_find"),
    Native<LibraryOrigin>("DynamicLibrary_origin"),
    Native<LibraryHandle>("DynamicLibrary_handle"),
    Native<LibraryClose>("DynamicLibrary_close"),
    Native<MemoryAllocate>("NativeMemory_allocate"),
    Native<MemoryFree>("NativeMemory_free"),
    Native<MemoryDisown>("NativeMemory_disown"),
    Native<MemoryNativeFree>("NativeMemory_nativeFree"),
    Native<TextLength<char>>("Utf8_length"),
    Native<TextLength<char16_t>>("Utf16_length"),
    Native<TextFromUtf8>("Utf8_text"),
    Native<TextFromUtf16>("Utf16_text"),
    Native<TextUtf8Length>("Utf8_lengthOf"),
    Native<TextToUtf8>("Utf8_write"),
    Native<TextToUtf16>("Utf16_write"),
};

}  // namespace

std::span<const IntrinsicEntry> FfiIntrinsics() { return kEntries; }

}  // namespace fart::lang
