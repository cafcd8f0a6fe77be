/*
 * The direct interface from C11, and from C++17: a graph of pairs built with raw references, kept
 * in frames and an array across collections; every function that is inlined. Compiled with the
 * warnings that a careful host has.
 */
#include <stdio.h>
#include <string.h>

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

/* Both functions of this name, told apart by the first argument: an isolate of this kind has no
 * classes, so that the other one refuses its type. Each is a value as well. */
static void NewEitherWay(Fart_Direct* direct) {
  Fart_Handle (*runs_constructor)(Fart_Handle, Fart_Handle, int, Fart_Handle*) = Fart_New;
  Fart_Ref it;
  Fart_Direct* const same = direct;
  it = Fart_New(same, pair_shape, kPair, NULL);
  CHECK(Fart_HasShape(direct, it, pair_shape) && Fart_IsNullRef(Fart_Load(direct, it, 1)));
  CHECK(Fart_IsError(Fart_New(Fart_True(), Fart_Null(), 0, NULL)));
  CHECK(Fart_IsError(runs_constructor(Fart_True(), Fart_Null(), 0, NULL)));
}

static Fart_Slot* visited;

static void Visit(Fart_RootVisit visit, void* peer) {
  (void)peer;
  Fart_VisitRoots(visit, visited, 4);
}

/* What the rest leaves out. */
static void UseTheRest(Fart_Direct* direct) {
  FART_ROOTS(direct, roots, 2);
  Fart_RootFrame* const mark = Fart_RootsMark(direct);
  const Fart_Ref null = Fart_NullRef(direct);
  Fart_Ref it = Cons(direct, Fart_HostImmediate(direct, 3), null);
  CHECK(!Fart_IsNone(it) && Fart_IsObject(it) && Fart_IsNullRef(null));
  CHECK(Fart_IsSame(Fart_Load(direct, it, 1), Fart_HostImmediate(direct, 3)));
  Fart_Init(direct, it, 2, it);
  CHECK(Fart_IsSame(Fart_LoadWeak(direct, it, 2), it));
  CHECK(Fart_ShapeNumber(direct, it) == pair_shape && Fart_HasShape(direct, it, pair_shape));
  CHECK(Fart_IsSame(Fart_RefOf(direct, Fart_HandleOf(direct, it)), it));
  CHECK(Fart_IsSmiValue(5) && Fart_IsSmi(Fart_FromSmi(direct, -5)));
  it = Fart_NewVariable(direct, pair_shape + 1, 7);
  CHECK(Fart_LengthOf(direct, it) == 7 && *Fart_Word(direct, it, 2) == 0);
  Fart_SetSlot(direct, &roots.at[1], it);
  CHECK(Fart_DirectState() == direct);
  Fart_RootsReset(direct, mark);
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
  visited = slots;
  DART_CHECK_VALID(Fart_AddRootVisitor(Visit, slots, "visited"));
  DART_CHECK_VALID(Fart_Collect(Fart_Collection_kMinor));
  CHECK(Count(direct, Fart_GetSlot(direct, &slots[3])) == 7);
  DART_CHECK_VALID(Fart_RemoveRootVisitor(Visit, slots));
  CHECK(Fart_VerifyHeap() == NULL);
}

int main(void) {
  const Fart_DirectAbi abi = FART_DIRECT_ABI;
  Fart_InitializeParams params;
  Fart_ShapeDescription shapes[2];
  Fart_Direct* direct = NULL;
  char* error = NULL;
  memset(&params, 0, sizeof params);
  memset(shapes, 0, sizeof shapes);
  params.version = DART_INITIALIZE_PARAMS_CURRENT_VERSION;
  CHECK(Fart_Initialize(&params) == NULL);
  CHECK(Fart_CreateHeapIsolate(NULL, NULL) != NULL);
  Fart_EnterScope();
  shapes[0].struct_size = shapes[1].struct_size = sizeof shapes[0];
  shapes[0].name = "Pair";
  shapes[0].reference_count = 2;
  shapes[1].name = "Bytes";
  shapes[1].variable_part = Fart_VariablePart_kBytes;
  direct = Fart_DirectAttach(&abi, shapes, 2, &pair_shape, NULL, NULL, &error);
  if (direct == NULL) fprintf(stderr, "%s\n", error);
  CHECK(direct != NULL);
  Run(direct);
  UseTheRest(direct);
  NewEitherWay(direct);
  CHECK(direct->frames == NULL);
  Fart_ShutdownIsolate();
  CHECK(Fart_Cleanup() == NULL);
  return 0;
}
