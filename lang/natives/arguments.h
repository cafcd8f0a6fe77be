// Arguments -- what a native takes: said by the types of its parameters, and nowhere else.
//
// A native is a function of the interpreter, the slots of its arguments, and one parameter of the
// types below for each of them, receiver first. Native<body>(name) makes of it the intrinsic that
// takes the arguments one after the other, and calls the body when all fit.
//
// Invariants
//   LN-N1 taken  a body runs only with arguments that are what its parameters say; what a parameter
//                contains stays true until something may collect, `arguments` always.
//   LN-N2 named  what does not fit is refused by its place. The interpreter makes that an error
//                which has the names of function and parameter from the library's source.
//
// A place that depends on another argument (an index) comes after it. A null is refused unless
// OrNull says otherwise.
//
// Type arguments are no arguments: the body of a native function that is declared with type
// parameters (`F asFunction<F extends Function>() native "..."`) asks Interpreter::TypeArgument for
// what the call says of them, and Interpreter::TypeArgumentsOf for those of the receiver. What a
// TypeEntity is made of is in lang/linker/entities.h.
//
// Not here: how natives end (natives.h).

#ifndef FART_LANG_NATIVES_ARGUMENTS_H_
#define FART_LANG_NATIVES_ARGUMENTS_H_

#include <cstddef>
#include <cstdint>
#include <limits>
#include <tuple>
#include <utility>

#include "heap/base/safepoint.h"
#include "lang/interpreter/interpreter.h"
#include "lang/linker/layout.h"
#include "lang/natives/natives.h"
#include "vm/values/big_integers.h"
#include "vm/values/lists.h"
#include "vm/values/numbers.h"
#include "vm/values/send_port.h"
#include "vm/values/strings.h"
#include "vm/values/typed_data.h"

namespace fart::lang {

// The argument in question: Take says whether it fits, or has refused it.
struct Taken {
  Interpreter& interpreter;
  const ObjectPtr* arguments;
  std::uint32_t which;

  ObjectPtr value() const { return arguments[which]; }
  [[gnu::cold]] bool Refuse(const char* rule) const {
    interpreter.Refuse(which, rule);
    return false;
  }
  [[gnu::cold]] bool RefuseRange(std::int64_t minimum, std::int64_t maximum) const {
    interpreter.RefuseRange(which, minimum, maximum);
    return false;
  }
};

struct AnyArg {
  bool Take(const Taken&) { return true; }
};

// An object of a kind: the body reads it from its slot.
template <bool (*Is)(ObjectPtr), const char* const& kRule>
struct KindArg {
  bool Take(const Taken& argument) { return Is(argument.value()) || argument.Refuse(kRule); }
};

namespace argument_rules {
inline constexpr const char* kString = "must be a String";
inline constexpr const char* kInt = "must be an int";
inline constexpr const char* kNum = "must be a num";
inline constexpr const char* kDouble = "must be a double";
inline constexpr const char* kBool = "must be a bool";
inline constexpr const char* kList = "must be a List of the library's own";
inline constexpr const char* kGrowable = "must be a growable List of the library's own";
inline constexpr const char* kTypedList = "must be a list of typed data";
inline constexpr const char* kBytes = "must be typed data";
inline constexpr const char* kByteBuffer = "must be a ByteBuffer";
inline constexpr const char* kSendPort = "must be a SendPort of the library's own";
inline constexpr const char* kCapability = "must be a Capability of the library's own";
inline constexpr const char* kType = "must be a Type";
inline constexpr const char* kFunction = "must be a function";
}  // namespace argument_rules

inline bool IsTypeObject(ObjectPtr object) { return HasShape(object, core_shape::kType); }
inline bool IsBytes(ObjectPtr object) { return IsTypedData(object) || IsByteBuffer(object); }

struct StringArg : KindArg<IsString, argument_rules::kString> {
  static std::size_t LengthOf(ObjectPtr string) { return StringLength(string); }
};
struct ListArg : KindArg<IsBuiltInList, argument_rules::kList> {
  static std::size_t LengthOf(ObjectPtr list) FART_NO_SAFEPOINT_ANALYSIS {
    const NoSafepointScope quiet;
    return ListLength(list, quiet);
  }
};
struct GrowableListArg : KindArg<IsGrowableList, argument_rules::kGrowable> {
  static std::size_t LengthOf(ObjectPtr list) { return ListArg::LengthOf(list); }
};
struct TypedListArg : KindArg<IsTypedList, argument_rules::kTypedList> {
  static std::size_t LengthOf(ObjectPtr list) FART_NO_SAFEPOINT_ANALYSIS {
    const NoSafepointScope quiet;
    return TypedDataLength(list, quiet);
  }
};
using IntArg = KindArg<IsInteger, argument_rules::kInt>;  // Of any size.
using TypedDataArg = KindArg<IsTypedData, argument_rules::kBytes>;
using BytesArg = KindArg<IsBytes, argument_rules::kBytes>;
using ByteBufferArg = KindArg<IsByteBuffer, argument_rules::kByteBuffer>;
using SendPortArg = KindArg<IsSendPort, argument_rules::kSendPort>;
using CapabilityArg = KindArg<IsCapability, argument_rules::kCapability>;
using TypeArg = KindArg<IsTypeObject, argument_rules::kType>;
using NumberArg = KindArg<IsNumber, argument_rules::kNum>;

struct ClosureArg {
  bool Take(const Taken& argument) {
    return argument.interpreter.IsClosure(argument.value()) ||
           argument.Refuse(argument_rules::kFunction);
  }
};

// A Type object: the type.
struct TypeEntityArg {
  TypeEntity* value = nullptr;
  bool Take(const Taken& argument) FART_NO_SAFEPOINT_ANALYSIS {
    if (!IsTypeObject(argument.value())) return argument.Refuse(argument_rules::kType);
    const NoSafepointScope quiet;
    value = argument.interpreter.linker().TypeOfNumber(TypeNumberOf(argument.value(), quiet));
    return true;
  }
};

struct BoolArg {
  bool value = false;
  bool Take(const Taken& argument) {
    value = argument.value() == kTrue;
    return value || argument.value() == kFalse || argument.Refuse(argument_rules::kBool);
  }
};

// Any number, as a double.
struct RealArg {
  double value = 0;
  bool Take(const Taken& argument) FART_NO_SAFEPOINT_ANALYSIS {
    const NoSafepointScope quiet;
    if (IsDouble(argument.value())) {
      value = DoubleValue(argument.value(), quiet);
    } else if (IsInteger(argument.value())) {
      value = IntegerToDouble(argument.value(), quiet);
    } else {
      return argument.Refuse(argument_rules::kNum);
    }
    return true;
  }
};

// An int from `minimum` to `maximum`.
inline bool TakeWithin(const Taken& argument, std::int64_t minimum, std::int64_t maximum,
                       std::int64_t* value) FART_NO_SAFEPOINT_ANALYSIS {
  const ObjectPtr object = argument.value();
  const NoSafepointScope quiet;
  if (IsInt64(object)) {
    *value = IntegerValue(object, quiet);
    if (*value >= minimum && *value <= maximum) [[likely]]
      return true;
  } else if (!IsBigInteger(object)) {
    return argument.Refuse(argument_rules::kInt);
  }
  return argument.RefuseRange(minimum, maximum);
}

template <std::int64_t minimum, std::int64_t maximum>
struct RangeArg {
  std::int64_t value = 0;
  bool Take(const Taken& argument) { return TakeWithin(argument, minimum, maximum, &value); }
};
using Int64Arg =
    RangeArg<std::numeric_limits<std::int64_t>::min(), std::numeric_limits<std::int64_t>::max()>;
using LengthArg = RangeArg<0, kMaxListLength>;

// An index of an element of the first argument, a Sequence. One that is not within it makes the
// error that says so.
template <typename Sequence>
struct IndexArg {
  std::size_t value = 0;
  bool Take(const Taken& argument) {
    const std::size_t length = Sequence::LengthOf(argument.arguments[0]);
    const ObjectPtr index = argument.value();
    if (index.IsSmi() && static_cast<std::uint64_t>(index.SmiValue()) < length) [[likely]] {
      value = static_cast<std::size_t>(index.SmiValue());
      return true;
    }
    if (!IsInteger(index)) return argument.Refuse(argument_rules::kInt);
    argument.interpreter.RefuseIndex(argument.which, static_cast<std::int64_t>(length));
    return false;
  }
};

// A place between elements of the first argument, or at one of its ends.
template <typename Sequence>
struct PlaceArg {
  std::size_t value = 0;
  bool Take(const Taken& argument) {
    std::int64_t place = 0;
    const auto length = static_cast<std::int64_t>(Sequence::LengthOf(argument.arguments[0]));
    if (!TakeWithin(argument, 0, length, &place)) return false;
    value = static_cast<std::size_t>(place);
    return true;
  }
};

// The same, not before the place that is the argument in front; null: the end.
template <typename Sequence>
struct EndArg {
  std::size_t value = 0;
  bool Take(const Taken& argument) {
    const auto length = static_cast<std::int64_t>(Sequence::LengthOf(argument.arguments[0]));
    std::int64_t place = length;
    if (!argument.value().is_null()) {
      const std::int64_t start = argument.arguments[argument.which - 1].SmiValue();
      if (!TakeWithin(argument, start, length, &place)) return false;
    }
    value = static_cast<std::size_t>(place);
    return true;
  }
};

template <typename Arg>
struct OrNull {
  bool is_given = false;
  Arg given;
  bool Take(const Taken& argument) {
    is_given = !argument.value().is_null();
    return !is_given || given.Take(argument);
  }
};

// ---- From body to intrinsic

template <auto body>
struct Checked;

template <typename... Args, Done (*body)(Interpreter&, ObjectPtr*, Args...)>
struct Checked<body> {
  static constexpr std::uint32_t kCount = sizeof...(Args);

  static Done Run(Interpreter& interpreter, ObjectPtr* arguments) FART_MAY_COLLECT {
    return Run(interpreter, arguments, std::index_sequence_for<Args...>());
  }

 private:
  template <std::size_t... places>
  static Done Run(Interpreter& interpreter, ObjectPtr* arguments,
                  std::index_sequence<places...>) FART_MAY_COLLECT {
    std::tuple<Args...> taken;
    if (!(... && std::get<places>(taken).Take(
                     {interpreter, arguments, static_cast<std::uint32_t>(places)}))) {
      return Done::kRefused;
    }
    return body(interpreter, arguments, std::get<places>(taken)...);
  }
};

// `quick` does what most calls ask for, and answers whether it has: if not, nothing has happened.
// It gets the arguments as they are, and looks at them itself.
template <auto quick, auto body>
struct QuickOrChecked {
  static Done Run(Interpreter& interpreter, ObjectPtr* arguments) FART_MAY_COLLECT {
    if (quick(interpreter, arguments)) [[likely]]
      return Done::kResult;
    return Otherwise(interpreter, arguments);
  }

 private:
  // Of its own, so that the quick way does not pay for its frame.
  [[gnu::noinline]] static Done Otherwise(Interpreter& interpreter,
                                          ObjectPtr* arguments) FART_MAY_COLLECT {
    return Checked<body>::Run(interpreter, arguments);
  }
};

// The same of a function that has a body in the library's source: `f(x) native "name" { ... }`.
template <auto quick>
struct QuickOrBody {
  static Done Run(Interpreter& interpreter, ObjectPtr* arguments) FART_MAY_COLLECT {
    return quick(interpreter, arguments) ? Done::kResult : Done::kBody;
  }
};

// A function of a pattern that has a body in the library's source for patterns that are no strings.
// Instances are the body's, which refuses those that are no patterns.
template <auto body>
struct OfStringsOrBody {
  static Done Run(Interpreter& interpreter, ObjectPtr* arguments) FART_MAY_COLLECT {
    const ShapeId shape = ShapeIdOf(arguments[1]);
    if (interpreter.isolate().shapes()[shape].kind == ShapeKind::kInstance) return Done::kBody;
    return Checked<body>::Run(interpreter, arguments);
  }
};

// The only ways to an entry of a table.
template <auto body>
constexpr IntrinsicEntry Native(std::string_view name) {
  return IntrinsicEntry(name, Checked<body>::Run, Checked<body>::kCount);
}
template <auto quick, auto body>
constexpr IntrinsicEntry NativeWithQuickWay(std::string_view name) {
  return IntrinsicEntry(name, QuickOrChecked<quick, body>::Run, Checked<body>::kCount);
}
// `count`: of the arguments that `quick` looks at, all of them.
template <auto quick, std::uint32_t count>
constexpr IntrinsicEntry QuickWay(std::string_view name) {
  return IntrinsicEntry(name, QuickOrBody<quick>::Run, count);
}

template <auto body>
constexpr IntrinsicEntry NativeOfStrings(std::string_view name) {
  return IntrinsicEntry(name, OfStringsOrBody<body>::Run, Checked<body>::kCount);
}

}  // namespace fart::lang

#endif  // FART_LANG_NATIVES_ARGUMENTS_H_
