// dart:math -- constants, functions of real numbers, random numbers, points and rectangles.
//
// Of whole numbers `pow` is exact, however large. A Random with a seed gives the same numbers
// everywhere and always; without one it is seeded by the system.
library dart.math;

part 'random.dart';
part 'rectangle.dart';

const double E = 2.718281828459045;
const double LN10 = 2.302585092994046;
const double LN2 = 0.6931471805599453;
const double LOG2E = 1.4426950408889634;
const double LOG10E = 0.4342944819032518;
const double PI = 3.1415926535897932;
const double SQRT1_2 = 0.7071067811865476;
const double SQRT2 = 1.4142135623730951;

// The names that programs of today have for them.
const double e = E;
const double ln10 = LN10;
const double ln2 = LN2;
const double log2e = LOG2E;
const double log10e = LOG10E;
const double pi = PI;
const double sqrt1_2 = SQRT1_2;
const double sqrt2 = SQRT2;

double sqrt(num x) native "Math_sqrt";
double sin(num radians) native "Math_sin";
double cos(num radians) native "Math_cos";
double tan(num radians) native "Math_tan";
double asin(num x) native "Math_asin";
double acos(num x) native "Math_acos";
double atan(num x) native "Math_atan";
double atan2(num a, num b) native "Math_atan2";
double exp(num x) native "Math_exp";
double log(num x) native "Math_log";

// An int if both are and `exponent` is not negative.
num pow(num x, num exponent) native "Math_pow";

// The first of equal ones; -0.0 is less than zero, and what is compared with NaN is NaN.
num min(num a, num b) {
  _checkNum(a, "a");
  _checkNum(b, "b");
  if (a < b) return a;
  if (a > b) return b;
  if (a == b) return a == 0 && b.isNegative ? b : a;
  return a.isNaN ? a : b;
}

num max(num a, num b) {
  _checkNum(a, "a");
  _checkNum(b, "b");
  if (a > b) return a;
  if (a < b) return b;
  if (a == b) return a == 0 && a.isNegative ? b : a;
  return a.isNaN ? a : b;
}

num _checkNum(value, String name) native "Check_num";
int _checkInt(value, int minimum, int maximum, String name) native "Check_int";
int _checkAnyInt(value, String name) native "Check_anyInt";

// A hash of a few, all of whose bits depend on all of theirs.
int _hashOf(List parts) {
  var hash = 0;
  for (var part in parts) {
    hash = 0x1fffffff & (hash + (0x1fffffff & part.hashCode));
    hash = 0x1fffffff & (hash + ((0x7ffff & hash) << 10));
    hash ^= hash >> 6;
  }
  hash = 0x1fffffff & (hash + ((0x3ffffff & hash) << 3));
  hash ^= hash >> 11;
  return 0x1fffffff & (hash + ((0x3fff & hash) << 15));
}
