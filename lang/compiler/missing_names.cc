#include "lang/compiler/missing_names.h"

#include <algorithm>

namespace fart::lang {

namespace {

using NamesAndUri = std::pair<std::string_view, std::string_view>;

constexpr NamesAndUri kNamesOfOthers[] = {
    {"E LN2 LN10 PI SQRT2 Point MutableRectangle Random Rectangle acos asin atan atan2 cos exp log "
     "max min pow sin sqrt tan",
     "dart:math"},
    {"ASCII BASE64 Base64Codec Codec Converter Encoding HTML_ESCAPE HtmlEscape JSON JsonDecoder "
     "JsonEncoder LATIN1 LineSplitter UTF8 Utf8Decoder Utf8Encoder ascii base64 json jsonDecode "
     "jsonEncode latin1 utf8",
     "dart:convert"},
    {"DoubleLinkedQueue HashMap HashSet IterableBase IterableMixin LinkedHashMap LinkedHashSet "
     "LinkedList LinkedListEntry ListBase ListMixin ListQueue MapBase MapMixin Queue SetBase "
     "SetMixin SplayTreeMap SplayTreeSet UnmodifiableListView UnmodifiableMapView",
     "dart:collection"},
    {"ByteBuffer ByteData Endian Endianness Float32List Float32x4 Float32x4List Float64List "
     "Float64x2 Float64x2List Int16List Int32List Int32x4 Int32x4List Int64List Int8List TypedData "
     "Uint16List Uint32List Uint64List Uint8ClampedList Uint8List UnmodifiableByteBufferView "
     "UnmodifiableByteDataView UnmodifiableFloat32ListView UnmodifiableFloat32x4ListView "
     "UnmodifiableFloat64ListView UnmodifiableFloat64x2ListView UnmodifiableInt16ListView "
     "UnmodifiableInt32ListView UnmodifiableInt32x4ListView UnmodifiableInt64ListView "
     "UnmodifiableInt8ListView UnmodifiableUint16ListView UnmodifiableUint32ListView "
     "UnmodifiableUint64ListView UnmodifiableUint8ClampedListView UnmodifiableUint8ListView",
     "dart:typed_data"},
    {"Directory File FileMode Link Platform Process exit exitCode sleep stderr stdin stdout",
     "dart:io"},
    {"Abi AbiSpecificInteger AbiSpecificIntegerMapping Allocator Array Bool Char DefaultAsset "
     "Double DynamicLibrary Finalizable Float Handle Int Int16 Int32 Int64 Int8 IntPtr Long "
     "LongLong "
     "Native NativeApi NativeCallable NativeFinalizer NativeFunction NativeType Opaque Packed "
     "Pointer Short SignedChar Size SizedNativeType Struct Uint16 Uint32 Uint64 Uint8 UintPtr "
     "Union "
     "UnsignedChar UnsignedInt UnsignedLong UnsignedLongLong UnsignedShort VarArgs Void WChar "
     "nullptr sizeOf",
     "dart:ffi"},
};

bool HasWord(std::string_view words, std::string_view word) {
  while (!words.empty()) {
    const std::size_t end = words.find(' ');
    if (words.substr(0, end) == word) return true;
    words = end == std::string_view::npos ? std::string_view() : words.substr(end + 1);
  }
  return false;
}

// Of those listed above constants are written in capitals, and functions begin with a small letter.
bool IsNameOfType(std::string_view name) {
  const auto is_small = [](char c) { return c >= 'a' && c <= 'z'; };
  return !is_small(name.front()) && std::any_of(name.begin(), name.end(), is_small);
}

std::string LibraryOf(const LibrarySet& set, const std::string& name, Wanted wanted) {
  for (int i = 0; i < static_cast<int>(set.size()); ++i) {
    if (!set.Has(i)) continue;
    const std::string& uri = set.library(i).uri;
    const bool is_candidate = uri.starts_with("dart:") && uri.find('_') == std::string::npos;
    const LibrarySource& source = set.source(i);
    const NameScope& seen = i == set.core() ? source.unasked : source.exported;
    const Entity* const found = is_candidate ? seen.Find(name) : nullptr;
    if (found == nullptr) continue;
    const bool is_type =
        found->kind == Entity::Kind::kClass || found->kind == Entity::Kind::kTypedef;
    if (is_type || wanted == Wanted::kAnything) return uri;
  }
  if (wanted == Wanted::kType && !IsNameOfType(name)) return "";
  for (const auto& [names, uri] : kNamesOfOthers) {
    if (HasWord(names, name)) return std::string(uri);
  }
  return "";
}

}  // namespace

std::span<const NamesAndUri> NamesOfOthers() { return kNamesOfOthers; }

std::string EndOfMissing(const LibrarySet& set, const std::string& name, Wanted wanted) {
  const std::string uri = LibraryOf(set, name, wanted);
  if (uri.empty()) return ".";
  return ". The library '" + uri + "' has it: write \"import '" + uri + "';\" above.";
}

}  // namespace fart::lang
