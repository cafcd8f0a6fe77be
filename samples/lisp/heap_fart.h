// The heap of the Lisp: Fart's. Everything that lisp.h knows of heaps has these names, and another
// header with the same ones puts the same Lisp on another heap. It is included before lisp.h.
//
//   namespace heap
//     Any, Object, VariableObject       what a Ref may refer to; what types of objects derive from
//     Layout(name, references, weak references, raw words)   .ThenReferences(), .ThenBytes()
//                                       each type has one as `static constexpr Layout kLayout`: how
//                                       many of its words are which
//     Field<T, n>, Raw<T, n>            members, of word n: a reference; a plain value
//     Tail<T, n>, ByteTail<n>           the last member, of word n on: t[i], t.size(); b.data()
//     Ref<T>                            a value: get(), is_null(), is_smi(), smi(), is_object(),
//                                       is_immediate(), immediate(), is<U>(), as<U>(), shape(),
//                                       hash(), ->, ==. Everything below and each Field has the
//                                       same, and turns into a Ref by itself
//     Root<T>, RootsOf<T...>            values that survive collections: variables of a function;
//                                       `auto& [a, b] = roots;` names those of RootsOf, Slot<T>s
//     RootArray(name)                   the same, any number: size(), [i], Set(i, ref), Add(ref)
//     Smi(integer), IsSmiValue, Immediate(number)            values that are no objects
//     New<T>(references...)             an object with all its references
//     NewOfLength<T>(length, first references...)            one that has a Tail or ByteTail
//                                       both throw std::bad_alloc
//     NoCollect                         a block in which nothing is made
//     Types<T...>                       kIndex<T>, KindOf(shape()): the place of a type in the list
//     Heap<Types>                       begins and ends all of it; one at a time
//   FART_COLLECTS, FART_NO_COLLECTION   what functions say (may be empty)
//
// A Field is read and written by its value's type alone: `pair->car = x` and `x = pair->car`.

#ifndef FART_SAMPLES_LISP_HEAP_FART_H_
#define FART_SAMPLES_LISP_HEAP_FART_H_

#include <stdexcept>

#include "fart_direct.hpp"
#include "fart_heap_api.h"

namespace heap {

using namespace fart::direct;  // NOLINT: all of it

// A machine, an isolate without Fart's language, and the types of the Lisp in it.
template <class TypeList>
class Heap {
 public:
  Heap() : isolate_(Fart_CreateHeapIsolate(nullptr, nullptr)) {
    if (!machine_.ok() || !isolate_.ok()) throw std::runtime_error("no heap: " + machine_.error());
    const fart::Scope scope;  // for errors
    const fart::Result<void> attached = TypeList::Attach();
    if (!attached.ok()) throw std::runtime_error(attached.error().message());
  }

 private:
  fart::Machine machine_;
  fart::Isolate isolate_;
};

}  // namespace heap

#endif  // FART_SAMPLES_LISP_HEAP_FART_H_
