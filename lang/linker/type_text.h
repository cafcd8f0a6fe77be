// Type text -- type arguments as they go from one isolate to another that runs the same program.
//
//   arguments := number of types ';' type*
//   type      := 'd' (dynamic, or what is not described: types of functions, records)
//              | 'v' (void) | ('c' | 'n', if nullable) url name arguments
//   url, name := number of bytes ':' bytes
//
// What is not understood, or means nothing here, is dynamic, which fits everything. A type that is
// itself a value is an argument of its own, and has to be the same type or none.
//
// Not here: messages (vm/message); which class has a name (lang/fart_program.cc).

#ifndef FART_LANG_LINKER_TYPE_TEXT_H_
#define FART_LANG_LINKER_TYPE_TEXT_H_

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>

#include "lang/linker/entities.h"
#include "lang/linker/type_table.h"

namespace fart::lang {

// Deeper inside of each other types are dynamic.
inline constexpr int kMaxDescribedDepth = 64;

std::string DescribeTypeArguments(const TypeArguments& arguments);

// Null: there is none here.
using FindClassOfType = std::function<Class*(std::string_view url, std::string_view name)>;

// Null if all are dynamic, or if these are not `count`.
const TypeArguments* ReadTypeArguments(TypeTable& types, std::string_view described,
                                       std::size_t count, const FindClassOfType& find);

// Whether all of it is described: there is no type of a function in it, and it is not that deep.
bool IsDescribedWhole(const TypeEntity& type);
std::string DescribeType(const TypeEntity& type);
// Null: there is none here; *missing is the class that is not: "class 'C' of 'url'".
TypeEntity* ReadType(TypeTable& types, std::string_view described, const FindClassOfType& find,
                     std::string* missing);

}  // namespace fart::lang

#endif  // FART_LANG_LINKER_TYPE_TEXT_H_
