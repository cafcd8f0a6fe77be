/*
 * The heap at the speed of pointers: raw references, allocation and stores inlined, roots on the C
 * stack. For interpreters, solvers and document models whose every value lives on this heap.
 *
 * A handle may be held for as long as its scope; a Fart_Ref only until the next call that may
 * collect. Whatever is needed after that stands in a root: a slot of a frame on the C stack
 * (FART_ROOTS), of an array of the host's (Fart_AddRootArray), or one that a visitor visits. Both
 * tiers work in one isolate, side by side: Fart_HandleOf and Fart_RefOf lead from one to the other.
 *
 * The rules
 *   raw     A Fart_Ref is used only before the next call that may collect: every function of the
 *           other headers whose text says so, Fart_New, Fart_NewVariable, FART_SAFEPOINT. Arguments
 *           of one call are evaluated in any order: what allocates stands in a statement before.
 *   stored  What a call that may collect has seen is written with Fart_Store, and so is what
 *           Fart_NewVariable makes. What Fart_New has just made may be written with Fart_Init.
 *   rooted  At every call that may collect all slots of frames, arrays and visitors are valid: a
 *           reference, a small integer, null.
 *   nested  Frames end in the opposite order of their beginning.
 *
 * Compiled with FART_DIRECT_CHECKS defined, a Fart_Ref remembers when it was made: one that is used
 * too late ends the program with a message, whether or not anything has moved. It costs time; all
 * of a host's sources are compiled with it or without it. --gc-stress=1 moves every object at every
 * allocation; --verify-heap finds what was stored without Fart_Store, and names the slot of a
 * frame, array or visitor that holds what it must not.
 *
 * C11 and C++17, with gcc or clang: frames end by their `cleanup` attribute. C code through which
 * C++ exceptions, Fart_PropagateError or a thread's end pass needs -fexceptions, else its frames
 * are taken off when the native function is left, or the thread has ended. With setjmp and with
 * fibres: Fart_RootsMark.
 *
 * What is compiled into a host is version 1 of an interface that Fart_DirectAttach checks, field by
 * field, against the library.
 */
#ifndef FART_API_INCLUDE_FART_DIRECT_API_H_
#define FART_API_INCLUDE_FART_DIRECT_API_H_

#include "fart_heap_api.h"

#ifdef FART_DIRECT_CHECKS
#include <stdio.h>
#endif

/*
 * ==========
 * The layout that is compiled into hosts
 * ==========
 */

/** The version of all that is inlined below. */
#define FART_DIRECT_VERSION 1

/*
 * Words: the lowest bit tells references (1) from small integers (0). Tagged words below
 * FART_DIRECT_FIRST_OBJECT are immediates, some of which are the host's own.
 */
#define FART_DIRECT_TAG UINT64_C(1)
#define FART_DIRECT_NULL UINT64_C(1)
#define FART_DIRECT_NONE UINT64_C(25)
#define FART_DIRECT_FIRST_OBJECT UINT64_C(256)
#define FART_DIRECT_FIRST_HOST_IMMEDIATE UINT64_C(16)
#define FART_DIRECT_HOST_IMMEDIATES 16

/* Fields of an object's header word; the size is in words, 0 of a large object. */
#define FART_DIRECT_REMEMBERED_BIT 1
#define FART_DIRECT_SHAPE_SHIFT 5
#define FART_DIRECT_SHAPE_BITS 18
#define FART_DIRECT_SIZE_SHIFT 23
#define FART_DIRECT_SIZE_BITS 16

/* A byte of flags for each region, which an address shifted by this leads to. */
#define FART_DIRECT_REGION_SHIFT 18
#define FART_DIRECT_FLAG_TO 16U
#define FART_DIRECT_FLAG_FROM 32U
#define FART_DIRECT_FLAG_LOG 64U

/* In front of a frame's slots. */
#define FART_DIRECT_FRAME_WORDS 2

/* Objects with a variable part are made inline up to this many words. */
#define FART_DIRECT_INLINE_WORDS 64
/* The most references that Fart_New and Fart_NewOfLength can be given. */
#define FART_DIRECT_MOST_GIVEN 2048

/** What Fart_DirectAttach compares with the library. FART_DIRECT_ABI has the values. */
typedef struct {
  uint32_t struct_size; /**< sizeof(Fart_DirectAbi). */
  uint32_t version;
  uint32_t state_size;
  uint32_t frame_words;
  uint32_t tag;
  uint32_t none;
  uint32_t first_object;
  uint32_t remembered_bit;
  uint32_t shape_shift;
  uint32_t shape_bits;
  uint32_t size_shift;
  uint32_t size_bits;
  uint32_t region_shift;
  uint32_t flag_to;
  uint32_t flag_from;
  uint32_t flag_log;
  uint32_t has_checks; /**< Not compared: 1 with FART_DIRECT_CHECKS. */
} Fart_DirectAbi;

/** In front of the slots of a frame of roots. */
typedef struct Fart_RootFrame {
  struct Fart_RootFrame* previous;
  uint64_t count;
} Fart_RootFrame;

/**
 * What inlined code reads and writes of an isolate; at one address for the isolate's life. Only the
 * functions below touch its members.
 */
typedef struct {
  uintptr_t top;
  uintptr_t limit;
  uint64_t objects;
  const uint8_t* holder_flags;
  const uint8_t* flags;
  uint64_t flag_mask;
  Fart_RootFrame* frames;
  uint64_t gate;
  uint64_t epoch;
  uint64_t reserved[7];
} Fart_Direct;

#ifdef FART_DIRECT_CHECKS
#define FART_DIRECT_HAS_CHECKS_ 1
#else
#define FART_DIRECT_HAS_CHECKS_ 0
#endif

/** Initialises a Fart_DirectAbi. */
#define FART_DIRECT_ABI                                                                          \
  {                                                                                              \
    sizeof(Fart_DirectAbi), FART_DIRECT_VERSION, sizeof(Fart_Direct), FART_DIRECT_FRAME_WORDS,   \
        FART_DIRECT_TAG, FART_DIRECT_NONE, FART_DIRECT_FIRST_OBJECT, FART_DIRECT_REMEMBERED_BIT, \
        FART_DIRECT_SHAPE_SHIFT, FART_DIRECT_SHAPE_BITS, FART_DIRECT_SIZE_SHIFT,                 \
        FART_DIRECT_SIZE_BITS, FART_DIRECT_REGION_SHIFT, FART_DIRECT_FLAG_TO,                    \
        FART_DIRECT_FLAG_FROM, FART_DIRECT_FLAG_LOG, FART_DIRECT_HAS_CHECKS_                     \
  }

/** A raw reference, small integer or null. */
typedef struct {
  uint64_t bits;
#ifdef FART_DIRECT_CHECKS
  uint64_t epoch; /* when it was made */
#endif
} Fart_Ref;

/** One slot of a root: what a Fart_Ref refers to, corrected when that moves. */
typedef struct {
  uint64_t bits;
} Fart_Slot;

/** Where words of objects are read and written, whatever they mean. */
typedef uint64_t __attribute__((may_alias)) Fart_AnyWord;

/** How many words of each kind the objects of a shape without variable part have. */
typedef struct {
  uint16_t references;
  uint16_t weak_references;
  uint16_t raw_words;
} Fart_Layout;

/*
 * ==========
 * Attaching
 * ==========
 */

/**
 * Runs when Fart_New or Fart_NewVariable finds no room, after a full collection. It may leave by
 * whatever the host's language has for that, a C++ exception or a longjmp for one; if it returns,
 * none is what was to be made (Fart_IsNone). May not shut the isolate down.
 */
typedef void (*Fart_DirectOutOfMemory)(void* peer);

/**
 * Makes the current isolate ready for what is inlined here, after a look at whether that fits the
 * library, and registers shapes whose numbers follow each other, so that a host can have a `switch`
 * over them. May be called again, for further shapes.
 *
 * \param abi            Of FART_DIRECT_ABI.
 * \param descriptions   Shapes as for Fart_RegisterShape; may be NULL with count 0.
 * \param count          How many.
 * \param first          Where to put the number of the first one; may be NULL with count 0.
 * \param out_of_memory  What to call when there is no room, from now on; NULL: nothing.
 * \param peer           Handed to it.
 * \param error          Where to put a malloc text on failure, which the caller frees; may be
 *                       NULL.
 *
 * Returns   the isolate's state, until the isolate is shut down; NULL on failure, and no shape is
 *           registered then.
 * Collects  never.
 * Thread    that has entered.
 * Errors    none as handles; texts for: ENTRY, POINTER, RANGE, what Fart_RegisterShape refuses,
 * each field of `abi` that differs, no memory.
 */
DART_EXPORT Fart_Direct* Fart_DirectAttach(const Fart_DirectAbi* abi,
                                           const Fart_ShapeDescription* descriptions,
                                           intptr_t count, uint32_t* first,
                                           Fart_DirectOutOfMemory out_of_memory, void* peer,
                                           char** error);

/**
 * Gives what Fart_DirectAttach has returned for the current isolate.
 *
 * Returns   the isolate's state, until the isolate is shut down; NULL if it has not been attached.
 * Collects  never.
 * Thread    that has entered.
 * Errors    none returned; ENTRY is recorded.
 */
DART_EXPORT Fart_Direct* Fart_DirectState(void);

/*
 * ==========
 * Out of line
 * ==========
 *
 * What the inlined functions call where they need the library. Words are those of Fart_Ref.
 */

/**
 * Makes an object. Its first references are given; the others are null, its bytes 0.
 *
 * \param direct  The current isolate's.
 * \param shape   A shape's number, as Fart_DirectAttach gave it.
 * \param length  Size of the variable part, as for Fart_AllocateObject.
 * \param count   How many strong references are given; those of the variable part follow the fixed.
 * \param init    Their words; NULL with count 0. They survive a collection in here.
 *
 * Returns   the object's word; none if there is no room, or the call is a misuse.
 * Collects  may.
 * Thread    that has entered.
 * Errors    none returned; ENTRY, CALLBACK, RANGE, POINTER and a shape that is not a host's are
 *           recorded; without room the callback of Fart_DirectAttach is called.
 */
DART_EXPORT uint64_t Fart_DirectNew(Fart_Direct* direct, uint32_t shape, intptr_t length,
                                    intptr_t count, const uint64_t* init);

/**
 * Stores a reference into an object, and remembers what the collector must know of it.
 *
 * \param direct  The current isolate's.
 * \param object  An object's word.
 * \param index   Which word of it, from 1; a reference.
 * \param value   The word to store.
 *
 * Returns   nothing.
 * Collects  never.
 * Thread    that has entered.
 * Errors    none; a wrong word or index corrupts the object (--verify-heap finds it).
 */
DART_EXPORT void Fart_DirectStore(Fart_Direct* direct, uint64_t object, uint32_t index,
                                  uint64_t value);

/**
 * Reads a weak reference while the collector asks for it (Fart_Direct::gate).
 *
 * \param direct  The current isolate's.
 * \param object  An object's word.
 * \param index   Which word of it, from 1; a weak reference.
 *
 * Returns   the word; null's if what it referred to is dead.
 * Collects  never.
 * Thread    that has entered.
 * Errors    none.
 */
DART_EXPORT uint64_t Fart_DirectLoadWeak(Fart_Direct* direct, uint64_t object, uint32_t index);

/**
 * Gives a hash of what a word is, for tables by identity: an object keeps it when it moves.
 *
 * \param direct  The current isolate's.
 * \param word    A valid word.
 *
 * Returns   the hash, as Fart_IdentityHash gives it.
 * Collects  never.
 * Thread    that has entered.
 * Errors    none.
 */
DART_EXPORT uint64_t Fart_DirectHash(Fart_Direct* direct, uint64_t word);

/**
 * Says "I may collect" where nothing is allocated: under stress it does.
 *
 * \param direct  The current isolate's.
 *
 * Returns   nothing.
 * Collects  may, under stress.
 * Thread    that has entered.
 * Errors    none returned; ENTRY, CALLBACK are recorded.
 */
DART_EXPORT void Fart_DirectSafepoint(Fart_Direct* direct);

/**
 * Makes a local handle of a word.
 *
 * \param word  A valid word; none's is refused.
 *
 * Returns   what it is as a local handle of the current scope.
 * Collects  never, when it succeeds.
 * Thread    that has entered.
 * Errors    ENTRY, SCOPE, MEMORY; a word that is no value.
 */
DART_EXPORT Fart_Handle Fart_DirectHandle(uint64_t word);

/**
 * Gives the word of what a handle names.
 *
 * \param object  Any handle that is not an error.
 *
 * Returns   the word, good until the next call that may collect; none's on failure.
 * Collects  never.
 * Thread    that has entered.
 * Errors    none returned; ENTRY, HANDLE and errors are recorded.
 */
DART_EXPORT uint64_t Fart_DirectWord(Fart_Handle object);

/*
 * ==========
 * Words
 * ==========
 */

/** A Fart_Ref of a word that is valid now. */
static inline Fart_Ref Fart_RefOfBits(const Fart_Direct* direct, uint64_t bits) {
  Fart_Ref ref;
  ref.bits = bits;
#ifdef FART_DIRECT_CHECKS
  ref.epoch = direct->epoch;
#else
  (void)direct;
#endif
  return ref;
}

/** Null. */
static inline Fart_Ref Fart_NullRef(const Fart_Direct* direct) {
  return Fart_RefOfBits(direct, FART_DIRECT_NULL);
}
/** Whether it is null. */
static inline bool Fart_IsNullRef(Fart_Ref ref) { return ref.bits == FART_DIRECT_NULL; }

/** Whether it is no value: what was to be made has found no room, or a handle was not live. */
static inline bool Fart_IsNone(Fart_Ref ref) { return ref.bits == FART_DIRECT_NONE; }

/** Whether it is a small integer. */
static inline bool Fart_IsSmi(Fart_Ref ref) { return (ref.bits & FART_DIRECT_TAG) == 0; }
/** A small integer's value, from -2^62 to 2^62 - 1. */
static inline int64_t Fart_SmiValue(Fart_Ref ref) {
#ifdef __cplusplus
  return static_cast<int64_t>(ref.bits) >> 1;
#else
  return (int64_t)ref.bits >> 1;
#endif
}
/** Whether a small integer can have this value. */
static inline bool Fart_IsSmiValue(int64_t value) {
  return value >= -(INT64_C(1) << 62) && value < INT64_C(1) << 62;
}
/** The small integer of a value that Fart_IsSmiValue. */
static inline Fart_Ref Fart_FromSmi(const Fart_Direct* direct, int64_t value) {
#ifdef __cplusplus
  return Fart_RefOfBits(direct, static_cast<uint64_t>(value) << 1);
#else
  return Fart_RefOfBits(direct, (uint64_t)value << 1);
#endif
}

/** One of FART_DIRECT_HOST_IMMEDIATES values that are the host's own and no objects. */
static inline Fart_Ref Fart_HostImmediate(const Fart_Direct* direct, unsigned number) {
  return Fart_RefOfBits(direct, (FART_DIRECT_FIRST_HOST_IMMEDIATE + number) * 8 + FART_DIRECT_TAG);
}

/** Whether it is a reference to an object: neither small integer nor null nor another immediate. */
static inline bool Fart_IsObject(Fart_Ref ref) {
  return (ref.bits & FART_DIRECT_TAG) != 0 && ref.bits >= FART_DIRECT_FIRST_OBJECT;
}

/** Whether two are the same value: the same object, or equal small integers. */
static inline bool Fart_IsSame(Fart_Ref left, Fart_Ref right) { return left.bits == right.bits; }

#ifdef FART_DIRECT_CHECKS
static inline void Fart_CheckRef_(const Fart_Direct* direct, Fart_Ref ref) {
  if (!Fart_IsObject(ref) || ref.epoch == direct->epoch) return;
  fprintf(stderr,
          "fart_direct_api.h: a Fart_Ref is used after a call that may have collected "
          "(made in epoch %" PRIu64 ", it is %" PRIu64 " now). It belonged in a root.\n",
          ref.epoch, direct->epoch);
  abort();
}
#else
#define Fart_CheckRef_(direct, ref) ((void)(direct), (void)(ref))
#endif

/*
 * ==========
 * Objects
 * ==========
 *
 * Word 0 is the header. Of a shape without variable part the references begin at word 1, then come
 * weak references, then bytes; with a variable part word 1 is its length, the references begin at
 * word 2, and what varies comes last.
 */

/** The address of a word of an object, good until the next call that may collect. */
static inline Fart_AnyWord* Fart_Word(const Fart_Direct* direct, Fart_Ref object, unsigned index) {
  Fart_CheckRef_(direct, object);
#ifdef __cplusplus
  return reinterpret_cast<Fart_AnyWord*>(object.bits - FART_DIRECT_TAG) + index;
#else
  return (Fart_AnyWord*)(object.bits - FART_DIRECT_TAG) + index;
#endif
}

/** The number of an object's shape. Less the first one of Fart_DirectAttach it counts from 0. */
static inline uint32_t Fart_ShapeNumber(const Fart_Direct* direct, Fart_Ref object) {
  const uint64_t header = *Fart_Word(direct, object, 0);
  const uint64_t number =
      header >> FART_DIRECT_SHAPE_SHIFT & ((UINT64_C(1) << FART_DIRECT_SHAPE_BITS) - 1);
#ifdef __cplusplus
  return static_cast<uint32_t>(number);
#else
  return (uint32_t)number;
#endif
}

/** Whether it is an object of the shape of this number. */
static inline bool Fart_HasShape(const Fart_Direct* direct, Fart_Ref ref, uint32_t shape) {
  return Fart_IsObject(ref) && Fart_ShapeNumber(direct, ref) == shape;
}

/** The length of an object whose shape has a variable part. */
static inline uint64_t Fart_LengthOf(const Fart_Direct* direct, Fart_Ref object) {
  return *Fart_Word(direct, object, 1);
}

/** A strong reference of an object. */
static inline Fart_Ref Fart_Load(const Fart_Direct* direct, Fart_Ref object, unsigned index) {
  return Fart_RefOfBits(direct, *Fart_Word(direct, object, index));
}

/** A weak reference of an object: null if what it referred to is dead. */
static inline Fart_Ref Fart_LoadWeak(Fart_Direct* direct, Fart_Ref object, unsigned index) {
  if (__builtin_expect(direct->gate != 0, 0)) {
    Fart_CheckRef_(direct, object);
    return Fart_RefOfBits(direct, Fart_DirectLoadWeak(direct, object.bits, index));
  }
  return Fart_Load(direct, object, index);
}

/** Stores a reference, strong or weak, into an object. Collects never. */
static inline void Fart_Store(Fart_Direct* direct, Fart_Ref object, unsigned index,
                              Fart_Ref value) {
  Fart_AnyWord* const word = Fart_Word(direct, object, index);
  Fart_CheckRef_(direct, value);
  const uint8_t from = direct->holder_flags[object.bits >> FART_DIRECT_REGION_SHIFT];
  if (__builtin_expect((from & FART_DIRECT_FLAG_FROM) != 0, 0)) {
    const bool may_matter =
        (from & FART_DIRECT_FLAG_LOG) != 0 ||
        ((value.bits & FART_DIRECT_TAG) != 0 &&
         (direct->flags[value.bits >> FART_DIRECT_REGION_SHIFT & direct->flag_mask] &
          FART_DIRECT_FLAG_TO) != 0 &&
         (*Fart_Word(direct, object, 0) >> FART_DIRECT_REMEMBERED_BIT & 1) == 0);
    if (may_matter) {
      Fart_DirectStore(direct, object.bits, index, value.bits);
      return;
    }
  }
  __atomic_store_n(word, value.bits, __ATOMIC_RELAXED);
}

#ifdef FART_DIRECT_CHECKS
static inline void Fart_CheckFresh_(const Fart_Direct* direct, Fart_Ref object) {
  const uint8_t from = direct->holder_flags[object.bits >> FART_DIRECT_REGION_SHIFT];
  if ((from & FART_DIRECT_FLAG_FROM) == 0) return;
  if ((*Fart_Word(direct, object, 0) >> FART_DIRECT_REMEMBERED_BIT & 1) != 0) return;
  fprintf(stderr,
          "fart_direct_api.h: Fart_Init writes into an object that Fart_New has not just made. It "
          "needs Fart_Store.\n");
  abort();
}
#else
#define Fart_CheckFresh_(direct, object) ((void)(direct), (void)(object))
#endif

/**
 * The same, of an object that Fart_New has made and no call that may collect has seen since. What
 * Fart_NewVariable has made may be large, and is written with Fart_Store.
 */
static inline void Fart_Init(const Fart_Direct* direct, Fart_Ref object, unsigned index,
                             Fart_Ref value) {
  Fart_CheckRef_(direct, value);
  Fart_CheckFresh_(direct, object);
  *Fart_Word(direct, object, index) = value.bits;
}

static inline Fart_Ref Fart_NewSlow_(Fart_Direct* direct, uint32_t shape, intptr_t length,
                                     intptr_t count, const Fart_Ref* init) {
#ifdef FART_DIRECT_CHECKS
  uint64_t words_of[FART_DIRECT_MOST_GIVEN];
  intptr_t i;
  if (count > FART_DIRECT_MOST_GIVEN) {
    fprintf(stderr, "fart_direct_api.h: an object is given more than %d references.\n",
            FART_DIRECT_MOST_GIVEN);
    abort();
  }
  for (i = 0; i < count; ++i) {
    Fart_CheckRef_(direct, init[i]);
    words_of[i] = init[i].bits;
  }
  return Fart_RefOfBits(direct, Fart_DirectNew(direct, shape, length, count, words_of));
#else
  /* Without checks a Fart_Ref is its word. */
  return Fart_RefOfBits(
      direct, Fart_DirectNew(direct, shape, length, count, init != NULL ? &init->bits : NULL));
#endif
}

/**
 * Makes an object of a shape without variable part.
 *
 * `layout` is what the shape was registered with and best a constant; `init` has its strong
 * references, which survive the call, or is NULL: they are null.
 *
 * Returns the object; none if there is no room and the callback of Fart_DirectAttach has returned.
 * May collect: nothing else that is raw does survive.
 */
static inline Fart_Ref Fart_NewFixed(Fart_Direct* direct, uint32_t shape, Fart_Layout layout,
                                     const Fart_Ref* init) {
  const uint64_t words =
      UINT64_C(1) + layout.references + layout.weak_references + layout.raw_words;
  const uint64_t size = words * 8;
  const uintptr_t top = direct->top;
  unsigned i;
  if (__builtin_expect(size <= direct->limit - top, 1)) {
#ifdef __cplusplus
    Fart_AnyWord* word = reinterpret_cast<Fart_AnyWord*>(top);
    const uint64_t number = shape;
#else
    Fart_AnyWord* word = (Fart_AnyWord*)top;
    const uint64_t number = shape;
#endif
    direct->top = top + size;
    ++direct->objects;
    *word++ = 1 | number << FART_DIRECT_SHAPE_SHIFT | words << FART_DIRECT_SIZE_SHIFT;
    for (i = 0; i < layout.references; ++i) {
      *word++ = init != NULL ? init[i].bits : FART_DIRECT_NULL;
    }
    for (i = 0; i < layout.weak_references; ++i) *word++ = FART_DIRECT_NULL;
    for (i = 0; i < layout.raw_words; ++i) *word++ = 0;
    return Fart_RefOfBits(direct, top + FART_DIRECT_TAG);
  }
#ifndef FART_DIRECT_CHECKS
  /* Copied, few of them need no memory above: nobody has their address. */
  if (init != NULL && layout.references <= 8) {
    uint64_t words_of[8];
    for (i = 0; i < layout.references; ++i) words_of[i] = init[i].bits;
    return Fart_RefOfBits(direct, Fart_DirectNew(direct, shape, 0, layout.references, words_of));
  }
#endif
  return Fart_NewSlow_(direct, shape, 0, init != NULL ? layout.references : 0, init);
}

/*
 * Fart_New: that function. dart_api.h has another one of this name, which runs a constructor; the
 * first argument tells which of the two is called. In C it is a macro as well, which calls alone
 * are expanded by: (Fart_New) is that of dart_api.h.
 */
#ifdef __cplusplus
extern "C++" {
static inline Fart_Ref Fart_New(Fart_Direct* direct, uint32_t shape, Fart_Layout layout,
                                const Fart_Ref* init) {
  return Fart_NewFixed(direct, shape, layout, init);
}
}
#else
#define Fart_New(first, ...) \
  _Generic((first), Fart_Direct * : Fart_NewFixed, default : Fart_New)(first, __VA_ARGS__)
#endif

/**
 * Makes an object of a shape with a variable part of `length` references or bytes; all references
 * are null, all bytes 0.
 *
 * Returns the object; none as Fart_New does. May collect.
 */
static inline Fart_Ref Fart_NewVariable(Fart_Direct* direct, uint32_t shape, intptr_t length) {
  return Fart_RefOfBits(direct, Fart_DirectNew(direct, shape, length, 0, NULL));
}

/**
 * The same, given the strong references that come first: `count` of them, those of the variable
 * part after the fixed ones. What is small is made inline.
 *
 * `layout` and `part` are what the shape was registered with and best constants; `init` survives
 * the call and may be NULL with count 0.
 *
 * Returns the object; none as Fart_New does. May collect.
 */
static inline Fart_Ref Fart_NewOfLength(Fart_Direct* direct, uint32_t shape, Fart_Layout layout,
                                        Fart_VariablePart part, intptr_t length, intptr_t count,
                                        const Fart_Ref* init) {
  const intptr_t fixed =
      2 + layout.references + layout.weak_references + layout.raw_words; /* Header, length. */
  const bool is_bytes = part == Fart_VariablePart_kBytes;
  const intptr_t most = FART_DIRECT_INLINE_WORDS * (is_bytes ? 8 : 1);
  const bool fits = length >= 0 && length <= most && count >= 0 &&
                    count <= layout.references + (is_bytes ? 0 : length);
  if (__builtin_expect(fits, 1)) {
    const intptr_t varies = is_bytes ? (length + 7) / 8 : length;
    const uintptr_t top = direct->top;
#ifdef __cplusplus
    const uint64_t words = static_cast<uint64_t>(fixed + varies);
    const uint64_t length_word = static_cast<uint64_t>(length);
    Fart_AnyWord* word = reinterpret_cast<Fart_AnyWord*>(top);
#else
    const uint64_t words = (uint64_t)(fixed + varies);
    const uint64_t length_word = (uint64_t)length;
    Fart_AnyWord* word = (Fart_AnyWord*)top;
#endif
    const uint64_t number = shape;
    if (__builtin_expect(words * 8 <= direct->limit - top, 1)) {
      intptr_t i;
      direct->top = top + words * 8;
      ++direct->objects;
      *word++ = 1 | number << FART_DIRECT_SHAPE_SHIFT | words << FART_DIRECT_SIZE_SHIFT;
      *word++ = length_word;
      for (i = 0; i < layout.references; ++i) {
        *word++ = i < count ? init[i].bits : FART_DIRECT_NULL;
      }
      for (i = 0; i < layout.weak_references; ++i) *word++ = FART_DIRECT_NULL;
      for (i = 0; i < layout.raw_words; ++i) *word++ = 0;
      if (is_bytes) {
        for (i = 0; i < varies; ++i) *word++ = 0;
      } else {
        for (i = 0; i < varies; ++i) {
          const intptr_t given = layout.references + i;
          *word++ = given < count ? init[given].bits : FART_DIRECT_NULL;
        }
      }
      return Fart_RefOfBits(direct, top + FART_DIRECT_TAG);
    }
  }
  return Fart_NewSlow_(direct, shape, length, count, init);
}

/** A hash of the value, for tables by identity; an object keeps it when it moves. */
static inline uint64_t Fart_HashOf(Fart_Direct* direct, Fart_Ref ref) {
  Fart_CheckRef_(direct, ref);
  return Fart_DirectHash(direct, ref.bits);
}

/** "I may collect here": with FART_DIRECT_CHECKS ends what is raw; under stress collects. */
#ifdef FART_DIRECT_CHECKS
#define FART_SAFEPOINT(direct) Fart_DirectSafepoint(direct)
#else
#define FART_SAFEPOINT(direct) \
  (__builtin_expect((direct)->limit == 0, 0) ? Fart_DirectSafepoint(direct) : (void)0)
#endif

/** A local handle of the current scope; an error as Fart_DirectHandle answers. Collects never. */
static inline Fart_Handle Fart_HandleOf(const Fart_Direct* direct, Fart_Ref ref) {
  Fart_CheckRef_(direct, ref);
  return Fart_DirectHandle(ref.bits);
}
/** What a handle names; none if it is not live, or an error. Collects never. */
static inline Fart_Ref Fart_RefOf(const Fart_Direct* direct, Fart_Handle handle) {
  return Fart_RefOfBits(direct, Fart_DirectWord(handle));
}

/*
 * ==========
 * Roots
 * ==========
 */

/** Reads a slot. */
static inline Fart_Ref Fart_GetSlot(const Fart_Direct* direct, const Fart_Slot* slot) {
  return Fart_RefOfBits(direct, slot->bits);
}
/** Writes a slot of a frame or of a visitor; of an array see Fart_RootArray. */
static inline void Fart_SetSlot(const Fart_Direct* direct, Fart_Slot* slot, Fart_Ref value) {
  Fart_CheckRef_(direct, value);
  slot->bits = value.bits;
}

/** What ends a frame of FART_ROOTS. */
typedef struct {
  Fart_Direct* direct;
  Fart_RootFrame* frame;
} Fart_FrameEnd;

static inline Fart_FrameEnd Fart_BeginFrame_(Fart_Direct* direct, Fart_RootFrame* frame,
                                             Fart_Slot* slots, unsigned count) {
  Fart_FrameEnd end;
  unsigned i;
  for (i = 0; i < count; ++i) slots[i].bits = FART_DIRECT_NULL;
  frame->previous = direct->frames;
  frame->count = count;
#ifdef FART_DIRECT_CHECKS
  if (frame->previous == frame) {
    fprintf(stderr, "fart_direct_api.h: a frame of roots is begun again before its end.\n");
    abort();
  }
#endif
  direct->frames = frame;
  end.direct = direct;
  end.frame = frame;
  return end;
}
static inline void Fart_EndFrame_(Fart_FrameEnd* end) {
  end->direct->frames = end->frame->previous;
}

/**
 * Declares `name`, a frame of `number` roots that are null: slots name.at[0] to name.at[number -
 * 1], for as long as the block that it stands in.
 */
#define FART_ROOTS(direct_state, name, number)                                 \
  struct {                                                                     \
    Fart_RootFrame frame;                                                      \
    Fart_Slot at[number];                                                      \
  } name;                                                                      \
  __attribute__((cleanup(Fart_EndFrame_), unused)) Fart_FrameEnd name##_end_ = \
      Fart_BeginFrame_(direct_state, &name.frame, name.at, number)

/** Notes the frames there are: before setjmp, and before a switch to another fibre. */
static inline Fart_RootFrame* Fart_RootsMark(const Fart_Direct* direct) { return direct->frames; }
/**
 * Drops the frames that have begun since Fart_RootsMark: after a longjmp to there, or back in the
 * fibre that made the mark. The frames of a fibre that will go on are visited by a visitor of the
 * host's meanwhile (Fart_VisitRootFrames); a fibre begins with none, a mark of NULL.
 */
static inline void Fart_RootsReset(Fart_Direct* direct, Fart_RootFrame* mark) {
  direct->frames = mark;
}

/**
 * Roots in memory of the host's: `count` slots. A minor collection visits only those from `clean`
 * on, and raises `clean`; who writes a slot below it lowers it to that, which Fart_SetInArray does.
 * The host may change `slots` and `count` between calls that may collect.
 */
typedef struct {
  Fart_Slot* slots;
  intptr_t count;
  intptr_t clean;
} Fart_RootArray;

/** Writes a slot of an array. */
static inline void Fart_SetInArray(const Fart_Direct* direct, Fart_RootArray* array, intptr_t index,
                                   Fart_Ref value) {
  Fart_SetSlot(direct, &array->slots[index], value);
  if (index < array->clean) array->clean = index;
}

/**
 * Has the collector visit an array of roots.
 *
 * \param array  The array, which stays at its place until it is removed or the isolate ends.
 * \param name   For messages; NUL-terminated UTF-8, copied.
 *
 * Returns   true.
 * Collects  may, to make an error.
 * Thread    that has entered.
 * Errors    ENTRY, SCOPE, CALLBACK, POINTER, MEMORY; an array that is registered already.
 */
DART_EXPORT Fart_Handle Fart_AddRootArray(Fart_RootArray* array, const char* name);

/**
 * Ends what Fart_AddRootArray began.
 *
 * \param array  The array.
 *
 * Returns   true.
 * Collects  may, to make an error.
 * Thread    that has entered.
 * Errors    ENTRY, SCOPE, CALLBACK, POINTER, MEMORY; an array that is not registered.
 */
DART_EXPORT Fart_Handle Fart_RemoveRootArray(Fart_RootArray* array);

/** What a visitor hands to Fart_VisitRoots; good inside the visitor's call. */
typedef struct _Fart_RootVisit* Fart_RootVisit;

/**
 * Calls Fart_VisitRoots or Fart_VisitRootFrames for slots that only it knows. It runs in the pause
 * of a collection, several times. May not call anything else of any header.
 */
typedef void (*Fart_RootVisitor)(Fart_RootVisit visit, void* peer);

/**
 * Has the collector call a visitor.
 *
 * \param visitor  The function.
 * \param peer     Handed to it; visitor and peer together say which one it is.
 * \param name     For messages; NUL-terminated UTF-8, copied.
 *
 * Returns   true.
 * Collects  may, to make an error.
 * Thread    that has entered.
 * Errors    ENTRY, SCOPE, CALLBACK, POINTER, MEMORY; a visitor that is registered already.
 */
DART_EXPORT Fart_Handle Fart_AddRootVisitor(Fart_RootVisitor visitor, void* peer, const char* name);

/**
 * Ends what Fart_AddRootVisitor began.
 *
 * \param visitor  The function.
 * \param peer     What it was registered with.
 *
 * Returns   true.
 * Collects  may, to make an error.
 * Thread    that has entered.
 * Errors    ENTRY, SCOPE, CALLBACK, POINTER, MEMORY; a visitor that is not registered.
 */
DART_EXPORT Fart_Handle Fart_RemoveRootVisitor(Fart_RootVisitor visitor, void* peer);

/**
 * Visits slots, from inside a visitor.
 *
 * \param visit  What the visitor was called with.
 * \param first  The first slot; may be NULL with count 0.
 * \param count  How many.
 *
 * Returns   nothing.
 * Collects  never: a collection is running.
 * Thread    the visitor's.
 * Errors    none.
 */
DART_EXPORT void Fart_VisitRoots(Fart_RootVisit visit, Fart_Slot* first, intptr_t count);

/**
 * Visits frames that are off the chain, such as those of a fibre that waits, from inside a visitor.
 *
 * \param visit      What the visitor was called with.
 * \param innermost  The innermost frame; NULL: none.
 * \param outer      The first frame further out that is not to be visited; NULL: all are.
 *
 * Returns   nothing.
 * Collects  never: a collection is running.
 * Thread    the visitor's.
 * Errors    none.
 */
DART_EXPORT void Fart_VisitRootFrames(Fart_RootVisit visit, Fart_RootFrame* innermost,
                                      const Fart_RootFrame* outer);

#endif /* FART_API_INCLUDE_FART_DIRECT_API_H_ */
