// Dynamic libraries -- the platform's loader: names of library files, opening, symbols.

#ifndef FART_VM_PLATFORM_DYNAMIC_LIBRARY_H_
#define FART_VM_PLATFORM_DYNAMIC_LIBRARY_H_

#include <string>
#include <string_view>

namespace fart {

// An opened library; a value. One that an extension came from is never closed
// (vm/native/extensions.h says why).
class DynamicLibrary {
 public:
  // "libname.so"
  static std::string FileNameOf(std::string_view name);

  // A path with a slash is opened there and nowhere else, one without is searched for as the
  // platform does. All symbols are bound at once and stay the library's own. Empty when it fails;
  // then *error is what the loader said.
  static DynamicLibrary Open(const std::string& path, std::string* error);

  // The same, but each function is bound when it is first called.
  static DynamicLibrary OpenLazily(const std::string& path, std::string* error);
  // The program, with all that it was linked with or has opened for everybody. It need not be
  // closed.
  static DynamicLibrary OfProcess();

  // The symbol that begins at that address; empty: none that the loader knows.
  static std::string SymbolAt(const void* address);

  DynamicLibrary() = default;
  bool is_empty() const { return handle_ == nullptr; }
  // Null if there is none of that name.
  void* Find(const std::string& symbol) const;
  // False if there is none of that name, *error is what the loader said then. A symbol may be there
  // and null.
  [[nodiscard]] bool Find(const std::string& symbol, void** address, std::string* error) const;
  // Gives back what one opening took. Symbols of it are not to be used any more.
  void Close();
  // The loader's own name of it.
  void* handle() const { return handle_; }
  // The file it was opened from, absolute where the platform tells; the same for the same library.
  std::string Path() const;

 private:
  void* handle_ = nullptr;
};

}  // namespace fart

#endif  // FART_VM_PLATFORM_DYNAMIC_LIBRARY_H_
