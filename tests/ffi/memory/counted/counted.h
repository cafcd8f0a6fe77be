/* Memory that counts: what was released, what was read and written. */

#ifndef FART_TESTS_FFI_MEMORY_COUNTED_COUNTED_H_
#define FART_TESTS_FFI_MEMORY_COUNTED_COUNTED_H_

#include <stddef.h>
#include <stdint.h>

#define FART_COUNTED __attribute__((visibility("default")))

/* Finalizers: how often, and the sum of the tokens, which are numbers. */
FART_COUNTED void count_release(void* token);
FART_COUNTED int32_t releases(void);
FART_COUNTED int64_t released_tokens(void);
/* Counts, and frees a block of malloc. */
FART_COUNTED void count_and_free(void* block);
FART_COUNTED void forget_releases(void);

FART_COUNTED int64_t sum_bytes(const uint8_t* bytes, int32_t count);
FART_COUNTED double sum_floats(const float* floats, int32_t count);
FART_COUNTED void fill_bytes(uint8_t* bytes, int32_t count, uint8_t value);
/* Calls `between`, which may collect, and writes then. */
FART_COUNTED void fill_after(void (*between)(void), uint8_t* bytes, int32_t count, uint8_t value);
FART_COUNTED void* same(void* pointer);

FART_COUNTED extern int32_t table[4];

#endif
