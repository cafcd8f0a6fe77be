/* Calls functions that it is given: through frames of C++ with destructors, on threads of its own,
   with arguments of every class. */

#ifndef FART_TESTS_FFI_CALLERS_CALLERS_H_
#define FART_TESTS_FFI_CALLERS_CALLERS_H_

#include <stdbool.h>
#include <stdint.h>

#define FART_CALLER __attribute__((visibility("default")))

#ifdef __cplusplus
extern "C" {
#endif

typedef int32_t (*Step)(int32_t);

/* In a frame with an object whose destructor counts. */
FART_CALLER int32_t call_in_cpp(Step step, int32_t value);
FART_CALLER int32_t destroyed(void);

FART_CALLER double call_scalars(double (*f)(int8_t, uint8_t, int16_t, uint16_t, int32_t, uint32_t,
                                            int64_t, float, double, bool, const char*, int64_t));
FART_CALLER int32_t call_8(int8_t (*f)(int8_t), int32_t value);
FART_CALLER float call_float(float (*f)(float), float value);
FART_CALLER bool call_bool(bool (*f)(bool), bool value);
FART_CALLER const char* call_pointer(const char* (*f)(const char*), const char* value);
/* errno is 42 before the call; what it is behind it. */
FART_CALLER int32_t errno_behind(Step step);

/* So many threads call `step` so many times with 1; the sum of what it returned. */
FART_CALLER int64_t call_on_threads(Step step, int32_t threads, int32_t calls);
FART_CALLER void tell_on_threads(void (*f)(int32_t, double), int32_t threads, int32_t calls);

/* Starts one thread that calls `step` once; its result. */
FART_CALLER void start(Step step, int32_t value);
FART_CALLER int32_t join(void);

/* Starts threads that call until they are stopped; waits until there have been so many calls. */
FART_CALLER void start_calling(Step step, int32_t threads);
FART_CALLER void wait_for_calls(int32_t calls);
FART_CALLER int32_t stop_calling(void); /* whether a call gave -1 */

#ifdef __cplusplus
}
#endif

#endif
