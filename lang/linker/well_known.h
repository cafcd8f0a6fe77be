// Well-known names -- classes and functions of dart:core that linker and interpreter refer to.

#ifndef FART_LANG_LINKER_WELL_KNOWN_H_
#define FART_LANG_LINKER_WELL_KNOWN_H_

#include <cstddef>
#include <cstdint>

namespace fart::lang {

// V(name here, name in dart:core)
#define FART_LANG_CORE_CLASSES(V)          \
  V(kObject, "Object")                     \
  V(kNull, "Null")                         \
  V(kBool, "bool")                         \
  V(kInt, "int")                           \
  V(kDouble, "double")                     \
  V(kString, "String")                     \
  V(kFixedList, "_FixedList")              \
  V(kImmutableList, "_ImmutableList")      \
  V(kGrowableList, "_GrowableList")        \
  V(kList, "List")                         \
  V(kStackTrace, "_StackTrace")            \
  V(kType, "_Type")                        \
  V(kClosure, "_Closure")                  \
  V(kError, "Error")                       \
  V(kOutOfMemoryError, "OutOfMemoryError") \
  V(kStackOverflowError, "StackOverflowError")

enum class CoreClass : std::uint8_t {
#define FART_LANG_ENUM(name, text) name,
  FART_LANG_CORE_CLASSES(FART_LANG_ENUM)
#undef FART_LANG_ENUM
};

inline constexpr const char* kCoreClassNames[] = {
#define FART_LANG_TEXT(name, text) text,
    FART_LANG_CORE_CLASSES(FART_LANG_TEXT)
#undef FART_LANG_TEXT
};
inline constexpr std::size_t kCoreClasses = sizeof(kCoreClassNames) / sizeof(kCoreClassNames[0]);

// Functions of lang/lib/core/throwing.dart. Their frames are left out of stack traces.
#define FART_LANG_HELPERS(V)                               \
  V(kNoSuchMethod, "_throwNoSuchMethod")                   \
  V(kNoSuchMethodAbove, "_askNoSuchMethodAbove")           \
  V(kArgumentMismatch, "_throwArgumentMismatch")           \
  V(kIndexError, "_throwIndexError")                       \
  V(kArgumentError, "_throwArgumentError")                 \
  V(kArgumentRefused, "_throwArgumentRefused")             \
  V(kPlaceRefused, "_throwPlaceRefused")                   \
  V(kArgumentOutOfRange, "_throwArgumentOutOfRange")       \
  V(kDivisionByZero, "_throwDivisionByZero")               \
  V(kUnsupported, "_throwUnsupported")                     \
  V(kExternal, "_throwExternal")                           \
  V(kStateError, "_throwStateError")                       \
  V(kTypeError, "_throwTypeError")                         \
  V(kCastError, "_throwCastError")                         \
  V(kNullThrown, "_throwNull")                             \
  V(kCyclicInitialization, "_throwCyclicInitialization")   \
  V(kAbstractInstantiation, "_throwAbstractInstantiation") \
  V(kAssertion, "_throwAssertion")                         \
  V(kLate, "_throwLate")                                   \
  V(kNullCheck, "_throwNullCheck")                         \
  V(kTypeCheck, "_throwTypeCheck")                         \
  V(kConditionCheck, "_throwConditionCheck")               \
  V(kAmbiguousExtension, "_throwAmbiguousExtension")

enum class Helper : std::uint8_t {
#define FART_LANG_ENUM(name, text) name,
  FART_LANG_HELPERS(FART_LANG_ENUM)
#undef FART_LANG_ENUM
};

inline constexpr const char* kHelperNames[] = {
#define FART_LANG_TEXT(name, text) text,
    FART_LANG_HELPERS(FART_LANG_TEXT)
#undef FART_LANG_TEXT
};
inline constexpr std::size_t kHelpers = sizeof(kHelperNames) / sizeof(kHelperNames[0]);

}  // namespace fart::lang

#endif  // FART_LANG_LINKER_WELL_KNOWN_H_
