// Bad input -- to the functions that make and read objects, numbers and strings.

#include "api/conformance/bad_input.h"

// ---- Objects

static void Objects(void) {
  bool answer = false;
  const Fart_Handle seven = Fart_NewInteger(7);
  const Fart_Handle text = Text("text");
  RECORDS_HANDLE(x, "'object'", !Fart_IsNull(x));
  RECORDS_HANDLE(x, "'object'", !Fart_IsInstance(x));
  RECORDS_HANDLE(x, "'object'", !Fart_IsBoolean(x));
  RECORDS_HANDLE(x, "'obj1'", !Fart_IdentityEquals(x, seven));
  RECORDS_HANDLE(x, "'obj2'", !Fart_IdentityEquals(seven, x));
  RECORDS_HANDLE(x, "'obj'", Fart_IdentityHash(x) == 0);
  HOLDS(Fart_IdentityHash(errors[0]) == 0);

  EXPECTS_HANDLE(x, "'boolean_obj'", Fart_BooleanValue(x, &answer));
  GIVES_BACK(x, "'boolean_obj'", Fart_BooleanValue(x, &answer));
  REFUSES(Fart_BooleanValue(Fart_True(), NULL), "'value'", "non-null");
  REFUSES(Fart_BooleanValue(Fart_Null(), &answer), "'boolean_obj'", "non-null");
  REFUSES(Fart_BooleanValue(seven, &answer), "'boolean_obj'", "of type Bool. It is of type int.");

  EXPECTS_HANDLE(x, "'object'", Fart_ToString(x));
  SUCCEEDS(Fart_ToString(errors[0]));  // An error has a text as everything has.

  EXPECTS_HANDLE(x, "'obj1'", Fart_ObjectEquals(x, seven, &answer));
  EXPECTS_HANDLE(x, "'obj2'", Fart_ObjectEquals(seven, x, &answer));
  GIVES_BACK(x, "'obj1'", Fart_ObjectEquals(x, seven, &answer));
  GIVES_BACK(x, "'obj2'", Fart_ObjectEquals(seven, x, &answer));
  REFUSES(Fart_ObjectEquals(text, text, NULL), "'equal'", "non-null");
  HOLDS(!answer);
}

// ---- Numbers

static void Numbers(void) {
  bool fits = true;
  int64_t integer = 5;
  uint64_t natural = 5;
  double real = 5;
  const char* digits = NULL;
  const Fart_Handle text = Text("7");
  const Fart_Handle seven = Fart_NewInteger(7);
  const Fart_Handle big = Fart_NewIntegerFromHexCString("0x123456789abcdef0123456789abcdef");
  RECORDS_HANDLE(x, "'object'", !Fart_IsNumber(x));
  RECORDS_HANDLE(x, "'object'", !Fart_IsInteger(x));
  RECORDS_HANDLE(x, "'object'", !Fart_IsDouble(x));

  REFUSES(Fart_NewIntegerFromHexCString(NULL), "'value'", "non-null");
  REFUSES(Fart_NewIntegerFromHexCString(""), "'value'", "to be an integer of at most");
  REFUSES(Fart_NewIntegerFromHexCString("0x"), "'value'", "to be an integer of at most");
  REFUSES(Fart_NewIntegerFromHexCString(" 1"), "'value'", "to be an integer of at most");
  REFUSES(Fart_NewIntegerFromHexCString("--1"), "'value'", "to be an integer of at most");

  EXPECTS_HANDLE(x, "'integer'", Fart_IntegerFitsIntoInt64(x, &fits));
  GIVES_BACK(x, "'integer'", Fart_IntegerFitsIntoInt64(x, &fits));
  REFUSES(Fart_IntegerFitsIntoInt64(Fart_Null(), &fits), "'integer'", "non-null");
  REFUSES(Fart_IntegerFitsIntoInt64(seven, NULL), "'fits'", "non-null");
  REFUSES(Fart_IntegerFitsIntoInt64(text, &fits), "'integer'",
          "of type Integer. It is of type String.");
  EXPECTS_HANDLE(x, "'integer'", Fart_IntegerFitsIntoUint64(x, &fits));
  GIVES_BACK(x, "'integer'", Fart_IntegerFitsIntoUint64(x, &fits));
  REFUSES(Fart_IntegerFitsIntoUint64(Fart_Null(), &fits), "'integer'", "non-null");
  REFUSES(Fart_IntegerFitsIntoUint64(seven, NULL), "'fits'", "non-null");
  REFUSES(Fart_IntegerFitsIntoUint64(text, &fits), "'integer'",
          "of type Integer. It is of type String.");
  EXPECTS_HANDLE(x, "'integer'", Fart_IntegerToInt64(x, &integer));
  GIVES_BACK(x, "'integer'", Fart_IntegerToInt64(x, &integer));
  REFUSES(Fart_IntegerToInt64(Fart_Null(), &integer), "'integer'", "non-null");
  REFUSES(Fart_IntegerToInt64(seven, NULL), "'value'", "non-null");
  REFUSES(Fart_IntegerToInt64(text, &integer), "'integer'",
          "of type Integer. It is of type String.");
  EXPECTS_HANDLE(x, "'integer'", Fart_IntegerToUint64(x, &natural));
  GIVES_BACK(x, "'integer'", Fart_IntegerToUint64(x, &natural));
  REFUSES(Fart_IntegerToUint64(Fart_Null(), &natural), "'integer'", "non-null");
  REFUSES(Fart_IntegerToUint64(seven, NULL), "'value'", "non-null");
  REFUSES(Fart_IntegerToUint64(text, &natural), "'integer'",
          "of type Integer. It is of type String.");
  EXPECTS_HANDLE(x, "'integer'", Fart_IntegerToHexCString(x, &digits));
  GIVES_BACK(x, "'integer'", Fart_IntegerToHexCString(x, &digits));
  REFUSES(Fart_IntegerToHexCString(Fart_Null(), &digits), "'integer'", "non-null");
  REFUSES(Fart_IntegerToHexCString(seven, NULL), "'value'", "non-null");
  REFUSES(Fart_IntegerToHexCString(text, &digits), "'integer'",
          "of type Integer. It is of type String.");
  REFUSES(Fart_IntegerToInt64(big, &integer), "Integer 15", "cannot be represented as an int64_t.");
  REFUSES(Fart_IntegerToUint64(big, &natural), "cannot be represented as a uint64_t.");
  REFUSES(Fart_IntegerToUint64(Fart_NewInteger(-1), &natural), "Integer -1 cannot");
  HOLDS(fits && integer == 5 && natural == 5 && digits == NULL);

  EXPECTS_HANDLE(x, "'double_obj'", Fart_DoubleValue(x, &real));
  GIVES_BACK(x, "'double_obj'", Fart_DoubleValue(x, &real));
  REFUSES(Fart_DoubleValue(Fart_Null(), &real), "'double_obj'", "non-null");
  REFUSES(Fart_DoubleValue(Fart_NewDouble(1), NULL), "'value'", "non-null");
  REFUSES(Fart_DoubleValue(seven, &real), "'double_obj'", "of type Double. It is of type int.");
  HOLDS(real == 5);
}

// ---- Strings made

static void StringsMade(void) {
  const uint8_t bytes[] = {0xff, 0xfe};
  const uint16_t units[] = {'a', 'b'};
  const int32_t points[] = {'a', 0x110000};
  static uint8_t room[8];
  const Fart_Handle text = Text("text");
  REFUSES(Fart_NewStringFromCString(NULL), "'str'", "non-null");
  REFUSES(Fart_NewStringFromCString("\xff"), "'str'", "to be valid UTF-8");
  REFUSES(Fart_NewStringFromUTF8(NULL, 1), "'utf8_array'", "non-null");
  REFUSES(Fart_NewStringFromUTF8(bytes, -1), "'length'", "in the range [0..", "It is -1.");
  REFUSES(Fart_NewStringFromUTF8(bytes, INTPTR_MAX), "'length'", "It is 9223372036854775807.");
  REFUSES(Fart_NewStringFromUTF8(bytes, 2), "'utf8_array'", "to be valid UTF-8");
  REFUSES(Fart_NewStringFromUTF16(NULL, 1), "'utf16_array'", "non-null");
  REFUSES(Fart_NewStringFromUTF16(units, -2), "'length'", "It is -2.");
  REFUSES(Fart_NewStringFromUTF16(units, INTPTR_MAX), "'length'", "in the range [0..");
  REFUSES(Fart_NewStringFromUTF32(NULL, 1), "'utf32_array'", "non-null");
  REFUSES(Fart_NewStringFromUTF32(points, INTPTR_MIN), "'length'", "in the range [0..");
  REFUSES(Fart_NewStringFromUTF32(points, 2), "'utf32_array[1]'", "but it is 1114112");

  REFUSES(Fart_NewExternalLatin1String(NULL, 1, NULL, IgnorePeer), "'latin1_array'", "non-null");
  REFUSES(Fart_NewExternalLatin1String(room, -1, NULL, IgnorePeer), "'length'", "It is -1.");
  REFUSES(Fart_NewExternalUTF16String(NULL, 1, NULL, IgnorePeer), "'utf16_array'", "non-null");
  REFUSES(Fart_NewExternalUTF16String(units, -1, NULL, IgnorePeer), "'length'", "It is -1.");
  REFUSES(Fart_NewExternalUTF16String((const uint16_t*)(const void*)(room + 1), 1, NULL, NULL),
          "'utf16_array'", "aligned to 2 bytes");

  EXPECTS_HANDLE(x, "'str'", Fart_MakeExternalString(x, room, 8, NULL, IgnorePeer));
  GIVES_BACK(x, "'str'", Fart_MakeExternalString(x, room, 8, NULL, IgnorePeer));
  REFUSES(Fart_MakeExternalString(Fart_Null(), room, 8, NULL, NULL), "'str'", "non-null");
  REFUSES(Fart_MakeExternalString(Fart_True(), room, 8, NULL, NULL), "'str'",
          "of type String. It is of type bool.");
  REFUSES(Fart_MakeExternalString(text, NULL, 8, NULL, NULL), "'array'", "non-null");
  REFUSES(Fart_MakeExternalString(text, room, 3, NULL, NULL), "'external_allocation_size'",
          "in the range [4..");
  REFUSES(Fart_MakeExternalString(text, room, -1, NULL, NULL), "'external_allocation_size'",
          "It is -1.");
  HOLDS(!Fart_IsExternalString(text));
}

// ---- Strings read

static void StringsRead(void) {
  intptr_t length = 4;
  intptr_t size = 0;
  void* peer = NULL;
  const char* copy = NULL;
  uint8_t* bytes = NULL;
  uint8_t narrow[4];
  uint16_t wide[4];
  const uint16_t euro = 0x20AC;
  const Fart_Handle seven = Fart_NewInteger(7);
  const Fart_Handle text = Text("text");
  const Fart_Handle two_byte = Fart_NewStringFromUTF16(&euro, 1);
  RECORDS_HANDLE(x, "'object'", !Fart_IsString(x));
  RECORDS_HANDLE(x, "'object'", !Fart_IsStringLatin1(x));
  RECORDS_HANDLE(x, "'object'", !Fart_IsExternalString(x));
  HOLDS(!Fart_IsStringLatin1(seven) && !Fart_IsExternalString(seven));

  EXPECTS_HANDLE(x, "'str'", Fart_StringLength(x, &length));
  GIVES_BACK(x, "'str'", Fart_StringLength(x, &length));
  REFUSES(Fart_StringLength(Fart_Null(), &length), "'str'", "non-null");
  REFUSES(Fart_StringLength(text, NULL), "'length'", "non-null");
  REFUSES(Fart_StringLength(seven, &length), "'str'", "of type String. It is of type int.");

  EXPECTS_HANDLE(x, "'str'", Fart_StringStorageSize(x, &size));
  GIVES_BACK(x, "'str'", Fart_StringStorageSize(x, &size));
  REFUSES(Fart_StringStorageSize(Fart_Null(), &size), "'str'", "non-null");
  REFUSES(Fart_StringStorageSize(text, NULL), "'size'", "non-null");
  REFUSES(Fart_StringStorageSize(seven, &size), "'str'", "of type String. It is of type int.");

  EXPECTS_HANDLE(x, "'str'", Fart_StringGetProperties(x, &size, &length, &peer));
  GIVES_BACK(x, "'str'", Fart_StringGetProperties(x, &size, &length, &peer));
  REFUSES(Fart_StringGetProperties(text, NULL, &length, &peer), "'char_size'", "non-null");
  REFUSES(Fart_StringGetProperties(text, &size, NULL, &peer), "'str_len'", "non-null");
  REFUSES(Fart_StringGetProperties(text, &size, &length, NULL), "'peer'", "non-null");
  REFUSES(Fart_StringGetProperties(Fart_Null(), &size, &length, &peer), "'str'", "non-null");
  REFUSES(Fart_StringGetProperties(seven, &size, &length, &peer), "'str'", "It is of type int.");

  EXPECTS_HANDLE(x, "'str'", Fart_StringToCString(x, &copy));
  GIVES_BACK(x, "'str'", Fart_StringToCString(x, &copy));
  REFUSES(Fart_StringToCString(Fart_Null(), &copy), "'str'", "non-null");
  REFUSES(Fart_StringToCString(text, NULL), "'cstr'", "non-null");
  REFUSES(Fart_StringToCString(seven, &copy), "'str'", "of type String. It is of type int.");

  EXPECTS_HANDLE(x, "'str'", Fart_StringToUTF8(x, &bytes, &length));
  GIVES_BACK(x, "'str'", Fart_StringToUTF8(x, &bytes, &length));
  REFUSES(Fart_StringToUTF8(Fart_Null(), &bytes, &length), "'str'", "non-null");
  REFUSES(Fart_StringToUTF8(text, NULL, &length), "'utf8_array'", "non-null");
  REFUSES(Fart_StringToUTF8(text, &bytes, NULL), "'length'", "non-null");
  REFUSES(Fart_StringToUTF8(seven, &bytes, &length), "'str'", "It is of type int.");

  EXPECTS_HANDLE(x, "'str'", Fart_StringToLatin1(x, narrow, &length));
  GIVES_BACK(x, "'str'", Fart_StringToLatin1(x, narrow, &length));
  REFUSES(Fart_StringToLatin1(Fart_Null(), narrow, &length), "'str'", "non-null");
  REFUSES(Fart_StringToLatin1(text, NULL, &length), "'latin1_array'", "non-null");
  REFUSES(Fart_StringToLatin1(text, narrow, NULL), "'length'", "non-null");
  REFUSES(Fart_StringToLatin1(two_byte, narrow, &length), "'str'", "of type Latin-1 String");

  EXPECTS_HANDLE(x, "'str'", Fart_StringToUTF16(x, wide, &length));
  GIVES_BACK(x, "'str'", Fart_StringToUTF16(x, wide, &length));
  REFUSES(Fart_StringToUTF16(Fart_Null(), wide, &length), "'str'", "non-null");
  REFUSES(Fart_StringToUTF16(text, NULL, &length), "'utf16_array'", "non-null");
  REFUSES(Fart_StringToUTF16(text, wide, NULL), "'length'", "non-null");
  REFUSES(Fart_StringToUTF16(seven, wide, &length), "'str'", "of type String. It is of type int.");
  HOLDS(length == 4 && size == 0 && peer == NULL && copy == NULL && bytes == NULL);
  length = -1;
  REFUSES(Fart_StringToLatin1(text, narrow, &length), "'*length'", "It is -1.");
  REFUSES(Fart_StringToUTF16(text, wide, &length), "'*length'", "It is -1.");
}

int main(void) {
  StartMachine();
  NewIsolateWithBadHandles();
  Objects();
  Numbers();
  StringsMade();
  StringsRead();
  return Finish();
}
