// Bad input -- to the functions of direct access, and to handles of what it alone can make.
//
// What is inlined takes words as they are. Not here: what FART_DIRECT_CHECKS finds
// (../direct_misuse_test.cc), what the verifier does (../direct_roots_test.cc).

#include "api/conformance/bad_input.h"
#include "fart_direct_api.h"

static Fart_Direct* direct;
static uint32_t pair_shape, vector_shape;
static Fart_Direct* foreign_direct;
static uint32_t past_shapes;

static const Fart_DirectAbi abi = FART_DIRECT_ABI;

// Attaching fails with a text that names it and has all the words.
#define TELLS_WHY(call, ...)                                                            \
  do {                                                                                  \
    char* why = NULL;                                                                   \
    if ((call) != NULL) Fail(__LINE__, #call, "attached", NULL);                        \
    if (why == NULL || !NamesFunction(why, #call)) Fail(__LINE__, #call, "names", why); \
    if (why != NULL) CheckText(__LINE__, #call, why, WORDS(__VA_ARGS__));               \
    free(why);                                                                          \
  } while (0)

static Fart_ShapeDescription Describe(const char* name, Fart_VariablePart part) {
  Fart_ShapeDescription description = {0};
  description.struct_size = sizeof(description);
  description.name = name;
  description.reference_count = part == Fart_VariablePart_kNone ? 2 : 0;
  description.variable_part = part;
  return description;
}

static void Attach(void) {
  Fart_ShapeDescription shapes[] = {Describe("Pair", Fart_VariablePart_kNone),
                                    Describe("Vector", Fart_VariablePart_kReferences)};
  direct = Fart_DirectAttach(&abi, shapes, 2, &pair_shape, NULL, NULL, NULL);
  HOLDS(direct != NULL);
  vector_shape = pair_shape + 1;
  past_shapes = pair_shape + 2;
}

// ---- Attaching

static void Attaching(void) {
  Fart_ShapeDescription shapes[] = {Describe("A", Fart_VariablePart_kNone),
                                    Describe("B", Fart_VariablePart_kNone)};
  uint32_t first = 7;
  TELLS_WHY(Fart_DirectAttach(NULL, NULL, 0, NULL, NULL, NULL, &why), "'abi'", "non-null");
  TELLS_WHY(Fart_DirectAttach(&abi, NULL, 1, &first, NULL, NULL, &why), "'descriptions'",
            "non-null");
  TELLS_WHY(Fart_DirectAttach(&abi, shapes, 2, NULL, NULL, NULL, &why), "'first'", "non-null");
  TELLS_WHY(Fart_DirectAttach(&abi, shapes, -1, &first, NULL, NULL, &why), "'count'",
            "in the range", "It is -1.");
  TELLS_WHY(Fart_DirectAttach(&abi, shapes, INTPTR_MAX, &first, NULL, NULL, &why), "'count'",
            "in the range");
  shapes[1].name = NULL;
  TELLS_WHY(Fart_DirectAttach(&abi, shapes, 2, &first, NULL, NULL, &why), "'descriptions[1]'",
            "a shape with a name");
  shapes[1] = Describe("B", (Fart_VariablePart)77);
  TELLS_WHY(Fart_DirectAttach(&abi, shapes, 2, &first, NULL, NULL, &why), "'descriptions[1]'",
            "a variable part that exists");
  shapes[1] = Describe("B", Fart_VariablePart_kNone);
  shapes[1].struct_size = 3;
  TELLS_WHY(Fart_DirectAttach(&abi, shapes, 2, &first, NULL, NULL, &why), "'descriptions[1]'",
            "struct_size");
  shapes[1] = Describe("B", Fart_VariablePart_kNone);
  shapes[1].reference_count = 5000;
  TELLS_WHY(Fart_DirectAttach(&abi, shapes, 2, &first, NULL, NULL, &why), "'descriptions[1]",
            "reference_count'", "It is 5000.");
  shapes[1].reference_count = 1;
  shapes[1].is_ephemeron = true;
  TELLS_WHY(Fart_DirectAttach(&abi, shapes, 2, &first, NULL, NULL, &why), "'descriptions[1]'",
            "an ephemeron with a key and a value");
  HOLDS(first == 7);
  // Nobody asks why.
  ANSWERS(Fart_DirectAttach(NULL, NULL, 0, NULL, NULL, NULL, NULL) == NULL);
  HOLDS(Fart_DirectState() == direct);
}

// ---- Making objects

static void Making(void) {
  const uint64_t words[4] = {2, 4, 6, 8};
  RECORDS(Fart_DirectNew(NULL, pair_shape, 0, 0, NULL) == FART_DIRECT_NONE, "'direct'",
          "the current isolate's");
  RECORDS(Fart_DirectNew(foreign_direct, pair_shape, 0, 0, NULL) == FART_DIRECT_NONE, "'direct'");
  RECORDS(Fart_DirectNew(direct, past_shapes, 0, 0, NULL) == FART_DIRECT_NONE, "'shape'");
  RECORDS(Fart_DirectNew(direct, 0, 0, 0, NULL) == FART_DIRECT_NONE, "'shape'");
  RECORDS(Fart_DirectNew(direct, UINT32_MAX, 0, 0, NULL) == FART_DIRECT_NONE, "'shape'");
  // Every shape of the library's own.
  for (uint32_t shape = 1; shape < pair_shape; ++shape) {
    RECORDS(Fart_DirectNew(direct, shape, 0, 0, NULL) == FART_DIRECT_NONE, "'shape'");
  }
  RECORDS(Fart_DirectNew(direct, pair_shape, 1, 0, NULL) == FART_DIRECT_NONE, "'length'",
          "[0..0]. It is 1.");
  RECORDS(Fart_DirectNew(direct, pair_shape, INTPTR_MIN, 0, NULL) == FART_DIRECT_NONE, "'length'");
  RECORDS(Fart_DirectNew(direct, vector_shape, -1, 0, NULL) == FART_DIRECT_NONE, "'length'",
          "It is -1.");
  RECORDS(Fart_DirectNew(direct, pair_shape, 0, 3, words) == FART_DIRECT_NONE, "'count'",
          "[0..2]. It is 3.");
  RECORDS(Fart_DirectNew(direct, vector_shape, 3, 4, words) == FART_DIRECT_NONE, "'count'");
  RECORDS(Fart_DirectNew(direct, pair_shape, 0, INTPTR_MIN, words) == FART_DIRECT_NONE, "'count'");
  RECORDS(Fart_DirectNew(direct, pair_shape, 0, INTPTR_MAX, words) == FART_DIRECT_NONE, "'count'");
  RECORDS(Fart_DirectNew(direct, pair_shape, 0, 1, NULL) == FART_DIRECT_NONE, "'init'", "non-null");
  // There is no room for it, which is no misuse.
  ANSWERS(Fart_DirectNew(direct, vector_shape, INTPTR_MAX, 0, NULL) == FART_DIRECT_NONE);
  ANSWERS(Fart_DirectNew(direct, vector_shape, INTPTR_MAX / 8, 0, NULL) == FART_DIRECT_NONE);
  ANSWERS(Fart_DirectNew(direct, vector_shape, 4, 4, words) != FART_DIRECT_NONE);
}

// ---- Words and handles

static void Converting(void) {
  REFUSES(Fart_DirectHandle(FART_DIRECT_NONE), "'word'", "a value");
  RECORDS_HANDLE(x, "'object'", Fart_DirectWord(x) == FART_DIRECT_NONE);
  for (int i = 0; i < kErrors; ++i) {
    RECORDS(Fart_DirectWord(errors[i]) == FART_DIRECT_NONE, "'object'", "no error");
  }
}

// A host's own immediates as handles: no values of the language, to any function.
static void Immediates(void) {
  for (unsigned i = 0; i < FART_DIRECT_HOST_IMMEDIATES; ++i) {
    const uint64_t word = Fart_HostImmediate(direct, i).bits;
    const Fart_Handle it = Fart_DirectHandle(word);
    HOLDS(Fart_DirectWord(it) == word);
    ANSWERS(!Fart_IsError(it) && !Fart_IsNull(it) && !Fart_IsBoolean(it) && !Fart_IsInteger(it));
    ANSWERS(!Fart_IsDouble(it) && !Fart_IsString(it) && !Fart_IsList(it) && !Fart_IsTypedData(it));
    ANSWERS(!Fart_IsType(it) && !Fart_IsLibrary(it) && !Fart_HasRegisteredShape(it));
    ANSWERS(Fart_IdentityEquals(it, it) && !Fart_IdentityEquals(it, Fart_True()));
    int64_t number = 0;
    intptr_t length = 0;
    const char* chars = NULL;
    uint8_t* bytes = NULL;
    Fart_Shape shape = NULL;
    REFUSES(Fart_IntegerToInt64(it, &number), "'integer'");
    REFUSES(Fart_StringToCString(it, &chars), "'str'");
    SAYS(Fart_ListLength(it, &length), "does not implement the List interface");
    REFUSES(Fart_ObjectShape(it, &shape), "'object'");
    REFUSES(Fart_GetReference(it, 0), "'object'");
    REFUSES(Fart_RawBytes(it, &bytes, &length), "'object'");
    // Whatever these answer, they answer.
    bool equal = false;
    Fart_IsInstance(it);
    Fart_ToString(it);
    Fart_ObjectEquals(it, it, &equal);
    Fart_InstanceGetType(it);
    Fart_IdentityHash(it);
    Fart_ObjectAddress(it);
    Fart_IsInOldSpace(it);
    Fart_SetPeer(it, &number);
    Fart_Post(ILLEGAL_PORT, it);
    Fart_Post(Fart_GetMainPortId(), it);
    Fart_NewUnhandledExceptionError(it);
    Fart_DeleteWeakPersistentHandle(NULL, Fart_NewWeakPersistentHandle(it, NULL, 0, IgnoreDeath));
    REFUSES(Fart_ListSetAt(Fart_NewList(1), 0, it), "'value'", "of type Instance");
    const Fart_PersistentHandle kept = Fart_NewPersistentHandle(it);
    SUCCEEDS(Fart_Collect(Fart_Collection_kEverything));
    HOLDS(Fart_DirectWord(kept) == word);
    Fart_DeletePersistentHandle(kept);
  }
}

// ---- Roots

static void VisitNothing(Fart_RootVisit visit, void* peer) {
  (void)peer;
  Fart_VisitRoots(visit, NULL, 0);
  Fart_VisitRoots(visit, NULL, -1);
  Fart_VisitRootFrames(visit, NULL, NULL);
}

static void Roots(void) {
  Fart_Slot slot = {FART_DIRECT_NULL};
  Fart_RootArray array = {&slot, 1, 0};
  int peer = 0;
  REFUSES(Fart_AddRootArray(NULL, "array"), "'array'", "non-null");
  REFUSES(Fart_AddRootArray(&array, NULL), "'name'", "non-null");
  REFUSES(Fart_RemoveRootArray(NULL), "'array'", "non-null");
  REFUSES(Fart_RemoveRootArray(&array), "'array'", "one that is registered");
  SUCCEEDS(Fart_AddRootArray(&array, ""));
  REFUSES(Fart_AddRootArray(&array, "again"), "'array'", "not registered yet");
  // What the collector is told of an array may be wrong between calls, and empty at any time.
  array.clean = 77;
  SUCCEEDS(Fart_Collect(Fart_Collection_kMinor));
  array.clean = INTPTR_MIN;
  SUCCEEDS(Fart_Collect(Fart_Collection_kMinor));
  array.count = 0;
  array.slots = NULL;
  SUCCEEDS(Fart_Collect(Fart_Collection_kEverything));
  SUCCEEDS(Fart_RemoveRootArray(&array));
  REFUSES(Fart_AddRootVisitor(NULL, &peer, "visitor"), "'visitor'", "non-null");
  REFUSES(Fart_AddRootVisitor(VisitNothing, &peer, NULL), "'name'", "non-null");
  REFUSES(Fart_RemoveRootVisitor(NULL, &peer), "'visitor'", "non-null");
  REFUSES(Fart_RemoveRootVisitor(VisitNothing, &peer), "'visitor'", "one that is registered");
  SUCCEEDS(Fart_AddRootVisitor(VisitNothing, &peer, "visitor"));
  SUCCEEDS(Fart_AddRootVisitor(VisitNothing, NULL, "visitor"));
  REFUSES(Fart_AddRootVisitor(VisitNothing, NULL, "again"), "'visitor'", "not registered yet");
  SUCCEEDS(Fart_Collect(Fart_Collection_kEverything));
  SUCCEEDS(Fart_RemoveRootVisitor(VisitNothing, &peer));
  // One array and one visitor are left to the isolate's end.
  static Fart_RootArray left;
  SUCCEEDS(Fart_AddRootArray(&left, "left"));
}

int main(void) {
  StartMachine();
  NewIsolate();
  foreign_direct = Fart_DirectAttach(&abi, NULL, 0, NULL, NULL, NULL, NULL);
  Fart_ExitIsolate();
  NewIsolateWithBadHandles();
  HOLDS(Fart_DirectState() == NULL);
  Attach();
  Attaching();
  Making();
  Converting();
  Immediates();
  Roots();
  return Finish();
}
