/* FRAMES_VARIANT is the name of the way in which this is compiled. */

#include "api/testdata/direct_frames.h"

#include <setjmp.h>

#include "fart_tools_api.h"

#define JOIN_(name, variant) name##_##variant
#define JOIN(name, variant) JOIN_(name, variant)
#define RUN_FRAMES JOIN(RunFrames, FRAMES_VARIANT)
#define JUMP_OUT_OF_FRAMES JOIN(JumpOutOfFrames, FRAMES_VARIANT)

static const Fart_Layout kPair = {2, 0, 0};

typedef struct {
  const FrameWalk* walk;
  int depth;
  const Fart_RootFrame* head;
} Noted;

static void NoteEnd(Noted* noted) {
  const FrameWalk* const walk = noted->walk;
  walk->note(walk->peer, noted->depth, walk->direct->frames == noted->head);
}

/* A pair of this number, kept in a slot. */
static void Keep(const FrameWalk* walk, Fart_Slot* slot, int number) {
  const Fart_Ref init[2] = {Fart_FromSmi(walk->direct, number), Fart_NullRef(walk->direct)};
  Fart_SetSlot(walk->direct, slot, Fart_New(walk->direct, walk->pair, kPair, init));
}

static int Holds(const FrameWalk* walk, const Fart_Slot* slot, int number) {
  const Fart_Ref pair = Fart_GetSlot(walk->direct, slot);
  return Fart_HasShape(walk->direct, pair, walk->pair) &&
         Fart_SmiValue(Fart_Load(walk->direct, pair, 1)) == number;
}

void RUN_FRAMES(const FrameWalk* walk, int depth) {
  __attribute__((cleanup(NoteEnd), unused)) Noted outside = {walk, depth, walk->direct->frames};
  FART_ROOTS(walk->direct, roots, 2);
  __attribute__((cleanup(NoteEnd), unused)) Noted inside = {walk, depth, &roots.frame};
  Keep(walk, &roots.at[1], depth);
  if (depth > 0) {
    RUN_FRAMES(walk, depth - 1);
  } else {
    walk->innermost(walk->peer);
  }
  walk->check(walk->peer, depth,
              Holds(walk, &roots.at[1], depth) && roots.at[0].bits == FART_DIRECT_NULL);
}

/* For compilers that fear for a function that never returns. */
static volatile int always = 1;

static void Jump(const FrameWalk* walk, int depth, jmp_buf* place) {
  FART_ROOTS(walk->direct, roots, 1);
  Keep(walk, &roots.at[0], depth);
  if (depth > 0) Jump(walk, depth - 1, place);
  if (always) longjmp(*place, 1);
}

/* Frames that a longjmp leaves, and none of this function's variables between it and its setjmp. */
static void JumpAndReset(const FrameWalk* walk, int depth) {
  jmp_buf place;
  Fart_RootFrame* const volatile mark = Fart_RootsMark(walk->direct);
  if (setjmp(place) == 0) Jump(walk, depth, &place);
  Fart_RootsReset(walk->direct, mark);
}

int JUMP_OUT_OF_FRAMES(const FrameWalk* walk, int depth) {
  FART_ROOTS(walk->direct, kept, 1);
  Keep(walk, &kept.at[0], 77);
  JumpAndReset(walk, depth);
  if (walk->direct->frames != &kept.frame) return 0;
  DART_CHECK_VALID(Fart_Collect(Fart_Collection_kEverything));
  return Holds(walk, &kept.at[0], 77);
}
