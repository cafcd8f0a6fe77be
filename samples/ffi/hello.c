#include "samples/ffi/hello.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void hello_world(void) {
  printf("Hello World\n");
  fflush(stdout);
}

int32_t sum(int32_t a, int32_t b) { return a + b; }

char* greeting(const char* name) {
  const char begin[] = "Hello, ";
  char* const text = malloc(sizeof(begin) + strlen(name) + 1);
  if (text == NULL) return NULL;
  strcpy(text, begin);
  strcat(text, name);
  return strcat(text, "!");
}

void free_greeting(char* text) { free(text); }

int32_t each_prime(int32_t limit, int32_t (*visit)(int32_t)) {
  int32_t visited = 0;
  for (int32_t number = 2; number < limit; ++number) {
    int32_t divisor = 2;
    while (divisor * divisor <= number && number % divisor != 0) ++divisor;
    if (divisor * divisor <= number) continue;
    ++visited;
    if (visit(number) == 0) break;
  }
  return visited;
}
