; A bit of everything: lists sorted, closures that count, strings, tables by identity.
(define (append a b) (if (null? a) b (cons (car a) (append (cdr a) b))))
(define (filter keep? list)
  (if (null? list)
      '()
      (if (keep? (car list))
          (cons (car list) (filter keep? (cdr list)))
          (filter keep? (cdr list)))))
(define (sort list)
  (if (null? list)
      '()
      (let ((pivot (car list)))
        (append (sort (filter (lambda (x) (< x pivot)) (cdr list)))
                (cons pivot (sort (filter (lambda (x) (not (< x pivot))) (cdr list))))))))

; A pseudo-random list.
(define (next seed) (remainder (+ (* seed 1103515245) 12345) 2147483648))
(define (random-list n seed list)
  (if (= n 0) list (random-list (- n 1) (next seed) (cons seed list))))

(define (is-sorted? list)
  (if (null? (cdr list))
      #t
      (if (< (car (cdr list)) (car list)) #f (is-sorted? (cdr list)))))

; A closure that counts.
(define (make-counter)
  (let ((count 0))
    (lambda ()
      (set! count (+ count 1))
      count)))
(define (call-times n counter) (if (= n 1) (counter) (begin (counter) (call-times (- n 1) counter))))

; The digits of a number, as symbols, counted in a table.
(define digits (make-table))
(define (count-digits n)
  (if (= n 0)
      #t
      (let ((digit (string->symbol (string-append "digit-" (->string (remainder n 10))))))
        (table-put! digits digit (+ 1 (table-get digits digit 0)))
        (count-digits (quotient n 10)))))
(define (count-all list) (if (null? list) #t (begin (count-digits (car list)) (count-all (cdr list)))))

; Objects themselves are keys.
(define (mark-all list seen)
  (if (null? list)
      seen
      (begin (table-put! seen list (car list)) (mark-all (cdr list) seen))))
(define (sum-seen list seen sum)
  (if (null? list)
      sum
      (sum-seen (cdr list) seen (+ sum (- (table-get seen list 0) (car list))))))

(define (round n)
  (if (= n 0)
      #t
      (let ((list (random-list 30 n '())))
        (if (is-sorted? (sort list)) #t (error "not sorted"))
        (count-all list)
        (if (= 0 (sum-seen list (mark-all list (make-table)) 0)) #t (error "a key is lost"))
        (round (- n 1)))))
(round size)
(display (call-times 1000 (make-counter)))
(display (table-get digits 'digit-7 0))
(display (sort '(3 1 2)))
