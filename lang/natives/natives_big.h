// Operators of int that have an operand, or a result, of more than 64 bits.
//
// Each is an intrinsic (natives.h) whose arguments are ints of any size, at least one of them big.
// Results are exact; one that is larger than an int may be throws OutOfMemoryError.

#ifndef FART_LANG_NATIVES_NATIVES_BIG_H_
#define FART_LANG_NATIVES_NATIVES_BIG_H_

#include "heap/base/safepoint.h"
#include "lang/natives/natives.h"
#include "vm/values/big_value.h"

namespace fart::lang {

Done BigAdd(Interpreter& interpreter, ObjectPtr* arguments) FART_MAY_COLLECT;
Done BigSubtract(Interpreter& interpreter, ObjectPtr* arguments) FART_MAY_COLLECT;
Done BigMultiply(Interpreter& interpreter, ObjectPtr* arguments) FART_MAY_COLLECT;
Done BigDivide(Interpreter& interpreter, ObjectPtr* arguments) FART_MAY_COLLECT;
Done BigModuloOf(Interpreter& interpreter, ObjectPtr* arguments) FART_MAY_COLLECT;
Done BigRemainder(Interpreter& interpreter, ObjectPtr* arguments) FART_MAY_COLLECT;
Done BigTruncatingDivide(Interpreter& interpreter, ObjectPtr* arguments) FART_MAY_COLLECT;
Done BigAnd(Interpreter& interpreter, ObjectPtr* arguments) FART_MAY_COLLECT;
Done BigOr(Interpreter& interpreter, ObjectPtr* arguments) FART_MAY_COLLECT;
Done BigXor(Interpreter& interpreter, ObjectPtr* arguments) FART_MAY_COLLECT;
Done BigShiftLeft(Interpreter& interpreter, ObjectPtr* arguments) FART_MAY_COLLECT;
Done BigShiftRight(Interpreter& interpreter, ObjectPtr* arguments) FART_MAY_COLLECT;
Done BigNegate(Interpreter& interpreter, ObjectPtr* arguments) FART_MAY_COLLECT;
Done BigComplement(Interpreter& interpreter, ObjectPtr* arguments) FART_MAY_COLLECT;
// Without the sign.
Done BigBitLength(Interpreter& interpreter, ObjectPtr* arguments) FART_MAY_COLLECT;

// How an intrinsic ends whose result may be big.
Done AnswerBig(Interpreter& interpreter, ObjectPtr* arguments,
               const BigValue& value) FART_MAY_COLLECT;

}  // namespace fart::lang

#endif  // FART_LANG_NATIVES_NATIVES_BIG_H_
