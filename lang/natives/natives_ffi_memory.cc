// Natives of dart:ffi: native memory, and what happens to it when objects of the program die.

#include <cstdint>
#include <cstdio>
#include <limits>
#include <string>

#include "heap/base/units.h"
#include "lang/interpreter/interpreter.h"
#include "lang/natives/arguments.h"
#include "lang/natives/foreign_pointer.h"
#include "lang/natives/foreign_state.h"
#include "lang/natives/natives.h"
#include "lang/natives/natives_ffi.h"
#include "lang/natives/quick_foreign.h"
#include "vm/ffi/callback_stubs.h"
#include "vm/ffi/memory_report.h"
#include "vm/ffi/native_finalizer.h"
#include "vm/ffi/native_memory.h"
#include "vm/platform/process_allocator.h"
#include "vm/values/lists.h"
#include "vm/values/numbers.h"
#include "vm/values/strings.h"
#include "vm/values/typed_data.h"

namespace fart::lang {

namespace {

using ffi::FreeOutcome;
using ffi::NativeFinalizers;
using ffi::NativeKind;
using ffi::NativeType;

// Of the program, where the native was called; empty if nobody is to know.
std::string StackFor(Interpreter& interpreter) {
  constexpr std::size_t kMostFrames = 12;
  if (!ForeignState::Of(interpreter).notes_stacks()) return {};
  return interpreter.ProgramStackText(kMostFrames);
}

// ---- Blocks

// Fields of _ProcessAllocator (lang/lib/ffi/allocator.dart).
constexpr std::uint32_t kAllocatorIsZeroed = FieldOffset(0);

// Puts a Pointer<T> to a new block in place of the allocator in arguments[0]: of `count` bytes, or
// of so many T. False: nothing has happened.
enum class Unit : std::uint8_t { kByte, kValue };
[[gnu::always_inline]] inline bool AllocateQuickly(Interpreter& interpreter, ObjectPtr* arguments,
                                                   Unit unit, std::int64_t count) FART_MAY_COLLECT {
  const ForeignState* const state = ForeignState::IfAny(interpreter);
  if (state == nullptr || state->notes_stacks() || count < 0) return false;
  const TypeArguments* const types = interpreter.TypeArgumentsAsked();
  if (types == nullptr || types->types.size() != 1) return false;
  if (unit == Unit::kValue) {
    const NativeType* const type = state->KnownType(*types->types[0]);
    if (type == nullptr || type->size == 0 ||
        __builtin_mul_overflow(count, static_cast<std::int64_t>(type->size), &count)) {
      return false;
    }
  }
  // The object first: if there is no memory for it, there is nothing to give back.
  const FreshObject fresh = AllocatePointerQuickly(interpreter, *state, types);
  if (fresh.is_null()) return false;
  const NoSafepointScope quiet;
  const bool is_zeroed = *SlotAt(arguments[0], kAllocatorIsZeroed, quiet) == kTrue;
  const ffi::Allocation made = ffi::AllocateNative(static_cast<std::size_t>(count), is_zeroed);
  if (made.address == 0) return false;
  const ObjectPtr pointer = fresh.Get(quiet);
  const auto init = [&](std::uint32_t field, std::uint64_t value) FART_NO_SAFEPOINT_ANALYSIS {
    interpreter.mutator().InitField(pointer, SlotAt(pointer, field, quiet),
                                    ObjectPtr::FromSmi(static_cast<std::int64_t>(value)));
  };
  init(kPointerAddress, made.address);
  init(kPointerOrigin, made.block);
  arguments[0] = pointer;
  return true;
}

// (allocator, count or nothing): so many T, or one.
bool QuickAllocateValues(Interpreter& interpreter, ObjectPtr* arguments) FART_MAY_COLLECT {
  const ObjectPtr given = arguments[1];
  if (!given.IsSmi() && given != kUninitialised) return false;
  return AllocateQuickly(interpreter, arguments, Unit::kValue,
                         given.IsSmi() ? given.SmiValue() : 1);
}

// (allocator, bytes, alignment)
bool QuickAllocateBytes(Interpreter& interpreter, ObjectPtr* arguments) FART_MAY_COLLECT {
  const ObjectPtr size = arguments[1];
  return size.IsSmi() && AllocateQuickly(interpreter, arguments, Unit::kByte, size.SmiValue());
}

// (bytes, whether they are zeroed, a list for the address and the id of the block)
Done Allocate(Interpreter& interpreter, ObjectPtr* arguments, Int64Arg size, BoolArg is_zeroed,
              ListArg) FART_MAY_COLLECT {
  if (size.value < 0) {
    return interpreter.RefuseRange(0, 0, std::numeric_limits<std::int64_t>::max());
  }
  const ffi::Allocation made =
      ffi::AllocateNative(static_cast<std::size_t>(size.value), is_zeroed.value);
  if (made.address == 0) return Answer(arguments, kFalse);
  if (ForeignState::Of(interpreter).notes_stacks()) [[unlikely]] {
    ffi::NoteAllocation(made.block, StackFor(interpreter));
  }
  const NoSafepointScope quiet;
  const ListElements elements = ElementsOf(arguments[2], quiet);
  if (elements.length < 2) return interpreter.Refuse(2, "must have room for two ints");
  elements.first[0] = ObjectPtr::FromSmi(static_cast<std::int64_t>(made.address));
  elements.first[1] = ObjectPtr::FromSmi(static_cast<std::int64_t>(made.block));
  return Answer(arguments, kTrue);
}

// Standard error, behind what the program has printed.
void Warn(const std::string& text) {
  std::fflush(stdout);
  std::fprintf(stderr, "%s\n", text.c_str());
}

struct End {
  const char* what;  // as a program calls it
  const char* done;  // as the history of a block says it
  FreeOutcome (*run)(std::uintptr_t address, ffi::BlockId block);
};
constexpr End kFree = {"free", "Freed", ffi::FreeNative};
constexpr End kDisown = {"disown", "Disowned", ffi::DisownNative};

Done EndBlock(Interpreter& interpreter, ObjectPtr* arguments, const Place& place,
              const End& end) FART_MAY_COLLECT {
  // Made for errors alone: it costs more than the end of a block.
  const auto who = [&] {
    return std::string(end.what) + " of the pointer " + Hex(place.address) + ": ";
  };
  if (place.origin == kTypedDataOrigin) {
    return RaiseState(
        interpreter, arguments,
        std::string(end.what) + ": " + WhyDead(ForeignState::Of(interpreter), place) + ".");
  }
  if (place.origin < 0) {
    return RaiseState(interpreter, arguments, who() + "it comes from a library, not an allocator.");
  }
  if (place.address == 0) return Answer(arguments, kNull);  // As in C.
  const ffi::BlockId block = place.block();
  const ffi::BlockRange range = block == ffi::kNoBlock ? ffi::BlockRange() : ffi::RangeOf(block);
  switch (end.run(place.address, block)) {
    case FreeOutcome::kKept:
    case FreeOutcome::kFreed:
      break;
    case FreeOutcome::kDead:
      return RaiseState(interpreter, arguments,
                        who() + "its memory" +
                            (range.is_known ? ", " + BytesText(range.size) + "," : "") +
                            " has been freed before." + HistoryOf(place));
    case FreeOutcome::kInterior:
    case FreeOutcome::kOutside:
      return RaiseState(interpreter, arguments,
                        who() + "it is not the beginning of its memory, which is at " +
                            Hex(range.address) + ", " + BytesText(range.size) + "." +
                            HistoryOf(place));
  }
  return Answer(arguments, kNull);
}

// Freed, in a checked isolate: notes where, and says so if lists keep it.
Done EndWatchedBlock(Interpreter& interpreter, ObjectPtr* arguments, const Place& place,
                     const End& end) FART_MAY_COLLECT {
  const std::string stack = StackFor(interpreter);
  const bool was_live = place.IsInBlock() && ffi::RangeOf(place.block()).is_live;
  const Done done = EndBlock(interpreter, arguments, place, end);
  if (!was_live || ffi::RangeOf(place.block()).is_live) return done;
  ffi::NoteRelease(place.block(), end.done, stack);
  if (!ffi::IsSeen(place.block())) return done;
  Warn("Native memory: a block of " + BytesText(ffi::RangeOf(place.block()).size) +
       " that has been freed is kept, since a list that asTypedList made of it lives (address " +
       Hex(place.address) + ")." + HistoryOf(place));
  return done;
}

// (allocator, pointer)
bool QuickFree(Interpreter& interpreter, ObjectPtr* arguments) FART_NO_SAFEPOINT_ANALYSIS {
  const ForeignState* const state = ForeignState::IfAny(interpreter);
  QuickPlace place;
  if (state == nullptr || state->notes_stacks() || !FindPlace(*state, arguments[1], &place) ||
      place.block == ffi::kNoBlock) {
    return false;
  }
  const FreeOutcome outcome = ffi::FreeNative(place.address, place.block);
  if (outcome != FreeOutcome::kFreed && outcome != FreeOutcome::kKept) return false;
  arguments[0] = kNull;
  return true;
}

// (allocator, pointer)
Done Free(Interpreter& interpreter, ObjectPtr* arguments, AnyArg,
          PointerArg pointer) FART_MAY_COLLECT {
  if (!ForeignState::Of(interpreter).notes_stacks()) [[likely]]
    return EndBlock(interpreter, arguments, pointer.place, kFree);
  return EndWatchedBlock(interpreter, arguments, pointer.place, kFree);
}

// (allocator, pointer)
Done Disown(Interpreter& interpreter, ObjectPtr* arguments, AnyArg,
            PointerArg pointer) FART_MAY_COLLECT {
  if (!ForeignState::Of(interpreter).notes_stacks()) [[likely]]
    return EndBlock(interpreter, arguments, pointer.place, kDisown);
  return EndWatchedBlock(interpreter, arguments, pointer.place, kDisown);
}

Done NativeFree(Interpreter& interpreter, ObjectPtr* arguments) FART_MAY_COLLECT {
  const ProcessAllocator* const process = ProcessAllocator::Get();
  const auto address = process == nullptr ? 0 : reinterpret_cast<std::uintptr_t>(process->free);
  return AnswerInteger(interpreter, arguments, static_cast<std::int64_t>(address));
}

// ---- Finalizers

// Whether C may be called with a token when an object dies: Void Function(Pointer).
bool IsFinalizerType(Interpreter& interpreter, const TypeEntity* target) {
  if (target == nullptr || target->kind != TypeRef::Kind::kClass || target->arguments == nullptr ||
      target->cls->compiled->name.text != "NativeFunction") {
    return false;
  }
  const TypeEntity& type = *target->arguments->types[0];
  if (type.kind != TypeRef::Kind::kFunction || type.parameter_count() != 1) return false;
  ForeignState& state = ForeignState::Of(interpreter);
  std::string ignored;
  const NativeType* const result = state.NativeTypeOf(*type.result(), &ignored);
  const NativeType* const parameter = state.NativeTypeOf(*type.parameter_type(0), &ignored);
  return result != nullptr && result->kind == NativeKind::kVoid && parameter != nullptr &&
         parameter->kind == NativeKind::kPointer;
}

// The function of the argument, a Pointer. False: it is refused.
bool TakeFunction(Interpreter& interpreter, ObjectPtr* arguments, std::uint32_t which,
                  const Place& place, NativeFinalizers::Function* function) {
  ForeignState& state = ForeignState::Of(interpreter);
  const auto refuse = [&](std::string rule) {
    interpreter.Refuse(which, std::move(rule));
    return false;
  };
  if (!IsFinalizerType(interpreter, TargetOf(interpreter, arguments[which]))) {
    return refuse("must point to a native function 'Void Function(Pointer<Void>)'");
  }
  const std::string why = WhyDead(state, place);
  if (!why.empty()) return refuse("must be valid: " + why);
  if (place.address < kNullPage) return refuse("must not be nullptr: there is no function");
  const auto* const address = reinterpret_cast<const void*>(place.address);
  if (ffi::StubAt(address)) {
    return refuse("must be a function of C: no code of the program may run when an object dies");
  }
  function->run = reinterpret_cast<void (*)(void*)>(place.address);
  function->library = LibraryOf(state, place);
  return true;
}

// The token for the function. False: it is refused.
bool TakeToken(Interpreter& interpreter, std::uint32_t which, const Place& place,
               const NativeFinalizers::Function& function, NativeFinalizers::Token* token) {
  const std::string why = WhyDead(ForeignState::Of(interpreter), place);
  if (!why.empty()) {
    interpreter.Refuse(which, "must be valid: " + why + HistoryInRule(place));
    return false;
  }
  token->address = place.address;
  token->block = place.block();
  const ProcessAllocator* const process = ProcessAllocator::Get();
  if (process == nullptr || function.run != process->free || !place.IsInBlock()) return true;
  const ffi::BlockRange range = ffi::RangeOf(place.block());
  if (place.address == range.address) return true;
  interpreter.Refuse(which, "must be the beginning of the block that is to be freed, which is at " +
                                Hex(range.address) + HistoryInRule(place));
  return false;
}

// (callback): refuses one that no finalizer can have; a number for what will be attached by it.
Done OpenFinalizer(Interpreter& interpreter, ObjectPtr* arguments,
                   PointerArg callback) FART_MAY_COLLECT {
  NativeFinalizers::Function function;
  if (!TakeFunction(interpreter, arguments, 0, callback.place, &function)) return Done::kRefused;
  const std::uint64_t number = ForeignState::Of(interpreter).TakeFinalizerNumber();
  return Answer(arguments, ObjectPtr::FromSmi(static_cast<std::int64_t>(number)));
}

bool HasIdentity(ObjectPtr object) {
  return object.IsHeapObject() && !IsBool(object) && !IsDouble(object) && !IsInteger(object) &&
         !IsString(object);
}

// (number, callback, value, token, detach or null, external size or null, whether the value is
// Finalizable)
Done AttachFinalizer(Interpreter& interpreter, ObjectPtr* arguments, Int64Arg number,
                     PointerArg callback, AnyArg, PointerArg token, AnyArg,
                     OrNull<Int64Arg> external, BoolArg is_finalizable) FART_MAY_COLLECT {
  if (!is_finalizable.value || !HasIdentity(arguments[2])) {
    return interpreter.Refuse(2, "must be Finalizable: an object of a class that implements it");
  }
  NativeFinalizers::Function function;
  if (!TakeFunction(interpreter, arguments, 1, callback.place, &function)) return Done::kRefused;
  NativeFinalizers::Token taken;
  if (!TakeToken(interpreter, 3, token.place, function, &taken)) return Done::kRefused;
  if (!arguments[4].is_null() && !HasIdentity(arguments[4])) {
    return interpreter.Refuse(4, "must be an object with an identity: no number, String or bool");
  }
  constexpr auto kMost = static_cast<std::int64_t>(WeakHandles::kMaxExternal.value());
  if (external.is_given && (external.given.value < 0 || external.given.value > kMost)) {
    return interpreter.RefuseRange(5, 0, kMost);
  }
  const ByteCount size(external.is_given ? static_cast<std::size_t>(external.given.value) : 0);
  const bool is_attached = ForeignState::Of(interpreter)
                               .finalizers()
                               .Attach(static_cast<std::uint64_t>(number.value), function,
                                       Rooted(arguments + 2), taken, Rooted(arguments + 4), size);
  return is_attached ? Answer(arguments, kNull) : OutOfMemory(interpreter);
}

// (number, detach)
Done DetachFinalizer(Interpreter& interpreter, ObjectPtr* arguments, Int64Arg number,
                     AnyArg) FART_MAY_COLLECT {
  if (!HasIdentity(arguments[1])) {
    return interpreter.Refuse(1,
                              "must be an object with an identity: no null, number, String or "
                              "bool");
  }
  ForeignState::Of(interpreter)
      .finalizers()
      .Detach(static_cast<std::uint64_t>(number.value), Rooted(arguments + 1));
  return Answer(arguments, kNull);
}

// ---- Lists over native memory

// False: no list has such elements.
bool ListTypeOf(NativeKind kind, TypedDataType* type) {
  switch (kind) {
    case NativeKind::kInt8:
      *type = TypedDataType::kInt8;
      return true;
    case NativeKind::kUint8:
      *type = TypedDataType::kUint8;
      return true;
    case NativeKind::kInt16:
      *type = TypedDataType::kInt16;
      return true;
    case NativeKind::kUint16:
      *type = TypedDataType::kUint16;
      return true;
    case NativeKind::kInt32:
      *type = TypedDataType::kInt32;
      return true;
    case NativeKind::kUint32:
      *type = TypedDataType::kUint32;
      return true;
    case NativeKind::kInt64:
      *type = TypedDataType::kInt64;
      return true;
    case NativeKind::kUint64:
      *type = TypedDataType::kUint64;
      return true;
    case NativeKind::kFloat:
      *type = TypedDataType::kFloat32;
      return true;
    case NativeKind::kDouble:
      *type = TypedDataType::kFloat64;
      return true;
    default:
      return false;
  }
}

// The place that a list of `length` elements would see. False: *done is the error.
bool MaySee(Interpreter& interpreter, ObjectPtr* arguments, const Place& place,
            const NativeType& element, std::int64_t length, Done* done) FART_MAY_COLLECT {
  if (place.address % element.size != 0 && place.origin != kTypedDataOrigin) {
    *done = interpreter.Refuse(0, "must be aligned: its address, " + Hex(place.address) +
                                      ", is no multiple of " + BytesText(element.size));
    return false;
  }
  const bool is_null = place.address < kNullPage && place.origin == kUnknownOrigin;
  if (is_null && length == 0) return true;
  return MayAccess(interpreter, arguments, place, static_cast<std::uint64_t>(length) * element.size,
                   done);
}

// (pointer, length, finalizer or null, token or null)
Done AsTypedList(Interpreter& interpreter, ObjectPtr* arguments, PointerArg pointer,
                 Int64Arg length, OrNull<PointerArg> finalizer,
                 OrNull<PointerArg> token) FART_MAY_COLLECT {
  Done done = Done::kRefused;
  const NativeType* const element = ElementTypeOf(interpreter, arguments, &done);
  if (element == nullptr) return done;
  TypedDataType type{};
  if (!ListTypeOf(element->kind, &type)) {
    return interpreter.Refuse(0, "must point to numbers, of which there are lists");
  }
  const auto most = static_cast<std::int64_t>(MaxTypedDataLength(type));
  if (length.value < 0 || length.value > most) return interpreter.RefuseRange(1, 0, most);
  const Place& place = pointer.place;
  if (!MaySee(interpreter, arguments, place, *element, length.value, &done)) return done;
  if (token.is_given && !finalizer.is_given) {
    return interpreter.Refuse(3, "must not be given without a finalizer, which it is for");
  }
  NativeFinalizers::Function function;
  NativeFinalizers::Token taken;
  if (finalizer.is_given) {
    if (!TakeFunction(interpreter, arguments, 2, finalizer.given.place, &function) ||
        !TakeToken(interpreter, token.is_given ? 3 : 0, token.is_given ? token.given.place : place,
                   function, &taken)) {
      return Done::kRefused;
    }
  }

  const ByteCount size(static_cast<std::size_t>(length.value) * element->size);
  const FreshObject made =
      NewExternalTypedData(interpreter.mutator(), type, reinterpret_cast<void*>(place.address),
                           static_cast<std::size_t>(length.value));
  if (made.is_null()) return Answer(interpreter, arguments, made);
  {
    const NoSafepointScope quiet;
    arguments[0] = made.Get(quiet);
  }
  const Rooted list(arguments);
  ForeignState& state = ForeignState::Of(interpreter);
  ffi::ForeignLibrary* const library = LibraryOf(state, place);
  if ((place.IsInBlock() && !state.finalizers().KeepBlock(list, place.block())) ||
      (library != nullptr && !state.finalizers().KeepLibrary(list, library))) {
    return OutOfMemory(interpreter);
  }
  const ObjectPtr no_key = kNull;
  if (finalizer.is_given &&
      !state.finalizers().Attach(0, function, list, taken, Rooted(&no_key), size)) {
    return OutOfMemory(interpreter);
  }
  return Done::kResult;
}

// The number of the type of a list of typed data, as dart:typed_data has it; of other lists 0.
Done TypedDataKind(Interpreter&, ObjectPtr* arguments, AnyArg) FART_MAY_COLLECT {
  const ObjectPtr list = arguments[0];
  const bool is_typed = list.IsHeapObject() && IsTypedList(list);
  return Answer(arguments, ObjectPtr::FromSmi(
                               is_typed ? static_cast<std::int64_t>(TypedDataTypeOf(list)) : 0));
}

constexpr IntrinsicEntry kEntries[] = {
    Native<Allocate>("NativeMemory_allocate"),
    QuickWay<QuickAllocateValues, 2>("ProcessAllocator_call"),
    QuickWay<QuickAllocateBytes, 3>("ProcessAllocator_allocate"),
    NativeWithQuickWay<QuickFree, Free>("ProcessAllocator_free"),
    Native<Disown>("ProcessAllocator_disown"),
    Native<NativeFree>("NativeMemory_nativeFree"),
    Native<OpenFinalizer>("NativeFinalizer_open"),
    Native<AttachFinalizer>("NativeFinalizer_attach"),
    Native<DetachFinalizer>("NativeFinalizer_detach"),
    Native<AsTypedList>("Pointer_asTypedList"),
    Native<TypedDataKind>("Ffi_typedDataKind"),
};

}  // namespace

std::span<const IntrinsicEntry> FfiMemoryIntrinsics() { return kEntries; }

}  // namespace fart::lang
