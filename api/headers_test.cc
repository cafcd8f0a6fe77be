// Compiles the public headers as C++20, with everything that headers_test.c states of them.

#include "api/headers_test.c"

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
