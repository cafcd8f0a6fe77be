// FfiMachine -- the program that bytes stand for, and what it has to come to.

#include <array>
#include <bit>
#include <cstdio>
#include <optional>
#include <vector>

#include "fuzz/byte_program.h"
#include "fuzz/ffi_machine.h"

namespace fart::fuzz {
namespace {

enum class Kind : std::uint8_t { kSigned, kUnsigned, kFloat, kDouble, kBool, kPointer, kVoid };

struct Type {
  const char* native;
  Kind kind;
  std::size_t size;
};
constexpr Type kTypes[] = {
    {"Int8", Kind::kSigned, 1},       {"Uint8", Kind::kUnsigned, 1},
    {"Int16", Kind::kSigned, 2},      {"Uint16", Kind::kUnsigned, 2},
    {"Int32", Kind::kSigned, 4},      {"Uint32", Kind::kUnsigned, 4},
    {"Int64", Kind::kSigned, 8},      {"Uint64", Kind::kUnsigned, 8},
    {"Float", Kind::kFloat, 4},       {"Double", Kind::kDouble, 8},
    {"Bool", Kind::kBool, 1},         {"Pointer<Int16>", Kind::kPointer, 8},
    {"SignedChar", Kind::kSigned, 1}, {"UnsignedChar", Kind::kUnsigned, 1},
    {"Short", Kind::kSigned, 2},      {"UnsignedShort", Kind::kUnsigned, 2},
    {"Int", Kind::kSigned, 4},        {"UnsignedInt", Kind::kUnsigned, 4},
    {"Long", Kind::kSigned, 8},       {"UnsignedLong", Kind::kUnsigned, 8},
    {"LongLong", Kind::kSigned, 8},   {"UnsignedLongLong", Kind::kUnsigned, 8},
    {"Size", Kind::kUnsigned, 8},     {"IntPtr", Kind::kSigned, 8},
};
constexpr Type kVoid = {"Void", Kind::kVoid, 0};

const char* DartOf(const Type& type) {
  switch (type.kind) {
    case Kind::kSigned:
    case Kind::kUnsigned:
      return "int";
    case Kind::kFloat:
    case Kind::kDouble:
      return "double";
    case Kind::kBool:
      return "bool";
    case Kind::kPointer:
      return "Pointer";
    case Kind::kVoid:
      break;
  }
  return "void";
}

constexpr std::int64_t kInts[] = {
    0,          1,           -1,        2,          127,        128,
    -128,       -129,        255,       256,        32767,      32768,
    -32769,     65535,       65536,     0x7fffffff, 0x80000000, -0x80000001LL,
    0xffffffff, 0x100000000, 1LL << 61, 1LL << 62,  INT64_MAX,  INT64_MIN};
constexpr double kDoubles[] = {0.0, -0.0, 0.5, -1.5, 2.0, 1e300, -1e300, 5e-324, 0.1, 16777217.0};

// What fits in the types of C, as C converts it.
std::int64_t Converted(const Type& type, std::int64_t value) {
  if (type.size == 8) return value;
  const auto bits = static_cast<int>(8 * type.size);
  const std::uint64_t low = static_cast<std::uint64_t>(value) & ((std::uint64_t{1} << bits) - 1);
  const bool is_negative = type.kind == Kind::kSigned && (low >> (bits - 1)) != 0;
  return static_cast<std::int64_t>(is_negative ? low | ~std::uint64_t{0} << bits : low);
}

std::string TextOf(std::int64_t value) { return "(" + std::to_string(value) + ")"; }
std::string TextOf(double value) {
  if (value != value) return "(0.0 / 0.0)";
  if (value - value != 0) return value > 0 ? "(1.0 / 0.0)" : "(-1.0 / 0.0)";
  std::array<char, 64> text;
  std::snprintf(text.data(), text.size(), "(%.17e)", value);
  return text.data();
}

constexpr char kPrelude[] = R"(
import 'dart:ffi';
import 'package:ffi/ffi.dart';

var problem = "";
var step = 0;
var got;

void note(what) {
  if (problem == "") problem = "step $step: $what";
}
bool same(a, b) {
  if (a is List && b is List) {
    if (a.length != b.length) return false;
    for (var i = 0; i < a.length; i++) {
      if (!same(a[i], b[i])) return false;
    }
    return true;
  }
  if (a is double && b is double) {
    return a.isNaN && b.isNaN || a == b && a.isNegative == b.isNegative;
  }
  if (a is double || b is double) return false;
  return a == b;
}
String kindOf(e, kind) {
  if (kind == "" && (e is ArgumentError || e is StateError)) return kind;
  if (e is RangeError) return "RangeError";
  if (e is ArgumentError) return "ArgumentError";
  if (e is StateError) return "StateError";
  if (e is UnsupportedError) return "UnsupportedError";
  return "$e";
}
void value(f, expected) {
  try {
    var found = f();
    if (!same(found, expected)) note("came to $found, not to $expected");
  } catch (e) {
    note("threw $e, not $expected");
  }
}
void error(f, kind) {
  try {
    note("came to ${f()}, not to $kind");
  } catch (e) {
    "$e".length;
    if (kindOf(e, kind) != kind) note("threw $e, not $kind");
  }
}
void any(f) {
  try {
    "${f()}";
  } catch (e) {
    "$e".length;
    if (e is! ArgumentError && e is! StateError && e is! UnsupportedError && e is! FormatException) note("threw $e");
  }
}
final process = DynamicLibrary.process();
final fill = process.lookupFunction<Pointer<Void> Function(Pointer<Void>, Int, Size),
    Pointer<Void> Function(Pointer<Void>, int, int)>('memset');
final fillLeaf = process.lookupFunction<Pointer<Void> Function(Pointer<Void>, Int, Size),
    Pointer<Void> Function(Pointer<Void>, int, int)>('memset', isLeaf: true);
)";

class Writer {
 public:
  Writer(const std::uint8_t* bytes, std::size_t size) : bytes_(bytes, size) {}

  std::string Write() {
    for (std::size_t i = 0; i < kPointers; ++i) Declare(i);
    const std::size_t signatures = 1 + bytes_.Below(3);
    for (std::size_t i = 0; i < signatures; ++i) WriteSignature();
    for (std::size_t i = 0; i < kMostSteps && !bytes_.AtEnd(); ++i) Step();
    for (std::size_t i = 0; i < callables_; ++i) Add("c" + std::to_string(i) + ".close(); null;");
    // Whatever is left: by the pointer that it was allocated for.
    for (const Block& block : blocks_) {
      if (block.is_live) Add("value(() => malloc.free(" + block.name + "), null);");
    }
    std::string text = kPrelude + declarations_ + functions_ + "String run() {\n";
    for (std::size_t i = 0; i < count_; ++i) {
      text += "  step = " + std::to_string(i) + ";\n  step" + std::to_string(i) + "();\n";
    }
    return text + "  return problem;\n}\nvoid main() {\n  print(run());\n}\n";
  }

 private:
  static constexpr std::size_t kPointers = 8;
  static constexpr std::size_t kMostSteps = 60;
  static constexpr int kNull = -1;
  static constexpr int kForeign = -2;  // Nobody knows where it points.

  struct Block {
    std::string name;  // A variable that nothing else is assigned to.
    bool is_live = true;
    std::vector<std::uint8_t> bytes;
    std::vector<bool> known;
  };
  struct Pointer {
    int block = kNull;
    std::uint64_t offset = 0;
    const Type* type = &kVoid;
  };
  struct Signature {
    std::vector<const Type*> parameters;
    const Type* result = &kVoid;
  };

  static std::string Name(std::size_t pointer) { return "p" + std::to_string(pointer); }
  void Declare(std::size_t pointer) {
    declarations_ += "Pointer " + Name(pointer) + " = nullptr.cast<Void>();\n";
  }
  void Add(const std::string& body) {
    functions_ += "void step" + std::to_string(count_++) + "() {\n  " + body + "\n}\n";
  }
  void AddValue(const std::string& what, const std::string& expected) {
    Add("value(() => " + what + ", " + expected + ");");
  }
  // An empty kind: one of them.
  void AddError(const std::string& what, const char* kind) {
    Add("error(() => " + what + ", \"" + kind + "\");");
  }
  // An assignment, which comes to nothing else.
  void AddAssignment(const std::string& name, const std::string& what) {
    Add("value(() { " + name + " = " + what + "; return 0; }, 0);");
  }

  const Type& AnyType() { return kTypes[bytes_.Below(std::size(kTypes))]; }
  std::size_t AnyPointer() { return bytes_.Below(kPointers); }
  std::int64_t AnyInt() {
    const std::size_t which = bytes_.Below(std::size(kInts) + 8);
    return which < std::size(kInts) ? kInts[which] : static_cast<std::int64_t>(bytes_.Word());
  }
  double AnyDouble() {
    const std::size_t which = bytes_.Below(std::size(kDoubles) + 6);
    return which < std::size(kDoubles) ? kDoubles[which] : std::bit_cast<double>(bytes_.Word());
  }

  // A value for a type: what a program writes, and what it reads where that has been. The bytes of
  // it, unless only the program knows them.
  struct Value {
    std::string written;
    std::string read;
    std::optional<std::uint64_t> word;
  };
  Value AnyValue(const Type& type) {
    switch (type.kind) {
      case Kind::kSigned:
      case Kind::kUnsigned: {
        const std::int64_t value = AnyInt();
        const std::int64_t read = Converted(type, value);
        return {TextOf(value), TextOf(read), static_cast<std::uint64_t>(read)};
      }
      case Kind::kFloat: {
        const double value = AnyDouble();
        const auto narrow = static_cast<float>(value);
        return {TextOf(value), TextOf(static_cast<double>(narrow)),
                value != value
                    ? std::nullopt
                    : std::optional<std::uint64_t>(std::bit_cast<std::uint32_t>(narrow))};
      }
      case Kind::kDouble: {
        const double value = AnyDouble();
        return {TextOf(value), TextOf(value),
                value != value ? std::nullopt : std::optional(std::bit_cast<std::uint64_t>(value))};
      }
      case Kind::kBool: {
        const bool value = bytes_.Below(2) != 0;
        const char* const text = value ? "true" : "false";
        return {text, text, value ? 1 : 0};
      }
      case Kind::kPointer: {
        const std::string name = Name(AnyPointer());
        return {name, name, std::nullopt};
      }
      case Kind::kVoid:
        break;
    }
    return {"null", "null", std::nullopt};
  }
  // No value of that type.
  std::string WrongValue(const Type& type) {
    switch (bytes_.Below(4)) {
      case 0:
        return "null";
      case 1:
        return "\"text\"";
      case 2:
        return type.kind == Kind::kBool ? "1" : "true";
      default:
        return type.kind == Kind::kPointer ? "4096" : "[1]";
    }
  }

  void Step() {
    switch (bytes_.Below(12)) {
      case 0:
      case 1:
        return Allocate();
      case 2:
        return Derive();
      case 3:
      case 4:
        return Access(true);
      case 5:
      case 6:
        return Access(false);
      case 7:
        return Free();
      case 8:
      case 9:
        return Call();
      case 10:
        return Fill();
      default:
        return Odd();
    }
  }

  void Allocate() {
    const std::size_t to = AnyPointer();
    const Type& type = AnyType();
    const std::size_t count = bytes_.Below(6);
    const bool is_zeroed = bytes_.Below(2) != 0;
    Block block;
    block.name = "b" + std::to_string(blocks_.size());
    block.bytes.assign(count * type.size, 0);
    block.known.assign(count * type.size, is_zeroed);
    declarations_ += "Pointer " + block.name + ";\n";
    const std::string allocator = is_zeroed ? "calloc" : "malloc";
    const std::string of_type = "<" + std::string(type.native) + ">";
    const std::string how =
        bytes_.Below(2) != 0
            ? allocator + of_type + "(" + std::to_string(count) + ")"
            : allocator + ".allocate" + of_type + "(" + std::to_string(count * type.size) + ")";
    if (bytes_.Below(8) == 0) {  // In an arena, which has ended when anybody uses it.
      block.is_live = false;
      Add("using((arena) { " + block.name + " = " + Name(to) + " = arena" + of_type + "(" +
          std::to_string(count) + "); });");
    } else {
      AddAssignment(block.name + " = " + Name(to), how);
    }
    pointers_[to] = {static_cast<int>(blocks_.size()), 0, &type};
    blocks_.push_back(std::move(block));
  }

  void Derive() {
    const std::size_t to = AnyPointer();
    const std::size_t from = AnyPointer();
    Pointer made = pointers_[from];
    std::string what = Name(from);
    const std::size_t how = bytes_.Below(5);
    if (how == 0) {
      made.type = &AnyType();
      what += std::string(".cast<") + made.type->native + ">()";
    } else if (how == 1) {
      made.type = &kVoid;
      what += ".cast<Void>()";
    } else {
      const std::int64_t by =
          bytes_.Below(8) == 0 ? AnyInt() : static_cast<std::int64_t>(bytes_.Below(9)) - 3;
      constexpr const char* kWays[] = {" + ", " - ", ".elementAt"};
      what += kWays[how - 2] + TextOf(by);
      if (made.type->kind == Kind::kVoid) {
        return AddError(what, "UnsupportedError");
      }
      const std::uint64_t moved = static_cast<std::uint64_t>(by) * made.type->size;
      made.offset = how == 3 ? made.offset - moved : made.offset + moved;
    }
    if (made.block == kNull && made.offset != 0) made.block = kForeign;
    AddAssignment(Name(to), what);
    pointers_[to] = made;
  }

  // What an access comes to; null: all is well.
  const char* WhyNot(const Pointer& pointer, std::int64_t index, std::size_t* at) {
    if (pointer.type->kind == Kind::kVoid) return "ArgumentError";
    std::int64_t by = 0;
    const auto size = static_cast<std::int64_t>(pointer.type->size);
    if (__builtin_mul_overflow(index, size, &by)) return "ArgumentError";
    if (pointer.block == kNull) {
      // What else is on the first page, or not, is nobody's: it is not accessed.
      return "ArgumentError";
    }
    const Block& block = blocks_[static_cast<std::size_t>(pointer.block)];
    const std::uint64_t offset = pointer.offset + static_cast<std::uint64_t>(by);
    // So far away that it may be where no memory is: that comes first.
    const auto distance = static_cast<std::int64_t>(offset);
    if (distance < -(1LL << 15) || distance > 1LL << 50) return "";
    if (!block.is_live) return "StateError";
    if (offset > block.bytes.size() || block.bytes.size() - offset < pointer.type->size) {
      return "RangeError";
    }
    *at = offset;
    return nullptr;
  }

  void Access(bool is_store) {
    const std::size_t which = AnyPointer();
    const Pointer pointer = pointers_[which];
    const bool is_plain = bytes_.Below(3) == 0;
    std::int64_t index = 0;
    if (!is_plain) {
      index = bytes_.Below(16) == 0 ? AnyInt() : static_cast<std::int64_t>(bytes_.Below(8)) - 1;
    }
    if (pointer.block == kForeign) return;
    if (pointer.block == kNull && index != 0) return;
    const std::string place = Name(which) + (is_plain ? ".value" : "[" + TextOf(index) + "]");
    std::size_t at = 0;
    const char* const why_not = WhyNot(pointer, index, &at);
    const Type& type = *pointer.type;
    if (!is_store) {
      if (why_not != nullptr) return AddError(place, why_not);
      return AddValue(place, ReadAt(pointer, at, place));
    }
    const bool is_wrong = bytes_.Below(8) == 0 && type.kind != Kind::kVoid;
    if (is_wrong) {
      return AddError("(" + place + " = " + WrongValue(type) + ")",
                      why_not != nullptr ? why_not : "ArgumentError");
    }
    const Value value = AnyValue(type);
    const std::string store = "(" + place + " = " + value.written + ")";
    if (why_not != nullptr) return AddError(store, why_not);
    Block& block = blocks_[static_cast<std::size_t>(pointer.block)];
    for (std::size_t i = 0; i < type.size; ++i) {
      block.known[at + i] = value.word.has_value();
      if (value.word) block.bytes[at + i] = static_cast<std::uint8_t>(*value.word >> (8 * i));
    }
    Add("value(() { " + store + "; return " + place + "; }, " + value.read + ");");
  }

  // What is read there: of bytes that nobody has written, whatever is.
  std::string ReadAt(const Pointer& pointer, std::size_t at, const std::string& place) {
    const Block& block = blocks_[static_cast<std::size_t>(pointer.block)];
    const Type& type = *pointer.type;
    std::uint64_t word = 0;
    for (std::size_t i = 0; i < type.size; ++i) {
      if (!block.known[at + i]) return place;
      word |= std::uint64_t{block.bytes[at + i]} << (8 * i);
    }
    switch (type.kind) {
      case Kind::kSigned:
      case Kind::kUnsigned:
        return TextOf(Converted(type, static_cast<std::int64_t>(word)));
      case Kind::kFloat:
        return TextOf(static_cast<double>(std::bit_cast<float>(static_cast<std::uint32_t>(word))));
      case Kind::kDouble:
        return TextOf(std::bit_cast<double>(word));
      case Kind::kBool:
        return (word & 0xff) != 0 ? "true" : "false";
      case Kind::kPointer:
      case Kind::kVoid:
        break;
    }
    return place;
  }

  void Free() {
    const std::size_t which = AnyPointer();
    const Pointer pointer = pointers_[which];
    if (pointer.block == kForeign) return;
    const std::string what =
        std::string(bytes_.Below(2) != 0 ? "malloc" : "calloc") + ".free(" + Name(which) + ")";
    if (pointer.block == kNull) return AddValue(what, "null");
    Block& block = blocks_[static_cast<std::size_t>(pointer.block)];
    if (!block.is_live || pointer.offset != 0) return AddError(what, "StateError");
    block.is_live = false;
    AddValue(what, "null");
  }

  // Bytes that C writes.
  void Fill() {
    const std::size_t which = AnyPointer();
    const Pointer pointer = pointers_[which];
    const std::string function = bytes_.Below(2) != 0 ? "fill" : "fillLeaf";
    const std::size_t byte = bytes_.Byte();
    if (pointer.block < 0) return;
    Block& block = blocks_[static_cast<std::size_t>(pointer.block)];
    const auto call = [&](std::size_t count) {
      return function + "(" + Name(which) + ", " + std::to_string(byte) + ", " +
             std::to_string(count) + ")";
    };
    if (!block.is_live) return AddError(call(1), "ArgumentError");
    if (pointer.offset > block.bytes.size()) return;
    const std::size_t count = bytes_.Below(block.bytes.size() - pointer.offset + 1);
    for (std::size_t i = 0; i < count; ++i) {
      block.known[pointer.offset + i] = true;
      block.bytes[pointer.offset + i] = static_cast<std::uint8_t>(byte);
    }
    AddValue(call(count), Name(which));
  }

  // What has no outcome of its own, but must not end the process.
  void Odd() {
    const std::size_t which = AnyPointer();
    const std::string name = Name(which);
    switch (bytes_.Below(8)) {
      case 0:
        return AddValue("new Pointer<Int8>.fromAddress(" + name + ".address) == " + name + " || " +
                            name + ".address < 0 || " + name + ".address >> 62 != 0",
                        "true");
      case 1:
        return AddValue(name + ".toString().substring(0, 19)", "\"Pointer: address=0x\"");
      case 2:
        return AddValue(name + ".hashCode == " + name + ".cast<Double>().hashCode", "true");
      case 3:
        if (pointers_[which].block == kForeign) return;
        return Add("any(() => " + name + ".cast<Utf8>().toDartString());");
      case 4:
        if (pointers_[which].block == kForeign) return;
        return Add("any(() => " + name + ".cast<Utf16>().length);");
      case 5:
        return AddError("malloc.allocate<Int8>(" +
                            TextOf(-1 - static_cast<std::int64_t>(bytes_.Below(100))) + ")",
                        "RangeError");
      case 6:
        if (IsDead(name)) return;
        return AddError(
            name + ".cast<NativeFunction<Int32 Function(Void)>>()" + ".asFunction<Function>()",
            "ArgumentError");
      default:
        return AddError("calloc<Double>(1 << 61)", "RangeError");
    }
  }

  // ---- Functions: one of the program for each signature, which C calls and the program calls by
  // way of C.

  void WriteSignature() {
    Signature signature;
    const std::size_t count = bytes_.Below(14);
    for (std::size_t i = 0; i < count; ++i) signature.parameters.push_back(&AnyType());
    signature.result = bytes_.Below(6) == 0 ? &kVoid : &AnyType();
    const std::string number = std::to_string(signatures_.size());
    std::string native = std::string(signature.result->native) + " Function(";
    std::string called = std::string(DartOf(*signature.result)) + " Function(";
    std::string parameters;
    std::string list;
    for (std::size_t i = 0; i < count; ++i) {
      const char* const comma = i == 0 ? "" : ", ";
      const Type& type = *signature.parameters[i];
      native += std::string(comma) + type.native;
      called += std::string(comma) + DartOf(type);
      parameters += std::string(comma) + DartOf(type) + " a" + std::to_string(i);
      list += std::string(comma) + "a" + std::to_string(i);
    }
    declarations_ += "typedef N" + number + " = " + native + ");\ntypedef D" + number + " = " +
                     called + ");\nvar answer" + number + ";\n";
    declarations_ += "f" + number + "(" + parameters + ") {\n  got = [" + list +
                     "];\n  if (answer" + number + " is List) throw \"thrown\";\n  return answer" +
                     number + ";\n}\n";
    const bool has_nothing =
        signature.result->kind == Kind::kVoid || signature.result->kind == Kind::kPointer;
    std::string exceptional = has_nothing ? "" : ", 0";
    if (signature.result->kind == Kind::kBool) exceptional = ", false";
    const std::string made = "Pointer.fromFunction<N" + number + ">(f" + number + exceptional + ")";
    std::string named = has_nothing ? "" : ", exceptionalReturn: " + exceptional.substr(2);
    declarations_ += "final D" + number + " s" + number + " = " + made + ".asFunction();\n";
    declarations_ += "final c" + number + " = NativeCallable<N" + number + ">.isolateLocal(f" +
                     number + named + ", onError: CallbackError.rethrowAtReturn);\n";
    declarations_ +=
        "final D" + number + " n" + number + " = c" + number + ".nativeFunction.asFunction();\n";
    ++callables_;
    signatures_.push_back(std::move(signature));
  }

  bool IsDead(const std::string& name) {
    const Pointer& pointer = pointers_[static_cast<std::size_t>(name[1] - '0')];
    return pointer.block >= 0 && !blocks_[static_cast<std::size_t>(pointer.block)].is_live;
  }

  void Call() {
    const std::size_t which = bytes_.Below(signatures_.size());
    const Signature& signature = signatures_[which];
    const std::string number = std::to_string(which);
    const bool is_callable = bytes_.Below(2) != 0;
    const bool throws = is_callable && bytes_.Below(8) == 0;
    const std::size_t wrong = bytes_.Below(8) == 0 ? bytes_.Below(14) : 14;
    std::string call = (is_callable ? "n" : "s") + number + "(";
    std::string received = "[";
    bool is_refused = false;
    for (std::size_t i = 0; i < signature.parameters.size(); ++i) {
      const char* const comma = i == 0 ? "" : ", ";
      const Type& type = *signature.parameters[i];
      if (i == wrong) {
        call += comma + WrongValue(type);
        is_refused = true;
        continue;
      }
      const Value value = AnyValue(type);
      if (type.kind == Kind::kPointer && IsDead(value.written)) is_refused = true;
      call += comma + value.written;
      received += comma + value.read;
    }
    call += ")";
    received += "]";
    if (is_refused) return AddError(call, "ArgumentError");
    Value answer = AnyValue(*signature.result);
    // The callback's error, which is no result, is reported: nothing to look at.
    if (signature.result->kind == Kind::kPointer && IsDead(answer.written)) {
      answer = {"nullptr", "nullptr", std::nullopt};
    }
    const std::string set = "answer" + number + " = " + (throws ? "[]" : answer.written) + "; ";
    if (throws) return Add(set + "error(() => " + call + ", \"thrown\");");
    Add(set + "value(() { var r = " + call + "; return [r, got]; }, [" + answer.read + ", " +
        received + "]);");
  }

  ByteProgram bytes_;
  std::string declarations_;
  std::string functions_;
  std::size_t count_ = 0;
  std::size_t callables_ = 0;
  std::vector<Block> blocks_;
  std::array<Pointer, kPointers> pointers_;
  std::vector<Signature> signatures_;
};

}  // namespace

std::string FfiProgram(const std::uint8_t* bytes, std::size_t size) {
  return Writer(bytes, size).Write();
}

}  // namespace fart::fuzz
