#include "vm/unwind/unwind.h"

#include "vm/unwind/unwinder.h"

#if defined(__SANITIZE_ADDRESS__)
#define FART_UNWIND_ADDRESS_SANITIZER 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define FART_UNWIND_ADDRESS_SANITIZER 1
#endif
#endif
