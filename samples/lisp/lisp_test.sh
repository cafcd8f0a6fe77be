#!/bin/bash
# The programs say what they should: plainly, while collections happen everywhere and the heap is
# verified, and with references that know when they were made.
#
#   lisp_test.sh LISP LISP_CHECKED PROGRAM...
set -euo pipefail
lisp=$1
checked=$2
folder=$(dirname "$3")

# expect FLAGS LISP PROGRAM SIZE LINE...: what the program prints.
expect() {
  local said
  said=$(FART_FLAGS=$1 "$2" "$folder/$3" "$4") || { echo "$3 $4 ends with $? ($1)"; exit 1; }
  [[ $said = "$(printf '%s\n' "${@:5}")" ]] || { echo "$3 $4 says '$said' ($1)"; exit 1; }
}

# expect_error STATUS TEXT PROGRAM: how `lisp` ends.
expect_error() {
  printf '%s' "$3" >"$TEST_TMPDIR/wrong.lisp"
  local status=0
  local said
  said=$("$lisp" "$TEST_TMPDIR/wrong.lisp" 2>&1) || status=$?
  [[ $status = "$1" && $said = *"$2"* ]] || { echo "'$3' ends with $status: $said"; exit 1; }
}

for program in "$lisp" "$checked"; do
  expect '' "$program" fib.lisp 16 987
  expect '' "$program" mixed.lisp 20 1000 502 '(1 2 3)'
  expect '' "$program" deep.lisp 10 4995000
  expect '' "$program" live.lisp 50 6350
  for n in 1 3 50; do
    stress="--gc-stress=$n --verify-heap"
    expect "$stress" "$program" fib.lisp 8 21
    expect "$stress" "$program" live.lisp 1 127
  done
  expect '--gc-stress=50 --verify-heap' "$program" mixed.lisp 1 1000 29 '(1 2 3)'
  expect '--gc-stress=50' "$program" deep.lisp 1 499500
done
expect '--gc-stress=3 --verify-heap' "$lisp" mixed.lisp 1 1000 29 '(1 2 3)'

expect_error 1 'x has no value' '(display x)'
expect_error 1 'too few arguments' '((lambda (a b) a) 1)'
expect_error 1 'too many arguments' '((lambda () 1) 1)'
expect_error 1 'what is no function is called' '(1 2)'
expect_error 1 'expected is a Pair' '(car 5)'
expect_error 1 'an integer is expected' "(+ 1 'a)"
expect_error 1 'an integer is too large' '(* 4611686018427387903 2)'
expect_error 1 'an integer is too large' '99999999999999999999'
expect_error 1 'division by zero' '(quotient 1 0)'
expect_error 1 'no such form' '(if)'
expect_error 1 'no such form' '(lambda 5 6)'
expect_error 1 'display: not its number of arguments' '(display 1 2)'
expect_error 1 'a name is expected' '(let ((5 6)) 7)'
expect_error 1 'outermost' '(let () (define x 1))'
expect_error 1 'outermost' '(begin (define x 1))'
expect_error 1 'no such form' '(lambda (x))'
expect_error 1 'no such form' '(let 5 6)'
expect_error 1 'no such form' '(define x)'
expect_error 1 'no such form' '(begin)'
expect_error 1 'a name is expected' '(set! 5 6)'
expect_error 1 'expected is a Table' '(table-put! 1 2 3)'
expect_error 1 'the text ends too early' '(car '
expect_error 1 'a string does not end' '"abc'
expect_error 1 'too deep' '(define (f x) (+ 1 (f x))) (f 1)'
expect_error 1 'too deep' "$(printf '(%.0s' {1..50000})"
FART_FLAGS=--max-heap=8m expect_error 2 'the heap is full' \
  '(define (f list) (f (cons 1 list))) (f (quote ()))'
