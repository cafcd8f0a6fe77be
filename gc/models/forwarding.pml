/* Several workers reach one object at once: it is moved once, or kept (heap/object/forwarding.h, of
 * which each statement here is an atomic access or what happens between two).
 *
 * HO-F1 once: all workers come to the same place. HO-F2 complete: who reads the address reads the
 * whole copy. HO-F3 kept: what is kept was moved by nobody, and is listed once.
 *
 * Mutants, each of which must be found wrong: see models_test.sh.
 */
#define WORKERS 3
#define HEADER 0
#define KEPT 1
#define COPY(worker) (2 + worker)   /* the forwarding address: the copy of this worker */
#define IS_FORWARDED(word) (word >= 2)
#define HERE 1                      /* where the object is if it stays: as KEPT says */

byte word = HEADER;
byte words_copied[WORKERS];         /* of two */
byte where[WORKERS];                /* what each has learnt; 0: nothing yet */
byte published = 0;
byte listed = 0;                    /* as kept */
byte given_back = 0;                /* copies that lost */
byte copies = 0;
byte done = 0;

/* Compares and replaces at once; `seen` is what was there. */
#ifdef MUTANT_REPLACE_BLINDLY
#define REPLACE(desired, seen) seen = word; word = desired
#else
#define REPLACE(desired, seen) \
  d_step { seen = word; if :: word == HEADER -> word = desired :: else fi }
#endif

#ifdef MUTANT_KEEP_BLINDLY
#define KEEP(seen) seen = HEADER; word = KEPT
#else
#define KEEP(seen) REPLACE(KEPT, seen)
#endif

inline Copy(worker) {
  copies++;
  words_copied[worker] = 1;
  words_copied[worker] = 2;
}

/* What whoever came second does with what it found. */
inline Learn(worker, seen) {
  if
  :: IS_FORWARDED(seen) ->
     assert(words_copied[seen - 2] == 2);  /* HO-F2 */
     where[worker] = seen
  :: else ->
     assert(seen == KEPT);
     where[worker] = HERE
  fi
}

proctype Worker(byte me) {
  byte seen;
  seen = word;
  if
  :: seen != HEADER -> Learn(me, seen)
  :: else ->
     if
     :: true ->  /* There is room for a copy. */
#ifndef MUTANT_PUBLISH_BEFORE_COPYING
        Copy(me);
#endif
        REPLACE(COPY(me), seen);
#ifdef MUTANT_PUBLISH_BEFORE_COPYING
        Copy(me);
#endif
        if
        :: seen == HEADER -> published++; where[me] = COPY(me)
        :: else ->
#ifdef MUTANT_LOSER_KEEPS_ITS_COPY
           where[me] = COPY(me)
#else
           given_back++;
           Learn(me, seen)
#endif
        fi
     :: true ->  /* There is none. */
        KEEP(seen);
        if
        :: seen == HEADER -> listed++; where[me] = HERE
        :: else ->
#ifdef MUTANT_LISTED_TWICE
           if :: seen == KEPT -> listed++ :: else fi;
#endif
           Learn(me, seen)
        fi
     fi
  fi;
  done++
}

init {
  atomic { run Worker(0); run Worker(1); run Worker(2) };
  done == WORKERS;
  assert(where[0] == where[1] && where[1] == where[2]);  /* HO-F1 */
  assert(published + listed == 1);                       /* HO-F1, HO-F3 */
  assert(listed == (word == KEPT));                      /* HO-F3 */
  assert(published + given_back == copies)               /* no copy is lost */
}
