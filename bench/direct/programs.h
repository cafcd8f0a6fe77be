// The Lisp programs that are measured, and what each answers.
//
// The language: integers, true, false, nil, symbols, lists; define, lambda, let, if, begin, quote;
// + - * < = remainder, cons car cdr null?. A call in tail position needs no stack.

#ifndef FART_BENCH_DIRECT_PROGRAMS_H_
#define FART_BENCH_DIRECT_PROGRAMS_H_

#include <cstdint>

namespace fart::bench {

// What the language has of its own.
enum Primitive : std::uint64_t {
  kAdd,
  kSub,
  kMul,
  kLess,
  kEqual,
  kRemainder,
  kCons,
  kCar,
  kCdr,
  kIsNull,
  kPrimitives
};
inline constexpr const char* kPrimitiveNames[] = {"+",         "-",    "*",   "<",   "=",
                                                  "remainder", "cons", "car", "cdr", "null?"};

struct LispProgram {
  const char* name;
  const char* definitions;
  const char* real;  // what is measured: an expression
  std::int64_t real_answer;
  const char* smoke;
  std::int64_t smoke_answer;
};

inline constexpr LispProgram kFib = {
    "Fib27",    "(define fib (lambda (n) (if (< n 2) n (+ (fib (- n 1)) (fib (- n 2))))))",
    "(fib 27)", 196418,
    "(fib 10)", 55,
};

// Recursion on three arguments, eight queens, a sorted tree, closures over lists.
inline constexpr LispProgram kMixed = {
    "Mixed",
    "(define tak (lambda (x y z)"
    "  (if (< y x) (tak (tak (- x 1) y z) (tak (- y 1) z x) (tak (- z 1) x y)) z)))"
    "(define range (lambda (from to) (if (< from to) (cons from (range (+ from 1) to)) nil)))"
    "(define map (lambda (f list)"
    "  (if (null? list) nil (cons (f (car list)) (map f (cdr list))))))"
    "(define filter (lambda (keeps? list)"
    "  (if (null? list) nil"
    "    (if (keeps? (car list)) (cons (car list) (filter keeps? (cdr list)))"
    "      (filter keeps? (cdr list))))))"
    "(define fold (lambda (f start list)"
    "  (if (null? list) start (fold f (f start (car list)) (cdr list)))))"
    "(define safe? (lambda (queen distance placed)"
    "  (if (null? placed) true"
    "    (if (= (car placed) queen) false"
    "      (if (= (car placed) (+ queen distance)) false"
    "        (if (= (car placed) (- queen distance)) false"
    "          (safe? queen (+ distance 1) (cdr placed))))))))"
    "(define place (lambda (row size placed)"
    "  (if (= row size) 1 (try 0 row size placed))))"
    "(define try (lambda (column row size placed)"
    "  (if (= column size) 0"
    "    (+ (if (safe? column 1 placed) (place (+ row 1) size (cons column placed)) 0)"
    "       (try (+ column 1) row size placed)))))"
    "(define insert (lambda (key tree)"
    "  (if (null? tree) (cons key (cons nil nil))"
    "    (let ((here (car tree)) (sides (cdr tree)))"
    "      (if (< key here) (cons here (cons (insert key (car sides)) (cdr sides)))"
    "        (cons here (cons (car sides) (insert key (cdr sides)))))))))"
    "(define total (lambda (tree)"
    "  (if (null? tree) 0"
    "    (+ (car tree) (+ (total (car (cdr tree))) (total (cdr (cdr tree))))))))"
    "(define next (lambda (seed) (remainder (+ (* seed 1105) 12345) 65536)))"
    "(define grow (lambda (count seed tree)"
    "  (if (= count 0) tree (grow (- count 1) (next seed) (insert seed tree)))))"
    "(define multiples (lambda (n)"
    "  (filter (lambda (x) (= (remainder x n) 0)) (map (lambda (x) (* x n)) (range 0 500)))))"
    "(define lists (lambda (times)"
    "  (if (= times 0) 0"
    "    (+ (fold + 0 (multiples times)) (lists (- times 1))))))",
    "(+ (tak 16 10 4) (+ (place 0 8 nil) (+ (total (grow 8000 1 nil)) (lists 50))))",
    425773179,
    "(+ (tak 6 4 2) (+ (place 0 5 nil) (+ (total (grow 20 1 nil)) (lists 2))))",
    980729,
};

inline constexpr LispProgram kDeep = {
    "Deep",
    "(define count (lambda (n) (if (= n 0) 0 (+ 1 (count (- n 1))))))"
    "(define again (lambda (times n)"
    "  (if (= times 0) 0 (begin (count n) (again (- times 1) n)))))",
    "(begin (again 149 10000) (count 10000))",
    10000,
    "(begin (again 2 100) (count 100))",
    100,
};

// A list of 1.5 million pairs stays alive while three million others come and go.
inline constexpr LispProgram kLive = {
    "Live1500k",
    "(define build (lambda (n list) (if (= n 0) list (build (- n 1) (cons n list)))))"
    "(define sum (lambda (list total)"
    "  (if (null? list) total (sum (cdr list) (+ total (car list))))))",
    "(let ((kept (build 1500000 nil)))"
    "  (begin (sum (build 500000 nil) 0) (+ (sum kept 0) (sum (build 500000 nil) 0))))",
    1500000LL * 1500001 / 2 + 500000LL * 500001 / 2,
    "(let ((kept (build 150 nil)))"
    "  (begin (sum (build 50 nil) 0) (+ (sum kept 0) (sum (build 50 nil) 0))))",
    150 * 151 / 2 + 50 * 51 / 2,
};

}  // namespace fart::bench

#endif  // FART_BENCH_DIRECT_PROGRAMS_H_
