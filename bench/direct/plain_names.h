// The names of samples/lisp/heap_fart.h over plain pointers, so that the sample's own source runs
// on bdwgc, whose roots are whatever the stack holds, and on mimalloc without ever freeing.

#ifndef FART_BENCH_DIRECT_PLAIN_NAMES_H_
#define FART_BENCH_DIRECT_PLAIN_NAMES_H_

#if defined(FART_BENCH_BDWGC)
#include <gc/gc.h>
#else
#include <mimalloc.h>
#endif

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <new>
#include <tuple>
#include <type_traits>

#define FART_COLLECTS
#define FART_NO_COLLECTION

namespace heap {

#if defined(FART_BENCH_BDWGC)
inline void* Allocate(std::size_t size) { return GC_MALLOC(size); }
inline void* AllocateBytes(std::size_t size) { return GC_MALLOC_ATOMIC(size); }
inline void* AllocateRoots(std::size_t size) { return GC_MALLOC_UNCOLLECTABLE(size); }
inline void Begin() { GC_INIT(); }
#else
inline void* Allocate(std::size_t size) { return mi_malloc(size); }
inline void* AllocateBytes(std::size_t size) { return mi_malloc(size); }
inline void* AllocateRoots(std::size_t size) { return mi_malloc(size); }
inline void Begin() {}
#endif

struct Layout {
  constexpr Layout(const char* its_name, std::size_t references = 0, std::size_t weak = 0,
                   std::size_t raw = 0)
      : name(its_name), words(references + weak + raw) {}
  constexpr Layout ThenReferences() const { return *this; }
  constexpr Layout ThenBytes() const {
    Layout layout = *this;
    layout.has_bytes = true;
    return layout;
  }

  const char* name;
  std::size_t words;
  bool has_bytes = false;
};

struct Any {};
struct Object {
  const Layout* shape;
};
struct VariableObject : Object {
  std::uint64_t length;
};

template <class T = Any>
class Ref;

// What a Ref, a Field and a Slot have in common. Integers are odd; immediates lie below all
// objects.
template <class T>
class Word {
 public:
  std::uint64_t bits() const { return bits_; }
  Ref<T> get() const;
  bool is_null() const { return bits_ == 0; }
  bool is_smi() const { return (bits_ & 1) != 0; }
  std::int64_t smi() const { return static_cast<std::int64_t>(bits_) >> 1; }
  bool is_immediate() const { return !is_smi() && bits_ != 0 && bits_ < 256; }
  unsigned immediate() const { return static_cast<unsigned>(bits_ / 8 - 1); }
  bool is_object() const { return !is_smi() && bits_ >= 256; }
  std::uint64_t hash() const { return bits_ * 0x9E3779B97F4A7C15 >> 32; }
  template <class U>
  bool is() const {
    return is_object() && reinterpret_cast<const Object*>(bits_)->shape == &U::kLayout;
  }
  template <class U>
  Ref<U> as() const;
  T* operator->() const { return reinterpret_cast<T*>(bits_); }

  template <class U>
  bool operator==(const Word<U>& other) const {
    return bits_ == other.bits();
  }

 protected:
  explicit constexpr Word(std::uint64_t bits = 0) : bits_(bits) {}
  std::uint64_t bits_;
};

template <class T>
class Ref : public Word<T> {
 public:
  constexpr Ref() = default;
  constexpr Ref(std::nullptr_t) {}  // NOLINT: as it is there
  explicit constexpr Ref(std::uint64_t bits, int) : Word<T>(bits) {}
  template <class U>
  requires(std::is_same_v<T, U> || std::is_same_v<T, Any>) constexpr Ref(const Word<U>& word)
      : Word<T>(word.bits()) {}  // NOLINT
};

template <class T>
Ref<T> Word<T>::get() const {
  return Ref<T>(bits_, 0);
}
template <class T>
template <class U>
Ref<U> Word<T>::as() const {
  return Ref<U>(bits_, 0);
}

// A place that holds one.
template <class T>
class Slot : public Word<T> {
 public:
  Slot() = default;
  Slot(Ref<T> value) : Word<T>(value.bits()) {}  // NOLINT
  Slot(const Slot&) = default;
  Slot& operator=(Ref<T> value) {
    this->bits_ = value.bits();
    return *this;
  }
  Slot& operator=(const Slot&) = default;
};
template <class T, int>
class Field : public Slot<T> {
 public:
  using Slot<T>::operator=;
};
template <class T>
using Element = Slot<T>&;
template <class T = Any>
class Root : public Slot<T> {
 public:
  Root() = default;
  explicit Root(Ref<T> value) : Slot<T>(value) {}
  using Slot<T>::operator=;
};
template <class... T>
class RootsOf : public std::tuple<Slot<T>...> {
 public:
  RootsOf() = default;
  explicit RootsOf(Ref<T>... values) : std::tuple<Slot<T>...>(values...) {}
};

template <class T, int>
class Raw {
 public:
  operator T() const { return value_; }  // NOLINT
  Raw& operator=(T value) {
    value_ = value;
    return *this;
  }

 private:
  alignas(8) T value_;
};

template <class T, int kWord>
class Tail {
 public:
  std::size_t size() const { return reinterpret_cast<const std::uint64_t*>(this)[1 - kWord]; }
  Slot<T>& operator[](std::size_t index) { return reinterpret_cast<Slot<T>*>(this)[index]; }

 private:
  std::uint64_t first_;
};
template <int kWord>
class ByteTail {
 public:
  std::size_t size() const { return reinterpret_cast<const std::uint64_t*>(this)[1 - kWord]; }
  char* data() { return reinterpret_cast<char*>(this); }

 private:
  std::uint64_t first_;
};

inline bool IsSmiValue(std::int64_t value) { return value >> 61 == 0 || value >> 61 == -1; }
inline Ref<> Smi(std::int64_t value) {
  return Ref<>(static_cast<std::uint64_t>(value) << 1 | 1, 0);
}
inline constexpr Ref<> Immediate(unsigned number) { return Ref<>((number + 1) * 8, 0); }

template <class T, class... Values>
Ref<T> New(const Values&... values) {
  auto* const words = static_cast<std::uint64_t*>(Allocate((1 + T::kLayout.words) * 8));
  if (words == nullptr) throw std::bad_alloc();
  words[0] = reinterpret_cast<std::uint64_t>(&T::kLayout);
  std::size_t i = 0;
  ((words[++i] = Ref<>(values).bits()), ...);
  while (i < T::kLayout.words) words[++i] = 0;
  return Ref<T>(reinterpret_cast<std::uint64_t>(words), 0);
}
template <class T>
Ref<T> NewOfLength(std::size_t length) {
  const std::size_t size = T::kLayout.has_bytes ? length : 8 * length;
  void* const place = T::kLayout.has_bytes ? AllocateBytes(16 + size) : Allocate(16 + size);
  if (place == nullptr) throw std::bad_alloc();
  auto* const words = static_cast<std::uint64_t*>(std::memset(place, 0, 16 + size));
  words[0] = reinterpret_cast<std::uint64_t>(&T::kLayout);
  words[1] = length;
  return Ref<T>(reinterpret_cast<std::uint64_t>(words), 0);
}

class RootArray {
 public:
  explicit RootArray(const char*) {}
  std::size_t size() const { return size_; }
  Ref<> operator[](std::size_t index) const { return slots_[index]; }
  void Add(Ref<> value) {
    if (size_ == kMost) throw std::bad_alloc();
    slots_[size_++] = value;
  }

 private:
  static constexpr std::size_t kMost = 1024;
  Slot<Any>* const slots_ = static_cast<Slot<Any>*>(AllocateRoots(kMost * sizeof(Slot<Any>)));
  std::size_t size_ = 0;
};

class NoCollect {
 public:
  NoCollect() {}   // NOLINT: it is used
  ~NoCollect() {}  // NOLINT
};

template <class... T>
struct Types {};
template <class TypeList>
class Heap {
 public:
  Heap() { Begin(); }
};

}  // namespace heap

template <class... T>
struct std::tuple_size<heap::RootsOf<T...>> : std::tuple_size<std::tuple<heap::Slot<T>...>> {};
template <std::size_t kPlace, class... T>
struct std::tuple_element<kPlace, heap::RootsOf<T...>>
    : std::tuple_element<kPlace, std::tuple<heap::Slot<T>...>> {};

#endif  // FART_BENCH_DIRECT_PLAIN_NAMES_H_
