// fart_objects.hpp -- objects for C++: of shapes of your own, with a C++ object behind them, and
// typed data.
//
// Header only, C++17 (what names std::span, C++20), on top of fart.hpp, whose rules hold here.
//
//   struct Weight { double grams; };                         // bytes of each object
//   FART_TRY(auto shape, fart::Shape<Weight>::Register("Parcel", {.references = 2}));
//   FART_TRY(fart::Object<Weight> parcel, shape.New({12.5}));
//   FART_TRY_DO(parcel.Set(0, other));
//
// Not here: objects without handles (fart_direct.hpp).

#ifndef FART_API_INCLUDE_FART_OBJECTS_HPP_
#define FART_API_INCLUDE_FART_OBJECTS_HPP_

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#if __cplusplus >= 202002L
#include <span>
#endif

#include "fart.hpp"
#include "fart_heap_api.h"

namespace fart {
inline namespace embedding {

// ============================================================================================
// Objects of shapes of your own

// Bytes that the collector carries along: copied in and out, since objects move.
struct NoBytes {};

// An object whose fixed bytes are a `Bytes`. A handle, as a Local is.
template <typename Bytes = NoBytes>
class Object {
 public:
  static_assert(std::is_trivially_copyable_v<Bytes>, "the collector copies objects byte by byte");

  // Any object; what has no such shape answers each call with an error.
  explicit Object(Local object) : object_(object) {}

  Fart_Handle get() const { return object_.get(); }
  operator Local() const { return object_; }  // NOLINT: it is one

  // Strong references, those of the variable part behind the fixed ones.
  Result<Local> Get(std::intptr_t index) const {
    return Check(Fart_GetReference(get(), index));
  }
  Result<void> Set(std::intptr_t index, Local value) const {
    return CheckDone(Fart_SetReference(get(), index, value.get()));
  }
  // Weak ones, by numbers of their own: null where what they named is dead.
  Result<Local> GetWeak(std::intptr_t index) const {
    return Check(Fart_GetWeakReference(get(), index));
  }
  Result<void> SetWeak(std::intptr_t index, Local value) const {
    return CheckDone(Fart_SetWeakReference(get(), index, value.get()));
  }
  Result<Bytes> Read() const {
    Bytes bytes{};
    const Fart_Handle done = Fart_ReadBytes(get(), 0, &bytes, Size());
    if (Fart_IsError(done)) return Error(done);
    return bytes;
  }
  Result<void> Write(const Bytes& bytes) const {
    return CheckDone(Fart_WriteBytes(get(), 0, &bytes, Size()));
  }
  // Of the variable part: references or bytes; 0 if the shape has none.
  Result<std::intptr_t> Length() const {
    std::intptr_t length = 0;
    const Fart_Handle done = Fart_ObjectLength(get(), &length);
    if (Fart_IsError(done)) return Error(done);
    return length;
  }

 private:
  template <typename T>
  friend class Shape;
  static constexpr std::intptr_t Size() {
    return std::is_empty_v<Bytes> ? 0 : static_cast<std::intptr_t>(sizeof(Bytes));
  }

  Local object_;
};

// What objects have besides their bytes.
struct ShapeParts {
  std::intptr_t references = 0;
  std::intptr_t weak_references = 0;
  Fart_VariablePart variable_part = Fart_VariablePart_kNone;
  bool is_ephemeron = false;
};

// A kind of objects, of the isolate that it was registered in, which it ends with. Freely copied.
template <typename Bytes = NoBytes>
class Shape {
 public:
  // Once an isolate: two of the same name are two.
  static Result<Shape> Register(const std::string& name, ShapeParts parts = {}) {
    Fart_ShapeDescription description{};
    description.struct_size = sizeof(description);
    description.name = name.c_str();
    description.reference_count = parts.references;
    description.weak_reference_count = parts.weak_references;
    description.byte_count = Object<Bytes>::Size();
    description.variable_part = parts.variable_part;
    description.is_ephemeron = parts.is_ephemeron;
    if (parts.variable_part == Fart_VariablePart_kBytes) {
      description.byte_count = (description.byte_count + 7) / 8 * 8;
    }
    Fart_Shape shape = nullptr;
    const Fart_Handle done = Fart_RegisterShape(&description, &shape);
    if (Fart_IsError(done)) return Error(done);
    return Shape(shape);
  }
  // One that was registered otherwise, with at least these bytes.
  explicit Shape(Fart_Shape shape) : shape_(shape) {}

  Fart_Shape get() const { return shape_; }
  // With null references. `length`: of the variable part.
  Result<Object<Bytes>> New(const Bytes& bytes = {}, std::intptr_t length = 0) const {
    const Fart_Handle made = Fart_AllocateObject(shape_, length);
    if (Fart_IsError(made)) return Error(made);
    const Object<Bytes> object{Local(made)};
    if constexpr (!std::is_empty_v<Bytes>) {
      FART_TRY_DO(object.Write(bytes));
    }
    return object;
  }
  bool Has(Local object) const { return Fart_IsOfShape(object.get(), shape_); }
  // An error if the object is of another shape, or of none.
  Result<Object<Bytes>> Cast(Local object) const {
    if (!Has(object)) return Error::Of("fart::Shape::Cast expects an object of this shape.");
    return Object<Bytes>(object);
  }

 private:
  Fart_Shape shape_;
};

// ============================================================================================
// C++ objects behind Fart objects

namespace detail {

// What the native field of a wrapped object leads to.
struct Wrapped {
  const void* type;
  void* object;
  void (*destroy)(void* object);

  ~Wrapped() { destroy(object); }
};

// Its address is that of the type in this program or extension.
template <typename T>
struct WrappedType {
  static inline const char kTag = 0;
};

}  // namespace detail

// Puts a C++ object behind a Fart object whose class has a native field (NativeFieldWrapperClass1 of
// dart:nativewrappers): it is found by Unwrap and by Native<&T::Method>, and is deleted after the Fart
// object has died, or at shutdown. On failure it is deleted at once; a second one for the same object
// is a failure. `here`: as in Persistent.
template <typename T>
Result<void> Wrap(Local object, std::unique_ptr<T> peer, std::intptr_t external_size = 0,
                  SourcePlace here = SourcePlace::current()) {
  std::intptr_t before = 0;
  FART_TRY_DO(CheckDone(Fart_GetNativeInstanceField(object.get(), 0, &before)));
  if (before != 0) return Error::State("the object has a C++ object already");
  auto wrapped = std::unique_ptr<detail::Wrapped>(new detail::Wrapped{
      &detail::WrappedType<T>::kTag, peer.get(), [](void* dying) { delete static_cast<T*>(dying); }});
  static_cast<void>(peer.release());
  const auto address = reinterpret_cast<std::intptr_t>(wrapped.get());
  FART_TRY_DO(Attach(object, std::move(wrapped), external_size, here));
  return CheckDone(Fart_SetNativeInstanceField(object.get(), 0, address));
}

// The C++ object that Wrap<T> has put there, which stays the Fart object's. An error where there is
// none, or one of another type. Native fields that others have set are not for this.
template <typename T>
Result<T*> Unwrap(Local object) {
  std::intptr_t address = 0;
  FART_TRY_DO(CheckDone(Fart_GetNativeInstanceField(object.get(), 0, &address)));
  const auto* const wrapped = reinterpret_cast<const detail::Wrapped*>(address);
  if (wrapped == nullptr) return Error::State("the object has no C++ object yet");
  if (wrapped->type != &detail::WrappedType<T>::kTag) {
    return Error::State("the object has a C++ object of another type");
  }
  return static_cast<T*>(wrapped->object);
}

template <typename T>
struct Receiver<T, std::enable_if_t<std::is_class_v<T>>> {
  static Result<T*> Of(Local object) { return Unwrap<T>(object); }
};

// ============================================================================================
// Typed data

namespace detail {

template <typename T>
constexpr Fart_TypedData_Type TypedDataTypeOf() {
  using Plain = std::remove_cv_t<T>;
  if constexpr (std::is_same_v<Plain, float>) return Fart_TypedData_kFloat32;
  if constexpr (std::is_same_v<Plain, double>) return Fart_TypedData_kFloat64;
  if constexpr (std::is_integral_v<Plain> && !std::is_same_v<Plain, bool>) {
    constexpr bool kSigned = std::is_signed_v<Plain>;
    if constexpr (sizeof(Plain) == 1) return kSigned ? Fart_TypedData_kInt8 : Fart_TypedData_kUint8;
    if constexpr (sizeof(Plain) == 2) {
      return kSigned ? Fart_TypedData_kInt16 : Fart_TypedData_kUint16;
    }
    if constexpr (sizeof(Plain) == 4) {
      return kSigned ? Fart_TypedData_kInt32 : Fart_TypedData_kUint32;
    }
    if constexpr (sizeof(Plain) == 8) {
      return kSigned ? Fart_TypedData_kInt64 : Fart_TypedData_kUint64;
    }
  }
  return Fart_TypedData_kInvalid;
}

}  // namespace detail

// Typed data whose elements are lent out: they stay where they are as long as this lives, whatever
// is called. Used and destroyed inside the isolate.
template <typename T>
class Acquired {
 public:
  static_assert(detail::TypedDataTypeOf<T>() != Fart_TypedData_kInvalid,
                "elements of typed data are numbers: integers of 8 to 64 bits, float or double");

  // An error for what is no typed data of this element type. Uint8Clamped and ByteData are taken for
  // unsigned bytes. `here`: as in Persistent.
  static Result<Acquired> Of(Local object, SourcePlace here = SourcePlace::current()) {
    Fart_TypedData_Type type = Fart_TypedData_kInvalid;
    void* data = nullptr;
    std::intptr_t length = 0;
    FART_TRY_DO(CheckDone(Fart_TypedDataAcquireData(object.get(), &type, &data, &length)));
    Acquired acquired(object, static_cast<T*>(data), static_cast<std::size_t>(length), here);
    constexpr Fart_TypedData_Type kWanted = detail::TypedDataTypeOf<T>();
    const bool is_bytes = type == Fart_TypedData_kUint8Clamped || type == Fart_TypedData_kByteData;
    if (type != kWanted && !(is_bytes && kWanted == Fart_TypedData_kUint8)) {
      return Error::Of("fart::Acquired expects typed data of another element type.");
    }
    return acquired;
  }
  ~Acquired() { Release(); }
  Acquired(Acquired&& other) noexcept
      : kept_(std::move(other.kept_)),
        data_(std::exchange(other.data_, nullptr)),
        size_(std::exchange(other.size_, 0)) {}
  Acquired& operator=(Acquired&& other) noexcept {
    if (this != &other) {
      Release();
      kept_ = std::move(other.kept_);
      data_ = std::exchange(other.data_, nullptr);
      size_ = std::exchange(other.size_, 0);
    }
    return *this;
  }

  T* data() const { return data_; }
  std::size_t size() const { return size_; }
  T* begin() const { return data_; }
  T* end() const { return data_ + size_; }
  T& operator[](std::size_t index) const { return data_[index]; }
  void Release() {
    if (kept_.is_empty()) return;
    Fart_TypedDataReleaseData(kept_.get());
    kept_.Reset();
    data_ = nullptr;
    size_ = 0;
  }

 private:
  Acquired(Local object, T* data, std::size_t size, SourcePlace here)
      : kept_(object, here), data_(data), size_(size) {}

  Persistent kept_;
  T* data_;
  std::size_t size_;
};

// Typed data in the heap, of zeros.
template <typename T>
Result<Local> NewTypedData(std::size_t length) {
  static_assert(detail::TypedDataTypeOf<T>() != Fart_TypedData_kInvalid,
                "elements of typed data are numbers: integers of 8 to 64 bits, float or double");
  return Check(
      Fart_NewTypedData(detail::TypedDataTypeOf<T>(), static_cast<std::intptr_t>(length)));
}
// The same with a copy of these elements.
template <typename T>
Result<Local> NewTypedData(const T* elements, std::size_t length) {
  FART_TRY(Local object, NewTypedData<T>(length));
  if (length == 0) return object;
  FART_TRY(auto acquired, Acquired<std::remove_cv_t<T>>::Of(object));
  std::memcpy(acquired.data(), elements, length * sizeof(T));
  return object;
}
// Typed data over the elements of a vector, which are not copied, and freed when nobody can see them.
template <typename T>
Result<Local> NewExternalTypedData(std::vector<T> elements) {
  static_assert(detail::TypedDataTypeOf<T>() != Fart_TypedData_kInvalid,
                "elements of typed data are numbers: integers of 8 to 64 bits, float or double");
  auto kept = std::make_unique<std::vector<T>>(std::move(elements));
  const auto size = static_cast<std::intptr_t>(kept->size());
  const Fart_Handle made = Fart_NewExternalTypedDataWithFinalizer(
      detail::TypedDataTypeOf<T>(), kept->data(), size, kept.get(),
      static_cast<std::intptr_t>(kept->capacity() * sizeof(T)),
      [](void*, void* dying) { delete static_cast<std::vector<T>*>(dying); });
  if (Fart_IsError(made)) return Error(made);
  static_cast<void>(kept.release());
  return Local(made);
}

#if defined(__cpp_lib_span)
// Made of a copy. To: a copy in memory of the current scope, so a parameter of a native function is
// good until that returns. Elements are changed in place by Acquired.
template <typename T>
struct Convert<std::span<const T>> {
  static Result<Local> Make(std::span<const T> elements) {
    return NewTypedData<T>(elements.data(), elements.size());
  }
  static Result<std::span<const T>> To(Local object) {
    FART_TRY(auto acquired, Acquired<T>::Of(object));
    if (acquired.size() == 0) return std::span<const T>();
    auto* const copy = reinterpret_cast<T*>(
        Fart_ScopeAllocate(static_cast<std::intptr_t>(acquired.size() * sizeof(T))));
    if (copy == nullptr) return Error::Of("fart::To: there is no memory for the elements.");
    std::memcpy(copy, acquired.data(), acquired.size() * sizeof(T));
    return std::span<const T>(copy, acquired.size());
  }
};
template <typename T>
struct Convert<std::span<T>, std::enable_if_t<!std::is_const_v<T>>> {
  static Result<Local> Make(std::span<T> elements) {
    return NewTypedData<T>(elements.data(), elements.size());
  }
};
#endif

}  // namespace embedding
}  // namespace fart

#endif  // FART_API_INCLUDE_FART_OBJECTS_HPP_
