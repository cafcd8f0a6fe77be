; Deep recursion, again and again: many frames of roots while what they hold moves.
(define (count-up from to) (if (= from to) '() (cons from (count-up (+ from 1) to))))
(define (sum list) (if (null? list) 0 (+ (car list) (sum (cdr list)))))
(define (repeat n total) (if (= n 0) total (repeat (- n 1) (+ total (sum (count-up 0 1000))))))
(display (repeat size 0))
