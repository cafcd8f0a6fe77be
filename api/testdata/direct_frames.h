/*
 * C code with frames of roots, which is compiled in three ways: with unwind tables and cleanups
 * (-fexceptions), with tables alone, as C is by default, and without any.
 */
#ifndef FART_API_TESTDATA_DIRECT_FRAMES_H_
#define FART_API_TESTDATA_DIRECT_FRAMES_H_

#include "fart_direct_api.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct FrameWalk {
  Fart_Direct* direct;
  uint32_t pair; /* a shape of two references */
  /* What the innermost frame calls; may leave in any way. */
  void (*innermost)(void* peer);
  void* peer;
  /* What every cleanup calls: how far from the innermost frame, and whether the chain's head is the
   * frame that stands around it. */
  void (*note)(void* peer, int depth, int is_head_right);
  /* What a frame says that goes on after what it has called: whether its roots are right. */
  void (*check)(void* peer, int depth, int is_right);
} FrameWalk;

/* depth + 1 frames, one in the other. */
typedef void (*RunFrames)(const FrameWalk* walk, int depth);
/* The same frames, left by a longjmp out of the innermost, to a mark: what it had kept is right. */
typedef int (*JumpOutOfFrames)(const FrameWalk* walk, int depth);

#define DECLARE_FRAMES(variant)                               \
  void RunFrames_##variant(const FrameWalk* walk, int depth); \
  int JumpOutOfFrames_##variant(const FrameWalk* walk, int depth)

DECLARE_FRAMES(cleanups);
DECLARE_FRAMES(tables);
DECLARE_FRAMES(bare);

#ifdef __cplusplus
}
#endif

#endif /* FART_API_TESTDATA_DIRECT_FRAMES_H_ */
