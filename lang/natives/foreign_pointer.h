// Pointers of dart:ffi as natives see them: where one points, what is known of that place, and
// whether it may be used.
//
// A Pointer's fields are known here by their order (lang/lib/ffi/pointer.dart). Its origin says
// where the address comes from, and so what can be checked: a block of the table of native memory,
// a library that was opened here, typed data of the program, or nowhere that anybody knows.
//
// Not here: types and values (natives_ffi.h).

#ifndef FART_LANG_NATIVES_FOREIGN_POINTER_H_
#define FART_LANG_NATIVES_FOREIGN_POINTER_H_

#include <cstdint>
#include <string>

#include "lang/interpreter/interpreter.h"
#include "lang/linker/layout.h"
#include "lang/natives/arguments.h"
#include "lang/natives/foreign_state.h"
#include "lang/natives/natives.h"
#include "vm/ffi/native_memory.h"
#include "vm/values/numbers.h"

namespace fart::lang {

inline constexpr std::uint32_t kPointerAddress = FieldOffset(0);
inline constexpr std::uint32_t kPointerOrigin = FieldOffset(1);
inline constexpr std::uint32_t kPointerKeeper = FieldOffset(2);
inline constexpr std::uint32_t kPointerTypes = FieldOffset(3);  // Class::types_offset

// Nothing lies in the first page: an address there is null and a field's offset. Nor does memory of
// a program lie beyond 56 bits, on either machine.
inline constexpr std::uint64_t kNullPage = 4096;
inline constexpr std::uint64_t kMemoryEnd = std::uint64_t{1} << 56;

// > 0: the id of a block; < 0: of library number -1 - origin; 0: unknown. Of kTypedDataOrigin the
// address is an offset in the keeper, typed data that may move: it is an address in calls only.
inline constexpr std::int64_t kUnknownOrigin = 0;
inline constexpr std::int64_t kTypedDataOrigin = -(std::int64_t{1} << 40);
inline std::int64_t OriginOfLibrary(std::uint32_t library) { return -1 - std::int64_t{library}; }

struct Place {
  std::uint64_t address = 0;
  std::int64_t origin = kUnknownOrigin;

  bool IsInBlock() const { return origin > 0; }
  ffi::BlockId block() const {
    return IsInBlock() ? static_cast<ffi::BlockId>(origin) : ffi::kNoBlock;
  }
};

// Not so of null, of the first page and of what no machine of ours has. Typed data may be anywhere.
inline bool CanBeMemory(const Place& place) {
  return place.address - kNullPage < kMemoryEnd - kNullPage || place.origin == kTypedDataOrigin;
}

inline bool IsPointer(Interpreter& interpreter, ObjectPtr object) {
  if (!object.IsHeapObject()) return false;
  return ForeignState::Of(interpreter).IsPointerClass(*interpreter.ClassOf(object));
}

inline Place PlaceOf(ObjectPtr pointer, const NoSafepointScope& quiet) {
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

// "0x12ab", "1 byte", "2 bytes"
std::string Hex(std::uint64_t value);
std::string BytesText(std::uint64_t size);

Done RaiseState(Interpreter& interpreter, ObjectPtr* arguments,
                const std::string& message) FART_MAY_COLLECT;

// The library that the place lies in, if it is one of this isolate's; else null.
ffi::ForeignLibrary* LibraryOf(ForeignState& state, const Place& place);

// What is wrong with using the place, apart from bounds, without a stop at the end; empty: nothing
// that is known.
std::string WhyDead(ForeignState& state, const Place& place);
// What goes on behind a sentence about the place: where its block was allocated and freed, if that
// is known; else empty.
std::string HistoryOf(const Place& place);
// The same in a rule that an argument is refused by, which is a line.
std::string HistoryInRule(const Place& place);

// Whether `size` bytes there may be accessed. Otherwise *done is the error: argument 0 is the
// pointer.
bool MayAccess(Interpreter& interpreter, ObjectPtr* arguments, const Place& place,
               std::uint64_t size, Done* done) FART_MAY_COLLECT;

}  // namespace fart::lang

#endif  // FART_LANG_NATIVES_FOREIGN_POINTER_H_
