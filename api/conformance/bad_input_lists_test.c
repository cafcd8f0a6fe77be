// Bad input -- to the functions for lists, typed data and objects of registered shapes.

#include "api/conformance/bad_input.h"

static const char kNoList[] = "Object does not implement the List interface";
static const char kNoElement[] = "Invalid index passed in to ";
static const char kNoRange[] = "Invalid offset/length passed in to access list elements";

// ---- Lists

static void Lists(void) {
  intptr_t length = 5;
  Fart_Handle elements[2] = {NULL, NULL};
  uint8_t bytes[2] = {1, 2};
  const Fart_Handle seven = Fart_NewInteger(7);
  const Fart_Handle list = Fart_NewList(2);
  RECORDS_HANDLE(x, "'object'", !Fart_IsList(x));
  HOLDS(!Fart_IsList(seven) && !Fart_IsList(Fart_Null()) && !Fart_IsList(errors[0]));
  REFUSES(Fart_NewList(-1), "'length'", "in the range [0..", "It is -1.");
  REFUSES(Fart_NewList(INTPTR_MAX), "'length'", "It is 9223372036854775807.");

  EXPECTS_HANDLE(x, "'list'", Fart_ListLength(x, &length));
  GIVES_BACK(x, "'list'", Fart_ListLength(x, &length));
  REFUSES(Fart_ListLength(list, NULL), "'length'", "non-null");
  SAYS(Fart_ListLength(seven, &length), kNoList);
  SAYS(Fart_ListLength(Fart_Null(), &length), kNoList);

  EXPECTS_HANDLE(x, "'list'", Fart_ListGetAt(x, 0));
  GIVES_BACK(x, "'list'", Fart_ListGetAt(x, 0));
  SAYS(Fart_ListGetAt(seven, 0), kNoList);
  SAYS(Fart_ListGetAt(list, -1), kNoElement, "access list element");
  SAYS(Fart_ListGetAt(list, 2), kNoElement, "access list element");

  EXPECTS_HANDLE(x, "'list'", Fart_ListGetRange(x, 0, 1, elements));
  GIVES_BACK(x, "'list'", Fart_ListGetRange(x, 0, 1, elements));
  REFUSES(Fart_ListGetRange(list, 0, 1, NULL), "'result'", "non-null");
  SAYS(Fart_ListGetRange(seven, 0, 1, elements), kNoList);
  SAYS(Fart_ListGetRange(list, -1, 1, elements), kNoRange);
  SAYS(Fart_ListGetRange(list, 0, -1, elements), kNoRange);
  SAYS(Fart_ListGetRange(list, 1, 2, elements), kNoRange);
  SAYS(Fart_ListGetRange(list, 1, INTPTR_MAX, elements), kNoRange);
  HOLDS(length == 5 && elements[0] == NULL && elements[1] == NULL);

  EXPECTS_HANDLE(x, "'list'", Fart_ListSetAt(x, 0, seven));
  EXPECTS_HANDLE(x, "'value'", Fart_ListSetAt(list, 0, x));
  GIVES_BACK(x, "'list'", Fart_ListSetAt(x, 0, seven));
  GIVES_BACK(x, "'value'", Fart_ListSetAt(list, 0, x));
  SAYS(Fart_ListSetAt(seven, 0, seven), kNoList);
  SAYS(Fart_ListSetAt(list, -1, seven), kNoElement, "set list element");
  SAYS(Fart_ListSetAt(list, 2, seven), kNoElement, "set list element");
  HOLDS(Fart_IsNull(Fart_ListGetAt(list, 0)));

  EXPECTS_HANDLE(x, "'list'", Fart_ListSetAsBytes(x, 0, bytes, 1));
  GIVES_BACK(x, "'list'", Fart_ListSetAsBytes(x, 0, bytes, 1));
  REFUSES(Fart_ListSetAsBytes(list, 0, NULL, 1), "'native_array'", "non-null");
  SAYS(Fart_ListSetAsBytes(seven, 0, bytes, 1), kNoList);
  SAYS(Fart_ListSetAsBytes(list, -1, bytes, 1), kNoRange);
  SAYS(Fart_ListSetAsBytes(list, 0, bytes, 3), kNoRange);
  HOLDS(Fart_IsNull(Fart_ListGetAt(list, 0)));

  EXPECTS_HANDLE(x, "'list'", Fart_ListGetAsBytes(x, 0, bytes, 1));
  GIVES_BACK(x, "'list'", Fart_ListGetAsBytes(x, 0, bytes, 1));
  REFUSES(Fart_ListGetAsBytes(list, 0, NULL, 1), "'native_array'", "non-null");
  SAYS(Fart_ListGetAsBytes(seven, 0, bytes, 1), kNoList);
  SAYS(Fart_ListGetAsBytes(list, 2, bytes, 1), kNoRange);
  SAYS(Fart_ListGetAsBytes(list, 0, bytes, -1), kNoRange);
  SAYS(Fart_ListGetAsBytes(list, 0, bytes, 1), "The list's element 0 is not an integer.");
}

// ---- Typed data

// An enumerator that does not exist.
static Fart_TypedData_Type NoType(void) { return Fart_TypedData_kInvalid; }

static void TypedData(void) {
  Fart_TypedData_Type type = Fart_TypedData_kInvalid;
  void* data = NULL;
  intptr_t length = 5;
  static uint8_t room[4];
  const Fart_Handle seven = Fart_NewInteger(7);
  const Fart_Handle bytes = Fart_NewTypedData(Fart_TypedData_kUint8, 4);
  RECORDS_HANDLE(x, "'object'", !Fart_IsTypedData(x));
  RECORDS_HANDLE(x, "'object'", !Fart_IsByteBuffer(x));
  RECORDS_HANDLE(x, "'object'", Fart_GetTypeOfTypedData(x) == Fart_TypedData_kInvalid);
  RECORDS_HANDLE(x, "'object'", Fart_GetTypeOfExternalTypedData(x) == Fart_TypedData_kInvalid);
  HOLDS(Fart_GetTypeOfTypedData(seven) == Fart_TypedData_kInvalid);
  HOLDS(Fart_GetTypeOfExternalTypedData(bytes) == Fart_TypedData_kInvalid);

  REFUSES(Fart_NewTypedData(NoType(), 1), "'type'", "an element type of typed data");
  REFUSES(Fart_NewTypedData(Fart_TypedData_kInt64, -1), "'length'", "It is -1.");
  REFUSES(Fart_NewTypedData(Fart_TypedData_kInt64, INTPTR_MAX), "'length'", "in the range [0..");
  REFUSES(Fart_NewExternalTypedData(NoType(), room, 1), "'type'", "an element type");
  REFUSES(Fart_NewExternalTypedData(Fart_TypedData_kInt8, NULL, 1), "'data'", "non-null");
  REFUSES(Fart_NewExternalTypedData(Fart_TypedData_kInt8, room, -1), "'length'", "It is -1.");
  REFUSES(Fart_NewExternalTypedDataWithFinalizer(NoType(), room, 1, NULL, 0, IgnoreEnd), "'type'",
          "an element type of typed data");
  REFUSES(Fart_NewExternalTypedDataWithFinalizer(Fart_TypedData_kInt8, NULL, 1, NULL, 0, IgnoreEnd),
          "'data'", "non-null");
  REFUSES(Fart_NewExternalTypedDataWithFinalizer(Fart_TypedData_kInt8, room, 1, NULL, 0, NULL),
          "'callback'", "non-null");
  REFUSES(
      Fart_NewExternalTypedDataWithFinalizer(Fart_TypedData_kInt8, room, -1, NULL, 0, IgnoreEnd),
      "'length'", "It is -1.");
  REFUSES(
      Fart_NewExternalTypedDataWithFinalizer(Fart_TypedData_kInt8, room, 1, NULL, -4, IgnoreEnd),
      "'external_allocation_size'", "It is -4.");

  EXPECTS_HANDLE(x, "'typed_data'", Fart_NewByteBuffer(x));
  GIVES_BACK(x, "'typed_data'", Fart_NewByteBuffer(x));
  REFUSES(Fart_NewByteBuffer(Fart_Null()), "'typed_data'", "non-null");
  REFUSES(Fart_NewByteBuffer(seven), "'typed_data'", "of type TypedData. It is of type int.");
  EXPECTS_HANDLE(x, "'byte_buffer'", Fart_GetDataFromByteBuffer(x));
  GIVES_BACK(x, "'byte_buffer'", Fart_GetDataFromByteBuffer(x));
  REFUSES(Fart_GetDataFromByteBuffer(Fart_Null()), "'byte_buffer'", "non-null");
  REFUSES(Fart_GetDataFromByteBuffer(bytes), "'byte_buffer'",
          "of type ByteBuffer. It is of type Uint8List.");

  EXPECTS_HANDLE(x, "'object'", Fart_TypedDataAcquireData(x, &type, &data, &length));
  GIVES_BACK(x, "'object'", Fart_TypedDataAcquireData(x, &type, &data, &length));
  REFUSES(Fart_TypedDataAcquireData(Fart_Null(), &type, &data, &length), "'object'", "non-null");
  REFUSES(Fart_TypedDataAcquireData(seven, &type, &data, &length), "'object'", "of type TypedData");
  REFUSES(Fart_TypedDataAcquireData(bytes, NULL, &data, &length), "'type'", "non-null");
  REFUSES(Fart_TypedDataAcquireData(bytes, &type, NULL, &length), "'data'", "non-null");
  REFUSES(Fart_TypedDataAcquireData(bytes, &type, &data, NULL), "'len'", "non-null");
  HOLDS(type == Fart_TypedData_kInvalid && data == NULL && length == 5);
  EXPECTS_HANDLE(x, "'object'", Fart_TypedDataReleaseData(x));
  GIVES_BACK(x, "'object'", Fart_TypedDataReleaseData(x));
  REFUSES(Fart_TypedDataReleaseData(Fart_Null()), "'object'", "non-null");
  REFUSES(Fart_TypedDataReleaseData(seven), "'object'", "of type TypedData. It is of type int.");
  SAYS(Fart_TypedDataReleaseData(bytes), "Data was not acquired for this object.");
}

// ---- Shapes

static Fart_Shape NewShape(void) {
  Fart_ShapeDescription description = {0};
  Fart_Shape shape = NULL;
  description.struct_size = sizeof(description);
  description.name = "Row";
  description.reference_count = 1;
  description.weak_reference_count = 1;
  description.byte_count = 8;
  SUCCEEDS(Fart_RegisterShape(&description, &shape));
  return shape;
}

// What Fart_RegisterShape says of a description that differs in one member from a good one.
#define REFUSES_SHAPE(change, ...)                                  \
  do {                                                              \
    Fart_ShapeDescription description = {0};                        \
    Fart_Shape shape = (Fart_Shape)(void*)&failures;                \
    description.struct_size = sizeof(description);                  \
    description.name = "Row";                                       \
    change;                                                         \
    REFUSES(Fart_RegisterShape(&description, &shape), __VA_ARGS__); \
    HOLDS(shape == NULL);                                           \
  } while (0)

static void Shapes(void) {
  Fart_ShapeDescription good = {0};
  Fart_Shape shape = NULL;
  good.struct_size = sizeof(good);
  good.name = "Row";
  REFUSES(Fart_RegisterShape(NULL, &shape), "'description'", "non-null");
  REFUSES(Fart_RegisterShape(&good, NULL), "'shape'", "non-null");
  REFUSES_SHAPE(description.struct_size = 1, "'description'", "of a struct_size that some version");
  REFUSES_SHAPE(description.name = NULL, "'description'", "a shape with a name");
  REFUSES_SHAPE(description.reference_count = -1, "reference_count'", "It is -1.");
  REFUSES_SHAPE(description.weak_reference_count = -1, "weak_reference_count'", "It is -1.");
  REFUSES_SHAPE(description.byte_count = -1, "byte_count'", "It is -1.");
  REFUSES_SHAPE(description.is_ephemeron = true, "an ephemeron with a key and a value");
  REFUSES_SHAPE(description.reference_count = 2048; description.byte_count = 8, "16384 bytes");
  REFUSES(Fart_AllocateObject(NULL, 0), "'shape'", "non-null");
  REFUSES(Fart_AllocateObject((Fart_Shape)(void*)&failures, 0), "'shape'", "current isolate");
  REFUSES(Fart_AllocateObject(NewShape(), 1), "'length'", "in the range [0..0]", "It is 1.");
  const Fart_Shape row = NewShape();
  Fart_Handle named[1] = {Fart_Null()};
  REFUSES(Fart_AllocateObjectWith(NULL, 0, 1, named), "'shape'", "non-null");
  REFUSES(Fart_AllocateObjectWith((Fart_Shape)(void*)&failures, 0, 1, named), "'shape'");
  REFUSES(Fart_AllocateObjectWith(row, 1, 1, named), "'length'", "It is 1.");
  REFUSES(Fart_AllocateObjectWith(row, 0, 2, named), "'count'", "[0..1]. It is 2.");
  REFUSES(Fart_AllocateObjectWith(row, 0, -1, named), "'count'", "It is -1.");
  REFUSES(Fart_AllocateObjectWith(row, 0, 1, NULL), "'references'", "non-null");
  EXPECTS_HANDLE(x, "'references[0]'", (named[0] = x, Fart_AllocateObjectWith(row, 0, 1, named)));
  GIVES_BACK(x, "'references'", (named[0] = x, Fart_AllocateObjectWith(row, 0, 1, named)));
}

static void ObjectsOfShapes(void) {
  Fart_Shape shape = NULL;
  intptr_t length = 5;
  uint8_t* inside = NULL;
  char room[8] = "";
  const Fart_Handle seven = Fart_NewInteger(7);
  const Fart_Handle row = Fart_AllocateObject(NewShape(), 0);
  RECORDS_HANDLE(x, "'object'", !Fart_HasRegisteredShape(x));
  HOLDS(!Fart_HasRegisteredShape(seven) && !Fart_HasRegisteredShape(errors[0]));
  RECORDS_HANDLE(x, "'object'", !Fart_IsOfShape(x, NewShape()));
  RECORDS(!Fart_IsOfShape(row, NULL), "'shape'", "a shape of the current isolate");
  RECORDS(!Fart_IsOfShape(row, (Fart_Shape)(void*)&failures), "'shape'");
  ANSWERS(!Fart_IsOfShape(seven, NewShape()) && !Fart_IsOfShape(errors[2], NewShape()));
  RECORDS_HANDLE(x, "'object'", Fart_ShapeIndex(x) == -1);
  ANSWERS(Fart_ShapeIndex(seven) == -1 && Fart_ShapeIndex(errors[2]) == -1);
  EXPECTS_HANDLE(x, "'object'", Fart_ObjectShape(x, &shape));
  GIVES_BACK(x, "'object'", Fart_ObjectShape(x, &shape));
  REFUSES(Fart_ObjectShape(seven, &shape), "'object'", "of type registered shape. It is of type");
  REFUSES(Fart_ObjectShape(row, NULL), "'shape'", "non-null");
  EXPECTS_HANDLE(x, "'object'", Fart_ObjectLength(x, &length));
  GIVES_BACK(x, "'object'", Fart_ObjectLength(x, &length));
  REFUSES(Fart_ObjectLength(seven, &length), "'object'", "of type registered shape.");
  REFUSES(Fart_ObjectLength(row, NULL), "'length'", "non-null");

  EXPECTS_HANDLE(x, "'object'", Fart_GetReference(x, 0));
  GIVES_BACK(x, "'object'", Fart_GetReference(x, 0));
  REFUSES(Fart_GetReference(seven, 0), "'object'", "of type registered shape.");
  REFUSES(Fart_GetReference(row, 1), "'index'", "in the range [0..0]. It is 1.");
  REFUSES(Fart_GetReference(row, -1), "'index'", "It is -1.");
  EXPECTS_HANDLE(x, "'object'", Fart_SetReference(x, 0, seven));
  EXPECTS_HANDLE(x, "'value'", Fart_SetReference(row, 0, x));
  GIVES_BACK(x, "'object'", Fart_SetReference(x, 0, seven));
  GIVES_BACK(x, "'value'", Fart_SetReference(row, 0, x));
  REFUSES(Fart_SetReference(seven, 0, seven), "'object'", "of type registered shape.");
  REFUSES(Fart_SetReference(row, 1, seven), "'index'", "It is 1.");
  HOLDS(Fart_IsNull(Fart_GetReference(row, 0)));

  Fart_Handle one[1] = {seven};
  EXPECTS_HANDLE(x, "'object'", Fart_GetReferences(x, 0, 1, one));
  GIVES_BACK(x, "'object'", Fart_GetReferences(x, 0, 1, one));
  REFUSES(Fart_GetReferences(seven, 0, 1, one), "'object'", "of type registered shape.");
  REFUSES(Fart_GetReferences(row, 2, 0, one), "'first'", "in the range [0..1]. It is 2.");
  REFUSES(Fart_GetReferences(row, -1, 1, one), "'first'", "It is -1.");
  REFUSES(Fart_GetReferences(row, 0, 2, one), "'count'", "in the range [0..1]. It is 2.");
  REFUSES(Fart_GetReferences(row, 0, INTPTR_MAX, one), "'count'");
  REFUSES(Fart_GetReferences(row, 0, -1, one), "'count'", "It is -1.");
  REFUSES(Fart_GetReferences(row, 0, 1, NULL), "'result'", "non-null");
  HOLDS(one[0] == seven);
  SUCCEEDS(Fart_GetReferences(row, 1, 0, NULL));
  EXPECTS_HANDLE(x, "'object'", Fart_SetReferences(x, 0, 1, one));
  GIVES_BACK(x, "'object'", Fart_SetReferences(x, 0, 1, one));
  REFUSES(Fart_SetReferences(seven, 0, 1, one), "'object'", "of type registered shape.");
  REFUSES(Fart_SetReferences(row, 2, 0, one), "'first'", "in the range [0..1]. It is 2.");
  REFUSES(Fart_SetReferences(row, 0, 2, one), "'count'", "in the range [0..1]. It is 2.");
  REFUSES(Fart_SetReferences(row, 1, INTPTR_MAX, one), "'count'", "It is ");
  REFUSES(Fart_SetReferences(row, 0, 1, NULL), "'values'", "non-null");
  EXPECTS_HANDLE(x, "'values[0]'", (one[0] = x, Fart_SetReferences(row, 0, 1, one)));
  GIVES_BACK(x, "'values'", (one[0] = x, Fart_SetReferences(row, 0, 1, one)));
  SUCCEEDS(Fart_SetReferences(row, 1, 0, NULL));
  HOLDS(Fart_IsNull(Fart_GetReference(row, 0)));

  EXPECTS_HANDLE(x, "'object'", Fart_GetWeakReference(x, 0));
  GIVES_BACK(x, "'object'", Fart_GetWeakReference(x, 0));
  REFUSES(Fart_GetWeakReference(seven, 0), "'object'", "of type registered shape.");
  REFUSES(Fart_GetWeakReference(row, 1), "'index'", "It is 1.");
  EXPECTS_HANDLE(x, "'object'", Fart_SetWeakReference(x, 0, seven));
  EXPECTS_HANDLE(x, "'value'", Fart_SetWeakReference(row, 0, x));
  GIVES_BACK(x, "'object'", Fart_SetWeakReference(x, 0, seven));
  GIVES_BACK(x, "'value'", Fart_SetWeakReference(row, 0, x));
  REFUSES(Fart_SetWeakReference(seven, 0, seven), "'object'", "of type registered shape.");
  REFUSES(Fart_SetWeakReference(row, -1, seven), "'index'", "It is -1.");
  HOLDS(Fart_IsNull(Fart_GetWeakReference(row, 0)));

  EXPECTS_HANDLE(x, "'object'", Fart_ReadBytes(x, 0, room, 8));
  GIVES_BACK(x, "'object'", Fart_ReadBytes(x, 0, room, 8));
  REFUSES(Fart_ReadBytes(seven, 0, room, 8), "'object'", "of type registered shape.");
  REFUSES(Fart_ReadBytes(row, 0, NULL, 8), "'buffer'", "non-null");
  REFUSES(Fart_ReadBytes(row, -1, room, 8), "'offset_in_bytes'", "in the range [0..8]. It is -1.");
  REFUSES(Fart_ReadBytes(row, 1, room, 8), "'length_in_bytes'", "in the range [0..7]. It is 8.");
  EXPECTS_HANDLE(x, "'object'", Fart_WriteBytes(x, 0, room, 8));
  GIVES_BACK(x, "'object'", Fart_WriteBytes(x, 0, room, 8));
  REFUSES(Fart_WriteBytes(seven, 0, room, 8), "'object'", "of type registered shape.");
  REFUSES(Fart_WriteBytes(row, 0, NULL, 8), "'buffer'", "non-null");
  REFUSES(Fart_WriteBytes(row, 9, room, 0), "'offset_in_bytes'", "It is 9.");
  REFUSES(Fart_WriteBytes(row, 8, room, 1), "'length_in_bytes'", "It is 1.");
  EXPECTS_HANDLE(x, "'object'", Fart_RawBytes(x, &inside, &length));
  GIVES_BACK(x, "'object'", Fart_RawBytes(x, &inside, &length));
  REFUSES(Fart_RawBytes(seven, &inside, &length), "'object'", "of type registered shape.");
  REFUSES(Fart_RawBytes(row, NULL, &length), "'bytes'", "non-null");
  REFUSES(Fart_RawBytes(row, &inside, NULL), "'length_in_bytes'", "non-null");
  HOLDS(shape == NULL && length == 5 && inside == NULL);
}

int main(void) {
  StartMachine();
  NewIsolateWithBadHandles();
  Lists();
  TypedData();
  Shapes();
  ObjectsOfShapes();
  return Finish();
}
