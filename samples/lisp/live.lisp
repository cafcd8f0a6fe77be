; Many objects that stay alive: `size` trees of 127 pairs, kept in a list, then looked at.
(define (tree depth) (if (= depth 0) '() (cons (tree (- depth 1)) (tree (- depth 1)))))
(define (count tree) (if (null? tree) 0 (+ 1 (+ (count (car tree)) (count (cdr tree))))))
(define (forest n trees) (if (= n 0) trees (forest (- n 1) (cons (tree 7) trees))))
(define (count-all trees sum)
  (if (null? trees) sum (count-all (cdr trees) (+ sum (count (car trees))))))
(display (count-all (forest size '()) 0))
