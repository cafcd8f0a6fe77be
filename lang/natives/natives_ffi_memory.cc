// Natives of dart:ffi: blocks of native memory.

#include <cstdint>
#include <cstdio>
#include <limits>
#include <string>

#include "lang/interpreter/interpreter.h"
#include "lang/natives/arguments.h"
#include "lang/natives/foreign_pointer.h"
#include "lang/natives/foreign_state.h"
#include "lang/natives/natives.h"
#include "lang/natives/quick_foreign.h"
#include "vm/entry/enterable.h"
#include "vm/entry/foreign_frame.h"
#include "vm/ffi/callback_entry.h"
#include "vm/ffi/memory_report.h"
#include "vm/ffi/native_memory.h"
#include "vm/platform/native_stack.h"
#include "vm/platform/process_allocator.h"
#include "vm/values/lists.h"
#include "vm/values/numbers.h"

namespace fart::lang {

namespace {

using ffi::FreeOutcome;
using ffi::NativeType;

// Of the program, where the native was called, and of the C that it was called through; empty if
// nobody is to know.
std::string StackFor(Interpreter& interpreter) {
  constexpr std::size_t kMostFrames = 12;
  if (!ForeignState::Of(interpreter).notes_stacks()) return {};
  const ForeignFrame* outermost = nullptr;
  for (const ForeignFrame* frame = interpreter.isolate().innermost_foreign_frame();
       frame != nullptr; frame = frame->previous()) {
    if (frame->thread() == Enterable::ThisThread()) outermost = frame;
  }
  std::string text = interpreter.ProgramStackText(kMostFrames);
  const bool is_of_c = ffi::IsThreadOfC();  // All the way from its start.
  if (is_of_c) outermost = nullptr;
  if (outermost != nullptr || is_of_c) text += NativeStackText(outermost, kMostFrames);
  return text;
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
  // Of what C has allocated no more is known than where nothing can lie: free() would end the
  // process.
  constexpr std::uintptr_t kLeastAlignment = 8;
  if (!place.IsInBlock() && (!CanBeMemory(place) || place.address % kLeastAlignment != 0)) {
    return RaiseState(interpreter, arguments, who() + "no allocator has given that address.");
  }
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

constexpr IntrinsicEntry kEntries[] = {
    Native<Allocate>("NativeMemory_allocate"),
    QuickWay<QuickAllocateValues, 2>("ProcessAllocator_call"),
    QuickWay<QuickAllocateBytes, 3>("ProcessAllocator_allocate"),
    NativeWithQuickWay<QuickFree, Free>("ProcessAllocator_free"),
    Native<Disown>("ProcessAllocator_disown"),
    Native<NativeFree>("NativeMemory_nativeFree"),
};

}  // namespace

std::span<const IntrinsicEntry> FfiMemoryIntrinsics() { return kEntries; }

}  // namespace fart::lang
