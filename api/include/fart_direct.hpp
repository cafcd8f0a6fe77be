// fart_direct.hpp -- the heap at the speed of pointers, for C++: objects as structs with typed
// fields, raw references, roots as local variables.
//
// Header only, C++17, on top of fart.hpp and fart_direct_api.h, whose rules stand there: with
// -fno-exceptions and -fno-rtti as well. Handles and raw references work side by side in one
// isolate.
//
//   struct Pair : fart::direct::Object {
//     static constexpr fart::direct::Layout kLayout{"Pair", 2};
//     fart::direct::Field<fart::direct::Any, 1> car;
//     fart::direct::Field<fart::direct::Any, 2> cdr;
//   };
//   using Values = fart::direct::Types<Pair>;              // Values::Attach(), once an isolate
//
//   fart::direct::Ref<> Reversed(fart::direct::Ref<> list) FART_COLLECTS {
//     fart::direct::RootsOf<fart::direct::Any, fart::direct::Any> roots(list, nullptr);
//     auto& [rest, result] = roots;
//     while (!rest.is_null()) {
//       result = fart::direct::New<Pair>(rest.as<Pair>()->car, result);
//       rest = rest.as<Pair>()->cdr;
//     }
//     return result;
//   }
//
// Rules
//   A-R1 raw      a Ref is used only before the next call that may collect. Whatever is needed
//                 later stands in a Root, which is read anew each time.
//   A-R2 said     a function that may collect says FART_COLLECTS, behind its parameters. clang's
//                 -Wthread-safety then refuses: a Ref followed (->) where no NoCollect is open, a
//                 call that may collect where one is, and such a call in a function that does not
//                 say so.
//   A-R3 last     in one full expression what may collect comes first. `a->b = New<T>()` is right
//                 (C++17 evaluates the right side first); `a->b.f(New<T>())` and `F(a->b,
//                 New<T>())` are not.
//   A-R4 here     a thread uses the isolate that it attached last, or that of its innermost
//   Session.
//
// Compiled with FART_DIRECT_CHECKS each Ref remembers when it was made. One that is used too late,
// one of another type than it says, an index out of range, roots that end out of order, and a
// NoCollect in which something collects end the program with a message.
//
// Not here: visitors of roots, fibres' frames (fart_direct_api.h; State() is their Fart_Direct).

#ifndef FART_API_INCLUDE_FART_DIRECT_HPP_
#define FART_API_INCLUDE_FART_DIRECT_HPP_

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <new>
#include <string>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

#include "fart.hpp"
#include "fart_direct_api.h"

#if defined(__clang__)
#define FART_DIRECT_TSA_(x) __attribute__((x))
#else
#define FART_DIRECT_TSA_(x)
#endif
// "I may collect": what is raw does not survive me. Behind a function's parameters. (A-R2)
#define FART_COLLECTS                                                            \
  FART_DIRECT_TSA_(requires_capability(::fart::direct::Capability::may_collect)) \
  FART_DIRECT_TSA_(locks_excluded(::fart::direct::Capability::no_collection))
// "I am called where nothing collects": inside of a NoCollect. Behind a function's parameters.
#define FART_NO_COLLECTION \
  FART_DIRECT_TSA_(requires_capability(::fart::direct::Capability::no_collection))

namespace fart::direct {

// ============================================================================================
// Where this thread is (A-R4)

namespace detail {

// In a library too this is one instruction.
inline thread_local Fart_Direct* current __attribute__((tls_model("initial-exec"))) = nullptr;
// How many TryNew are running.
inline thread_local unsigned trying __attribute__((tls_model("initial-exec"))) = 0;

[[noreturn, gnu::cold, gnu::noinline]] inline void Fail(const char* text) {
  std::fprintf(stderr, "fart_direct.hpp: %s\n", text);
  std::abort();
}

#ifdef FART_DIRECT_CHECKS
inline constexpr bool kChecks = true;
#else
inline constexpr bool kChecks = false;
#endif

inline void Check([[maybe_unused]] bool is_right, [[maybe_unused]] const char* text) {
  if constexpr (kChecks) {
    if (!is_right) Fail(text);
  }
}

// Where something is made or rooted.
inline void CheckThread() {
  if constexpr (kChecks) {
    Check(current != nullptr, "this thread has neither attached nor a Session (A-R4).");
    Check(current == Fart_DirectState(),
          "this thread is inside of another isolate than it attached (A-R4).");
  }
}

}  // namespace detail

// The state of the isolate that this thread uses; for functions of fart_direct_api.h.
//
// Returns   the state; nullptr before anything was attached.
// Collects  never.
// Thread    any.
// Errors    none.
inline Fart_Direct* State() { return detail::current; }

// Uses the current isolate, in which some Types are attached, for the time of a block: in a native
// function, say, which runs on any thread.
//
// Collects  never.
// Thread    that has entered, at both ends.
// Errors    ok() is false where nothing is attached; ENTRY is recorded.
class Session {
 public:
  Session() : before_(std::exchange(detail::current, Fart_DirectState())) {}
  ~Session() { detail::current = before_; }
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;

  bool ok() const { return detail::current != nullptr; }

 private:
  Fart_Direct* before_;
};

// ============================================================================================
// Where nothing collects (A-R2)

class FART_DIRECT_TSA_(capability("NoCollect")) NoCollection {};
class FART_DIRECT_TSA_(capability("FART_COLLECTS")) MayCollect {};
// Members, so that -Wthread-safety-negative asks for nothing more.
struct Capability {
  static inline NoCollection no_collection;
  static inline MayCollect may_collect;
};

// A block in which nothing collects, so that what is raw stays good. Costs nothing but with
// FART_DIRECT_CHECKS.
//
// Collects  never.
// Thread    that uses an isolate.
// Errors    none; with FART_DIRECT_CHECKS one in which something may have collected ends the
// program.
class FART_DIRECT_TSA_(scoped_lockable) NoCollect {
 public:
#ifdef FART_DIRECT_CHECKS
  NoCollect() FART_DIRECT_TSA_(acquire_capability(Capability::no_collection)) {
    detail::CheckThread();
    epoch_ = State()->epoch;
  }
  ~NoCollect() FART_DIRECT_TSA_(release_capability()) {
    detail::Check(State()->epoch == epoch_, "a call inside of a NoCollect may have collected.");
  }
#else
  NoCollect() FART_DIRECT_TSA_(acquire_capability(Capability::no_collection)) {}
  ~NoCollect() FART_DIRECT_TSA_(release_capability()) {}
#endif
  NoCollect(const NoCollect&) = delete;
  NoCollect& operator=(const NoCollect&) = delete;

#ifdef FART_DIRECT_CHECKS
 private:
  std::uint64_t epoch_;
#endif
};

// ============================================================================================
// Types

// Any value: an object of whatever type, a small integer, null, an immediate.
struct Any {};

// What the objects of a type consist of. Word 0 is the header; then come, each only if there are
// some, the length of the variable part, references, weak references, raw words, the variable part.
struct Layout {
  const char* name;
  unsigned references;
  unsigned weak_references;
  unsigned raw_words;
  Fart_VariablePart part = Fart_VariablePart_kNone;
  bool is_ephemeron = false;

  constexpr explicit Layout(const char* with_name, unsigned with_references = 0,
                            unsigned with_weak_references = 0, unsigned with_raw_words = 0)
      : name(with_name),
        references(with_references),
        weak_references(with_weak_references),
        raw_words(with_raw_words) {}
  // The same, with a variable part: a Tail.
  constexpr Layout ThenReferences() const { return With(Fart_VariablePart_kReferences); }
  // The same, with a variable part: a ByteTail.
  constexpr Layout ThenBytes() const { return With(Fart_VariablePart_kBytes); }
  // Of a key, a value and further references: neither is kept alive, until something else keeps
  // the key alive; then the value lives as well. Key and value are Weak fields, of words 1 and 2.
  static constexpr Layout Ephemeron(const char* name, unsigned references = 2) {
    Layout layout(name, references);
    layout.is_ephemeron = true;
    return layout;
  }

  constexpr bool has_length() const { return part != Fart_VariablePart_kNone; }
  // The word that references begin at.
  constexpr unsigned first() const { return has_length() ? 2 : 1; }
  // Words in front of the variable part.
  constexpr unsigned words() const { return first() + references + weak_references + raw_words; }
  constexpr Fart_Layout for_c() const {
    return {static_cast<std::uint16_t>(references), static_cast<std::uint16_t>(weak_references),
            static_cast<std::uint16_t>(raw_words)};
  }

 private:
  constexpr Layout With(Fart_VariablePart varying) const {
    Layout layout = *this;
    layout.part = varying;
    return layout;
  }
};

namespace detail {

// What a field's word has in an object that nobody allocated, for Types to look at.
enum class Kind : std::uint32_t { kField = 1, kWeak, kRaw, kTail, kByteTail, kLength };
constexpr std::uint64_t Mark(Kind kind, unsigned word) {
  return std::uint64_t{0x46415254} << 32 | static_cast<std::uint64_t>(kind) << 24 | word;
}

// A shape's number in every isolate of the process; 0: not attached.
template <class T>
inline std::atomic<std::uint32_t> shape_number{0};

template <class T, class = void>
inline constexpr bool kHasLayout = false;
template <class T>
inline constexpr bool kHasLayout<T, std::void_t<decltype(T::kLayout)>> = true;

// Whether a Ref<From> is a Ref<To>.
template <class From, class To>
inline constexpr bool kConverts =
    std::is_same_v<From, To> || std::is_same_v<To, Any> || std::is_base_of_v<To, From>;

}  // namespace detail

// What each type of objects derives from. Has a kLayout, and a Field, Weak or Raw for each word.
struct Object {
 private:
  [[maybe_unused]] std::uint64_t header_;
};

// The same for types with a variable part.
struct VariableObject : Object {
  VariableObject() : length_(detail::Mark(detail::Kind::kLength, 1)) {}
  // Of the variable part: how many references, or bytes.
  std::size_t length() const { return *reinterpret_cast<const Fart_AnyWord*>(&length_); }

 private:
  std::uint64_t length_;
};

// The number of a type's shape, the same in every isolate that it is attached in; 0: in none.
template <class T>
std::uint32_t ShapeOf() {
  return detail::shape_number<T>.load(std::memory_order_relaxed);
}

// ============================================================================================
// Values

template <class T = Any>
class Ref;

namespace detail {

constexpr Fart_Ref Constant(std::uint64_t bits) {
  Fart_Ref ref{};
  ref.bits = bits;
  return ref;
}

// What can be asked of everything that holds a value: Self has get().
template <class Self, class T>
class Readable {
 public:
  bool is_null() const { return bits() == FART_DIRECT_NULL; }
  // Nothing: what TryNew answers without room, and FromLocal of a handle that is not live.
  bool is_none() const { return bits() == FART_DIRECT_NONE; }
  bool is_smi() const { return (bits() & FART_DIRECT_TAG) == 0; }
  bool is_object() const { return !is_smi() && bits() >= FART_DIRECT_FIRST_OBJECT; }
  bool is_immediate() const {
    return !is_smi() && bits() / 8 - FART_DIRECT_FIRST_HOST_IMMEDIATE < FART_DIRECT_HOST_IMMEDIATES;
  }
  // Of what is_smi().
  std::int64_t smi() const {
    Check(is_smi(), "what is no small integer is read as one.");
    return static_cast<std::int64_t>(bits()) >> 1;
  }
  // The number of what is_immediate().
  unsigned immediate() const {
    Check(is_immediate(), "what is no immediate of the host's is read as one.");
    return static_cast<unsigned>(bits() / 8 - FART_DIRECT_FIRST_HOST_IMMEDIATE);
  }
  // Whether it is an object of this type.
  template <class U>
  bool is() const {
    return self().get().template IsA<U>();
  }
  // The number of the shape of what is_object(): compare with ShapeOf, or see Types::KindOf.
  std::uint32_t shape() const { return self().get().ShapeNumber(); }
  // The same value as one of another type: it is one, or null.
  template <class U>
  Ref<U> as() const {
    return Ref<U>(self().get().raw());
  }
  // The object, which is followed at once: what holds the value is read anew each time.
  T* operator->() const { return self().get().Follow(); }
  // For tables by identity: an object keeps it when it moves. A call of the library.
  std::uint64_t hash() const { return Fart_HashOf(State(), self().get().raw()); }
  std::uint64_t bits() const { return self().get().raw().bits; }

 private:
  const Self& self() const { return static_cast<const Self&>(*this); }
};

template <class Self, class T>
void IsReadable(const Readable<Self, T>&);

}  // namespace detail

// A raw reference to a T, or null; of Any: whatever value. It is one word, and good until the next
// call that may collect. (A-R1)
//
// Collects  never.
// Thread    that uses an isolate.
// Errors    none; with FART_DIRECT_CHECKS one that is used too late or is no T ends the program.
template <class T>
class Ref : public detail::Readable<Ref<T>, T> {
 public:
  constexpr Ref() : raw_(detail::Constant(FART_DIRECT_NULL)) {}
  constexpr Ref(std::nullptr_t) : Ref() {}  // NOLINT: on purpose
  constexpr explicit Ref(Fart_Ref raw) : raw_(raw) {
    if constexpr (detail::kChecks && detail::kHasLayout<T>) {
      detail::Check(raw.bits == FART_DIRECT_NULL || raw.bits == FART_DIRECT_NONE ||
                        Fart_HasShape(State(), raw, ShapeOf<T>()),
                    "a Ref refers to something of another type than it says.");
    }
  }
  template <class U, class = std::enable_if_t<detail::kConverts<U, T>>>
  constexpr Ref(Ref<U> other) : raw_(other.raw()) {}  // NOLINT: on purpose

  constexpr Fart_Ref raw() const { return raw_; }
  constexpr Ref get() const { return *this; }
  // The object, good as long as this is.
  T* operator->() const FART_NO_COLLECTION { return Follow(); }
  T& operator*() const FART_NO_COLLECTION { return *Follow(); }
  template <class U>
  bool is() const FART_NO_COLLECTION {
    return IsA<U>();
  }
  std::uint32_t shape() const FART_NO_COLLECTION { return ShapeNumber(); }

 private:
  template <class, class>
  friend class detail::Readable;
  template <class>
  friend class Slot;

  T* Follow() const {
    detail::Check(Fart_IsObject(raw_), "what is no object is followed.");
    return reinterpret_cast<T*>(Fart_Word(State(), raw_, 0));
  }
  template <class U>
  bool IsA() const {
    return Fart_HasShape(State(), raw_, ShapeOf<U>());
  }
  std::uint32_t ShapeNumber() const {
    detail::Check(Fart_IsObject(raw_), "what is no object is asked for its shape.");
    return Fart_ShapeNumber(State(), raw_);
  }

  Fart_Ref raw_;
};

// Whether two are the same: the same object, or equal small integers.
template <class A, class B, class = decltype(detail::IsReadable(std::declval<const A&>())),
          class = decltype(detail::IsReadable(std::declval<const B&>()))>
bool operator==(const A& a, const B& b) {
  return a.bits() == b.bits();
}
template <class A, class B, class = decltype(detail::IsReadable(std::declval<const A&>())),
          class = decltype(detail::IsReadable(std::declval<const B&>()))>
bool operator!=(const A& a, const B& b) {
  return a.bits() != b.bits();
}

// Whether a small integer can have this value: -2^62 to 2^62 - 1.
constexpr bool IsSmiValue(std::int64_t value) {
  return value >= -(std::int64_t{1} << 62) && value < std::int64_t{1} << 62;
}
// The small integer of a value that IsSmiValue.
constexpr Ref<> Smi(std::int64_t value) {
  return Ref<>(detail::Constant(static_cast<std::uint64_t>(value) << 1));
}
// One of FART_DIRECT_HOST_IMMEDIATES values that are the host's own and no objects, from 0.
constexpr Ref<> Immediate(unsigned number) {
  return Ref<>(detail::Constant((FART_DIRECT_FIRST_HOST_IMMEDIATE + number) * 8 + FART_DIRECT_TAG));
}

// ============================================================================================
// Fields
//
// Members of a type of objects; each knows its word, and so the object that it is part of.
// Assigning is the write barrier. A field is used where it stands: no reference to one is kept
// (A-R1).
//
// Collects  never.
// Thread    that uses an isolate.
// Errors    none; with FART_DIRECT_CHECKS as of Ref.

namespace detail {

// Places are numbers: words of objects that no C++ object covers.
using Place = std::uintptr_t;
inline Place PlaceOf(const void* member) { return reinterpret_cast<Place>(member); }
inline std::uint64_t WordAt(Place place) { return *reinterpret_cast<const Fart_AnyWord*>(place); }
// The object whose word this is.
inline Fart_Ref HolderOf(Place place, std::size_t word) {
  return Fart_RefOfBits(State(), place - word * 8 + FART_DIRECT_TAG);
}
inline Fart_Ref RefAt(Place place) { return Fart_RefOfBits(State(), WordAt(place)); }
inline void StoreAt(Place place, std::size_t word, Fart_Ref value) {
  Fart_Store(State(), HolderOf(place, word), static_cast<unsigned>(word), value);
}
// Of the object that has a variable part from this word on.
inline std::size_t LengthAt(Place place, std::size_t word) { return WordAt(place - word * 8 + 8); }

}  // namespace detail

// A strong reference.
template <class T, unsigned kWord>
class Field : public detail::Readable<Field<T, kWord>, T> {
 public:
  Field() : word_(detail::Mark(detail::Kind::kField, kWord)) {}
  Field(const Field&) = delete;

  Ref<T> get() const { return Ref<T>(detail::RefAt(detail::PlaceOf(&word_))); }
  template <class U, class = std::enable_if_t<detail::kConverts<T, U>>>
  operator Ref<U>() const {  // NOLINT: on purpose
    return get();
  }
  Field& operator=(Ref<T> value) {
    detail::StoreAt(detail::PlaceOf(&word_), kWord, value.raw());
    return *this;
  }
  Field& operator=(const Field& other) { return *this = other.get(); }  // NOLINT: itself too
 private:
  std::uint64_t word_;
};

// A weak reference: null once what it referred to is dead. Key and value of an ephemeron, too.
template <class T, unsigned kWord>
class Weak : public detail::Readable<Weak<T, kWord>, T> {
 public:
  Weak() : word_(detail::Mark(detail::Kind::kWeak, kWord)) {}
  Weak(const Weak&) = delete;

  Ref<T> get() const {
    return Ref<T>(Fart_LoadWeak(State(), detail::HolderOf(detail::PlaceOf(&word_), kWord), kWord));
  }
  template <class U, class = std::enable_if_t<detail::kConverts<T, U>>>
  operator Ref<U>() const {  // NOLINT: on purpose
    return get();
  }
  Weak& operator=(Ref<T> value) {
    detail::StoreAt(detail::PlaceOf(&word_), kWord, value.raw());
    return *this;
  }
  Weak& operator=(const Weak& other) { return *this = other.get(); }  // NOLINT: itself too

 private:
  std::uint64_t word_;
};

// A value that the collector carries along and never looks into, of one word or more.
template <class T, unsigned kWord>
class Raw {
  static_assert(std::is_trivially_copyable_v<T>, "it moves by its bytes");

 public:
  static constexpr unsigned kWords = (sizeof(T) + 7) / 8;

  Raw() {
    for (unsigned i = 0; i < kWords; ++i) words_[i] = detail::Mark(detail::Kind::kRaw, kWord + i);
  }
  Raw(const Raw&) = delete;
  Raw& operator=(const Raw& other) { return *this = other.get(); }  // NOLINT: itself too

  T get() const {
    T value;
    std::memcpy(&value, words_, sizeof value);
    return value;
  }
  operator T() const { return get(); }  // NOLINT: on purpose
  Raw& operator=(const T& value) {
    std::memcpy(words_, &value, sizeof value);
    return *this;
  }

 private:
  std::uint64_t words_[kWords];
};

// One reference of a Tail.
template <class T>
class Element : public detail::Readable<Element<T>, T> {
 public:
  Element(std::uintptr_t place, std::size_t word) : place_(place), word_(word) {}
  Element(const Element&) = delete;

  Ref<T> get() const { return Ref<T>(detail::RefAt(place_)); }
  template <class U, class = std::enable_if_t<detail::kConverts<T, U>>>
  operator Ref<U>() const {  // NOLINT: on purpose
    return get();
  }
  // Evaluated last. (A-R3)
  const Element& operator=(Ref<T> value) const {
    detail::StoreAt(place_, word_, value.raw());
    return *this;
  }
  const Element& operator=(const Element& other) const { return *this = other.get(); }

 private:
  std::uintptr_t place_;
  std::size_t word_;
};

// The variable part of references, of a layout that ThenReferences. The last member.
template <class T, unsigned kWord>
class Tail {
 public:
  Tail() : word_(detail::Mark(detail::Kind::kTail, kWord)) {}
  Tail(const Tail&) = delete;
  Tail& operator=(const Tail&) = delete;

  std::size_t size() const { return detail::LengthAt(detail::PlaceOf(&word_), kWord); }
  Element<T> operator[](std::size_t index) {
    detail::Check(index < size(), "a Tail has no element of this index.");
    return Element<T>(detail::PlaceOf(&word_) + index * 8, kWord + index);
  }

 private:
  std::uint64_t word_;
};

// The variable part of bytes, of a layout that ThenBytes. The last member.
template <unsigned kWord>
class ByteTail {
 public:
  ByteTail() : word_(detail::Mark(detail::Kind::kByteTail, kWord)) {}
  ByteTail(const ByteTail&) = delete;
  ByteTail& operator=(const ByteTail&) = delete;

  std::size_t size() const { return detail::LengthAt(detail::PlaceOf(&word_), kWord); }
  // Good until the next call that may collect.
  char* data() { return reinterpret_cast<char*>(detail::PlaceOf(&word_)); }

 private:
  std::uint64_t word_;
};

// ============================================================================================
// Attaching

// What runs when there is no room, after a full collection. It leaves by an exception; with one
// that returns the program ends. May not shut the isolate down.
using OutOfMemory = void (*)(void* peer);

// Throws std::bad_alloc; without exceptions ends the program.
inline void ThrowBadAlloc(void*) {
#if defined(__cpp_exceptions)
  throw std::bad_alloc();
#endif
}

namespace detail {

// What the library calls where it finds no room.
template <OutOfMemory kPolicy>
void RunPolicy(void* peer) {
  if (trying != 0) return;
  kPolicy(peer);
  Fail("there is no room for an object.");
}

inline std::string Expected(const Layout& layout, unsigned word, Kind* kind) {
  const unsigned references = layout.first();
  const unsigned weak = references + layout.references;
  const unsigned raw = weak + layout.weak_references;
  const bool is_weak = word >= weak
                           ? word < raw
                           : layout.is_ephemeron && word >= references && word < references + 2;
  const char* name = nullptr;
  if (word < references) {
    *kind = Kind::kLength;
    name = "a length (VariableObject)";
  } else if (word == layout.words()) {
    *kind = layout.part == Fart_VariablePart_kBytes ? Kind::kByteTail : Kind::kTail;
    name = *kind == Kind::kTail ? "a Tail" : "a ByteTail";
  } else if (word >= raw) {
    *kind = Kind::kRaw;
    name = "a Raw";
  } else {
    *kind = is_weak ? Kind::kWeak : Kind::kField;
    name = is_weak ? "a Weak" : "a Field";
  }
  return name;
}

// What is wrong with the members of a T; empty if nothing is.
template <class T>
std::string LookAt() {
  constexpr unsigned kWords = sizeof(T) / 8;
  static_assert(
      sizeof(T) == (T::kLayout.words() + (T::kLayout.has_length() ? 1 : 0)) * 8,
      "kLayout and the members differ: one Field, Weak or Raw for each word, a Tail last");
  static_assert(std::is_base_of_v<Object, T>, "types of objects derive from Object");
  alignas(T) unsigned char memory[sizeof(T)];
  ::new (static_cast<void*>(memory)) T;
  for (unsigned word = 1; word < kWords; ++word) {
    std::uint64_t mark = 0;
    std::memcpy(&mark, memory + word * 8, sizeof mark);
    Kind kind{};
    const std::string expected = Expected(T::kLayout, word, &kind);
    if (mark == Mark(kind, word)) continue;
    return "Types::Attach: of the type '" + std::string(T::kLayout.name) + "' word " +
           std::to_string(word) + " is " + expected +
           " by its layout, and by its members it is not.";
  }
  return {};
}

template <class T>
Fart_ShapeDescription Describe() {
  constexpr Layout kLayout = T::kLayout;
  Fart_ShapeDescription description{};
  description.struct_size = sizeof description;
  description.name = kLayout.name;
  description.reference_count = kLayout.references;
  description.weak_reference_count = kLayout.weak_references;
  description.byte_count = std::intptr_t{kLayout.raw_words} * 8;
  description.variable_part = kLayout.part;
  description.is_ephemeron = kLayout.is_ephemeron;
  return description;
}

// False: it has another number in another isolate.
template <class T>
bool SetNumber(std::uint32_t number) {
  std::uint32_t before = 0;
  return shape_number<T>.compare_exchange_strong(before, number) || before == number;
}

}  // namespace detail

// Types of objects whose shapes have consecutive numbers, for a switch.
template <class... T>
class Types {
 public:
  static constexpr unsigned kCount = sizeof...(T);
  // A type's place in the list, from 0.
  template <class U>
  static constexpr unsigned kIndex = [] {
    unsigned index = 0;
    unsigned found = kCount;
    ((std::is_same_v<T, U> && found == kCount ? void(found = index) : void(), ++index), ...);
    return found;
  }();

  // Makes the current isolate ready for this header, looks at whether layouts and members fit, and
  // registers the types. This thread uses the isolate from now on. Once an isolate, and first of
  // all in it, so that the types have the same numbers in all isolates; further Types may follow.
  //
  // `kPolicy` runs with `peer` where there is no room, from now on.
  //
  // Returns   nothing.
  // Collects  may, to make an error.
  // Thread    that has entered.
  // Errors    what Fart_DirectAttach refuses; a member that is not what the layout says of its
  // word; a
  //           type that has another number in another isolate.
  template <OutOfMemory kPolicy = ThrowBadAlloc>
  static Result<void> Attach(void* peer = nullptr) {
    for (const std::string& wrong : {std::string(), detail::LookAt<T>()...}) {
      if (!wrong.empty()) return Error::Of(wrong);
    }
    const Fart_DirectAbi abi = FART_DIRECT_ABI;
    const Fart_ShapeDescription descriptions[] = {detail::Describe<T>()...};
    std::uint32_t first = 0;
    char* error = nullptr;
    Fart_Direct* const state = Fart_DirectAttach(&abi, descriptions, kCount, &first,
                                                 detail::RunPolicy<kPolicy>, peer, &error);
    if (state == nullptr) return Error::Of(embedding::detail::TakeText(error));
    if (!(detail::SetNumber<T>(first + kIndex<T>) && ...)) {
      return Error::Of(
          "Types::Attach: a type has another number in another isolate: attach the same "
          "types in the same order, before anything else in an isolate.");
    }
    detail::current = state;
    return {};
  }

  // The index of an object's type, given its shape(); not less than kCount: none of these.
  static std::uint32_t KindOf(std::uint32_t shape) {
    return shape - ShapeOf<std::tuple_element_t<0, std::tuple<T...>>>();
  }
};

// ============================================================================================
// Making objects

namespace detail {

class Trying {
 public:
  Trying() { ++trying; }
  ~Trying() { --trying; }
  Trying(const Trying&) = delete;
  Trying& operator=(const Trying&) = delete;
};

template <class T, class... R>
Ref<T> Make(const R&... references) {
  constexpr Layout kLayout = T::kLayout;
  static_assert(!kLayout.has_length(), "a type with a variable part: NewOfLength");
  static_assert(sizeof...(R) == 0 || sizeof...(R) == kLayout.references,
                "all strong references are given, or none: then they are null");
  CheckThread();
  if constexpr (sizeof...(R) == 0) {
    return Ref<T>(Fart_New(State(), ShapeOf<T>(), kLayout.for_c(), nullptr));
  } else {
    const Fart_Ref init[] = {Ref<>(references).raw()...};
    return Ref<T>(Fart_New(State(), ShapeOf<T>(), kLayout.for_c(), init));
  }
}

template <class T, class... R>
Ref<T> MakeOfLength(std::size_t length, const R&... references) {
  constexpr Layout kLayout = T::kLayout;
  static_assert(kLayout.has_length(), "a type without variable part: New");
  static_assert(kLayout.part == Fart_VariablePart_kReferences || sizeof...(R) <= kLayout.references,
                "more references than there are");
  CheckThread();
  // What no length can be is refused by the library: there is no room.
  const auto count = static_cast<std::intptr_t>(length);
  constexpr std::intptr_t kGiven = sizeof...(R);
  const Fart_Ref init[] = {Ref<>(references).raw()..., Fart_Ref{}};
  return Ref<T>(
      Fart_NewOfLength(State(), ShapeOf<T>(), kLayout.for_c(), kLayout.part, count, kGiven, init));
}

}  // namespace detail

// Makes an object of a type without variable part. Its strong references are given, all of them,
// and survive the call; or none is: they are null. All else is null or 0.
//
// Returns   the object. Without room the policy of Attach runs, and this does not return.
// Collects  may.
// Thread    that uses an isolate.
// Errors    as Fart_DirectNew: none() is returned for a misuse.
template <class T, class... R>
[[nodiscard]] Ref<T> New(const R&... references) FART_COLLECTS {
  return detail::Make<T>(references...);
}

// The same; without room it answers none() and no policy runs.
template <class T, class... R>
[[nodiscard]] Ref<T> TryNew(const R&... references) FART_COLLECTS {
  const detail::Trying trying;
  return detail::Make<T>(references...);
}

// Makes an object of a type with a variable part of `length` references or bytes. References that
// are given come first, those of the variable part after the fixed ones; the others are null.
//
// Returns, Collects, Thread, Errors as New.
template <class T, class... R>
[[nodiscard]] Ref<T> NewOfLength(std::size_t length, const R&... references) FART_COLLECTS {
  return detail::MakeOfLength<T>(length, references...);
}
// The same; without room it answers none() and no policy runs.
template <class T, class... R>
[[nodiscard]] Ref<T> TryNewOfLength(std::size_t length, const R&... references) FART_COLLECTS {
  const detail::Trying trying;
  return detail::MakeOfLength<T>(length, references...);
}

// "I may collect here", where nothing is made: under stress it collects.
inline void Safepoint() FART_COLLECTS { FART_SAFEPOINT(State()); }

// ============================================================================================
// Roots
//
// Local variables that the collector knows: what they refer to stays alive, and they follow it.
// They end in the opposite order of their beginning, by return, exceptions and Fart_PropagateError.

namespace detail {

inline void BeginFrame(Fart_RootFrame& frame, std::uint64_t count) {
  CheckThread();
  frame.previous = State()->frames;
  frame.count = count;
  State()->frames = &frame;
}
inline void EndFrame(const Fart_RootFrame& frame) {
  Check(State()->frames == &frame, "roots end out of order.");
  State()->frames = frame.previous;
}

}  // namespace detail

// One root of a frame.
template <class T = Any>
class Slot : public detail::Readable<Slot<T>, T> {
 public:
  Slot() : slot_{FART_DIRECT_NULL} {}
  explicit Slot(Ref<T> value) { Set(value); }
  Slot(const Slot&) = delete;

  Ref<T> get() const { return Ref<T>(Fart_GetSlot(State(), &slot_)); }
  template <class U, class = std::enable_if_t<detail::kConverts<T, U>>>
  operator Ref<U>() const {  // NOLINT: on purpose
    return get();
  }
  Slot& operator=(Ref<T> value) {
    Set(value);
    return *this;
  }
  Slot& operator=(const Slot& other) { return *this = other.get(); }  // NOLINT: itself too

 private:
  void Set(Ref<T> value) { Fart_SetSlot(State(), &slot_, value.raw()); }

  Fart_Slot slot_;
};

// A frame of roots, one for each T, null or what it is given: `auto& [a, b] = roots;` names them.
//
// Collects  never.
// Thread    that uses an isolate.
// Errors    none; with FART_DIRECT_CHECKS one that does not end as the innermost ends the program.
template <class... T>
class RootsOf {
 public:
  static constexpr unsigned kCount = sizeof...(T);

  RootsOf() { Begin(); }
  explicit RootsOf(Ref<T>... values) : slots_(values...) { Begin(); }
  ~RootsOf() { detail::EndFrame(frame_); }
  RootsOf(const RootsOf&) = delete;
  RootsOf& operator=(const RootsOf&) = delete;
  static void* operator new(std::size_t) = delete;

  template <std::size_t kPlace>
  auto& get() {
    return std::get<kPlace>(slots_);
  }

 private:
  void Begin() {
    static_assert(sizeof(*this) == sizeof(frame_) + kCount * sizeof(Fart_Slot));
    detail::BeginFrame(frame_, kCount);
  }

  Fart_RootFrame frame_;
  std::tuple<Slot<T>...> slots_;
};

// The same with as many roots of whatever value as it says, by number.
template <unsigned kCount>
class Roots {
 public:
  Roots() { detail::BeginFrame(frame_, kCount); }
  ~Roots() { detail::EndFrame(frame_); }
  Roots(const Roots&) = delete;
  Roots& operator=(const Roots&) = delete;
  static void* operator new(std::size_t) = delete;

  static constexpr unsigned size() { return kCount; }
  template <std::size_t kPlace>
  Slot<>& get() {
    return slots_[kPlace];
  }
  Slot<>& operator[](std::size_t index) {
    detail::Check(index < kCount, "Roots have no slot of this index.");
    return slots_[index];
  }

 private:
  Fart_RootFrame frame_;
  Slot<> slots_[kCount];
};

// One root.
template <class T = Any>
class Root : public detail::Readable<Root<T>, T> {
 public:
  Root() = default;
  explicit Root(Ref<T> value) : roots_(value) {}
  Root(const Root&) = delete;

  Ref<T> get() const { return const_cast<RootsOf<T>&>(roots_).template get<0>().get(); }
  template <class U, class = std::enable_if_t<detail::kConverts<T, U>>>
  operator Ref<U>() const {  // NOLINT: on purpose
    return get();
  }
  // For functions that write a root of their caller's.
  operator Slot<T>&() { return roots_.template get<0>(); }  // NOLINT: on purpose
  Root& operator=(Ref<T> value) {
    roots_.template get<0>() = value;
    return *this;
  }
  Root& operator=(const Root& other) { return *this = other.get(); }  // NOLINT: itself too

 private:
  RootsOf<T> roots_;
};

// Notes the roots there are; Reset drops those that have begun since: after a longjmp to where this
// was made, whose destructors did not run, or back in its fibre.
//
// Collects  never.
// Thread    that uses an isolate.
// Errors    none.
class RootsMark {
 public:
  RootsMark() : frames_(Fart_RootsMark(State())) {}
  void Reset() const { Fart_RootsReset(State(), frames_); }

 private:
  Fart_RootFrame* frames_;
};

// Roots in memory of the host's, as many as are added: a stack, a table of globals. It stays at its
// place.
//
// Collects  the constructor may, to make an error.
// Thread    that uses an isolate.
// Errors    ok() is false where Fart_AddRootArray refuses it (error()). Adding throws as
// std::vector.
class RootArray {
 public:
  // `name` is for messages.
  explicit RootArray(const char* name) {
    Fart_EnterScope();
    const Fart_Handle added = Fart_AddRootArray(&array_, name);
    if (Fart_IsError(added)) error_ = Fart_GetError(added);
    Fart_ExitScope();
  }
  ~RootArray() {
    if (!ok()) return;
    Fart_EnterScope();
    Fart_RemoveRootArray(&array_);
    Fart_ExitScope();
  }
  RootArray(const RootArray&) = delete;
  RootArray& operator=(const RootArray&) = delete;

  bool ok() const { return error_.empty(); }
  const std::string& error() const { return error_; }

  std::size_t size() const { return slots_.size(); }
  Ref<> operator[](std::size_t index) const {
    detail::Check(index < size(), "a RootArray has no slot of this index.");
    return Ref<>(Fart_GetSlot(State(), &slots_[index]));
  }
  void Set(std::size_t index, Ref<> value) {
    detail::Check(index < size(), "a RootArray has no slot of this index.");
    Fart_SetInArray(State(), &array_, static_cast<std::intptr_t>(index), value.raw());
  }
  void Add(Ref<> value) {
    slots_.push_back({FART_DIRECT_NULL});
    Update();
    Set(size() - 1, value);
  }
  // Takes the last ones away, down to this size.
  void Shorten(std::size_t size) {
    slots_.resize(size);
    Update();
  }

 private:
  void Update() {
    array_.slots = slots_.data();
    array_.count = static_cast<std::intptr_t>(slots_.size());
    if (array_.clean > array_.count) array_.clean = array_.count;
  }

  std::vector<Fart_Slot> slots_;
  Fart_RootArray array_{nullptr, 0, 0};
  std::string error_;
};

// ============================================================================================
// To and from handles

// A local handle of the current scope for a value: strings and lists of the VM are reached so.
//
// Returns   the handle.
// Collects  never, when it succeeds.
// Thread    that uses an isolate.
// Errors    as Fart_DirectHandle.
inline Result<Local> ToLocal(Ref<> value) { return Check(Fart_HandleOf(State(), value.raw())); }

// What a handle names.
//
// Returns   the value; one that is_none() for an error or a handle that is not live.
// Collects  never.
// Thread    that uses an isolate.
// Errors    none returned; ENTRY, HANDLE and errors are recorded.
inline Ref<> FromLocal(Local local) { return Ref<>(Fart_RefOf(State(), local.get())); }

}  // namespace fart::direct

template <class... T>
struct std::tuple_size<fart::direct::RootsOf<T...>>
    : std::integral_constant<std::size_t, sizeof...(T)> {};
template <std::size_t kPlace, class... T>
struct std::tuple_element<kPlace, fart::direct::RootsOf<T...>> {
  using type = fart::direct::Slot<std::tuple_element_t<kPlace, std::tuple<T...>>>;
};
template <unsigned kCount>
struct std::tuple_size<fart::direct::Roots<kCount>> : std::integral_constant<std::size_t, kCount> {
};
template <std::size_t kPlace, unsigned kCount>
struct std::tuple_element<kPlace, fart::direct::Roots<kCount>> {
  using type = fart::direct::Slot<>;
};

#endif  // FART_API_INCLUDE_FART_DIRECT_HPP_
