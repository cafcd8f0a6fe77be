// Function text -- functions as they go from one isolate to another that runs the same program.
//
// Not here: messages (vm/message).

#ifndef FART_LANG_LINKER_FUNCTION_TEXT_H_
#define FART_LANG_LINKER_FUNCTION_TEXT_H_

#include "lang/linker/entities.h"
#include "lang/linker/linker.h"
#include "vm/isolate.h"
#include "vm/message/class_identities.h"

namespace fart::lang {

// False: it is no top-level function and no static method. Null, for a value that is no function,
// is none.
bool IdentifyFunction(const Function* function, FunctionIdentity* identity);
// Null: there is none here.
Function* FindFunctionOf(Isolate& isolate, Linker& linker, const FunctionIdentity& identity);

}  // namespace fart::lang

#endif  // FART_LANG_LINKER_FUNCTION_TEXT_H_
