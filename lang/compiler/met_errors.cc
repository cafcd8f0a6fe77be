#include "lang/compiler/met_errors.h"

#include <algorithm>
#include <string_view>

#include "lang/compiler/library_set.h"

namespace fart::lang {
namespace {

// Of the function that an expression calls or names; empty: it does neither.
std::string_view NameIn(ast::Expression* expression) {
  if (const auto* call = ast::As<ast::Call>(expression)) expression = call->callee;
  if (const auto* property = ast::As<ast::Property>(expression)) return property->name;
  const auto* identifier = ast::As<ast::Identifier>(expression);
  return identifier != nullptr ? std::string_view(identifier->name) : std::string_view();
}

bool IsAboutThrowing(ast::Expression* expression) {
  return NameIn(expression).starts_with("throws");
}

}  // namespace

MetErrors::MetErrors(const LibrarySet& set, int library) {
  may_meet_ = !set.library(library).uri.starts_with("dart:");  // LC-M2
  if (!may_meet_) return;
  for (const auto& unit : set.source(library).units) {
    names_missing_ = names_missing_ || unit->says_no_such_method;
    names_type_ = names_type_ || unit->says_type_error;
    names_fall_through_ = names_fall_through_ || unit->says_fall_through;
  }
}

bool MetErrors::IsPlace(const ast::Call& node) {
  const std::vector<ast::Expression*>& arguments = node.arguments.positional;
  return IsAboutThrowing(node.callee) ||
         std::any_of(arguments.begin(), arguments.end(), IsAboutThrowing);
}

MetErrors::Place::Place(MetErrors& errors, bool is_place)
    : errors_(errors), is_place_(is_place && errors.may_meet_) {
  if (is_place_) ++errors_.depth_;
}

MetErrors::Place::~Place() {
  if (is_place_) --errors_.depth_;
}

}  // namespace fart::lang
