/*
 * The direct interface from C11: a graph of pairs built with raw references, kept in frames and an
 * array across collections. Compiled with the warnings that a careful host has.
 */
#include <stdio.h>

#include "fart_direct_api.h"
#include "fart_tools_api.h"

#define CHECK(condition)                                                        \
  do {                                                                          \
    if (!(condition)) {                                                         \
      fprintf(stderr, "%s:%d: not true: %s\n", __FILE__, __LINE__, #condition); \
      exit(1);                                                                  \
    }                                                                           \
  } while (0)

static const Fart_Layout kPair = {2, 0, 0};
static uint32_t pair_shape;

static Fart_Ref Cons(Fart_Direct* direct, Fart_Ref car, Fart_Ref cdr) {
  Fart_Ref init[2];
  init[0] = car;
  init[1] = cdr;
  return Fart_New(direct, pair_shape, kPair, init);
}

/* A complete tree: `*slot` is null or a pair of two such. */
static void Grow(Fart_Direct* direct, int depth, Fart_Slot* slot) {
  FART_ROOTS(direct, sides, 2);
  if (depth == 0) {
    Fart_SetSlot(direct, slot, Fart_NullRef(direct));
    return;
  }
  Grow(direct, depth - 1, &sides.at[0]);
  Grow(direct, depth - 1, &sides.at[1]);
  Fart_SetSlot(
      direct, slot,
      Cons(direct, Fart_GetSlot(direct, &sides.at[0]), Fart_GetSlot(direct, &sides.at[1])));
}

static int Count(Fart_Direct* direct, Fart_Ref tree) {
  if (Fart_IsNullRef(tree)) return 0;
  CHECK(Fart_HasShape(direct, tree, pair_shape));
  return 1 + Count(direct, Fart_Load(direct, tree, 1)) + Count(direct, Fart_Load(direct, tree, 2));
}

static void Run(Fart_Direct* direct) {
  FART_ROOTS(direct, roots, 1);
  Fart_Slot slots[8];
  Fart_RootArray array = {slots, 8, 0};
  Fart_Ref young;
  int i;
  for (i = 0; i < 8; ++i) slots[i].bits = FART_DIRECT_NULL;
  DART_CHECK_VALID(Fart_AddRootArray(&array, "trees"));
  for (i = 0; i < 8; ++i) {
    Grow(direct, i, &roots.at[0]);
    Fart_SetInArray(direct, &array, i, Fart_GetSlot(direct, &roots.at[0]));
  }
  DART_CHECK_VALID(Fart_Collect(Fart_Collection_kEverything));
  for (i = 0; i < 8; ++i) CHECK(Count(direct, Fart_GetSlot(direct, &slots[i])) == (1 << i) - 1);
  /* What is old refers to what is young; made first, for arguments have no order. */
  young = Cons(direct, Fart_FromSmi(direct, 5), Fart_NullRef(direct));
  Fart_Store(direct, Fart_GetSlot(direct, &slots[7]), 1, young);
  DART_CHECK_VALID(Fart_Collect(Fart_Collection_kMinor));
  CHECK(Fart_SmiValue(
            Fart_Load(direct, Fart_Load(direct, Fart_GetSlot(direct, &slots[7]), 1), 1)) == 5);
  FART_SAFEPOINT(direct);
  DART_CHECK_VALID(Fart_RemoveRootArray(&array));
  CHECK(Fart_VerifyHeap() == NULL);
}

int main(void) {
  const Fart_DirectAbi abi = FART_DIRECT_ABI;
  Fart_InitializeParams params = {0};
  Fart_ShapeDescription pair = {0};
  Fart_Direct* direct = NULL;
  char* error = NULL;
  params.version = DART_INITIALIZE_PARAMS_CURRENT_VERSION;
  CHECK(Fart_Initialize(&params) == NULL);
  CHECK(Fart_CreateHeapIsolate(NULL, NULL) != NULL);
  Fart_EnterScope();
  pair.struct_size = sizeof pair;
  pair.name = "Pair";
  pair.reference_count = 2;
  direct = Fart_DirectAttach(&abi, &pair, 1, &pair_shape, NULL, NULL, &error);
  if (direct == NULL) fprintf(stderr, "%s\n", error);
  CHECK(direct != NULL);
  Run(direct);
  CHECK(direct->frames == NULL);
  Fart_ShutdownIsolate();
  CHECK(Fart_Cleanup() == NULL);
  return 0;
}
