/*
 * A program that foreign libraries run: a tree of frames, one C or C++ frame for each node.
 *
 * Every library of this folder runs such frames in its own style, with or without exceptions and
 * unwind tables, and calls back only through the functions of the host.
 */

#ifndef FART_VM_UNWIND_TESTDATA_FOREIGN_PROGRAM_H_
#define FART_VM_UNWIND_TESTDATA_FOREIGN_PROGRAM_H_

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define FOREIGN_EXPORT __attribute__((visibility("default")))

typedef enum ForeignStyle {
  kFrame,            /* runs the children */
  kNative,           /* the host calls the children through a mark, of kind kTarget */
  kBarrierNative,    /* the same, of kind kBarrier */
  kOtherEntryNative, /* the same, with a mark of another entry */
  kUnwind,           /* asks the host to unwind, carrying `id` */
  kThrow,            /* throws an exception with the text "thrown <id>" */
  /* Styles that only the C++ library knows. */
  kThrowInt,            /* throws 42 */
  kSwallow,             /* catch (...) without rethrow */
  kSwallowForced,       /* catch (abi::__forced_unwind&) without rethrow */
  kRethrow,             /* catch (...) { throw; } */
  kThrowInstead,        /* catch (...) { throw the same with "instead <id>"; } */
  kUnwindInstead,       /* catch (...) and unwind with `id` from there */
  kCatchStd,            /* catch (const std::exception&) */
  kLastInHandler,       /* the last child runs inside catch (...) */
  kLastInDestructor,    /* the last child runs in the destructor of a local */
  kCountInDestructor,   /* a local's destructor counts the exceptions in flight */
  kNoexcept,            /* runs the children in a noexcept function */
  kSwallowInDestructor, /* runs the children in a destructor, inside try and catch (...) */
  kExitThread,          /* pthread_exit */
  kAwaitCancel,         /* waits in a cancellation point, forever */
  kSort                 /* runs the children once, inside a qsort */
} ForeignStyle;

typedef struct ForeignNode ForeignNode;
typedef struct ForeignHost ForeignHost;

struct ForeignNode {
  ForeignStyle style;
  int id;
  /* For natives: whether the caller unwinds with the error that the host answers. */
  int pass_error_on;
  /* The frame function of the library whose frame this is. */
  void (*run)(ForeignHost* host, const ForeignNode* node);
  const ForeignNode* const* children;
  int child_count;
};

struct ForeignHost {
  void (*log)(ForeignHost* host, const char* what, int id);
  /* Returns if it refuses to. */
  void (*unwind)(ForeignHost* host, uintptr_t error);
  /* Calls ForeignRunChildren (of some library) through a mark; answers an error or 0. */
  uintptr_t (*call_native)(ForeignHost* host, const ForeignNode* node);
  /* How many frames without unwind tables there are since the mark: no exception passes them. */
  int frames_without_tables;
  /* How many exceptions that were thrown have not been destroyed. */
  int live_exceptions;
};

/* Every library exports this; it is compiled in the library's own way. */
static inline void ForeignRunNode(ForeignHost* host, const ForeignNode* node) {
  switch (node->style) {
    case kUnwind:
      host->unwind(host, (uintptr_t)node->id);
      break;
    case kNative:
    case kBarrierNative:
    case kOtherEntryNative: {
      const uintptr_t error = host->call_native(host, node);
      if (error != 0 && node->pass_error_on) host->unwind(host, error);
      break;
    }
    default:
      node->run(host, node);
      break;
  }
}

static inline void ForeignRunChildren(ForeignHost* host, const ForeignNode* node, int count) {
  for (int i = 0; i < count; i++) ForeignRunNode(host, node->children[i]);
}

#ifdef __cplusplus
} /* extern "C" */
#endif

#endif /* FART_VM_UNWIND_TESTDATA_FOREIGN_PROGRAM_H_ */
