#include "vm/ffi/testdata/classes.h"

#include <errno.h>
#include <stdarg.h>

#define V(T)                                                                                       \
  T same_##T(T value) { return value; }                                                            \
  T second_##T(T first, T second) {                                                                \
    (void)first;                                                                                   \
    return second;                                                                                 \
  }                                                                                                \
  T behind_##T(int32_t i, double d, T value, float f, int64_t l) {                                 \
    T none = {0};                                                                                  \
    return i == -1 && d == 2.5 && f == 3.5f && l == -4 ? value : none;                             \
  }                                                                                                \
  T full_##T(int64_t a, int64_t b, int64_t c, int64_t d, int64_t e, int64_t f, double p, double q, \
             double r, double s, double t, double u, double v, T value, int64_t g, int64_t h,      \
             int64_t i, double w, double x, T last) {                                              \
    T none = {0};                                                                                  \
    (void)value;                                                                                   \
    return a + b + c + d + e + f == 21 && p + q + r + s + t + u + v == 28 && g == 7 && h == 8 &&   \
                   i == 9 && w == 8 && x == 9                                                      \
               ? last                                                                              \
               : none;                                                                             \
  }                                                                                                \
  T call_##T(T (*function)(int32_t, T, double, T), T value) {                                      \
    return function(-7, value, 0.5, value);                                                        \
  }
FART_FFI_TEST_STRUCTS(V)
#undef V

int64_t whole(int64_t word) { return word; }
double whole_double(double value) { return value; }

int32_t add(int32_t a, int32_t b) { return (int32_t)((uint32_t)a + (uint32_t)b); }
int64_t sum6(int64_t a, int64_t b, int64_t c, int64_t d, int64_t e, int64_t f) {
  return a + b + c + d + e + f;
}
double half(double x) { return x / 2; }
double mean(float a, double b, float c) { return ((double)a + b + (double)c) / 3; }
bool negated(bool value) { return !value; }

double sum_variable(int32_t ints, int32_t doubles, ...) {
  va_list list;
  double sum = 0;
  va_start(list, doubles);
  for (int32_t i = 0; i < ints; ++i) sum += va_arg(list, int);
  for (int32_t i = 0; i < doubles; ++i) sum += va_arg(list, double);
  va_end(list);
  return sum;
}

int32_t apply(int32_t (*function)(int32_t, int32_t), int32_t a, int32_t b) {
  return function(a, b);
}

void set_errno(int32_t value) { errno = value; }
int32_t get_errno(void) { return errno; }
int32_t a_variable = 42;
int32_t hellos = 0;
void hello_world(void) { ++hellos; }
