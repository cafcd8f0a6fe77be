// The bytes of a message.
//
//   message := node count (8 bytes), root value, nodes
//   value   := ValueTag (1 byte) and what it needs: zigzag varint, 8 bytes of a double, node
//   number,
//              types
//   types   := number (at its first use: text), of type arguments; only where an instance has them
//   node    := NodeKind (1 byte) and its parts, in the order of MessageNode's comments
//
// A node is numbered by its place among the nodes and may be named before it comes, so that cycles
// and sharing need nothing more, and both ends work without recursion. Scalars are values, never
// nodes: nobody can tell whether two of them were one. Varints are LEB128; what is wider than a
// byte is aligned and in the machine's order, because a message never leaves the process.
//
// Invariants
//   VG-M3 identity  a node of a kind that has an identity hash carries it: whatever was filed under
//                   it (in a map, say) is found again in the copy.

#ifndef FART_VM_MESSAGE_MESSAGE_FORMAT_H_
#define FART_VM_MESSAGE_MESSAGE_FORMAT_H_

#include <cstdint>

namespace fart {

enum class ValueTag : std::uint8_t { kNull, kFalse, kTrue, kInteger, kDouble, kNode, kTypes };
inline constexpr std::uint8_t kValueTags = 7;

enum class NodeKind : std::uint8_t {
  kLatin1String,       // length in units, units
  kUtf16String,        // length in units, units
  kBigInteger,         // sign (1 byte), length in limbs of 64 bits, least first; limbs
  kArray,              // hash, length, values
  kImmutableArray,     // hash, length, values
  kGrowableList,       // hash, length, values
  kTypedData,          // hash, element type (1 byte), length in bytes, bytes
  kExternalTypedData,  // element type (1 byte), number of the payload
  kTypedDataView,      // hash, element type (1 byte), node of the data, offset in bytes, length in
                       // bytes
  kByteBuffer,         // hash, node of the data
  kSendPort,           // hash, id, origin id (8 bytes each)
  kCapability,         // hash, id (8 bytes)
  kNativePointer,      // number of the payload
  kInstance,           // hash, class number (at its first use: library URL, name, field count,
                       // layout), values of the fields
  kTypedGrowableList,  // types, hash, length, values. MessageReader answers kGrowableList.
  kFunction,           // library URL, name: the receiver's own
  kTypedArray,         // types, hash, length, values. MessageReader answers kArray,
  kTypedImmutableArray,  // and kImmutableArray.
  kType,                 // text: the receiver's own
};
inline constexpr std::uint8_t kNodeKinds = 19;

// What the bytes of typed data are aligned to, counted from the message's beginning.
inline constexpr std::uint8_t kMessageDataAlignment = 16;

}  // namespace fart

#endif  // FART_VM_MESSAGE_MESSAGE_FORMAT_H_
