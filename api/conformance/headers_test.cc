// Compiles the public headers as C++20, with everything that headers_test.c states of them.

#include "api/conformance/headers_test.c"

// Opaque types do not mix: passing one for another does not compile. Persistent handles are the
// exception, because existing sources pass them wherever a handle goes.
template <typename A, typename B>
inline constexpr bool kSameType = false;
template <typename A>
inline constexpr bool kSameType<A, A> = true;

static_assert(kSameType<Fart_Handle, Fart_PersistentHandle>);
static_assert(!kSameType<Fart_Handle, Fart_WeakPersistentHandle>);
static_assert(!kSameType<Fart_Handle, Fart_FinalizableHandle>);
static_assert(!kSameType<Fart_WeakPersistentHandle, Fart_FinalizableHandle>);
static_assert(!kSameType<Fart_Handle, Fart_Shape>);
static_assert(!kSameType<Fart_Handle, Fart_NativeArguments>);

// An extension's forced unwind passes these functions, so none may promise not to throw.
static_assert(!noexcept(Fart_PropagateError(nullptr)));
static_assert(!noexcept(Fart_ThrowException(nullptr)));

// The kinds of a Fart_CObject have a second spelling; the older one of byte arrays says, too, what
// the elements are.
static_assert(Fart_CObject::kArray == Fart_CObject_kArray);
static_assert(Fart_CObject::kUint8Array == Fart_CObject_kTypedData);
static_assert(kSameType<decltype(Fart_CObject::type), Fart_CObject_Type>);
static_assert(offsetof(Fart_CObject, value.as_byte_array.length.length) ==
              offsetof(Fart_CObject, value.as_typed_data.length));

[[maybe_unused]] static bool AssigningALengthMakesBytesUnsigned(unsigned char* bytes) {
  Fart_CObject result;
  result.type = Fart_CObject::kUint8Array;
  result.value.as_byte_array.values = bytes;
  result.value.as_byte_array.length = 3;
  const intptr_t length = result.value.as_byte_array.length;
  return length == 3 && result.value.as_typed_data.type == Fart_TypedData_kUint8;
}

// A handler of either form is accepted under the older name, and NULL is not ambiguous.
static_assert(kSameType<decltype(Fart_NewNativePort("", Handle, true)), Fart_Port>);
static_assert(kSameType<decltype(Fart_NewNativePort("", HandleOnly, true)), Fart_Port>);
static_assert(kSameType<decltype(Fart_NewNativePort("", NULL, true)), Fart_Port>);
static_assert(kSameType<decltype(Fart_NewNativePort("", nullptr, true)), Fart_Port>);
