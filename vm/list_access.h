// List access -- lists of every kind by one set of functions: built in, typed, or instances of a
// class of the program that implements List, whose `length`, `[]` and `[]=` are called.
//
// Arguments are slots of the caller's own (rooted.h) where a function may collect: with a list of
// the program anything can happen inside. What the program throws comes back as the error that an
// outcome is; nothing leaves by another way.
//
// Not here: the built-in lists themselves (lists.h, typed_data.h).

#ifndef FART_VM_LIST_ACCESS_H_
#define FART_VM_LIST_ACCESS_H_

#include <cstddef>
#include <cstdint>

#include "heap/base/safepoint.h"
#include "vm/roots/rooted.h"

namespace fart {

class Isolate;

enum class ListKind : std::uint8_t {
  kNone,       // no list
  kBuiltIn,    // lists.h
  kTyped,      // typed data, but not ByteData, which is no list
  kOfProgram,  // an instance of a class that implements List
};

ListKind ListKindOf(Isolate& isolate, Rooted object) FART_MAY_COLLECT;

// The number of elements. Of a list of the program: what its `length` answers, which must be an
// integer from 0 on. An outcome that is no error: *length is set.
Outcome LengthOfList(Isolate& isolate, Rooted list, ListKind kind,
                     std::size_t* length) FART_MAY_COLLECT;

// An element. A list of the program is asked for any index, the others answer one that is not below
// their length with an error.
Outcome ElementOfList(Isolate& isolate, Rooted list, ListKind kind,
                      std::int64_t index) FART_MAY_COLLECT;

// Stores an element; an outcome that is no error is kTrue.
Outcome SetElementOfList(Isolate& isolate, Rooted list, ListKind kind, std::int64_t index,
                         Rooted value) FART_MAY_COLLECT;

// Copies the lowest 8 bits of elements [offset, offset + length), which must be integers, to
// `bytes`. The range must be within the list. On an error bytes may have been written in part.
Outcome CopyBytesOfList(Isolate& isolate, Rooted list, ListKind kind, std::size_t offset,
                        std::size_t length, std::uint8_t* bytes) FART_MAY_COLLECT;

// Stores each of `bytes` as an element, from `offset` on. The range must be within the list. On an
// error elements may have been stored in part.
Outcome StoreBytesInList(Isolate& isolate, Rooted list, ListKind kind, std::size_t offset,
                         std::size_t length, const std::uint8_t* bytes) FART_MAY_COLLECT;

}  // namespace fart

#endif  // FART_VM_LIST_ACCESS_H_
