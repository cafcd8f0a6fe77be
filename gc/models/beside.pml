/* Marking beside the mutator, between two pauses (gc/concurrent_marking.h, gc/sliced_marking.h):
 * a heap of three objects with one reference each, one of them young when marking begins and old
 * after some pause, and two handles. The mutator moves references about as it likes; the
 * marker reads and marks one word at a time.
 *
 * G-S1, G-B2: when marking has ended, whatever can be reached is marked, or is not being marked.
 * G-B1: only one of the two touches what marking has.
 *
 * Mutants, each of which must be found wrong: see models_test.sh.
 */
#define OBJECTS 3
#define NONE 3
#define YOUNG 2                  /* not being marked: it lives (G-S2) */
#define IS_BEING_MARKED(o) (o < YOUNG)

byte field[OBJECTS];
byte handle[2];
bool marked[OBJECTS];
bool grey[OBJECTS];              /* is in the worklist */
bool noted[OBJECTS];             /* by the barrier, while marking is handed over */
bool is_away = false;            /* handed over */
bool is_served = false;          /* a step is running */
bool is_old = false;             /* YOUNG is */
bool is_over = false;

#define HAS_GREY (grey[0] || grey[1])

inline Reach(o) {
  if
  :: IS_BEING_MARKED(o) && !marked[o] -> marked[o] = true; grey[o] = true
  :: else
  fi
}

/* ---- The marker: one step is one object. */
proctype Marker() {
  byte o;
  byte seen;
end:
  do
  :: is_over -> break
  :: atomic {
       is_away && !is_served && HAS_GREY ->
       is_served = true;
       if
       :: grey[0] -> o = 0
       :: grey[1] -> o = 1
       fi;
       grey[o] = false
     };
     seen = field[o];
     /* Marks are the marker's: nobody else writes them now. */
     assert(is_away);            /* G-B1 */
     atomic { Reach(seen) };
     is_served = false;
     o = 0;
     seen = 0
  od
}

/* ---- The mutator */
inline Barrier(o) {
  if
#ifdef MUTANT_NO_BARRIER
  :: true -> skip
#else
  :: IS_BEING_MARKED(o) ->
     if
     :: is_away -> noted[o] = !marked[o]  /* as far as one can see from here */
     :: else -> Reach(o)
     fi
  :: else
#endif
  fi
}

inline TakeBack() {
#ifndef MUTANT_NOT_WAITED_FOR
  !is_served;
#endif
  is_away = false;
#ifndef MUTANT_NOTED_FORGOTTEN
  if :: noted[0] -> Reach(0) :: else fi;
  if :: noted[1] -> Reach(1) :: else fi;
#endif
  noted[0] = false;
  noted[1] = false
}

/* On the mutator's thread. */
inline MarkOne() {
  if
  :: grey[0] -> grey[0] = false; Reach(field[0])
  :: !grey[0] && grey[1] -> grey[1] = false; Reach(field[1])
  fi
}

inline MarkAll() {
  do
  :: HAS_GREY -> MarkOne()
  :: else -> break
  od
}

inline Pause() {
  atomic {
    TakeBack();
    looks_at_roots = !HAS_GREY;
    /* The scavenge sees what lives of new space; what grows old is scanned as a copy. */
#ifdef MUTANT_NEW_SPACE_PASSED_OVER
    if :: is_old -> Reach(field[YOUNG]) :: else fi;
#else
    if :: !is_old -> Reach(field[YOUNG]) :: else fi;
#endif
    if
    :: true -> is_old = true
    :: true
    fi;
#ifndef MUTANT_ROOTS_PASSED_OVER
    if
    :: looks_at_roots -> if :: handle[0] != NONE -> Reach(handle[0]) :: else fi;
                         if :: handle[1] != NONE -> Reach(handle[1]) :: else fi
    :: else
    fi;
#endif
    if
    :: looks_at_roots ->
       if
       :: true -> MarkAll()   /* within the budget */
       :: HAS_GREY -> skip    /* or not */
       fi
    :: else
    fi;
    if
    :: looks_at_roots && !HAS_GREY -> is_over = true
    :: else ->
       if
       :: true -> is_away = true
       :: true  /* There is no thread. */
       fi
    fi;
    looks_at_roots = false
  }
}

inline CheckReached(o) {
  at = o;
  do
  :: at == NONE -> break
  :: at != NONE && !(IS_BEING_MARKED(at)) && passed == OBJECTS -> break
  :: at != NONE && passed < OBJECTS ->
     assert(!IS_BEING_MARKED(at) || marked[at]);
     at = field[at];
     passed++
  :: passed == OBJECTS -> break
  od;
  passed = 0;
  at = 0
}

/* Which handle: chosen anew each time. */
inline Choose(i) {
  if :: i = 0 :: i = 1 fi
}

proctype Mutator() {
  byte i;
  byte j;
  byte at;
  byte passed;
  bool looks_at_roots = false;
  do
  :: !is_over ->
     if
     :: atomic {                            /* a handle of what a field refers to */
          Choose(i); Choose(j);
          if :: handle[j] != NONE -> handle[i] = field[handle[j]] :: else fi;
          i = 0; j = 0
        }
     :: atomic {                            /* the young object is always at hand */
          Choose(i); handle[i] = YOUNG; i = 0
        }
     :: atomic { Choose(i); handle[i] = NONE; i = 0 }
     :: atomic {                            /* a store */
          Choose(i); Choose(j);
          /* The barrier is that of old holders. */
          if
          :: handle[i] != NONE && handle[j] != NONE && (handle[i] != YOUNG || is_old) ->
             Barrier(handle[j])
          :: else
          fi
        };
        /* The marker may look between the barrier and the store. */
        atomic {
          if :: handle[i] != NONE -> field[handle[i]] = handle[j] :: else fi;
          i = 0;
          j = 0
        }
     :: Pause()
     :: atomic { if :: !is_away && HAS_GREY -> MarkOne() :: else fi }  /* a slice */
     fi
  :: is_over -> break
  od;
  atomic {
    CheckReached(handle[0]);
    CheckReached(handle[1]);
    CheckReached(YOUNG)
  }
}

init {
  atomic {
    /* 0 refers to 1, a handle to 0. Marking has begun with a look at all roots. */
    field[0] = 1;
    field[1] = NONE;
    field[YOUNG] = NONE;
    handle[0] = 0;
    handle[1] = NONE;
    Reach(0);
    is_away = true;
    run Marker();
    run Mutator()
  }
}
