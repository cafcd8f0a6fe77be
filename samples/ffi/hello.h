/* A C library as many are: functions, and memory that it gives away. */

#ifndef FART_SAMPLES_FFI_HELLO_H_
#define FART_SAMPLES_FFI_HELLO_H_

#include <stdint.h>

/* Prints a line. */
void hello_world(void);

int32_t sum(int32_t a, int32_t b);

/* A greeting that the caller gives back by free_greeting; NULL: there is no memory. */
char* greeting(const char* name);
void free_greeting(char* text);

/* Calls `visit` with each prime below `limit`, until it returns 0; how many it has called with. */
int32_t each_prime(int32_t limit, int32_t (*visit)(int32_t));

#endif /* FART_SAMPLES_FFI_HELLO_H_ */
