#include "tests/ffi/memory/counted/counted.h"

#include <stdlib.h>
#include <string.h>

static int32_t release_count = 0;
static int64_t token_sum = 0;

int32_t table[4] = {1, 2, 3, 4};

void count_release(void* token) {
  ++release_count;
  token_sum += (int64_t)(intptr_t)token;
}
int32_t releases(void) { return release_count; }
int64_t released_tokens(void) { return token_sum; }
void count_and_free(void* block) {
  ++release_count;
  free(block);
}
void forget_releases(void) {
  release_count = 0;
  token_sum = 0;
}

int64_t sum_bytes(const uint8_t* bytes, int32_t count) {
  int64_t sum = 0;
  for (int32_t i = 0; i < count; ++i) sum += bytes[i];
  return sum;
}
double sum_floats(const float* floats, int32_t count) {
  double sum = 0;
  for (int32_t i = 0; i < count; ++i) sum += floats[i];
  return sum;
}
void fill_bytes(uint8_t* bytes, int32_t count, uint8_t value) {
  memset(bytes, value, (size_t)count);
}
void fill_after(void (*between)(void), uint8_t* bytes, int32_t count, uint8_t value) {
  between();
  memset(bytes, value, (size_t)count);
}
void* same(void* pointer) { return pointer; }
