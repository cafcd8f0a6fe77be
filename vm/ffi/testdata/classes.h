/* The tests' own C library: a function of every class of signature. V(name) lists all. */

#ifndef FART_VM_FFI_TESTDATA_CLASSES_H_
#define FART_VM_FFI_TESTDATA_CLASSES_H_

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define FART_FFI_TEST __attribute__((visibility("default")))

typedef struct {
  int8_t a;
} Byte;
typedef struct {
  int8_t a;
  int16_t b;
  int8_t c;
} Six;
typedef struct {
  int64_t a;
  double b;
} Mixed;
typedef struct {
  double a;
  int64_t b;
} MixedBack;
typedef struct {
  float a;
  float b;
} TwoFloats;
typedef struct {
  float a;
  float b;
  float c;
} ThreeFloats;
typedef struct {
  float a;
  float b;
  float c;
  float d;
} FourFloats;
typedef struct {
  double a;
  double b;
  double c;
  double d;
} FourDoubles;
typedef struct {
  float a;
  int32_t b;
  float c;
} FloatIntFloat;
typedef struct {
  int64_t a;
  int64_t b;
  int64_t c;
} Large;
typedef struct {
  int64_t of[5];
} Larger;
typedef struct {
  uint8_t of[3];
} ThreeBytes;
typedef struct {
  TwoFloats first;
  float last;
} Nested;
typedef struct {
  int16_t of[2][3];
} Matrix;
typedef struct __attribute__((packed)) {
  int8_t a;
  int32_t b;
  double c;
} Packed;
typedef struct __attribute__((packed)) {
  double a;
  float b;
} PackedFloats;
typedef union {
  int32_t a;
  float b;
} IntOrFloat;
typedef union {
  float a;
  double b;
} FloatOrDouble;
typedef union {
  uint8_t bytes[12];
  double wide;
} BytesOrDouble;

#define FART_FFI_TEST_STRUCTS(V) \
  V(Byte)                        \
  V(Six)                         \
  V(Mixed)                       \
  V(MixedBack)                   \
  V(TwoFloats)                   \
  V(ThreeFloats)                 \
  V(FourFloats)                  \
  V(FourDoubles)                 \
  V(FloatIntFloat)               \
  V(Large)                       \
  V(Larger)                      \
  V(ThreeBytes)                  \
  V(Nested) V(Matrix) V(Packed) V(PackedFloats) V(IntOrFloat) V(FloatOrDouble) V(BytesOrDouble)

/* As it came; behind scalars of both kinds; and when the registers have been used up. */
#define V(T)                                                                                      \
  FART_FFI_TEST T same_##T(T value);                                                              \
  FART_FFI_TEST T second_##T(T first, T second);                                                  \
  FART_FFI_TEST T behind_##T(int32_t i, double d, T value, float f, int64_t l);                   \
  FART_FFI_TEST T full_##T(int64_t a, int64_t b, int64_t c, int64_t d, int64_t e, int64_t f,      \
                           double p, double q, double r, double s, double t, double u, double v,  \
                           T value, int64_t g, int64_t h, int64_t i, double w, double x, T last); \
  FART_FFI_TEST T call_##T(T (*function)(int32_t, T, double, T), T value);
FART_FFI_TEST_STRUCTS(V)
#undef V

/* To be called as functions of other results: what lies above those in the register is something.
 */
FART_FFI_TEST int64_t whole(int64_t word);
FART_FFI_TEST double whole_double(double value);

FART_FFI_TEST int32_t add(int32_t a, int32_t b);
FART_FFI_TEST int64_t sum6(int64_t a, int64_t b, int64_t c, int64_t d, int64_t e, int64_t f);
FART_FFI_TEST double half(double x);
FART_FFI_TEST double mean(float a, double b, float c);
FART_FFI_TEST bool negated(bool value);
/* "%d %.1f %s"-like arguments: as many ints, then doubles, as are said. */
FART_FFI_TEST double sum_variable(int32_t ints, int32_t doubles, ...);
FART_FFI_TEST int32_t apply(int32_t (*function)(int32_t, int32_t), int32_t a, int32_t b);
FART_FFI_TEST void set_errno(int32_t value);
FART_FFI_TEST int32_t get_errno(void);
FART_FFI_TEST extern int32_t a_variable;
FART_FFI_TEST void hello_world(void);
FART_FFI_TEST extern int32_t hellos; /* how often hello_world was called */

#ifdef __cplusplus
}
#endif

#endif
