/* Candidates that are emptied behind scavenges (gc/sliced_evacuation.h), between stores: two of them
 * with an object each, an old holder that stays, and one that is young or was made old and is
 * remembered whole. Each object has one reference. A place is where an object lies, or its copy.
 * Nothing dies: what is found in a candidate is moved, whoever refers to it.
 *
 * G-V1 recorded: when a candidate has been emptied nobody refers to where it was. G-V4 slots: no
 * slot is written where a candidate was that has been emptied.
 *
 * Mutants, each of which must be found wrong: see models_test.sh.
 */
#define A 0                      /* in the first candidate */
#define B 1                      /* in the second */
#define HOLDER 2
#define OTHER 3
#define COPY_OF_A 4
#define COPY_OF_B 5
#define PLACES 6
#define NONE 6

mtype = { young, whole, old };

mtype other = young;             /* what OTHER is */
byte field[PLACES];
byte handle[2];
bool gone[PLACES];               /* the memory is another's */
bool there[PLACES];              /* a copy has been made */
bool recorded[12];               /* with each of both candidates, of the slot of each place */
bool looked[3];                  /* at A, B and HOLDER */

#define WITH(candidate, p) recorded[candidate * PLACES + p]
#define LOOKED_AT_ALL (looked[A] && looked[B] && looked[HOLDER])
#define IS_STALE(p) ((p == A || p == B) && gone[p])

inline Record(p) {
  if
  :: field[p] == A && !gone[A] -> WITH(A, p) = true
  :: field[p] == B && !gone[B] -> WITH(B, p) = true
  :: else
  fi
}

/* A step of the program: a value is got. */
inline Get() {
  if
  :: value = handle[0]
  :: value = handle[1]
  :: handle[0] != NONE -> value = field[handle[0]]
  fi;
  assert(value == NONE || !gone[value])                                /* G-V1 */
}

inline Put(p) {
  field[p] = value;
  if
#ifndef MUTANT_NO_BARRIER
  :: p != OTHER || other == old -> Record(p)
#endif
  :: else
  fi
}

inline UpdateSlot(p, from, to) {
  if
  :: field[p] == from -> assert(!gone[p]); field[p] = to               /* G-V4 */
  :: else
  fi
}

/* What one candidate holds has been copied. */
inline Empty(from, to) {
  there[to] = true;
  field[to] = field[from];
  UpdateSlot(to, from, to);
#ifndef MUTANT_COPIES_PASSED_OVER
  Record(to);
#endif
  at = 0;
  do
  :: at < PLACES ->
     if
#ifdef MUTANT_STALE_SLOTS_WRITTEN
     :: WITH(from, at) -> UpdateSlot(at, from, to)
#else
     :: WITH(from, at) && !IS_STALE(at) -> UpdateSlot(at, from, to)
#endif
     :: else
     fi;
     at++
  :: else -> break
  od;
  at = 0;
#ifndef MUTANT_HANDLES_PASSED_OVER
  if :: handle[0] == from -> handle[0] = to :: else fi;
  if :: handle[1] == from -> handle[1] = to :: else fi;
#endif
#ifndef MUTANT_YOUNG_PASSED_OVER
  if :: other == young -> UpdateSlot(OTHER, from, to) :: else fi;
#endif
#ifndef MUTANT_WHOLE_PASSED_OVER
  if :: other == whole -> UpdateSlot(OTHER, from, to) :: else fi;
#endif
  gone[from] = true;
  /* Whoever takes the memory writes what may look like anything. */
  field[from] = (from == A -> B : A);
  assert(field[HOLDER] != from && field[OTHER] != from);               /* G-V1 */
  assert(!there[COPY_OF_A] || field[COPY_OF_A] != from);
  assert(!there[COPY_OF_B] || field[COPY_OF_B] != from);
  assert(gone[A] || field[A] != from);
  assert(gone[B] || field[B] != from)
}

/* What it refers to is looked at when it becomes old, and when it is remembered no more. */
inline Scavenge() {
  if
  :: other != old ->
     other = old;
#ifndef MUTANT_PROMOTED_PASSED_OVER
     Record(OTHER)
#endif
  :: skip
  fi;
  if
#ifdef MUTANT_NOT_LOOKED_TO_THE_END
  :: looked[A] && !gone[A] -> Empty(A, COPY_OF_A)
  :: looked[A] && !gone[B] -> Empty(B, COPY_OF_B)
#else
  :: LOOKED_AT_ALL && !gone[A] -> Empty(A, COPY_OF_A)
  :: LOOKED_AT_ALL && !gone[B] -> Empty(B, COPY_OF_B)
#endif
  :: skip
  fi
}

active proctype Program() {
  byte at = 0;
  byte value = NONE;
  atomic {
    handle[0] = HOLDER;
    handle[1] = A;
    if :: other = whole :: skip fi;
    if :: field[A] = A :: field[A] = B :: field[A] = NONE fi;
    if :: field[B] = A :: field[B] = B :: field[B] = NONE fi;
    if :: field[HOLDER] = A :: field[HOLDER] = B :: field[HOLDER] = OTHER fi;
    if :: field[OTHER] = A :: field[OTHER] = B :: field[OTHER] = NONE fi;
    field[COPY_OF_A] = NONE;
    field[COPY_OF_B] = NONE
  }
  do
  :: atomic { Get(); handle[0] = value; value = NONE }
  :: atomic { Get(); handle[1] = value; value = NONE }
  :: atomic { handle[0] != NONE -> Get(); Put(handle[0]); value = NONE }
  :: atomic { !looked[A] -> Record(A); looked[A] = true }
  :: atomic { looked[A] && !looked[B] -> Record(B); looked[B] = true }
  :: atomic { looked[B] && !looked[HOLDER] -> Record(HOLDER); looked[HOLDER] = true }
  :: atomic { Scavenge() }
  od
}
