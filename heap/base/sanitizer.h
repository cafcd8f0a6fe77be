// Sanitizer -- which of the compiler's sanitizers this code is compiled for, by GCC or by Clang.
//
//   FART_ADDRESS_SANITIZER   1 or 0
//   FART_THREAD_SANITIZER    1 or 0
//
// Always defined, so that `#if` and `if constexpr` may ask; the only place that asks the compiler.

#ifndef FART_HEAP_BASE_SANITIZER_H_
#define FART_HEAP_BASE_SANITIZER_H_

#if defined(__SANITIZE_ADDRESS__)
#define FART_ADDRESS_SANITIZER 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define FART_ADDRESS_SANITIZER 1
#endif
#endif
#ifndef FART_ADDRESS_SANITIZER
#define FART_ADDRESS_SANITIZER 0
#endif

#if defined(__SANITIZE_THREAD__)
#define FART_THREAD_SANITIZER 1
#elif defined(__has_feature)
#if __has_feature(thread_sanitizer)
#define FART_THREAD_SANITIZER 1
#endif
#endif
#ifndef FART_THREAD_SANITIZER
#define FART_THREAD_SANITIZER 0
#endif

#endif  // FART_HEAP_BASE_SANITIZER_H_
