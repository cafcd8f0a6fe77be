/* Marking and sweeping in slices between stores (gc/sliced_marking.h), all on one thread: three old
 * objects, the first of them large: its two references are scanned in different slices. The
 * worklist has room for one object; others are noted and found again by their marks. What is
 * allocated meanwhile is not being marked, and takes what has been swept.
 *
 * G-S1 tricolour: nothing that the program can reach is given back, at any time. G-S2 limit: what is
 * new is neither marked nor swept. G-S4 unswept: no root, weak reference or object that lives leads
 * to what waits to be swept and is dead.
 *
 * Mutants, each of which must be found wrong: see models_test.sh.
 */
#define OBJECTS 3
#define NONE 3
#define LARGE 0

mtype = { marking, sweeping, idle };

mtype state = marking;
byte field[OBJECTS];
byte second = NONE;              /* the other reference of LARGE */
byte handle[2];
byte weak = NONE;                /* a weak handle */
bool marked[OBJECTS];
bool is_new[OBJECTS];            /* made since marking began */
bool unswept[OBJECTS];
bool freed[OBJECTS];             /* nothing is there, or something new may be made there */
byte worklist = NONE;            /* room for one */
bool noted[OBJECTS];             /* stands for its region */
bool rest = false;               /* of LARGE the second reference is to be scanned */

#define HAS_GREY (worklist != NONE || noted[0] || noted[1] || noted[2] || rest)

inline Reach(o) {
  if
  :: o != NONE && !is_new[o] && !marked[o] ->
     marked[o] = true;
     if
     :: worklist == NONE -> worklist = o
#ifndef MUTANT_FULL_WORKLIST_FORGETS
     :: worklist != NONE -> noted[o] = true
#else
     :: else
#endif
     fi
  :: else
  fi
}

inline Scan(o) {
  if :: o == LARGE -> rest = true :: else fi;
  Reach(field[o])
}

inline Slice() {
  if
  :: rest -> rest = false; Reach(second)
  :: !rest && worklist != NONE -> at = worklist; worklist = NONE; Scan(at)
  :: !rest && worklist == NONE && noted[0] -> noted[0] = false; Scan(0)
  :: !rest && worklist == NONE && !noted[0] && noted[1] -> noted[1] = false; Scan(1)
  :: !rest && worklist == NONE && !noted[0] && !noted[1] && noted[2] ->
     noted[2] = false; Scan(2)
  fi;
  at = 0
}

/* All roots, then what that finds, within the pause; then what is weak is cleared. */
inline Finish() {
#ifndef MUTANT_ROOTS_PASSED_OVER
  Reach(handle[0]);
  Reach(handle[1]);
#endif
#ifndef MUTANT_NOT_MARKED_TO_THE_END
  do :: HAS_GREY -> Slice() :: else -> break od;
#endif
#ifndef MUTANT_WEAK_FORGOTTEN
  if
  :: weak != NONE && !is_new[weak] && !marked[weak] -> weak = NONE
  :: else
  fi;
#endif
  at = 0;
  do
  :: at < OBJECTS ->
#ifdef MUTANT_NEW_IS_SWEPT
     unswept[at] = !freed[at];
#else
     unswept[at] = !is_new[at] && !freed[at];
#endif
     at++
  :: else -> break
  od;
  at = 0;
  worklist = NONE;
  rest = false;
  state = sweeping
}

inline SweepOne(o) {
  unswept[o] = false;
  if
  :: !marked[o] -> freed[o] = true; field[o] = NONE
  :: else -> marked[o] = false
  fi
}

/* Old objects are made of what was given back. */
inline Make(o) {
  freed[o] = false;
  is_new[o] = true;
  field[o] = NONE;
  if :: o == LARGE -> second = NONE :: else fi;
  handle[0] = o
}

/* A step of the program: a value is got, and stored. */
inline Get() {
  if
  :: value = handle[0]
  :: value = handle[1]
  :: value = weak
  :: handle[0] != NONE -> value = field[handle[0]]
  :: handle[0] == LARGE -> value = second
  fi;
  assert(value == NONE || !freed[value]);                              /* G-S1 */
  assert(value == NONE || state != sweeping || !unswept[value] || marked[value])  /* G-S4 */
}

inline Barrier() {
  if
#ifndef MUTANT_NO_BARRIER
#ifdef MUTANT_BARRIER_OF_THE_SCANNED
  :: state == marking && marked[handle[0]] && !rest -> Reach(value)
#else
  :: state == marking -> Reach(value)
#endif
#endif
  :: else
  fi
}

active proctype Program() {
  byte at = 0;
  byte value = NONE;
  atomic {
    /* The large object refers to nothing; another that a handle has refers to the third. */
    field[0] = NONE;
    field[1] = 2;
    field[2] = NONE;
    handle[0] = LARGE;
    handle[1] = 1;
    weak = 2;
    Reach(handle[0]);
    Reach(handle[1])
  }
  do
  :: atomic { Get(); handle[0] = value; value = NONE }
  :: atomic { Get(); handle[1] = value; value = NONE }
  :: atomic { handle[1] = NONE }
  :: atomic { Get(); weak = value; value = NONE }
  :: atomic {
       handle[0] != NONE ->
       Get(); Barrier(); field[handle[0]] = value; value = NONE
     }
  :: atomic {
       handle[0] == LARGE ->
       Get(); Barrier(); second = value; value = NONE
     }
  :: atomic { freed[1] && !unswept[1] -> Make(1) }
  :: atomic { freed[2] && !unswept[2] -> Make(2) }
  :: atomic { state == marking && HAS_GREY -> Slice() }
  :: atomic { state == marking && !HAS_GREY -> Finish() }
  :: atomic { state == sweeping && unswept[0] -> SweepOne(0) }
  :: atomic { state == sweeping && !unswept[0] && unswept[1] -> SweepOne(1) }
  :: atomic { state == sweeping && !unswept[0] && !unswept[1] && unswept[2] -> SweepOne(2) }
  :: atomic {
       state == sweeping && !unswept[0] && !unswept[1] && !unswept[2] ->
       state = idle
     }
  :: atomic {
       /* The next time begins: marks are clear, and all that is there is to be marked. */
       state == idle ->
       assert(!marked[0] && !marked[1] && !marked[2]);
       is_new[0] = freed[0]; is_new[1] = freed[1]; is_new[2] = freed[2];
       state = marking;
       Reach(handle[0]);
       Reach(handle[1])
     }
  od
}
